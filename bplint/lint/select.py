"""Which rules run, and on which files: codes, prefixes and names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.fault import rule_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.rules.registry import RuleBook
    from bplint.rules.rule import Rule

EVERY: Final = "ALL"
INTERNAL: Final = "BP000"  # a rule that raised: nothing can hide it

_EXACT: Final = 100  # more than the length of any prefix
_DEFAULT: Final = 0.5  # less than any selector


def matches(selector: str, rule: Rule) -> bool:
    """Whether a code, a prefix of codes, a name or ALL means this rule."""
    return _rank(selector, rule) > 0


def _rank(selector: str, rule: Rule) -> float:
    """How closely a selector means a rule; 0 where it does not."""
    if selector in (rule.code, rule.name):
        return _EXACT
    if selector == EVERY:
        return 1
    return 1 + len(selector) if selector and rule.code.startswith(selector) else 0


def _best(selectors: Iterable[str], rule: Rule) -> float:
    return max((_rank(selector, rule) for selector in selectors), default=0)


def unknown_selectors(selectors: Iterable[str], rules: Sequence[Rule]) -> list[str]:
    """Selectors that mean no rule, in order."""
    return [each for each in selectors if not any(matches(each, rule) for rule in rules)]


def rule_names(rules: Iterable[Rule]) -> list[str]:
    """Every code and name: what a mistyped selector may have meant."""
    return [name for rule in rules for name in (rule.code, rule.name)]


def nearest_selector(selector: str, names: Iterable[str]) -> str | None:
    """The code or name that a mistyped selector was most likely meant to be. Codes are all alike, so one
    is only meant where no more than the case or a letter O is wrong."""
    from bplint.near import nearest

    known = list(names)
    code = selector.upper().replace("O", "0")
    return code if code in known else nearest(selector, [name for name in known if name.islower()])


class Selection:
    """The rules of a run. Of `select` and `ignore` the closer selector wins: a name or code over a
    longer prefix over a shorter one over ALL; of equals, `ignore`. A rule that is off by default wants
    its code, its name or ALL. Mandatory rules are always on.
    """

    __slots__ = ("_config", "_extended", "_off", "_per_file", "_wanted", "rules")

    def __init__(self, config: Config, rules: RuleBook) -> None:
        self.rules = rules
        self._config = config
        self._wanted: dict[str, bool] = {}  # by code: whether it is on where no glob says otherwise
        self._per_file = _FileSelectors(config)
        self._off: frozenset[str] | None = None  # names of the rules that nothing switches on
        self._extended = [code for _, codes in config.per_file_extend_select for code in codes]

    @property
    def active(self) -> tuple[Rule, ...]:
        """Every rule that is on in some file. Imports all of them."""
        return tuple(rule for rule in self.rules if self.is_active(rule))

    def is_active(self, rule: Rule) -> bool:
        """Whether a rule is on in some file."""
        return self._is_everywhere(rule) or _best(self._extended, rule) > 0

    def hears(self, kind: type[Fault]) -> bool:
        """Whether a kind of fault may be told, so that an engine need not look for what is off."""
        return self._tells(rule_name(kind))

    def audible(self, faults: Iterable[Fault]) -> list[Fault]:
        """Those faults that may be told: where nothing is selected, the others need no words."""
        return [fault for fault in faults if self._tells(fault.rule)]

    def _tells(self, name: str) -> bool:
        if self._off is None:
            config = self._config
            if config.select or config.extend_select or config.mandatory or self._extended:
                self._off = frozenset()
            else:
                from bplint.rules.index import OFF  # a table that a lint without faults does not need

                self._off = frozenset(OFF.split())
        return name not in self._off

    def _is_everywhere(self, rule: Rule) -> bool:
        found = self._wanted.get(rule.code)
        if found is None:
            found = self._wanted[rule.code] = self._is_wanted(rule)
        return found

    def _is_wanted(self, rule: Rule) -> bool:
        config = self._config
        if rule.code == INTERNAL or _best(config.mandatory, rule) > 0:
            return True
        wanted = _best((*config.select, *config.extend_select), rule)
        if not rule.is_default and wanted not in (1, _EXACT):
            wanted = 0
        elif not config.select and rule.is_default:
            wanted = max(wanted, _DEFAULT)
        return wanted > _best(config.ignore, rule)

    def is_run(self, rule: Rule) -> bool:
        """Whether a lint with these options can find what the rule tells."""
        return rule.needs is None or (rule.needs == "deployment" and self._config.deployment)

    def is_mandatory(self, rule: Rule) -> bool:
        return rule.code == INTERNAL or _best(self._config.mandatory, rule) > 0

    def is_on(self, rule: Rule, path: str) -> bool:
        """Whether a rule is told of in a file."""
        if self.is_mandatory(rule):
            return True
        if not self._per_file:
            return self._is_everywhere(rule)
        ignored, extended = self._per_file.of(path)
        wanted = max(_best(extended, rule), _DEFAULT if self._is_everywhere(rule) else 0)
        return wanted > _best(ignored, rule)

    def sift(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Those diagnostics whose rule is on in their file."""
        return [entry for entry in found if self._is_told(entry)]

    def _is_told(self, entry: Diagnostic) -> bool:
        if entry.code == INTERNAL:
            return True
        rule = self.rules.with_code(entry.code)
        return rule is not None and self.is_on(rule, entry.path)


class _FileSelectors:
    """The selectors that the globs of a configuration give a file."""

    __slots__ = ("_extended", "_ignored", "_known", "_root")

    def __init__(self, config: Config) -> None:
        self._ignored = config.per_file_ignores
        self._extended = config.per_file_extend_select
        self._root = config.root
        self._known: dict[str, tuple[list[str], list[str]]] = {}

    def __bool__(self) -> bool:
        return bool(self._ignored or self._extended)

    def of(self, path: str) -> tuple[list[str], list[str]]:
        """Selectors ignored and selected beside the others in a file."""
        known = self._known.get(path)
        if known is None:
            relative = _relative(path, self._root)
            known = self._known[path] = (
                [code for glob, codes in self._ignored if _fits(glob, relative) for code in codes],
                [code for glob, codes in self._extended if _fits(glob, relative) for code in codes],
            )
        return known


def _relative(path: str, root: str) -> str:
    try:
        relative = os.path.relpath(path, root)
    except ValueError:  # another drive
        relative = path
    return relative.replace(os.sep, "/")


def _fits(glob: str, path: str) -> bool:
    """Whether a glob, read as a line of a .gitignore file, means a file or a folder that it is in."""
    # the reader of .gitignore files is only needed by who configures files one by one
    from bplint.files.ignore import IgnoreFile

    patterns = IgnoreFile(glob)
    if patterns.decide(path, False):
        return True
    ends = (index for index, character in enumerate(path) if character == "/")
    return any(patterns.decide(path[:end], True) for end in ends)
