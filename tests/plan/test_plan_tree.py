"""Plans as people read them: what waits for what, what is folded, what fits."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bplint.plan import waits
from bplint.plan.natural_order import natural, number_ranges
from bplint.plan.plan import Plan
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render import render
from bplint.plan.render.styled import PlanView
from tests.support.plan_case import plan_of

ROOT = Path(__file__).parents[2]
TIERS = "fixtures/plans/three_tiers/blueprint.yaml"
EXPECTED = ROOT / "fixtures" / "plans" / "three_tiers" / "expected"

HEAD = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
plugins:
  acme: {executor: central_deployment_agent, install: false}
  flows: {executor: central_deployment_agent, source: flows, install: false}
node_types:
  acme.T:
    derived_from: cloudify.nodes.Root
    properties: {port: {default: 1}}
    interfaces:
      cloudify.interfaces.lifecycle:
        create: {implementation: acme.t.create, inputs: {port: {default: {get_property: [SELF, port]}}}}
        start: acme.t.start
relationships:
  acme.linked:
    derived_from: cloudify.relationships.connected_to
    source_interfaces:
      cloudify.interfaces.relationship_lifecycle: {establish: acme.l.establish}
workflows:
  made: flows.flows.made
node_templates:
"""
CHAIN = """\
  db: {type: acme.T}
  app: {type: acme.T, relationships: [{type: cloudify.relationships.depends_on, target: db}]}
"""


@pytest.fixture(autouse=True)
def in_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def tiers(workflow: str) -> Plan:
    after = () if workflow == "install" else ("install",)
    plan = plan_of(TIERS, PlanOptions(workflow=workflow, after=after)).plan
    assert plan is not None
    return plan


def made(folder: Path, templates: str, options: PlanOptions | None = None, code: str = "pass") -> Plan:
    (folder / "blueprint.yaml").write_text(HEAD + templates, encoding="utf-8")
    flows = folder / "plugins" / "flows" / "flows.py"
    flows.parent.mkdir(parents=True)
    body = "".join(f"    {line}\n" for line in code.splitlines())
    flows.write_text(f"def made(ctx, **_):\n{body}", encoding="utf-8")
    plan = plan_of(str(folder / "blueprint.yaml"), options).plan
    assert plan is not None
    return plan


