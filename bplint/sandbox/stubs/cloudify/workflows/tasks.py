"""Tasks of a workflow, under the names that workflow code imports."""

from cloudify.constants import (  # noqa: F401
    INSPECT_TIMEOUT,
    TASK_FAILED,
    TASK_PENDING,
    TASK_RESCHEDULED,
    TASK_RESPONSE_SENT,
    TASK_SENDING,
    TASK_SENT,
    TASK_STARTED,
    TASK_SUCCEEDED,
    TERMINATED_STATES,
)
from cloudify.workflows._engine_tasks import (  # noqa: F401
    GetNodeInstanceStateTask,
    SendNodeEventTask,
    SendWorkflowEventTask,
    SetNodeInstanceStateTask,
    UpdateExecutionStatusTask,
)
from cloudify.workflows._local_tasks import (  # noqa: F401
    DryRunLocalWorkflowTask,
    LocalWorkflowTask,
    NOPLocalWorkflowTask,
)
from cloudify.workflows._operations import RemoteWorkflowTask  # noqa: F401
from cloudify.workflows._results import _NOT_SET, HandlerResult, WorkflowTaskResult  # noqa: F401
from cloudify.workflows._task import (  # noqa: F401
    DEFAULT_RETRY_INTERVAL,
    DEFAULT_SEND_TASK_EVENTS,
    DEFAULT_SUBGRAPH_TOTAL_RETRIES,
    DEFAULT_TOTAL_RETRIES,
    INFINITE_TOTAL_RETRIES,
    WorkflowTask,
)

DISPATCH_TASK = "cloudify.dispatch.dispatch"
