"""A configuration file as read, and what can be wrong with it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from bplint.diagnostic import Diagnostic, Effect, Severity
from bplint.span import Span

if TYPE_CHECKING:
    from bplint.config.toml_places import Path, Places


class ConfigProblem(Enum):
    """What can be wrong with a configuration, by the names that reports have for it."""

    UNREADABLE = "unreadable"
    SYNTAX = "syntax"
    UNKNOWN_OPTION = "unknown-option"
    WRONG_VALUE = "wrong-value"
    REQUIRED_VERSION = "required-version"
    UNKNOWN_RULE = "unknown-rule"
    RULE_PLUGIN = "rule-plugin"
    BAD_BASELINE = "bad-baseline"


class ConfigFile:
    """A configuration file as read: plain values and the places of its keys and values. `prefix` is
    the path of bplint's table in it."""

    __slots__ = ("path", "places", "prefix", "values")

    def __init__(self, path: str, values: dict[Any, Any], places: Places, prefix: Path) -> None:
        self.path = path
        self.values = values
        self.places = places
        self.prefix = prefix

    def fault(self, problem: ConfigProblem, where: Path, message: str, *, at_key: bool = False) -> Diagnostic:
        """An error of the configuration, at a key or a value of bplint's table."""
        nowhere = (Span(0, 0), Span(0, 0))
        key, value = self.places.get((*self.prefix, *where), nowhere)
        return config_fault(problem, self.path, key if at_key else value, message)


def config_fault(
    problem: ConfigProblem, path: str, span: Span, message: str, help: str | None = None
) -> Diagnostic:
    """An error of the configuration: it belongs to no rule and cannot be silenced."""
    return Diagnostic("config", problem.value, Severity.ERROR, Effect.ADVICE, message, path, span, help=help)
