"""The manager, as far as a blueprint knows it."""

from cloudify_rest_client import CloudifyClient

from cloudify.state import current_workflow_ctx


def get_rest_client(tenant=None, api_token=None):
    """A client that answers from the plan's model and notes by name what it cannot answer."""
    return CloudifyClient(tenant=tenant, token=api_token)


def get_node_instance(node_instance_id, evaluate_functions=False, client=None):
    return (client or get_rest_client()).node_instances.get(node_instance_id)


def update_node_instance(node_instance, client=None):
    return (client or get_rest_client()).node_instances.update(
        node_instance.id,
        state=node_instance.state,
        runtime_properties=node_instance.runtime_properties,
        version=node_instance.version,
    )


def get_node_instance_ip(node_instance_id, client=None):
    return get_rest_client()._unknown("the address of node instance %s" % node_instance_id)


def update_execution_status(execution_id, status, error=None):
    return None


def get_bootstrap_context():
    return current_workflow_ctx.get_ctx().internal.bootstrap_context


def get_provider_context():
    return {}


def download_resource(resource_path, logger=None, target_path=None, **_location):
    return current_workflow_ctx.get_ctx().download_resource(resource_path, target_path)
