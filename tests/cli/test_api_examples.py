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


def test_own_workflows_come_first_and_built_in_ones_are_modelled() -> None:
    found = bplint.workflows("examples/workflows/blueprint.yaml")
    own = [each.name for each in found if each.declared_in.startswith("examples/")]
    assert [each.name for each in found][: len(own)] == own
    assert len(own) == 7
    states = {each.name: each.state for each in found}
    assert states["grow"] == "found"
    assert states["install"] == states["scale"] == states["heal"] == "built-in"


def test_configuration_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / ".bplint.yaml").write_text("fail-om: error\n", encoding="utf-8")
    with pytest.raises(
        bplint.ConfigError, match="unknown option 'fail-om'; did you mean 'fail-on'"
    ) as raised:
        bplint.load_config(tmp_path)
    assert raised.value.diagnostics[0].name == "unknown-option"


def test_fixes_are_written_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes((ROOT / "examples" / "broken" / "blueprint.yaml").read_bytes())
    assert bplint.fix_paths([path]).after.files[0].verdict == "refused"
    assert b"Compte" in path.read_bytes()
    fixed = bplint.fix_paths([path], is_written=True)
    assert path.read_text(encoding="utf-8") == next(iter(fixed.texts.values()))
    assert b"Compte" not in path.read_bytes()


@pytest.mark.parametrize("format_name", ["xml", "mermaid"])
def test_unknown_format(format_name: str) -> None:
    with pytest.raises(ValueError, match="it is one of full, concise, json"):
        bplint.render(bplint.lint_text(""), format_name)


def test_every_diagnostic_has_its_place() -> None:
    result = bplint.lint_paths(["examples/broken/blueprint.yaml"])
    for entry in result.diagnostics:
        lines = result.sources[entry.path].lines
        assert (entry.line, entry.column) == lines.position(entry.span.start)
        assert entry.end == lines.position(entry.span.end)
