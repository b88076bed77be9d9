"""What a change of a blueprint does to an execution: `--against`."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bplint.cli.group import main
from bplint.plan.comparison import compare
from bplint.plan.plan import Plan
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.changes import changes_data, render
from tests.support.plan_case import plan_of

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "fixtures" / "plans" / "against"
BLUEPRINT = "blueprint.yaml"
TYPES = "parts/types.yaml"

DEPENDS = "      - {type: cloudify.relationships.depends_on, target: application}\n"
READS = "    relationships:\n      - {type: acme.relationships.reads, target: database}\n"
START = "start: {implementation: acme.application.start, max_retries: 3}"

# what is changed: file, text, its replacement → exactly what is said (without the headline)
CHANGES: dict[str, tuple[list[tuple[str, str, str]], list[str]]] = {
    "nothing": ([], []),
    "a comment": ([(BLUEPRINT, "inputs:", "# what can be set\ninputs:")], []),
    "node added": (
        [(BLUEPRINT, "  balancer:", "  cache: {type: acme.Database}\n  balancer:")],
        [
            "node instances",
            "  + cache#0",
            "operations",
            "  + create@cache#0  database.create",
        ],
    ),
    "node removed": (
        [(BLUEPRINT, (FIXTURE / BLUEPRINT).read_text("utf-8").partition("  balancer:")[2], "{}"),
         (BLUEPRINT, "  balancer:{}", "")],
        [
            "node instances",
            "  - balancer#0",
            "operations",
            "  - start@balancer#0  balancer.start, after "
            "establish[application#0->database#0:source]",
        ],
    ),
    "relationship turned": (
        [(BLUEPRINT, f"    relationships:\n{DEPENDS}", ""),
         (BLUEPRINT, READS,
          READS + "      - {type: cloudify.relationships.depends_on, target: balancer}\n")],
        [
            "node instances",
            "  ~ application#0: relationship depends_on balancer#0 is new",
            "  ~ balancer#0: relationship depends_on application#0 is gone",
            "waits",
            "  - start@balancer#0 no longer waits for "
            "establish[application#0->database#0:source]",
            "  + create@application#0 waits for start@balancer#0",
        ],
    ),
    "relationship removed": (
        [(BLUEPRINT, f"    relationships:\n{DEPENDS}", "")],
        [
            "node instances",
            "  ~ balancer#0: relationship depends_on application#0 is gone",
            "waits",
            "  - start@balancer#0 no longer waits for "
            "establish[application#0->database#0:source]",
        ],
    ),
    "relationship of another type": (
        [(BLUEPRINT, "acme.relationships.reads", "cloudify.relationships.connected_to")],
        [
            "node instances",
            "  ~ application#0: relationship reads database#0 is gone",
            "  ~ application#0: relationship connected_to database#0 is new",
            "operations",
            "  - establish[application#0->database#0:source]  application.connect, "
            "after start@application#0",
        ],
    ),
    "input changed": (
        [(BLUEPRINT, "default: 80", "default: 8080")],
        ["operations", "  ~ start@balancer#0: inputs.port 80 -> 8080"],
    ),
    "input changed deep inside": (
        [(TYPES, "gb: 10, kind: fast", "gb: 20, tier: 1")],
        [
            "operations",
            "  ~ create@database#0: inputs.size.gb 10 -> 20",
            "  ~ create@database#0: inputs.size.kind fast is gone",
            "  ~ create@database#0: inputs.size.tier 1 is new",
        ],
    ),
    "operation remapped": (
        [(TYPES, "implementation: acme.application.start", "implementation: acme.application.run")],
        ["operations", "  ~ start@application#0: mapping application.start -> application.run"],
    ),
    "operation of another executor": (
        [(TYPES, "max_retries: 3}", "max_retries: 3, executor: host_agent}")],
        ["operations", "  ~ start@application#0: executor central_deployment_agent -> host_agent"],
    ),
    "operation unmapped": (
        [(TYPES, f"        {START}\n", "")],
        [
            "operations",
            "  - start@application#0  application.start, after create@application#0",
        ],
    ),
    "retries changed": (
        [(TYPES, "max_retries: 3", "max_retries: 5")],
        ["operations", "  ~ start@application#0: max_retries 3 -> 5"],
    ),
    "instances raised": (
        [(BLUEPRINT, "    type: acme.Database", "    type: acme.Database\n    instances: {deploy: 2}")],
        [
            "node instances",
            "  + database#1",
            "  ~ application#0: relationship reads database#1 is new",
            "operations",
            "  + create@database#1  database.create",
            "  + establish[application#0->database#1:source]  application.connect, "
            "after start@application#0",
        ],
    ),
}  # fmt: skip


def changed(folder: Path, edits: list[tuple[str, str, str]]) -> str:
    shutil.copytree(FIXTURE, folder, dirs_exist_ok=True)
    for name, old, new in edits:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")
    return str(folder / BLUEPRINT)


def planned(path: str, **options: Any) -> Plan:
    result = plan_of(path, PlanOptions(**options))
    assert result.plan is not None, (result.refusals, result.faults)
    return result.plan


@pytest.fixture(scope="module")
def installed() -> Plan:
    return planned(str(FIXTURE / BLUEPRINT))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_exactly(name: str, installed: Plan, tmp_path: Path) -> None:
    edits, expected = CHANGES[name]
    new = planned(changed(tmp_path, edits))
    changes = compare(installed, new)
    lines = render(changes, new, "tree").splitlines()
    assert [line for line in lines[1:] if line] == expected
    assert (changes.total == 0) == (expected == [])


@pytest.mark.parametrize("name", CHANGES)
def test_the_way_back_is_the_change_turned(name: str, installed: Plan, tmp_path: Path) -> None:
    new = planned(changed(tmp_path, CHANGES[name][0]))
    there, back = compare(installed, new), compare(new, installed)
    assert there.total == back.total
    assert set(there.added_operations) == set(back.removed_operations)
    assert (there.added_instances, there.added_waits) == (back.removed_instances, back.removed_waits)


@pytest.mark.parametrize("name", CHANGES)
def test_json_follows_its_schema(name: str, installed: Plan, tmp_path: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "plan-changes.schema.json").read_text(encoding="utf-8"))
    new = planned(changed(tmp_path, CHANGES[name][0]))
    text = render(compare(installed, new), new, "json")
    jsonschema.validate(json.loads(text), schema)
    assert json.loads(text) == json.loads(json.dumps(changes_data(compare(installed, new))))


def test_a_default_of_a_parameter(tmp_path: Path) -> None:
    path = changed(tmp_path, [(TYPES, "default: false", "default: true")])
    new = planned(path, workflow="tidy")
    changes = compare(planned(str(FIXTURE / BLUEPRINT), workflow="tidy"), new)
    assert [line for line in render(changes, new, "tree").splitlines()[1:] if line] == [
        "parameters",
        "  ~ deep false -> true",
        "operations",
        "  + start@application#0  application.start, after create@application#0",
    ]


def test_another_function_of_a_workflow(tmp_path: Path) -> None:
    code = ("plugins/local/flows.py", "def tidy", "def clean")
    path = changed(tmp_path, [(TYPES, "local.flows.tidy", "local.flows.clean"), code])
    new = planned(path, workflow="tidy")
    changes = compare(planned(str(FIXTURE / BLUEPRINT), workflow="tidy"), new)
    assert [line for line in render(changes, new, "tree").splitlines()[1:] if line] == [
        "execution",
        "  ~ mapping flows.tidy -> flows.clean",
    ]


def test_steps_come_one_after_the_other() -> None:
    """What a second graph runs waits for the first one."""
    options = {"workflow": "reinstall", "after": ("install",)}
    plan = planned(str(FIXTURE / BLUEPRINT), **options)
    changes = compare(planned(str(FIXTURE / BLUEPRINT)), plan)
    assert not changes.added_operations
    assert not changes.added_waits


def test_mermaid_shows_what_changes(installed: Plan, tmp_path: Path) -> None:
    new = planned(changed(tmp_path, CHANGES["relationship turned"][0]))
    text = render(compare(installed, new), new, "mermaid")
    assert text.startswith("%%{init")
    assert " == new ==> " in text
    assert " -. gone .-> " in text


def test_mermaid_gives_numbers_where_there_is_too_much(installed: Plan, tmp_path: Path) -> None:
    many = "    type: acme.Database\n    instances: {deploy: 900}"
    new = planned(changed(tmp_path, [(BLUEPRINT, "    type: acme.Database", many)]))
    text = render(compare(installed, new), new, "mermaid")
    assert len(text) < 1000
    assert "1798 operations added" in text


# -- the command


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the blueprint in a folder; a deeper import is part of what a revision is."""
    folder = tmp_path / "repository"
    changed(folder / "shop", [])
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    return folder


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["plan", *arguments, "--no-config"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_revision_with_its_imports(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(repository / "shop", [(TYPES, "gb: 10", "gb: 11")])
    monkeypatch.chdir(repository)
    code, out, err = run(capsys, "shop/blueprint.yaml", "--against", "HEAD", "--fail-on-change")
    assert (code, err) == (1, "")
    assert out.splitlines()[0] == (
        "install of shop/blueprint.yaml against HEAD:shop/blueprint.yaml: 1 change"
    )
    assert "  ~ create@database#0: inputs.size.gb 10 -> 11" in out


def test_a_revision_runs_its_own_workflow_code(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = ("plugins/local/flows.py", "        if deep:", "        if True:")
    changed(repository / "shop", [edit])
    monkeypatch.chdir(repository / "shop")
    code, out, _ = run(capsys, "blueprint.yaml", "tidy", "--against", "HEAD")
    assert code == 0
    assert "  + start@application#0" in out


def test_a_revision_leaves_the_repository_alone(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    before = sorted(str(path) for path in repository.rglob("*"))
    code, _, _ = run(capsys, "shop/blueprint.yaml", "--against", "HEAD", "--fail-on-change")
    assert code == 0
    assert sorted(str(path) for path in repository.rglob("*")) == before


def test_a_refused_revision_gives_its_diagnostics_and_no_picture(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = repository / "shop" / BLUEPRINT
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("type: acme.Database", "type: acme.Databse"), encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "broken")
    path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(repository)
    code, out, err = run(capsys, "shop/blueprint.yaml", "--against", "HEAD")
    assert (code, out) == (1, "")
    assert "--> HEAD:shop/blueprint.yaml:11:11" in err


def test_a_refused_blueprint_gives_its_diagnostics_and_no_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(tmp_path, [(BLUEPRINT, "type: acme.Database", "type: acme.Databse")])
    code, out, err = run(capsys, path, "--against", str(FIXTURE / BLUEPRINT))
    assert (code, out) == (1, "")
    assert "acme.Databse" in err


def test_inputs_that_only_the_new_one_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(tmp_path, [(BLUEPRINT, "inputs:", "inputs:\n  zone: {type: string}")])
    code, _, err = run(capsys, path, "-i", "zone=north", "--against", str(FIXTURE / BLUEPRINT))
    assert (code, err) == (0, "")


USAGE = {
    "no such revision": (("--against", "no-such-thing"), "is neither a file nor a revision"),
    "a revision that is an option": (("--against", "--output=x"), "is neither a file nor a revision"),
    "as a log": (("--against", "HEAD", "--format", "events"), "--against is shown as tree, json, mermaid"),
    "with a sweep": (("--against", "HEAD", "--sweep"), "--against and --sweep exclude each other"),
    "nothing to compare with": (("--fail-on-change",), "it needs --against"),
}


@pytest.mark.parametrize("name", USAGE)
def test_usage(
    name: str, repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    arguments, message = USAGE[name]
    code, out, err = run(capsys, "shop/blueprint.yaml", *arguments)
    assert (code, out) == (2, "")
    assert message in " ".join(err.split())


def test_links_and_strange_names_of_a_revision(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "shop" / 'ünïcode "x".yaml').write_text("{}\n", encoding="utf-8")
    (repository / "outside").symlink_to("/")
    (repository / "inside.yaml").symlink_to("shop/blueprint.yaml")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "names")
    monkeypatch.chdir(repository)
    code, _, err = run(capsys, "shop/blueprint.yaml", "--against", "HEAD", "--fail-on-change")
    assert (code, err) == (0, "")
