"""What can be wrong with operations after merging, and with what workflows run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Reference
from bplint.fault import Fault
from bplint.model.elements import NodeTemplate, NodeType, Relationship, RelationshipType, Target
from bplint.model.targets import is_path
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Operation, Workflow
    from bplint.model.interfaces import Interfaces
    from bplint.syntax.tree import Node

LOGIC = "DSLParsingLogicException"
SCRIPT_INPUTS = frozenset(("script_path", "script_source"))
SCRIPT_KINDS = frozenset(("script", "inline", "url"))


class _Judged:
    """What is known of all operations of one merged set: those with faults, and the first one that runs on
    a host's agent."""

    __slots__ = ("faulty", "on_host")

    def __init__(self, interfaces: Interfaces, operations: Operations) -> None:
        self.faulty: list[Operation] = []
        self.on_host: Operation | None = None
        for group in interfaces.values():
            for operation in group.values():
                if operation.missing_inputs or operations.fault_of(operation) is not None:
                    self.faulty.append(operation)
                elif self.on_host is None and runs_on_host(operation):
                    self.on_host = operation


class Operations:
    """Checks the operations of one blueprint. The operations that a type hands to all its templates are
    judged once."""

    __slots__ = ("_blueprint", "_judged", "_told", "faults")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._judged: dict[int, _Judged] = {}
        self._told: set[int] = set()
        self.faults: list[Fault] = []

    def judge(self, interfaces: Interfaces) -> _Judged:
        found = self._judged.get(id(interfaces))
        if found is None:
            found = self._judged[id(interfaces)] = _Judged(interfaces, self)
        return found

    def check_template(self, template: NodeTemplate) -> Operation | None:
        """Tell what is wrong with a template's operations. Gives the first one that needs a host."""
        kind = template.type
        if template.interfaces_node is None:
            judged = self.judge(kind.interfaces) if isinstance(kind, NodeType) else None
        else:
            judged = _Judged(template.interfaces, self)
        if judged is None:
            return None
        for operation in judged.faulty:
            place = template.type_node or template.key
            self._tell(operation, place, template.file, 10, f"node template '{template.name}'")
        return judged.on_host

    def check_relationship(self, relationship: Relationship) -> tuple[Operation | None, Operation | None]:
        """The same for a relationship: the operations that need a host, of the source and of the target."""
        found = []
        place = relationship.type_node or relationship.key
        source = relationship.source.name if relationship.source else ""
        for interfaces in (relationship.source_interfaces, relationship.target_interfaces):
            judged = _Judged(interfaces, self) if relationship.has_interfaces else self.judge(interfaces)
            for operation in judged.faulty:
                subject = f"relationship of node template '{source}'"
                self._tell(operation, place, relationship.file, 19, subject)
            found.append(judged.on_host)
        return found[0], found[1]

    def check_relationship_type(self, kind: RelationshipType) -> None:
        """Operations of a relationship type must resolve even if nothing uses the type."""
        for interfaces in (kind.own_source_interfaces, kind.own_target_interfaces):
            for group in interfaces.values():
                for operation in group.values():
                    if self.fault_of(operation) is not None:
                        self._tell_target(
                            operation, kind.key, kind.file, 19, f"relationship type '{kind.name}'"
                        )

    def check_workflow(self, workflow: Workflow) -> None:
        """The mapping of a workflow."""
        node = workflow.mapping_node
        if workflow.mapping is None or node is None:
            return
        subject = f"workflow '{workflow.name}'"
        if not workflow.mapping:
            self.faults.append(Fault("empty-workflow-mapping", workflow.path, node.span, subject=subject))
            return
        kind = self._fault_of_target(workflow.target, set(workflow.parameters))
        if kind is not None:
            self._add(kind, workflow.path, node, 21, subject, workflow.target, workflow.parameters)

    def fault_of(self, operation: Operation) -> str | None:
        """The kind of fault that an operation's implementation has."""
        if not operation.implementation:
            return None
        return self._fault_of_target(operation.target, {*operation.inputs, *operation.schema})

    def _fault_of_target(self, target: object, inputs: set[str]) -> str | None:
        if not isinstance(target, Target) or target.kind in ("none", "plugin"):
            return None
        if target.kind == "unresolved":
            return "missing-script" if is_path(target.function) else "unresolved-operation"
        if target.kind == "ambiguous":
            return "ambiguous-plugin"
        if inputs & SCRIPT_INPUTS:
            return "script-input-conflict"
        if target.plugin is None and self._blueprint.targets.script_plugin() is None:
            return "no-script-plugin"
        return None

    def _tell(self, operation: Operation, place: Node, file: ImportedFile, code: int, subject: str) -> None:
        """Tell of an operation where it is written, once, or at `place` where that has no place."""
        name = f"{operation.interface}.{operation.name}"
        if operation.missing_inputs:
            self._tell_missing(operation, place, file, subject, name)
        self._tell_target(operation, place, file, code, subject)

    def _tell_target(
        self, operation: Operation, place: Node, file: ImportedFile, code: int, subject: str
    ) -> None:
        kind = self.fault_of(operation)
        if kind is None:
            return
        path, node = file.document.path, operation.implementation_node
        declared = operation.declared_by
        if declared is not None and declared.file.is_own and node is not None:
            if id(node) in self._told:
                return
            self._told.add(id(node))
            path, place = declared.path, node
        subject = f"operation '{operation.interface}.{operation.name}' of {subject}"
        self._add(kind, path, place, code, subject, operation.target, operation.inputs)

    def _tell_missing(
        self, operation: Operation, place: Node, file: ImportedFile, subject: str, name: str
    ) -> None:
        written = operation.overridden is not None and operation.file.is_own
        at = operation.key if written else place
        path = operation.path if written else file.document.path
        for missing in operation.missing_inputs:
            self.faults.append(
                Fault(
                    "missing-operation-input",
                    path,
                    at.span,
                    subject=subject,
                    operation=name,
                    input=missing,
                    declared=operation.schema.get(missing),
                )
            )

    def _add(
        self,
        kind: str,
        path: str,
        node: Node,
        code: int,
        subject: str,
        target: object,
        inputs: object,
    ) -> None:
        reference = None
        if kind in ("missing-script", "unresolved-operation"):
            reference = Reference(LOGIC, code)
        self.faults.append(
            Fault(
                kind,
                path,
                node.span,
                reference,
                subject=subject,
                target=target,
                inputs=inputs,
                blueprint=self._blueprint,
            )
        )


def runs_on_host(operation: Operation) -> bool:
    """Whether an operation runs on the agent of its host: by its own executor or its plugin's."""
    target = operation.target
    if not isinstance(target, Target) or target.plugin is None:
        return False
    written = operation.executor
    executor = text_of(written) if written is not None else None
    if not executor:
        executor = "auto" if target.kind in SCRIPT_KINDS else target.plugin.executor
    return executor == "host_agent"
