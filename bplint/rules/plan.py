"""What only a run of the workflow's code finds: `bplint plan` and `validate --plan`.

The child process finds these faults while it simulates an execution; here they are put into words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.diagnostic import Effect, Severity
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.rules.context import Context


def _tell(fault: Fault, ctx: Context, message: str, help: str | None = None) -> Diagnostic:
    return ctx.report(fault, message, related=fault.details.get("related", ()), help=help)


def _listed(names: list[str], most: int = 4) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


@rule("BP780", "workflow-raises", effect=Effect.FAILS)
def workflow_raises(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code raises an exception, and the execution fails there.

    Why: what has run until then stays as it is, and nothing after it runs.
    """
    details = fault.details
    name = details.get("exception", "an exception")
    yield _tell(fault, ctx, f"the workflow fails here with {name}: {_one_line(details['message'])}")


@rule("BP781", "endless-wait", effect=Effect.FAILS)
def endless_wait(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Tasks wait for each other, or a task waits for the end of the subgraph that it is in.

    Why: the manager's engine notices nothing of it; the execution stays 'started' for ever, without a message.
    """
    details = fault.details
    circle = " -> ".join(f"'{name}'" for name in [*details["tasks"], *details["tasks"][:1]])
    what = "a task waits for its own subgraph" if details["is_containment"] else "tasks wait for each other"
    yield _tell(
        fault,
        ctx,
        f"{what}: {circle}; the execution would hang here for ever",
        help="take away one of the dependencies",
    )


@rule("BP782", "workflow-ends-process", effect=Effect.FAILS)
def workflow_ends_process(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code ends the process that it runs in, or takes more memory than there is.

    Why: on a manager the execution dies with it, and its status is never set.
    """
    details = fault.details
    how = details.get("how", "")
    if details.get("is_memory"):
        message = "the workflow takes more memory than a plan may have"
    elif how == "signal":
        message = f"the workflow's process was ended by {details['detail']} before the plan was through"
    elif how == "exit":
        message = f"the workflow's process ended with status {details['detail']} before the plan was through"
    else:
        message = f"the workflow ends its own process: {how}"
    yield _tell(fault, ctx, message)


@rule("BP783", "task-not-in-graph", effect=Effect.FAILS)
def task_not_in_graph(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A dependency names a task that is not in the graph.

    Why: the engine refuses it, and the execution fails before anything has run.
    """
    details = fault.details
    side = "waiting" if details["side"] == "src" else "awaited"
    yield _tell(
        fault,
        ctx,
        f"the {side} task '{details['task']}' is not in the graph",
        help="call add_task for both tasks before add_dependency",
    )


@rule("BP784", "task-left-out", effect=Effect.FAILS)
def task_left_out(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A task is made in graph mode and never added to the graph.

    Why: in graph mode making a task does nothing; the execution ends well, and the task has not run.
    """
    details = fault.details
    instance = f" on '{details['instance']}'" if details.get("instance") else ""
    yield _tell(
        fault,
        ctx,
        f"'{details.get('operation') or details['task']}'{instance} is never added to the graph and does not run",
    )


@rule("BP785", "graph-left-unexecuted", effect=Effect.FAILS)
def graph_left_unexecuted(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """The workflow ends with tasks in its graph that were never executed.

    Why: the execution ends well and has done nothing.
    """
    number = fault.details["tasks"]
    noun = "task" if number == 1 else "tasks"
    yield _tell(
        fault, ctx, f"the graph is never executed: {number} {noun} left in it", help="call graph.execute()"
    )


@rule("BP786", "unmapped-operation-run", effect=Effect.FAILS)
def unmapped_operation_run(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An operation is run that is not mapped on any of the node instances it is run on.

    Why: the engine takes it for a task that does nothing, and says nothing.
    """
    details = fault.details
    where = f"on {_listed(details['instances'])}"
    near = f"; did you mean '{details['near']}'?" if details.get("near") else ""
    if details.get("is_awaited"):
        message = f"operation '{details['operation']}' is not mapped {where}: there is no result to get"
        yield _tell(fault, ctx, message, help="ask node.has_operation first")
    else:
        yield _tell(
            fault, ctx, f"operation '{details['operation']}' is not mapped {where}: nothing runs{near}"
        )


@rule("BP787", "engine-replaced", effect=Effect.ADVICE, severity=Severity.WARNING)
def engine_replaced(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code replaces a part of the workflow engine.

    Why: from there on the plan shows what the replacement does, which need not be what a manager does.
    """
    yield _tell(fault, ctx, f"'{fault.details['name']}' of the workflow engine is replaced")


@rule("BP788", "handler-breaks", effect=Effect.FAILS)
def handler_breaks(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A task handler takes no task, gives no HandlerResult, or cannot be stored.

    Why: the execution fails when the task ends, that is after the operation has run.
    """
    details = fault.details
    yield _tell(
        fault,
        ctx,
        f"handler '{details['handler']}' {details['what']}",
        help="a handler takes the task and returns HandlerResult.cont(), retry(), fail() or ignore()",
    )


@rule("BP789", "kwargs-collision", effect=Effect.FAILS)
def kwargs_collision(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Arguments for an operation repeat inputs that the blueprint gives it.

    Why: the engine refuses to make the task unless it is told that overriding is meant.
    """
    details = fault.details
    plural = "s" if len(details["names"]) > 1 else ""
    yield _tell(
        fault,
        ctx,
        f"input{plural} {_listed(details['names'])} of '{details['operation']}' on node '{details['node']}' "
        "would be given twice",
        help="pass allow_kwargs_override=True",
    )


@rule("BP790", "stale-instance", effect=Effect.FAILS)
def stale_instance(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A node instance is used that a deployment modification removed, or whose object is older than it.

    Why: on a removed instance nothing can run; an object from before the modification knows neither the
    new instances nor the new relationships.
    """
    details = fault.details
    if details["why"] == "gone":
        message = f"node instance '{details['instance']}' was removed by the modification"
    else:
        message = f"node instance '{details['instance']}' was taken before the modification began"
    yield _tell(fault, ctx, message, help="take instances from ctx again after ctx.refresh_node_instances()")


@rule("BP791", "modification-left-started", effect=Effect.FAILS)
def modification_left_started(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A deployment modification is neither finished nor rolled back.

    Why: it stays started, and a manager refuses every later one.
    """
    yield _tell(
        fault,
        ctx,
        "the deployment modification that begins here is neither finished nor rolled back",
        help="call finish() when all went well and rollback() when not",
    )


@rule("BP792", "modification-refused", effect=Effect.FAILS)
def modification_refused(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A deployment modification names what cannot be scaled, or another one is still started.

    Why: the manager refuses it, and the execution fails.
    """
    details = fault.details
    if details["reason"] == "unknown-entity":
        yield ctx.report(
            fault,
            f"there is no node and no scaling group '{details['entity']}'",
            near=(details["entity"], details["known"]),
        )
    else:
        yield _tell(fault, ctx, "another deployment modification is still started")


@rule("BP793", "endless-retries", effect=Effect.FAILS)
def endless_retries(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A task is retried for ever.

    Why: a handler that always asks for a retry and ignores the limit keeps the execution running.
    """
    details = fault.details
    what = details.get("operation") or details["task"]
    yield _tell(
        fault, ctx, f"'{what}' is retried for ever", help="ask the task's current_retries and give up"
    )


@rule("BP794", "task-in-two-subgraphs", effect=Effect.FAILS)
def task_in_two_subgraphs(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A task is added to a second subgraph.

    Why: a task belongs to one subgraph; the engine refuses it.
    """
    details = fault.details
    yield _tell(
        fault,
        ctx,
        f"task '{details['task']}' is in subgraph '{details['holders'][0]}' and cannot be in another",
    )


@rule("BP795", "no-such-member", effect=Effect.FAILS)
def no_such_member(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code uses a name that the workflow API does not have.

    Why: the execution fails there.
    """
    details = fault.details
    near = f"; did you mean '{details['near']}'?" if details.get("near") else ""
    yield _tell(fault, ctx, f"{details['owner']} has no '{details['name']}'{near}")


@rule("BP796", "not-a-task", effect=Effect.FAILS)
def not_a_task(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Something that is no task is given where a task is wanted.

    Why: a sequence takes tasks one by one, or a forkjoin of them; a list or None ends the execution.
    """
    details = fault.details
    is_list = details["given"] in ("list", "tuple", "set", "generator")
    help = f"pass the tasks one by one: {details['method']}(*tasks)" if is_list else None
    yield _tell(fault, ctx, f"{details['method']} wants tasks and gets a {details['given']}", help=help)


@rule("BP797", "second-loop", effect=Effect.FAILS)
def second_loop(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A saved iterator is gone through a second time and gives nothing.

    Why: nodes, instances and relationships come as iterators; a second loop over the same one runs zero times.
    """
    yield _tell(
        fault,
        ctx,
        f"{fault.details['what']} was gone through before: this loop sees nothing",
        help="make a list of it",
    )


@rule("BP798", "workflow-hangs", effect=Effect.FAILS)
def workflow_hangs(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code does not come to an end.

    Why: an execution on a manager would not either, and cannot be cancelled unless it asks for that.
    """
    reasons: dict[str, str] = {
        "timeout": "the workflow was still here when the time for the plan was over",
        "sleeps": "the workflow waits here for something that does not happen in a plan",
        "result-of-unstarted-task": "the result of a task that has not been started is waited for",
        "too-many-tasks": "the workflow makes tasks without end",
    }
    yield _tell(fault, ctx, reasons.get(fault.details["reason"], "the workflow does not come to an end"))


@rule("BP799", "plan-guard", effect=Effect.ADVICE, severity=Severity.WARNING)
def plan_guard(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code does what a plan does not do: open a connection, start a process, write a file.

    Why: a plan performs nothing; what depends on it cannot be shown.
    """
    details = fault.details
    what = {
        "connection": "opens a connection",
        "process": "starts a process",
        "write": "writes outside its scratch folder",
        "kill": "sends a signal",
    }.get(details["what"], details["what"])
    yield _tell(fault, ctx, f"the workflow {what} ({details['detail']}), which a plan does not do")


def _one_line(text: Any) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= 300 else line[:297] + "..."
