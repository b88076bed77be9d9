"""Faults of node templates, their relationships, operations and numbers of instances.

`subject` says in words whose operation or number it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bplint.model.elements import (
        NodeType,
        Operation,
        Relationship,
        RelationshipType,
        SchemaProperty,
        Target,
    )
    from bplint.syntax.tree import Node


class UnknownNodeType(Fault):
    """A node template is of a type that is not there."""

    name: str


class UnknownRelationshipType(Fault):
    """A relationship is of a type that is not there."""

    name: str


class UnknownRelationshipTarget(Fault):
    """A relationship leads to a node template that is not there."""

    name: str


class RelationshipToItself(Fault):
    """A relationship of node template `name` leads to that template."""

    name: str


class SeveralContainedIn(Fault):
    """Node template `source` is contained in what `first` leads to, and in something else."""

    source: str
    first: Relationship


class RelationshipCycle(Fault):
    """Relationships lead in a circle. `edges`: those between the node templates of `cycle`, in its order."""

    cycle: Sequence[str]
    edges: Sequence[Relationship]


class ShadowedRelationship(Fault):
    """A relationship is lost: `kept` leads to the same `target` and comes later."""

    target: str
    kept: Relationship


class LifecycleOperationMissing(Fault):
    """A relationship of `source` does not name the lifecycle operation that it waits for."""

    source: str


class LifecycleOperationUnknown(Fault):
    """The target of a relationship does not write the operation it waits for; None for a function."""

    relationship: Relationship
    operation: str | None


class UnsupportedRelationship(Fault):
    """A relationship's type comes from none of the three basic ones."""

    kind: RelationshipType


class IllegalConnectionType(Fault):
    """The connection type is none that there is, or `is_absent`."""

    kind: RelationshipType
    is_absent: bool


class AllToOneInGroup(Fault):
    """A relationship `all_to_one` between nodes that scale together in a group."""

    source: str
    target: str
    group: str


class HostAgentWithoutHost(Fault):
    """`operation` of node template `name` runs on the agent of a host, and there is none."""

    name: str
    operation: Operation


class ImplementationFault(Fault):
    """An implementation cannot be run."""

    subject: str


class NoScriptPlugin(ImplementationFault):
    """A script is to run, and no plugin runs scripts."""


class ScriptInputConflict(ImplementationFault):
    """An operation that runs a script has an input that the manager fills itself."""

    name: str


class TargetFault(ImplementationFault):
    """What an implementation names cannot be run."""

    target: Target


class UnresolvedOperation(TargetFault):
    """An implementation is neither a plugin's function nor a script."""


class MissingScript(TargetFault):
    """A script is not there."""


class AmbiguousPlugin(TargetFault):
    """An implementation begins with the names of several plugins."""


class PluginWithoutFunction(TargetFault):
    """An implementation names a plugin and no function of it."""


class OddScriptUrl(TargetFault):
    """A colon makes a URL of what is meant as something else."""


class EmptyWorkflowMapping(Fault):
    """A workflow runs nothing."""

    subject: str


class MissingOperationInput(Fault):
    """Input `name` of an operation, as `declared`, has no value."""

    subject: str
    operation: str
    name: str
    declared: SchemaProperty


class UndeclaredOperationInput(Fault):
    """An operation is given an input that its type does not declare."""

    operation: Operation
    name: str


class MisspeltOperationInput(Fault):
    """The same, and it looks like one of the `known` ones, `meant`."""

    operation: Operation
    name: str
    meant: str
    known: Sequence[str]


class OperationInputMismatch(Fault):
    """An operation's input does not have the type that is `declared` for it."""

    operation: Operation
    declared: SchemaProperty
    value: Node


class MisspeltOperation(Fault):
    """An interface or operation (`what`) that `kind` does not have, and that looks like `meant`, one of
    those `known`."""

    what: str
    name: str
    meant: str
    known: Sequence[str]
    kind: NodeType


class OperationInInterfaceName(Fault):
    """The name of an interface ends with that of one of its operations."""

    interface: str
    operation: str


class OperationNeverRun(Fault):
    """An operation of a standard lifecycle that no workflow runs; `known` are those that are run."""

    interface: str
    name: str
    known: Sequence[str]


class CommentedOutOperation(Fault):
    """An operation whose implementation is a comment."""

    name: str


class InstancesNumber(Fault):
    """A number is less than the `least` that makes sense."""

    subject: str
    name: str
    value: int
    least: int


class InstancesOrder(Fault):
    """A number that must not be smaller is `smaller` than another; those `implied` are not written."""

    subject: str
    smaller: tuple[str, int]
    larger: tuple[str, int]
    implied: Collection[str]


class InstancesLiteral(Fault):
    """The most instances are a text that is no number. `namespace`: what the parser puts before it."""

    subject: str
    value: str
    namespace: str | None


class InstancesMapping(Fault):
    """A number is a mapping that is no function."""

    subject: str
    name: str


class InstancesAndCapabilities(Fault):
    """A node template has the old form, at `deploy`, beside the new one."""

    subject: str
    deploy: Node


class UnusableOperation(Fault):
    """An operation of a node type that no template shows has a fault of the kind `why`."""

    subject: str
    text: str
    why: type[Fault]
