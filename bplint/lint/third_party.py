"""Rules of other packages, by entry point; only those that the configuration names are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.regex import lazy_pattern
from bplint.rules.registry import RuleBook, all_rules
from bplint.rules.rule import declared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.rules.configured.policy_entry import ConfiguredPolicy
    from bplint.rules.rule import Rule

GROUP: Final = "bplint.rules"
_CODE: Final = lazy_pattern(r"[A-Z]{2,8}[0-9]{3,5}\Z")


class RulePluginError(Exception):
    """A rule package that cannot be used; the text says why."""


class PolicyClashError(Exception):
    """A policy whose code or name another rule has; the text says which."""

    def __init__(self, policy: ConfiguredPolicy, message: str) -> None:
        super().__init__(message)
        self.policy = policy


def known_rules(names: Sequence[str], policies: Sequence[ConfiguredPolicy] = ()) -> RuleBook:
    """The rules of bplint, of the named entry points and of a configuration's policies, by code. Raises
    RulePluginError and PolicyClashError."""
    if not names and not policies:
        return RuleBook()
    added = _packaged_rules(names) if names else []
    return RuleBook(added + _policy_rules(policies, added) if policies else added)


def _policy_rules(policies: Sequence[ConfiguredPolicy], others: Sequence[Rule]) -> list[Rule]:
    # with the model: only for who has policies
    from bplint.rules.configured.policy_rule import rule_of

    own = RuleBook()
    for policy in policies:
        taken = [rule for rule in others if policy.code == rule.code or policy.name == rule.name]
        taken += own.with_names((policy.name,))
        if taken:
            message = f"{policy.code} '{policy.name}' is taken by {taken[0].code} '{taken[0].name}'"
            raise PolicyClashError(policy, message)
    return [rule_of(policy) for policy in policies]


def _packaged_rules(names: Sequence[str]) -> list[Rule]:
    rules = list(all_rules())
    added: list[Rule] = []
    for name in names:
        for rule in _rules_of(name):
            _refuse_clash(rule, rules + added, name)
            added.append(rule)
    return added


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
