"""What mappings hand over against what functions take, decorated ones among them, against real calls."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config
from tools.oracle.reference import needs_oracle, oracle_python
from tools.oracle.signature_samples import samples

pytestmark = needs_oracle

CALLS = Path(__file__).parents[2] / "tools" / "oracle" / "signature_calls.py"
HEAD = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
plugins:
  p: {executor: central_deployment_agent, source: p}
workflows:
"""
Judged = dict[str, tuple[str | None, list[str]]]
# of those that fail: wrappers that put the mapping together in ways that are not followed, and what
# wrappers give that their functions do not take
MISSES_AT_MOST = 66


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Sample → what a real call raised, and the errors that are told."""
    python = oracle_python()
    assert python is not None
    asked = json.dumps(list(samples().values()))
    done = subprocess.run([python, str(CALLS)], input=asked, capture_output=True, text=True, check=True)
    raised = dict(zip(samples(), json.loads(done.stdout), strict=True))
    root = tmp_path_factory.mktemp("signatures")
    code = root / "plugins" / "p"
    code.mkdir(parents=True)
    lines = []
    for number, (text, given) in enumerate(samples().values()):
        (code / f"m{number}.py").write_text(text, encoding="utf-8")
        parameters = ", ".join(f"{name}: {{default: 1}}" for name in given)
        lines.append(f"  w{number}: {{mapping: p.m{number}.f, parameters: {{{parameters}}}}}\n")
    (root / "blueprint.yaml").write_text(HEAD + "".join(lines), encoding="utf-8")
    result = lint(LintRequest((str(root / "blueprint.yaml"),), Config()))
    told: dict[int, list[str]] = {}
    for one in result.diagnostics:
        if one.severity.value == "error":
            number = result.sources[one.path].lines.position(one.span.start)[0] - HEAD.count("\n") - 1
            told.setdefault(number, []).append(f"{one.code} {one.message}")
    return {name: (raised[name], told.get(number, [])) for number, name in enumerate(samples())}


def test_there_are_300() -> None:
    assert len(samples()) >= 300


def test_no_error_is_false(judged: Judged) -> None:
    assert {name: told for name, (raised, told) in judged.items() if raised is None and told} == {}


def test_most_failures_are_told(judged: Judged) -> None:
    failing = {name for name, (raised, _) in judged.items() if raised is not None}
    silent = {name for name in failing if not judged[name][1]}
    assert len(failing) > 100
    assert len(silent) <= MISSES_AT_MOST, sorted(silent)
