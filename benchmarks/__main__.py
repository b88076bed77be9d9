"""`python -m benchmarks`: measure, print the table, and with --write put it into docs/performance.md."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import cases
from benchmarks.editing import editing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.row import Row

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
MARK = "<!-- the table below is written by `python -m benchmarks --write` -->"


def rows(options: argparse.Namespace, scratch: Path) -> Iterator[Row]:
    runs: int = options.runs
    corpus = Path(options.corpus)
    folders = cases.Folders(Path(options.peers), Path(options.oracle))
    yield from cases.start_up(runs)
    if corpus.is_dir():
        yield from cases.small_blueprints(runs, corpus, folders, scratch)
        yield from cases.many_files(runs, "corpus", corpus, 3.0)
    else:
        print("not run: the small published blueprints and the corpus (no such folder)", file=sys.stderr)
    yield from cases.cloud_formation(runs, scratch, folders)
    yield from cases.many_files(runs, "fixtures", ROOT / "fixtures", None)
    yield from cases.parsing(runs, scratch)
    yield from cases.templates(runs, scratch, (10, 100, 1_000, 10_000))
    yield from cases.over_imports(runs, scratch, 5_000, 50)
    yield from cases.plugin_mappings(runs, scratch)
    yield from editing(scratch, ((50, 200, 50.0), (10_000, 20, 1000.0)))
    yield from cases.plans(runs, scratch, (10, 100, 1_000, 10_000))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each command")
    parser.add_argument(
        "--corpus",
        default=str(ROOT.parent / "shared" / "corpus"),
        help="folder with checkouts of published blueprints: blueprint-examples and others",
    )
    parser.add_argument(
        "--peers", default=str(ROOT / ".peers"), help="folder with an environment for each peer"
    )
    parser.add_argument("--oracle", default=str(ROOT / ".oracle"), help="environment of the reference parser")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    lines = [
        f"Python {platform.python_version()} on {platform.system()}, medians of {options.runs} paired runs.",
        "",
        "| what | against | ratio | goal | met | CPU time, peak memory |",
        "|---|---|---|---|---|---|",
    ]
    print("\n".join(lines))
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows(options, Path(scratch)):
            lines.append(row.line)
            print(lines[-1], flush=True)
    if options.write:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(head + MARK + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
