"""Workflows over all stores."""

from cloudify.decorators import workflow
from cloudify.workflows import ctx as workflow_ctx
from cloudify.workflows.tasks import HandlerResult

SAVE = 'acme.interfaces.backup.save'
PRUNE = 'acme.interfaces.backup.prune'


def go_on(task):
    workflow_ctx.logger.warning('%s failed', task.name)
    return HandlerResult.ignore()


def stores(ctx):
    for node in ctx.nodes:
        if 'acme.nodes.Store' in node.type_hierarchy:
            for instance in node.instances:
                yield instance


@workflow
def save_all(ctx, label, prune, **kwargs):
    graph = ctx.graph_mode()
    for instance in stores(ctx):
        sequence = graph.sequence()
        saving = instance.execute_operation(SAVE, kwargs={'label': label})
        saving.on_failure = go_on
        sequence.add(
            instance.send_event('saving'),
            saving,
        )
        if prune:
            sequence.add(instance.execute_operation(PRUNE))
    graph.execute()


@workflow
def verify(ctx, node_id, **kwargs):
    node = ctx.get_node(node_id)
    for instance in node.instances:
        instance.execute_operation(SAVE, kwargs={'label': 'verify'}).get()
        instance.set_state('verified').get()
        ctx.logger.info('%s is verified', instance.id)
