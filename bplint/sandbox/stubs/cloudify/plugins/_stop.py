"""Steps that stop and delete a node instance."""

from cloudify.plugins._hosts import _host_pre_stop, is_host_node
from cloudify.plugins._parts import _operation, _relationship_part, _skip_nop_operations
from cloudify.workflows.tasks_graph import forkjoin

_LIFECYCLE = "cloudify.interfaces.lifecycle."


def _already(instance, what, state):
    return instance.send_event("%s: instance already %s" % (what, state))


def _stop_parts(instance):
    """Fork of the begin, validation, monitoring, prestop, host and stop parts, empty where unmapped."""
    return (
        [forkjoin(instance.set_state("stopping"), instance.send_event("Stopping node instance"))],
        _operation(
            instance,
            "cloudify.interfaces.validation.delete",
            "Validating node instance before deletion",
            "Node instance validated before deletion",
        ),
        _skip_nop_operations(instance.execute_operation("cloudify.interfaces.monitoring.stop")),
        _operation(instance, _LIFECYCLE + "prestop", "Prestopping node instance", "Node instance prestopped"),
        _host_pre_stop(instance) if is_host_node(instance) else [],
        _skip_nop_operations(
            task=instance.execute_operation(_LIFECYCLE + "stop"),
            post=instance.send_event("Stopped node instance"),
        ),
    )


def _stop_steps(instance, begin, validation, monitoring, prestop, host, stop):
    steps = list(begin)
    steps += validation or [instance.send_event("Validating node instance after deletion: nothing to do")]
    steps += monitoring + prestop + host
    steps += stop or [instance.send_event("Stopped node instance: nothing to do")]
    return steps


def _delete_steps(subgraph, instance):
    steps = _relationship_part(
        subgraph, instance, "unlink", "Unlinking relationships", "Relationships unlinked", reverse=True
    )
    steps += _skip_nop_operations(
        pre=forkjoin(instance.set_state("deleting"), instance.send_event("Deleting node instance")),
        task=instance.execute_operation(_LIFECYCLE + "delete"),
    ) or [instance.send_event("Deleting node instance: nothing to do")]
    steps += _operation(
        instance, _LIFECYCLE + "postdelete", "Postdeleting node instance", "Node instance postdeleted"
    )
    return steps
