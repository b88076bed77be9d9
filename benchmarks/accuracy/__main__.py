"""`python -m benchmarks.accuracy`: mistakes put into valid files and judged; --write: docs/accuracy.md."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy import valid as valid_files
from benchmarks.accuracy.case_bench import Court, again, outcomes
from benchmarks.accuracy.judges import oracle_python
from benchmarks.accuracy.mistaken_files import cases
from benchmarks.accuracy.outcome_record import line_of, line_of_valid, read_record
from benchmarks.accuracy.page import lines_of

if TYPE_CHECKING:
    from benchmarks.accuracy.case_bench import Outcome
    from benchmarks.accuracy.valid import Valid

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "accuracy.md"
MARK = "<!-- what is below is written by `python -m benchmarks.accuracy --write` -->"
SHARES = {"blueprint": 0.7, "plugin": 0.2, "code": 0.1}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--count", type=int, default=12_000, help="mistakes to make")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--family", choices=sorted(SHARES), help="only these files")
    parser.add_argument(
        "--published",
        default=str(ROOT.parent / "shared"),
        help="folder with published blueprints and verdicts",
    )
    parser.add_argument(
        "--peers", default=str(ROOT / ".peers"), help="folder with an environment for each peer"
    )
    parser.add_argument(
        "--record",
        default=str(ROOT / "build" / "accuracy"),
        help="folder for what was found, a file a family",
    )
    parser.add_argument(
        "--write", action="store_true", help="write the record's tables into docs/accuracy.md"
    )
    parser.add_argument("--origin", choices=("own", "fixture", "published"), help="only valid files of this")
    parser.add_argument("--part", default="1/1", help="only one of several parts, each with its own record")
    again_words = "run bplint on the cases of the record; ask no judge and no peer"
    parser.add_argument("--again", action="store_true", help=again_words)
    parser.add_argument("--only-write", action="store_true", help="the same, and measure nothing")
    return parser.parse_args()


def valid_of(family: str, published: Path | None) -> list[Valid]:
    makers = {
        "blueprint": lambda: valid_files.blueprints(published),
        "plugin": lambda: valid_files.plugins(published),
        "code": valid_files.code,
    }
    return list(makers[family]())


def measure(options: argparse.Namespace, family: str) -> None:
    """Write the record of a family."""
    python = oracle_python()
    if python is None:
        raise SystemExit("the reference parser is not here: BPLINT_ORACLE, or make oracle")
    published = Path(options.published)
    valid = valid_of(family, published if published.is_dir() else None)
    valid = [each for each in valid if options.origin in (None, each.origin)]
    suffix = "" if options.part == "1/1" else f".{options.part.partition('/')[0]}"
    path = Path(options.record) / f"{family}{suffix}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    peers = None if options.again or family == "code" else Path(options.peers)
    court = Court(python, peers)
    said: dict[str, dict[str, Any]] = {}  # by the peers, of valid files
    try:
        with tempfile.TemporaryDirectory() as scratch, path.with_suffix(".new").open("w") as file:
            if options.again:
                known = list(read_record(path))
                said = {entry["name"]: entry["told"] for kind, entry in known if kind == "valid"}
                every = again(valid, [entry for kind, entry in known if kind == "case"], court, Path(scratch))
            else:
                made = cases(family, valid, options.seed, round(options.count * SHARES[family]))
                part, parts = map(int, options.part.split("/"))
                own = [case for number, case in enumerate(made) if number % parts == part - 1]
                every = outcomes(valid, own, court, Path(scratch), is_part=part > 1)
            for each, before, found in every:
                told = {**said.get(each.name, {}), **before}
                file.write(line_of_valid(family, each.name, each.origin, told) + "\n")
                file.writelines(line_of(outcome) + "\n" for outcome in found)
                file.flush()
        path.with_suffix(".new").replace(path)
    finally:
        court.close()


def fired_on(folder: Path) -> set[str]:
    """Codes of the rules that fire on published files."""
    from bplint.app import LintRequest, lint
    from bplint.config import Config

    found: set[str] = set()
    for corpus in sorted(folder.glob("corpus*")):
        found |= {entry.code for entry in lint(LintRequest((str(corpus),), Config())).diagnostics}
    return found


def write(options: argparse.Namespace) -> None:
    """The tables of all records that are there."""
    found: list[Outcome] = []
    valid: list[dict[str, Any]] = []
    for family in SHARES:
        known = set()
        for path in sorted(Path(options.record).glob(f"{family}*.jsonl")):
            for kind, entry in read_record(path):
                if kind == "case":
                    if entry.verdict is None or entry.verdict[0] != "unanswered":
                        found.append(entry)
                elif entry["name"] not in known:  # the parts of a record share their valid files
                    known.add(entry["name"])
                    valid.append(entry)
    lines = lines_of(found, valid, fired_on(Path(options.published)), options.seed)
    head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    PAGE.write_text(head + MARK + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    options = arguments()
    os.chdir(ROOT)
    if not options.only_write:
        for family in [options.family] if options.family else SHARES:
            measure(options, family)
    if options.write or options.only_write:
        write(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
