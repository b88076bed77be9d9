"""Nodes, node instances, relationships and modifications as a workflow sees them."""

from collections import OrderedDict

from .defects import no_such_member

_CONTAINED_IN = "cloudify.relationships.contained_in"


class Offered(object):
    """An object of the workflow API: a member it does not have is an AttributeError with the nearest name."""

    shown_as = ""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        known = sorted(one for one in set(dir(type(self))) | set(vars(self)) if not one.startswith("_"))
        raise no_such_member(self.shown_as, name, [one for one in known if one != "shown_as"])


class OneShot(object):
    """An iterator that can be gone through once, as the real properties give. The second loop over a saved
    one sees nothing, silently: that is told."""

    def __init__(self, items, run, what):
        items = list(items)
        self._is_empty = not items
        self._items = iter(items)
        self._run = run
        self._what = what
        self._is_spent = False
        self._gave_any = False
        self._is_told = False

    def __iter__(self):
        if self._is_spent and self._gave_any and not self._is_told:
            self._is_told = True
            self._run.defects.add("second-loop", what=self._what)
        if self._is_empty:
            self._run.loops_over_nothing(self._what)
        return self

    def __next__(self):
        try:
            item = next(self._items)
        except StopIteration:
            self._is_spent = True
            raise
        self._gave_any = True
        return item

    next = __next__


class Node(Offered):
    shown_as = "CloudifyWorkflowNode"

    def __init__(self, ctx, row, container):
        self.ctx = ctx
        self._node = row
        self._container = container
        self._node_instances = OrderedDict()
        self._relationships_made = None

    def __repr__(self):
        return "<CloudifyWorkflowNode %s>" % self.id

    id = property(lambda self: self._node["id"])
    type = property(lambda self: self._node["type"])
    type_hierarchy = property(lambda self: self._node["type_hierarchy"])
    properties = property(lambda self: self._node["properties"])
    operations = property(lambda self: self._node["operations"])
    plugins = property(lambda self: self._node["plugins"])
    plugins_to_install = property(lambda self: self._node["plugins_to_install"])
    host_id = property(lambda self: self._node["host_id"])
    host_node = property(lambda self: self.ctx.get_node(self.host_id))
    number_of_instances = property(lambda self: self._node["number_of_instances"])
    planned_number_of_instances = property(lambda self: self._node["planned_number_of_instances"])

    @property
    def _relationships(self):
        if self._relationships_made is None:
            self._relationships_made = OrderedDict(
                (row["target_id"], NodeRelationship(self.ctx, self, row, self._container))
                for row in self._node["relationships"]
            )
        return self._relationships_made

    @property
    def relationships(self):
        return OneShot(self._relationships.values(), self.ctx._run, "node.relationships")

    @property
    def instances(self):
        return OneShot(list(self._node_instances.values()), self.ctx._run, "node.instances")

    def has_operation(self, operation_interface):
        return bool((self.operations.get(operation_interface) or {}).get("operation"))

    def get_relationship(self, target_id):
        return self._relationships.get(target_id)


class NodeRelationship(Offered):
    shown_as = "CloudifyWorkflowRelationship"

    def __init__(self, ctx, node, row, container):
        self.ctx = ctx
        self.node = node
        self._relationship = row
        self._container = container

    type = property(lambda self: self._relationship["type"])
    target_id = property(lambda self: self._relationship["target_id"])
    target_node = property(lambda self: self._container.get_node(self.target_id))
    properties = property(lambda self: self._relationship.get("properties") or {})
    source_operations = property(lambda self: self._relationship.get("source_operations") or {})
    target_operations = property(lambda self: self._relationship.get("target_operations") or {})

    def is_derived_from(self, other_relationship):
        return other_relationship in self._relationship["type_hierarchy"]


class NodeInstance(Offered):
    shown_as = "CloudifyWorkflowNodeInstance"

    def __init__(self, ctx, node, row, container):
        self.ctx = ctx
        self._node = node
        self._node_instance = row
        self._container = container
        self._contained_instances = []
        self._relationship_instances = OrderedDict()
        for relationship in row["relationships"]:
            made = RelationshipInstance(ctx, self, relationship, container)
            if made.relationship is not None:
                self._relationship_instances[relationship["target_id"]] = made
        node._node_instances[row["id"]] = self

    def __eq__(self, other):
        return isinstance(other, NodeInstance) and self.id == other.id

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._node_instance["id"])

    def __repr__(self):
        return "<CloudifyWorkflowNodeInstance %s (%s)>" % (self.id, self.state)

    id = property(lambda self: self._node_instance["id"])
    node_id = property(lambda self: self._node_instance["node_id"])
    node = property(lambda self: self._node)
    state = property(lambda self: self._node_instance["state"])
    version = property(lambda self: self._node_instance["version"])
    runtime_properties = property(lambda self: self._node_instance["runtime_properties"])
    system_properties = property(lambda self: self._node_instance.get("system_properties", {}))
    modification = property(lambda self: self._node_instance.get("modification"))
    scaling_groups = property(lambda self: self._node_instance.get("scaling_groups", []))
    deployment_id = property(lambda self: self.ctx.deployment.id)
    contained_instances = property(lambda self: self._contained_instances)
    logger = property(lambda self: self.ctx._run.logger(self.id))

    @property
    def relationships(self):
        return OneShot(self._relationship_instances.values(), self.ctx._run, "instance.relationships")

    def get_contained_subgraph(self):
        found, todo = {self}, [self]
        while todo:
            for child in todo.pop()._contained_instances:
                if child not in found:
                    found.add(child)
                    todo.append(child)
        return found

    def set_state(self, state):
        from cloudify.workflows.tasks import SetNodeInstanceStateTask

        return self.ctx._process_task(
            SetNodeInstanceStateTask(node_instance_id=self.id, state=state, workflow_context=self.ctx)
        )

    def get_state(self):
        from cloudify.workflows.tasks import GetNodeInstanceStateTask

        return self.ctx._process_task(
            GetNodeInstanceStateTask(node_instance_id=self.id, workflow_context=self.ctx)
        )

    def send_event(self, event, additional_context=None):
        from cloudify.workflows.tasks import SendNodeEventTask

        return self.ctx._process_task(
            SendNodeEventTask(
                node_instance_id=self.id,
                event=event,
                additional_context=additional_context,
                workflow_context=self.ctx,
            )
        )

    def execute_operation(self, operation, kwargs=None, allow_kwargs_override=False, send_task_events=True):
        return self.ctx._execute_operation(
            operation=operation,
            node_instance=self,
            operations=self._node.operations,
            kwargs=kwargs,
            allow_kwargs_override=allow_kwargs_override,
            send_task_events=send_task_events,
        )


