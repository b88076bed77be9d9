"""What a plugin file breaks and adds, compared with an older one.

Types are compared with what they inherit within their file; what a type only inherits is told at the parent.
Each change is breaking (a blueprint that was right may be refused or fail), risky (it may do something else)
or harmless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.dsl.versions import version_text
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Content = dict[str, Any]

BREAKING: Final = "breaking"
RISKY: Final = "risky"
HARMLESS: Final = "harmless"
CLASSES: Final = (BREAKING, RISKY, HARMLESS)

_NOUNS: Final = {
    "node_types": "node type", "relationships": "relationship type", "data_types": "data type",
    "workflows": "workflow", "plugins": "plugin",
}  # fmt: skip
_INTERFACES: Final = ("interfaces", "source_interfaces", "target_interfaces")
_WIDER: Final = {("integer", "float")}  # every value of the first is one of the second
_NOTHING: Final = object()


class PluginChange(Record):
    """One change. `keys` lead to it in the newer file, or to what it is missing from."""

    severity: str
    message: str
    keys: tuple[str, ...]


def differences(old: Content, new: Content) -> list[PluginChange]:
    """The changes from an older to a newer plugin file, the worst first, then by section."""
    found = [change for section in _NOUNS for change in _Section(section, old, new).changes()]
    found += _language(old, new)
    return sorted(found, key=lambda change: CLASSES.index(change.severity))


def lost_functions(old: Content, exists: Callable[[str], bool]) -> list[PluginChange]:
    """Functions that the older file maps to and that the newer release does not have. `exists` is asked for
    `plugin.module.function`; it answers True where that is not known."""
    return [
        PluginChange(BREAKING, f"function '{mapping}' went away", ("plugins", mapping.partition(".")[0]))
        for mapping in dict.fromkeys(_mappings(old))
        if not exists(mapping)
    ]


def _mappings(content: Content) -> Iterator[str]:
    plugins = _mapping(content.get("plugins")).keys()
    for section in ("node_types", "relationships", "workflows"):
        for item in _mapping(content.get(section)).values():
            for text in _texts(item):
                if text.partition(".")[0] in plugins and text.count(".") >= 2 and " " not in text:
                    yield text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("default", "description", "properties", "parameters"):
                yield from _texts(item)


def _language(old: Content, new: Content) -> Iterator[PluginChange]:
    """A newer version of the language that the file needs."""
    from bplint.catalog.head import gates_of

    before = max((gate.version for gate in gates_of(old)), default=(1, 0))
    gates = gates_of(new)
    after = max((gate.version for gate in gates), default=(1, 0))
    if after > before:
        first = next(gate for gate in gates if gate.version == after)
        text = f"the file needs {version_text(after)}, for '{first.feature}'"
        yield PluginChange(BREAKING, text, tuple(first.path.split(".")[:2]))


class _Section:
    """One section of both files."""

    def __init__(self, section: str, old: Content, new: Content) -> None:
        self.section = section
        self.noun = _NOUNS[section]
        self.old = _mapping(old.get(section))
        self.new = _mapping(new.get(section))

    def changes(self) -> Iterator[PluginChange]:
        for name in dict.fromkeys((*self.old, *self.new)):
            keys = (self.section, name)
            what = f"{self.noun} '{name}'"
            if name not in self.new:
                yield PluginChange(BREAKING, f"{what} went away", keys)
            elif name not in self.old:
                yield PluginChange(HARMLESS, f"{what} is new", keys)
            else:
                yield from self._item(name, what)

    def _item(self, name: str, what: str) -> Iterator[PluginChange]:
        if self.section == "workflows":
            yield from _workflow(self.old[name], self.new[name], what, (self.section, name))
        elif self.section == "plugins":
            yield from _plugin(_mapping(self.old[name]), _mapping(self.new[name]), what, (self.section, name))
        else:
            yield from self._type(name, what)

    def _type(self, name: str, what: str) -> Iterator[PluginChange]:
        keys = (self.section, name)
        before, after = (
            _mapping(self.old[name]).get("derived_from"),
            _mapping(self.new[name]).get("derived_from"),
        )
        if before != after:
            is_still_one = before is None or before in _ancestors(self.new, name)
            severity = HARMLESS if is_still_one else BREAKING
            yield PluginChange(
                severity, f"{what} is derived from '{after}' and no longer from '{before}'", keys
            )
        parent = after if before == after and after in self.old and after in self.new else None
        yield from self._members(name, parent, what)

    def _members(self, name: str, parent: str | None, what: str) -> Iterator[PluginChange]:
        """Changes of properties and interfaces, but for those that the parent has just so."""
        told = set(self._all_members(parent, "")) if parent is not None else set()
        for change in self._all_members(name, ""):
            if change not in told:
                yield change._replace(
                    message=f"{what}: {change.message}", keys=(self.section, name, *change.keys)
                )

    def _all_members(self, name: str, what: str) -> list[PluginChange]:
        old, new = _effective(self.old, name), _effective(self.new, name)
        found = list(_schemas(old["properties"], new["properties"], "property", ("properties",)))
        for key in _INTERFACES:
            found += _interfaces(old[key], new[key], key)
        return found


def _ancestors(types: Content, name: str) -> list[str]:
    """The parents of a type, nearest first, as far as the file has them."""
    found: list[str] = []
    parent = _mapping(types.get(name)).get("derived_from")
    while isinstance(parent, str) and parent not in found:
        found.append(parent)
        parent = _mapping(types.get(parent)).get("derived_from")
    return found


def _effective(types: Content, name: str) -> dict[str, Content]:
    """Properties and operations of a type with those it inherits within its file. Operations are in
    interface → operation → mapping."""
    merged: dict[str, Content] = {key: {} for key in ("properties", *_INTERFACES)}
    for each in (*reversed(_ancestors(types, name)), name):
        item = _mapping(types.get(each))
        for prop, schema in _mapping(item.get("properties")).items():
            before = _mapping(merged["properties"].get(prop))
            merged["properties"][prop] = {**before, **_mapping(schema)}
        for key in _INTERFACES:
            for interface, operations in _mapping(item.get(key)).items():
                merged[key][interface] = {**_mapping(merged[key].get(interface)), **_mapping(operations)}
    return merged


def _schemas(old: Content, new: Content, noun: str, keys: tuple[str, ...]) -> Iterator[PluginChange]:
    """Changes of properties, inputs or parameters, each a mapping of schemas or of plain defaults."""
    for name in dict.fromkeys((*old, *new)):
        here = (*keys, name)
        what = f"{noun} '{name}'"
        if name not in new:
            severity = RISKY if noun == "input" else BREAKING
            yield PluginChange(severity, f"{what} went away", here)
        elif name not in old:
            if _is_mandatory(_schema(new[name])):
                yield PluginChange(BREAKING, f"{what} is new and mandatory", here)
            else:
                yield PluginChange(HARMLESS, f"{what} is new", here)
        else:
            yield from _schema_changes(_schema(old[name]), _schema(new[name]), what, here)


def _schema_changes(old: Content, new: Content, what: str, keys: tuple[str, ...]) -> Iterator[PluginChange]:
    if _is_mandatory(new) and not _is_mandatory(old):
        yield PluginChange(BREAKING, f"{what} has become mandatory", keys)
    elif _is_mandatory(old) and not _is_mandatory(new):
        yield PluginChange(HARMLESS, f"{what} is no longer mandatory", keys)
    for key in ("type", "item_type"):
        before, after = old.get(key), new.get(key)
        if before != after:
            is_wider = after is None or (before, after) in _WIDER
            text = f"{what} is of {key.replace('_', ' ')} {_shown(after, 'any')}, not {_shown(before, 'any')}"
            yield PluginChange(HARMLESS if is_wider else BREAKING, text, (*keys, key))
    before, after = old.get("default", _NOTHING), new.get("default", _NOTHING)
    if not _is_same(before, after) and before is not _NOTHING:
        if after is not _NOTHING:
            yield PluginChange(
                RISKY, f"{what} has the default {_shown(after)}, not {_shown(before)}", (*keys, "default")
            )
        elif not _is_mandatory(new):
            yield PluginChange(RISKY, f"{what} has no default any more; it was {_shown(before)}", keys)
    if old.get("constraints") != new.get("constraints"):
        if not new.get("constraints"):
            yield PluginChange(HARMLESS, f"{what} has no constraints any more", keys)
        else:
            yield PluginChange(
                BREAKING,
                f"{what} has other constraints: {_shown(new['constraints'])}",
                (*keys, "constraints"),
            )


def _interfaces(old: Content, new: Content, key: str) -> Iterator[PluginChange]:
    for interface in dict.fromkeys((*old, *new)):
        before, after = _mapping(old.get(interface)), _mapping(new.get(interface))
        for name in dict.fromkeys((*before, *after)):
            keys = (key, interface, name)
            what = f"operation '{interface}.{name}'"
            if name not in after:
                yield PluginChange(BREAKING, f"{what} went away", keys)
            elif name not in before:
                yield PluginChange(HARMLESS, f"{what} is new", keys)
            else:
                yield from _operation(_operation_of(before[name]), _operation_of(after[name]), what, keys)


def _operation(old: Content, new: Content, what: str, keys: tuple[str, ...]) -> Iterator[PluginChange]:
    before, after = old.get("implementation") or "", new.get("implementation") or ""
    if before != after:
        text = f"{what} runs {_shown(after or None, 'nothing')}, not {_shown(before or None, 'nothing')}"
        yield PluginChange(RISKY if before else HARMLESS, text, keys)
    for key in ("executor", "max_retries", "retry_interval", "timeout"):
        if old.get(key) != new.get(key):
            yield PluginChange(
                RISKY, f"{what}: {key} is {_shown(new.get(key))}, not {_shown(old.get(key))}", keys
            )
    for change in _schemas(
        _mapping(old.get("inputs")), _mapping(new.get("inputs")), "input", (*keys, "inputs")
    ):
        yield change._replace(message=f"{what}: {change.message}")


def _workflow(old: Any, new: Any, what: str, keys: tuple[str, ...]) -> Iterator[PluginChange]:
    before, after = _operation_of(old, "mapping"), _operation_of(new, "mapping")
    if before.get("mapping") != after.get("mapping"):
        text = f"{what} runs {_shown(after.get('mapping'))}, not {_shown(before.get('mapping'))}"
        yield PluginChange(RISKY, text, keys)
    parameters = _mapping(before.get("parameters")), _mapping(after.get("parameters"))
    for change in _schemas(*parameters, "parameter", (*keys, "parameters")):
        yield change._replace(message=f"{what}: {change.message}")
    for key in ("is_cascading", "availability_rules"):
        if before.get(key) != after.get(key):
            yield PluginChange(
                RISKY, f"{what}: {key} is {_shown(after.get(key))}, not {_shown(before.get(key))}", keys
            )


def _plugin(old: Content, new: Content, what: str, keys: tuple[str, ...]) -> Iterator[PluginChange]:
    for key in ("executor", "install", "package_name"):
        if old.get(key) != new.get(key):
            yield PluginChange(
                RISKY, f"{what}: {key} is {_shown(new.get(key))}, not {_shown(old.get(key))}", keys
            )
    before, after = _mapping(old.get("properties")), _mapping(new.get("properties"))
    for change in _schemas(before, after, "property", (*keys, "properties")):
        # nobody has to give one: what is new, or more than before, breaks nothing
        name = change.keys[3]
        is_known = name in before and name in after
        severity = change.severity if is_known or name not in after else HARMLESS
        yield change._replace(severity=severity, message=f"{what}: {change.message}")


def _is_mandatory(schema: Content) -> bool:
    return "default" not in schema and schema.get("required", True) is not False


def _schema(value: Any) -> Content:
    """A schema; a plain value is a default."""
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"default": value}


def _operation_of(value: Any, key: str = "implementation") -> Content:
    return value if isinstance(value, dict) else {key: value}


def _mapping(value: Any) -> Content:
    return value if isinstance(value, dict) else {}


def _is_same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) is isinstance(other, bool)


def _shown(value: Any, nothing: str = "nothing") -> str:
    """A value in a message, shortened."""
    if value is None:
        return nothing
    import json

    text = f"'{value}'" if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= 60 else f"{text[:57]}…"
