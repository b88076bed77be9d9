"""Workflows of the notify plugin."""

from cloudify.decorators import workflow


@workflow
def announce_all(ctx, recipients, type_name, **_):
    """Run the announcement on every node instance of a type, one after the other."""
    graph = ctx.graph_mode()
    sequence = graph.sequence()
    for node in ctx.nodes:
        if type_name not in node.type_hierarchy:
            continue
        for instance in node.instances:
            sequence.add(
                instance.send_event("announcing"),
                instance.execute_operation(
                    "cloudify.interfaces.lifecycle.poststart",
                    kwargs={"recipients": recipients},
                ),
            )
    return graph.execute()
