"""Answers of the client: from the model where the blueprint knows them, unknown and noted where not."""

import copy

from _bplint_engine.answers import request_of
from _bplint_engine.storage import Row
from _bplint_engine.unknown import Unknown
from cloudify.state import NotInContext, current_workflow_ctx

from cloudify_rest_client.exceptions import NotFoundError


def _run():
    return current_workflow_ctx.get_ctx()._run


class ListResponse(list):
    """A list of everything: there is only one page."""

    def __init__(self, items):
        list.__init__(self, items)
        pagination = Row(total=len(items), size=len(items), offset=0)
        self.metadata = Row(pagination=pagination, filtered=None)

    items = property(lambda self: list(self))

    def one(self):
        if len(self) != 1:
            raise ValueError("expected one item, found %d" % len(self))
        return self[0]


class Resource(object):
    """A part of the client. A call it does not define is noted, and its answer is unknown."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        full = "%s.%s" % (self._name, name)

        def call(*args, **kwargs):
            return unknown(full, request_of(self._name, name, args, kwargs))

        return call


def unknown(what, request=None):
    """The answer of a call that only a manager could give: what was given for the request, else unknown."""
    try:
        run = _run()
    except NotInContext:
        return Unknown("answer of the manager to %s" % what)
    answers = run.given.get("answers") or {}
    if request in answers:
        return as_resource(copy.deepcopy(answers[request]))
    run.cannot_answer(what, "answers, '%s'" % request if request else None)
    return Unknown("answer of the manager to %s" % what)


def as_resource(value):
    """Plain data as the real client gives it: keys are attributes, lists have pages."""
    if isinstance(value, dict):
        if set(value) >= {"items", "metadata"} and isinstance(value["items"], list):
            return as_resource(value["items"])
        return Row((key, as_resource(one)) for key, one in value.items())
    return ListResponse([as_resource(one) for one in value]) if isinstance(value, list) else value


class Secrets(Resource):
    def get(self, key, **_options):
        secrets = _run().given.get("secrets") or {}
        if key in secrets:
            return Row(key=key, value=secrets[key])
        _run().cannot_answer("secret '%s'" % key, "secrets, '%s'" % key)
        return Row(key=key, value=Unknown("secret '%s'" % key))


def _is_ours(deployment_id):
    return deployment_id in (None, _run().deployment["id"])


def _project(rows, include):
    if not include:
        return ListResponse(rows)
    return ListResponse([Row((key, row[key]) for key in include if key in row) for row in rows])


class Nodes(Resource):
    def list(self, deployment_id=None, node_id=None, _include=None, **filters):
        if not _is_ours(deployment_id):
            return unknown("nodes.list of deployment %s" % deployment_id, "GET /nodes")
        return _project([row for row in _rows_of_nodes() if node_id in (None, row["id"])], _include)

    def get(self, deployment_id, node_id, **_options):
        if not _is_ours(deployment_id):
            return unknown("nodes.get of deployment %s" % deployment_id, "GET /nodes")
        for row in _rows_of_nodes():
            if row["id"] == node_id:
                return row
        raise NotFoundError("404: Requested Node with ID `%s` was not found" % node_id, status_code=404)


def _rows_of_nodes():
    deployment_id = _run().deployment["id"]
    return [Row(row, deployment_id=deployment_id) for row in _run().storage.nodes.values()]


class NodeInstances(Resource):
    def list(
        self,
        deployment_id=None,
        node_name=None,
        node_id=None,
        node_instance_id=None,
        state=None,
        _include=None,
        **_,
    ):
        if not _is_ours(deployment_id):
            return unknown("node_instances.list of deployment %s" % deployment_id, "GET /node-instances")
        nodes = [one for one in (node_name, node_id) if one]
        rows = []
        for row in _run().storage.list_instances():
            row["deployment_id"] = _run().deployment["id"]
            if nodes and row["node_id"] not in nodes:
                continue
            if state in (None, row["state"]) and node_instance_id in (None, row["id"]):
                rows.append(row)
        return _project(rows, _include)

    def get(self, node_instance_id, _include=None, evaluate_functions=False):
        found = _run().storage.instances.get(node_instance_id)
        if found is None:
            raise NotFoundError(
                "404: Requested NodeInstance with ID `%s` was not found" % node_instance_id, status_code=404
            )
        return _run().storage.copy_instance(found)

    def update(self, node_instance_id, state=None, runtime_properties=None, version=1, force=False, **more):
        return _run().storage.update_instance(
            node_instance_id,
            state=state,
            runtime_properties=runtime_properties,
            system_properties=more.get("system_properties"),
            relationships=more.get("relationships"),
        )


class Deployments(Resource):
    def get(self, deployment_id=None, _include=None, **_options):
        if not _is_ours(deployment_id):
            return unknown("deployments.get of %s" % deployment_id, "GET /deployments/%s" % deployment_id)
        facts = _run().deployment
        return Row(
            id=facts["id"],
            blueprint_id=facts.get("blueprint_id", facts["id"]),
            display_name=facts.get("display_name", facts["id"]),
            tenant_name=facts.get("tenant", "default_tenant"),
            scaling_groups=_run().storage.scaling_groups,
            workflows=[Row(name=name) for name in facts.get("workflows", ())],
            inputs=facts.get("inputs", {}),
            capabilities=Unknown("capabilities of the deployment"),
            outputs=Unknown("outputs of the deployment"),
            labels=facts.get("labels", []),
        )

    class _Part(object):
        def __init__(self, name):
            self._name = name

        def get(self, deployment_id):
            known = (_run().given.get("capabilities") or {}).get(deployment_id)
            if self._name == "capabilities" and known is not None:
                return Row(deployment_id=deployment_id, capabilities=as_resource(copy.deepcopy(known)))
            request = "GET /deployments/%s/%s" % (deployment_id, self._name)
            return unknown("deployments.%s.get" % self._name, request)

    outputs = _Part("outputs")
    capabilities = _Part("capabilities")


class Executions(Resource):
    def get(self, execution_id, **_options):
        run = _run()
        if execution_id != run.execution_id:
            return unknown("executions.get of %s" % execution_id, "GET /executions/%s" % execution_id)
        return Row(
            id=run.execution_id,
            workflow_id=run.workflow,
            status="cancelling" if run.is_cancelled() else "started",
            deployment_id=run.deployment["id"],
            parameters=dict(run.order.get("parameters") or {}),
        )


_KNOWN = {
    "nodes": Nodes,
    "node_instances": NodeInstances,
    "deployments": Deployments,
    "executions": Executions,
    "secrets": Secrets,
}


class CloudifyClient(object):
    """Every resource of the real client is here; what a blueprint does not know is unknown."""

    def __init__(self, host="localhost", port=None, protocol="http", **_settings):
        self.host = host
        self.port = port
        self.protocol = protocol

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        resource = _KNOWN.get(name, Resource)(name)
        setattr(self, name, resource)
        return resource

    @staticmethod
    def _unknown(what):
        return unknown(what)
