"""A stand-in for cloudify-common that performs nothing: the plan preview's side of the workflow API."""

from cloudify.state import ctx  # noqa: F401  the context of operations; there is none in a workflow

__version__ = "7.0.5"
