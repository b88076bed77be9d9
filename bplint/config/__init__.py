"""Effective configuration of a run."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Severity
from bplint.dsl.versions import MANAGERS
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.rules.configured.policy_entry import ConfiguredPolicy

LEVELS: Final = ("error", "warning", "info", "never")  # of `fail-on`
# Pythons that managers and agents run plugins under
PYTHONS: Final = ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13")

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Config(Record):
    """Everything that the command line and the configuration file can say. Paths are as given, relative
    to the current folder (command line) or already joined to the folder of the configuration file."""

    select: tuple[str, ...] = ()  # codes, prefixes or names; empty: the default rules
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()  # glob → codes
    per_file_extend_select: tuple[tuple[str, tuple[str, ...]], ...] = ()  # glob → codes
    mandatory: tuple[str, ...] = ()  # cannot be suppressed in a file
    fail_on: Severity | None = Severity.ERROR  # None: never
    exclude: tuple[str, ...] = ()
    plugin_path: tuple[str, ...] = ()
    import_rules: tuple[tuple[str, str], ...] = ()  # prefix → replacement
    strict_imports: bool = False
    frozen: bool = False  # fetched imports must be as they were fetched
    source_root: tuple[str, ...] = ()
    python: str | None = None
    target_python: str | None = None  # one of PYTHONS
    target: str | None = None  # a line of managers, one of MANAGERS
    import_check: bool = False
    deployment: bool = False
    inputs: tuple[str, ...] = ()  # as given with -i
    baseline: str | None = None
    rule_plugins: tuple[str, ...] = ()  # entry points of group bplint.rules
    policies: tuple[ConfiguredPolicy, ...] = ()  # rules that the configuration itself writes down
    rule_url: str | None = None  # with {code} in it
    required_version: str | None = None
    root: str = "."  # the globs of per_file_* and exclude are relative to this folder
    origins: Mapping[str, str] = _NONE  # option → where its value comes from


__all__ = ["LEVELS", "MANAGERS", "PYTHONS", "Config"]
