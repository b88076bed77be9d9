"""Installing, uninstalling, healing and rolling back node instances: graphs as the real engine makes them.

Facts: section 3 of the workflow API; every function of the real module that workflows call is here.
"""

from itertools import groupby

from cloudify import constants, utils
from cloudify.state import workflow_ctx
from cloudify.workflows import tasks as workflow_tasks
from cloudify.workflows.tasks_graph import forkjoin, make_or_get_graph

_LIFECYCLE = "cloudify.interfaces.lifecycle."
_RELATIONSHIP = "cloudify.interfaces.relationship_lifecycle."
_AGENT = "cloudify.interfaces.cloudify_agent."
_MONITORING_AGENT = "cloudify.interfaces.monitoring_agent."
_WORKER = "cloudify.interfaces.worker_installer."


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


def _already(instance, what, state):
    return instance.send_event("%s: instance already %s" % (what, state))


def _stop_parts(instance):
    """Fork of the begin, validation, monitoring, prestop, host and stop parts, empty where unmapped."""
    return (
        [forkjoin(instance.set_state("stopping"), instance.send_event("Stopping node instance"))],
        _operation(
            instance,
            "cloudify.interfaces.validation.delete",
            "Validating node instance before deletion",
            "Node instance validated before deletion",
        ),
        _skip_nop_operations(instance.execute_operation("cloudify.interfaces.monitoring.stop")),
        _operation(instance, _LIFECYCLE + "prestop", "Prestopping node instance", "Node instance prestopped"),
        _host_pre_stop(instance) if is_host_node(instance) else [],
        _skip_nop_operations(
            task=instance.execute_operation(_LIFECYCLE + "stop"),
            post=instance.send_event("Stopped node instance"),
        ),
    )


def _stop_steps(instance, begin, validation, monitoring, prestop, host, stop):
    steps = list(begin)
    steps += validation or [instance.send_event("Validating node instance after deletion: nothing to do")]
    steps += monitoring + prestop + host
    steps += stop or [instance.send_event("Stopped node instance: nothing to do")]
    return steps


def _delete_steps(subgraph, instance):
    steps = _relationship_part(
        subgraph, instance, "unlink", "Unlinking relationships", "Relationships unlinked", reverse=True
    )
    steps += _skip_nop_operations(
        pre=forkjoin(instance.set_state("deleting"), instance.send_event("Deleting node instance")),
        task=instance.execute_operation(_LIFECYCLE + "delete"),
    ) or [instance.send_event("Deleting node instance: nothing to do")]
    steps += _operation(
        instance, _LIFECYCLE + "postdelete", "Postdeleting node instance", "Node instance postdeleted"
    )
    return steps


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


def heal_node_instance_subgraph(instance, graph, **_kwargs):
    subgraph = graph.subgraph("heal_%s" % instance.id)
    subgraph.sequence().add(
        instance.send_event("Healing node instance"),
        instance.execute_operation(_LIFECYCLE + "preheal"),
        instance.execute_operation(_LIFECYCLE + "heal"),
        instance.execute_operation(_LIFECYCLE + "postheal"),
        instance.send_event("Node instance healed"),
    )
    subgraph.info["instance_id"] = instance.id
    subgraph.on_success = _on_heal_success
    subgraph.on_failure = _on_heal_failure
    return subgraph


_UPDATES = ("preupdate", "update", "postupdate", "update_config", "update_apply", "update_postapply")


def update_node_instance_subgraph(instance, graph, **_kwargs):
    """Update operations of an instance that drifted; None where there is nothing to do."""
    properties = instance.system_properties
    operations = []
    if (properties.get("configuration_drift") or {}).get("result"):
        operations += [instance.execute_operation(_LIFECYCLE + name) for name in _UPDATES]
    source_drifts = properties.get("source_relationships_configuration_drift", {})
    for relationship in instance._relationship_instances.values():
        target = workflow_ctx.get_node_instance(relationship.target_id)
        target_drifts = target.system_properties.get("target_relationships_configuration_drift", {})
        if relationship.target_id in source_drifts:
            operations.append(relationship.execute_source_operation(_RELATIONSHIP + "update"))
        if relationship.source_id in target_drifts:
            operations.append(relationship.execute_target_operation(_RELATIONSHIP + "update"))
    operations = [task for task in operations if not task.is_nop()]
    if not operations:
        return None
    subgraph = graph.subgraph("update_%s" % instance.id)
    sequence = subgraph.sequence()
    sequence.add(instance.send_event("Updating node instance"))
    sequence.add(*operations)
    sequence.add(instance.send_event("Node instance updated"))
    subgraph.info["instance_id"] = instance.id
    subgraph.on_success = _on_update_success
    subgraph.on_failure = _on_update_failure
    return subgraph


# -- hosts ------------------------------------------------------------------------------------------


