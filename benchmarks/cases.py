"""What is measured: each case gives rows of ratios with the ceiling they have to meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks import commands, peers
from benchmarks.generate import (
    blueprint,
    blueprint_of_bytes,
    cfn_template,
    plan_blueprint,
    plugin_package,
    split_blueprint,
)
from benchmarks.measure import growth_exponent, ratio, side_by_side
from benchmarks.resources import content_of, write_resources
from benchmarks.row import Row, detail_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.measure import Series

SMALL: Final = (
    ("simple-hello-world", "blueprint-examples/simple-hello-world-example/blueprint.yaml"),
    ("aws-network", "blueprint-examples/aws-example-network/blueprint.yaml"),
    ("hello-world aws", "blueprint-examples/hello-world-example/aws.yaml"),
)
# how many times slower a peer is to be on the first of them, and on the others; None: not judged
FLOORS: Final = {"cfy-lint": (4.0, 4.0), "dsl_parser": (8.0, 40.0), "yamllint": (None, 1.0)}
IMPORT_YAML: Final = "import yaml"
CFN_COUNTS: Final = (10, 100)


class Folders(NamedTuple):
    """Where the peers and the reference parser are installed."""

    peers: Path
    oracle: Path


def start_up(runs: int) -> Iterator[Row]:
    series = side_by_side(
        {
            "pass": commands.python("pass"),
            "yaml": commands.python(IMPORT_YAML),
            "click": commands.python("import yaml, click"),
            "version": [*commands.BPLINT, "--version"],
        },
        runs,
    )
    version, click = series["version"], series["click"]
    yield Row(
        "`bplint --version`", "`python -c pass`", ratio(version, series["pass"]), 5.0, detail_of(version)
    )
    yield Row("yaml and click alone", "`import yaml`", ratio(click, series["yaml"]), None, detail_of(click))


def small_blueprints(runs: int, corpus: Path, folders: Folders, scratch: Path) -> Iterator[Row]:
    """The published ones against `import yaml`, and against the peers that are there and come to a result."""
    installed = peers.peers_in(folders.peers, folders.oracle)
    resources = write_resources(scratch / "resources")
    for index, (name, relative) in enumerate(SMALL):
        path = corpus / relative
        keep_imports(path, folders.peers / "cfy-lint")
        lines = {
            peer: peers.command_of(peer, folders.peers, folders.oracle, path, resources) for peer in installed
        }
        results = {peer: peers.result_of(peer, line) for peer, line in lines.items()}
        lines = {peer: line for peer, line in lines.items() if not results[peer].failure}
        lines["yaml"] = commands.python(IMPORT_YAML)
        lines["bplint"] = commands.validate(path)
        series = side_by_side(lines, runs)
        own = series["bplint"]
        what = f"lint {name} ({path.stat().st_size:,} bytes, {_nodes_in(path):,} YAML nodes)"
        yield Row(what, "`import yaml`", ratio(own, series["yaml"]), 2.5, detail_of(own))
        for peer in installed:
            floor = FLOORS[peer][min(index, 1)]
            named = f"{peer} on {name}"
            if results[peer].failure:
                yield Row(named, "bplint", 0.0, floor, failure=results[peer].failure)
                continue
            times = ratio(series[peer], own)
            detail = f"{detail_of(series[peer])}; {results[peer].told}"
            yield Row(named, "bplint", times, floor, detail, at_least=True)


def keep_imports(path: Path, environment: Path) -> None:
    """What a blueprint imports from elsewhere, into the cache of cfy-lint: it would ask the network."""
    for location in peers.remote_imports(path.read_text(encoding="utf-8")):
        content = content_of(location)
        if content is not None:
            peers.keep_for_cfy_lint(environment, location, content)


def cloud_formation(runs: int, scratch: Path, folders: Folders) -> Iterator[Row]:
    """cfn-lint, which the users of another cloud have, on a template of as many resources as a blueprint of
    ours has node templates."""
    if not peers.has_cfn_lint(folders.peers):
        return
    for count in CFN_COUNTS:
        ours = _written(scratch / f"cfn_{count}.yaml", blueprint(count))
        theirs = _written(scratch / f"template_{count}.json", cfn_template(count))
        line = peers.command_of("cfn-lint", folders.peers, folders.oracle, theirs, scratch)
        result = peers.result_of("cfn-lint", line)
        what = f"cfn-lint, a template of {count} resources"
        against = f"bplint, {count} node templates"
        if result.failure:
            yield Row(what, against, 0.0, failure=result.failure)
            continue
        series = side_by_side({"cfn-lint": line, "bplint": commands.validate(ours)}, runs)
        detail = f"{detail_of(series['cfn-lint'])}; {result.told}"
        yield Row(what, against, ratio(series["cfn-lint"], series["bplint"]), None, detail)


def _nodes_in(path: Path) -> int:
    # of small files only: what this process takes is the least that a child's peak memory can be
    from bplint.source import read_source
    from bplint.syntax.parser import parse
    from bplint.syntax.tree import walk

    source, _ = read_source(str(path))
    root = parse(source).root if source is not None else None
    return 0 if root is None else sum(1 for _ in walk(root))


def many_files(runs: int, what: str, folder: Path, ceiling: float | None) -> Iterator[Row]:
    series = side_by_side(
        {"events": commands.events_of_folder(folder), "bplint": commands.validate(folder)}, runs
    )
    sizes = [path.stat().st_size for path in folder.rglob("*.yaml")]
    yield Row(
        f"lint the {what} in one process ({len(sizes):,} files, {sum(sizes):,} bytes)",
        "bare libyaml events",
        ratio(series["bplint"], series["events"]),
        ceiling,
        detail_of(series["bplint"]),
    )


def parsing(runs: int, scratch: Path) -> Iterator[Row]:
    path = _written(scratch / "five_mb.yaml", blueprint_of_bytes(5_000_000))
    series = side_by_side({"events": commands.events(path), "tree": commands.tree(path)}, runs)
    yield Row(
        f"parse to tree ({path.stat().st_size:,} bytes)",
        "bare libyaml events",
        ratio(series["tree"], series["events"]),
        1.5,
        detail_of(series["tree"]),
    )


def templates(runs: int, scratch: Path, counts: tuple[int, ...]) -> Iterator[Row]:
    """Node templates in one file; the last counts are judged, and how the time grows between them."""
    seconds: list[tuple[float, float]] = []
    for count in counts:
        path = _written(scratch / f"templates_{count}.yaml", blueprint(count))
        series = side_by_side({"compose": commands.compose(path), "bplint": commands.validate(path)}, runs)
        own, theirs = series["bplint"], series["compose"]
        seconds.append((count, own.cpu_s))
        ceiling = 3.0 if count == counts[-1] else None
        what = f"lint {count:,} node templates ({path.stat().st_size:,} bytes)"
        yield Row(what, "`yaml.compose`, CSafeLoader", ratio(own, theirs), ceiling, detail_of(own))
        if count == counts[-1]:
            yield from _peak_memory(count, own, theirs)
    yield _growth("node templates", seconds[-2:])


def _peak_memory(count: int, own: Series, theirs: Series) -> Iterator[Row]:
    if own.peak_mib and theirs.peak_mib:
        both = f"{own.peak_mib:.0f} against {theirs.peak_mib:.0f} MiB"
        yield Row(
            f"peak memory, {count:,} node templates", "the same", own.peak_mib / theirs.peak_mib, 1.0, both
        )


def _growth(what: str, seconds: list[tuple[float, float]]) -> Row:
    small, large = seconds
    name = f"growth exponent, {small[0]:,} to {large[0]:,} {what}"
    return Row(name, "linear is 1", growth_exponent(small, large), 1.10)


def over_imports(runs: int, scratch: Path, count: int, files: int) -> Iterator[Row]:
    folder = scratch / "imports"
    for name, text in split_blueprint(count, files).items():
        _written(folder / name, text)
    one = _written(scratch / "imports_one.yaml", blueprint(count))
    series = side_by_side(
        {"one": commands.validate(one), "many": commands.validate(folder / "blueprint.yaml")}, runs
    )
    many = series["many"]
    what = f"lint {count:,} node templates over {files} imports"
    yield Row(what, "in one file", ratio(many, series["one"]), None, detail_of(many))


def plugin_mappings(runs: int, scratch: Path) -> Iterator[Row]:
    folder = scratch / "plugin"
    for name, text in plugin_package(1_000, 400).items():
        _written(folder / name, text)
    series = side_by_side(
        {"ast": commands.parse_folder(folder), "bplint": commands.validate(folder / "plugin.yaml")}, runs
    )
    own = series["bplint"]
    what = "plugin with 1,000 mappings over 400 modules"
    yield Row(what, "`ast.parse` of the modules", ratio(own, series["ast"]), 3.0, detail_of(own))


def plans(runs: int, scratch: Path, counts: tuple[int, ...]) -> Iterator[Row]:
    """Plans of `install`; the last one in seconds of wall time."""
    seconds: list[tuple[float, float]] = []
    for count in counts:
        path = _written(scratch / f"plan_{count}.yaml", plan_blueprint(count))
        own = side_by_side({"plan": commands.plan(path)}, runs)["plan"]
        seconds.append((count, own.wall_s))
        ceiling = 30.0 if count == counts[-1] else None
        what = f"plan `install` of {count:,} node instances, JSON"
        yield Row(what, "wall time", own.wall_s, ceiling, detail_of(own), unit=" s")
    yield _growth("node instances planned", seconds[-2:])


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