VIEWS = {
    "install": ("install", "tree", PlanView()),
    "install_color": ("install", "tree", PlanView(color=True, width=80)),
    "install_deep": ("install", "tree", PlanView(depth=4, width=80)),
    "install_only": ("install", "tree", PlanView(only=("web#7",), width=80)),
    "install_summary": ("install", "summary", PlanView(width=80)),
    "uninstall": ("uninstall", "tree", PlanView(width=80)),
    "uninstall_summary": ("uninstall", "summary", PlanView()),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_large_plan_is_its_golden(name: str, is_update: bool) -> None:
    workflow, format_name, view = VIEWS[name]
    text = render(tiers(workflow), format_name, None, view)
    golden = EXPECTED / f"{name}.txt"
    if is_update:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_a_large_plan_fits_and_is_whole_where_asked_for() -> None:
    assert len(render(tiers("install"), "tree").splitlines()) <= 60
    every = render(tiers("install"), "tree", None, PlanView(is_all=True))
    assert len(every.splitlines()) > 5000
    assert "start@app#42 " in every


def test_no_line_is_wider_than_the_terminal() -> None:
    for width in (60, 80):
        text = render(tiers("install"), "tree", None, PlanView(width=width, depth=4))
        assert max(map(len, text.splitlines())) <= width


def test_a_wait_through_events_and_states_is_shown(tmp_path: Path) -> None:
    lines = render(made(tmp_path, CHAIN), "tree").splitlines()
    assert lines[lines.index("  install_app#0") + 1] == "    after start@db#0"


def test_instances_are_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    plan = made(tmp_path, "  host: {type: acme.T, instances: {deploy: 11}}\n")
    text = render(plan, "tree", None, PlanView(is_all=True))
    places = [text.index(f"install_host#{number}\n") for number in range(11)]
    assert places == sorted(places)


def test_what_differs_stands_below_what_is_the_same(tmp_path: Path) -> None:
    templates = "  one: {type: acme.T}\n  many: {type: acme.T, instances: {deploy: 3}}\n"
    code = (
        "graph = ctx.graph_mode()\n"
        "for i in ctx.get_node('many').instances:\n"
        "    number = int(i.id[-1]) // 2\n"
        "    given = {'n': number, 'm': 1}\n"
        "    graph.add_task(i.execute_operation('cloudify.interfaces.lifecycle.start', given))\n"
        "graph.execute()\n"
    )
    lines = render(made(tmp_path, templates, PlanOptions(workflow="made"), code), "tree").splitlines()
    first = lines.index("  start@many#0-2  ×3, the same  t.start on central_deployment_agent")
    assert [line.strip() for line in lines[first + 1 : first + 4]] == [
        "n: 0 (many#0-1)",
        "n: 1 (many#2)",
        "m: 1",
    ]


def test_tasks_side_by_side_are_told_from_tasks_in_a_row(tmp_path: Path) -> None:
    code = (
        "from cloudify.workflows.tasks_graph import forkjoin\n"
        "row = ctx.graph_mode().sequence()\n"
        "one, two = sorted(ctx.node_instances, key=lambda i: i.id)\n"
        "def run(i, name): return i.execute_operation('cloudify.interfaces.lifecycle.' + name)\n"
        "row.add(run(one, 'create'), forkjoin(run(one, 'start'), run(two, 'create')), run(two, 'start'))\n"
        "row.graph.execute()\n"
    )
    plan = made(tmp_path, CHAIN, PlanOptions(workflow="made"), code)
    lines = render(plan, "tree", None, PlanView(depth=3)).splitlines()
    at = lines.index("step 1: graph, 4 operations in 3 waves, 4 tasks")
    assert [line.partition("  t.")[0] for line in lines[at + 1 : at + 6]] == [
        "  create@app#0",
        "  side by side",
        "    create@db#0",
        "    start@app#0",
        "  start@db#0",
    ]


NOTHING = {
    "for i in ctx.get_node('db').instances: pass": "ends without making a task",
    "for i in ctx.get_node('none').instances: pass": "the loop goes over node.instances",
    "ctx.logger.info('hello')": "to its log, and that is all",
}


@pytest.mark.parametrize("code", NOTHING)
def test_a_plan_that_runs_nothing_says_why(code: str, tmp_path: Path) -> None:
    templates = f"{CHAIN}  none: {{type: acme.T, instances: {{deploy: 0}}}}\n"
    plan = made(tmp_path, templates, PlanOptions(workflow="made"), code)
    assert [note.kind for note in plan.notes] == ["nothing"]
    assert NOTHING[code] in render(plan, "tree")


def test_a_cancellation_after_the_end_is_told(tmp_path: Path) -> None:
    plan = made(tmp_path, CHAIN, PlanOptions(cancel_after=5))
    assert [note.message for note in plan.notes] == [
        "nobody cancelled: the execution ended after 4 operations, before 5 had ended"
    ]


LINKED = f"{CHAIN}  web: {{type: acme.T, relationships: [{{type: acme.linked, target: db}}]}}\n"
SPELLINGS = (
    "start@db#0",
    "start@db",
    "cloudify.interfaces.lifecycle.start@db#0",
    "db#0.start",
    "db.lifecycle.start",
)


@pytest.mark.parametrize(
    "spelling", [*SPELLINGS, "establish[web#0->db#0:source]", "establish[web->db:source]"]
)
def test_a_task_has_one_name(spelling: str, tmp_path: Path) -> None:
    plan = made(tmp_path, LINKED, PlanOptions(fail_tasks=(spelling,)))
    failed = [task for task in plan.tasks if task.kind == "operation" and task.outcome == "failed"]
    wanted = "establish[web#0->db#0:source]" if "[" in spelling else "start@db#0"
    assert len(failed) == 1
    assert f"  {wanted}  " in render(plan, "tree")
    assert failed[0].operation is not None
    assert failed[0].operation.endswith(wanted.partition("@")[0].partition("[")[0])


def test_natural_order() -> None:
    assert sorted(["b#10", "b#9", "a2b", "a10b", "b"], key=natural) == ["a2b", "a10b", "b", "b#9", "b#10"]
    assert number_ranges([0, 1, 2, 4, 7, 8]) == "0-2,4,7-8"


@pytest.mark.parametrize("workflow", ["install", "uninstall"])
def test_waits_of_many_tasks_are_told_as_those_of_few(workflow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond 20,000 tasks the order is not known as a whole; of these tiers that makes no difference."""
    before = render(tiers(workflow), "tree")
    monkeypatch.setattr(waits, "_MANY", 0)
    assert render(tiers(workflow), "tree") == before
