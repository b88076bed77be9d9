"""A rule explained: the page in docs/rules, the answer of `bplint rule`, and the help in SARIF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Effect, Severity
from bplint.rules.documentation import documentation_of, example_files
from bplint.terminal.colors import SEVERITY_COLORS, styler
from bplint.terminal.terminal_text import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.rules.documentation import Documentation
    from bplint.rules.rule import Rule

# what the manager does, where a rule's own documentation does not say it
_EFFECTS: Final = {
    (Effect.REFUSED, None): "The manager refuses the blueprint.",
    (
        Effect.FAILS,
        None,
    ): "The manager takes it; a deployment or an execution fails or does something else.",
    (Effect.ADVICE, Severity.INFO): "It takes the blueprint; by itself this changes nothing.",
    (Effect.ADVICE, None): "It takes the blueprint and says nothing of this.",
}
_LANGUAGES: Final = {
    "yaml": "yaml",
    "yml": "yaml",
    "py": "python",
    "json": "json",
    "sh": "sh",
    "toml": "toml",
}
_SUPPRESSION: Final = (
    "`# bplint: ignore[{code}] why` at the end of the line, or alone on a line above the block;"
    " `--ignore {code}` for a run."
)


def sections_of(rule: Rule) -> list[tuple[str, str]]:
    """The prose sections of a rule that it has: title and text."""
    found = documentation_of(rule)
    sections = [
        ("Why it matters", found.why),
        ("What the manager does", _manager_of(rule, found)),
        ("How to fix", found.fix),
        ("Note", found.note),
    ]
    return [(title, text[:1].upper() + text[1:]) for title, text in sections if text]


def _manager_of(rule: Rule, found: Documentation) -> str:
    """What the manager does: as the rule says it, else by its effect and severity."""
    return found.manager or _EFFECTS.get((rule.effect, rule.severity)) or _EFFECTS[rule.effect, None]


def facts_of(rule: Rule) -> list[tuple[str, str]]:
    """What is known of a rule in a word each."""
    fixes = {"safe": "yes (--fix)", "unsafe": "yes (--fix --unsafe-fixes)"}
    facts = [
        ("severity", rule.severity.value),
        ("effect", rule.effect.value),
        ("on by default", "yes" if rule.is_default else f"no (--extend-select {rule.code})"),
        ("fix", fixes.get(rule.fixable or "", "no")),
        ("since", rule.since),
    ]
    raises = [_reference(each.exception, each.code) for each in rule.references]
    if raises:
        facts.append(("reference parser raises", ", ".join(raises)))
    return facts


def _reference(exception: str, code: int | None) -> str:
    return exception if code is None else f"{exception} {code}"


def data_of(rule: Rule) -> dict[str, Any]:
    """A rule as plain data, for JSON."""
    found = documentation_of(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": found.summary,
        "severity": rule.severity.value,
        "effect": rule.effect.value,
        "confidence": rule.confidence.value,
        "default": rule.is_default,
        "fixable": rule.fixable,
        "since": rule.since,
        "references": [{"exception": each.exception, "code": each.code} for each in rule.references],
        "why": found.why,
        "manager": _manager_of(rule, found),
        "bad": example_files(found.bad),
        "good": example_files(found.good),
        "fix": found.fix or None,
        "note": found.note or None,
    }


def markdown_of(rule: Rule) -> str:
    """A rule as a Markdown page."""
    found = documentation_of(rule)
    lines = [f"# {rule.code} {rule.name}", "", found.summary, "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in facts_of(rule)]
    lines.append("")
    for title, text in sections_of(rule):
        lines += [f"## {title}", "", text, ""]
    for title, example in (("Wrong", found.bad), ("Right", found.good)):
        if example:
            lines += [f"## {title}", "", *_fenced(example)]
    lines += ["## How to suppress", "", _SUPPRESSION.format(code=rule.code), ""]
    return "\n".join(lines)


def _fenced(example: str) -> list[str]:
    """The files of an example, each in its own block; named where there are several."""
    files = example_files(example)
    lines: list[str] = []
    for name, text in files.items():
        language = _LANGUAGES.get(name.rpartition(".")[2], "text")
        if len(files) > 1 or language != "yaml":
            lines += [f"`{name}`:", ""]
        lines += [f"```{language}", *without_directives(text.strip("\n")), "```", ""]
    return lines


def without_directives(example: str) -> Iterator[str]:
    """An example as people read it: without what only the test of the documentation needs."""
    for line in example.splitlines():
        if not line.startswith(("#!", "#@")):
            yield line


def plain_text_of(rule: Rule) -> str:
    """A rule as text without colours, in lines of 80 columns."""
    return text_of(rule, color=False, width=80)


def text_of(rule: Rule, *, color: bool, width: int) -> str:
    """A rule for the terminal."""
    style = styler(color)
    found = documentation_of(rule)
    head = style(f"{rule.code} {rule.name}", fg=SEVERITY_COLORS[rule.severity], bold=True)
    lines = [head, wrapped(found.summary, width, ""), ""]
    facts = facts_of(rule)
    widest = max(len(name) for name, _ in facts)
    lines += [f"  {style(f'{name:<{widest}}', dim=True)}  {value}" for name, value in facts]
    sections = sections_of(rule)
    for title, text in sections[:2]:
        lines += ["", style(title, bold=True), "  " + wrapped(text, width - 2, "  ")]
    lines += _example("Wrong", found.bad, style, "red") + _example("Right", found.good, style, "green")
    for title, text in sections[2:]:
        lines += ["", style(title, bold=True), "  " + wrapped(text, width - 2, "  ")]
    lines += ["", style("How to suppress", bold=True), f"  # bplint: ignore[{rule.code}] reason"]
    return "\n".join(lines) + "\n"


def _example(title: str, example: str, style: Callable[..., str], color: str) -> list[str]:
    if not example:
        return []
    lines = ["", style(title, bold=True)]
    for line in without_directives(example.rstrip("\n")):
        is_mark = line.lstrip().startswith("#") and "^" in line
        lines.append(f"  {style(line, fg=color)}" if is_mark else f"  {line}".rstrip())
    return lines
