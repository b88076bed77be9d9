"""Steps that only hosts have: waiting for them, and their agents."""

from cloudify import constants, utils
from cloudify.plugins._handlers import _node_get_state_handler

_AGENT = "cloudify.interfaces.cloudify_agent."
_MONITORING_AGENT = "cloudify.interfaces.monitoring_agent."
_WORKER = "cloudify.interfaces.worker_installer."


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
