# ruff: noqa: UP006, UP031, UP035, UP045 (the child runs this under Python 3.6 as well)
"""Node instances from nodes: containment multiplied, groups cloned, relationships wired.

Plain data in, plain data out, standard library only and Python 3.6: the child process that simulates
`scale` loads this file by its path, so that plan creation and a deployment modification are one piece
of code. Facts: dsl_parser/rel_graph.py, multi_instance.py.

A *node* is a dict with `id`, `relationships` (each `type`, `type_hierarchy`, `target_id`, `properties`),
`instances` (how many per container) and `host_id`. A *group* is a dict with `members` and `instances`.
Both are called entities here. A group has instances too; they are not shown to anybody but carry the
containment: a node in a group is contained in the group, the outermost group in what the node was in.
"""

from typing import Any, Dict, Iterator, List, Optional, Set, Tuple

CONTAINED_IN = "cloudify.relationships.contained_in"
CONNECTED_TO = "cloudify.relationships.connected_to"
DEPENDS_ON = "cloudify.relationships.depends_on"
ALL_TO_ALL = "all_to_all"
ALL_TO_ONE = "all_to_one"
MAX_INSTANCES = 2000000

Raw = Dict[str, Any]


class ExpansionError(Exception):
    """Plan creation refuses this topology. `kind` names the fault, `details` its arguments."""

    def __init__(self, kind: str, **details: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.details = details


class Instance:
    """An instance of a node or of a group; `parent` is the instance that contains it. `host_of_contents` is
    None where `host_id` is the name of a node only, since the containment in it is lost."""

    __slots__ = ("children", "entity", "host_id", "host_of_contents", "id", "index", "is_group", "parent")

    def __init__(self, entity: str, index: int, parent: "Optional[Instance]", is_group: bool) -> None:
        self.entity = entity
        self.index = index
        self.id = "%s#%d" % (entity, index)
        self.parent = parent
        self.is_group = is_group
        self.host_id = None  # type: Optional[str]
        self.host_of_contents = None  # type: Optional[str]
        self.children = {}  # type: Dict[str, List[Instance]]


class Edge:
    """A node relationship that survives: of several to one target only the last one does."""

    __slots__ = ("index", "relationship", "source", "target")

    def __init__(self, source: str, target: str, index: int, relationship: Raw) -> None:
        self.source = source
        self.target = target
        self.index = index
        self.relationship = relationship


class Topology:
    """What contains what and what is wired to what, on the level of nodes and groups."""

    def __init__(self, nodes: List[Raw], groups: Dict[str, Raw]) -> None:
        self.nodes = {node["id"]: node for node in nodes}
        self.groups = groups
        self.parent = {}  # type: Dict[str, str]
        self.children = {}  # type: Dict[str, List[str]]
        self.contained = {}  # type: Dict[str, Edge]
        self.wires = []  # type: List[Edge]
        self._groups_around = {}  # type: Dict[str, List[str]]
        for name, group in groups.items():
            for member in group["members"]:
                self.parent[member] = name
        for node in nodes:
            self._read_relationships(node)
        for entity in list(self.nodes) + list(groups):
            if entity in self.parent:
                self.children.setdefault(self.parent[entity], []).append(entity)
        self._refuse_containment_cycles()

    def count(self, entity: str) -> int:
        """How many instances of the entity each of its containers holds."""
        found = self.groups[entity] if entity in self.groups else self.nodes[entity]
        return int(found["instances"])

    def _read_relationships(self, node: Raw) -> None:
        # of several relationships to one target the last one survives; a member of a group lies in the
        # group instead, so that its containment and another relationship to the container both do
        is_member = node["id"] in self.parent
        last = {}  # type: Dict[Tuple[str, bool], Edge]
        for index, relationship in enumerate(node.get("relationships", ())):
            target = relationship["target_id"]
            is_apart = is_member and CONTAINED_IN in relationship["type_hierarchy"]
            last[(target, is_apart)] = Edge(node["id"], target, index, relationship)
        for edge in last.values():
            hierarchy = edge.relationship["type_hierarchy"]
            if CONTAINED_IN in hierarchy:
                self._contain(edge)
            elif CONNECTED_TO in hierarchy or DEPENDS_ON in hierarchy:
                self._check_connection_type(edge)
                self.wires.append(edge)
            else:
                raise ExpansionError(
                    "unsupported-relationship",
                    node=edge.source,
                    type=edge.relationship["type"],
                    index=edge.index,
                )

    def _contain(self, edge: Edge) -> None:
        self.contained[edge.source] = edge
        holder = edge.source
        while self.parent.get(holder) in self.groups:
            holder = self.parent[holder]
        self.parent[holder] = edge.target

    @staticmethod
    def _check_connection_type(edge: Edge) -> None:
        properties = edge.relationship.get("properties") or {}
        if properties.get("connection_type") not in (ALL_TO_ALL, ALL_TO_ONE):
            raise ExpansionError(
                "illegal-connection-type",
                node=edge.source,
                index=edge.index,
                value=properties.get("connection_type"),
            )

    def _refuse_containment_cycles(self) -> None:
        safe = set()  # type: Set[str]
        for start in self.parent:
            seen = []  # type: List[str]
            on_path = set()  # type: Set[str]
            entity = start  # type: Optional[str]
            while entity is not None and entity not in safe:
                if entity in on_path:
                    raise ExpansionError("containment-cycle", members=seen[seen.index(entity) :])
                seen.append(entity)
                on_path.add(entity)
                entity = self.parent.get(entity)
            safe.update(seen)

    def groups_around(self, entity: str) -> List[str]:
        """The groups that hold the entity, the innermost first."""
        known = self._groups_around.get(entity)
        if known is None:
            known = []
            holder = self.parent.get(entity)
            while holder is not None:
                if holder in self.groups:
                    known.append(holder)
                holder = self.parent.get(holder)
            self._groups_around[entity] = known
        return known

    def shared_group(self, one: str, other: str) -> Optional[str]:
        """The innermost group that holds both, or None."""
        others = set(self.groups_around(other))
        for group in self.groups_around(one):
            if group in others:
                return group
        return None


class Expansion:
    """Instances of a topology. `alive` holds them by entity, in the order of their making."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.alive = {}  # type: Dict[str, List[Instance]]
        self.by_id = {}  # type: Dict[str, Instance]
        self.next_index = {}  # type: Dict[str, int]
        self.pinned = {}  # type: Dict[Tuple[str, int], str]

    def fill(self) -> None:
        """Make all instances that the counts of the topology ask for."""
        for entity in list(self.topology.nodes) + list(self.topology.groups):
            if entity not in self.topology.parent:
                self._add(entity, None, self.topology.count(entity))

    def _add(self, entity: str, parent: Optional[Instance], number: int) -> List[Instance]:
        """Make `number` instances under `parent` with all they contain; containers first, then contents."""
        made = [self._make(entity, parent) for _ in range(number)]
        todo = list(reversed(made))
        while todo:
            container = todo.pop()
            below = []  # type: List[Instance]
            for child in self.topology.children.get(container.entity, ()):
                below.extend(self._make(child, container) for _ in range(self.topology.count(child)))
            made.extend(below)
            todo.extend(reversed(below))
        return made

    def _make(self, entity: str, parent: Optional[Instance]) -> Instance:
        index = self.next_index.get(entity, 0)
        if len(self.by_id) >= MAX_INSTANCES:
            raise ExpansionError("too-many-instances", limit=MAX_INSTANCES)
        self.next_index[entity] = index + 1
        instance = Instance(entity, index, parent, entity in self.topology.groups)
        host = parent.host_of_contents if parent is not None else None
        declared = None if instance.is_group else self.topology.nodes[entity].get("host_id")
        if host is None and declared == entity:
            host = instance.id
        instance.host_of_contents = host
        instance.host_id = host if host is not None else declared
        self.alive.setdefault(entity, []).append(instance)
        self.by_id[instance.id] = instance
        if parent is not None:
            parent.children.setdefault(entity, []).append(instance)
        return instance

    def restore(self, rows: List[Raw]) -> None:
        """Take instances as `rows` lists them (containers before what they contain)."""
        for row in rows:
            parent = self.by_id.get(row["contained_in"]) if row.get("contained_in") else None
            entity, _, index = row["id"].rpartition("#")
            instance = Instance(entity, int(index), parent, bool(row.get("group")))
            instance.host_id = row.get("host_id")
            self.alive.setdefault(entity, []).append(instance)
            self.by_id[instance.id] = instance
            self.next_index[entity] = max(self.next_index.get(entity, 0), instance.index + 1)
            if parent is not None:
                parent.children.setdefault(entity, []).append(instance)

    # -- relationships ------------------------------------------------------------------------------

    def relationships(self) -> Dict[str, List[Raw]]:
        """Instance id → its relationship instances, in the order of the node's relationships."""
        found = {}  # type: Dict[str, List[Tuple[int, Raw]]]
        for source, target, edge in self._pairs():
            row = {"type": edge.relationship["type"], "target_id": target.id, "target_name": target.entity}
            found.setdefault(source.id, []).append((edge.index, row))
        return {
            instance_id: [row for _, row in sorted(rows, key=lambda pair: pair[0])]
            for instance_id, rows in found.items()
        }

    def _pairs(self) -> Iterator[Tuple[Instance, Instance, Edge]]:
        for node, edge in self.topology.contained.items():
            for instance in self.alive.get(node, ()):
                container = instance.parent
                while container is not None and container.is_group:
                    container = container.parent
                if container is not None:
                    yield instance, container, edge
        for edge in self.topology.wires:
            for sources, targets in self._wired(edge):
                for source in sources:
                    for target in targets:
                        yield source, target, edge

    def _wired(self, edge: Edge) -> List[Tuple[List[Instance], List[Instance]]]:
        sources = self.alive.get(edge.source, [])
        targets = self.alive.get(edge.target, [])
        if not sources or not targets:
            return []
        group = self.topology.shared_group(edge.source, edge.target)
        if edge.relationship["properties"]["connection_type"] == ALL_TO_ONE:
            if group is not None:
                raise ExpansionError(
                    "all-to-one-in-group", node=edge.source, target=edge.target, index=edge.index, group=group
                )
            return [(sources, [self._the_one(edge, targets)])]
        if group is None:
            return [(sources, targets)]
        by_group = {}  # type: Dict[str, Tuple[List[Instance], List[Instance]]]
        for side, instances in enumerate((sources, targets)):
            for instance in instances:
                by_group.setdefault(_instance_of(group, instance), ([], []))[side].append(instance)
        return list(by_group.values())

    def _the_one(self, edge: Edge, targets: List[Instance]) -> Instance:
        # the target chosen first stays chosen through later modifications
        pinned = self.by_id.get(self.pinned.get((edge.source, edge.index), ""))
        chosen = pinned or min(targets, key=lambda instance: instance.index)
        self.pinned[(edge.source, edge.index)] = chosen.id
        return chosen

    def scaling_groups(self, instance: Instance) -> List[Raw]:
        """The group instances around an instance, up to the node that contains it, innermost first."""
        found = []  # type: List[Raw]
        holder = instance.parent
        while holder is not None and holder.is_group:
            found.append({"name": holder.entity, "id": holder.id})
            holder = holder.parent
        return found

    # -- modification -------------------------------------------------------------------------------

    def grow(self, entity: str, number: int) -> List[Instance]:
        """Bring each container of the entity up to `number` of its instances; what was added."""
        added = []  # type: List[Instance]
        hosts = self._hosts_of_groups() if self.topology.parent.get(entity) in self.topology.groups else {}
        for parent, current in self._by_container(entity):
            if parent is not None:
                parent.host_of_contents = hosts.get(parent.id) if parent.is_group else parent.host_id
            added.extend(self._add(entity, parent, max(number - len(current), 0)))
        return added

    def _hosts_of_groups(self) -> Dict[str, Optional[str]]:
        """What the engine takes for the host of what grows in a group instance that is there: the host of
        the last instance in it, be that a host itself."""
        found = {}  # type: Dict[str, Optional[str]]
        # a manager tells no order of instances: here it is that of the nodes
        for one in (one for node in self.topology.nodes for one in self.alive.get(node, ())):
            holder = one.parent
            while holder is not None and holder.is_group:
                found[holder.id] = one.host_id
                holder = holder.parent
        return found

    def doomed(self, entity: str, number: int, include: Set[str], exclude: Set[str]) -> List[Instance]:
        """What goes when each container keeps only `number` instances of the entity, contents included.

        Hints name instances, or members of group instances: included ones go first, excluded ones last."""
        gone = []  # type: List[Instance]
        for _, current in self._by_container(entity):
            surplus = max(len(current) - number, 0)
            wanted = [one for one in current if _is_named(one, include)]
            spared = [one for one in current if one not in wanted and _is_named(one, exclude)]
            others = [one for one in current if one not in wanted and one not in spared]
            gone.extend((wanted + others + spared)[:surplus])
        todo = list(gone)
        while todo:
            for children in todo.pop().children.values():
                gone.extend(children)
                todo.extend(children)
        return gone

    def held(self, gone: List[Instance]) -> Dict[str, Instance]:
        """What of that stays after all: the one target of all_to_one, which the relationships of the sources
        that stay bring back, and the groups around it."""
        ids = {one.id for one in gone}
        held = {}  # type: Dict[str, Instance]
        for edge in self.topology.wires:
            if edge.relationship["properties"]["connection_type"] != ALL_TO_ONE:
                continue
            target = self.by_id.get(self.pinned.get((edge.source, edge.index), ""))
            sides = (self.alive.get(edge.source, ()), self.alive.get(edge.target, ()))
            if target is None or any(all(one.id in ids for one in side) for side in sides):
                continue
            holder = target  # type: Optional[Instance]
            while holder is not None and holder.id in ids and (holder is target or holder.is_group):
                held[holder.id] = holder
                holder = holder.parent
        return held

    def remove(self, instances: List[Instance]) -> None:
        """Forget the instances."""
        ids = {instance.id for instance in instances}
        for entity in {instance.entity for instance in instances}:
            self.alive[entity] = [one for one in self.alive[entity] if one.id not in ids]
        parents = {}  # type: Dict[Tuple[str, str], Instance]
        for instance in instances:
            self.by_id.pop(instance.id, None)
            if instance.parent is not None:
                parents[(instance.parent.id, instance.entity)] = instance.parent
        for (_, entity), parent in parents.items():
            parent.children[entity] = [one for one in parent.children[entity] if one.id not in ids]

    def _by_container(self, entity: str) -> List[Tuple[Optional[Instance], List[Instance]]]:
        holder = self.topology.parent.get(entity)
        if holder is None:
            return [(None, list(self.alive.get(entity, ())))]
        return [(parent, list(parent.children.get(entity, ()))) for parent in self.alive.get(holder, ())]


def _instance_of(group: str, instance: Instance) -> str:
    holder = instance.parent
    while holder is not None and holder.entity != group:
        holder = holder.parent
    return holder.id if holder is not None else ""


def _is_named(instance: Instance, hints: Set[str]) -> bool:
    """Is it in the hints, or, of a group instance, a member, also one of a group inside it?"""
    if instance.id in hints:
        return True
    if not instance.is_group or not hints:
        return False
    todo = [instance]
    while todo:
        for children in todo.pop().children.values():
            if any(child.id in hints for child in children if not child.is_group):
                return True
            todo.extend(child for child in children if child.is_group)
    return False
