"""Node instances of a deployment, as plan creation makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.deployment.expand import Expansion, ExpansionError, Instance, Topology

if TYPE_CHECKING:
    from bplint.deployment.plain_nodes import PlanNodes

Data = dict[str, Any]


class Instances:
    """`rows` in the order of the blueprint, group instances included, containers before what they contain.
    `refusal` is why plan creation refuses, with no rows then."""

    __slots__ = ("refusal", "rows")

    def __init__(self, rows: list[Data], refusal: ExpansionError | None = None) -> None:
        self.rows = rows
        self.refusal = refusal


def make_instances(plan: PlanNodes) -> Instances:
    """Instances of all nodes: `id` (node#index), `node_id`, `host_id`, `relationships`, `scaling_groups`,
    `contained_in`; of groups only `id`, `contained_in`, `group`."""
    nodes = [{**node, "instances": node["scalable"]["default_instances"]} for node in plan.nodes]
    groups = {
        name: {"members": group["members"], "instances": group["properties"]["current_instances"]}
        for name, group in plan.groups.items()
    }
    try:
        expansion = Expansion(Topology(nodes, groups))
        expansion.fill()
        relationships = expansion.relationships()
    except ExpansionError as refusal:
        return Instances([], refusal)
    return Instances([_row(one, expansion, relationships) for one in containers_first(expansion)])


def containers_first(expansion: Expansion) -> list[Instance]:
    """All instances, each after what contains it, else in the order of nodes and indexes."""
    done: set[str] = set()
    ordered: list[Instance] = []
    for instances in expansion.alive.values():
        for instance in instances:
            chain: list[Instance] = []
            holder: Instance | None = instance
            while holder is not None and holder.id not in done:
                done.add(holder.id)
                chain.append(holder)
                holder = holder.parent
            ordered.extend(reversed(chain))
    return ordered


def _row(one: Instance, expansion: Expansion, relationships: dict[str, list[Data]]) -> Data:
    row: Data = {"id": one.id, "contained_in": one.parent.id if one.parent is not None else None}
    if one.is_group:
        return {**row, "group": True}
    row["node_id"] = one.entity
    row["host_id"] = one.host_id
    row["relationships"] = relationships.get(one.id, [])
    groups = expansion.scaling_groups(one)
    if groups:
        row["scaling_groups"] = groups
    return row
