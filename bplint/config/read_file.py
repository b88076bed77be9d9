"""Read a configuration file into plain values and their places."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from bplint.config.config_file import ConfigFile, ConfigProblem, config_fault
from bplint.record import Record
from bplint.regex import lazy_pattern
from bplint.span import Span

if TYPE_CHECKING:
    from bplint.config.toml_places import Path, Places
    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.source import Source
    from bplint.syntax.tree import Node

_TABLE: Final = ("tool", "bplint")
_TOML_PLACE: Final = lazy_pattern(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


class ConfigRead(Record):
    """A file as read: `file` is None where it has no table of bplint or cannot be read."""

    file: ConfigFile | None
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source | None = None


def read_toml(path: str) -> ConfigRead:
    """The `[tool.bplint]` table of a TOML file."""
    source, diagnostics = _source_of(path)
    if source is None or diagnostics:
        return ConfigRead(None, diagnostics, source)
    toml = _toml_reader()
    try:
        values = toml.loads(source.text)
    except toml.TOMLDecodeError as error:
        return ConfigRead(None, (_toml_fault(source, str(error)),), source)
    except RecursionError:
        return ConfigRead(None, (_syntax_fault(path, Span(0, 0), "nesting too deep"),), source)
    except ValueError:  # Python refuses to read integers of thousands of digits
        fault = _syntax_fault(path, Span(0, 0), "it holds a number that is too long")
        return ConfigRead(None, (fault,), source)
    table: Any = values
    for name in _TABLE:
        table = table.get(name) if isinstance(table, dict) else None
    if table is None:
        return ConfigRead(None, (), source)
    from bplint.config.toml_places import places_of

    places = places_of(source.text)
    if not isinstance(table, dict):
        span = places[_TABLE][1]
        fault = config_fault(ConfigProblem.WRONG_VALUE, path, span, "'tool.bplint' wants a table")
        return ConfigRead(None, (fault,), source)
    return ConfigRead(ConfigFile(path, table, places, _TABLE), (), source)


def _toml_reader() -> Any:
    # in the standard library since Python 3.11
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib


def _source_of(path: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    from bplint.source import read_source

    source, faults = read_source(path)
    if source is None:
        problem = ConfigProblem.UNREADABLE
        return None, (config_fault(problem, path, Span(0, 0), f"cannot read '{path}'"),)
    found = tuple(_syntax_fault(path, fault.span, fault.rule.replace("-", " ")) for fault in faults)
    return source, found


def _syntax_fault(path: str, span: Span, message: str) -> Diagnostic:
    return config_fault(ConfigProblem.SYNTAX, path, span, message)


def _toml_fault(source: Source, text: str) -> Diagnostic:
    match = _TOML_PLACE.match(text)
    start = len(source.text)
    message = text
    if match:
        message = match[1]
        if match[2]:
            start = source.lines.offset(int(match[2]), int(match[3]))
    return config_fault(
        ConfigProblem.SYNTAX, source.path, Span(start, start), message[:1].lower() + message[1:]
    )


def read_yaml(path: str) -> ConfigRead:
    """A YAML file of options."""
    source, diagnostics = _source_of(path)
    if source is None or diagnostics:
        return ConfigRead(None, diagnostics, source)
    from bplint.syntax.mapping import python_of
    from bplint.syntax.parser import parse
    from bplint.syntax.tree import MAPPING
    from bplint.syntax.yaml_faults import EmptyFile

    parsed = parse(source)
    root = parsed.root
    if root is not None and root.kind != MAPPING:
        fault = config_fault(
            ConfigProblem.WRONG_VALUE, path, root.span, "a configuration is a mapping of options"
        )
        return ConfigRead(None, (fault,), source)
    faults = [fault for fault in parsed.faults if not isinstance(fault, EmptyFile)]
    if faults:
        return ConfigRead(None, (_yaml_fault(faults[0]),), source)
    if root is None:
        return ConfigRead(ConfigFile(path, {}, {}, ()), (), source)
    places: Places = {}
    _collect(root, (), places)
    return ConfigRead(ConfigFile(path, python_of(root), places, ()), (), source)


def _yaml_fault(fault: Fault) -> Diagnostic:
    return _syntax_fault(fault.path, fault.span, fault.rule.replace("-", " "))


def _collect(node: Node, path: Path, places: Places) -> None:
    """Places of a mapping's keys and values, four levels deep: no fault is told deeper."""
    from bplint.syntax.mapping import deref
    from bplint.syntax.scalars import value_of
    from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE

    if len(path) > 3:
        return
    node = deref(node)
    if node.kind == MAPPING:
        for key, value in node.items or ():
            if key.kind == SCALAR:
                where = (*path, value_of(key))
                places[where] = (key.span, value.span)
                _collect(value, where, places)
    elif node.kind == SEQUENCE:
        for index, item in enumerate(node.items or ()):
            where = (*path, index)
            places[where] = (item.span, item.span)
            _collect(item, where, places)
