"""The rules that a configuration knows, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.lint.select import Selection, matches, rule_names, unknown_selectors
from bplint.lint.third_party import known_rules
from bplint.rules.documentation import documentation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.config import Config
    from bplint.rules.rule import Rule


def selection_of(config: Config) -> Selection:
    """The rules of bplint and of the configured packages, and which of them run."""
    return Selection(config, known_rules(config.rule_plugins, config.policies))


def chosen_rules(selection: Selection, selectors: Sequence[str]) -> list[Rule]:
    """The rules that one of the selectors means; all of them where there is none."""
    return [
        rule for rule in selection.rules if not selectors or any(matches(each, rule) for each in selectors)
    ]


def rule_page(code: str) -> str | None:
    """The page of one of bplint's own rules, as Markdown; None where no rule has the code."""
    from bplint.report.rule_page import markdown_of  # only where a page is shown

    rule = next((each for each in known_rules(()) if each.code == code), None)
    return None if rule is None else markdown_of(rule)


__all__ = [
    "chosen_rules",
    "documentation_of",
    "known_rules",
    "rule_names",
    "rule_page",
    "selection_of",
    "unknown_selectors",
]
