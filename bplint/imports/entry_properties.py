"""Properties of an import entry against those that the plugins of the file declare.

Facts from dsl_parser (elements/imports.py, `_validate_and_set_plugin_properties`): every plugin of the file
that declares properties must declare each property of the entry; values are checked against five types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Reference
from bplint.document import FactsDocument
from bplint.imports.spec import is_property_value
from bplint.later import later
from bplint.syntax.mapping import as_dict, deref, python_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.fault import Fault
    from bplint.imports import import_faults as kinds
    from bplint.imports.graph import ImportedFile, ImportEntry
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.imports.import_faults")

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str, int),
    "integer": (int,),
    "float": (int, float),
    "boolean": (bool,),
    "list": (list,),
}


def check_properties(file: ImportedFile, entry: ImportEntry, faults: list[Fault]) -> None:
    """Record what is wrong with the properties of the entry that a file was imported by."""
    if entry.properties is None:
        return
    given = as_dict(entry.properties)
    if not given:
        return
    for plugin, declared in _declared(file):
        for name, (key, value) in given.items():
            if name not in declared:
                known = sorted(declared)
                place = entry.path, key.span
                faults.append(
                    kinds.UnknownImportProperty(*place, entry=entry, plugin=plugin, name=name, known=known)
                )
            elif entry.importer.entry is not None or is_property_value(deref(value)):
                # in the main file every entry's values are checked, and told of already
                fault = _check_value(entry, plugin, name, declared[name], value)
                faults += [fault] if fault is not None else []


def _check_value(entry: ImportEntry, plugin: str, name: str, schema: Any, written: Node) -> Fault | None:
    place, value = (entry.path, written.span), deref(written)
    wanted = schema.get("type") if isinstance(schema, dict) else None
    if not isinstance(wanted, str) or wanted not in _TYPES:
        is_untyped = isinstance(schema, dict) and "type" not in schema
        reference = Reference("AttributeError", None) if is_untyped else None
        return kinds.UnsettableImportProperty(
            *place, reference=reference, plugin=plugin, name=name, wanted=wanted
        )
    # functions: only for the few entries that have properties
    from bplint.dsl.functions import call_of

    if isinstance(python_of(value), _TYPES[wanted]) or call_of(value) is not None:
        return None
    return kinds.ImportPropertyMismatch(*place, entry=entry, plugin=plugin, name=name, wanted=wanted)


def _declared(file: ImportedFile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each plugin of a file that declares properties, with them."""
    document = file.document
    if isinstance(document, FactsDocument):
        for name in document.facts.sections.get("plugins", ()):
            properties = document.facts.value("plugins", name).get("properties")
            if isinstance(properties, dict):
                yield name, properties
        return
    pair = document.sections.get("plugins")
    for name, (_, value) in as_dict(deref(pair[1])).items() if pair else ():
        plugin = as_dict(value)
        properties = python_of(plugin["properties"][1]) if "properties" in plugin else None
        if isinstance(properties, dict):
            yield name, properties
