"""What a change of a blueprint does to an execution: two plans of one workflow, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.plan.operation import OperationKey, key_of
from bplint.plan.waits import find_order
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from bplint.plan.plan import NodeInstance, Plan, Task

_MISSING: Final = object()
_FIELDS: Final = ("mapping", "plugin", "executor", "max_retries", "retry_interval", "timeout")


class PlanChange(Record):
    """A difference of a value; None with `has_old` or `has_new` False where there is none.

    what  a field, for inputs with the path in them: `inputs.config.ports[0]`
    """

    what: str
    old: Any = None
    new: Any = None
    has_old: bool = True
    has_new: bool = True


class OperationRun(Record):
    """An operation of a plan. `number` counts where one execution runs it more than once, from 1."""

    key: OperationKey
    number: int = 1

    def __str__(self) -> str:
        return f"{self.key}" if self.number == 1 else f"{self.key}~{self.number}"


class AddedOperation(Record):
    """An operation that only one of the plans has: what it is mapped to and what it directly waits for."""

    operation: OperationRun
    mapping: str | None
    after: tuple[OperationRun, ...]


class Wait(Record):
    """`later` must not start before `earlier` has ended."""

    earlier: OperationRun
    later: OperationRun


class PlanChanges(Record):
    """All differences, each list in the order of the plans.

    execution   of the execution itself: workflow code, status, error
    parameters  of its parameters, by name
    instances   added, removed; changed: the host, relationships, the state before and after
    operations  added, removed; changed: what they are mapped to, inputs, retries
    waits       between operations that both plans have
    """

    old: str
    new: str
    workflow: str
    execution: tuple[PlanChange, ...]
    parameters: tuple[PlanChange, ...]
    added_instances: tuple[str, ...]
    removed_instances: tuple[str, ...]
    changed_instances: tuple[tuple[str, tuple[PlanChange, ...]], ...]
    added_operations: tuple[AddedOperation, ...]
    removed_operations: tuple[AddedOperation, ...]
    changed_operations: tuple[tuple[OperationRun, tuple[PlanChange, ...]], ...]
    added_waits: tuple[Wait, ...]
    removed_waits: tuple[Wait, ...]

    @property
    def headline(self) -> str:
        """The comparison in a line."""
        number = self.total
        text = "nothing changes" if not number else "1 change" if number == 1 else f"{number} changes"
        return f"{self.workflow} of {self.new} against {self.old}: {text}"

    @property
    def total(self) -> int:
        """How many differences there are."""
        changed = (*self.changed_instances, *self.changed_operations)
        return (
            sum(len(part) for part in self[3:7])
            + sum(
                len(part)
                for part in (
                    self.added_operations,
                    self.removed_operations,
                    self.added_waits,
                    self.removed_waits,
                )
            )
            + sum(len(changes) for _, changes in changed)
        )


def compare(old: Plan, new: Plan) -> PlanChanges:
    """Everything that differs between two plans."""
    before, after = _Runs(old), _Runs(new)
    common = [run for run in after.tasks if run in before.tasks]
    orders = [runs.order(common) for runs in (before, after)]
    instances = {one.id: one for one in old.instances}, {one.id: one for one in new.instances}
    return PlanChanges(
        old=old.blueprint,
        new=new.blueprint,
        workflow=new.execution.workflow,
        execution=tuple(_execution(old, new)),
        parameters=tuple(_parameters(old, new)),
        added_instances=tuple(name for name in instances[1] if name not in instances[0]),
        removed_instances=tuple(name for name in instances[0] if name not in instances[1]),
        changed_instances=tuple(
            (name, changes)
            for name, one in instances[1].items()
            if name in instances[0] and (changes := tuple(_instance(instances[0][name], one)))
        ),
        added_operations=after.without(before),
        removed_operations=before.without(after),
        changed_operations=tuple(
            (run, changes)
            for run in common
            if (changes := tuple(_operation(before.tasks[run], after.tasks[run])))
        ),
        added_waits=tuple(_waits(common, orders[0], orders[1])),
        removed_waits=tuple(_waits(common, orders[1], orders[0])),
    )


def waits_between(plan: Plan, wanted: Collection[OperationRun]) -> Iterator[Wait]:
    """What waits for what among these operations, as directly as can be said with them."""
    runs = _Runs(plan)
    found = [run for run in runs.tasks if run in wanted]
    for number, direct in runs.order(found).direct.items():
        yield from (Wait(found[one], found[number]) for one in direct)


class _Runs:
    """The operations of a plan that it would run or let fail, and their order."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tasks: dict[OperationRun, Task] = {}
        self._steps: list[dict[str, OperationRun]] = []
        counts: dict[OperationKey, int] = {}
        for step in plan.steps:
            runs: dict[str, OperationRun] = {}
            for task in step.tasks:
                if task.kind == "operation":
                    key = key_of(task)
                    counts[key] = counts.get(key, 0) + 1
                    run = runs[task.key] = OperationRun(key, counts[key])
                    self.tasks[run] = task
            self._steps.append(runs)

    def order(self, runs: Iterable[OperationRun]) -> _Order:
        """The order between these; steps come one after the other."""
        order = _Order({}, {})
        earlier = 0  # all of the steps before, and the last of them
        last: tuple[int, ...] = ()
        index = {run: number for number, run in enumerate(runs)}
        for step, names in zip(self.plan.steps, self._steps, strict=True):
            index_of = {key: index[run] for key, run in names.items() if run in index}
            if not index_of:
                continue
            found = find_order(step, index_of)
            for key, before in found.before.items():
                order.before[index_of[key]] = before | earlier
                order.direct[index_of[key]] = found.direct[key] or last
            awaited = {one for direct in found.direct.values() for one in direct}
            last = tuple(one for one in sorted(index_of.values()) if one not in awaited)
            for number in index_of.values():
                earlier |= 1 << number
        return order

    def without(self, others: _Runs) -> tuple[AddedOperation, ...]:
        """What the others do not have."""
        own = [run for run in self.tasks if run not in others.tasks]
        if not own:
            return ()
        runs = list(self.tasks)
        direct = self.order(runs).direct
        index = {run: number for number, run in enumerate(runs)}
        return tuple(
            AddedOperation(
                run, self.tasks[run].mapping, tuple(runs[one] for one in direct.get(index[run], ()))
            )
            for run in own
        )


