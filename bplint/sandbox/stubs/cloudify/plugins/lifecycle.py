"""Installing, uninstalling, healing and rolling back node instances: graphs as the real engine makes them.

Facts: section 3 of the workflow API; every function of the real module that workflows call is here.
"""

from cloudify.plugins._handlers import (  # noqa: F401
    _ignore_failures,
    _on_heal_failure,
    _on_heal_success,
    _on_update_failure,
    _on_update_success,
    _SubgraphOnFailure,
    ignore_subgraph_on_task_failure,
    set_send_node_event_on_error_handler,
)
from cloudify.plugins._hosts import (  # noqa: F401
    _host_post_start,
    _host_pre_stop,
    is_host_node,
    plugins_install_task,
    plugins_uninstall_task,
    prepare_running_agent,
)
from cloudify.plugins._parts import (
    _operation,
    _relationship_operations,
    _relationship_part,
    _skip_nop_operations,
)
from cloudify.plugins._recovery import heal_node_instance_subgraph, update_node_instance_subgraph
from cloudify.plugins._stop import _already, _delete_steps, _stop_parts, _stop_steps
from cloudify.state import workflow_ctx
from cloudify.workflows.tasks_graph import forkjoin, make_or_get_graph

_LIFECYCLE = "cloudify.interfaces.lifecycle."
_RELATIONSHIP = "cloudify.interfaces.relationship_lifecycle."


# -- whole graphs -----------------------------------------------------------------------------------


def install_node_instances(graph, node_instances, related_nodes=None, name_prefix=""):
    LifecycleProcessor(graph, node_instances, related_nodes, name_prefix=name_prefix).install()


def uninstall_node_instances(graph, node_instances, ignore_failure, related_nodes=None, name_prefix=""):
    LifecycleProcessor(
        graph, node_instances, related_nodes, ignore_failure=ignore_failure, name_prefix=name_prefix
    ).uninstall()


def heal_node_instances(graph, node_instances, related_nodes=None, name_prefix="", ignore_failure=False):
    LifecycleProcessor(
        graph, node_instances, related_nodes, ignore_failure=ignore_failure, name_prefix=name_prefix
    ).heal()


def update_node_instances(graph, node_instances, related_nodes=None, name_prefix=""):
    LifecycleProcessor(graph, node_instances, related_nodes, name_prefix=name_prefix).update()


def rollback_node_instances(graph, node_instances, related_nodes=None, name_prefix="", ignore_failure=True):
    LifecycleProcessor(
        graph, node_instances, related_nodes, ignore_failure=ignore_failure, name_prefix=name_prefix
    ).rollback()


def reinstall_node_instances(graph, node_instances, ignore_failure, related_nodes=None):
    uninstall_node_instances(graph, node_instances, ignore_failure, related_nodes, name_prefix="reinstall-")
    workflow_ctx.refresh_node_instances()
    install_node_instances(
        graph, _refreshed(node_instances), _refreshed(related_nodes), name_prefix="reinstall-"
    )


def execute_establish_relationships(
    graph, node_instances, related_nodes=None, modified_relationship_ids=None
):
    LifecycleProcessor(
        graph,
        related_nodes=node_instances,
        modified_relationship_ids=modified_relationship_ids,
        name_prefix="establish-",
    ).install()


def execute_unlink_relationships(graph, node_instances, related_nodes=None, modified_relationship_ids=None):
    LifecycleProcessor(
        graph,
        related_nodes=node_instances,
        modified_relationship_ids=modified_relationship_ids,
        name_prefix="unlink-",
    ).uninstall()


def _refreshed(instances):
    return [workflow_ctx.get_node_instance(instance.id) for instance in instances]


