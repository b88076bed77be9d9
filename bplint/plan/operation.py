"""What an operation of an execution is called, whatever task runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.record import Record

if TYPE_CHECKING:
    from bplint.plan.plan import Task


_PREFIXES: Final = (
    "cloudify.interfaces.lifecycle.",
    "cloudify.interfaces.relationship_lifecycle.",
    "cloudify.interfaces.",
)


class OperationKey(Record):
    """An operation of an instance; side, source and target are those of a relationship's. As text it is what
    the operation is called everywhere: `start@db#0`, `establish[app#0->db#0:source]`."""

    instance: str
    operation: str
    side: str | None = None
    source: str | None = None
    target: str | None = None

    def __str__(self) -> str:
        name = short_operation(self.operation)
        if self.side is None:
            return f"{name}@{self.instance}"
        return f"{name}[{self.source}->{self.target}:{self.side}]"


def short_operation(name: str) -> str:
    """An operation's name without what most of them begin with."""
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


def short_path(name: str) -> str:
    """The name of a subgraph or a path of them; operations in it without what most of them begin with."""
    for prefix in _PREFIXES:
        name = name.replace(prefix, "")
    return name


def key_of(task: Task) -> OperationKey:
    """The operation that a task runs."""
    return OperationKey(task.instance or "", task.operation or "", task.side, task.source, task.target)
