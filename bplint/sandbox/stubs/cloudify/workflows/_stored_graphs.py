"""What is left of a graph whose execution was interrupted."""

from collections import OrderedDict

from cloudify.workflows import tasks


def restore_graph(stored, graph, context):
    """Put into `graph` the tasks of a stored one that have not ended, and the subgraphs around them, which
    start anew."""
    kept = OrderedDict(
        (task.id, task) for task in stored.tasks if task.get_state() not in tasks.TERMINATED_STATES
    )
    for task in list(kept.values()):
        holder = task.containing_subgraph
        while holder is not None:
            kept.setdefault(holder.id, holder)
            holder = holder.containing_subgraph
    waits = {
        key: [one for one in stored.dependencies_of(task) if one.id in kept] for key, task in kept.items()
    }
    for task in kept.values():
        task.begin_anew(context)
        if task.is_subgraph:
            task.graph, task.ctx, task.failed_task = graph, context, None
            task.tasks = OrderedDict((key, one) for key, one in task.tasks.items() if key in kept)
        graph.add_task(task)
    for key, task in kept.items():
        if task.containing_subgraph is not None:
            graph.add_dependency(task, task.containing_subgraph)
        for one in waits[key]:
            graph.add_dependency(task, one)
    return graph
