"""Faults of groups and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.lookup import Absent
    from bplint.model.elements import Group, NodeTemplate, Policy
    from bplint.syntax.tree import Node


class UnknownGroupMember(Fault):
    """A member is neither a node template nor a group."""

    name: str


class GroupNamedAsNode(Fault):
    """A group has the name of a node template."""

    name: str
    template: NodeTemplate | Absent


class DuplicateGroupMember(Fault):
    """A member is named again; `first` is where it was named before."""

    name: str
    first: Node


class GroupCycle(Fault):
    """Scaled groups hold each other in a circle."""

    cycle: Sequence[str]


class MemberOfSeveralGroups(Fault):
    """A member of a scaled group is in the scaled group `other` too."""

    name: str
    other: Group


class UnscaledInnerGroup(Fault):
    """Group `inner` in a scaled group is not scaled itself."""

    name: str
    inner: Group


class ScaledApart(Fault):
    """Two members of the scaled group `name` are contained in nothing together."""

    name: str
    pair: tuple[str, str]


class UnknownPolicyType(Fault):
    """A policy of a group is of a type that is not there."""

    name: str
    subject: str


class UnknownPolicyTrigger(Fault):
    """A trigger is of a type that is not there."""

    name: str
    subject: str


class UnknownTriggeredWorkflow(Fault):
    """A trigger starts a workflow that is not there."""

    name: str


class UnsupportedPolicy(Fault):
    """A policy is of a type that is not that of scaling policies."""

    policy: str
    type_name: str


class PolicyWithoutTargets(Fault):
    """A policy has no targets."""

    name: str


class PolicyTargetNotAGroup(Fault):
    """A target of a policy is no group."""

    name: str


class ScaledGroupWithoutMembers(Fault):
    """A scaled group is empty."""

    name: str
    group: Group


class GroupScaledTwice(Fault):
    """Group `name` is the target of the policy `first`, and of another."""

    name: str
    first: Policy
