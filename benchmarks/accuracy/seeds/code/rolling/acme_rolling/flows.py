from cloudify.decorators import workflow
from cloudify.plugins import lifecycle
from cloudify.workflows import api
from cloudify.workflows.tasks_graph import make_or_get_graph

PATCH = 'acme.maintenance.patch'
CHECK = 'acme.maintenance.check'
STOP = 'cloudify.interfaces.lifecycle.stop'
START = 'cloudify.interfaces.lifecycle.start'


def chosen(ctx, node_ids):
    found = []
    for instance in ctx.node_instances:
        if not node_ids or instance.node_id in node_ids:
            found.append(instance)
    return sorted(found, key=lambda instance: instance.id)


@make_or_get_graph
def patch_graph(ctx, level, node_ids):
    graph = ctx.graph_mode()
    before = None
    for instance in chosen(ctx, node_ids):
        subgraph = graph.subgraph('patch_{0}'.format(instance.id))
        subgraph.sequence().add(
            instance.execute_operation(STOP),
            instance.set_state('stopped'),
            instance.execute_operation(PATCH, kwargs={'level': level}),
            instance.execute_operation(START),
            instance.set_state('started'),
        )
        if before is not None:
            graph.add_dependency(subgraph, before)
        before = subgraph
    return graph


@workflow(resumable=True)
def patch_all(ctx, level, node_ids, **_):
    graph = patch_graph(ctx, level, node_ids, name='patch')
    graph.execute()


@workflow
def grow(ctx, node_id, by, **_):
    modification = ctx.deployment.start_modification({
        node_id: {'instances': len(list(ctx.get_node(node_id).instances)) + by},
    })
    graph = ctx.graph_mode()
    try:
        added = set(i for i in modification.added.node_instances if i.modification == 'added')
        related = set(modification.added.node_instances) - added
        lifecycle.install_node_instances(graph=graph, node_instances=added, related_nodes=related)
    except Exception:
        ctx.logger.error('growing failed')
        modification.rollback()
        raise
    modification.finish()
    if api.has_cancel_request():
        raise api.ExecutionCancelled()
