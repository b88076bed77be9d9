"""Members of the context of operations and its parts (cloudify-common 3.4 to 7.0.5).

`name=type` is a member whose own members are known. What the runner of scripts adds is there too.
"""

from __future__ import annotations

from functools import cache
from typing import Final

OPERATION_MEMBERS: Final[dict[str, str]] = {
    "operation context": (
        "agent blueprint=blueprint bootstrap_context bypass_maintenance capabilities deployment=deployment "
        "delete_deployment_file download_deployment_workdir download_directory "
        "download_resource "
        "download_resource_and_render execution_creator_username execution_env execution_id "
        "execution_token "
        "get_brokers get_config get_execution get_managers get_operation get_resource "
        "get_resource_and_render "
        "instance=instance local_deployment_workdir logger=logger node=node operation=operation plugin "
        "provider_context rest_host rest_port rest_ssl_cert rest_token resume send_event source=subject "
        "sync_deployment_workdir target=subject task_id task_name task_queue task_target task_type tenant "
        "tenant_name timeout timeout_recoverable type update_operation upload_deployment_file "
        "upload_deployment_workdir workflow_id workflow_parameters related internal "
        "returns abort_operation retry_operation"
    ),
    "subject": "instance=instance node=node",
    "instance": (
        "drift host_ip id index node=node refresh relationships runtime_properties scaling_groups "
        "system_properties update"
    ),
    "node": "id name number_of_instances properties type type_hierarchy",
    "operation": "max_retries name relationship retry retry_number",
    "deployment": "creator display_name id resource_tags runtime_only_evaluation tenant_name",
    "blueprint": "id tenant_name",
    "logger": (
        "addFilter addHandler callHandlers critical debug disabled error exception fatal filter filters "
        "findCaller getChild getChildren getEffectiveLevel handle handlers hasHandlers info isEnabledFor "
        "level log makeRecord manager name parent propagate removeFilter removeHandler root setLevel warn "
        "warning"
    ),
}
OPERATION_NOUNS: Final[dict[str, str]] = {
    "operation context": "the operation context",
    "subject": "the source or target of a relationship",
    "instance": "the node instance of an operation",
    "node": "the node of an operation",
    "operation": "ctx.operation",
    "deployment": "ctx.deployment",
    "blueprint": "ctx.blueprint",
    "logger": "a logger",
}
OF_NODES: Final = frozenset({"node", "instance"})  # there in operations of nodes only
OF_RELATIONSHIPS: Final = frozenset({"source", "target"})  # there in operations of relationships only


@cache  # few kinds, asked for at every member
def operation_members(kind: str) -> dict[str, str]:
    """The members of a part by name, each with its type, or '' where that has no table."""
    found = {}
    for word in OPERATION_MEMBERS[kind].split():
        name, _, result = word.partition("=")
        found[name] = result
    return found
