"""Rules of other packages, by entry point; only those that the configuration names are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.regex import lazy_pattern
from bplint.rules.registry import RuleBook, all_rules
from bplint.rules.rule import declared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.rules.rule import Rule

GROUP: Final = "bplint.rules"
_CODE: Final = lazy_pattern(r"[A-Z]{2,8}[0-9]{3,5}\Z")


class RulePluginError(Exception):
    """A rule package that cannot be used; the text says why."""


def known_rules(names: Sequence[str]) -> RuleBook:
    """The rules of bplint and of the named entry points, by code. Raises RulePluginError."""
    if not names:
        return RuleBook()
    rules = list(all_rules())
    added: list[Rule] = []
    for name in names:
        for rule in _rules_of(name):
            _refuse_clash(rule, rules + added, name)
            added.append(rule)
    return RuleBook(added)


def _rules_of(name: str) -> list[Rule]:
    # importlib.metadata costs more than a whole small lint: only where rule packages are configured
    from importlib.metadata import entry_points

    found = list(entry_points(group=GROUP, name=name))
    if not found:
        raise RulePluginError(f"no installed package has an entry point '{name}' in the group '{GROUP}'")
    try:
        module = found[0].load()
    except Exception as error:  # the package's own code: whatever it raises, the run cannot use it
        raise RulePluginError(f"rule package '{name}' cannot be loaded: {error}") from error
    home = getattr(module, "__name__", "")
    rules = [rule for rule in declared() if _is_below(rule.check.__module__, home)]
    if not rules:
        raise RulePluginError(f"entry point '{name}' names '{home or module!r}', which declares no rule")
    return rules


def _is_below(module: str, home: str) -> bool:
    return module == home or module.startswith(home + ".")


def _refuse_clash(rule: Rule, rules: Sequence[Rule], name: str) -> None:
    if not _CODE.match(rule.code) or rule.code.startswith("BP"):
        raise RulePluginError(
            f"rule package '{name}': code '{rule.code}' wants capitals and digits and another prefix than BP"
        )
    if not rule.name:
        raise RulePluginError(f"rule package '{name}': {rule.code} has no name")
    from bplint.lint.walk import WALKED  # with the model: only where rule packages are configured

    if rule.on not in WALKED:
        given = getattr(rule.on, "__name__", rule.on)
        known = ", ".join(each.__name__ for each in WALKED)
        raise RulePluginError(
            f"rule package '{name}': {rule.code} is on '{given}', which no walk meets; it can be on {known}"
        )
    for other in rules:
        if rule.code == other.code or rule.name == other.name:
            taken = f"{rule.code} '{rule.name}' is taken by {other.code} '{other.name}'"
            raise RulePluginError(f"rule package '{name}': {taken}")
