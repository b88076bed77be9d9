"""What an operation of an execution is called, whatever task runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.record import Record

if TYPE_CHECKING:
    from bplint.plan.plan import Task


class OperationKey(Record):
    """An operation of an instance; side, source and target are those of a relationship's."""

    instance: str
    operation: str
    side: str | None = None
    source: str | None = None
    target: str | None = None

    def __str__(self) -> str:
        name = self.operation.removeprefix("cloudify.interfaces.")
        if self.side is None:
            return f"{name}@{self.instance}"
        return f"{name}[{self.source}->{self.target}:{self.side}]"


def key_of(task: Task) -> OperationKey:
    """The operation that a task runs."""
    return OperationKey(task.instance or "", task.operation or "", task.side, task.source, task.target)
