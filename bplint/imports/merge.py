"""All files of a graph merged into one table of items per section, as the reference parser merges them.

Facts from dsl_parser (elements/imports.py): main file first, then breadth first; who may redefine what
depends on the section, on the main file's version and on the basic types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import LOGIC, Reference
from bplint.document import FactsDocument
from bplint.dsl.versions import V1_3
from bplint.imports.graph import is_complete
from bplint.imports.merged_sections import ITEM_SECTIONS, NAMESPACES, place_of
from bplint.imports.overlap import can_join, join_node_templates, join_workflows, stumbles_over
from bplint.imports.spec import DELIMITER
from bplint.later import later
from bplint.syntax.mapping import as_dict, deref, is_mapping, is_null, odd_pairs, pairs
from bplint.syntax.tree import MAPPING, SCALAR, Node

if TYPE_CHECKING:
    from bplint.fault import Fault
    from bplint.imports import merge_faults as kinds
    from bplint.imports.graph import ImportedFile, ImportGraph
else:
    kinds = later("bplint.imports.merge_faults")

# sections whose items are elements, by name
# fmt: off
_UNION: Final = frozenset((
    "interfaces", "node_types", "plugins", "workflows", "relationships", "policy_types", "groups",
    "policy_triggers", "data_types",
))
# fmt: on
_UNION_SINCE_1_3: Final = frozenset(
    ("inputs", "outputs", "node_templates", "capabilities", "blueprint_labels", "labels", "resource_tags")
)
_FIRST_WINS: Final = frozenset(("labels", "blueprint_labels", "resource_tags"))
_NOT_MERGED: Final = frozenset(
    (
        "tosca_definitions_version",
        "imports",
        "dsl_definitions",
        "description",
        "metadata",
        "imported_blueprints",
        "namespaces_mapping",
    )
)
_NEVER_EMPTY: Final = frozenset(("node_types", "plugins"))
_CLOUDIFY: Final = "cloudify."


class Item:
    """A named item of a section: `key` and `value` are nodes of `file`; `name` is its full name.

    foreign  for an item made of several files: the file of each pair or list item that is not of `file`,
             by the id of its key node or of the list item
    """

    __slots__ = ("_key", "_value", "file", "foreign", "name")

    def __init__(self, name: str, key: Node | None, value: Node | None, file: ImportedFile) -> None:
        self.name = name
        self.file = file
        self._key = key
        self._value = value
        self.foreign: dict[int, ImportedFile] | None = None

    @property
    def key(self) -> Node:
        assert self._key is not None
        return self._key

    @property
    def value(self) -> Node:
        assert self._value is not None
        return self._value

    def replace_value(self, value: Node) -> None:
        """Give the item a value made of several files."""
        self._value = value

    def file_of(self, node: Node) -> ImportedFile:
        """The file that a pair (by its key) or a list item of the value comes from."""
        return self.foreign.get(id(node), self.file) if self.foreign else self.file

    def __repr__(self) -> str:
        return f"Item({self.name!r}, {self.file.document.path!r})"


class FactsItem(Item):
    """An item of the catalogue or of an archive; its nodes are made when they are first asked for."""

    __slots__ = ("local_name", "section")

    def __init__(self, name: str, local_name: str, section: str, file: ImportedFile) -> None:
        super().__init__(name, None, None, file)
        self.local_name = local_name
        self.section = section

    @property
    def key(self) -> Node:
        if self._key is None:
            document = self.file.document
            assert isinstance(document, FactsDocument)
            self._key = Node(SCALAR, *document.span, self.local_name)
            self._key.value = self.local_name
        return self._key

    @property
    def value(self) -> Node:
        if self._value is None:
            document = self.file.document
            assert isinstance(document, FactsDocument)
            self._value = document.node(self.section, self.local_name)
        return self._value


class Merged:
    """The merged blueprint, item by item.

    sections  section → full name → item, in merge order; only those of ITEM_SECTIONS that a file has
    values    section → its key node, value node and file, for every top-level key, from the file that
              has it first (for `description`, `metadata`, `deployment_settings` and what is unknown)
    crashes   path and start of what has a wrong shape and that merging stumbles over → the exception of the
              reference parser, which then never gets to the shape
    """

    __slots__ = ("crashes", "faults", "sections", "values")

    def __init__(self) -> None:
        self.crashes: dict[tuple[str, int], str] = {}
        self.sections: dict[str, dict[str, Item]] = {}
        self.values: dict[str, tuple[Node, Node, ImportedFile]] = {}
        self.faults: list[Fault] = []


def merge(graph: ImportGraph) -> Merged:
    """Merge the files of a graph. Where two files conflict the first definition stays."""
    merger = Merger(graph)
    for file in graph.files:
        if isinstance(file.document, FactsDocument):
            merger.add_facts(file, file.document)
        else:
            merger.add_document(file)
    merger.check_needs()
    return merger.merged


class Merger:
    def __init__(self, graph: ImportGraph) -> None:
        self.graph = graph
        self.merged = Merged()
        self.is_1_3 = graph.version is None or graph.version >= V1_3
        self.holders: dict[str, tuple[ImportedFile, Node | None]] = {}  # section → who brought it first
        self._read_twice: set[int] = set()
        self.namespaces: dict[str, Item] = {}

    # -- sections

    def add_document(self, file: ImportedFile) -> None:
        is_renamed = file.namespace is not None and not file.is_basic_types
        for section, (key, value) in file.document.sections.items():
            node = deref(value)
            first = self.merged.values.setdefault(section, (key, node, file))
            if is_renamed and node.kind == MAPPING and node.items:
                # few files have a namespace
                from bplint.imports.unusual import check_renaming

                check_renaming(self, section, (key, node, file), is_first=first[2] is file)
            if section in _NOT_MERGED:
                if section == NAMESPACES:
                    # nobody writes this section by hand
                    from bplint.imports.unusual import check_namespaces

                    check_namespaces(self, node, file)
                continue
            holder = self.holders.get(section)
            if holder is None:
                self.holders[section] = (file, key)
                if section in ITEM_SECTIONS and node.kind == MAPPING:
                    self.merged.sections[section] = self.items_of(section, node, file)
            elif self.may_merge(section, file, key, holder) and self._are_mappings(section, key, node, file):
                self._unite(section, self.items_of(section, node, file), file)
        root = file.document.root
        if root is not None and len(pairs(root)) > len(file.document.sections):
            # names of sections that are no strings, which the structure check tells
            from bplint.imports.unusual import check_odd_sections

            check_odd_sections(self, root, file)

    def add_facts(self, file: ImportedFile, document: FactsDocument) -> None:
        for section, names in document.facts.sections.items():
            if section not in ITEM_SECTIONS:
                continue
            prefix = f"{file.namespace}{DELIMITER}" if file.namespace else ""
            items: dict[str, Item] = {}
            for name in names:
                full = prefix + name if prefix and not name.startswith(_CLOUDIFY) else name
                items[full] = FactsItem(full, name, section, file)
            holder = self.holders.get(section)
            if holder is None:
                self.holders[section] = (file, None)
                self.merged.sections[section] = items
            elif file.is_implicit:
                self._fill(section, items)
            elif self.may_merge(section, file, None, holder) and self._are_mappings(
                section, None, None, file
            ):
                self._unite(section, items, file)

    def items_of(self, section: str, node: Node, file: ImportedFile) -> dict[str, Item]:
        namespace = file.namespace
        items: dict[str, Item] = {}
        for name, (key, value) in as_dict(node).items():
            full = name
            if namespace is not None and not name.startswith(_CLOUDIFY):
                full = f"{namespace}{DELIMITER}{name}"
            items[full] = Item(full, key, deref(value), file)
        if len(items) < len(node.items or ()):
            # names that are no strings, which the structure check tells, have contents that are judged too
            for key, value in odd_pairs(node):
                items.setdefault(str(key.text), Item(str(key.text), key, deref(value), file))
        return items

    def _fill(self, section: str, items: dict[str, Item]) -> None:
        present = self.merged.sections.setdefault(section, {})
        for name, item in items.items():
            present.setdefault(name, item)

    def may_merge(
        self, section: str, file: ImportedFile, key: Node | None, holder: tuple[ImportedFile, Node | None]
    ) -> bool:
        if holder[0] is file or section in _UNION or (self.is_1_3 and section in _UNION_SINCE_1_3):
            return True
        if not self._is_read_twice(file, holder[0], 3):
            since = V1_3 if section in _UNION_SINCE_1_3 else None
            place = place_of(file, key)
            self.tell(kinds.UnmergeableSection(*place, file=file, section=section, first=holder, since=since))
        return False

    def _are_mappings(self, section: str, key: Node | None, node: Node | None, file: ImportedFile) -> bool:
        """Whether both sides of a merge are mappings: the reference parser crashes on what is none.

        Only an empty section is told here. Sections that must not be empty in any file, and other wrong
        shapes, are the structure check's, which is told what exception these end in.
        """
        if node is not None and not is_mapping(node):
            if not is_null(node):
                written = file.document.sections[section][1]
                # before a file is merged it is asked for its node types and its plugins
                exception = "ValueError" if section in _NEVER_EMPTY else "AttributeError"
                self.merged.crashes.setdefault((file.document.path, written.start), exception)
            elif section not in _NEVER_EMPTY:
                reference = Reference("AttributeError", None)
                self.tell(
                    kinds.EmptySection(*place_of(file, key), reference=reference, file=file, section=section)
                )
            return False
        present = self.merged.values.get(section)
        if present is None or is_mapping(present[1]):
            return True
        if node is not None and not node.items:
            return False
        if not is_null(present[1]):
            first = present[2].document
            self.merged.crashes.setdefault((first.path, first.sections[section][1].start), "ValueError")
        elif section not in _NEVER_EMPTY:
            place, reference = place_of(present[2], present[0]), Reference("ValueError", None)
            self.tell(kinds.EmptySection(*place, reference=reference, file=present[2], section=section))
        return False

    # -- items

    def _unite(self, section: str, items: dict[str, Item], file: ImportedFile) -> None:
        present = self.merged.sections.setdefault(section, {})
        if present.keys().isdisjoint(items):
            present.update(items)
            return
        for name, item in items.items():
            first = present.get(name)
            if first is None:
                present[name] = item
            elif file.is_basic_types or item.name.startswith(_CLOUDIFY):
                self._override(first, item)
                present[name] = item
            else:
                self._overlap(section, first, item)

    def _override(self, first: Item, item: Item) -> None:
        if first.file.is_own and not self._is_same(first, item):
            self.tell(kinds.OverriddenByImport(*place_of(first.file, first.key), first=first, item=item))

    def _overlap(self, section: str, first: Item, item: Item) -> None:
        """Two files define a name that is not to be replaced."""
        if section in _FIRST_WINS:
            if first.file.is_own and item.file.is_own and not self._is_same(first, item):
                self.tell(
                    kinds.LostDefinition(
                        *place_of(item.file, item.key), first=first, item=item, section=section
                    )
                )
            return
        if section == "node_templates" and can_join(first, item):
            error = join_node_templates(first, item)
            if error is not None:
                self.conflict(section, first, item, error)
            return
        if section == "workflows":
            outcome = join_workflows(first, item)
            if outcome is not None and not self._is_same(first, item):
                if outcome is kinds.LostDefinition:
                    self._lose(section, first, item)
                else:
                    self.tell(
                        kinds.ConflictingWorkflow(*place_of(item.file, item.key), first=first, item=item)
                    )
            return
        if self._is_same(first, item):
            self._is_read_twice(item.file, first.file)
        else:
            exception = None
            if section == "node_templates" and stumbles_over(first, item):
                exception = "ValueError"
            self.conflict(section, first, item, exception)

    def _is_same(self, first: Item, item: Item) -> bool:
        a, b = first.file.document, item.file.document
        if isinstance(a, FactsDocument) and isinstance(b, FactsDocument):
            return a.facts is b.facts
        return a is b

    def _is_read_twice(self, file: ImportedFile, first: ImportedFile, code: int = 4) -> bool:
        """Whether it is one file under two spellings, which the reference parser merges with itself, and
        refuses with this code."""
        if file.document is not first.document or file.namespace != first.namespace:
            return False
        if id(file) not in self._read_twice:
            self._read_twice.add(id(file))
            place, reference = place_of(file, None), Reference(LOGIC, code)
            assert file.entry is not None  # a main file is read once
            self.tell(kinds.ImportReadTwice(*place, reference=reference, entry=file.entry, first=first))
        return True

    # -- what the catalogue's files lack

    def check_needs(self) -> None:
        """Names that a file of the catalogue takes for granted and that no file defines."""
        if not is_complete(self.graph):
            return
        for file in self.graph.files:
            document = file.document
            if not isinstance(document, FactsDocument):
                continue
            lacking = [need for need in document.facts.needs if not self._has(need.section, need.name, file)]
            if lacking:
                assert file.entry is not None  # the catalogue's
                self.tell(kinds.ImportLacksDefinition(*place_of(file, None), entry=file.entry, needs=lacking))

    def _has(self, section: str, name: str, file: ImportedFile) -> bool:
        full = name
        if file.namespace is not None and not name.startswith(_CLOUDIFY):
            full = f"{file.namespace}{DELIMITER}{name}"
        return full in self.merged.sections.get(section, ())

    # -- faults

    def _lose(self, section: str, first: Item, item: Item) -> None:
        place = place_of(item.file, item.key)
        self.tell(kinds.LostDefinition(*place, first=first, item=item, section=section))

    def conflict(self, section: str, first: Item, item: Item, exception: str | None = None) -> None:
        """Tell of a name that must not be there twice; the exception where the parser crashes on it."""
        place = place_of(item.file, item.key)
        reference = Reference(exception, None) if exception else None
        self.tell(
            kinds.ConflictingDefinition(*place, reference=reference, first=first, item=item, section=section)
        )

    def tell(self, fault: Fault) -> None:
        self.merged.faults.append(fault)
