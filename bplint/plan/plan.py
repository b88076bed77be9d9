"""A plan: what an execution would do, task by task. The public contract of `bplint plan --format json`.

Steps and tasks carry the field names of recordings of the real engine; fields that say nothing are left
out of the JSON. `to_json` and the schema (`schemas/plan.schema.json`) are made from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bplint.record import Record

CONTRACT_VERSION: Final = 1

TERMINATED: Final = "terminated"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"

SUCCEEDED: Final = "succeeded"
PENDING: Final = "pending"


class CodePlace(Record):
    """A line of workflow code."""

    path: str
    line: int


class Task(Record):
    """One task.

    key       unique in its step; `deps` are keys of what it waits for: a member's dependency on its own
              subgraph means "after it started", any other "after it ended"
    kind      subgraph, operation, set_state, get_state, node_event, workflow_event, local_task,
              remote_task, execution_status or nop
    in_       path of names of the subgraphs around it; `parent` is the key of the innermost
    wave      the earliest step at which it can run; None for tasks that can never run
    outcome   succeeded, failed, ignored, running (when everything ended) or pending (never ran)
    attempts  how often it was tried; added: a handler made it while the graph was running
    """

    key: str
    kind: str
    number: int
    deps: tuple[str, ...] = ()
    in_: str | None = None
    parent: str | None = None
    wave: int | None = None
    outcome: str = "pending"
    attempts: int = 1
    added: bool = False
    name: str | None = None
    instance: str | None = None
    state: str | None = None
    event: str | None = None
    event_type: str | None = None
    operation: str | None = None
    mapping: str | None = None
    plugin: str | None = None
    executor: str | None = None
    inputs: dict[str, Any] | None = None
    max_retries: int | None = None
    retry_interval: float | None = None
    timeout: float | None = None
    side: str | None = None
    source: str | None = None
    target: str | None = None
    made_at: CodePlace | None = None


class Step(Record):
    """A part of an execution, one after the other.

    type  graph (tasks that were executed as a graph), linear (tasks started one by one),
          modification_start, modification_finish or modification_rollback
    """

    type: str
    tasks: tuple[Task, ...] = ()
    id: str | None = None
    nodes: dict[str, Any] | None = None
    added: tuple[str, ...] = ()
    added_related: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    removed_related: tuple[str, ...] = ()


class Event(Record):
    """A line of the execution's log; `task` is the number of a task."""

    type: str
    message: str
    instance: str | None = None
    task: int | None = None
    level: str | None = None


class InstanceRelationship(Record):
    type: str
    target: str


class NodeInstance(Record):
    """A node instance and its state when the execution begins and when it has ended; None: not there."""

    id: str
    node: str
    state: str | None
    final_state: str | None
    host: str | None = None
    relationships: tuple[InstanceRelationship, ...] = ()


class ParameterValue(Record):
    """A parameter of the execution. `origin`: given, default, custom (given and not declared) or script."""

    name: str
    value: Any
    origin: str
    description: str | None = None


class ExecutionError(Record):
    """Why an execution failed; `is_simulated` where a failure was asked for."""

    type: str
    message: str
    is_simulated: bool = False
    traceback: tuple[CodePlace, ...] = ()


class Execution(Record):
    """The execution as a record.

    status         terminated, failed or cancelled
    was_cancelled  somebody cancelled; with the status terminated the workflow took no notice
    is_complete    False where the plan ends before the execution would have
    command        what would run it on a manager
    """

    workflow: str
    mapping: str
    parameters: tuple[ParameterValue, ...]
    status: str
    command: str
    after: tuple[str, ...] = ()
    error: ExecutionError | None = None
    result: Any = None
    was_cancelled: bool = False
    is_complete: bool = True


class Note(Record):
    """Something a reader of the plan should know.

    kind  stand-in, unanswered, assumed, availability, cancelled, unmapped, unused-failure, earlier, unknown,
          nothing (what the workflow does instead of running something), attribute (read before anything can
          set it, or of none or several instances), secret (what has to be there), resumed, chance (what the
          engine does not always decide alike) or hangs (what it may wait for without end)
    """

    kind: str
    message: str
    place: CodePlace | None = None


class Counts(Record):
    """`longest` is the number of operations on the longest chain of waiting."""

    tasks: int
    operations: int
    waves: int
    longest: int


@dataclass(frozen=True)
class Plan:
    """What an execution would do."""

    contract_version: int
    blueprint: str
    execution: Execution
    instances: tuple[NodeInstance, ...]
    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    notes: tuple[Note, ...]
    counts: Counts
    output: str = ""  # what the workflow printed

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Tasks of all steps."""
        return tuple(task for step in self.steps for task in step.tasks)
