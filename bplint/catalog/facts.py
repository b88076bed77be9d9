"""What is known of a file that is not the user's: a catalogue file or a plugin.yaml inside an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bplint.catalog.history import Release
    from bplint.catalog.pages import Pages
    from bplint.dsl.versions import Version


class Gate:
    """The file uses something that the language has from `version` on.

    feature  the key or the type, as written
    path     where its first use is: `node_types.acme.Server.properties.size.required`
    """

    __slots__ = ("feature", "path", "version")

    def __init__(self, version: Version, feature: str, path: str) -> None:
        self.version = version
        self.feature = feature
        self.path = path


class Need:
    """The file names something that it does not define itself. `path` is where its first use is."""

    __slots__ = ("name", "path", "section")

    def __init__(self, section: str, name: str, path: str) -> None:
        self.section = section
        self.name = name
        self.path = path


class Facts:
    """A file's sections by name, with what must be known of it at once.

    label           for messages: 'cloudify-aws-plugin 3.2.4'
    version         text of its tosca_definitions_version, or None
    gates           one for each version and feature that it uses
    needs           names from elsewhere that the reference parser looks up whether they are used or not
    unknown_keys    top-level keys that the language does not have
    imports         what it imports itself, as written
    release         the release of a published plugin that it is a file of, else None
    is_basic_types  it defines cloudify.nodes.Root
    sections        section → name → what `value` finds it by; in the order of the file
    """

    __slots__ = (
        "_rows",
        "gates",
        "imports",
        "is_basic_types",
        "label",
        "needs",
        "release",
        "sections",
        "unknown_keys",
        "version",
    )

    def __init__(self, label: str, rows: Pages | HeldRows) -> None:
        self.label = label
        self.version: str | None = None
        self.gates: list[Gate] = []
        self.needs: list[Need] = []
        self.unknown_keys: list[str] = []
        self.imports: list[str] = []
        self.is_basic_types = False
        self.release: Release | None = None
        self.sections: dict[str, dict[str, int]] = {}
        self._rows = rows

    def value(self, section: str, name: str) -> Any:
        """The Python value of an item. Raises KeyError where there is none."""
        return self._rows.value(self.sections[section][name])


class HeldRows:
    """Values that are at hand."""

    __slots__ = ("_values",)

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def value(self, row: int) -> Any:
        return self._values[row]


def facts_of(label: str, content: Mapping[str, Any]) -> Facts:
    """Facts of a file at hand, such as a plugin.yaml inside an archive."""
    # the shape table: only where a file without a place of its own must be described
    from bplint.catalog.head import gates_of, is_basic_types, needs_of, unknown_keys_of

    values: list[Any] = []
    facts = Facts(label, HeldRows(values))
    version = content.get("tosca_definitions_version")
    facts.version = version if isinstance(version, str) else None
    facts.gates = gates_of(content)
    facts.needs = needs_of(content)
    facts.unknown_keys = unknown_keys_of(content)
    facts.imports = imports_of(content)
    facts.is_basic_types = is_basic_types(content)
    for section, items in sections_of(content):
        rows: dict[str, int] = {}
        for name, value in items.items():
            if isinstance(name, str):
                rows[name] = len(values)
                values.append(value)
        facts.sections[section] = rows
    return facts


def imports_of(content: Mapping[str, Any]) -> list[str]:
    """The imports of a file, as written."""
    found = content.get("imports")
    entries = found if isinstance(found, list) else ()
    texts = (next(iter(entry), None) if isinstance(entry, dict) else entry for entry in entries)
    return [text for text in texts if isinstance(text, str)]


NOT_MERGED = frozenset(("tosca_definitions_version", "imports", "dsl_definitions", "metadata", "description"))


def sections_of(content: Mapping[str, Any]) -> Iterable[tuple[str, dict[Any, Any]]]:
    """The sections of a file that are merged, with their items."""
    for section, items in content.items():
        if section not in NOT_MERGED and isinstance(items, dict):
            yield section, items
