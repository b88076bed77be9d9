"""install_new_agents and validate_agents."""

from cloudify import constants, utils
from cloudify.decorators import workflow
from cloudify.plugins import lifecycle
from cloudify.plugins._filters import filter_node_instances
from cloudify.workflows.tasks_graph import make_or_get_graph

_AGENT = "cloudify.interfaces.cloudify_agent."


@workflow(resumable=True)
def install_new_agents(ctx, **kwargs):
    _make_install_agents_graph(ctx, name="install_agents", **kwargs).execute()


@workflow(resumable=True)
def validate_agents(ctx, node_ids, node_instance_ids, install_methods=None, **_):
    hosts = _hosts(ctx, node_ids, node_instance_ids, install_methods)
    _must_be_started(hosts)
    graph = ctx.graph_mode()
    _add_validation(graph, hosts, current_amqp=True)
    graph.execute()


@make_or_get_graph
def _make_install_agents_graph(
    ctx,
    install_agent_timeout,
    node_ids,
    node_instance_ids,
    install_methods=None,
    validate=True,
    install=True,
    manager_ip=None,
    manager_certificate=None,
    stop_old_agent=False,
    **_,
):
    hosts = _hosts(ctx, node_ids, node_instance_ids, install_methods)
    _must_be_started(hosts)
    graph = ctx.graph_mode()
    target = {"manager_ip": manager_ip, "manager_certificate": manager_certificate}
    validation = _add_validation(graph, hosts, current_amqp=False, **target) if validate else None
    if install:
        settings = dict(target, install_agent_timeout=install_agent_timeout, stop_old_agent=stop_old_agent)
        installation = _add_installation(graph, hosts, settings)
        if validation is not None:
            graph.add_dependency(installation, validation)
    return graph


def _hosts(ctx, node_ids, node_instance_ids, install_methods):
    if not node_ids and not node_instance_ids:
        methods = install_methods
        if methods is None:
            methods = constants.AGENT_INSTALL_METHODS_INSTALLED
        return [
            one
            for one in ctx.node_instances
            if lifecycle.is_host_node(one)
            and utils.internal.get_install_method(one.node.properties) in methods
        ]
    chosen = filter_node_instances(ctx, node_ids, node_instance_ids, [])
    errors = []
    for instance in chosen:
        if not lifecycle.is_host_node(instance):
            errors.append("Node instance %s is not host." % instance.id)
        elif (
            utils.internal.get_install_method(instance.node.properties) == constants.AGENT_INSTALL_METHOD_NONE
        ):
            errors.append("Agent should not be installed on node instance %s" % instance.id)
    if errors:
        raise ValueError("Specified filters are not correct:\n" + "\n".join(errors))
    return chosen


def _must_be_started(hosts):
    for host in hosts:
        state = host.get_state().get()
        if state != "started":
            raise RuntimeError("Node %s is not started (state: %s)" % (host.id, state))


def _add_validation(graph, hosts, current_amqp, manager_ip=None, manager_certificate=None):
    subgraph = graph.subgraph("validate")
    for host in hosts:
        subgraph.sequence().add(
            host.send_event("Validating agent connection."),
            host.execute_operation(
                _AGENT + "validate_amqp",
                kwargs={
                    "current_amqp": current_amqp,
                    "manager_ip": manager_ip,
                    "manager_certificate": manager_certificate,
                },
            ),
            host.send_event("Validation done"),
        )
    return subgraph


def _add_installation(graph, hosts, settings):
    subgraph = graph.subgraph("install")
    for host in hosts:
        sequence = subgraph.sequence()
        sequence.add(
            host.send_event("Installing new agent"),
            host.execute_operation(_AGENT + "create_amqp", kwargs=settings, allow_kwargs_override=True),
            host.send_event("New agent installed."),
            host.execute_operation(_AGENT + "validate_amqp", kwargs={"current_amqp": True}),
            *lifecycle.prepare_running_agent(host),
        )
        for instance in sorted(host.get_contained_subgraph(), key=lambda one: one.id):
            sequence.add(instance.execute_operation("cloudify.interfaces.monitoring.start"))
    return subgraph