def is_host_node(node_instance):
    return constants.COMPUTE_NODE_TYPE in node_instance.node.type_hierarchy


def prepare_running_agent(host_node_instance):
    return [
        host_node_instance.execute_operation(_MONITORING_AGENT + "install"),
        host_node_instance.execute_operation(_MONITORING_AGENT + "start"),
    ]


def plugins_install_task(host_node_instance, plugins_to_install):
    legacy = "cloudify.interfaces.plugin_installer.install"
    has_legacy = host_node_instance.node.has_operation(legacy)
    return _plugins_task(
        host_node_instance, plugins_to_install, legacy if has_legacy else _AGENT + "install_plugins"
    )


def plugins_uninstall_task(host_node_instance, plugins_to_uninstall):
    return _plugins_task(host_node_instance, plugins_to_uninstall, _AGENT + "uninstall_plugins")


def _plugins_task(host, plugins, operation):
    if not plugins or _install_method(host) == constants.AGENT_INSTALL_METHOD_NONE:
        return None
    return host.execute_operation(operation, kwargs={"plugins": plugins})


def _install_method(host):
    return utils.internal.get_install_method(host.node.properties)


def _host_post_start(host):
    method = _install_method(host)
    steps = [_wait_for_host_to_start(host)]
    if method != constants.AGENT_INSTALL_METHOD_NONE:
        if host.node.has_operation(_WORKER + "install"):
            steps += _announced(host, "Installing agent", _WORKER + "install", "Agent installed")
            steps += _announced(host, "Starting agent", _WORKER + "start", "Agent started")
        else:
            steps += _announced(host, "Creating agent", _AGENT + "create", "Agent created")
            if method in (constants.AGENT_INSTALL_METHOD_PLUGIN, constants.AGENT_INSTALL_METHOD_INIT_SCRIPT):
                steps += _announced(host, "Waiting for agent to start", _AGENT + "start", "Agent started")
    return steps + prepare_running_agent(host)


def _host_pre_stop(host):
    method = _install_method(host)
    steps = [
        host.execute_operation(_MONITORING_AGENT + "stop"),
        host.execute_operation(_MONITORING_AGENT + "uninstall"),
    ]
    if method == constants.AGENT_INSTALL_METHOD_NONE:
        return steps
    if method in constants.AGENT_INSTALL_METHODS_SCRIPTS:
        stop, delete = _AGENT + "stop_amqp", _AGENT + "delete"
    elif host.node.has_operation(_WORKER + "stop"):
        stop, delete = _WORKER + "stop", _WORKER + "uninstall"
    else:
        stop, delete = _AGENT + "stop", _AGENT + "delete"
    return steps + [
        host.send_event("Stopping agent"),
        host.execute_operation(stop),
        host.send_event("Deleting agent"),
        host.execute_operation(delete),
        host.send_event("Agent deleted"),
    ]


def _announced(instance, before, operation, after):
    return [instance.send_event(before), instance.execute_operation(operation), instance.send_event(after)]


def _wait_for_host_to_start(host):
    task = host.execute_operation("cloudify.interfaces.host.get_state")
    if not task.is_nop():
        task.on_success = _node_get_state_handler
    return task


# -- relationships ----------------------------------------------------------------------------------


def _relationship_operations(relationship, operation):
    return [
        relationship.execute_source_operation(operation),
        relationship.execute_target_operation(operation),
    ]


def _relationship_part(subgraph, instance, operation, before, after, reverse=False):
    task = _relationships_operations(subgraph, instance, _RELATIONSHIP + operation, reverse)
    return _skip_nop_operations(pre=instance.send_event(before), task=task, post=instance.send_event(after))


def _relationships_operations(graph, node_instance, operation, reverse=False, modified_relationship_ids=None):
    """A subgraph of the mapped operations of the relationships: instances of one relationship side by
    side, relationships one after the other. None where nothing is mapped."""
    forks = []
    relationships = node_instance._relationship_instances.values()
    for _, group in groupby(relationships, key=lambda one: one.relationship.target_id):
        mapped = []
        for relationship in group:
            if _is_modified(relationship, modified_relationship_ids):
                made = _relationship_operations(relationship, operation)
                mapped += [task for task in made if not task.is_nop()]
        if mapped:
            forks.append(forkjoin(*mapped))
    if not forks:
        return None
    subgraph = graph.subgraph("%s_subgraph" % operation)
    subgraph.on_failure = _relationship_subgraph_on_failure
    subgraph.sequence().add(*(reversed(forks) if reverse else forks))
    return subgraph


def _is_modified(relationship, modified_ids):
    if not modified_ids:
        return True
    return relationship.target_node_instance.node.id in modified_ids.get(
        relationship.node_instance.node.id, ()
    )


# -- parts ------------------------------------------------------------------------------------------


