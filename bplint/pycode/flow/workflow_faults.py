"""Faults of the code of workflows."""

from __future__ import annotations

from bplint.pycode.code_faults import ArgumentFault, CodeFault, FunctionFault

# -- graphs


class GraphNeverExecuted(CodeFault):
    """A graph is asked for and never executed."""


class ListInSequence(CodeFault):
    """Tasks are to be given one by one; `what` is given instead, with its article, to `call`."""

    what: str
    call: str


class GraphWithoutName(CodeFault):
    """A function under make_or_get_graph is called without `name`."""

    function: str


class GraphNotReturned(FunctionFault):
    """A function under make_or_get_graph returns no graph."""


class ModificationLeftOpen(CodeFault):
    """A modification is started, and neither finished nor rolled back."""


class NothingAdded(CodeFault):
    """Nothing is put into a sequence or subgraph (`what`)."""

    what: str


class ResumableWithoutStoredGraph(CodeFault):
    """A workflow is resumable and builds its graph anew."""

    function: str


# -- tasks and their handlers


class HandlerWithoutResult(FunctionFault):
    """A handler of a task has a way on which it returns no HandlerResult."""


class HandlerArguments(FunctionFault):
    """A handler of a task cannot be called with the task alone."""


class HandlerNotStorable(CodeFault):
    """A handler cannot be stored with its graph."""


class TaskNeverAdded(CodeFault):
    """The task that `method` makes is put into no graph."""

    method: str


class TaskNotAwaited(CodeFault):
    """The task that `method` starts is not waited for."""

    method: str


class GetInGraphMode(CodeFault):
    """`get()` is called on a task of a graph, which has none."""


# -- cancellation


class CodeAfterExecute(CodeFault):
    """A cancellation skips what stands behind `execute()`."""


class DeprecatedCancelledResult(CodeFault):
    """A workflow returns the value that once said it was cancelled."""


class SwallowedCancellation(CodeFault):
    """A handler of exceptions also catches the cancellation."""


class LoopIgnoresCancellation(CodeFault):
    """A loop that waits never asks whether the execution was cancelled."""


class LongSleep(CodeFault):
    """A sleep so long that somebody may want to cancel it."""

    seconds: float


class CancellationNotRaisedAgain(CodeFault):
    """ExecutionCancelled is caught and goes no further."""


class CancelRequestAnsweredByReturn(CodeFault):
    """A request to cancel is answered by a plain return."""


class ExecuteResultCompared(CodeFault):
    """The result of `execute()` is compared with a value that it never has."""


# -- members and names


class UnknownOperationMember(CodeFault):
    """The operation context or a part of it (`owner`) has no such member; `is_workflows` where the context
    of workflows has it."""

    owner: str
    member: str
    is_workflows: bool


class ContextOfOtherSide(CodeFault):
    """An operation of a node or a relationship (`side`) asks for what only the other kind has."""

    member: str
    side: str


class UnknownMember(CodeFault):
    """An object or module of the API has no such member; `hint` is the one to use, or empty."""

    member: str
    owner: str
    hint: str


class OperationContextMember(CodeFault):
    """A member that only the context of operations has."""

    member: str


class OperationContextInWorkflow(CodeFault):
    """A workflow uses the context of operations."""

    name: str


class IteratorUsedTwice(CodeFault):
    """An iterator that was walked before is walked again."""

    name: str


class IteratorIndexed(CodeFault):
    """An iterator is used as a list or a function is; `how` is the participle."""

    how: str


class NextOfInstances(CodeFault):
    """`next()` of a node's instances, of which there may be none."""


class RuntimePropertiesNotStored(CodeFault):
    """A workflow changes its own copy of runtime properties."""


class UndefinedName(CodeFault):
    """A name that nothing defines."""

    name: str


class UndeclaredParameterRead(CodeFault):
    """A parameter is read that no workflow of the function declares."""

    name: str


class ParameterNeverRead(ArgumentFault):
    """A declared parameter that the function never looks at."""

    function: str


# -- names in quotes


class ShortOperationName(CodeFault):
    """An operation is called without its interface; `full` is one that it may mean."""

    name: str
    full: str | None


class UnknownOperationCalled(CodeFault):
    """Nothing has the operation that is called."""

    name: str


class UnknownNodeId(CodeFault):
    """The blueprint has no such node."""

    name: str


class UnknownState(CodeFault):
    """A node instance is never in such a state."""

    name: str


class UnknownModificationValue(CodeFault):
    """The modification of an instance never has this value."""

    name: str
