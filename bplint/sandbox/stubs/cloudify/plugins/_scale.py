"""The built-in scale workflow."""

from cloudify.decorators import workflow
from cloudify.plugins import lifecycle


@workflow(resumable=True)
def scale_entity(
    ctx,
    scalable_entity_name,
    delta,
    scale_compute,
    ignore_failure=False,
    include_instances=None,
    exclude_instances=None,
    rollback_if_failed=True,
    abort_started=False,
    **kwargs,
):
    include, exclude = _as_list(include_instances), _as_list(exclude_instances)
    delta = _as_number(delta)
    if delta == 0:
        ctx.logger.info("delta parameter is 0, so no scaling will take place.")
        return
    if delta > 0 and (include or exclude):
        raise ValueError("Instances cannot be included or excluded when scaling up.")
    entity, current = _find_entity(ctx, scalable_entity_name, delta, scale_compute, include, exclude)
    if current + delta < 0:
        raise ValueError(
            "Provided delta: %s is illegal. current number of instances of entity %s is %s"
            % (delta, scalable_entity_name, current)
        )
    if abort_started:
        _abort_started(ctx, ignore_failure)
    modification = ctx.deployment.start_modification(
        {
            entity: {
                "instances": current + delta,
                "removed_ids_exclude_hint": exclude,
                "removed_ids_include_hint": include,
            }
        }
    )
    ctx.refresh_node_instances()
    _apply(ctx, modification, delta, scalable_entity_name + "_", ignore_failure, rollback_if_failed)


@workflow
def scale(ctx, node_id, delta, scale_compute, **kwargs):
    """The name that older types.yaml files map."""
    return scale_entity(
        ctx=ctx, scalable_entity_name=node_id, delta=delta, scale_compute=scale_compute, **kwargs
    )


def _apply(ctx, modification, delta, prefix, ignore_failure, rollback_if_failed):
    graph = ctx.graph_mode()
    try:
        ctx.logger.info("Deployment modification started. [modification_id=%s]" % modification.id)
        if delta > 0:
            _scale_out(ctx, graph, modification, prefix, ignore_failure, rollback_if_failed)
        else:
            removed, related = _split(ctx, modification.removed, "removed")
            lifecycle.uninstall_node_instances(
                graph=graph,
                node_instances=removed,
                ignore_failure=ignore_failure,
                related_nodes=related,
                name_prefix=prefix,
            )
    except Exception:
        if rollback_if_failed:
            ctx.logger.warning("Rolling back deployment modification. [modification_id=%s]" % modification.id)
            modification.rollback()
        raise
    modification.finish()


def _scale_out(ctx, graph, modification, prefix, ignore_failure, rollback_if_failed):
    added, related = _split(ctx, modification.added, "added")
    try:
        lifecycle.install_node_instances(
            graph=graph, node_instances=added, related_nodes=related, name_prefix=prefix
        )
    except Exception:
        if not rollback_if_failed:
            ctx.logger.error("Scale out failed.")
            raise
        ctx.logger.error("Scale out failed, scaling back in.")
        for task in graph.tasks:
            graph.remove_task(task)
        ctx.refresh_node_instances()
        added, _ = _split(ctx, modification.added, "added")
        lifecycle.rollback_node_instances(
            graph=graph,
            node_instances=added,
            ignore_failure=ignore_failure,
            related_nodes=related,
            name_prefix=prefix,
        )
        raise


def _split(ctx, side, what):
    """The context's instances for a side of a modification: those it made or takes, and those around."""
    concerned, around = [], []
    for instance in side.node_instances:
        found = ctx.get_node_instance(instance.id)
        (concerned if instance.modification == what else around).append(found)
    return concerned, around


def _find_entity(ctx, name, delta, scale_compute, include, exclude):
    """(what is scaled, how many of it there are now)"""
    group = ctx.deployment.scaling_groups.get(name)
    if group:
        members = _group_members(ctx)
        known = set(members).union(*members.values()) if members else set()
        _check_hints(include, exclude, known, delta, scale_compute, members)
        return name, group["properties"]["current_instances"]
    node = ctx.get_node(name)
    if not node:
        raise ValueError("No scalable entity named %s was found" % name)
    ids = [instance.id for instance in node.instances]
    _check_hints(include, exclude, ids, delta, scale_compute, None)
    host = node.host_node
    scaled = host if scale_compute and host else node
    return scaled.id, scaled.number_of_instances


def _group_members(ctx):
    members = {}
    for instance in ctx.node_instances:
        for group in instance.scaling_groups:
            members.setdefault(group["id"], []).append(instance.id)
    return members


get_groups_with_members = _group_members


def _check_hints(include, exclude, known, delta, scale_compute, members):
    if not include and not exclude:
        return
    errors = []
    for what, ids in (("included", include), ("excluded", exclude)):
        missing = sorted(set(ids).difference(known))
        if missing:
            errors.append("The following %s instances did not exist: %s." % (what, ", ".join(missing)))
    both = sorted(set(include).intersection(exclude))
    if both:
        errors.append("The following instances were both excluded and included: %s." % ", ".join(both))
    errors.extend(_too_many_exclusions(exclude, known, delta, members))
    if scale_compute:
        errors.append("Cannot include or exclude instances while scale_compute is True.")
    if errors:
        raise RuntimeError(" ".join(errors))


def _too_many_exclusions(exclude, known, delta, members):
    if members:
        spared = {
            group for group, ids in members.items() if group in exclude or any(one in ids for one in exclude)
        }
        if len(members) + delta < len(spared):
            yield "Instances from too many different groups were excluded."
    elif len(known) + delta < len(exclude):
        yield "Target number of instances is less than excluded instance count."


def _abort_started(ctx, ignore_failure):
    for modification in ctx.deployment.list_started_modifications():
        ctx.logger.info("Rolling back deployment modification. [modification_id=%s]", modification.id)
        added, related = _split(ctx, modification.added, "added")
        if added:
            lifecycle.uninstall_node_instances(
                graph=ctx.graph_mode(),
                node_instances=added,
                ignore_failure=ignore_failure,
                related_nodes=related,
            )
        modification.rollback()


def _as_list(value):
    if not value:
        return []
    return value if isinstance(value, list) else [value]


def _as_number(delta):
    if isinstance(delta, int):
        return delta
    try:
        return int(delta)
    except ValueError:
        raise ValueError("The delta parameter must be a number. Got: %s" % delta) from None