def _operation(instance, name, before, after):
    """An operation between two events, or nothing where it is not mapped."""
    if not instance.node.has_operation(name):
        return []
    return _skip_nop_operations(
        pre=instance.send_event(before),
        task=instance.execute_operation(name),
        post=instance.send_event(after),
    )


def _skip_nop_operations(task, pre=None, post=None):
    if not task or task.is_nop():
        return []
    around = [[] if one is None else one if isinstance(one, list) else [one] for one in (pre, post)]
    return around[0] + [task] + around[1]


# -- handlers ---------------------------------------------------------------------------------------


def set_send_node_event_on_error_handler(task, instance):
    task.on_failure = _SendNodeEventHandler(instance)


def _ignore_failures(subgraph, instance):
    for task in subgraph.tasks.values():
        if task.is_subgraph:
            _ignore_failures(task, instance)
        else:
            set_send_node_event_on_error_handler(task, instance)


def ignore_subgraph_on_task_failure(subgraph):
    for task in subgraph.tasks.values():
        if task.is_subgraph:
            ignore_subgraph_on_task_failure(task)
            task.on_failure = _ignore_subgraph_failure
        else:
            task.on_failure = _ignore_task_failure


class _SubgraphOnFailure(object):
    """Replaces a failed subgraph by one that starts over, if subgraphs are retried at all."""

    def __init__(self, instance=None, on_retry="reinstall", instance_id=None):
        self.instance = instance if instance is not None else workflow_ctx.get_node_instance(instance_id)
        self.on_retry = on_retry

    def dump(self):
        return {"instance_id": self.instance.id, "on_retry": self.on_retry}

    def __call__(self, subgraph):
        for task in list(subgraph.tasks.values()):
            subgraph.remove_task(task)
        if subgraph.containing_subgraph:
            return _fail_outer(subgraph)
        if self.on_retry == "reinstall":
            successor = reinstall_node_instance_subgraph(self.instance, subgraph.graph)
        else:
            successor = uninstall_node_instance_subgraph(self.instance, subgraph.graph)
        successor.current_retries = subgraph.current_retries + 1
        verdict = workflow_tasks.HandlerResult.retry()
        verdict.retried_task = successor
        return verdict


def _fail_outer(subgraph):
    outer = subgraph.containing_subgraph
    outer.failed_task = subgraph.failed_task
    outer.set_state(workflow_tasks.TASK_FAILED)
    return workflow_tasks.HandlerResult.ignore()


def _relationship_subgraph_on_failure(subgraph):
    for task in list(subgraph.tasks.values()):
        subgraph.remove_task(task)
    return _fail_outer(subgraph)


class _SendNodeEventHandler(object):
    """Tells that a task failed and goes on."""

    def __init__(self, instance=None, instance_id=None):
        self.instance = instance if instance is not None else workflow_ctx.get_node_instance(instance_id)

    def dump(self):
        return {"instance_id": self.instance.id}

    def __call__(self, task):
        self.instance.send_event("Ignoring task %s failure" % task.name).apply_async()
        return workflow_tasks.HandlerResult.ignore()


def _ignore_subgraph_failure(subgraph):
    workflow_ctx.logger.info("Ignoring subgraph failure in cleanup")
    for task in list(subgraph.tasks.values()):
        if task.get_state() == workflow_tasks.TASK_PENDING:
            subgraph.remove_task(task)
    return workflow_tasks.HandlerResult.ignore()


def _ignore_task_failure(_task):
    workflow_ctx.logger.info("Ignoring task failure in cleanup")
    return workflow_tasks.HandlerResult.ignore()


def _node_get_state_handler(task):
    # a plan takes it that the host has started: what get_state answers is unknown
    return workflow_tasks.HandlerResult.cont()


def _store_system_property(task, change):
    ctx = task.workflow_context
    instance = ctx.get_node_instance(task.info["instance_id"])
    properties = instance.system_properties or {}
    change(properties)
    ctx.update_node_instance(instance.id, force=True, system_properties=properties)


def _on_heal_success(task):
    def healed(properties):
        properties.setdefault("status", {}).update(ok=True, task=None, healed=True)

    _store_system_property(task, healed)
    return workflow_tasks.HandlerResult.cont()


def _on_heal_failure(task):
    execution_id = task.workflow_context.execution_id
    _store_system_property(task, lambda properties: properties.update(heal_failed=execution_id))
    return workflow_tasks.HandlerResult.ignore()


def _on_update_success(task):
    _store_system_property(task, lambda properties: properties.update(configuration_drift=None))
    return workflow_tasks.HandlerResult.cont()


def _on_update_failure(task):
    execution_id = task.workflow_context.execution_id
    _store_system_property(task, lambda properties: properties.update(update_failed=execution_id))
    return workflow_tasks.HandlerResult.ignore()
