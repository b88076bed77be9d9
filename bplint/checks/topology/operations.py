"""What can be wrong with operations after merging, and with what workflows run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import LOGIC, Reference
from bplint.document import Kind
from bplint.dsl.builtin_types import BUILT_IN
from bplint.later import later
from bplint.model.elements import NodeTemplate, NodeType, Relationship, RelationshipType, Target
from bplint.model.implementations import is_odd_url, is_path
from bplint.model.value_tests import UNTESTED, fits, is_function
from bplint.near import nearest
from bplint.syntax.mapping import as_dict, deref, is_null
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.checks.topology import topology_faults as kinds
    from bplint.checks.topology.operation_names import OperationNames
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Operation, Workflow
    from bplint.model.interfaces import Interfaces
    from bplint.span import Span
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.topology.topology_faults")

MAX_COMPARED = 200
SCRIPT_INPUTS = ("script_path", "script_source")
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
                if self.on_host is None and runs_on_host(operation):
                    self.on_host = operation


class Operations:
    """Checks the operations of one blueprint. The operations that a type hands to all its templates are
    judged once."""

    __slots__ = ("_blueprint", "_judged", "_of_names", "_told", "faults")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._judged: dict[int, _Judged] = {}
        self._told: set[int] = set()
        self._of_names: OperationNames | None = None
        self.faults: list[Fault] = []

    def judge(self, interfaces: Interfaces) -> _Judged:
        found = self._judged.get(id(interfaces))
        if found is None:
            found = self._judged[id(interfaces)] = _Judged(interfaces, self)
        return found

    def _judge_over(self, merged: Interfaces, base: Interfaces, judged: _Judged) -> _Judged:
        """What is known of a template's operations: those that it leaves alone are judged already."""
        written = {
            name: operations for name, operations in merged.items() if base.get(name) is not operations
        }
        own = {
            name: {key: each for key, each in operations.items() if each is not base.get(name, {}).get(key)}
            for name, operations in written.items()
        }
        found = _Judged(own, self)
        self._check_inputs(own)
        for operation in judged.faulty:
            if merged[operation.interface].get(operation.name) is operation:
                found.faulty.append(operation)
        kept = judged.on_host
        if found.on_host is None and kept is not None:
            if merged[kept.interface].get(kept.name) is kept:
                found.on_host = kept
            else:
                found.on_host = _Judged(merged, self).on_host
        return found

    def _check_written(self, interfaces: Interfaces, subject: str) -> None:
        own = {
            name: {key: each for key, each in operations.items() if each.written_inputs}
            for name, operations in interfaces.items()
        }
        self._check_inputs(own)

    def _check_inputs(self, interfaces: Interfaces) -> None:
        """Given inputs against those that the type declares. The parser does not compare them."""
        for operations in interfaces.values():
            for operation in operations.values():
                if not operation.is_inherited or not operation.schema:
                    continue
                for name, (key, value) in operation.written_inputs.items():
                    declared = operation.schema.get(name)
                    if declared is None:
                        self._tell_undeclared(operation, name, key)
                    elif declared.type is not None and not self._fits(deref(value), declared.type):
                        self.faults.append(
                            kinds.OperationInputMismatch(
                                operation.path,
                                value.span,
                                operation=operation,
                                declared=declared,
                                value=value,
                            )
                        )

    def _fits(self, node: Node, kind: str) -> bool:
        if kind in UNTESTED or is_function(node) or is_null(node):
            return True
        if kind in BUILT_IN:
            return fits(node, kind)
        return node.kind == MAPPING or not self._blueprint.data_types.lookup(kind)

    def _tell_undeclared(self, operation: Operation, name: str, key: Node) -> None:
        target = operation.target
        if isinstance(target, Target) and (target.kind in SCRIPT_KINDS or target.plugin is None):
            return  # what a script is given becomes its environment
        if isinstance(target, Target) and target.plugin is not None and target.plugin.name.endswith("script"):
            return
        known = [other for other in operation.schema if other not in operation.written_inputs]
        meant = _nearest(name, known)
        path, span = operation.path, key.span
        self.faults.append(
            kinds.UndeclaredOperationInput(path, span, operation=operation, name=name)
            if meant is None
            else kinds.MisspeltOperationInput(
                path, span, operation=operation, name=name, meant=meant, known=known
            )
        )

    def check_template(self, template: NodeTemplate) -> Operation | None:
        """Tell what is wrong with a template's operations. Gives the first one that needs a host."""
        kind = template.type
        if not isinstance(kind, NodeType):
            return None
        judged = self.judge(kind.interfaces)
        if template.interfaces_node is not None:
            judged = self._judge_over(template.interfaces, kind.interfaces, judged)
            if kind.is_complete:
                self.faults += self._names().of_template(template, kind)
        if judged.faulty:
            place = template.type_node or template.key
            for operation in judged.faulty:
                self._tell(operation, place, template.file, 10, f"node template '{template.name}'")
        return judged.on_host

    def check_relationship(self, relationship: Relationship) -> tuple[Operation | None, Operation | None]:
        """The same for a relationship: the operations that need a host, of the source and of the target."""
        found = []
        place = relationship.type_node or relationship.key
        source = relationship.source.name if relationship.source else ""
        for interfaces in (relationship.source_interfaces, relationship.target_interfaces):
            judged = self.judge(interfaces)
            if relationship.has_interfaces:
                self._check_written(interfaces, f"relationship of node template '{source}'")
            for operation in judged.faulty:
                subject = f"relationship of node template '{source}'"
                self._tell(operation, place, relationship.file, 19, subject)
            found.append(judged.on_host)
        if relationship.has_interfaces:
            self.faults += self._names().of_relationship(relationship)
        return found[0], found[1]

    def _names(self) -> OperationNames:
        if self._of_names is None:
            # only where a template writes operations
            from bplint.checks.topology.operation_names import OperationNames

            self._of_names = OperationNames(self._blueprint)
        return self._of_names

    def check_relationship_type(self, kind: RelationshipType) -> None:
        """Operations of a relationship type must resolve even if nothing uses the type."""
        for interfaces in (kind.own_source_interfaces, kind.own_target_interfaces):
            for group in interfaces.values():
                for operation in group.values():
                    if self.fault_of(operation) is not None:
                        self._tell_target(
                            operation, kind.key, kind.file, 19, f"relationship type '{kind.name}'"
                        )

    def check_node_type(self, kind: NodeType) -> None:
        """Operations of a node type of a file that defines plugins: the parser looks at them only once a
        template is of the type. Where nothing is, they are told all the same in a file that stands alone;
        beside a blueprint, only what is clearly a plugin's key misspelt."""
        plugins = kind.file.document.sections.get("plugins")
        keys = list(as_dict(plugins[1])) if plugins else []
        for group in kind.own_interfaces.values() if keys else ():
            for operation in group.values():
                node = operation.implementation_node
                if node is None or id(node) in self._told:
                    continue
                fault = self.fault_of(operation)
                if fault is None or not self._is_for_nobody(operation, fault, keys):
                    continue
                self._told.add(id(node))
                name = f"operation '{operation.interface}.{operation.name}' of node type '{kind.name}'"
                text = operation.implementation
                self.faults.append(
                    kinds.UnusableOperation(kind.path, node.span, subject=name, text=text, why=fault)
                )

    def _is_for_nobody(
        self, operation: Operation, fault: type[kinds.ImplementationFault], keys: list[str]
    ) -> bool:
        """Whether no blueprint can be meant that brings the plugin of an operation; a script may lie beside
        the blueprint."""
        if fault not in (kinds.UnresolvedOperation, kinds.PluginWithoutFunction, kinds.AmbiguousPlugin):
            return False
        prefix, dot, _ = operation.implementation.partition(".")
        if dot and _nearest(prefix, keys) is not None:
            return True
        graph = self._blueprint.graph
        is_alone = graph.main.document.kind is not Kind.BLUEPRINT
        return is_alone and not graph.surroundings.plugins_with("plugins", prefix)

    def check_workflow(self, workflow: Workflow) -> None:
        """The mapping of a workflow."""
        node = workflow.mapping_node
        if workflow.mapping is None or node is None:
            return
        subject = f"workflow '{workflow.name}'"
        if not workflow.mapping:
            self.faults.append(kinds.EmptyWorkflowMapping(workflow.path, node.span, subject=subject))
            return
        kind = self._fault_of_target(workflow.target, set(workflow.parameters))
        if kind is not None:
            place, inputs = (workflow.path, node.span), workflow.parameters
            self.faults.append(_of_target(kind, place, 21, subject, workflow.target, inputs))

    def fault_of(self, operation: Operation) -> type[kinds.ImplementationFault] | None:
        """The kind of fault that an operation's implementation has."""
        if not operation.implementation:
            return None
        return self._fault_of_target(operation.target, {*operation.inputs, *operation.schema})

    def _fault_of_target(self, target: object, inputs: set[str]) -> type[kinds.ImplementationFault] | None:
        if not isinstance(target, Target) or target.kind == "none":
            return None
        if target.kind == "plugin":
            return (
                None if target.function.strip(".") == target.function != "" else kinds.PluginWithoutFunction
            )
        if target.kind == "unresolved":
            return kinds.MissingScript if is_path(target.function) else kinds.UnresolvedOperation
        if target.kind == "ambiguous":
            return kinds.AmbiguousPlugin
        if not inputs.isdisjoint(SCRIPT_INPUTS):
            return kinds.ScriptInputConflict
        if target.plugin is None and self._blueprint.targets.script_plugin() is None:
            return kinds.NoScriptPlugin
        if target.kind == "url" and is_odd_url(target.text):
            return kinds.OddScriptUrl
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
        target, inputs = operation.target, {*operation.inputs, *operation.schema}
        self.faults.append(_of_target(kind, (path, place.span), code, subject, target, inputs))

    def _tell_missing(
        self, operation: Operation, place: Node, file: ImportedFile, subject: str, name: str
    ) -> None:
        written = operation.overridden is not None and operation.file.is_own
        at = operation.key if written else place
        path = operation.path if written else file.document.path
        for missing in operation.missing_inputs:
            declared = operation.schema[missing]
            self.faults.append(
                kinds.MissingOperationInput(
                    path, at.span, subject=subject, operation=name, name=missing, declared=declared
                )
            )


def _of_target(
    kind: type[kinds.ImplementationFault],
    place: tuple[str, Span],
    code: int,
    subject: str,
    target: object,
    inputs: Iterable[str],
) -> Fault:
    """The fault of an implementation; `code` is the parser's where it names nothing."""
    if kind is kinds.ScriptInputConflict:
        name = next(name for name in SCRIPT_INPUTS if name in inputs)
        return kinds.ScriptInputConflict(*place, subject=subject, name=name)
    if not issubclass(kind, kinds.TargetFault):
        return kind(*place, subject=subject)
    assert isinstance(target, Target)
    is_nothing = issubclass(kind, (kinds.MissingScript, kinds.UnresolvedOperation))
    reference = Reference(LOGIC, code) if is_nothing else None
    return kind(*place, reference=reference, subject=subject, target=target)


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


def _nearest(name: str, known: list[str]) -> str | None:
    """The nearest name of a set of usual size; comparing thousands takes too long."""
    return nearest(name, known) if len(known) <= MAX_COMPARED else None
