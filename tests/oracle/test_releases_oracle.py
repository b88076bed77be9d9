"""Blueprints with types of published releases: what the reference parser says, given the release's file."""

from __future__ import annotations

from pathlib import Path
from random import Random

from bplint.app import LintRequest, lint
from bplint.config import Config
from bplint.diagnostic import Effect
from tools.oracle.reference import Verdict, needs_oracle, verdicts
from tools.oracle.release_samples import release_samples

pytestmark = needs_oracle


def raised_by_us(text: str) -> set[Verdict]:
    result = lint(LintRequest((), Config(), stdin=("blueprint.yaml", text.encode())))
    assert not result.files[0].incomplete
    return {
        (entry.reference.exception, entry.reference.code) if entry.reference else None
        for entry in result.diagnostics
        if entry.effect is Effect.REFUSED
    }


def test_sixty_releases_of_ten_plugins(tmp_path: Path) -> None:
    samples = list(release_samples(60, 10, Random(1), tmp_path))
    found, judged = [], []
    for sample in samples:
        # large files take the parser seconds: one at a time, and what it does not end on says nothing
        (theirs,) = verdicts([sample.theirs])
        if theirs is not None and theirs[0] == "TimeoutError":
            continue
        judged.append(theirs)
        ours = raised_by_us(sample.ours)
        if (theirs is None and ours) or (theirs is not None and theirs not in ours):
            found.append(f"{sample.name}: the parser says {theirs}, we say {sorted(map(str, ours))}")
    assert found == []
    assert len(judged) > 20
    assert None in judged
    assert len(set(judged)) > 3, "verdicts of several kinds must be among them"
