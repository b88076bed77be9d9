"""Every case before its judges and before the tools."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.accuracy import judges
from benchmarks.accuracy.import_answers import Answers
from benchmarks.accuracy.tool_reports import Told, by_bplint, new
from benchmarks.accuracy.valid import version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.accuracy.mistaken_files import Case
    from benchmarks.accuracy.valid import Files, Valid

GIVEN = "given_inputs.json"
PEERS_EVERY = 3  # cfy-lint takes longer than all others together: it is asked about a third of the cases
WRAPPER = "two_lines.yaml"
VERSIONS = [f"cloudify_dsl_1_{minor}" for minor in range(6)]
Verdict = list[Any] | None
Says = dict[str, list[Told] | None]  # tool → what it tells; None: it ended without a result


class Outcome(NamedTuple):
    """A case as it was judged.

    verdict   None where the judges take it, else who, exception and code or text
    told      what each tool says that it did not say of the valid file; None: it ended without a result
    """

    family: str
    kind: str
    valid: str
    verdict: Verdict
    right: list[tuple[str, int]]
    told: Says
    path: str
    text: str

    def told_by(self, tool: str, *, error: bool = False, right: bool = False) -> list[Told]:
        places = {tuple(place) for place in self.right}
        return [
            each
            for each in self.told.get(tool) or ()
            if (each.is_error or not error) and ((each.path, each.line) in places or not right)
        ]


class Bench:
    """The valid file in a folder, with its judges and tools."""

    def __init__(self, valid: Valid, folder: Path, answers: Answers, court: Court) -> None:
        self.valid, self.folder, self.answers, self.court = valid, folder, answers, court
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in valid.files.items():
            self._write(path, text)
        self.before: Says = {}
        self.runs: dict[str, dict[str, Any]] | None = None  # of its workflows, before any change
        self.given: str | None = None
        self.inputs: dict[str, Any] | None = None
        if valid.family != "plugin":
            self._write(GIVEN, json.dumps(valid.inputs))
            self.given, self.inputs = GIVEN, valid.inputs

    def prepare(self) -> bool:
        """Whether the judges take the file as it is; a deployment is left out where it cannot be made."""
        verdict = self._judge({})
        if verdict is not None and verdict[0] == "deploy":
            self.given = self.inputs = None
            verdict = self._judge({})
        if verdict is None:
            self.before = self._told()
        return verdict is None

    def outcome(self, case: Case, *, with_peers: bool = True) -> Outcome:
        self._write(case.path, case.text)
        try:
            changed = {case.path: case.text}
            if with_peers:
                self._ask_peers()
            self._ask(changed)
            told: Says = {"bplint": by_bplint(self.folder, self.valid.main, self.given)}
            verdict = self._answer(changed)
            told.update(self._peers() if with_peers else {})
            found = {tool: self._new(tool, after) for tool, after in told.items()}
            verdict = self._doubted(verdict, changed, found)
        finally:
            self._write(case.path, self.valid.files[case.path])
        right = sorted(case.right)
        return Outcome(
            self.valid.family, case.kind, self.valid.name, verdict, right, found, case.path, case.text
        )

    def again(self, known: Outcome) -> Outcome:
        """The outcome with what bplint says now; the judges and the peers are not asked, unless in doubt."""
        self._write(known.path, known.text)
        try:
            found = self._new("bplint", by_bplint(self.folder, self.valid.main, self.given))
            told = {**known.told, "bplint": found}
            verdict = self._doubted(known.verdict, {known.path: known.text}, told)
        finally:
            self._write(known.path, self.valid.files[known.path])
        return known._replace(told=told, verdict=verdict)

    def _doubted(self, verdict: Verdict, changed: Files, told: Says) -> Verdict:
        """The verdict with the whole files of the catalogue, where bplint refuses what was taken with what
        the case names of them: the reference parser also reads what nobody uses."""
        if verdict is not None or not any(each.level == "refused" for each in told["bplint"] or ()):
            return verdict
        self._ask(changed, whole=True)
        return self._answer(changed)

    def _new(self, tool: str, after: list[Told] | None) -> list[Told] | None:
        return None if after is None else new(self.before.get(tool) or (), after)

    # -- judges

    def _judge(self, changed: Files) -> Verdict:
        self._ask(changed)
        return self._answer(changed)

    def _ask(self, changed: Files, *, whole: bool = False) -> None:
        files = {**self.valid.files, **changed}
        is_plugin = self.valid.family == "plugin"
        version = version_of(files[self.valid.main])
        if is_plugin:
            # a blueprint of the version that the file says imports it
            version = version if version in VERSIONS else version_of(self.valid.files[self.valid.main])
            version = version or "cloudify_dsl_1_3"
            imports = f"[cloudify/types/types.yaml, {self.valid.main}]"
            self._write(WRAPPER, f"tosca_definitions_version: {version}\nimports: {imports}\n")
        question = {
            "path": str(self.folder / (WRAPPER if is_plugin else self.valid.main)),
            "inputs": self.inputs,
            "types": str(self.answers.types(files, version, whole=whole)),
            "answers": self.answers.remote(files, version, whole=whole),
        }
        self.court.parser.ask(question)

    def _answer(self, changed: Files) -> Verdict:
        found: Verdict = self.court.parser.answer()
        if found is None and self.valid.family == "code":
            from benchmarks.accuracy.code_judge import code_verdict

            found = code_verdict(self, {**self.valid.files, **changed})
        return found

    # -- tools

    def _told(self) -> Says:
        self._ask_peers()
        return {"bplint": by_bplint(self.folder, self.valid.main, self.given), **self._peers()}

    def _ask_peers(self) -> None:
        for worker in self.court.peers.values():
            worker.ask(str(self.folder / self.valid.main))

    def _peers(self) -> Says:
        answers = {peer: worker.answer() for peer, worker in self.court.peers.items()}
        return {
            peer: None if rows is None else [Told(row[0], self.valid.main, *row[1:]) for row in rows]
            for peer, rows in answers.items()
        }

    def _write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8", newline="")


class Court:
    """The processes that judge and the peers, one of each."""

    def __init__(self, python: str, peers: Path | None) -> None:
        self.environment = None if peers is None else peers / "cfy-lint"
        self.parser = judges.parser_worker(python)
        self.imports = judges.import_worker(python)
        self.engine = judges.engine_worker(python)
        self.peers = judges.peer_workers(peers) if peers is not None else {}

    def close(self) -> None:
        for worker in (self.parser, self.imports, self.engine, *self.peers.values()):
            worker.close()


def again(
    valid: Sequence[Valid], known: Iterable[Outcome], court: Court, scratch: Path
) -> Iterator[tuple[Valid, Says, list[Outcome]]]:
    """Known outcomes with what bplint says now. Of valid files that are no longer there they are left out."""
    answers = Answers(scratch / "answers", court.environment)
    by_name: dict[str, list[Outcome]] = {}
    for outcome in known:
        by_name.setdefault(outcome.valid, []).append(outcome)
    for each in valid:
        bench = Bench(each, scratch / "case", answers, court)
        if bench.prepare():
            own = [one for one in by_name.get(each.name, ()) if one.path in each.files]
            yield each, bench.before, [bench.again(outcome) for outcome in own]


def outcomes(
    valid: Sequence[Valid], cases: Iterable[Case], court: Court, scratch: Path, *, is_part: bool = False
) -> Iterator[tuple[Valid, Says, list[Outcome]]]:
    """The valid files that the judges take: what the tools say of each, and what became of its cases. Of
    a part of the cases the files that it has none of are left out."""
    answers = Answers(scratch / "answers", court.environment)
    by_index: dict[int, list[Case]] = {}
    for case in cases:
        by_index.setdefault(case.number, []).append(case)
    for index, each in enumerate(valid):
        own = by_index.get(index, [])
        if not own and is_part:
            continue
        bench = Bench(each, scratch / "case", answers, court)
        if bench.prepare():
            found = [
                bench.outcome(case, with_peers=not number % PEERS_EVERY) for number, case in enumerate(own)
            ]
            yield each, bench.before, found
