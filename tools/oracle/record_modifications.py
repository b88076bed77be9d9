"""Deployment modifications for the real engine run locally, which has none: they are the manager's.

What is added and removed is computed by the engine's own `modify_deployment`; around it stands what a
manager does to its tables. Imported by `record_plans.py`, under the oracle's interpreter.
"""

import copy
from collections import defaultdict
from itertools import groupby

from cloudify.models_states import DeploymentModificationState
from cloudify.workflows import workflow_context
from cloudify_rest_client.deployment_modifications import DeploymentModification
from cloudify_rest_client.node_instances import NodeInstance
from dsl_parser import multi_instance, rel_graph

MADE_BY_A_MANAGER = ("state", "version", "runtime_properties", "system_properties")


class Numbering:
    """Instances are `node#index` in the order of their making, where the engine draws letters."""

    def __init__(self):
        self.next = defaultdict(int)

    def make(self, node_id, _ctx):
        self.next[node_id] += 1
        return f"{node_id}#{self.next[node_id] - 1}"


class InOrder(set):
    """The engine goes through sets of ids, in the order of their hashes: here in that of their numbers."""

    def __iter__(self):
        return iter(sorted(set.__iter__(self), key=lambda one: (one[: one.rfind("#")], number_of(one))))


def number_of(instance_id):
    return int(instance_id.rpartition("#")[2])


real_init = rel_graph.Context.__init__


def init_in_order(context, *args, **kwargs):
    real_init(context, *args, **kwargs)
    found = defaultdict(InOrder)
    for node_id, ids in context.deployment_node_instance_ids.items():
        found[node_id].update(ids)
    context.deployment_node_instance_ids = found


def install_modifications(numbering, told):
    """`told(kind, **facts)` is called with every step of a modification."""
    rel_graph._node_instance_id = numbering.make
    rel_graph.Context.__init__ = init_in_order
    book = Book(numbering, told)
    handler = workflow_context.LocalCloudifyWorkflowContextHandler
    handler.start_deployment_modification = lambda self, nodes: book.start(self, nodes)
    handler.finish_deployment_modification = lambda self, raw: book.finish(self, raw)
    handler.rollback_deployment_modification = lambda self, raw: book.roll_back(self, raw)
    handler.list_deployment_modifications = lambda self, status: book.listed(self, status)


class Tables:
    """The nodes, instances and groups of a handler's storage."""

    def __init__(self, handler):
        storage = handler.storage
        self.instances = storage._storage._node_instances[storage.name]
        self.nodes = storage._storage._deployments[storage.name]["nodes"]
        self.groups = storage.plan["scaling_groups"]

    def plain_nodes(self):
        """As a manager holds them: counts on the node itself."""
        return [
            {key: copy.deepcopy(value) for key, value in node.items() if key != "capabilities"}
            for node in self.nodes.values()
        ]


class Book:
    """The modifications of one deployment."""

    def __init__(self, numbering, told):
        self.numbering = numbering
        self.told = told
        self.made = []

    def start(self, handler, wanted):
        if any(one["status"] == DeploymentModificationState.STARTED for one in self.made):
            raise RuntimeError("there is a started modification")
        tables = Tables(handler)
        before = {key: copy.deepcopy(dict(one)) for key, one in tables.instances.items()}
        numbers = dict(self.numbering.next)
        found = multi_instance.modify_deployment(
            nodes=tables.plain_nodes(),
            previous_nodes=tables.plain_nodes(),
            previous_node_instances=[copy.deepcopy(dict(one)) for one in tables.instances.values()],
            modified_nodes=copy.deepcopy(wanted),
            scaling_groups=copy.deepcopy(tables.groups),
        )
        made = {
            "id": f"modification-{len(self.made) + 1}",
            "status": DeploymentModificationState.STARTED,
            "modified_nodes": wanted,
            "node_instances": found,
            "before": before,
            "numbers": numbers,
        }
        self.made.append(made)
        for one in found["added_and_related"]:
            one["node_id"] = one["name"]
            if one.get("modification") == "added":
                tables.instances[one["id"]] = _added(one)
            else:
                _extend(tables.instances[one["id"]], one, tables.nodes[one["node_id"]])
        self.told("modification_start", id=made["id"], nodes=copy.deepcopy(wanted), **_ends(found))
        return workflow_context.Modification(handler.workflow_ctx, _shown(made, tables))

    def finish(self, handler, raw):
        tables, made = Tables(handler), self._of(raw)
        for entity, how in made["modified_nodes"].items():
            if entity in tables.groups:
                tables.groups[entity]["properties"]["current_instances"] = how["instances"]
            else:
                tables.nodes[entity]["number_of_instances"] = how["instances"]
        for one in made["node_instances"]["removed_and_related"]:
            if one.get("modification") == "removed":
                del tables.instances[one["id"]]
                continue
            gone = {each["target_id"] for each in one["relationships"]}
            kept = tables.instances[one["id"]]
            kept["relationships"] = [each for each in kept["relationships"] if each["target_id"] not in gone]
        made["status"] = DeploymentModificationState.FINISHED
        self.told("modification_finish", id=made["id"])

    def roll_back(self, handler, raw):
        tables, made = Tables(handler), self._of(raw)
        tables.instances.clear()
        tables.instances.update((key, NodeInstance(one)) for key, one in made["before"].items())
        self.numbering.next.clear()
        self.numbering.next.update(made["numbers"])
        made["status"] = DeploymentModificationState.ROLLEDBACK
        self.told("modification_rollback", id=made["id"])

    def listed(self, handler, status):
        tables = Tables(handler)
        return [
            workflow_context.Modification(handler.workflow_ctx, _shown(one, tables))
            for one in self.made
            if one["status"] == status
        ]

    def _of(self, raw):
        made = next(one for one in self.made if one["id"] == raw["id"])
        if made["status"] != DeploymentModificationState.STARTED:
            raise RuntimeError("the modification has ended")
        return made


def _added(one):
    kept = {key: copy.deepcopy(value) for key, value in one.items() if key != "modification"}
    return NodeInstance(
        {**kept, "state": "uninitialized", "version": 0, "runtime_properties": {}, "system_properties": {}}
    )


def _extend(instance, one, node):
    """The new relationships stand with those to the same node, in the order of the node's relationships."""
    old, new = (
        {
            name: list(rows)
            for name, rows in groupby(each["relationships"], key=lambda row: row["target_name"])
        }
        for each in (instance, copy.deepcopy(one))
    )
    # of two relationships to one node a manager makes each row twice: no workflow sees it
    names = dict.fromkeys(each["target_id"] for each in node["relationships"])
    instance["relationships"] = [row for name in names for side in (old, new) for row in side.get(name, ())]


def _shown(made, tables):
    """As the manager answers: rows without what an operation or a workflow may have changed since."""
    rows = copy.deepcopy(made["node_instances"])
    for side in ("added_and_related", "removed_and_related"):
        for one in rows[side]:
            one.setdefault("node_id", one["name"])
            known = tables.instances.get(one["id"], {})
            one.update({key: copy.deepcopy(known.get(key)) for key in MADE_BY_A_MANAGER})
    return DeploymentModification({**made, "node_instances": rows})


def _ends(found):
    return {
        f"{side}{suffix}": [
            one["id"]
            for one in found[f"{side}_and_related"]
            if (one.get("modification") == side) == (suffix == "")
        ]
        for side in ("added", "removed")
        for suffix in ("", "_related")
    }
