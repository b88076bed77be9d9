"""`from cloudify.workflows import ctx, parameters` inside a workflow."""

from cloudify.state import workflow_ctx as ctx  # noqa: F401
from cloudify.state import workflow_parameters as parameters  # noqa: F401
from cloudify.workflows import workflow_api as api  # noqa: F401
