"""Outcomes of a sweep put together by what they leave, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.plan.plan import CANCELLED, FAILED
from bplint.plan.sweep import ENDLESS
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Hashable

    from bplint.plan.sweep import Cause, Outcome, Scenario, Sweep

_STATUSES: Final = (ENDLESS, FAILED, CANCELLED)


class SweepGroup(Record):
    """Scenarios that end alike: with the same status, and leaving as much of the same nodes behind."""

    scenarios: tuple[Scenario, ...]

    @property
    def outcome(self) -> Outcome:
        """The first one's: the others have other node instances in it."""
        return self.scenarios[0].outcome

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What leads to it."""
        return tuple(cause for one in self.scenarios for cause in one.causes)


def group_scenarios(sweep: Sweep) -> list[SweepGroup]:
    """Everything that was found, worst first: what nobody would undo, what never ends, what blocks the next
    modification, what is left for an uninstall."""
    found: dict[Hashable, list[Scenario]] = {}
    for one in sweep.scenarios:
        found.setdefault(_remains(one.outcome), []).append(one)
    groups = [SweepGroup(tuple(scenarios)) for scenarios in found.values()]
    return sorted(groups, key=lambda group: _badness(group.outcome))


def _remains(outcome: Outcome) -> Hashable:
    left = [(one.instance.rpartition("#")[0], one.level, one.is_orphaned) for one in outcome.left]
    error = outcome.error.partition(":")[0] if outcome.error else None
    return outcome.status, error, frozenset(left), len(outcome.modifications), bool(outcome.skipped_code)


def _badness(outcome: Outcome) -> tuple[int, ...]:
    status = _STATUSES.index(outcome.status) if outcome.status in _STATUSES else len(_STATUSES)
    return (
        -len(outcome.orphaned),
        status if outcome.status == ENDLESS else 1,
        -len(outcome.modifications),
        -len(outcome.left),
        status,
    )
