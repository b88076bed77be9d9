"""What workflow code uses of cloudify.utils."""

import importlib
import logging
import os
import random
import string
import tempfile
import uuid

from cloudify.exceptions import CommandExecutionException, NonRecoverableError


class Internal(object):
    @staticmethod
    def get_install_method(properties):
        install_agent = properties.get("install_agent")
        if install_agent is False:
            return "none"
        if install_agent is True:
            return "remote"
        return (properties.get("agent_config") or {}).get("install_method")

    @staticmethod
    def get_broker_ssl_options(ssl_enabled, cert_path):
        return {}


internal = Internal()


def uuid4():
    return str(uuid.uuid4())


def get_func(task_name):
    module_name, _, function_name = task_name.rpartition(".")
    if not module_name:
        raise NonRecoverableError("%s: not a dotted path of a function" % task_name)
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise NonRecoverableError("cannot load %s: %s" % (task_name, error)) from error
    function = getattr(module, function_name, None)
    if not callable(function):
        raise NonRecoverableError("%s is not callable" % task_name)
    return function


def id_generator(size=6, chars=string.ascii_uppercase + string.digits):
    return "".join(random.choice(chars) for _ in range(size))


def setup_logger(logger_name, logger_level=logging.INFO, handlers=None, remove_existing_handlers=True,
                 logger_format=None, propagate=True):  # fmt: skip
    logger = logging.getLogger(logger_name)
    logger.setLevel(logger_level)
    return logger


def format_exception(e):
    if hasattr(e, "message") and not isinstance(e, CommandExecutionException):
        return str(e.message)
    return str(e) or type(e).__name__


def create_temp_folder():
    return tempfile.mkdtemp()


def get_exec_tempdir():
    return tempfile.gettempdir()


def get_tenant_name():
    from cloudify.state import workflow_ctx

    return workflow_ctx.tenant_name


def get_tenant():
    from cloudify.state import workflow_ctx

    return workflow_ctx.tenant


def get_execution_id():
    from cloudify.state import workflow_ctx

    return workflow_ctx.execution_id


def get_rest_token():
    return None


def get_execution_token():
    return None


def get_execution_creator_username():
    return "admin"


def get_is_bypass_maintenance():
    return False


def get_workflow_parameters():
    return {}


def get_manager_rest_service_host():
    return "localhost"


def get_manager_rest_service_port():
    return 53333


def get_manager_file_server_url():
    return "https://localhost:53333/resources"


def get_local_resources_root():
    return None


def get_instances_of_node(rest_client, deployment_id, node_id):
    return rest_client.node_instances.list(deployment_id=deployment_id, node_id=node_id)


def is_management_environment():
    return True


def get_python_path(venv):
    return os.path.join(venv, "bin", "python")


def extract_plugins_to_install(plugin_list, filter_func):
    return [plugin for plugin in plugin_list if plugin["install"] and filter_func(plugin)]


def merge_plugins(deployment_plugins, workflow_plugins):
    merged = {}
    for plugin in list(deployment_plugins) + list(workflow_plugins):
        merged.setdefault(plugin["name"], plugin)
    return list(merged.values())


def extract_and_merge_plugins(
    deployment_plugins, workflow_plugins, filter_func=lambda _: True, with_repetition=False
):
    first = extract_plugins_to_install(deployment_plugins, filter_func)
    second = extract_plugins_to_install(workflow_plugins, filter_func)
    return first + second if with_repetition else merge_plugins(first, second)


def add_plugins_to_install(ctx, plugins_to_install, sequence):
    """A task that a manager would run to install plugins."""
    if ctx and sequence and plugins_to_install:
        sequence.add(
            ctx.send_event("Installing deployment and workflow plugins"),
            ctx.execute_task(
                task_name="cloudify_agent.operations.install_plugins", kwargs={"plugins": plugins_to_install}
            ),
        )


def add_plugins_to_uninstall(ctx, plugins_to_uninstall, sequence):
    """A task that a manager would run to uninstall plugins."""
    if ctx and sequence and plugins_to_uninstall:
        sequence.add(
            ctx.send_event("Uninstalling deployment and workflow plugins"),
            ctx.execute_task(
                task_name="cloudify_agent.operations.uninstall_plugins",
                kwargs={"plugins": plugins_to_uninstall, "delete_managed_plugins": False},
            ),
        )


class LocalCommandRunner(object):
    """Commands are not run in a plan; the guards say so."""

    def __init__(self, logger=None, host="localhost"):
        self.logger = logger
        self.host = host

    def run(
        self, command, exit_on_failure=True, stdout_pipe=True, stderr_pipe=True, cwd=None, execution_env=None
    ):
        import subprocess

        subprocess.Popen(command)
