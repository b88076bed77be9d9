"""A REST client without a manager."""

from cloudify_rest_client.client import CloudifyClient  # noqa: F401
