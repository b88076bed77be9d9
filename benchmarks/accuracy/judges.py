"""Who says whether a change is a fault: the reference parser, a real import, the real engine."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.accuracy.valid import Files

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
ENGINE: Final = ROOT / "tools" / "oracle" / "record_plans.py"
CACHE: Final = "lib/python*/site-packages/cfy_lint/yamllint_ext/cloudify"
REMOTE: Final = ("http://", "https://", "plugin:")


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


def peer_worker(python: str) -> Worker:
    return Worker([python, "-W", "ignore", str(HERE / "peer_worker.py")])


def engine_worker(python: str) -> Worker:
    return Worker([python, "-W", "ignore", "-B", str(ENGINE), "-"])


class Answers:
    """Files with what a manager would answer to imports, made of the catalogue."""

    def __init__(self, folder: Path, peers: Path | None = None) -> None:
        """`peers`: the environment of the peers; cfy-lint finds the same answers in its own cache there."""
        from bplint.catalog.store import Catalog

        self.folder = folder
        self.cache = next(peers.glob(CACHE), None) if peers is not None else None
        self.catalog = Catalog()
        self.written: dict[str, str] = {}

    def types(self, version: str) -> str:
        """The folder with the built-in types that a main file of a version gets."""
        wanted = _numbers(version)
        folder = self.folder / ("latest" if wanted is None else "{}_{}".format(*wanted))
        path = folder / "cloudify" / "types" / "types.yaml"
        if not path.exists():
            path.parent.mkdir(parents=True)
            path.write_text(_text_of(self.catalog.built_in_types(wanted)))
        return str(folder)

    def types_text(self, version: str) -> str:
        """The built-in types that a main file of a version gets."""
        return (Path(self.types(version)) / "cloudify" / "types" / "types.yaml").read_text()

    def remote(self, files: Files, version: str) -> dict[str, str]:
        """Import → path of a file, for all imports of the files that the catalogue can answer."""
        found = {}
        for text in files.values():
            for word in text.replace('"', " ").replace("'", " ").splitlines():
                location = word.strip().removeprefix("- ").strip()
                if location.startswith(REMOTE):
                    path = self._remote(location, version)
                    if path:
                        found[location] = path
        return found

    def _remote(self, location: str, version: str) -> str:
        key = f"{location} {version}"
        if key not in self.written:
            wanted = _numbers(version)
            facts = self.catalog.types_for(location, wanted) or self.catalog.plugin_at(location)
            if location.startswith("plugin:"):
                facts = self.catalog.plugin_for(location[7:].partition("?")[0], wanted)
            path = self.folder / f"import_{len(self.written)}.yaml"
            if facts is not None:
                path.write_text(_text_of(facts))
                self._keep_for_cfy_lint(location, facts)
            self.written[key] = str(path) if facts is not None else ""
        return self.written[key]

    def _keep_for_cfy_lint(self, location: str, facts: Any) -> None:
        """Node types of a plugin or a file by URL, as cfy-lint keeps what it has fetched."""
        if self.cache is None:
            return
        folder = self.cache / "__cfylint_runtime_cache"
        folder.mkdir(exist_ok=True)
        name = re.sub("[^0-9a-zA-Z]+", "_", location)
        content = json.loads(_text_of(facts))
        kept = content.get("node_types", {}) if location.startswith("plugin:") else content
        (folder / name).write_text(json.dumps(kept))


def _numbers(version: str) -> tuple[int, int] | None:
    parts = version.removeprefix("cloudify_dsl_").split("_")
    return (
        (int(parts[0]), int(parts[1])) if len(parts) == 2 and all(each.isdigit() for each in parts) else None
    )


def _text_of(facts: Any) -> str:
    content: dict[str, Any] = {"tosca_definitions_version": facts.version} if facts.version else {}
    for section, names in facts.sections.items():
        content[section] = {name: facts.value(section, name) for name in names}
    if "cloudify.nodes.Root" in facts.sections.get("node_types", ()):
        content["metadata"] = {"cloudify_types": True}
    return json.dumps(content)
