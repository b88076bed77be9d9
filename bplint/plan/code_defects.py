"""Faults of what the child found: its record is JSON, and names kinds by their rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.plan.plan_faults import (
    EndlessRetries,
    EndlessWait,
    GraphLeftUnexecuted,
    HandlerBreaks,
    KwargsCollision,
    ModificationLeftStarted,
    ModificationRefused,
    NoSuchMember,
    NotATask,
    PlanGuard,
    SecondLoop,
    StaleInstance,
    TaskInTwoSubgraphs,
    TaskLeftOut,
    TaskNotInGraph,
    UnmappedOperationRun,
    WorkflowEndsProcess,
    WorkflowHangs,
    WorkflowRaises,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bplint.diagnostic import Related
    from bplint.plan.plan_faults import RunFault
    from bplint.span import Span

    Maker = Callable[[tuple[str, Span], "Data", Sequence[Related]], RunFault]

Data = dict[str, Any]


def fault_of(kind: str, place: tuple[str, Span], found: Data, related: Sequence[Related]) -> RunFault:
    """The fault of a defect in the child's record, of one of KINDS with the details that belong to it.

    place  path and span  |  found  the defect's `details`
    """
    return _MAKERS[kind](place, found, related)


def _endless_wait(at: tuple[str, Span], found: Data, related: Sequence[Related]) -> RunFault:
    is_containment = found["is_containment"]
    return EndlessWait(*at, related=related, tasks=found["tasks"], is_containment=is_containment)


def _workflow_ends_process(at: tuple[str, Span], found: Data, related: Sequence[Related]) -> RunFault:
    is_memory = found.get("is_memory", False)
    return WorkflowEndsProcess(*at, related=related, how=found.get("how", ""), is_memory=is_memory)


def _task_left_out(at: tuple[str, Span], found: Data, related: Sequence[Related]) -> RunFault:
    operation, instance = found["operation"], found["instance"]
    return TaskLeftOut(*at, related=related, task=found["task"], operation=operation, instance=instance)


def _unmapped_operation_run(at: tuple[str, Span], found: Data, related: Sequence[Related]) -> RunFault:
    return UnmappedOperationRun(
        *at,
        related=related,
        operation=found["operation"],
        instances=found["instances"],
        near=found.get("near"),
        is_awaited=found.get("is_awaited", False),
    )


def _kwargs_collision(at: tuple[str, Span], found: Data, related: Sequence[Related]) -> RunFault:
    names, operation = found["names"], found["operation"]
    return KwargsCollision(*at, related=related, names=names, operation=operation, node=found["node"])


def _modification_refused(at: tuple[str, Span], found: Data, related: Sequence[Related]) -> RunFault:
    entity, known = found.get("entity", ""), found.get("known", ())
    return ModificationRefused(*at, related=related, reason=found["reason"], entity=entity, known=known)


_MAKERS: Final[dict[str, Maker]] = {
    "endless-retries": lambda at, found, related: EndlessRetries(
        *at, related=related, task=found["task"], operation=found.get("operation")
    ),
    "endless-wait": _endless_wait,
    "graph-left-unexecuted": lambda at, found, related: GraphLeftUnexecuted(
        *at, related=related, tasks=found["tasks"]
    ),
    "handler-breaks": lambda at, found, related: HandlerBreaks(
        *at, related=related, handler=found["handler"], what=found["what"]
    ),
    "kwargs-collision": _kwargs_collision,
    "modification-left-started": lambda at, found, related: ModificationLeftStarted(*at, related=related),
    "modification-refused": _modification_refused,
    "no-such-member": lambda at, found, related: NoSuchMember(
        *at, related=related, owner=found["owner"], name=found["name"], near=found["near"]
    ),
    "not-a-task": lambda at, found, related: NotATask(
        *at, related=related, method=found["method"], given=found["given"]
    ),
    "plan-guard": lambda at, found, related: PlanGuard(
        *at, related=related, what=found["what"], detail=found["detail"]
    ),
    "second-loop": lambda at, found, related: SecondLoop(*at, related=related, what=found["what"]),
    "stale-instance": lambda at, found, related: StaleInstance(
        *at, related=related, instance=found["instance"], why=found["why"]
    ),
    "task-in-two-subgraphs": lambda at, found, related: TaskInTwoSubgraphs(
        *at, related=related, task=found["task"], holder=found["holders"][0]
    ),
    "task-left-out": _task_left_out,
    "task-not-in-graph": lambda at, found, related: TaskNotInGraph(
        *at, related=related, side=found["side"], task=found["task"]
    ),
    "unmapped-operation-run": _unmapped_operation_run,
    "workflow-ends-process": _workflow_ends_process,
    "workflow-hangs": lambda at, found, related: WorkflowHangs(*at, related=related, reason=found["reason"]),
    "workflow-raises": lambda at, found, related: WorkflowRaises(
        *at, related=related, exception=found["exception"], message=found["message"]
    ),
}
KINDS: Final = frozenset(_MAKERS)
