"""Nodes, scaling groups and plugins of a deployment as plain data, made of a blueprint's evaluated plan.

Facts from dsl_parser (elements/node_templates.py, operation.py, policies.py). What node templates of one
type share is made once: see `PlanNodes.operation_tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.lookup import UNKNOWN
from bplint.model.elements import NodeType, Plugin, RelationshipType
from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import value_of

if TYPE_CHECKING:
    from bplint.deployment.planned import NodePlan, Planned, RelationshipPlan
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Operation
    from bplint.syntax.tree import Node

CONTAINED_IN: Final = "cloudify.relationships.contained_in"
SCALING: Final = "cloudify.policies.scaling"
SCRIPT_RUN: Final = "script_runner.tasks.run"
SCRIPT_WORKFLOW: Final = "script_runner.tasks.execute_workflow"
CENTRAL: Final = "central_deployment_agent"
_NO_LIMIT: Final = -1
_SCALING_DEFAULTS: Final = {"min_instances": 0, "max_instances": _NO_LIMIT, "default_instances": 1}

Data = dict[str, Any]
Interfaces = dict[str, dict[str, "Operation"]]


class PlanNodes:
    """What instances are made of and what a workflow sees of it.

    nodes             operations are the number of a table and, apart, the inputs of mapped operations;
                      plugins are [name, executor] pairs
    operation_tables  full name → mapping, plugin, executor, retries, without inputs
    groups            scaling groups: name → members and properties
    plugins           name → facts
    """

    __slots__ = ("groups", "nodes", "operation_tables", "plugins")

    def __init__(self) -> None:
        self.nodes: list[Data] = []
        self.operation_tables: list[Data] = []
        self.groups: dict[str, Data] = {}
        self.plugins: dict[str, Data] = {}


def build_nodes(planned: Planned) -> PlanNodes:
    """The nodes of a blueprint that is not refused; what is not known of it is left out."""
    return _NodeBuilder(planned).build()


class _NodeBuilder:
    def __init__(self, planned: Planned) -> None:
        self._planned = planned
        self._blueprint = planned.blueprint
        self._plan = PlanNodes()
        self._tables: dict[int, int] = {}
        self._kept: list[object] = []  # objects whose ids are keys above must live on

    def build(self) -> PlanNodes:
        plan = self._plan
        for name in self._blueprint.plugins.names():
            plugin = self._blueprint.plugins.lookup(name)
            if isinstance(plugin, Plugin):
                plan.plugins[name] = _plugin(plugin)
        for entry in self._planned.nodes.values():
            if isinstance(entry.element.type, NodeType):
                plan.nodes.append(self._node(entry, entry.element.type))
        by_id = {node["id"]: node for node in plan.nodes}
        for node in plan.nodes:
            node["relationships"] = [one for one in node["relationships"] if one["target_id"] in by_id]
        set_hosts(plan.nodes, by_id)
        self._set_plugins(by_id)
        plan.groups = read_groups(self._planned, by_id)
        return plan

    def _node(self, entry: NodePlan, node_type: NodeType) -> Data:
        relationships = [
            made for each in entry.relationships if (made := self._relationship(each)) is not None
        ]
        return {
            "id": entry.name,
            "type": node_type.name,
            "type_hierarchy": list(node_type.hierarchy),
            "properties": entry.properties,
            "operations": self._operations(entry.element.interfaces, entry.operations),
            "relationships": relationships,
            "is_host": node_type.is_host,
            "scalable": _scalable_of(entry),
        }

    def _relationship(self, entry: RelationshipPlan) -> Data | None:
        kind = entry.element.type
        if not isinstance(kind, RelationshipType) or not entry.target:
            return None
        return {
            "type": kind.name,
            "type_hierarchy": list(kind.hierarchy),
            "target_id": entry.target,
            "properties": entry.properties,
            "source_operations": self._operations(entry.element.source_interfaces, entry.source_operations),
            "target_operations": self._operations(entry.element.target_interfaces, entry.target_operations),
        }

    # -- operations

    def _operations(self, interfaces: Interfaces, inputs: dict[str, Data]) -> Data:
        number = self._table(interfaces)
        table = self._plan.operation_tables[number]
        own: Data = {}
        for name, facts in table.items():
            if not facts["operation"]:
                continue
            values = dict(inputs.get(name, {}))
            if "script" in facts:
                values[facts["script"]] = facts["text"]
            if values:
                own[name] = values
        return {"table": number, "inputs": own}

    def _table(self, interfaces: Interfaces) -> int:
        known = self._tables.get(id(interfaces))
        if known is None:
            table: Data = {}
            for interface, operations in interfaces.items():
                for name, operation in operations.items():
                    table[f"{interface}.{name}"] = _operation(operation)
            known = self._tables[id(interfaces)] = len(self._plan.operation_tables)
            self._kept.append(interfaces)
            self._plan.operation_tables.append(table)
        return known

    # -- plugins

    def _set_plugins(self, by_id: dict[str, Data]) -> None:
        used: dict[str, dict[tuple[str, str], None]] = {name: {} for name in by_id}
        pairs = [_pairs_of(table) for table in self._plan.operation_tables]
        for node in self._plan.nodes:
            used[node["id"]].update(pairs[node["operations"]["table"]])
            for relationship in node["relationships"]:
                used[node["id"]].update(pairs[relationship["source_operations"]["table"]])
                used[relationship["target_id"]].update(pairs[relationship["target_operations"]["table"]])
        to_install: dict[str, dict[str, None]] = {}
        for node in self._plan.nodes:
            node["plugins"] = [list(pair) for pair in used[node["id"]]]
            if node["host_id"] is not None:
                on_host = [name for name, executor in used[node["id"]] if executor == "host_agent"]
                to_install.setdefault(node["host_id"], {}).update(dict.fromkeys(on_host))
        for node in self._plan.nodes:
            node["plugins_to_install"] = [[name, "host_agent"] for name in to_install.get(node["id"], ())]


def _pairs_of(table: Data) -> dict[tuple[str, str], None]:
    return {(one["plugin"], one["executor"]): None for one in table.values() if one["plugin"]}


def _operation(operation: Operation) -> Data:
    target = operation.target
    if not target or target.kind in ("none", "unresolved", "ambiguous") or target.plugin is None:
        return {"operation": "", "plugin": "", "executor": None}
    executor = plain(operation.executor)
    facts: Data = {"operation": target.function, "plugin": target.plugin.name}
    if target.kind != "plugin":
        facts["operation"] = SCRIPT_RUN
        facts["script"] = "script_source" if target.kind == "inline" else "script_path"
        facts["text"] = operation.implementation
        executor = executor or "auto"
    facts["executor"] = executor or target.plugin.executor or CENTRAL
    for key in ("max_retries", "retry_interval", "timeout", "timeout_recoverable"):
        facts[key] = plain(getattr(operation, key))
    return facts


def set_hosts(nodes: list[Data], by_id: dict[str, Data]) -> None:
    """`host_id`: the node itself if it is a host, else the host of what contains it, else None."""
    for node in nodes:
        chain: list[Data] = []
        seen: set[str] = set()
        current: Data | None = node
        host = None
        while current is not None and current["id"] not in seen:
            seen.add(current["id"])
            if "host_id" in current:
                host = current["host_id"]
                break
            chain.append(current)
            if current["is_host"]:
                host = current["id"]
                break
            current = by_id.get(container_of(current) or "")
        for one in chain:
            one["host_id"] = host


def container_of(node: Data) -> str | None:
    """The node that contains this one, or None."""
    for relationship in node["relationships"]:
        if CONTAINED_IN in relationship["type_hierarchy"]:
            target: str = relationship["target_id"]
            return target
    return None


def _scalable_of(entry: NodePlan) -> Data:
    """`min_instances`, `max_instances` and `default_instances`, as written or by default."""
    if entry.scalable:
        return _numbers(entry.scalable)
    instances = entry.element.instances
    deploy = None if instances is None else as_dict(instances).get("deploy")
    value = None if deploy is None else plain(deploy[1])
    return _numbers({} if value is None else {"default_instances": value})


def _numbers(written: Data) -> Data:
    """Numbers of instances, UNBOUNDED as -1; the default where there is no number."""
    numbers: Data = dict(_SCALING_DEFAULTS)
    for name, default in _SCALING_DEFAULTS.items():
        value = written.get(name, default)
        if value == "UNBOUNDED":
            value = _NO_LIMIT
        numbers[name] = value if isinstance(value, int) else default
    return numbers


def read_groups(planned: Planned, by_id: dict[str, Data]) -> dict[str, Data]:
    """Groups that scaling policies target. A member that is contained in another member is left out: it
    scales with that one."""
    blueprint: Blueprint = planned.blueprint
    groups: dict[str, Data] = {}
    for name in blueprint.policies.names():
        policy = blueprint.policies.lookup(name)
        if not policy or policy.type_name != SCALING:
            continue
        numbers = _numbers(planned.policies.get(name, {}))
        numbers["current_instances"] = numbers["planned_instances"] = numbers["default_instances"]
        for target, _ in policy.targets:
            group = blueprint.groups.lookup(target)
            if group:
                members = list(dict.fromkeys(member for member, _ in group.members))
                groups[target] = {"members": members, "properties": dict(numbers)}
    for made in groups.values():
        made["members"] = [one for one in made["members"] if one in by_id or one in groups]
    _leave_out_contained(groups, by_id)
    return groups


def _leave_out_contained(groups: dict[str, Data], by_id: dict[str, Data]) -> None:
    direct = {member: name for name, group in groups.items() for member in group["members"]}
    for member in [one for one in direct if one in by_id]:
        around = _around(member, direct)
        for container in _containers(member, by_id):
            if container not in direct:
                continue
            outer = _around(container, direct)
            shared = [name for name in around if name in outer]
            if not shared:
                continue
            apart = [name for name in around if name not in outer]
            removed = member if direct[member] == shared[0] else apart[-1]
            if removed in groups[shared[0]]["members"]:
                groups[shared[0]]["members"].remove(removed)


def _around(name: str, direct: dict[str, str]) -> list[str]:
    found: list[str] = []
    while name in direct and direct[name] not in found:
        name = direct[name]
        found.append(name)
    return found


def _containers(name: str, by_id: dict[str, Data]) -> list[str]:
    found: list[str] = []
    container = container_of(by_id[name])
    while container is not None and container in by_id and container not in found:
        found.append(container)
        container = container_of(by_id[container])
    return found


def _plugin(plugin: Plugin) -> Data:
    return {
        "name": plugin.name,
        "package_name": plugin.package_name,
        "package_version": plugin.package_version,
        "source": plugin.source,
        "install": plugin.install,
        "executor": plugin.executor or CENTRAL,
    }


def plain(node: Node | None) -> Any:
    """The scalar's value, None where it is absent or cannot be known."""
    if node is None:
        return None
    value = value_of(deref(node))
    return None if value is UNKNOWN else value
