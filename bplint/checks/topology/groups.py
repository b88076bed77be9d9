"""What can be wrong with groups, their policies and scaling policies."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from bplint.checks.topology.nodes import CONTAINED_IN, place_of
from bplint.checks.topology.scaling import check_instances
from bplint.checks.values.value_collector import ValuePlace
from bplint.later import later
from bplint.lookup import MISSING
from bplint.model.cycles import find_cycles
from bplint.model.elements import NodeTemplate
from bplint.model.full_names import qualify
from bplint.syntax.mapping import as_dict, deref, get, is_null, odd_keys
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import SCALAR, SEQUENCE

if TYPE_CHECKING:
    from bplint.checks.topology import group_faults as kinds
    from bplint.checks.topology import topology_faults
    from bplint.checks.topology.nodes import Nodes
    from bplint.checks.values.values import Values
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint, Section
    from bplint.model.elements import Group, Policy, PolicyType
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.topology.group_faults")
    topology_faults = later("bplint.checks.topology.topology_faults")

EXECUTE_WORKFLOW: Final = "cloudify.policies.triggers.execute_workflow"
SCALING: Final = "cloudify.policies.scaling"
# pairs of members are compared with each other; no real group comes near it
_MAX_MEMBERS: Final = 400


class Groups:
    """Checks the groups and policies of one blueprint."""

    __slots__ = ("_blueprint", "_nodes", "_values", "faults")

    def __init__(self, blueprint: Blueprint, values: Values, nodes: Nodes) -> None:
        self._blueprint = blueprint
        self._values = values
        self._nodes = nodes
        self.faults: list[Fault] = []

    def check(self) -> None:
        """All groups and policies of the user's files, one by one and together."""
        for group in self._blueprint.groups.own():
            self._check_group(group)
        for policy in self._blueprint.policies.own():
            self._check_policy(policy)
        self._check_scaling_groups()

    def _check_doubled(self, group: Group) -> None:
        first: dict[str, Node] = {}
        for name, node in group.members:
            if first.setdefault(name, node) is not node:
                before = first[name]
                self._tell(kinds.DuplicateGroupMember(group.path, node.span, name=name, first=before))

    def _check_trigger(self, group: Group, node: Node, name: str) -> None:
        """The workflow that the built-in trigger starts."""
        if name != EXECUTE_WORKFLOW:
            return
        parameters = get(node, "parameters")
        workflow = get(parameters, "workflow") if parameters is not None else None
        text = text_of(workflow) if workflow is not None else None
        if text is None or workflow is None:
            return
        workflows = self._blueprint.workflows
        if text not in workflows and not self._blueprint.unread.may_hold("workflows", text):
            self._tell(kinds.UnknownTriggeredWorkflow(group.path, workflow.span, name=text))

    def _check_group(self, group: Group) -> None:
        self._check_doubled(group)
        if group.name in self._blueprint.node_templates:
            template = self._blueprint.node_templates.lookup(group.name)
            span = group.key.span
            self._tell(kinds.GroupNamedAsNode(group.path, span, name=group.name, template=template))
        for name, node in group.members:
            if name in self._blueprint.node_templates or name in self._blueprint.groups:
                continue
            if not self._blueprint.unread.may_hold("node_templates", name):
                self._tell(kinds.UnknownGroupMember(group.path, node.span, name=name))
        for name, (key, value) in group.policies.items():
            self._check_group_policy(group, qualify(name, group.file.namespace), key, deref(value))

    def _check_group_policy(self, group: Group, name: str, key: Node, node: Node) -> None:
        subject = f"policy '{name}' of group '{group.name}'"
        types = self._blueprint.policy_types
        self._check_use(group, key, node, types, "properties", subject, kinds.UnknownPolicyType)
        triggers = get(node, "triggers")
        for trigger, (trigger_key, content) in as_dict(triggers).items() if triggers is not None else ():
            self._check_use(
                group,
                trigger_key,
                deref(content),
                self._blueprint.policy_triggers,
                "parameters",
                f"trigger '{trigger}' of {subject}",
                kinds.UnknownPolicyTrigger,
            )

    def _check_use(
        self,
        group: Group,
        key: Node,
        node: Node,
        section: Section[PolicyType],
        values_key: str,
        subject: str,
        kind: type[kinds.UnknownPolicyType | kinds.UnknownPolicyTrigger],
    ) -> None:
        parts = as_dict(node)
        text = text_of(parts["type"][1]) if "type" in parts else None
        if text is None:
            return
        name = qualify(text, group.file.namespace)
        found = section.lookup(name)
        if found is MISSING:
            at = deref(parts["type"][1])
            self._tell(kind(group.path, at.span, name=name, subject=subject))
        elif found:
            self._check_trigger(group, node, name)
            given = deref(parts[values_key][1]) if values_key in parts else None
            written = {} if given is None else as_dict(given)
            place = ValuePlace(subject, key, group.file)
            if given is not None:
                self._values.tell_odd_keys(odd_keys(given), found.properties, place, found)
            self._values.check_properties(written, found.properties, place, found)

    def _check_policy(self, policy: Policy) -> None:
        if policy.type_name is not None and policy.type_name != SCALING:
            span, type_name = (policy.type_node or policy.key).span, policy.type_name
            self._tell(kinds.UnsupportedPolicy(policy.path, span, policy=policy.name, type_name=type_name))
        targets = get(policy.node, "targets")
        if targets is not None and targets.kind == SEQUENCE and not targets.items:
            self._tell(kinds.PolicyWithoutTargets(policy.path, targets.span, name=policy.name))
        for name, node in policy.targets:
            if name not in self._blueprint.groups and not self._may_hold_group(name):
                self._tell(kinds.PolicyTargetNotAGroup(policy.path, node.span, name=name))
            group = self._blueprint.groups.lookup(name)
            if group and is_null(group.node):
                span = node.span
                self._tell(kinds.ScaledGroupWithoutMembers(policy.path, span, name=name, group=group))
        properties = get(policy.node, "properties")
        if properties is not None and properties.kind != SCALAR:
            self.faults.extend(check_instances(properties, policy.file, f"policy '{policy.name}'"))

    def _may_hold_group(self, name: str) -> bool:
        return self._blueprint.unread.may_hold("groups", name)

    # -- scaling groups together

    def _check_scaling_groups(self) -> None:
        targets: dict[str, Policy] = {}
        for policy in self._blueprint.policies.own():
            if policy.type_name == SCALING:
                for name, node in policy.targets:
                    other = targets.setdefault(name, policy)
                    if other is not policy:
                        span = node.span
                        self._tell(kinds.GroupScaledTwice(policy.path, span, name=name, first=other))
        groups = [group for name in targets if (group := self._blueprint.groups.lookup(name))]
        if not groups:
            return
        self._check_inner_groups(groups, targets)
        members = {group.name: list(dict.fromkeys(name for name, _ in group.members)) for group in groups}
        cycles = find_cycles(members)
        for cycle in cycles:
            first = self._blueprint.groups.lookup(cycle[0])
            if first:
                node = _member_node(first, cycle[1] if len(cycle) > 1 else cycle[0])
                self._tell(kinds.GroupCycle(first.path, node.span, cycle=cycle))
        self._check_several_groups(groups)
        if not cycles:
            self._check_containment(members)
            self._check_all_to_one(members)

    def _check_inner_groups(self, groups: list[Group], targets: dict[str, Policy]) -> None:
        """Groups inside a scaled group that no scaling policy targets: plan creation looks for their scaling
        properties and crashes."""
        for group in groups:
            for name, node in group.members:
                inner = self._blueprint.groups.lookup(name)
                if inner and name not in targets and not self._blueprint.unread.may_hold("policies", name):
                    self._tell(kinds.UnscaledInnerGroup(group.path, node.span, name=name, inner=inner))

    def _check_several_groups(self, groups: list[Group]) -> None:
        first: dict[str, Group] = {}
        for group in groups:
            seen = set()
            for name, node in group.members:
                if name in seen:
                    continue
                seen.add(name)
                other = first.setdefault(name, group)
                if other is not group:
                    span = node.span
                    self._tell(kinds.MemberOfSeveralGroups(group.path, span, name=name, other=other))

    def _check_containment(self, members: dict[str, list[str]]) -> None:
        """Members that scale together must be contained in something together, or none of them at all."""
        containers: dict[str, list[str] | None] = {}
        for name, direct in members.items():
            nodes = sorted(_node_members(name, members))
            if any(node not in self._blueprint.node_templates for node in nodes):
                continue
            chains = {node: self._containers(node, containers) for node in nodes}
            if len(nodes) > _MAX_MEMBERS or any(chain is None for chain in chains.values()):
                continue
            known = {node: chain for node, chain in chains.items() if chain is not None}
            pair = _apart(nodes, known)
            group = self._blueprint.groups.lookup(name)
            if pair is not None and group and not self._is_told_below(direct, members, known):
                node = _member_node(group, pair[1] if pair[1] in direct else pair[0])
                self._tell(kinds.ScaledApart(group.path, node.span, pair=pair, name=name))

    def _check_all_to_one(self, members: dict[str, list[str]]) -> None:
        """A relationship to one instance of a node that scales together with its source has no meaning."""
        group_of = {member: name for name, direct in members.items() for member in direct}
        known: dict[str, list[str] | None] = {}
        for template in self._blueprint.node_templates.own():
            for relationship in template.relationships:
                name = relationship.target_name
                if name is None or name not in self._blueprint.node_templates:
                    continue
                if self._nodes.connection_type(relationship) != "all_to_one":
                    continue
                source = self._groups_around(template.name, group_of, known)
                shared = source & self._groups_around(name, group_of, known)
                if shared:
                    at, group = place_of(relationship, relationship.type_node), min(shared)
                    self._nodes.faults.append(
                        topology_faults.AllToOneInGroup(*at, source=template.name, target=name, group=group)
                    )

    def _groups_around(
        self, name: str, group_of: dict[str, str], known: dict[str, list[str] | None]
    ) -> set[str]:
        found: set[str] = set()
        for node in (name, *(self._containers(name, known) or ())):
            group = group_of.get(node)
            while group is not None and group not in found:
                found.add(group)
                group = group_of.get(group)
        return found

    def _is_told_below(
        self, direct: list[str], members: dict[str, list[str]], chains: dict[str, list[str]]
    ) -> bool:
        inner = [name for name in direct if name in members]
        return any(_apart(sorted(_node_members(name, members)), chains) is not None for name in inner)

    def _containers(self, name: str, known: dict[str, list[str] | None]) -> list[str] | None:
        """Names of the nodes that contain a node, nearest first; None where that is not known."""
        if name in known:
            return known[name]
        chain: list[str] = []
        current = name
        while True:
            template = self._blueprint.node_templates.lookup(current)
            if not isinstance(template, NodeTemplate) or any(
                not entry.type or not entry.type.is_complete for entry in template.relationships
            ):
                known[name] = None
                return None
            target = next(
                (
                    entry.target_name
                    for entry in template.relationships
                    if entry.type and self._nodes.base_of(entry.type) == CONTAINED_IN
                ),
                None,
            )
            if target is None or target in chain or target == name:
                known[name] = chain
                return chain
            chain.append(target)
            current = target

    def _tell(self, fault: Fault) -> None:
        self.faults.append(fault)


