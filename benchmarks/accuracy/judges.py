"""Who says whether a change is a fault: the reference parser, a real import, the real engine."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
PEERS: Final = ("cfy-lint", "yamllint")
ENGINE: Final = ROOT / "tools" / "oracle" / "record_plans.py"


class Worker:
    """A process that answers a line of JSON with a line of JSON."""

    def __init__(self, command: Sequence[str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )

    def ask(self, question: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """Raises RuntimeError where the process is gone."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args!r} is gone")
        return json.loads(line)

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def oracle_python() -> str | None:
    """The Python with the reference parser: of BPLINT_ORACLE, or of what `make oracle` makes."""
    named = os.environ.get("BPLINT_ORACLE")
    path = named or str(ROOT / ".oracle" / "bin" / "python")
    return path if Path(path).exists() else None


def parser_worker(python: str) -> Worker:
    return Worker([python, "-W", "ignore", str(HERE / "parse_worker.py")])


def import_worker(python: str) -> Worker:
    return Worker([python, "-W", "ignore", "-B", str(HERE / "import_worker.py")])


def peer_workers(environments: Path) -> dict[str, Worker]:
    """A process for each peer that has an environment of its name."""
    script = str(HERE / "peer_worker.py")
    pythons = {peer: environments / peer / "bin" / "python" for peer in PEERS}
    return {
        peer: Worker([str(python), "-W", "ignore", script, peer])
        for peer, python in pythons.items()
        if python.exists()
    }


def engine_worker(python: str) -> Worker:
    return Worker([python, "-W", "ignore", "-B", str(ENGINE), "-"])