class _Order(Record):
    """As `Order`, by index and over all steps."""

    before: dict[int, int]
    direct: dict[int, tuple[int, ...]]


def _waits(common: list[OperationRun], old: _Order, new: _Order) -> Iterator[Wait]:
    """What waits in `new` and not in `old`, of those that follow from each other only the direct ones."""
    for number, run in enumerate(common):
        if number not in old.before:
            continue
        for one in new.direct.get(number, ()):
            if not old.before[number] >> one & 1:
                yield Wait(common[one], run)


# -- values


def _execution(old: Plan, new: Plan) -> Iterator[PlanChange]:
    first, second = old.execution, new.execution
    yield from _fields(
        {
            "mapping": first.mapping,
            "status": first.status,
            "error": first.error.message if first.error else _MISSING,
            "result": first.result if first.result is not None else _MISSING,
        },
        {
            "mapping": second.mapping,
            "status": second.status,
            "error": second.error.message if second.error else _MISSING,
            "result": second.result if second.result is not None else _MISSING,
        },
    )


def _parameters(old: Plan, new: Plan) -> Iterator[PlanChange]:
    yield from _fields(
        {one.name: one.value for one in old.execution.parameters},
        {one.name: one.value for one in new.execution.parameters},
    )


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[PlanChange]:
    for name in dict.fromkeys([*old, *new]):
        yield from _values(name, old.get(name, _MISSING), new.get(name, _MISSING))


def _instance(old: NodeInstance, new: NodeInstance) -> Iterator[PlanChange]:
    for name in ("host", "state", "final_state"):
        first, second = getattr(old, name), getattr(new, name)
        if first != second:
            yield PlanChange(name, first, second)
    for one in old.relationships:
        if one not in new.relationships:
            yield PlanChange("relationship", one, None, has_new=False)
    for one in new.relationships:
        if one not in old.relationships:
            yield PlanChange("relationship", None, one, has_old=False)


def _operation(old: Task, new: Task) -> Iterator[PlanChange]:
    for name in _FIELDS:
        first, second = getattr(old, name), getattr(new, name)
        if first != second:
            yield PlanChange(name, first, second)
    yield from _values("inputs", old.inputs or {}, new.inputs or {})


def _values(path: str, old: Any, new: Any) -> Iterator[PlanChange]:
    """Differences inside of values: the innermost ones, each with its path."""
    if old is _MISSING or new is _MISSING:
        if old is not new:
            has = old is not _MISSING, new is not _MISSING
            yield PlanChange(path, old if has[0] else None, new if has[1] else None, *has)
    elif isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*old, *new]):
            yield from _values(f"{path}.{name}", old.get(name, _MISSING), new.get(name, _MISSING))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (first, second) in enumerate(zip(old, new, strict=True)):
            yield from _values(f"{path}[{number}]", first, second)
    elif not (type(old) is type(new) and old == new):
        yield PlanChange(path, old, new)