def _member_node(group: Group, name: str) -> Node:
    return next((node for member, node in group.members if member == name), group.key)


def _node_members(name: str, members: dict[str, list[str]]) -> set[str]:
    """The nodes of a group, those of the scaled groups in it included."""
    found: set[str] = set()
    seen = {name}
    stack = [name]
    while stack:
        for member in members[stack.pop()]:
            if member not in members:
                found.add(member)
            elif member not in seen:
                seen.add(member)
                stack.append(member)
    return found


def _apart(nodes: list[str], containers: dict[str, list[str]]) -> tuple[str, str] | None:
    """The first pair of which neither contains the other, nothing contains both, and something contains one.

    A pair is also together where one of them is together with what contains the other.
    """
    together = {
        pair for pair in combinations(nodes, 2) if _share(containers[pair[0]], containers[pair[1]], pair)
    }
    for first, second in combinations(nodes, 2):
        if (first, second) in together:
            continue
        through = [
            *((second, name) for name in containers[first]),
            *((first, name) for name in containers[second]),
        ]
        if not any(one == other or tuple(sorted((one, other))) in together for one, other in through):
            return first, second
    return None


def _share(first: list[str], second: list[str], pair: tuple[str, str]) -> bool:
    if not first and not second:
        return True
    return pair[1] in first or pair[0] in second or not set(first).isdisjoint(second)
