"""What is measured: each case gives rows of ratios with the ceiling they have to meet."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.generate import blueprint, blueprint_of_bytes, plugin_package, split_blueprint
from benchmarks.measure import Series, growth_exponent, ratio, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = sys.executable
BPLINT = [PYTHON, "-m", "bplint"]
EVENTS = (
    "import gc,sys,yaml\ngc.disable()\np=yaml.CParser(open(sys.argv[1],encoding='utf-8').read())\n"
    "n=0\nwhile p.check_event():\n    p.get_event()\n    n+=1\n"
)
# the baseline for parsing: the same process with the events thrown away
TREE = (
    "import gc,sys\ngc.disable()\nfrom bplint.source import read_source\nfrom bplint.syntax.parser import parse\n"
    "s,_=read_source(sys.argv[1])\nparse(s)\n"
)
COMPOSE = (
    "import gc,sys,yaml\ngc.disable()\n"
    "yaml.compose(open(sys.argv[1],encoding='utf-8').read(), Loader=yaml.CSafeLoader)\n"
)
SMALL = (
    ("simple-hello-world", "blueprint-examples/simple-hello-world-example/blueprint.yaml"),
    ("aws-network", "blueprint-examples/aws-example-network/blueprint.yaml"),
    ("hello-world aws", "blueprint-examples/hello-world-example/aws.yaml"),
)


@dataclass(frozen=True)
class Row:
    """One line of the table. `ceiling` None: shown, not judged. `at_least` turns the comparison round."""

    what: str
    against: str
    value: float
    ceiling: float | None
    detail: str = ""
    at_least: bool = False

    @property
    def is_met(self) -> bool | None:
        if self.ceiling is None:
            return None
        return self.value >= self.ceiling if self.at_least else self.value <= self.ceiling


def detail_of(series: Series) -> str:
    peak = f", {series.peak_mib:.0f} MiB" if series.peak_mib is not None else ""
    return f"{series.cpu_s * 1000:.0f} ms{peak}"


def start_up(runs: int) -> Iterator[Row]:
    series = side_by_side(
        {
            "pass": [PYTHON, "-c", "pass"],
            "yaml": [PYTHON, "-c", "import yaml"],
            "click": [PYTHON, "-c", "import yaml, click"],
            "version": [*BPLINT, "--version"],
        },
        runs,
    )
    yield Row(
        "`bplint --version`",
        "`python -c pass`",
        ratio(series["version"], series["pass"]),
        5.0,
        detail_of(series["version"]),
    )
    yield Row(
        "yaml and click alone",
        "`import yaml`",
        ratio(series["click"], series["yaml"]),
        None,
        detail_of(series["click"]),
    )


def small_blueprints(runs: int, shared: Path, peers: dict[str, list[str]]) -> Iterator[Row]:
    for name, relative in SMALL:
        path = str(shared / "corpus" / relative)
        commands = {
            "yaml": [PYTHON, "-c", "import yaml"],
            "bplint": [*BPLINT, "validate", path],
            **{peer: [*command, path] for peer, command in peers.items()},
        }
        series = side_by_side(commands, runs)
        size = Path(path).stat().st_size
        yield Row(
            f"lint {name} ({size} bytes)",
            "`import yaml`",
            ratio(series["bplint"], series["yaml"]),
            2.5,
            detail_of(series["bplint"]),
        )
        yield from _against_peers(name, series)


def _against_peers(name: str, series: dict[str, Series]) -> Iterator[Row]:
    first = name == SMALL[0][0]
    floors = {"cfy-lint": 4.0, "dsl_parser": 8.0 if first else 40.0, "yamllint": None if first else 1.0}
    for peer, floor in floors.items():
        if peer in series:
            yield Row(
                f"{peer} on {name}",
                "bplint",
                ratio(series[peer], series["bplint"]),
                floor,
                detail_of(series[peer]),
                at_least=True,
            )


def parsing(runs: int, scratch: Path) -> Iterator[Row]:
    path = scratch / "five_mb.yaml"
    path.write_text(blueprint_of_bytes(5_000_000), encoding="utf-8")
    series = side_by_side(
        {"events": [PYTHON, "-c", EVENTS, str(path)], "tree": [PYTHON, "-c", TREE, str(path)]}, runs
    )
    yield Row(
        f"parse to tree, {path.stat().st_size / 1e6:.1f} MB",
        "bare libyaml events",
        ratio(series["tree"], series["events"]),
        1.5,
        detail_of(series["tree"]),
    )


def templates(runs: int, scratch: Path, counts: tuple[int, ...]) -> Iterator[Row]:
    seconds: dict[int, float] = {}
    for count in counts:
        path = scratch / f"templates_{count}.yaml"
        path.write_text(blueprint(count), encoding="utf-8")
        series = side_by_side(
            {"compose": [PYTHON, "-c", COMPOSE, str(path)], "bplint": [*BPLINT, "validate", str(path)]}, runs
        )
        judged = count >= 1_000
        seconds[count] = series["bplint"].cpu_s
        yield Row(
            f"lint {count} node templates ({path.stat().st_size} bytes)",
            "`yaml.compose`, CSafeLoader",
            ratio(series["bplint"], series["compose"]),
            3.0 if judged else None,
            detail_of(series["bplint"]),
        )
        ours, theirs = series["bplint"].peak_mib, series["compose"].peak_mib
        if judged and ours and theirs:
            yield Row(
                f"peak memory, {count} node templates",
                "the same",
                ours / theirs,
                1.0 if count >= 10_000 else None,
                f"{ours:.0f} against {theirs:.0f} MiB",
            )
    if 1_000 in seconds and 10_000 in seconds:
        exponent = growth_exponent((1_000, seconds[1_000]), (10_000, seconds[10_000]))
        yield Row("growth exponent, 1,000 to 10,000 node templates", "linear is 1", exponent, 1.10)


def over_imports(runs: int, scratch: Path, count: int) -> Iterator[Row]:
    folder = scratch / "imports"
    folder.mkdir()
    for name, text in split_blueprint(count, 50).items():
        (folder / name).write_text(text, encoding="utf-8")
    one = scratch / "imports_one.yaml"
    one.write_text(blueprint(count), encoding="utf-8")
    series = side_by_side(
        {
            "one": [*BPLINT, "validate", str(one)],
            "many": [*BPLINT, "validate", str(folder / "blueprint.yaml")],
        },
        runs,
    )
    yield Row(
        f"lint {count} node templates over 50 imports",
        "in one file",
        ratio(series["many"], series["one"]),
        None,
        detail_of(series["many"]),
    )


def plugin_mappings(runs: int, scratch: Path) -> Iterator[Row]:
    folder = scratch / "plugin"
    for name, text in plugin_package(1_000, 400).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    bare = (
        "import ast,sys,pathlib,yaml,click\n"
        "for p in pathlib.Path(sys.argv[1]).rglob('*.py'):\n    ast.parse(p.read_text())\n"
    )
    series = side_by_side(
        {
            "ast": [PYTHON, "-c", bare, str(folder)],
            "bplint": [*BPLINT, "validate", str(folder / "plugin.yaml")],
        },
        runs,
    )
    yield Row(
        "plugin with 1,000 mappings over 400 modules",
        "`ast.parse` of the modules",
        ratio(series["bplint"], series["ast"]),
        3.0,
        detail_of(series["bplint"]),
    )


def many_files(runs: int, what: str, folder: Path) -> Iterator[Row]:
    bare = (
        "import gc,sys,pathlib,yaml\ngc.disable()\n"
        "for f in sorted(pathlib.Path(sys.argv[1]).rglob('*.yaml')):\n"
        "    try:\n        p=yaml.CParser(f.read_bytes())\n        while p.check_event(): p.get_event()\n"
        "    except yaml.YAMLError: pass\n"
    )
    series = side_by_side(
        {"events": [PYTHON, "-c", bare, str(folder)], "bplint": [*BPLINT, "validate", str(folder)]}, runs
    )
    number = sum(1 for _ in folder.rglob("*.yaml"))
    ceiling = 2.5 if what == "corpus" else None
    yield Row(
        f"lint the {what} in one process ({number} files)",
        "bare libyaml events",
        ratio(series["bplint"], series["events"]),
        ceiling,
        detail_of(series["bplint"]),
    )


def peers_of(environment: str | None) -> dict[str, list[str]]:
    """Commands of the peers that are installed in a virtual environment of their own; empty without one."""
    if not environment:
        return {}
    folder = Path(environment) / ("Scripts" if os.name == "nt" else "bin")
    parse = "import sys; from dsl_parser.parser import parse_from_path; parse_from_path(sys.argv[1])"
    found = {
        "yamllint": [str(folder / "yamllint")],
        "cfy-lint": [str(folder / "cfy-lint"), "-b"],
        "dsl_parser": [str(folder / "python"), "-c", parse],
    }
    return {name: command for name, command in found.items() if Path(command[0]).exists()}
