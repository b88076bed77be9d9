"""What an execution leaves behind: node instances that were made and not unmade, and who could still do it.

Only lifecycle operations tell: what an operation does is unknown, that it ran is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIFECYCLE: Final = "cloudify.interfaces.lifecycle."
CREATED: Final = "created"
STARTED: Final = "started"

_MAKES: Final = {
    **{LIFECYCLE + name: CREATED for name in ("create", "configure")},
    **{LIFECYCLE + name: STARTED for name in ("start", "poststart")},
}
_STOP: Final = LIFECYCLE + "stop"
_DELETE: Final = LIFECYCLE + "delete"
# what `uninstall` takes for done already, by the state it finds
_STOPPED_STATES: Final = frozenset(("stopped", "deleting", "deleted", "uninitialized", "configured"))
_DELETED_STATES: Final = frozenset(("deleted", "uninitialized"))
_FRESH_STATES: Final = frozenset((*_DELETED_STATES, "initializing"))
_RUNNING_STATES: Final = frozenset(("started", "starting", "stopping"))


class Left(Record):
    """A node instance that is left behind.

    level   'created' or 'started': how far the operations that ran have brought it
    state   its state in the model; None where the model has lost it
    missing mapped operations that would have undone it and did not run to their end
    lost    those of them that not even a later `uninstall` runs, since the model says there is nothing
    """

    instance: str
    level: str
    state: str | None
    missing: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def is_orphaned(self) -> bool:
        """Nothing that knows of it is left: neither the workflow nor a later `uninstall` would undo it."""
        if self.missing:
            return bool(self.lost)
        return self.state is None or self.state in _DELETED_STATES


class Ran(Record):
    """An operation as it ran: `outcome` is succeeded, failed or running."""

    operation: str
    instance: str
    outcome: str


class Mapped:
    """The lifecycle operations that nodes map to something, from a request."""

    def __init__(self, request: dict[str, Any]) -> None:
        tables = [
            {name for name, facts in table.items() if facts["operation"]}
            for table in request["operation_tables"]
        ]
        self._of_node = {node["id"]: tables[node["operations"]["table"]] for node in request["nodes"]}

    def has(self, instance: str, operation: str) -> bool:
        """Whether the instance's node maps the operation."""
        return operation in self._of_node.get(instance.rpartition("#")[0], ())

    def made_before(self, instance: str, state: str | None) -> set[str]:
        """How far an instance that is in this state when the execution begins was brought before."""
        if state is None or state in _FRESH_STATES:
            return set()
        levels = {_MAKES[name] for name in _MAKES if self.has(instance, name)}
        return levels if state in _RUNNING_STATES else levels - {STARTED}


def find_left(
    ran: Iterable[Ran],
    initial: Mapping[str, str | None],
    final: Mapping[str, str | None],
    mapped: Mapped,
) -> dict[str, Left]:
    """Everything that is made when the execution has ended, by instance."""
    levels = {one: found for one, state in initial.items() if (found := mapped.made_before(one, state))}
    for one in ran:
        level = _MAKES.get(one.operation)
        if level is not None:
            levels.setdefault(one.instance, set()).add(level)
        elif one.outcome == "succeeded" and one.operation == _STOP:
            levels.get(one.instance, set()).discard(STARTED)
        elif one.outcome == "succeeded" and one.operation == _DELETE:
            levels.pop(one.instance, None)
    return {one: _left(one, found, final.get(one), mapped) for one, found in levels.items() if found}


def _left(instance: str, levels: set[str], state: str | None, mapped: Mapped) -> Left:
    level = STARTED if STARTED in levels else CREATED
    wanted = (_STOP, _DELETE) if level == STARTED else (_DELETE,)
    missing = [name for name in wanted if mapped.has(instance, name)]
    done = {_STOP: _STOPPED_STATES, _DELETE: _DELETED_STATES}
    lost = [name for name in missing if state is None or state in done[name]]
    return Left(instance, level, state, tuple(missing), tuple(lost))
