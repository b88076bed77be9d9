"""`--import-check`: import the target modules for real, each in a child process with limits.

The guards (time, memory, an empty environment, a scratch folder) are against accidents; importing runs the
module's code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Final

from bplint.pycode.checks.target_faults import ImportFails
from bplint.pycode.files.requirements import required_distributions
from bplint.pycode.names.distributions import is_brought
from bplint.pycode.names.known import PLATFORM
from bplint.pycode.names.target import MISSING

if TYPE_CHECKING:
    from bplint.pycode.checks.contract import Handed
    from bplint.pycode.checks.reading import Aim, Reading

TIMEOUT_S: Final = 30
MEMORY_BYTES: Final = 1024 * 1024 * 1024
_CHILD: Final = """
import importlib, json, sys
request = json.loads(sys.argv[1])
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (request["seconds"], request["seconds"]))
except (ImportError, ValueError, OSError):
    pass
sys.path[:0] = request["paths"]
sys.dont_write_bytecode = True
answer = {}
try:
    module = importlib.import_module(request["module"])
    answer = {name: callable(getattr(module, name, None)) for name in request["names"]}
    answer = {"names": answer, "absent": [name for name in request["names"] if not hasattr(module, name)]}
except BaseException as error:
    answer = {"error": type(error).__name__, "message": str(error)[:300]}
    if isinstance(error, ModuleNotFoundError):
        answer["missing"] = (error.name or "").split(".")[0]
with open(request["answer"], "w") as stream:
    json.dump(answer, stream)
"""
_KEPT: Final = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")


def check_by_import(reading: Reading, groups: dict[Aim, list[Handed]]) -> None:
    """Import every module that mappings name, each once, also those that reading did not find, and report
    what that raised: one fault a module."""
    by_module: dict[tuple[str, tuple[str, ...]], list[Aim]] = {}
    for aim in groups:
        name = aim.function.rpartition(".")[0]
        paths = tuple(
            os.path.abspath(place.label)
            for place in aim.resolver.places
            if place.kind in ("source", "plugin", "root")
        )
        if paths and name and aim.resolution.state != MISSING and name.split(".")[0] not in PLATFORM:
            by_module.setdefault((name, paths), []).append(aim)
    for (name, paths), aims in sorted(by_module.items(), key=lambda item: item[0]):
        answer = _import(reading.config.python or sys.executable, name, paths, aims)
        if "error" not in answer:
            for aim in aims:
                _tell_name(reading, aim, groups[aim][0], name, answer)
        elif not _is_brought(reading, answer.get("missing"), paths):
            raised = f"{answer['error']}: {answer['message']}".rstrip(": ")
            reading.report(ImportFails, groups[aims[0]][0].place, module=name, raised=raised)


def _tell_name(reading: Reading, aim: Aim, handed: Handed, module: str, answer: dict[str, object]) -> None:
    name = aim.function.rpartition(".")[2]
    callables = answer.get("names")
    if name in (answer.get("absent") or ()):  # type: ignore[operator]
        reading.report(ImportFails, handed.place, module=module, raised=f"it has no '{name}' once imported")
    elif isinstance(callables, dict) and callables.get(name) is False:
        reading.report(
            ImportFails, handed.place, module=module, raised=f"'{name}' cannot be called once imported"
        )


def _is_brought(reading: Reading, missing: object, paths: tuple[str, ...]) -> bool:
    """Whether a package that this Python lacks comes with the manager or with what the project requires."""
    if not isinstance(missing, str) or not missing:
        return False
    if missing in PLATFORM or is_brought(missing, set()):
        return True
    for path in paths:
        for folder in (path, os.path.dirname(path)):
            required = required_distributions(folder, reading.code)
            if required is not None and (required.is_open or is_brought(missing, required.names)):
                return True
    return False


def _import(executable: str, module: str, paths: tuple[str, ...], aims: list[Aim]) -> dict[str, object]:
    request = {
        "module": module,
        "paths": list(paths),
        "names": sorted({aim.function.rpartition(".")[2] for aim in aims}),
        "memory": MEMORY_BYTES,
        "seconds": TIMEOUT_S,
    }
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    with tempfile.TemporaryDirectory() as scratch:
        environment["HOME"] = environment["TMPDIR"] = scratch
        answer = os.path.join(scratch, "answer.json")
        try:
            # what the module prints is nobody's business, and may be without end
            done = subprocess.run(
                [executable, "-I", "-c", _CHILD, json.dumps({**request, "answer": answer})],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=TIMEOUT_S,
                env=environment,
                cwd=scratch,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"error": "timeout", "message": f"the import did not end within {TIMEOUT_S} s"}
        except OSError as error:
            return {"error": type(error).__name__, "message": error.strerror or ""}
        return _read_answer(answer, done.returncode)


def _read_answer(path: str, exit_code: int) -> dict[str, object]:
    try:
        with open(path, encoding="utf-8") as stream:
            found = json.load(stream)
    except (OSError, ValueError):
        return {"error": "crash", "message": f"the process ended with exit code {exit_code}"}
    return found if isinstance(found, dict) else {}