class LifecycleProcessor(object):
    """Makes one graph for some instances, and stubs for those around them, and executes it."""

    def __init__(
        self,
        graph,
        node_instances=None,
        related_nodes=None,
        modified_relationship_ids=None,
        ignore_failure=False,
        name_prefix="",
    ):
        self.graph = graph
        self.node_instances = _unique(node_instances)
        self.intact_nodes = _unique(related_nodes)
        self.modified_relationship_ids = modified_relationship_ids or {}
        self.ignore_failure = ignore_failure
        self._name_prefix = name_prefix

    def install(self):
        self._run("install", install_node_instance_subgraph, self._link_install)

    def uninstall(self):
        self._run("uninstall", uninstall_node_instance_subgraph, self._link_uninstall)

    def rollback(self):
        self._run("rollback", rollback_node_instance_subgraph, self._link_uninstall)

    def heal(self):
        self._run("heal", heal_node_instance_subgraph, self._link_in_order)

    def update(self):
        self._run("update", update_node_instance_subgraph, self._link_in_order)

    def _run(self, name, make_subgraph, link):
        self._make_graph(make_subgraph, link, name=self._name_prefix + name).execute()

    @make_or_get_graph
    def _make_graph(self, make_subgraph, link):
        subgraphs = {}
        for instance in self.node_instances:
            made = make_subgraph(instance, self.graph, ignore_failure=self.ignore_failure)
            if made is None:
                made = self.graph.subgraph("stub_%s" % instance.id)
            subgraphs[instance.id] = made
        for instance in self.intact_nodes:
            subgraphs[instance.id] = self.graph.subgraph("stub_%s" % instance.id)
        link(subgraphs)
        return self.graph

    def _link_install(self, subgraphs):
        self._link(subgraphs, self.node_instances, True)
        self._link(subgraphs, self.intact_nodes, True, _RELATIONSHIP + "establish")

    def _link_uninstall(self, subgraphs):
        self._link(subgraphs, self.node_instances, False)
        self._link(subgraphs, self.intact_nodes, False, _RELATIONSHIP + "unlink")

    def _link_in_order(self, subgraphs):
        self._link(subgraphs, self.node_instances, True)

    def _link(self, subgraphs, instances, is_install, intact_operation=None):
        """Make subgraphs wait along relationships; instances that stay as they are run `intact_operation`
        on their relationships to instances that do not."""
        sequences = {}
        for instance in instances:
            relationships = list(instance._relationship_instances.values())
            for relationship in relationships if is_install else reversed(relationships):
                source, target = subgraphs.get(instance.id), subgraphs.get(relationship.target_id)
                if source is None or target is None:
                    continue
                operation = relationship.relationship.properties.get("operation")
                if is_install:
                    _wait(source, target, operation, relationship.target_id)
                else:
                    _wait(target, source, operation, instance.id)
                if intact_operation and self._is_concerned(instance, relationship):
                    if instance.id not in sequences:
                        sequences[instance.id] = source.sequence()
                    self._run_intact(
                        sequences[instance.id], instance, relationship, intact_operation, is_install
                    )

    def _is_concerned(self, instance, relationship):
        if relationship.target_id in self._processed_ids():
            return True
        modified = self.modified_relationship_ids.get(instance.node_id, {})
        return relationship.target_node_instance.node_id in modified

    def _processed_ids(self):
        if not hasattr(self, "_ids"):
            self._ids = {instance.id for instance in self.node_instances}
        return self._ids

    @staticmethod
    def _run_intact(sequence, instance, relationship, operation, is_install):
        for task in _relationship_operations(relationship, operation):
            if not is_install:
                set_send_node_event_on_error_handler(task, instance)
            sequence.add(task)


def _unique(instances):
    """The instances in a stable order, each once."""
    found = {}
    for instance in instances or ():
        found[instance.id] = instance
    return [found[key] for key in sorted(found, key=_natural)]


def _natural(instance_id):
    node, _, index = instance_id.rpartition("#")
    return (node, int(index)) if index.isdigit() else (instance_id, -1)


def _wait(waiting, awaited, operation, awaited_instance_id):
    graph = awaited.graph
    if not operation:
        graph.add_dependency(waiting, awaited)
        return
    # the real engine asks every task of the graph here and breaks on a no-op; so does the plan
    for task in graph.tasks:
        context = task.cloudify_context
        if not context:
            continue
        interface, name = context["operation"]["name"].rsplit(".", 1)
        if (interface + ".", name, context["node_id"]) == (_LIFECYCLE, operation, awaited_instance_id):
            for follower in graph.dependents_of(task):
                graph.add_dependency(waiting, follower)
            break


# -- install ----------------------------------------------------------------------------------------


def install_node_instance_subgraph(instance, graph, **_kwargs):
    """One subgraph that brings an instance from its state to 'started'."""
    subgraph = graph.subgraph("install_%s" % instance.id)
    state = instance.state
    begun = state in ("creating", "created", "configuring", "configured", "starting", "started")
    validation = (
        []
        if begun
        else _operation(
            instance,
            "cloudify.interfaces.validation.create",
            "Validating node instance before creation",
            "Node instance validated before creation",
        )
    )
    precreate = (
        []
        if begun
        else _operation(
            instance, _LIFECYCLE + "precreate", "Precreating node instance", "Node instance precreated"
        )
    )
    create = [] if begun and state != "creating" else _create(instance)
    configured = state in ("configured", "starting", "started")
    preconfigure = (
        []
        if configured
        else _relationship_part(
            subgraph,
            instance,
            "preconfigure",
            "Pre-configuring relationships",
            "Relationships pre-configured",
        )
    )
    configure = [] if configured else _configure(instance)
    parts = [] if state == "started" else _start_parts(subgraph, instance)
    if any([validation, precreate, create, preconfigure, configure] + parts):
        postconfigure, start, host, poststart, monitoring, establish = parts or [[]] * 6
        steps = [instance.set_state("initializing")]
        steps += validation or [
            instance.send_event("Validating node instance before creation: nothing to do")
        ]
        steps += precreate or [instance.send_event("Precreating node instance: nothing to do")]
        steps += create or [instance.send_event("Creating node instance: nothing to do")]
        steps += preconfigure
        steps += configure or [instance.send_event("Configuring node instance: nothing to do")]
        steps += postconfigure
        steps += start or [instance.send_event("Starting node instance: nothing to do")]
        steps += host
        steps += poststart or [instance.send_event("Poststarting node instance: nothing to do")]
        steps += monitoring + establish
        last = "Node instance started"
    else:
        steps, last = [], "Node instance started (nothing to do)"
    steps.append(forkjoin(instance.set_state("started"), instance.send_event(last)))
    subgraph.sequence().add(*steps)
    subgraph.on_failure = _SubgraphOnFailure(instance)
    return subgraph


