"""Which release of a plugin judges a blueprint, and how sure what it says is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config
from bplint.imports.load_graph import build_graph
from bplint.imports.resolve import Resolver
from bplint.lint.release_judging import grouped
from bplint.report import ReportOptions
from bplint.report.json_report import render

HEAD = "tosca_definitions_version: cloudify_dsl_1_4\nimports:\n  - cloudify/types/types.yaml\n"
RAW = "https://raw.githubusercontent.com/cloudify-cosmo"


def run(folder: Path, imported: str, templates: str) -> LintResult:
    path = folder / "blueprint.yaml"
    path.write_text(f"{HEAD}  - {imported}\nnode_templates:\n{templates}", encoding="utf-8")
    return lint(LintRequest((str(path),), Config()))


VERDICTS = {
    "the newest accepts": ("plugin:cloudify-aws-plugin", "cloudify.nodes.aws.ec2.ElasticIP", "ok"),
    "an older one accepts": ("plugin:cloudify-aws-plugin", "cloudify.aws.nodes.ElasticIP", "advice"),
    "none that is allowed accepts": (
        "plugin:cloudify-aws-plugin?version=>=2", "cloudify.aws.nodes.ElasticIP", "refused",
    ),
    "one release is one release": (
        "plugin:cloudify-aws-plugin?version=3.0.0", "cloudify.aws.nodes.ElasticIP", "refused",
    ),
    "so is a URL": (
        f"{RAW}/cloudify-aws-plugin/3.0.0/plugin.yaml", "cloudify.aws.nodes.ElasticIP", "refused",
    ),
    "no release has it": ("plugin:cloudify-aws-plugin", "cloudify.aws.nodes.Nothing", "refused"),
}  # fmt: skip


@pytest.mark.parametrize(("imported", "name", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_verdict(tmp_path: Path, imported: str, name: str, verdict: str) -> None:
    assert run(tmp_path, imported, f"  a: {{type: {name}}}\n").files[0].verdict == verdict


def test_properties_are_judged_by_the_release_that_accepts(tmp_path: Path) -> None:
    """1.5.1.2 is the last with the type: what it does not declare is wrong in all."""
    templates = (
        "  a: {type: cloudify.aws.nodes.ElasticIP, properties: {colour: blue}}\n"
        "  b: {type: cloudify.aws.nodes.ElasticIP}\n"
    )
    found = run(tmp_path, "plugin:cloudify-aws-plugin", templates).diagnostics
    assert [(entry.code, entry.effect.value) for entry in found] == [
        ("BP156", "advice"),
        ("BP301", "refused"),
    ]
    assert "checked against cloudify-aws-plugin 1.5.1.2" in found[1].message


def test_what_hangs_on_a_branch_has_medium_confidence(tmp_path: Path) -> None:
    templates = (
        "  a: {type: cloudify.nodes.aws.ec2.Nothing}\n"
        "  b: {type: cloudify.nodes.Root, properties: {colour: blue}}\n"
    )
    found = run(tmp_path, f"{RAW}/cloudify-aws-plugin/master/plugin.yaml", templates)
    assert [(entry.code, entry.confidence.value) for entry in found.diagnostics] == [
        ("BP157", "high"),
        ("BP250", "medium"),
        ("BP301", "high"),
    ]


def test_a_branch_is_assumed_and_not_incomplete(tmp_path: Path) -> None:
    location = f"{RAW}/cloudify-aws-plugin/master/plugin.yaml"
    result = run(tmp_path, location, "  a: {type: cloudify.nodes.Root}\n")
    file = json.loads(render(result, ReportOptions()))["files"][0]
    assert (file["assumed"], file["incomplete"]) == ([location], [])


def test_releases_that_say_the_same_are_one_group(tmp_path: Path) -> None:
    path = tmp_path / "blueprint.yaml"
    templates = "node_templates: {a: {type: cloudify.aws.nodes.ElasticIP}}\n"
    path.write_text(f"{HEAD}  - plugin:cloudify-aws-plugin\n{templates}")
    resolver = Resolver(Config())
    document = resolver.read(str(path))
    assert document is not None
    graph = build_graph(document, resolver)
    choice = graph.entries[1].choice
    assert choice is not None
    groups = [group for _, group in grouped(choice.fitting, choice, graph, with_code=False)]
    assert [pair for group in groups for pair in group] == choice.fitting
    assert 2 <= len(groups) < len(choice.fitting) / 4
    assert next(file.name for _, file in groups[0]) == "plugin_1_4.yaml"
