"""A hostile case, and running `bplint validate` on it as a process under limits."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "fixtures" / "hostile"
TIME_S: Final = 10.0
_WAITING: Final = 12  # so much longer may a process wait without working
MEMORY_BYTES: Final = 2 * 1024**3

REFUSED: Final = "refused"
ACCEPTED: Final = "accepted"
USAGE: Final = "usage error"
EITHER: Final = "as this Python parses it"
EXIT_CODES: Final = {ACCEPTED: (0,), REFUSED: (1,), USAGE: (2,), EITHER: (0, 1)}


class Hostile(NamedTuple):
    """What is tried, and how it has to end.

    make        fills an empty folder; None where the folder `fixtures/hostile/NAME` has the files
    outcome     refused: a diagnostic with `code` and exit code 1; accepted: exit code 0, though there may
                be warnings; usage error: exit code 2 and one message; either: how deep Python code may nest
                depends on the Python that reads it
    arguments   of `bplint validate`, run in the folder
    """

    name: str
    about: str
    outcome: str
    code: str = ""
    make: Callable[[Path], None] | None = None
    arguments: tuple[str, ...] = ("blueprint.yaml",)
    is_posix: bool = False


class Ended(NamedTuple):
    """How a process ended: `code` is None where it took too much time."""

    code: int | None
    out: str
    err: str
    peak_bytes: int


def run(folder: Path, *arguments: str, time_s: float = TIME_S, **environment: str) -> Ended:
    """`bplint validate` with these arguments in a folder, under the limits of memory and of the processor's
    time, which a busy machine does not shorten; waiting without working ends at a multiple of it."""
    streams = [(folder.parent / f"{folder.name}.{name}").open("w+b") for name in ("out", "err")]
    process = subprocess.Popen(
        [sys.executable, "-m", "bplint", "validate", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **environment},
        stdin=subprocess.DEVNULL,
        stdout=streams[0],
        stderr=streams[1],
        preexec_fn=partial(_limit, math.ceil(time_s)) if os.name == "posix" else None,
    )
    watch = threading.Timer(_WAITING * time_s, process.kill)
    watch.start()
    code, peak_bytes = _wait(process)
    is_late = not watch.is_alive() or (os.name == "posix" and code in (-signal.SIGXCPU, -signal.SIGKILL))
    watch.cancel()
    texts = []
    for stream in streams:
        with stream:
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "replace"))
    return Ended(None if is_late else code, texts[0], texts[1], peak_bytes)


def _limit(time_s: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (time_s, time_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    if not hasattr(os, "wait4"):
        return process.wait(), 0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, usage.ru_maxrss * unit
