"""Faults of workflow code that run through, and do not do what is meant."""

from __future__ import annotations

from bplint.pycode.code_faults import CodeFault


class HandlerAfterExecute(CodeFault):
    """A handler is set on a task after its graph was executed."""

    handler: str


class CancelRequestNotCalled(CodeFault):
    """`has_cancel_request` is tested and not called."""

    name: str


class CancellationReturned(CodeFault):
    """ExecutionCancelled is returned and not raised."""


class CancelRequestBreaksLoop(CodeFault):
    """A request to cancel ends a loop, and the workflow goes on behind it; `line` is where."""

    line: int


class TaskCompared(CodeFault):
    """A task is compared with the result that it may have."""


class HandlerOfLoopVariable(CodeFault):
    """A handler that is set in a loop reads the loop's variable when it runs."""

    name: str


class ModificationNotRolledBack(CodeFault):
    """A modification is finished, and left started where what is between fails."""


class WrongApiArguments(CodeFault):
    """A method of the API does not take these arguments; `problem` says what is wrong."""

    method: str
    problem: str


class KwargsRepeatInput(CodeFault):
    """`kwargs` give an input that the operation declares."""

    name: str
    operation: str


class NodeNameAsInstance(CodeFault):
    """The name of a node is given where the id of a node instance belongs."""

    name: str


class UnknownTypeTested(CodeFault):
    """A type hierarchy is asked for a type that nearly is one of the project."""

    name: str
