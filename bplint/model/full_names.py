"""Full names: which references take the namespace of the file they stand in, and which names an import
that could not be read may define.

Facts from dsl_parser (framework/parser.py, elements/imports.py): a file imported as `ns--file` has the
names it defines and the names it refers to prefixed with `ns--`, even where the name is defined outside.
Names beginning `cloudify.` and the built-in types are left alone, and so is everything of the basic types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.document import Kind
from bplint.dsl.builtin_types import BUILT_IN
from bplint.imports.merged_sections import ITEM_SECTIONS
from bplint.near import nearest
from bplint.syntax.mapping import deref
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from bplint.document import Document
    from bplint.imports.graph import ImportedFile, ImportEntry, ImportGraph
    from bplint.model.standalone import Standalone
    from bplint.syntax.tree import Node

_INCLUDES: Final = ("include", "includes")  # what other languages call `imports`
DELIMITER: Final = "--"
CLOUDIFY: Final = "cloudify."
RUN_TIME_NODES: Final = frozenset(("SELF", "SOURCE", "TARGET"))

# what an uploaded plugin can bring; a `plugin:` import that cannot be read hides nothing else
PLUGIN_SECTIONS: Final = frozenset(
    (
        "plugins",
        "node_types",
        "relationships",
        "data_types",
        "workflows",
        "policy_types",
        "policy_triggers",
        "labels",
        "blueprint_labels",
    )
)


def qualify(name: str, namespace: str | None) -> str:
    """The full name of a reference in a file that was imported under `namespace`."""
    if namespace is None or name.startswith(CLOUDIFY) or name in BUILT_IN:
        return name
    return f"{namespace}{DELIMITER}{name}"


def without_namespace(text: str) -> str:
    """What is left of a script's path: dsl_parser cuts each line up to its last `--`, namespace or not."""
    if DELIMITER not in text:
        return text
    return "\n".join(line.rsplit(DELIMITER, 1)[-1] for line in text.split("\n"))


class Unread:
    """What may be defined where nobody could look: in imports that could not be read, in blocks set aside
    after a syntax error, and, for a file that is made to be imported, in the files that import it."""

    __slots__ = ("_alone", "_namespaces", "_plugin_namespaces", "_sections")

    def __init__(self, graph: ImportGraph, *, looks_around: bool = True) -> None:
        self._alone: Standalone | None = None
        if looks_around and graph.main.document.kind is not Kind.BLUEPRINT:
            # only for files that are made to be imported
            from bplint.model.standalone import Standalone

            self._alone = Standalone(graph, _may_hold_in)
        self._namespaces: set[str | None] = set()
        self._plugin_namespaces: set[str | None] = set()
        for entry in graph.entries:
            if entry.status not in ("read", "seen"):
                self._add(entry)
        self._namespaces.update(file.namespace for file in graph.files if _has_misnamed_imports(file))
        # section → namespaces of the files in which a block of it is set aside; '' stands for any section
        self._sections: dict[str, set[str | None]] = {}
        for file in graph.files:
            for section in lost_sections(file.document):
                self._sections.setdefault(section, set()).add(file.namespace)

    def _add(self, entry: ImportEntry) -> None:
        is_plugin = entry.location.startswith("plugin:")
        (self._plugin_namespaces if is_plugin else self._namespaces).add(entry.namespace)

    @property
    def is_nothing(self) -> bool:
        """Whether everything could be read."""
        return not (self._alone or self._namespaces or self._plugin_namespaces or self._sections)

    def may_hold(self, section: str, name: str) -> bool:
        """Whether something unread may define `name` in `section`."""
        if self._namespaces and _is_under(name, self._namespaces):
            return True
        if (
            self._plugin_namespaces
            and section in PLUGIN_SECTIONS
            and _is_under(name, self._plugin_namespaces)
        ):
            return True
        if self._sections:
            for lost in (section, ""):
                if lost in self._sections and _is_under(name, self._sections[lost]):
                    return True
        return self._alone is not None and self._alone.may_hold(section, name)

    def edition(self, section: str, name: str) -> str | None:
        """For a file that stands alone: the built-in types of another version that have the name, or None."""
        return self._alone.edition(section, name) if self._alone is not None else None

    def may_hold_any(self, section: str) -> bool:
        """Whether something unread may define further names in `section`, whatever they are."""
        if self._namespaces or "" in self._sections or section in self._sections:
            return True
        if self._alone is not None and self._alone.may_hold_any(section):
            return True
        return bool(self._plugin_namespaces) and section in PLUGIN_SECTIONS


def _has_misnamed_imports(file: ImportedFile) -> bool:
    """Whether the imports of a file stand under another name, so that nobody reads them."""
    if not file.is_own or "imports" in file.document.sections:
        return False
    unknown = file.document.sections.keys() - ITEM_SECTIONS
    return any(name in _INCLUDES or nearest(name, ["imports"]) for name in unknown)


def _may_hold_in(graph: ImportGraph, section: str, name: str) -> bool:
    # all that import the file, directly or not, are asked: each answers for what it reads itself
    return Unread(graph, looks_around=False).may_hold(section, name)


def _is_under(name: str, namespaces: set[str | None]) -> bool:
    if None in namespaces or name.startswith(CLOUDIFY):
        return True
    return any(name.startswith(f"{namespace}{DELIMITER}") for namespace in namespaces)


def lost_sections(document: Document) -> set[str]:
    """Sections in which a syntax error may have taken whole items; '' where it may have taken sections.
    A section of a wrong shape is lost as a whole."""
    lost = _misshapen_sections(document)
    for start, end in document.holes:
        section = _section_at(document, start, end)
        if section is None:
            lost.add("")
        elif not is_inside_item(document.sections[section][1], start):
            lost.add(section)
    return lost


def _misshapen_sections(document: Document) -> set[str]:
    lost: set[str] = set()
    for name in ITEM_SECTIONS & document.sections.keys():
        node = deref(document.sections[name][1])
        is_empty = node.kind == SCALAR and value_of(node) is None
        if node.kind != MAPPING and not is_empty:
            lost.add(name)
    return lost


def _section_at(document: Document, start: int, end: int) -> str | None:
    found: str | None = None
    found_start = -1
    for name, (key, _) in document.sections.items():
        if found_start < key.start <= start:
            found, found_start = name, key.start
    if found is None or _column(document, start) == _column(document, found_start):
        return None
    return found


def is_inside_item(section: Node, offset: int) -> bool:
    """Whether an offset lies within the value of one of the section's items."""
    node = deref(section)
    if node.kind != MAPPING:
        return False
    return any(key.end <= offset < deref(value).end for key, value in node.items or ())


def _column(document: Document, offset: int) -> int:
    return document.source.lines.position(offset)[1]
