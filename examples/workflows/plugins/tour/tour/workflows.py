"""The steps of the tour: each workflow adds one idea to the one before."""

from cloudify.decorators import workflow
from cloudify.plugins import lifecycle
from cloudify.workflows import api, tasks


@workflow
def one_by_one(ctx, **_):
    """Step 1: one operation after the other."""
    for instance in ctx.node_instances:
        instance.execute_operation("tour.work").get()


@workflow
def with_events(ctx, **_):
    """Step 2: events tell who watches what is going on."""
    for instance in ctx.node_instances:
        instance.send_event("working").get()
        instance.execute_operation("tour.work").get()


@workflow
def in_order(ctx, **_):
    """Step 3: a graph runs side by side what does not wait for each other."""
    graph = ctx.graph_mode()
    done = {}
    for instance in ctx.node_instances:
        done[instance.id] = instance.execute_operation("tour.work")
        graph.add_task(done[instance.id])
    for instance in ctx.node_instances:
        for relationship in instance.relationships:
            graph.add_dependency(done[instance.id], done[relationship.target_id])
    return graph.execute()


@workflow
def in_groups(ctx, **_):
    """Step 4: subgraphs keep together what belongs to an instance, also one inside another."""
    graph = ctx.graph_mode()
    for instance in ctx.get_node("host").instances:
        outer = graph.subgraph(f"host_{instance.id}")
        sequence = outer.sequence()
        sequence.add(instance.send_event("working"), instance.execute_operation("tour.work"))
        for contained in instance.contained_instances:
            inner = outer.subgraph(f"app_{contained.id}")
            sequence.add(inner)
            inner.add_task(contained.execute_operation("tour.work"))
    return graph.execute()


@workflow
def with_handlers(ctx, **_):
    """Step 5: a handler decides what a failure means."""
    graph = ctx.graph_mode()
    for instance in ctx.node_instances:
        task = instance.execute_operation("tour.work")
        task.on_failure = _go_on
        graph.add_task(task)
    return graph.execute()


def _go_on(task):
    """A failed task does not end the execution."""
    return tasks.HandlerResult.ignore()


@workflow
def cancellable(ctx, **_):
    """Step 6: between operations, ask whether somebody has cancelled."""
    for instance in ctx.node_instances:
        if api.has_cancel_request():
            raise api.ExecutionCancelled()
        instance.execute_operation("tour.work").get()


@workflow
def grow(ctx, instances, **_):
    """Step 7: a modification makes node instances, which are installed or taken back."""
    modification = ctx.deployment.start_modification({"host": {"instances": instances}})
    try:
        added = [
            instance
            for node in modification.added.nodes
            for instance in node.instances
            if instance.modification == "added"
        ]
        lifecycle.install_node_instances(graph=ctx.graph_mode(), node_instances=set(added))
    except Exception:
        modification.rollback()
        raise
    modification.finish()
