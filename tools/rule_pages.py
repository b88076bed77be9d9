"""The pages of `docs/rules`, made from the docstrings of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.report.rule_page import markdown_of
from bplint.rules.documentation import documentation_of
from bplint.rules.registry import all_rules

if TYPE_CHECKING:
    from bplint.diagnostic import Reference
    from bplint.rules.rule import Rule

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
    found = {f"{rule.code}.md": f"{_GENERATED}\n{markdown_of(rule)}" for rule in rules}
    found["index.md"] = index_of(rules)
    return found


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


def _raised(reference: Reference) -> str:
    return f"`{reference.exception}`" + (f" {reference.code}" if reference.code is not None else "")
