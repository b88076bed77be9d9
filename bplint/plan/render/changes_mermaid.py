"""What a change does to an execution as a Mermaid flowchart: what is added, removed, changed, and the
operations that they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.plan.comparison import waits_between
from bplint.plan.operation import short_path
from bplint.plan.render.mermaid import MAX_ARROWS, MAX_TEXT, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.comparison import OperationRun, PlanChanges
    from bplint.plan.plan import Plan

_HEAD: Final = '%%{init: {"flowchart": {"wrappingWidth": 600}}}%%\nflowchart LR'
_SIGNS: Final = {"added": "+ ", "removed": "- ", "changed": "~ ", "same": ""}
_CLASSES: Final = (
    "  classDef added stroke:#1a7f37,stroke-width:3px",
    "  classDef removed stroke:#d1242f,stroke-width:3px,stroke-dasharray:6 4",
    "  classDef changed stroke:#bf8700,stroke-width:3px",
    "  classDef same stroke-width:1px,opacity:0.75",
)


def render_mermaid(changes: PlanChanges, new: Plan) -> str:
    """The flowchart; where it would be too large for Mermaid, only what the numbers are."""
    drawing = _ChangesDrawing(changes, new)
    text = "\n".join(drawing.lines()) + "\n"
    if len(text) <= MAX_TEXT and len(drawing.arrows) <= MAX_ARROWS:
        return text
    counts = {kind: sum(1 for one in drawing.kinds.values() if one == kind) for kind in _SIGNS}
    numbers = ", ".join(f"{counts[kind]} operations {kind}" for kind in ("added", "removed", "changed"))
    return f'{_HEAD}\n  all["{escape(changes.headline)}<br/>{numbers}<br/>too many to be drawn"]\n'


class _ChangesDrawing:
    def __init__(self, changes: PlanChanges, new: Plan) -> None:
        self.changes = changes
        self.new = new
        self.kinds: dict[OperationRun, str] = {}
        self.details: dict[OperationRun, list[str]] = {}
        self.arrows: list[str] = []
        self._collect()
        self.ids = {run: f"n{number}" for number, run in enumerate(self.kinds)}

    def _collect(self) -> None:
        changes = self.changes
        for added in changes.added_operations:
            self.kinds[added.operation] = "added"
        for removed in changes.removed_operations:
            self.kinds[removed.operation] = "removed"
        for run, found in changes.changed_operations:
            self.kinds[run] = "changed"
            self.details[run] = list(dict.fromkeys(one.what for one in found))
        waits = (*changes.added_waits, *changes.removed_waits)
        around = [run for wait in waits for run in wait]
        around += [
            run for one in (*changes.added_operations, *changes.removed_operations) for run in one.after
        ]
        for run in around:
            self.kinds.setdefault(run, "same")

    def lines(self) -> Iterator[str]:
        changes = self.changes
        yield _HEAD
        if not changes.total:
            yield f'  none["{escape(changes.headline)}"]'
            return
        yield from self._rest()
        yield from self._boxes()
        self._draw_arrows()
        yield from self.arrows
        yield from _CLASSES

    def _rest(self) -> Iterator[str]:
        """What has no operation of its own."""
        changes = self.changes
        busy = {run.key.instance for run in self.kinds}
        lines = [f"~ {one.what}" for one in changes.execution]
        lines += [f"~ parameter {one.what}" for one in changes.parameters]
        lines += [f"+ {name}" for name in changes.added_instances if name not in busy]
        lines += [f"- {name}" for name in changes.removed_instances if name not in busy]
        if lines:
            yield f'  rest["{"<br/>".join(escape(line) for line in lines)}"]:::changed'

    def _boxes(self) -> Iterator[str]:
        groups: dict[str, list[OperationRun]] = {}
        for run in self.kinds:
            groups.setdefault(run.key.instance, []).append(run)
        added, removed = set(self.changes.added_instances), set(self.changes.removed_instances)
        for number, (instance, runs) in enumerate(groups.items()):
            sign = "+ " if instance in added else "- " if instance in removed else ""
            yield f'  subgraph g{number}["{sign}{escape(instance)}"]'
            for run in runs:
                kind = self.kinds[run]
                lines = [_SIGNS[kind] + _name(run), *self.details.get(run, ())]
                label = "<br/>".join(escape(line) for line in lines)
                yield f'    {self.ids[run]}["{label}"]:::{kind}'
            yield "  end"

    def _draw_arrows(self) -> None:
        changes, ids = self.changes, self.ids
        told = set(changes.added_waits)
        for wait in waits_between(self.new, self.kinds):
            if wait not in told:
                self.arrows.append(f"  {ids[wait.earlier]} --> {ids[wait.later]}")
        for one in changes.removed_operations:
            self.arrows += [f"  {ids[run]} -.-> {ids[one.operation]}" for run in one.after]
        for wait in changes.added_waits:
            self.arrows.append(f"  {ids[wait.earlier]} == new ==> {ids[wait.later]}")
        for wait in changes.removed_waits:
            self.arrows.append(f"  {ids[wait.earlier]} -. gone .-> {ids[wait.later]}")


def _name(run: OperationRun) -> str:
    name = short_path(run.key.operation)
    if run.key.side is not None:
        name += f" {run.key.source} → {run.key.target} ({run.key.side})"
    return name if run.number == 1 else f"{name} ~{run.number}"
