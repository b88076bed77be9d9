from cloudify.decorators import workflow
from cloudify.workflows import tasks as workflow_tasks
from cloudify.workflows.tasks_graph import forkjoin

REFUEL = 'fleet.drive.refuel'
ESTABLISH = 'cloudify.interfaces.relationship_lifecycle.establish'


class Noted(object):
    def __init__(self, word):
        self.word = word

    def dump(self):
        return {'word': self.word}

    def __call__(self, task):
        return workflow_tasks.HandlerResult.cont()


def has_operation(instance, name):
    return name in instance.node.operations


@workflow(system_wide=False)
def refuel(ctx, litres, **kwargs):
    graph = ctx.graph_mode()
    for instance in ctx.node_instances:
        if not has_operation(instance, REFUEL):
            continue
        task = instance.execute_operation(REFUEL, kwargs={'litres': litres})
        task.on_success = Noted('refuelled')
        sequence = graph.sequence()
        sequence.add(
            forkjoin(instance.send_event('stop'), instance.set_state('waiting')),
            task,
            instance.set_state('started'),
        )
    return graph.execute()


@workflow
def inspect(ctx, strict, **kwargs):
    results = []
    for node in ctx.nodes:
        for instance in node.instances:
            state = instance.get_state().get()
            if strict and state != 'started':
                raise RuntimeError('{0} is {1}'.format(instance.id, state))
            results.append(instance.id)
    ctx.logger.info('%d instances', len(results))
    return results


@workflow
def hitch_again(ctx, **kwargs):
    graph = ctx.graph_mode()
    for instance in ctx.node_instances:
        for relationship in instance.relationships:
            graph.add_task(relationship.execute_source_operation(ESTABLISH))
    graph.execute()
