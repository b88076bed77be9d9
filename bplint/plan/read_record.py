"""The child's record as a plan, and the faults of workflow code that it tells of."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Related
from bplint.plan.code_defects import fault_of
from bplint.plan.measure import count
from bplint.plan.plan import (
    CANCELLED,
    CONTRACT_VERSION,
    FAILED,
    PENDING,
    SUCCEEDED,
    TERMINATED,
    CodePlace,
    Event,
    Execution,
    ExecutionError,
    InstanceRelationship,
    NodeInstance,
    Note,
    Plan,
    Step,
    Task,
)
from bplint.plan.plan_faults import EngineReplaced, PlanGuard, WorkflowEndsProcess, WorkflowHangs
from bplint.plan.record_notes import resume_note, secret_notes
from bplint.source import read_source
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Workflow
    from bplint.plan.code_folders import Code
    from bplint.plan.launch import Launched
    from bplint.plan.plan import ParameterValue
    from bplint.source import Source

Data = dict[str, Any]
_LISTS: Final = ("added", "added_related", "removed", "removed_related")
_TASKS: Final = ("graph", "linear")
_REPEATED: Final = (
    "key",
    "kind",
    "in_",
    "parent",
    "instance",
    "state",
    "event",
    "operation",
    "mapping",
    "executor",
)


class RecordedRun:
    """One execution of the record."""

    __slots__ = ("_head", "_tasks", "ended", "events", "steps", "workflow")

    def __init__(self, workflow: str) -> None:
        self.workflow = workflow
        self.steps: list[Step] = []
        self.events: list[Event] = []
        self.ended: Data | None = None
        self._head: Data | None = None
        self._tasks: list[Task] = []

    def begin(self, head: Data) -> None:
        """A step begins; its tasks come in pieces."""
        self.close(None)
        self._head = head

    def add(self, tasks: Iterable[Task]) -> None:
        self._tasks.extend(tasks)

    def close(self, outcomes: list[list[Any]] | None) -> None:
        """The step is through. `outcomes`: of tasks that did not just succeed; None: the record broke off."""
        if self._head is None:
            return
        if outcomes is None:
            self._tasks = [task._replace(outcome=PENDING) for task in self._tasks]
        else:
            first = {task.number: index for index, task in enumerate(self._tasks)}
            for number, outcome, attempts in outcomes:
                index = first[number]
                self._tasks[index] = self._tasks[index]._replace(outcome=outcome, attempts=attempts)
        self.steps.append(_step(self._head, tuple(self._tasks)))
        self._head, self._tasks = None, []


def _step(head: Data, tasks: tuple[Task, ...]) -> Step:
    lists = {name: tuple(head.get(name, ())) for name in _LISTS}
    return Step(type=head["type"], tasks=tasks, id=head.get("id"), nodes=head.get("nodes"), **lists)


class RecordReader:
    """Reads one record, line by line. `faults` and `sources` are filled on the way."""

    def __init__(self, blueprint: Blueprint, workflow: Workflow, code: Code, request: Data) -> None:
        self.blueprint = blueprint
        self.workflow = workflow
        self.code = code
        self.request = request
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}
        self._runs: list[RecordedRun] = []
        self._end: Data = {}
        self._place_cache: dict[tuple[str, int], CodePlace] = {}
        self._texts: dict[str, str] = {}  # names and messages repeat a lot: each is kept once

    def receive(self, kind: str, payload: Any) -> None:
        """One line of the child's record."""
        if kind == "execution":
            self._runs.append(RecordedRun(payload["workflow"]))
        elif kind == "step":
            self._runs[-1].begin(payload)
        elif kind == "tasks":
            self._runs[-1].add(self._task(row) for row in payload)
        elif kind == "outcomes":
            self._runs[-1].close(payload)
        elif kind == "events":
            self._runs[-1].events.extend(self._event(row) for row in payload)
        elif kind == "ended":
            self._runs[-1].close([])
            self._runs[-1].ended = payload
        elif kind == "end":
            self._end = payload

    def finish(
        self,
        launched: Launched,
        parameters: tuple[ParameterValue, ...],
        command: str,
        after: tuple[str, ...],
        notes: list[Note],
    ) -> Plan:
        """The plan, when all has been received."""
        runs = self._runs
        run = runs[-1] if runs else RecordedRun(self.workflow.name)
        run.close(None)
        is_main = len(runs) == len(self.request["executions"])
        self._tell_end(launched)
        for each in runs:
            if each.ended is not None:
                self.tell_defects(each.ended["defects"])
        notes = [*notes, *self._notes(runs, self._end, is_main), *secret_notes(run.steps, self.request)]
        steps = tuple(run.steps)
        return Plan(
            contract_version=CONTRACT_VERSION,
            blueprint=self.blueprint.graph.main.document.path.replace(os.sep, "/"),
            execution=self._execution(run, parameters, command, after, launched, is_main),
            instances=self._instances(run),
            steps=steps,
            events=tuple(run.events),
            notes=tuple(notes),
            counts=count(steps),
            output=launched.output,
        )

    # -- rows

    def _event(self, row: list[Any]) -> Event:
        row[1] = self._once(row[1])
        row[0] = self._once(row[0])
        return Event(*row)

    def _task(self, row: Data) -> Task:
        row["deps"] = tuple(self._once(key) for key in row["deps"])
        row["in_"] = row.pop("in", None)
        if "made_at" in row:
            row["made_at"] = self._place(row["made_at"])
        for name in _REPEATED:
            if name in row:
                row[name] = self._once(row[name])
        return Task(outcome=SUCCEEDED, **row)

    def _once(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def _place(self, written: list[Any]) -> CodePlace:
        path, line = written
        key = (path, line)
        if key not in self._place_cache:
            self._place_cache[key] = CodePlace(self.code.shown(path), line)
        return self._place_cache[key]

    # -- the execution

    def _execution(
        self,
        run: RecordedRun,
        parameters: tuple[ParameterValue, ...],
        command: str,
        after: tuple[str, ...],
        launched: Launched,
        is_main: bool,
    ) -> Execution:
        mapping = self.request["executions"][-1]["mapping"]
        ended = run.ended if is_main else None
        if ended is None:
            what = {"timeout": "no end within the time limit", "signal": f"ended by {launched.detail}"}
            message = what.get(launched.ending, "the execution did not come to its end")
            error = ExecutionError("PlanError", message)
            return Execution(
                self.workflow.name, mapping, parameters, FAILED, command, after, error, None, False, False
            )
        error_row = ended["error"]
        return Execution(
            workflow=self.workflow.name,
            mapping=mapping,
            parameters=parameters,
            status=ended["status"],
            command=command,
            after=after,
            error=self._error(error_row) if error_row else None,
            result=ended["result"],
            was_cancelled=ended["was_cancelled"],
            is_complete=ended["is_followed"] and not (ended["is_fatal"] or ended["is_endless"]),
        )

    def _error(self, row: Data) -> ExecutionError:
        places = tuple(self._place([path, line]) for path, line, _ in row["traceback"])
        return ExecutionError(row["type"], row["message"], row["is_simulated"], places)

    def _instances(self, run: RecordedRun) -> tuple[NodeInstance, ...]:
        ended = run.ended or {"initial_states": {}, "final_states": {}}
        initial, final = ended["initial_states"], ended["final_states"]
        rows = {row["id"]: row for row in self.request["node_instances"] if not row.get("group")}
        rows.update(ended.get("changed_rows", {}))
        found = []
        for name in dict.fromkeys([*(rows if run.ended is None else ()), *initial, *final]):
            row = rows.get(name, {})
            node = row.get("node_id") or name.rpartition("#")[0]
            relationships = tuple(
                InstanceRelationship(one["type"], one["target_id"]) for one in row.get("relationships", ())
            )
            found.append(
                NodeInstance(
                    name, node, initial.get(name), final.get(name), row.get("host_id"), relationships
                )
            )
        return tuple(found)

    # -- notes

    def _notes(self, runs: list[RecordedRun], end: Data, is_main: bool) -> list[Note]:
        notes = [
            Note("stand-in", f"module '{name}' is not here; what it gives is unknown")
            for name in end.get("stand_ins", ())
        ]
        notes.extend(
            Note("earlier", f"'{run.workflow}', which ran first, was cancelled")
            for run in runs[:-1]
            if run.ended is not None and run.ended["status"] == CANCELLED
        )
        if is_main and self.request["executions"][-1].get("resume"):
            notes.append(resume_note(runs[-2].ended))
        for run in runs:
            ended_run = run.ended or {}
            notes.extend(self._note(one) for one in ended_run.get("remarks", ()))
            unsure = [one for one in ended_run.get("defects", ()) if not one["is_certain"]]
            notes.extend(self._unknown(one) for one in unsure)
            for one in ended_run.get("unanswered", ()):
                place = self._place(one["place"]) if one["place"] else None
                how = f" (--given: {one['how']})" if one["how"] else ""
                notes.append(Note("unanswered", f"only a manager can answer {one['what']}{how}", place))
        notes.extend(
            Note("assumed", f"{one['origin']}: {one['how']}", self._place(one["place"]))
            for one in end.get("looked", ())
        )
        if not is_main or not runs or runs[-1].ended is None:
            if runs and not is_main:
                notes.append(
                    Note("earlier", f"'{runs[-1].workflow}', which was to run first, did not end well")
                )
            return notes
        ended: Data = runs[-1].ended
        for spec in ended["unused_failures"]:
            index = "" if spec["index"] is None else f"#{spec['index']}"
            text = f"{spec['node']}{index}.{spec['operation']}"
            notes.append(Note("unused-failure", f"'{text}' was to fail and never ran"))
        notes.extend(self._nothing_notes(runs[-1], ended))
        wanted = self.request["executions"][-1].get("cancel_after")
        if wanted is not None and not ended["was_cancelled"]:
            operations = "1 operation" if ended["operations"] == 1 else f"{ended['operations']} operations"
            text = f"nobody cancelled: the execution ended after {operations}, before {wanted} had ended"
            notes.append(Note("cancelled", text))
        if ended["was_cancelled"] and ended["status"] != CANCELLED:
            notes.append(Note("cancelled", "the execution was cancelled and the workflow took no notice"))
        return notes

    def _nothing_notes(self, run: RecordedRun, ended: Data) -> Iterator[Note]:
        """What the workflow did instead, where it ends well and runs nothing."""
        if ended["status"] != TERMINATED or any(step.tasks or step.type not in _TASKS for step in run.steps):
            return
        logs = sum(event.type == "log" for event in run.events)
        for loop in ended.get("empty_loops", ()):
            text = f"nothing runs: the loop goes over {loop['what']}, and there is nothing in it"
            yield Note("nothing", text, self._place(loop["place"]))
        if logs and not ended.get("empty_loops"):
            yield Note(
                "nothing", f"nothing runs: the workflow writes {logs} lines to its log, and that is all"
            )
        if not logs and not ended.get("empty_loops") and not any(step.type == "graph" for step in run.steps):
            yield Note("nothing", "nothing runs: the workflow's function ends without making a task")

    def _note(self, row: Data) -> Note:
        place = self._place(row["place"]) if row["place"] else None
        if row.get("node"):
            place = self._node_place(row["node"])
        return Note(row["kind"], row["message"], place)

    def _node_place(self, name: str) -> CodePlace | None:
        """Where a node template is written."""
        template = self.blueprint.node_templates.lookup(name)
        if not template:
            return None
        source = template.file.document.source
        line = source.lines.position(template.key.start)[0]
        return CodePlace(template.path.replace(os.sep, "/"), line)

    def _unknown(self, defect: Data) -> Note:
        """What went wrong because nobody knows a value before the execution: no fault of the code."""
        place = self._place(defect["place"]) if defect["place"] else None
        what = defect["details"].get("message", defect["kind"])
        return Note("unknown", f"the plan cannot follow the workflow here, a value is unknown: {what}", place)

    # -- faults

    def tell_defects(self, defects: Iterable[Data]) -> None:
        """Make faults of what the child found; what is not certain is left out."""
        for defect in defects:
            if not defect["is_certain"]:
                continue
            related = []
            for one in defect["related"]:
                found = self._span(one["place"])
                if found is not None:
                    related.append(Related(one["message"], *found))
            place = self._at(defect["place"])
            self.faults.append(fault_of(defect["kind"], place, defect["details"], related))

    def _tell_end(self, launched: Launched) -> None:
        for one in self._end.get("guarded", ()):
            at = self._at(one["place"])
            self.faults.append(PlanGuard(*at, what=one["what"], detail=one["detail"]))
        for one in self._end.get("replaced", ()):
            self.faults.append(EngineReplaced(*self._at(one["place"]), name=one["name"]))
        frames = [frame for frame in launched.stack if self.code.holds(frame[0])]
        place = [frames[-1][0], frames[-1][1]] if frames else None
        if launched.ending == "timeout":
            self.faults.append(WorkflowHangs(*self._at(place), reason="timeout"))
        elif launched.ending in ("signal", "exit"):
            how, detail = launched.ending, launched.detail
            self.faults.append(WorkflowEndsProcess(*self._at(place), how=how, detail=detail))

    def _at(self, place: list[Any] | None) -> tuple[str, Span]:
        """The place of a fault that the child tells by file and line."""
        found = self._span(place) if place is not None else None
        return found if found is not None else self._workflow_place()

    def _span(self, place: list[Any]) -> tuple[str, Span] | None:
        """The text of a line of workflow code, without its indentation."""
        file, line = place
        shown = self.code.shown(file)
        source = self.sources.get(shown)
        if source is None:
            source, _ = read_source(file, shown)
            if source is None:
                return None
            self.sources[shown] = source
        span = source.lines.line_span(line)
        text = source.text[span.start : span.end]
        start = span.start + len(text) - len(text.lstrip())
        return shown, Span(start, max(start, span.start + len(text.rstrip())))

    def _workflow_place(self) -> tuple[str, Span]:
        """Where the workflow is declared; the blueprint's beginning for a built-in one."""
        if self.workflow.file.is_own:
            node = self.workflow.mapping_node or self.workflow.key
            return self.workflow.path, Span(node.start, node.end)
        return self.blueprint.graph.main.document.path, Span(0, 0)
