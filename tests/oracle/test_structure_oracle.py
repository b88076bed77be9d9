"""The structure check and the reference parser on every key of the language, in every wrong way."""

from __future__ import annotations

import os
import random
from typing import Any

from bplint.checks.shape.structure import check_structure
from bplint.document import load_document
from bplint.dsl.versions import parse_version
from bplint.fault import Fault
from bplint.rules.registry import RuleBook
from bplint.source import Source
from tools.oracle.language_sample import by_version, sample, text_of, variants
from tools.oracle.reference import Verdict, needs_oracle, verdicts

pytestmark = needs_oracle

# All variants take minutes; BPLINT_ORACLE_ALL runs them, a fixed choice otherwise.
SHARE = 1.0 if os.environ.get("BPLINT_ORACLE_ALL") else 0.05
FORMAT = ("DSLParsingFormatException", 1)
LOGIC = "DSLParsingLogicException"
# codes of the reference parser that the structure check answers for, beside the bare Python errors
OURS = {(LOGIC, code) for code in (102, 18, 28, 50, 27, 29)} | {FORMAT, ("DSLParsingException", 1)}
BARE = {"ValueError", "KeyError", "TypeError", "AttributeError", "RuntimeError"}
# parts of the sample that other checks answer for: entries of imports, contents of schedules, mappings
ELSEWHERE = (
    "imports",
    "imported_blueprints",
    "deployment_settings.default_schedules.nightly.weekdays",
    "deployment_settings.default_schedules.nightly.since = empty_text",
    "workflows.backup = empty_text",
    "workflows.backup.mapping = empty_text",
    "groups.pair = null",
)
# where the reference parser meets another fault of the same change first: an item_type or a display whose
# type is no longer list or textarea, and the lookup of a base type that is an empty collection
EARLIER = {(LOGIC, 218), ("DSLParsingInputTypeException", 216), ("TypeError", None)}

Case = tuple[str, dict[str, Any]]


def chosen() -> list[Case]:
    found = list(variants(sample()))
    return random.Random(7).sample(found, int(len(found) * SHARE))


def faults_of(text: str, version: object) -> list[Fault]:
    source, _ = Source.from_bytes("blueprint.yaml", text.encode())
    assert source is not None
    return check_structure(load_document(source), parse_version(version), True)


def raised_by(faults: list[Fault]) -> set[Verdict]:
    found: set[Verdict] = set()
    for fault in faults:
        rule = next(iter(RuleBook().with_names((fault.rule,))), None)
        assert rule is not None, fault.rule
        reference = fault.reference or rule.references[0]
        found.add((reference.exception, reference.code))
    return found


def disagreement(case: Case, verdict: Verdict) -> str | None:
    name, value = case
    faults = faults_of(text_of(value), value.get("tosca_definitions_version"))
    raised = raised_by(faults)
    if name.startswith(ELSEWHERE):
        return None
    if verdict is None:
        return f"{name}: false alarm {faults}" if faults else None
    if not faults:
        is_ours = verdict in OURS or verdict[0] in BARE
        return f"{name}: missed {verdict}" if is_ours else None
    if verdict in raised or verdict in EARLIER or (verdict == FORMAT and ("TypeError", None) in raised):
        return None
    return f"{name}: {verdict}, but named {raised}"


def disagreements(cases: list[Case]) -> list[str]:
    found = verdicts([text_of(value) for _, value in cases])
    told = [disagreement(case, verdict) for case, verdict in zip(cases, found, strict=True)]
    return [text for text in told if text is not None]


def test_the_sample_is_correct() -> None:
    assert verdicts([text_of(sample())]) == [None]
    assert faults_of(text_of(sample()), "cloudify_dsl_1_5") == []


def test_every_key_in_every_wrong_way() -> None:
    assert disagreements(chosen()) == []


def test_every_gate_in_every_version() -> None:
    assert disagreements(list(by_version(sample()))) == []
