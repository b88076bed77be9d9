"""Members of a workflow's context that ask the manager."""


class ManagerCalls(object):
    """Mixed into the context. What the blueprint knows is answered; the rest is unknown, and noted."""

    def get_execution(self, execution_id=None):
        return self._client().executions.get(execution_id or self.execution_id)

    def get_blueprint(self, blueprint_id):
        return self._client().blueprints.get(blueprint_id)

    def get_deployment(self, deployment_id):
        return self._client().deployments.get(deployment_id)

    def list_nodes(self, **kwargs):
        return self._client().nodes.list(**kwargs)

    def list_node_instances(self, **kwargs):
        return self._client().node_instances.list(**kwargs)

    def create_nodes(self, deployment_id, nodes):
        return self._client().nodes.create_many(deployment_id, nodes)

    def create_node_instances(self, deployment_id, node_instances):
        return self._client().node_instances.create_many(deployment_id, node_instances)

    def update_node(self, deployment_id, node_id, **kwargs):
        return self._client().nodes.update(deployment_id, node_id, **kwargs)

    def delete_node(self, deployment_id, node_id):
        return self._client().nodes.delete(deployment_id, node_id)

    def delete_node_instance(self, node_id):
        return self._client().node_instances.delete(node_id)

    def set_deployment_attributes(self, deployment_id, **kwargs):
        return self._client().deployments.set_attributes(deployment_id, **kwargs)

    def get_deployment_update(self, update_id):
        return self._client().deployment_updates.get(update_id)

    def set_deployment_update_attributes(self, update_id, **kwargs):
        return self._client().deployment_updates.set_attributes(update_id, **kwargs)

    def list_execution_schedules(self, **kwargs):
        return self._client().execution_schedules.list(**kwargs)

    def create_execution_schedule(self, schedule_id, deployment_id, **kwargs):
        return self._client().execution_schedules.create(schedule_id, deployment_id, **kwargs)

    def update_execution_schedule(self, schedule_id, deployment_id, **kwargs):
        return self._client().execution_schedules.update(schedule_id, deployment_id, **kwargs)

    def get_managers(self):
        return self._client().manager.get_managers()

    def list_idds(self, **kwargs):
        return self._client().inter_deployment_dependencies.list(**kwargs)

    def update_idds(self, deployment_id, idds):
        return self._client().inter_deployment_dependencies.update_all(deployment_id, idds)

    def get_secret(self, key):
        return self._client().secrets.get(key)

    def start_execution(self, deployment_id, workflow_id, **kwargs):
        return self._client().executions.start(deployment_id, workflow_id, **kwargs)

    def _update_operation_inputs(self, *args, **kwargs):
        return None

    def download_resource(self, resource_path, target_path=None):
        return self._run.download_resource(resource_path, target_path)

    def get_tasks_graph(self, name):
        return None

    def store_tasks_graph(self, name, operations=None):
        return None

    def get_operations(self, graph_id):
        return []

    def store_operation(self, task, dependencies, graph_id):
        return None

    def update_operation(self, operation_id, state, result=None, exception=None):
        return None

    def remove_operation(self, operation_id):
        return None

    def cleanup(self, finished=True):
        return None

    def _client(self):
        return self.internal.handler.rest_client