def _create(instance):
    return _skip_nop_operations(
        pre=forkjoin(instance.send_event("Creating node instance"), instance.set_state("creating")),
        task=instance.execute_operation(_LIFECYCLE + "create"),
        post=forkjoin(instance.send_event("Node instance created"), instance.set_state("created")),
    )


def _configure(instance):
    return _skip_nop_operations(
        pre=forkjoin(instance.set_state("configuring"), instance.send_event("Configuring node instance")),
        task=instance.execute_operation(_LIFECYCLE + "configure"),
        post=forkjoin(instance.set_state("configured"), instance.send_event("Node instance configured")),
    )


def _start_parts(subgraph, instance):
    return [
        _relationship_part(
            subgraph,
            instance,
            "postconfigure",
            "Post-configuring relationships",
            "Relationships post-configured",
        ),
        _skip_nop_operations(
            pre=forkjoin(instance.set_state("starting"), instance.send_event("Starting node instance")),
            task=instance.execute_operation(_LIFECYCLE + "start"),
        ),
        _host_post_start(instance) if is_host_node(instance) else [],
        _operation(
            instance, _LIFECYCLE + "poststart", "Poststarting node instance", "Node instance poststarted"
        ),
        _skip_nop_operations(instance.execute_operation("cloudify.interfaces.monitoring.start")),
        _relationship_part(
            subgraph, instance, "establish", "Establishing relationships", "Relationships established"
        ),
    ]


# -- uninstall --------------------------------------------------------------------------------------


def uninstall_node_instance_subgraph(instance, graph, ignore_failure=False):
    """One subgraph that brings an instance from its state to 'deleted'."""
    subgraph = graph.subgraph(instance.id)
    state = instance.state
    if state in ("stopped", "deleting", "deleted", "uninitialized", "configured"):
        steps = _stop_steps(instance, [], [], [], [], [], [_already(instance, "Stop", state)])
    else:
        steps = _stop_steps(instance, *_stop_parts(instance))
    if state not in ("stopped", "deleting", "deleted"):
        steps.append(instance.set_state("stopped"))
    if state in ("deleted", "uninitialized"):
        steps.append(_already(instance, "Delete", state))
    else:
        steps += _delete_steps(subgraph, instance)
    if state != "deleted":
        steps.append(forkjoin(instance.set_state("deleted"), instance.send_event("Deleted node instance")))
    subgraph.sequence().add(*steps)
    if ignore_failure:
        _ignore_failures(subgraph, instance)
    else:
        subgraph.on_failure = _SubgraphOnFailure(instance, "uninstall")
    return subgraph


def reinstall_node_instance_subgraph(instance, graph):
    """What replaces a failed subgraph where subgraphs are retried."""
    subgraph = graph.subgraph("reinstall_%s" % instance.id)
    uninstall = uninstall_node_instance_subgraph(instance, subgraph, ignore_failure=False)
    install = install_node_instance_subgraph(instance, subgraph)
    subgraph.sequence().add(
        instance.send_event("Node lifecycle failed. Attempting to re-run node lifecycle"), uninstall, install
    )
    subgraph.on_failure = _SubgraphOnFailure(instance)
    return subgraph


# -- rollback, heal, update -------------------------------------------------------------------------


def rollback_node_instance_subgraph(instance, graph, ignore_failure):
    """Back from 'starting' to 'configured', from 'creating' and 'configuring' to 'uninitialized'."""
    subgraph = graph.subgraph(instance.id)
    state = instance.state
    if state == "starting":
        steps = _stop_steps(instance, *_stop_parts(instance))
        steps.append(instance.set_state("configured"))
    else:
        nothing = "Rollback Stop: nothing to do, instance state is %s" % state
        steps = _stop_steps(instance, [], [], [], [], [], [instance.send_event(nothing)])
    if state in ("creating", "configuring"):
        steps += _delete_steps(subgraph, instance)
        steps.append(instance.set_state("uninitialized"))
    else:
        steps.append(instance.send_event("Rollback Delete: nothing to do, instance state is %s" % state))
    if state in ("creating", "configuring", "starting"):
        steps.append(instance.send_event("Rollbacked node instance"))
    subgraph.sequence().add(*steps)
    if ignore_failure:
        _ignore_failures(subgraph, instance)
    return subgraph
