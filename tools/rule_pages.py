"""The pages of `docs/rules`, made from the docstrings of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Effect
from bplint.rules.documentation import documentation_of, example_files
from bplint.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Reference
    from bplint.rules.documentation import Documentation
    from bplint.rules.rule import Rule

# what a rule's effect means for the person at the keyboard, where the rule does not say it itself
_MANAGER: Final = {
    Effect.REFUSED: "The manager does not take the blueprint.",
    Effect.FAILS: "The manager takes the blueprint; a deployment or an execution fails, or does something"
    " else than what is written.",
    Effect.ADVICE: "It works. It could be better.",
}
_FAMILIES: Final = {
    "0": "Files and syntax",
    "1": "Imports and versions",
    "2": "Shape and types",
    "3": "Properties and values",
    "4": "Interfaces, operations, relationships",
    "5": "Intrinsic functions",
    "6": "Inputs, outputs, capabilities, labels, schedules",
    "7": "Workflows and their code",
    "8": "Plugins, groups, policies, scaling, packaging",
    "9": "Style, secrets, deprecation, the linter's own",
}
_GENERATED: Final = (
    "<!-- Made by `python -m tools.generate` from the rule's docstring: change it there. -->\n"
)


def pages() -> dict[str, str]:
    """Page name → text: one for each rule, and the index."""
    rules = all_rules()
    found = {f"{rule.code}.md": page_of(rule) for rule in rules}
    found["index.md"] = index_of(rules)
    return found


def page_of(rule: Rule) -> str:
    text = documentation_of(rule)
    parts = [_GENERATED, f"# {rule.code}: {rule.name}\n", f"{text.summary}\n", _facts(rule, text)]
    for title, prose in (("Why", text.why), ("Note", text.note), ("How to fix", text.fix)):
        if prose:
            parts.append(f"## {title}\n\n{_sentence(prose)}\n")
    for title, example in (("Wrong", text.bad), ("Right", text.good)):
        if example:
            parts.append(f"## {title}\n\n{_fenced(example)}")
    parts.append(_suppression(rule))
    return "\n".join(parts)


def index_of(rules: tuple[Rule, ...]) -> str:
    lines = ["<!-- Made by `python -m tools.generate`. -->", "", "# Rules", ""]
    for digit, title in _FAMILIES.items():
        family = [rule for rule in rules if rule.code.startswith(f"BP{digit}")]
        if not family:
            continue
        lines += [f"## {title}", "", "| code | name | effect | reference parser | what is wrong |"]
        lines += ["|---|---|---|---|---|", *(_row(rule) for rule in family), ""]
    return "\n".join(lines)


def _row(rule: Rule) -> str:
    raised = ", ".join(_raised(reference) for reference in rule.references[:2])
    more = ", …" if len(rule.references) > 2 else ""
    summary = documentation_of(rule).summary.replace("|", "\\|")
    return f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {_effect(rule)} | {raised}{more} | {summary} |"


def _effect(rule: Rule) -> str:
    return rule.effect.value if rule.is_default else f"{rule.effect.value}, off by default"


def _facts(rule: Rule, text: Documentation) -> str:
    rows = [
        ("effect", f"{rule.effect.value}, reported as {rule.severity.value}"),
        ("what the manager does", _sentence(text.manager) or _MANAGER[rule.effect]),
    ]
    if rule.references:
        rows.append(("reference parser", "; ".join(_raised(reference) for reference in rule.references)))
    if not rule.is_default:
        rows.append(("default", f"off; `--extend-select {rule.code}` switches it on"))
    if rule.confidence.value != "high":
        rows.append(("confidence", f"{rule.confidence.value}: a heuristic"))
    if rule.fixable:
        rows.append(("fix", _FIXES[rule.fixable]))
    rows.append(("since", f"bplint {rule.since}"))
    lines = ["| | |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {value} |" for name, value in rows)]) + "\n"


_FIXES: Final = {
    "safe": "`--fix` changes it",
    "unsafe": "`--fix --unsafe-fixes` changes it; look at the result",
}


def _sentence(prose: str) -> str:
    return prose[:1].upper() + prose[1:]


def _raised(reference: Reference) -> str:
    return f"`{reference.exception}`" + (f" {reference.code}" if reference.code is not None else "")


def _fenced(example: str) -> str:
    """The files of an example, each in its own block; named where there are several."""
    files = example_files(example)
    parts = []
    for name, text in files.items():
        language = _LANGUAGES.get(name.rpartition(".")[2], "text")
        lines = "".join(f"{line}\n" for line in _without_directives(text.strip("\n")))
        title = f"`{name}`:\n\n" if len(files) > 1 or language != "yaml" else ""
        parts.append(f"{title}```{language}\n{lines}```\n")
    return "\n".join(parts)


_LANGUAGES: Final = {
    "yaml": "yaml",
    "yml": "yaml",
    "py": "python",
    "sh": "sh",
    "json": "json",
    "toml": "toml",
}


def _without_directives(example: str) -> Iterator[str]:
    """An example as people read it: without what only the test of the documentation needs."""
    for line in example.splitlines():
        if not line.startswith(("#!", "#@")):
            yield line


def _suppression(rule: Rule) -> str:
    return (
        "## How to suppress\n\n"
        f"`# bplint: ignore[{rule.code}] why` at the end of the line, or alone on a line above the block;"
        f" `--ignore {rule.code}` for a run.\n"
    )
