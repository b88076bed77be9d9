"""The examples in the rules' documentation do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bplint import api
from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config
from bplint.plan.plan_options import PlanOptions
from bplint.rules.documentation import documentation_of, example_files
from bplint.rules.registry import all_rules
from bplint.rules.rule import Rule
from tests.support.markers import Expected, read_markers

# a bug of a rule; files that cannot be read or are no text; limits that take large or many files to reach
# a carriage return; what only an option makes happen
WITHOUT_EXAMPLE = (
    *("BP000", "BP001", "BP002", "BP003", "BP004", "BP005", "BP006", "BP007", "BP117"),
    *("BP472", "BP475", "BP477", "BP478"),
)
RULES = [pytest.param(rule, id=rule.code) for rule in all_rules() if rule.code not in WITHOUT_EXAMPLE]
VERSION = "tosca_definitions_version: cloudify_dsl_1_5\n"
IMPORTS = "imports: [cloudify/types/types.yaml]\n"


def lint_example(example: str, folder: Path, rule: Rule) -> LintResult:
    for name, text in example_files(example).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name == "blueprint.yaml" and "#! as is" not in text:
            text = completed(text)
        path.write_text(text, encoding="utf-8")
    main = next(name for name in ("blueprint.yaml", "plugin.yaml") if (folder / name).exists())
    config = config_of(example, folder, rule)
    planned = re.search(r"^#! --plan (\w+)$", example, re.MULTILINE)
    if planned:
        return api.plan(str(folder / main), PlanOptions(workflow=planned[1]), config).result
    return lint(LintRequest((str(folder / main),), config))


def config_of(example: str, folder: Path, rule: Rule) -> Config:
    """Lines `#! --deployment` and `#! -i VALUE` in an example are options of its run."""
    given = re.findall(r"^#! -i (.+)$", example, re.MULTILINE)
    inputs = tuple(str(folder / name) if (folder / name).exists() else name for name in given)
    deployment = bool(given) or "#! --deployment" in example
    accepted = folder / ".bplint-baseline.json"
    baseline = str(accepted) if accepted.exists() else None
    target = re.search(r"^#! --target (\S+)$", example, re.MULTILINE)
    return Config(
        target=target[1] if target else None,
        extend_select=(rule.code,),
        deployment=deployment,
        inputs=inputs,
        baseline=baseline,
    )


def completed(text: str) -> str:
    """Say what a snippet leaves out, below it, so that its places stay."""
    if not re.search(r"^tosca_definitions_version", text, re.MULTILINE):
        text += VERSION
    if not re.search(r"^imports:", text, re.MULTILINE):
        text += IMPORTS
    return text


@pytest.mark.parametrize("rule", RULES)
def test_documentation_is_whole(rule: Rule) -> None:
    text = documentation_of(rule)
    assert text.summary
    assert text.why
    assert text.bad.strip()
    assert text.good.strip()


@pytest.mark.parametrize("rule", RULES)
def test_bad_example_is_reported(rule: Rule, tmp_path: Path) -> None:
    example = documentation_of(rule).bad
    result = lint_example(example, tmp_path, rule)
    found = [entry for entry in result.diagnostics if entry.code == rule.code]
    assert found, [f"{entry.code} {entry.message}" for entry in result.diagnostics]
    marked = {
        (name, marker)
        for name, text in example_files(example).items()
        for marker in read_markers(text)
        if marker.code == rule.code
    }
    places = set()
    for entry in found:
        lines = result.sources[entry.path].lines
        start, end = lines.position(entry.span.start), lines.position(entry.span.end)
        name = entry.path.removeprefix(f"{tmp_path.as_posix()}/")
        places.add((name, Expected(entry.code, start, end)))
    assert marked <= places


@pytest.mark.parametrize("rule", RULES)
def test_good_example_is_clean(rule: Rule, tmp_path: Path) -> None:
    result = lint_example(documentation_of(rule).good, tmp_path, rule)
    assert [entry for entry in result.diagnostics if entry.code == rule.code] == []
    assert [entry for entry in result.diagnostics if entry.effect.value == "refused"] == []
