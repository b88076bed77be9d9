"""`pytest --bplint`."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml, part.yaml]
node_templates:
  host: {type: cloudify.nodes.Compute}
"""
PLUGIN = ("-p", "bplint.pytest_plugin")


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    # the same whether bplint is installed (and its entry point there) or only beside the tests
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (pytester.path / ".git").mkdir()
    files = {
        "good.yaml": GOOD,
        "bad.yaml": GOOD.replace("Compute", "Compte"),
        "part.yaml": "inputs: {port: {default: 1}}\n",
        "values.yaml": "a: 1\n",
    }
    for name, text in files.items():
        (pytester.path / name).write_text(text, encoding="utf-8")
    return pytester


def test_blueprints_are_tests(folder: pytest.Pytester) -> None:
    result = folder.runpytest_subprocess(*PLUGIN, "--bplint")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*error[[]BP250]: unknown node type*", "* --> bad.yaml:4:16*"])


def test_nothing_is_collected_without_the_option(folder: pytest.Pytester) -> None:
    result = folder.runpytest_subprocess(*PLUGIN)
    result.assert_outcomes()


def test_configuration_counts(folder: pytest.Pytester) -> None:
    (folder.path / ".bplint.yaml").write_text("fail-on: never\n", encoding="utf-8")
    folder.runpytest_subprocess(*PLUGIN, "--bplint").assert_outcomes(passed=2)
    (folder.path / ".bplint.yaml").write_text("fail: never\n", encoding="utf-8")
    result = folder.runpytest_subprocess(*PLUGIN, "--bplint")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*.bplint.yaml: unknown option 'fail'*"])
