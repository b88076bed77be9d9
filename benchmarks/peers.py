"""What speed is compared with: commands of the peers, their imports offline, and whether a run came to a
result."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

CACHE: Final = "lib/python*/site-packages/cfy_lint/yamllint_ext/cloudify"
# types and plugins come from files beside it; a version that an import wants is left out of its name
_DSL_PARSER: Final = """\
import sys
from dsl_parser.import_resolver.default_import_resolver import DefaultImportResolver
from dsl_parser.parser import parse_from_path
path, resources = sys.argv[1:]
class Resolver(DefaultImportResolver):
    def fetch_import(self, import_url, **given):
        return super().fetch_import(import_url.partition("?")[0], **given)
resolver = Resolver(rules=[{"plugin:": f"file://{resources}/plugins/"}])
print(len(parse_from_path(path, resources_base_path=resources, resolver=resolver)["nodes"]), "node templates")
"""
# a line of a report begins with its place or its level
_REPORTED: Final = {
    "yamllint": r"(?m)^\s+\d+:\d+\s",
    "cfy-lint": r"(?m)^(?:ERROR|WARNING|INFO)\s*: \d+",
    "cfn-lint": r"(?m)^[EWI]\d{4} ",
}
# exit codes of runs that came to an end: cfn-lint's are a sum of what it found, and 1 is a crash
_ENDED: Final = {"yamllint": {0, 1}, "cfy-lint": {0}, "cfn-lint": {0, *range(2, 32, 2)}, "dsl_parser": {0}}


class Result(NamedTuple):
    """How a run ended: `told` in a few words, or `failure`, the last line that it wrote."""

    told: str = ""
    failure: str = ""


def peers_in(folder: Path, oracle: Path) -> list[str]:
    """Peers that are installed: each in an environment of its name, the reference parser in the oracle's."""
    found = [peer for peer in ("yamllint", "cfy-lint") if _program(folder, peer).exists()]
    return [*found, "dsl_parser"] if (oracle / "bin" / "python").exists() else found


def has_cfn_lint(folder: Path) -> bool:
    return _program(folder, "cfn-lint").exists()


def command_of(peer: str, folder: Path, oracle: Path, path: Path, resources: Path) -> list[str]:
    """A peer's command for a file. `resources` has the types and plugins for the reference parser."""
    if peer == "dsl_parser":
        return [str(oracle / "bin" / "python"), "-c", _DSL_PARSER, str(path), str(resources)]
    program = str(_program(folder, peer))
    return [program, "-b", str(path)] if peer == "cfy-lint" else [program, str(path)]


def result_of(peer: str, command: list[str]) -> Result:
    """Run a peer once, unmeasured, and see whether it comes to a result: a traceback and a report may have
    the same exit code."""
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    output = done.stdout + done.stderr
    lines = [line for line in output.splitlines() if line.strip()]
    is_broken = "Traceback (most recent call last)" in output or "urlopen error" in output
    if is_broken or done.returncode not in _ENDED[peer]:
        return Result(failure=lines[-1].strip() if lines else f"exit code {done.returncode}")
    if peer == "dsl_parser":
        return Result(lines[-1])
    found = len(re.findall(_REPORTED[peer], output))
    return Result(f"{found} report{'' if found == 1 else 's'}")


def keep_for_cfy_lint(environment: Path, location: str, content: Mapping[str, Any]) -> None:
    """Give cfy-lint an import in its own cache, as if it had fetched it: of a plugin it keeps the node types
    alone. It forgets after a day."""
    cache = next(environment.glob(CACHE), None)
    if cache is None:
        return
    kept = content.get("node_types", {}) if location.startswith("plugin:") else content
    folder = cache / "__cfylint_runtime_cache"
    folder.mkdir(exist_ok=True)
    (folder / re.sub("[^0-9a-zA-Z]+", "_", location)).write_text(json.dumps(kept), encoding="utf-8")


def remote_imports(text: str) -> list[str]:
    """The imports of a blueprint that are no files."""
    import yaml

    entries = (yaml.load(text, Loader=yaml.CSafeLoader) or {}).get("imports") or []
    return [entry for entry in entries if isinstance(entry, str) and ":" in entry]


def _program(folder: Path, peer: str) -> Path:
    scripts = "Scripts" if os.name == "nt" else "bin"
    return folder / peer / scripts / peer
