"""Which node instances a built-in workflow works on."""


def filter_node_instances(ctx, node_ids, node_instance_ids, type_names):
    """Instances that pass all filters; an empty filter passes everything."""
    node_ids, instance_ids = set(node_ids or ()), set(node_instance_ids or ())
    found = []
    for node in ctx.nodes:
        if node_ids and node.id not in node_ids:
            continue
        if type_names and not any(name in node.type_hierarchy for name in type_names):
            continue
        found += [one for one in node.instances if not instance_ids or one.id in instance_ids]
    return found


def all_host_instances(ctx):
    from cloudify.plugins.lifecycle import is_host_node

    return {instance for instance in ctx.node_instances if is_host_node(instance)}


def stubs(ctx, graph, chosen):
    """Empty subgraphs for the instances that were filtered out: dependencies lead through them."""
    ids = {instance.id for instance in chosen}
    return {
        instance.id: graph.subgraph(instance.id) for instance in ctx.node_instances if instance.id not in ids
    }


def wait_along_relationships(ctx, graph, tasks):
    for instance in ctx.node_instances:
        for target_id in instance._relationship_instances:
            graph.add_dependency(tasks[instance.id], tasks[target_id])


def all_but(ctx, instances):
    ids = {instance.id for instance in instances}
    return [instance for instance in ctx.node_instances if instance.id not in ids]
