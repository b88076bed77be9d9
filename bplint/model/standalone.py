"""What may still come from elsewhere where a file that is made to be imported is checked on its own.

A plugin.yaml or a file of types gets the verdict of a blueprint that imports it and the built-in types and
has nothing else: names of types, plugins and workflows are looked up in the file, in what it imports and in
the built-in types. What a file of the project that imports it brings counts as there. Sections that belong
to a blueprint (inputs, node templates) are the importer's: nothing is missing there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.document import Document
    from bplint.imports.graph import ImportGraph
    from bplint.imports.surroundings import Surroundings

CLOSED: Final = frozenset(
    ("plugins", "node_types", "relationships", "data_types", "workflows", "policy_types", "policy_triggers")
)
_OF_BLUEPRINTS: Final = frozenset(
    ("inputs", "node_templates", "outputs", "capabilities", "groups", "policies", "deployment_settings")
)
# built-in types come in versions; the other sections have no names that only some versions know
_EDITED: Final = frozenset(("node_types", "relationships", "data_types", "plugins"))


class Standalone:
    """The world around one file that stands alone. `may_hold_in` says whether something of an import graph
    that could not be read may define a name."""

    __slots__ = ("_is_part", "_known", "_may_hold_in", "_surroundings")

    def __init__(self, graph: ImportGraph, may_hold_in: Callable[[ImportGraph, str, str], bool]) -> None:
        self._surroundings: Surroundings = graph.surroundings
        self._is_part = is_part_of_blueprint(graph.main.document)
        self._may_hold_in = may_hold_in
        self._known: dict[tuple[str, str], bool] = {}

    def may_hold(self, section: str, name: str) -> bool:
        """Whether a blueprint that imports the file may bring a name which is not in the file's own world."""
        if self.may_hold_any(section):
            return True
        key = section, name
        if key not in self._known:
            is_edited = self.edition(section, name) is not None
            self._known[key] = is_edited or self._is_brought(section, name)
        return self._known[key]

    def may_hold_any(self, section: str) -> bool:
        """Whether the section is the importer's, so that any name may come from there."""
        return self._is_part or section not in CLOSED

    def edition(self, section: str, name: str) -> str | None:
        """What to call the built-in types of another version that define a name which the file's own do not.
        Advice says so, and no error: only blueprints of that version can import the file."""
        return self._surroundings.built_in_with(section, name) if section in _EDITED else None

    def _is_brought(self, section: str, name: str) -> bool:
        return any(
            graph.defines(section, name) or self._may_hold_in(graph, section, name)
            for graph in self._surroundings.importers()
        )


def is_part_of_blueprint(document: Document) -> bool:
    """Whether a file that is made to be imported has sections that only a blueprint has: it is one part of
    it, and all its names may stand in the others."""
    return not _OF_BLUEPRINTS.isdisjoint(document.sections)