class RelationshipInstance(Offered):
    shown_as = "CloudifyWorkflowRelationshipInstance"

    def __init__(self, ctx, node_instance, row, container):
        self.ctx = ctx
        self.node_instance = node_instance
        self._relationship_instance = row
        self._container = container
        self.relationship = node_instance._node.get_relationship(row["target_name"])

    def __repr__(self):
        return "<CloudifyWorkflowRelationshipInstance %s->%s (%s)>" % (
            self.source_id,
            self.target_id,
            self.type,
        )

    type = property(lambda self: self._relationship_instance.get("type"))
    source_id = property(lambda self: self.node_instance.id)
    target_id = property(lambda self: self._relationship_instance.get("target_id"))
    target_node_instance = property(lambda self: self._container.get_node_instance(self.target_id))

    def execute_source_operation(
        self, operation, kwargs=None, allow_kwargs_override=False, send_task_events=True
    ):
        return self.ctx._execute_operation(
            operation,
            node_instance=self.node_instance,
            related_node_instance=self.target_node_instance,
            operations=self.relationship.source_operations,
            kwargs=kwargs,
            allow_kwargs_override=allow_kwargs_override,
            send_task_events=send_task_events,
        )

    def execute_target_operation(
        self, operation, kwargs=None, allow_kwargs_override=False, send_task_events=True
    ):
        return self.ctx._execute_operation(
            operation,
            node_instance=self.target_node_instance,
            related_node_instance=self.node_instance,
            operations=self.relationship.target_operations,
            kwargs=kwargs,
            allow_kwargs_override=allow_kwargs_override,
            send_task_events=send_task_events,
        )


class NodesAndInstances(object):
    """All nodes and instances of one refresh, or of one side of a modification."""

    def __init__(self, ctx, node_rows, instance_rows):
        self.generation = ctx._run.storage.generation
        self._nodes = OrderedDict((row["id"], Node(ctx, row, self)) for row in node_rows)
        self._instances = OrderedDict()
        for row in instance_rows:
            node = self._nodes[row["node_id"]]
            self._instances[row["id"]] = NodeInstance(ctx, node, row, self)
        for instance in self._instances.values():
            for relationship in instance._relationship_instances.values():
                if relationship.relationship.is_derived_from(_CONTAINED_IN):
                    container = self._instances.get(relationship.target_id)
                    if container is not None:
                        container._contained_instances.append(instance)

    def all_nodes(self):
        return list(self._nodes.values())

    def all_instances(self):
        return list(self._instances.values())

    def get_node(self, node_id):
        return self._nodes.get(node_id)

    def get_node_instance(self, node_instance_id):
        return self._instances.get(node_instance_id)


class ModificationNodes(Offered):
    """`modification.added` or `.removed`: the instances concerned and those around them."""

    shown_as = "ModificationNodes"

    def __init__(self, ctx, rows):
        self._run = ctx._run
        node_ids = OrderedDict((row["node_id"], True) for row in rows)
        nodes = [ctx._run.storage.nodes[node_id] for node_id in node_ids]
        self._all = NodesAndInstances(ctx, nodes, rows)

    @property
    def nodes(self):
        return OneShot(self._all.all_nodes(), self._run, "modification nodes")

    @property
    def node_instances(self):
        return OneShot(self._all.all_instances(), self._run, "modification node_instances")

    def get_node(self, node_id):
        return self._all.get_node(node_id)

    def get_node_instance(self, node_instance_id):
        return self._all.get_node_instance(node_instance_id)


class Modification(Offered):
    """A started deployment modification."""

    shown_as = "Modification"

    def __init__(self, ctx, raw):
        self._raw_modification = raw
        self.workflow_ctx = ctx
        self._added = ModificationNodes(ctx, self._rows("added"))
        self._removed = ModificationNodes(ctx, self._rows("removed"))

    id = property(lambda self: self._raw_modification["id"])
    added = property(lambda self: self._added)
    removed = property(lambda self: self._removed)

    def _rows(self, side):
        storage = self.workflow_ctx._run.storage
        rows = []
        for instance_id in self._raw_modification[side + "_ids"]:
            row = storage.copy_instance(storage.instances[instance_id])
            row["modification"] = side
            rows.append(row)
        for instance_id, relationships in self._raw_modification[side + "_related"].items():
            row = storage.copy_instance(storage.instances[instance_id])
            row["relationships"] = relationships
            rows.append(row)
        return rows

    def finish(self):
        self.workflow_ctx._run.finish_modification(self._raw_modification)

    def rollback(self):
        self.workflow_ctx._run.roll_back_modification(self._raw_modification)
