"""Names of interfaces and operations that nothing calls, and operations that a comment has emptied.

The reference parser takes any name, and an operation without an implementation as one that does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.later import later
from bplint.near import nearest
from bplint.regex import lazy_pattern
from bplint.syntax.mapping import as_dict, deref, get_pair, is_null

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.topology import topology_faults as kinds
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate, NodeType, Relationship
    from bplint.model.interfaces import Interfaces
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.topology.topology_faults")

STANDARD: Final = "cloudify.interfaces."
MAX_COMPARED: Final = 200
# the interfaces of which the built-in workflows call fixed operations and no others
_LIFECYCLES: Final = frozenset(
    ("cloudify.interfaces.lifecycle", "cloudify.interfaces.relationship_lifecycle")
)
_SIDES: Final = ("source_interfaces", "target_interfaces")
_COMMENTED: Final = lazy_pattern(
    r"[ \t]*(?:#[^\r\n]*)?(?:\r?\n[ \t]*(?:#[^\r\n]*)?){0,9}?\r?\n([ \t]*)#+[ \t]*implementation[ \t]*:"
)
_BEHIND: Final = lazy_pattern(r":[ \t]*(?:''|\"\")?[ \t]*(#[^\s#][^\r\n]*)")


class OperationNames:
    """Checks the names that the templates of one blueprint write."""

    __slots__ = ("_blueprint", "_has_workflows")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._has_workflows: bool | None = None

    def of_template(self, template: NodeTemplate, kind: NodeType) -> Iterator[Fault]:
        """Those of a template whose type is all known."""
        assert template.interfaces_node is not None
        yield from self._of(template.interfaces_node, kind.interfaces, template.file, kind)

    def of_relationship(self, relationship: Relationship) -> Iterator[Fault]:
        """Those of a relationship whose type is all known."""
        kind = relationship.type
        if not kind or not kind.is_complete:
            return
        written = as_dict(relationship.node)
        for side in _SIDES:
            if side in written:
                yield from self._of(deref(written[side][1]), getattr(kind, side), relationship.file, None)

    def _of(
        self, written: Node, known: Interfaces, file: ImportedFile, kind: NodeType | None
    ) -> Iterator[Fault]:
        path = file.document.path
        for interface, (key, content) in as_dict(written).items():
            base = known.get(interface)
            if base is None:
                fault = self._interface(interface, key, known, path, kind)
                if fault is not None:
                    yield fault
                    continue
            for name, (operation_key, value) in as_dict(content).items():
                if base is not None and name not in base and interface.startswith(STANDARD):
                    fault = self._operation(interface, name, operation_key, list(base), path, kind)
                    if fault is not None:
                        yield fault
                yield from _emptied(name, operation_key, value, file)

    def _interface(
        self, name: str, key: Node, known: Interfaces, path: str, kind: NodeType | None
    ) -> Fault | None:
        interface, _, operation = name.rpartition(".")
        if interface.startswith(STANDARD) and interface in known:
            return kinds.OperationInInterfaceName(path, key.span, interface=interface, operation=operation)
        if kind is None or not name.startswith(STANDARD):
            return None
        names = [other[len(STANDARD) :] for other in known if other.startswith(STANDARD)]
        meant = _nearest(name[len(STANDARD) :], names)
        if meant is None:
            return None
        return kinds.MisspeltOperation(
            path,
            key.span,
            what="interface",
            name=name,
            meant=f"{STANDARD}{meant}",
            known=list(known),
            kind=kind,
        )

    def _operation(
        self, interface: str, name: str, key: Node, known: list[str], path: str, kind: NodeType | None
    ) -> Fault | None:
        meant = _nearest(name, known)
        if meant is not None and kind is not None:
            return kinds.MisspeltOperation(
                path, key.span, what="operation", name=name, meant=meant, known=known, kind=kind
            )
        if interface not in _LIFECYCLES or self._may_be_called(interface, name):
            return None
        return kinds.OperationNeverRun(path, key.span, interface=interface, name=name, known=known)

    def _may_be_called(self, interface: str, name: str) -> bool:
        """Whether a workflow of the user's may call an operation of that name."""
        if self._has_workflows is None:
            blueprint = self._blueprint
            self._has_workflows = (
                next(blueprint.workflows.own(), None) is not None
                or blueprint.unread.may_hold_any("workflows")
                or any("deployment_settings" in file.document.sections for file in blueprint.graph.files)
            )
        return self._has_workflows


def _emptied(name: str, key: Node, value: Node, file: ImportedFile) -> Iterator[Fault]:
    """An operation whose implementation is behind a `#`."""
    node = deref(value)
    text = file.document.source.text
    if is_null(node):
        found = _COMMENTED.match(text, key.end + 1)
        column = key.start - text.rfind("\n", 0, key.start) - 1
        if found is not None and len(found[1]) > column:
            yield kinds.CommentedOutOperation(file.document.path, key.span, name=name)
        return
    pair = get_pair(node, "implementation")
    if pair is not None and is_null(deref(pair[1])) and _BEHIND.match(text, pair[0].end):
        yield kinds.CommentedOutOperation(file.document.path, pair[0].span, name=name)


def _nearest(name: str, known: list[str]) -> str | None:
    """The nearest name of a set of usual size; comparing thousands takes too long."""
    return nearest(name, known) if len(known) <= MAX_COMPARED else None
