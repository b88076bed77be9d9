"""The Python interface: its documented examples run, its names are there and loaded when they are used."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import bplint
import bplint.api

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_examples_in_the_documents() -> None:
    outcome = doctest.testfile(str(ROOT / "docs" / "integration.md"), module_relative=False)
    assert outcome.attempted > 5
    assert outcome.failed == 0


@pytest.mark.parametrize(
    "name", ["fix_paths", "lint_paths", "lint_text", "load_config", "plan", "render", "workflows"]
)
def test_examples_in_the_code(name: str) -> None:
    function = getattr(bplint.api, name)
    found = doctest.DocTestFinder().find(function, name)
    outcome = doctest.DocTestRunner().run(found[0])
    assert outcome.attempted >= 2
    assert outcome.failed == 0


def test_every_exported_name_is_there() -> None:
    missing = [name for name in bplint.__all__ if getattr(bplint, name, None) is None]
    assert missing == []
    assert set(bplint.__all__) == set(dir(bplint))


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        bplint.nothing  # noqa: B018


def test_plan_can_be_called_after_its_package_was_imported() -> None:
    import bplint.plan.plan_options

    options = bplint.plan.plan_options.PlanOptions(inputs=("host_ip=10.0.0.1",))
    outcome = bplint.plan("examples/web/blueprint.yaml", options)
    assert outcome.refusals == ()
    assert outcome.plan is not None
    assert outcome.plan.execution.status == "terminated"


def test_text_is_linted_as_if_it_lay_there() -> None:
    text = (ROOT / "examples" / "web" / "blueprint.yaml").read_text(encoding="utf-8")
    beside = bplint.lint_text(text, "examples/web/changed.yaml")
    assert [entry.message for entry in beside.diagnostics] == []
    elsewhere = bplint.lint_text(text, "examples/changed.yaml")
    assert elsewhere.files[0].verdict == "refused"
