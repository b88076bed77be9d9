"""`python -m benchmarks`: measure, print the table, and with --write put it into docs/performance.md."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import cases

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
MARK = "<!-- the table below is written by `python -m benchmarks --write` -->"


def rows(options: argparse.Namespace, scratch: Path) -> Iterator[cases.Row]:
    shared = Path(options.shared)
    runs: int = options.runs
    yield from cases.start_up(runs)
    if shared.is_dir():
        yield from cases.small_blueprints(runs, shared, cases.peers_of(options.peers))
        yield from cases.many_files(runs, "corpus", shared / "corpus")
    else:
        print("not run: the small published blueprints and the corpus (no such folder)", file=sys.stderr)
    yield from cases.many_files(runs, "fixtures", ROOT / "fixtures")
    yield from cases.parsing(runs, scratch)
    yield from cases.templates(runs, scratch, (10, 100, 1_000, 10_000))
    yield from cases.over_imports(runs, scratch, 5_000)
    yield from cases.plugin_mappings(runs, scratch)


def line_of(row: cases.Row) -> str:
    goal = "" if row.ceiling is None else f"{'≥' if row.at_least else '≤'} {row.ceiling:g}"
    met = {None: "", True: "yes", False: "**no**"}[row.is_met]
    return f"| {row.what} | {row.against} | {row.value:.2f} | {goal} | {met} | {row.detail} |"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each command")
    parser.add_argument(
        "--shared", default=str(ROOT.parent / "shared"), help="folder with the published blueprints"
    )
    parser.add_argument("--peers", default=str(ROOT / ".peers"), help="virtual environment of the peers")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    options = parser.parse_args()
    lines = [
        f"Python {platform.python_version()} on {platform.system()}, medians of {options.runs} paired runs.",
        "",
        "| what | against | ratio | goal | met | CPU time, peak memory |",
        "|---|---|---|---|---|---|",
    ]
    print("\n".join(lines))
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows(options, Path(scratch)):
            lines.append(line_of(row))
            print(lines[-1], flush=True)
    if options.write:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(head + MARK + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
