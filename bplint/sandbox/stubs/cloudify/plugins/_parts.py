"""Parts of a node instance's sequence: operations between events, and operations of its relationships."""

from itertools import groupby

from cloudify.plugins._handlers import _relationship_subgraph_on_failure
from cloudify.workflows.tasks_graph import forkjoin

_RELATIONSHIP = "cloudify.interfaces.relationship_lifecycle."


def _operation(instance, name, before, after):
    """An operation between two events, or nothing where it is not mapped."""
    if not instance.node.has_operation(name):
        return []
    return _skip_nop_operations(
        pre=instance.send_event(before),
        task=instance.execute_operation(name),
        post=instance.send_event(after),
    )


def _skip_nop_operations(task, pre=None, post=None):
    if not task or task.is_nop():
        return []
    around = [[] if one is None else one if isinstance(one, list) else [one] for one in (pre, post)]
    return around[0] + [task] + around[1]


def _relationship_operations(relationship, operation):
    return [
        relationship.execute_source_operation(operation),
        relationship.execute_target_operation(operation),
    ]


def _relationship_part(subgraph, instance, operation, before, after, reverse=False):
    task = _relationships_operations(subgraph, instance, _RELATIONSHIP + operation, reverse)
    return _skip_nop_operations(pre=instance.send_event(before), task=task, post=instance.send_event(after))


def _relationships_operations(graph, node_instance, operation, reverse=False, modified_relationship_ids=None):
    """A subgraph of the mapped operations of the relationships: instances of one relationship side by
    side, relationships one after the other. None where nothing is mapped."""
    forks = []
    relationships = node_instance._relationship_instances.values()
    for _, group in groupby(relationships, key=lambda one: one.relationship.target_id):
        mapped = []
        for relationship in group:
            if _is_modified(relationship, modified_relationship_ids):
                made = _relationship_operations(relationship, operation)
                mapped += [task for task in made if not task.is_nop()]
        if mapped:
            forks.append(forkjoin(*mapped))
    if not forks:
        return None
    subgraph = graph.subgraph("%s_subgraph" % operation)
    subgraph.on_failure = _relationship_subgraph_on_failure
    subgraph.sequence().add(*(reversed(forks) if reverse else forks))
    return subgraph


def _is_modified(relationship, modified_ids):
    if not modified_ids:
        return True
    return relationship.target_node_instance.node.id in modified_ids.get(
        relationship.node_instance.node.id, ()
    )
