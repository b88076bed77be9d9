"""The merged blueprint: one table of elements per section, and what is known of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from bplint.lookup import MISSING, UNKNOWN
from bplint.model.elements import (
    Capability,
    DataType,
    Element,
    Group,
    Input,
    Label,
    NodeTemplate,
    NodeType,
    Output,
    Plugin,
    Policy,
    PolicyTrigger,
    PolicyType,
    RelationshipType,
    Workflow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Set

    from bplint.imports.graph import ImportGraph
    from bplint.imports.merge import Item
    from bplint.lookup import Absent
    from bplint.model.full_names import Unread
    from bplint.model.implementations import Targets

E = TypeVar("E", bound=Element, covariant=True)


class Section(Generic[E]):
    """Elements of one section by full name. An element is built when it is first asked for, so that a
    catalogue of thousands of types costs nothing.

    `lookup` answers UNKNOWN instead of MISSING where an unread import or a block set aside after a
    syntax error may define the name.
    """

    __slots__ = ("_build", "_built", "_items", "_may_hold", "_own")

    def __init__(
        self,
        items: dict[str, Item],
        build: Callable[[str, Item], E],
        may_hold: Callable[[str], bool],
    ) -> None:
        self._items = items
        self._build = build
        self._built: dict[str, E] = {}
        self._may_hold = may_hold
        self._own: list[E] | None = None

    def lookup(self, name: str) -> E | Absent:
        found = self._built.get(name)
        if found is not None:
            return found
        item = self._items.get(name)
        if item is not None:
            element = self._built[name] = self._build(name, item)
            return element
        return UNKNOWN if self._may_hold(name) else MISSING

    def item(self, name: str) -> Item | None:
        """The merged item of this name, unbuilt."""
        return self._items.get(name)

    def is_built(self, name: str) -> bool:
        return name in self._built

    def names(self) -> Iterator[str]:
        return iter(self._items)

    def own(self) -> Iterator[E]:
        """Elements of the user's files, in merge order; those of the catalogue are left out."""
        if self._own is None:
            names = [name for name, item in self._items.items() if item.file.is_own]
            self._own = [found for name in names if (found := self.lookup(name))]
        return iter(self._own)

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def __len__(self) -> int:
        return len(self._items)


class Blueprint:
    """A main file with all its imports merged, as the reference parser merges them."""

    __slots__ = (
        "blueprint_labels",
        "broken",
        "capabilities",
        "data_types",
        "graph",
        "groups",
        "inputs",
        "labels",
        "node_templates",
        "node_types",
        "outputs",
        "plugins",
        "policies",
        "policy_triggers",
        "policy_types",
        "relationships",
        "targets",
        "unread",
        "version",
        "workflows",
    )

    graph: ImportGraph
    broken: Set[int]  # ids of nodes of a wrong shape
    unread: Unread  # what may be defined where nobody could look
    targets: Targets  # what implementations and mappings resolve to
    version: tuple[int, int] | Absent  # of the main file; UNKNOWN for a fragment checked on its own
    inputs: Section[Input]
    data_types: Section[DataType]
    node_types: Section[NodeType]
    relationships: Section[RelationshipType]
    plugins: Section[Plugin]
    workflows: Section[Workflow]
    node_templates: Section[NodeTemplate]
    groups: Section[Group]
    policies: Section[Policy]
    policy_types: Section[PolicyType]
    policy_triggers: Section[PolicyTrigger]
    outputs: Section[Output]
    capabilities: Section[Capability]
    labels: Section[Label]
    blueprint_labels: Section[Label]

    def sections(self) -> Iterator[Section[Element]]:
        """Every section, in the order in which a reader of a blueprint meets them."""
        for name in SECTIONS:
            yield getattr(self, name)


SECTIONS = (
    "inputs",
    "data_types",
    "node_types",
    "relationships",
    "plugins",
    "workflows",
    "policy_types",
    "policy_triggers",
    "node_templates",
    "groups",
    "policies",
    "outputs",
    "capabilities",
    "labels",
    "blueprint_labels",
)
