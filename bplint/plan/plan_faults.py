"""What is wrong with workflow code and shows when it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.diagnostic import Related


class RunFault(Fault):
    """Base of what only a run of workflow code finds. `related`: where else it comes from."""

    related: Sequence[Related] = ()


class WorkflowRaises(RunFault):
    """An exception that ends the workflow."""

    exception: str
    message: str


class EndlessWait(RunFault):
    """Tasks that wait for each other. `is_containment`: one of them for the subgraph that it is in."""

    tasks: Sequence[str]
    is_containment: bool


class WorkflowEndsProcess(RunFault):
    """Code that ends its process: `how` in words, or 'signal' or 'exit' with its name or status as `detail`;
    or that takes all memory."""

    how: str = ""
    detail: str = ""
    is_memory: bool = False


class TaskNotInGraph(RunFault):
    """A dependency on a task that is in no graph. `side`: 'src' where it is the task that waits."""

    side: str
    task: str


class TaskLeftOut(RunFault):
    """A task that is made and added to no graph."""

    task: str
    operation: str | None
    instance: str | None


class GraphLeftUnexecuted(RunFault):
    """A graph that is never executed. `tasks`: how many are in it."""

    tasks: int


class UnmappedOperationRun(RunFault):
    """An unmapped operation is executed on these instances. `is_awaited`: its result is wanted."""

    operation: str
    instances: Sequence[str]
    near: str | None = None
    is_awaited: bool = False


class EngineReplaced(RunFault):
    """Code that puts something of its own in the place of a part of the workflow engine."""

    name: str


class HandlerBreaks(RunFault):
    """A handler of a task that does what none may do; `what` says it in words."""

    handler: str
    what: str


class KwargsCollision(RunFault):
    """Inputs that an operation has and is given again."""

    names: Sequence[str]
    operation: str
    node: str


class StaleInstance(RunFault):
    """A node instance from before a modification. `why`: 'gone' where it is no more."""

    instance: str
    why: str


class ModificationLeftStarted(RunFault):
    """A deployment modification that is neither finished nor rolled back."""


class ModificationRefused(RunFault):
    """A modification that does not start. `reason`: 'unknown-entity', which is none of the `known` ones, or
    'already-started'."""

    reason: str
    entity: str = ""
    known: Sequence[str] = ()


class EndlessRetries(RunFault):
    """A task whose handler retries it for ever."""

    task: str
    operation: str | None


class TaskInTwoSubgraphs(RunFault):
    """A task that is in the subgraph `holder` and is added to another."""

    task: str
    holder: str


class NoSuchMember(RunFault):
    """A name that a class or a module of the workflow API does not have. `near`: one that it has."""

    owner: str
    name: str
    near: str | None


class NotATask(RunFault):
    """A method that wants tasks and is given something else. `given`: the name of its class."""

    method: str
    given: str


class SecondLoop(RunFault):
    """An iterator that is gone through a second time. `what`: what it gave, in words."""

    what: str


class WorkflowHangs(RunFault):
    """Code that does not come to an end. `reason`: 'timeout', 'sleeps', 'too-many-tasks' or
    'result-of-unstarted-task'."""

    reason: str


class PlanGuard(RunFault):
    """Code that does what a plan does not do. `what`: 'connection', 'process', 'write' or 'kill'."""

    what: str
    detail: str
