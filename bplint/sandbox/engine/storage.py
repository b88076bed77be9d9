"""The model that an execution works on: what a manager's database holds of one deployment."""

import copy
import os

from .defects import make_error
from .unknown import Unknown


def load_expand():
    """bplint/deployment/expand.py as a module: plan creation and `scale` are one piece of code."""
    import importlib.util

    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    spec = importlib.util.spec_from_file_location(
        "_bplint_expand", os.path.join(here, "deployment", "expand.py")
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Row(dict):
    """A dict whose keys are attributes too, as the REST client's objects are."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name)) from None


class RuntimeProperties(dict):
    """Runtime properties: once an operation ran on the instance, a key that is not there is unknown."""

    def __init__(self, values, owner_id, is_touched):
        dict.__init__(self, values)
        self._owner_id = owner_id
        self._is_touched = is_touched

    def __missing__(self, key):
        if not self._is_touched:
            raise KeyError(key)
        return Unknown("runtime property '%s' of %s" % (key, self._owner_id))

    def get(self, key, default=None):
        if key in self or not self._is_touched or default is not None:
            return dict.get(self, key, default)
        return self[key]

    def __deepcopy__(self, memo):
        return RuntimeProperties(copy.deepcopy(dict(self), memo), self._owner_id, self._is_touched)


class Storage(object):
    """Nodes, node instances, scaling groups and modifications of the simulated deployment."""

    def __init__(self, request):
        self._tables = [
            {name: dict(facts, inputs={}, has_intrinsic_functions=False) for name, facts in table.items()}
            for table in request["operation_tables"]
        ]
        self._plugins = request.get("plugins") or {}
        self._plugins_made = {}
        self.nodes = {node["id"]: self._node(node) for node in request["nodes"]}
        self.instances = {}
        self.scaling_groups = request.get("scaling_groups", {})
        self.modifications = []
        self.generation = 0  # grows with every change of the instance table
        self.started_generation = 0  # the one that the last modification began: objects made before are stale
        self.stored_graphs = {}
        self.touched = set()
        self.operated = set()  # instances that an operation has run on, or on a relationship of
        self._modules = load_expand()
        self._expansion = None
        self._request_rows = request["node_instances"]
        for row in self._request_rows:
            if not row.get("group"):
                self.instances[row["id"]] = self._instance(row)

    def _node(self, node):
        row = Row(node)
        row.setdefault("host_id", None)
        row.setdefault("properties", {})
        row["operations"] = self._operations(node.get("operations"))
        row["relationships"] = [
            dict(
                one,
                source_operations=self._operations(one.get("source_operations")),
                target_operations=self._operations(one.get("target_operations")),
            )
            for one in node.get("relationships") or ()
        ]
        for key in ("plugins", "plugins_to_install"):
            row[key] = [self._plugin(*pair) for pair in node.get(key) or ()]
        row.setdefault("number_of_instances", 1)
        row.setdefault("planned_number_of_instances", row["number_of_instances"])
        return row

    def _operations(self, found):
        """A node's operations: the shared table, with copies of the entries that have inputs here."""
        if not found:
            return {}
        table, inputs = self._tables[found["table"]], found["inputs"]
        if not inputs:
            return table
        own = dict(table)
        for name, values in inputs.items():
            own[name] = dict(table[name], inputs=values)
        return own

    def _plugin(self, name, executor):
        key = (name, executor)
        if key not in self._plugins_made:
            self._plugins_made[key] = dict(self._plugins.get(name, {}), name=name, executor=executor)
        return self._plugins_made[key]

    @staticmethod
    def _instance(row):
        instance = Row(row)
        instance.pop("contained_in", None)
        for key, value in (
            ("state", "uninitialized"),
            ("version", 1),
            ("host_id", None),
            ("relationships", []),
            ("scaling_groups", []),
            ("system_properties", {}),
            ("runtime_properties", {}),
        ):
            instance.setdefault(key, value)
        return instance

    # -- reading ------------------------------------------------------------------------------------

    def list_instances(self):
        """Copies, as a REST call gives them: changing them changes nothing here."""
        return [self.copy_instance(row) for row in self.instances.values()]

    def copy_instance(self, row):
        instance = Row(row)
        instance["runtime_properties"] = RuntimeProperties(
            copy.deepcopy(row["runtime_properties"]), row["id"], row["id"] in self.touched
        )
        if row["system_properties"]:
            instance["system_properties"] = copy.deepcopy(row["system_properties"])
        else:
            instance["system_properties"] = {}
        return instance

    def wiring(self):
        """Instance id → its host and its relationships."""
        return {
            key: {"host_id": row["host_id"], "relationships": list(row["relationships"])}
            for key, row in self.instances.items()
        }

    def state_of(self, instance_id):
        return self._existing(instance_id)["state"]

    def _existing(self, instance_id):
        row = self.instances.get(instance_id)
        if row is None:
            raise make_error(
                RuntimeError,
                "stale-instance",
                "node instance '%s' does not exist any more" % instance_id,
                instance=instance_id,
                why="gone",
            )
        return row

    # -- writing ------------------------------------------------------------------------------------

    def update_instance(self, instance_id, **changes):
        """Change what is given and not None; the new row, copied."""
        row = self._existing(instance_id)
        for key, value in changes.items():
            if value is not None:
                row[key] = copy.deepcopy(value) if key != "runtime_properties" else dict(value)
        row["version"] += 1
        return self.copy_instance(row)

    # -- modifications ------------------------------------------------------------------------------

    def expansion(self):
        if self._expansion is None:
            module = self._modules
            topology = module.Topology(
                [dict(node, instances=node["number_of_instances"]) for node in self.nodes.values()],
                {name: _group_counts(group) for name, group in self.scaling_groups.items()},
            )
            self._expansion = module.Expansion(topology)
            self._expansion.restore(self._request_rows)
            self._expansion.relationships()  # pins the targets of all_to_one
        return self._expansion

    def start_modification(self, wanted):
        """Add and mark as the manager does; raises where it refuses."""
        if any(one["status"] == "started" for one in self.modifications):
            raise make_error(
                RuntimeError,
                "modification-refused",
                "cannot start a deployment modification while another one is started",
                reason="already-started",
            )
        for entity in wanted:
            if entity not in self.nodes and entity not in self.scaling_groups:
                known = sorted(list(self.nodes) + list(self.scaling_groups))
                raise make_error(
                    KeyError,
                    "modification-refused",
                    "no scalable entity '%s'" % entity,
                    reason="unknown-entity",
                    entity=entity,
                    known=known,
                )
        modification = self._modify(wanted)
        self.modifications.append(modification)
        self.generation += 1
        if modification["added_ids"] or modification["removed_ids"]:
            self.started_generation = self.generation
        return modification

    def _modify(self, wanted):
        expansion = self.expansion()
        before = {
            "instances": copy.deepcopy(self.instances),
            "rows": self._rows(),
        }
        old = expansion.relationships()
        added, removed, by_chance = [], [], {}
        for entity, how in wanted.items():
            number = int(how["instances"])
            include = set(how.get("removed_ids_include_hint") or ())
            exclude = set(how.get("removed_ids_exclude_hint") or ())
            doomed = expansion.doomed(entity, number, include, exclude)
            removed.extend(doomed)
            _note_chance(by_chance, entity, doomed, expansion.alive.get(entity, ()), include, exclude)
            added.extend(expansion.grow(entity, number))
        held = expansion.held(removed) if removed else {}
        gone, removed = removed, [one for one in removed if one.id not in held]
        shown_added = [one for one in added if not one.is_group]
        shown_removed = [one for one in removed if not one.is_group]
        after = expansion.relationships()
        for one in shown_added:
            self.instances[one.id] = self._instance(self._row(one, after))
        related = self._extend_related(after, [one.id for one in shown_added])
        _relate_to_groups(related, added, shown_added)
        removed_related = _around(old, [one.id for one in shown_removed])
        _relate_to_groups(removed_related, gone, shown_removed)
        return {
            "id": "modification-%d" % (len(self.modifications) + 1),
            "status": "started",
            "wanted": wanted,
            "before": before,
            "removed": removed,
            "added_ids": [one.id for one in shown_added],
            "added_related": related,
            "removed_ids": [one.id for one in shown_removed],
            "removed_related": removed_related,
            "place": None,
            "by_chance": by_chance,
        }

    def _extend_related(self, after, added_ids):
        """Instances around the added ones, each with its new relationships only; they get these for good."""
        related = _around(after, added_ids)
        for instance_id, new in related.items():
            if new:
                row = self.instances[instance_id]
                row["relationships"] = _merged(self.nodes[row["node_id"]], row["relationships"], new)
        return related

    def _row(self, one, relationships):
        return {
            "id": one.id,
            "node_id": one.entity,
            "host_id": one.host_id,
            "relationships": relationships.get(one.id, []),
            "scaling_groups": self.expansion().scaling_groups(one),
        }

    def _rows(self):
        expansion = self.expansion()
        return [
            {
                "id": one.id,
                "contained_in": one.parent.id if one.parent else None,
                "group": one.is_group,
                "host_id": one.host_id,
            }
            for one in _containers_first(expansion)
        ]

    def finish_modification(self, modification):
        """Removed instances leave, counts become what was planned."""
        gone = set(modification["removed_ids"])
        self.expansion().remove(modification["removed"])
        for instance_id in gone:
            self.instances.pop(instance_id, None)
        if gone:
            for row in self.instances.values():
                row["relationships"] = [one for one in row["relationships"] if one["target_id"] not in gone]
        for entity, how in modification["wanted"].items():
            if entity in self.nodes:
                node = self.nodes[entity]
                node["number_of_instances"] = node["planned_number_of_instances"] = int(how["instances"])
                self.expansion().topology.nodes[entity]["instances"] = int(how["instances"])
            else:
                properties = self.scaling_groups[entity]["properties"]
                properties["current_instances"] = properties["planned_instances"] = int(how["instances"])
                self.expansion().topology.groups[entity]["instances"] = int(how["instances"])
        modification["status"] = "finished"
        self.generation += 1

    def roll_back_modification(self, modification):
        """The instance table becomes what it was before the modification, states included."""
        self.instances = modification["before"]["instances"]
        self._expansion = None
        self._request_rows = modification["before"]["rows"]
        modification["status"] = "rolled-back"
        self.generation += 1


def _note_chance(by_chance, entity, doomed, alive, include, exclude):
    """Instances that leave where others of the entity would do: entity → (ids, how many there are)."""
    chosen = [one.id for one in doomed if one.entity == entity]
    if chosen and len(chosen) < len(alive) and not include and not exclude:
        by_chance[entity] = (chosen, len(alive))


def _group_counts(group):
    return {
        "members": group["members"],
        "instances": group["properties"].get(
            "current_instances", group["properties"].get("default_instances", 1)
        ),
    }


def _merged(node, old, new):
    """Relationships of an instance in the order of its node's, those to one node together."""
    order = {}
    for one in node["relationships"]:
        order.setdefault(one["target_id"], len(order))
    return sorted(list(old) + new, key=lambda row: order[row["target_name"]])


def _around(relationships, ids):
    """Instances that one in `ids` (ordered) is related with: id → their relationships to one in `ids`."""
    inside = set(ids)
    sources = {}
    for source, rows in relationships.items():
        if source not in inside:
            for row in rows:
                if row["target_id"] in inside:
                    sources.setdefault(row["target_id"], []).append((source, row))
    found = {}
    for one in ids:
        for row in relationships.get(one, ()):
            if row["target_id"] not in inside:
                found.setdefault(row["target_id"], [])
        for source, row in sources.get(one, ()):
            found.setdefault(source, []).append(row)
    return found


def _relate_to_groups(related, concerned, shown):
    """Nodes' instances that hold one of the group instances concerned or lie in it are related as well,
    unless they are shown themselves."""
    done = {one.id for one in shown}
    groups = {one.id for one in concerned if one.is_group}
    for one in concerned:
        holder = one.parent
        if one.is_group and holder is not None and not holder.is_group:
            found = holder.id
        elif not one.is_group and holder is not None and holder.id in groups:
            found = one.id
        else:
            continue
        if found not in done:
            related.setdefault(found, [])


def _containers_first(expansion):
    done, order = set(), []
    for one in expansion.by_id.values():
        chain = []
        while one is not None and one.id not in done:
            done.add(one.id)
            chain.append(one)
            one = one.parent
        order.extend(reversed(chain))
    return order
