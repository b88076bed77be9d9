"""The child process: started, watched, ended, its record read. Nothing else starts one for a plan."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Receive = Callable[[str, Any], None]

CHILD: Final = Path(__file__).resolve().parent.parent / "sandbox" / "child.py"
MAX_OUTPUT_BYTES: Final = 64 * 1024  # shown; the rest is thrown away
MAX_FILE_BYTES: Final = 2 * 1024**3
DEFAULT_TIMEOUT_S: Final = 60.0
DEFAULT_MEMORY_BYTES: Final = 2 * 1024**3

_PROGRESS_S: Final = 0.5
Data = dict[str, Any]


class Limits(Record):
    """What the child may use, and who is told of how many lines its record has while it runs."""

    timeout_s: float = DEFAULT_TIMEOUT_S
    memory_bytes: int = DEFAULT_MEMORY_BYTES
    progress: Callable[[int], None] | None = None


class Launched(Record):
    """What came back.

    output   what the workflow printed, cut
    ending   done, timeout, signal, exit (a status without an end of the record) or unstartable
    detail   the signal's name, the exit status, why it could not be started
    stack    where it hung: (path, line, function), outermost first
    """

    output: str
    ending: str
    detail: str = ""
    stack: tuple[tuple[str, int, str], ...] = ()


def launch(
    request: Data, receive: Receive, python: str | None = None, limits: Limits | None = None
) -> Launched:
    """Run the request in a child process, whatever the child does.

    `receive` gets each (kind, payload) of the child's record, in order, when the child has ended; the last
    kind is `end` if the child was through.
    """
    limits = limits or Limits()
    scratch = Path(tempfile.mkdtemp(prefix="bplint-plan-"))
    try:
        _prepare(scratch, request, limits)
        return _run(scratch, receive, python or sys.executable, limits)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _prepare(scratch: Path, request: Data, limits: Limits) -> None:
    for folder in ("home", "tmp", "work"):
        (scratch / folder).mkdir()
    request = {
        **request,
        "limits": {
            **request.get("limits", {}),
            "memory_bytes": limits.memory_bytes,
            "file_bytes": MAX_FILE_BYTES,
            "cpu_s": int(limits.timeout_s) + 10,
            "hang_after_s": max(limits.timeout_s - 1, limits.timeout_s * 0.7),
        },
    }
    with (scratch / "request.json").open("w", encoding="utf-8") as target:
        target.write(json.dumps(request, default=str))  # json.dump would encode in Python, bit by bit


def _run(scratch: Path, receive: Receive, python: str, limits: Limits) -> Launched:
    try:
        process = subprocess.Popen(
            [python, "-B", "-s", str(CHILD), str(scratch)],
            cwd=scratch / "work",
            env=_environment(scratch),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        return Launched("", "unstartable", f"{python}: {error.strerror or error}")
    assert process.stdout is not None
    output = _Output(process.stdout)
    try:
        timed_out = not _wait(process, scratch / "plan.jsonl", limits)
    finally:
        _end(process)
    output.finish()
    last = ""
    for last, payload in _read(scratch / "plan.jsonl"):
        receive(last, payload)
    ending, detail = _judge(process.returncode, timed_out, last == "end")
    stack = _stack(scratch / "hang.txt") if ending in ("timeout", "signal") else ()
    return Launched(output.text(), ending, detail, stack)


def _wait(process: subprocess.Popen[bytes], record: Path, limits: Limits) -> bool:
    """Whether the process ends in time; tells how many lines its record has where that is asked for."""
    if limits.progress is None:
        step_s, steps = limits.timeout_s, 1
    else:
        steps = max(int(limits.timeout_s / _PROGRESS_S), 1)
        step_s = limits.timeout_s / steps
    lines, place = 0, 0
    for _ in range(steps):
        try:
            process.wait(timeout=step_s)
        except subprocess.TimeoutExpired:
            if limits.progress is not None and record.exists():
                with record.open("rb") as stream:
                    stream.seek(place)
                    new = stream.read()
                lines, place = lines + new.count(b"\n"), place + len(new)
                limits.progress(lines)
        else:
            return True
    return False


def _judge(code: int, timed_out: bool, is_whole: bool) -> tuple[str, str]:
    if is_whole:
        return "done", ""
    if timed_out:
        return "timeout", ""
    if code < 0:
        try:
            return "signal", signal.Signals(-code).name
        except ValueError:
            return "signal", str(-code)
    return "exit", str(code)


def _environment(scratch: Path) -> dict[str, str]:
    """Nothing of the user's environment but what a process needs to start."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    temporary = str(scratch / "tmp")
    return {
        **kept,
        "HOME": str(scratch / "home"),
        "USERPROFILE": str(scratch / "home"),
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",  # sets of names keep their order from run to run
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "PYTHONUTF8": "1",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and what it started; it is in a session of its own where there are such."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


class _Output:
    """Reads what the child prints as it comes and keeps the beginning: a full pipe would stop the child."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._kept = bytearray()
        self._left_out = 0
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        while chunk := self._stream.read1(65536):  # type: ignore[attr-defined]
            room = MAX_OUTPUT_BYTES - len(self._kept)
            self._kept += chunk[:room]
            self._left_out += max(len(chunk) - room, 0)

    def finish(self) -> None:
        self._thread.join(timeout=5)
        if not self._thread.is_alive():
            self._stream.close()

    def text(self) -> str:
        text = bytes(self._kept).decode("utf-8", "replace")
        return f"{text}\n({self._left_out} bytes more)" if self._left_out else text


def _read(path: Path) -> Iterator[tuple[str, Any]]:
    """Records of a file whose last line may be cut off."""
    try:
        stream = path.open(encoding="utf-8", errors="replace")
    except OSError:
        return
    with stream:
        for line in stream:
            if not line.endswith("\n"):
                return
            try:
                record = json.loads(line)
            except ValueError:
                return
            yield from record.items()


def _stack(path: Path) -> tuple[tuple[str, int, str], ...]:
    """Frames of the first thread that faulthandler wrote, outermost first."""
    found: list[tuple[str, int, str]] = []
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    threads: list[list[tuple[str, int, str]]] = []
    for line in lines:
        if line.startswith(("Thread ", "Current thread")):
            threads.append([])
        parts = line.strip().split('"')
        if len(parts) == 3 and parts[0].startswith("File") and threads:
            number = parts[2].partition("line ")[2].partition(" ")[0]
            if number.isdigit():
                threads[-1].append((parts[1], int(number), parts[2].rpartition(" in ")[2]))
    for frames in threads:
        if any(path.endswith("child.py") for path, _, _ in frames):
            found = frames
    return tuple(reversed(found))
