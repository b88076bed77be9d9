"""Subgraphs that heal and update a node instance."""

from cloudify.plugins._handlers import (
    _on_heal_failure,
    _on_heal_success,
    _on_update_failure,
    _on_update_success,
)
from cloudify.state import workflow_ctx

_LIFECYCLE = "cloudify.interfaces.lifecycle."
_RELATIONSHIP = "cloudify.interfaces.relationship_lifecycle."


def heal_node_instance_subgraph(instance, graph, **_kwargs):
    subgraph = graph.subgraph("heal_%s" % instance.id)
    subgraph.sequence().add(
        instance.send_event("Healing node instance"),
        instance.execute_operation(_LIFECYCLE + "preheal"),
        instance.execute_operation(_LIFECYCLE + "heal"),
        instance.execute_operation(_LIFECYCLE + "postheal"),
        instance.send_event("Node instance healed"),
    )
    subgraph.info["instance_id"] = instance.id
    subgraph.on_success = _on_heal_success
    subgraph.on_failure = _on_heal_failure
    return subgraph


_UPDATES = ("preupdate", "update", "postupdate", "update_config", "update_apply", "update_postapply")


def update_node_instance_subgraph(instance, graph, **_kwargs):
    """Update operations of an instance that drifted; None where there is nothing to do."""
    properties = instance.system_properties
    operations = []
    if (properties.get("configuration_drift") or {}).get("result"):
        operations += [instance.execute_operation(_LIFECYCLE + name) for name in _UPDATES]
    source_drifts = properties.get("source_relationships_configuration_drift", {})
    for relationship in instance._relationship_instances.values():
        target = workflow_ctx.get_node_instance(relationship.target_id)
        target_drifts = target.system_properties.get("target_relationships_configuration_drift", {})
        if relationship.target_id in source_drifts:
            operations.append(relationship.execute_source_operation(_RELATIONSHIP + "update"))
        if relationship.source_id in target_drifts:
            operations.append(relationship.execute_target_operation(_RELATIONSHIP + "update"))
    operations = [task for task in operations if not task.is_nop()]
    if not operations:
        return None
    subgraph = graph.subgraph("update_%s" % instance.id)
    sequence = subgraph.sequence()
    sequence.add(instance.send_event("Updating node instance"))
    sequence.add(*operations)
    sequence.add(instance.send_event("Node instance updated"))
    subgraph.info["instance_id"] = instance.id
    subgraph.on_success = _on_update_success
    subgraph.on_failure = _on_update_failure
    return subgraph
