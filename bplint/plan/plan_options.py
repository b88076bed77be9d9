"""What `bplint plan` can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.plan.launch import DEFAULT_MEMORY_BYTES, DEFAULT_TIMEOUT_S
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable


class PlanOptions(Record):
    """Options of one plan.

    inputs, parameters  as given with -i and -p: files of YAML or JSON, or NAME=VALUE
    given               files that tell what only a manager would know
    after               workflows that are run first, with their default parameters
    fail_tasks          'NODE[#i].OPERATION[=recoverable|nonrecoverable][*N]'
    resume_after        the execution was interrupted when so many operations had ended, and is resumed
    cancel_after        cancel when so many operations have ended; None: nobody cancels
    sweep               also simulate each operation failing and a cancellation before each operation
    is_lenient          inputs and parameters that are not declared are left out: of two blueprints only one
                        may have them
    progress            called with how many simulations of a sweep are done, of how many
    task_retries, task_retry_interval_s, subgraph_retries  the manager's settings
    """

    workflow: str = "install"
    inputs: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    allow_custom_parameters: bool = False
    given: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    fail_tasks: tuple[str, ...] = ()
    resume_after: int | None = None
    cancel_after: int | None = None
    sweep: bool = False
    is_lenient: bool = False
    deployment: str | None = None
    python: str | None = None
    timeout_s: float = DEFAULT_TIMEOUT_S
    memory_bytes: int = DEFAULT_MEMORY_BYTES
    task_retries: int = 60
    task_retry_interval_s: float = 15
    subgraph_retries: int = 0
    progress: Callable[[int, int], None] | None = None
