"""Mutants judged by the reference parser and by bplint: who disagrees, on how little.

python -m tools.oracle.mutate_compare --count 2000 --seed 1      (make mutants takes a fresh seed)
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from bplint.app import LintRequest, LintResult, lint
from bplint.catalog.store import Catalog
from bplint.config import Config
from bplint.diagnostic import Effect
from tools.oracle.mutate import mutant
from tools.oracle.mutate_explained import explanation
from tools.oracle.mutate_files import GIVEN_FILE, given_inputs
from tools.oracle.mutate_seeds import Seeds
from tools.oracle.reference import oracle_python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.oracle.mutate_trees import Files

WORKER = Path(__file__).parent / "mutate_worker.py"
CHUNK = 16

Verdict = tuple[str, str, int | None] | None  # stage, exception, code


class Mutant(NamedTuple):
    name: str
    files: Files


class Judged(NamedTuple):
    """A mutant, what the reference parser says of it and what we say; `difference` is '' where they agree."""

    mutant: Mutant
    theirs: Verdict
    ours: frozenset[Verdict]
    crash: str
    difference: str
    explained: str


class Oracle:
    """The reference parser in a process of its own, with the built-in types where it looks for them."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        write_types(Path(self.folder.name))
        self.process = self._start()

    def __enter__(self) -> Oracle:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()
        self.folder.cleanup()

    def ask(self, mutants: list[Mutant]) -> None:
        cases = [{"files": each.files, "inputs": given_inputs(each.files)} for each in mutants]
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(cases) + "\n")
        self.process.stdin.flush()

    def answer(self) -> list[Verdict]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return [None if found is None else tuple(found) for found in json.loads(line)]

    def _start(self) -> subprocess.Popen[str]:
        python = oracle_python()
        assert python is not None
        command = [python, "-W", "ignore", str(WORKER), self.folder.name]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)


def write_types(folder: Path) -> None:
    """The catalogue's built-in types as files, for every version that has its own."""
    (folder / "cloudify" / "types").mkdir(parents=True)
    catalog = Catalog()
    for suffix, version in (("_1_3", (1, 3)), ("_1_4", (1, 4)), ("", None)):
        facts = catalog.built_in_types(version)
        content: dict[str, Any] = {"metadata": {"cloudify_types": True}}
        if facts.version:
            content["tosca_definitions_version"] = facts.version
        for section, names in facts.sections.items():
            content[section] = {name: facts.value(section, name) for name in names}
        (folder / "cloudify" / "types" / f"types{suffix}.yaml").write_text(json.dumps(content))


# -- what we say


def run(files: Files, folder: Path) -> LintResult:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="")
    main = next(iter(files))
    inputs = (str(folder / GIVEN_FILE),) if GIVEN_FILE in files else ()
    return lint(LintRequest((str(folder / main),), Config(deployment=True, inputs=inputs)))


def said(result: LintResult) -> frozenset[Verdict]:
    """Our refusals, and what we say of making a deployment."""
    found: set[Verdict] = set()
    for entry in result.diagnostics:
        name, code = (entry.reference.exception, entry.reference.code) if entry.reference else ("", None)
        if entry.effect is Effect.REFUSED:
            found.add(("parse", name, code))
        elif entry.effect is Effect.FAILS and name:
            found.add(("deploy", name, code))
    return frozenset(found)


def judge(made: Mutant, theirs: Verdict, folder: Path) -> Judged:
    try:
        result = run(made.files, folder)
    except Exception as error:
        return Judged(made, theirs, frozenset(), f"{type(error).__name__}: {error}", "crash", "")
    crashes = [entry.message for entry in result.diagnostics if entry.code == "BP000"]
    if crashes:
        return Judged(made, theirs, frozenset(), crashes[0], "crash", "")
    ours = said(result)
    difference = differ(theirs, ours)
    explained = explanation(made.files, theirs, result) if difference else ""
    return Judged(made, theirs, ours, "", difference, explained)


def differ(theirs: Verdict, ours: frozenset[Verdict]) -> str:
    refused = any(each is not None and each[0] == "parse" for each in ours)
    if theirs is None:
        return "refused although valid" if refused else "failing although deployable" if ours else ""
    if theirs[0] == "parse":
        return "accepted although invalid" if not refused else "" if theirs in ours else "another code"
    if refused:
        return "refused although valid"
    return "" if theirs in ours else "another failure" if ours else "deployable although failing"


# -- many


def mutants(seed: str, count: int) -> Iterator[Mutant]:
    seeds = Seeds()
    for number in range(count):
        random = Random(f"{seed}/{number}")
        name, files = mutant(seeds.choose(random), random)
        yield Mutant(f"{seed}/{number}: {name}", files)


def judged(made: list[Mutant], oracle: Oracle) -> Iterator[Judged]:
    """Both at work at a time: the reference parser reads what we judge next."""
    chunks = [made[start : start + CHUNK] for start in range(0, len(made), CHUNK)]
    if chunks:
        oracle.ask(chunks[0])
    for index, chunk in enumerate(chunks):
        answers = oracle.answer()
        if index + 1 < len(chunks):
            oracle.ask(chunks[index + 1])
        for each, theirs in zip(chunk, answers, strict=True):
            with tempfile.TemporaryDirectory() as folder:
                yield judge(each, theirs, Path(folder))


def report(found: list[Judged]) -> str:
    """A table of who agrees."""
    counted = Counter(
        "agreed" if not each.difference else each.explained or each.difference for each in found
    )
    invalid = [each for each in found if each.theirs is not None and each.theirs[0] == "parse"]
    lines = [f"{count:6} {name}" for name, count in counted.most_common()]
    same = sum(1 for each in invalid if not each.difference)
    lines.append(f"{len(found):6} mutants, {len(invalid)} invalid, {same} of them with class and code")
    return "\n".join(lines)


def told(each: Judged) -> str:
    ours = sorted(map(str, each.ours))
    head = f"{each.mutant.name}\n{each.difference}: the parser says {each.theirs}, we say {ours} {each.crash}"
    texts = [f"--- {path}\n{text}" for path, text in each.mutant.files.items() if text]
    return "\n".join((head, *texts))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", default="")
    parser.add_argument("--only", type=int, help="the mutant of this number alone")
    parser.add_argument("--no-shrink", action="store_true")
    options = parser.parse_args()
    seed = options.seed or str(Random().randrange(10**9))
    made = list(mutants(seed, options.count if options.only is None else options.only + 1))
    made = made if options.only is None else made[-1:]
    with Oracle() as oracle:
        found = list(judged(made, oracle))
        wrong = [each for each in found if each.difference and not each.explained]
        if not options.no_shrink:
            from tools.oracle.mutate_shrink import shrunk

            wrong = [shrunk(each, oracle) for each in wrong]
    for each in wrong:
        print(told(each), end="\n\n")
    print(f"seed {seed}\n{report(found)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
