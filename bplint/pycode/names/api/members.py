"""Members of the objects that workflow code works with (cloudify-common 7.0.5).

`name` is a member of no further interest, `name=type` a property, `name()=type` a method's result. Types
in front of a colon say how many: `iter:` can be walked once, `list:` and `set:` as often as one likes.
"""

from __future__ import annotations

from typing import Final

_TASK: Final = (
    "apply_async async_result cloudify_context containing_subgraph=subgraph current_retries "
    "dependency_error dump duplicate_for_retry()=task error execute_after get_state "
    "handle_task_terminated id info is_local is_nop is_remote is_subgraph is_terminated name on_failure "
    "on_success restore retried_task retry_interval send_task_events set_state short_description stored "
    "task_type timeout timeout_recoverable total_retries workflow_context=ctx "
)
_GRAPH: Final = "add_dependency add_task remove_task sequence()=sequence subgraph()=subgraph "

MEMBERS: Final[dict[str, str]] = {
    "ctx": (
        "amqp_handlers blueprint=blueprint bootstrap_context bypass_maintenance cleanup "
        "create_execution_schedule create_node_instances create_nodes delete_node delete_node_instance "
        "deployment=deployment download_resource dry_run execute_task()=task execution_creator_username "
        "execution_id execution_token get_blueprint get_deployment get_deployment_update get_execution "
        "get_managers get_node()=node get_node_instance()=instance get_operations get_secret "
        "get_tasks_graph graph_mode()=graph internal list_execution_schedules list_idds "
        "list_node_instances list_nodes local local_task()=task logger node_instances=iter:instance "
        "nodes=iter:node refresh_node_instances remote_task()=task remove_operation rest_host rest_port "
        "rest_token resume send_event()=task set_deployment_attributes set_deployment_update_attributes "
        "start_execution store_operation store_tasks_graph tenant tenant_name update_execution_schedule "
        "update_execution_status()=task update_idds update_node update_node_instance update_operation "
        "wait_after_fail workflow_id"
    ),
    "node": (
        "ctx=ctx get_relationship()=noderel has_operation host_id host_node=node id "
        "instances=iter:instance number_of_instances operations planned_number_of_instances plugins "
        "plugins_to_install properties relationships=iter:noderel type type_hierarchy"
    ),
    "instance": (
        "contained_instances=list:instance ctx=ctx deployment_id execute_operation()=task "
        "get_contained_subgraph()=set:instance get_state()=task id logger modification node=node node_id "
        "relationships=iter:relationship runtime_properties scaling_groups send_event()=task "
        "set_state()=task state system_properties version"
    ),
    "noderel": (
        "ctx=ctx is_derived_from node=node properties source_operations target_id target_node=node "
        "target_operations type"
    ),
    "relationship": (
        "ctx=ctx execute_source_operation()=task execute_target_operation()=task node_instance=instance "
        "relationship=noderel source_id target_id target_node_instance=instance type"
    ),
    "deployment": (
        "creator display_name id list_started_modifications()=list:modification resource_tags "
        "runtime_only_evaluation scaling_groups start_modification()=modification tenant_name workflow_ctx"
    ),
    "blueprint": "id tenant_name",
    "modification": "added=modnodes finish id removed=modnodes rollback workflow_ctx=ctx",
    "modnodes": (
        "get_node()=node get_node_instance()=instance node_instances=iter:instance nodes=iter:node "
        "refresh_node_instances workflow_context=ctx"
    ),
    "graph": (
        _GRAPH + "ctx=ctx execute get_task()=task id linearize optimize remove_dependency restore store "
        "tasks=list:task"
    ),
    "subgraph": _TASK + _GRAPH + "failed_task graph task_terminated tasks",
    "sequence": "add graph last_fork_join_tasks",
    # what linear mode gives back has `get`, `result`, `task` and `on_result`
    "task": _TASK + "get kwargs local_task node queue target result task on_result",
    "handler_result": (
        "HANDLER_CONTINUE HANDLER_FAIL HANDLER_IGNORE HANDLER_RETRY action cont fail ignore "
        "ignore_total_retries retried_task retry retry_after"
    ),
}

NOUNS: Final[dict[str, str]] = {
    "ctx": "the workflow context",
    "node": "a node",
    "instance": "a node instance",
    "noderel": "a node's relationship",
    "relationship": "a relationship instance",
    "deployment": "ctx.deployment",
    "blueprint": "ctx.blueprint",
    "modification": "a modification",
    "modnodes": "a modification's nodes",
    "graph": "the task graph",
    "subgraph": "a subgraph",
    "sequence": "a sequence",
    "task": "a task",
    "handler_result": "HandlerResult",
}

# of the operation context; the workflow context has none of them
OPERATION_ONLY: Final = frozenset(
    [
        "instance",
        "source",
        "target",
        "operation",
        "plugin",
        "capabilities",
        "agent",
        "workflow_parameters",
        "node_instance",
        "node_id",
        "node_name",
        "related",
        "get_resource",
        "get_resource_and_render",
        "download_resource_and_render",
        "returns",
        "type",
        "abort_operation",
    ]
) | {"node"}

ORIGINS: Final[dict[str, str]] = {
    "cloudify.workflows.ctx": "ctx",
    "cloudify.state.workflow_ctx": "ctx",
    "cloudify.ctx": "operation_ctx",
    "cloudify.state.ctx": "operation_ctx",
    "cloudify.workflows.parameters": "parameters",
    "cloudify.state.workflow_parameters": "parameters",
    "cloudify.workflows.tasks.HandlerResult": "handler_result",
}

STATES: Final = frozenset(
    [
        "uninitialized",
        "initializing",
        "creating",
        "created",
        "configuring",
        "configured",
        "starting",
        "started",
        "stopping",
        "stopped",
        "deleting",
        "deleted",
        "restarting",
        "restarted",
        "restored",
        "upgrading",
        "upgraded",
        "nonresponsive",
        "failed",
        "reserved",
        "loading",
        "initialized",
    ]
)
MODIFICATIONS: Final = frozenset({"added", "removed"})

# functions of cloudify.plugins.lifecycle that build a graph and run it
RUN_GRAPHS: Final = frozenset(
    [
        "install_node_instances",
        "uninstall_node_instances",
        "reinstall_node_instances",
        "heal_node_instances",
        "update_node_instances",
        "rollback_node_instances",
        "execute_establish_relationships",
        "execute_unlink_relationships",
    ]
)

_INTERFACES: Final = {
    "lifecycle": (
        "precreate create configure start poststart prestop stop delete postdelete preheal heal postheal "
        "preupdate update postupdate update_config update_apply check_drift pull refresh check_status"
    ),
    "validation": "create delete check_status",
    "monitoring": "start stop deploy",
    "relationship_lifecycle": "preconfigure postconfigure establish unlink check_drift update",
}
# what the built-in workflows call, whether or not a type of the blueprint has it
BUILT_IN_OPERATIONS: Final = frozenset(
    f"cloudify.interfaces.{interface}.{name}"
    for interface, names in _INTERFACES.items()
    for name in names.split()
)


class Member:
    """`result` is the type of the property, or of the method's result; '' where it is of no interest."""

    __slots__ = ("is_method", "result")

    def __init__(self, result: str, is_method: bool) -> None:
        self.result = result
        self.is_method = is_method


def members_of(kind: str) -> dict[str, Member] | None:
    """The members of a type by name, or None for a type without a table."""
    text = MEMBERS.get(kind)
    if text is None:
        return None
    members = {}
    for word in text.split():
        name, _, result = word.partition("=")
        members[name.removesuffix("()")] = Member(result, name.endswith("()"))
    return members
