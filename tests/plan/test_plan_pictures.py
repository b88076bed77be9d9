"""Plans as pictures: Mermaid, dot and the HTML page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bplint.cli.group import main
from bplint.plan.plan import Plan, Task
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render import FORMATS, render
from bplint.plan.render.mermaid import MAX_ARROWS, MAX_TEXT
from bplint.plan.render.picture import fold, foldable, join_chains, make_picture
from tests.support.browser import needs_chromium, run_in_page
from tests.support.plan_case import plan_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "plans"
ASSETS = Path(__file__).parents[2] / "bplint" / "plan" / "render" / "assets"
SHOP = str(FIXTURES / "against" / "blueprint.yaml")
SCALE_OUT = str(FIXTURES / "sweep" / "scale_out.yaml")
MERMAID = FIXTURES.parent.parent / ".node" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
NASTY = (
    "</script><script>document.title='broken'</script>\"'`\\ #quot; & %% [x] {y} ü 日本 <b>|</b>;\u2028\nend"
)

needs_mermaid = pytest.mark.skipif(not MERMAID.is_file(), reason="there is no mermaid in .node: make node")
needs_dot = pytest.mark.skipif(
    shutil.which("dot") is None, reason="there is no dot: apt-get install graphviz"
)

HEAD = """tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
plugins: {acme: {executor: central_deployment_agent, install: false}}
node_types:
  acme.Part:
    derived_from: cloudify.nodes.Root
    interfaces:
      cloudify.interfaces.lifecycle: {create: acme.create, configure: acme.configure, start: acme.start}
node_templates:
"""


@cache
def planned(path: str, **options: Any) -> Plan:
    result = plan_of(path, PlanOptions(**options))
    assert result.plan is not None, (result.refusals, result.faults)
    return result.plan


@cache
def large(folder: Path, nodes: int, instances: int) -> Plan:
    """`nodes` nodes in a row, with so many instances each: 3 operations an instance."""
    rows = []
    for number in range(nodes):
        target = f"[{{type: cloudify.relationships.depends_on, target: part{number - 1}}}]"
        behind = f", relationships: {target}" if number else ""
        rows.append(f"  part{number}: {{type: acme.Part, instances: {{deploy: {instances}}}{behind}}}")
    path = folder / f"large{nodes}x{instances}.yaml"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return planned(str(path))


def nasty(plan: Plan) -> Plan:
    """The plan with names as nobody should give them."""

    def renamed(task: Task) -> Task:
        if task.kind == "subgraph":
            return task._replace(name=f"{task.name}{NASTY}")
        return task._replace(
            mapping=f"{task.mapping}{NASTY}", inputs={NASTY: NASTY} if task.kind == "operation" else None
        )

    steps = tuple(step._replace(tasks=tuple(map(renamed, step.tasks))) for step in plan.steps)
    return replace(plan, steps=steps, blueprint=f"{plan.blueprint}{NASTY}")


PLANS = {
    "install": lambda: planned(SHOP),
    "nothing": lambda: planned(SHOP, workflow="uninstall"),
    "several steps": lambda: planned(SHOP, workflow="reinstall", after=("install",)),
    "modification": lambda: planned(
        SCALE_OUT, workflow="scale", after=("install",), parameters=("scalable_entity_name=host",)
    ),
    "failed": lambda: planned(SHOP, fail_tasks=("application.start",)),
    "nasty": lambda: nasty(planned(SHOP)),
}
everything = pytest.mark.parametrize("name", PLANS)


@everything
def test_arrows_and_groups_lead_to_what_is_drawn(name: str) -> None:
    picture = make_picture(PLANS[name]())
    for one in (picture, join_chains(picture), *(fold(picture, names) for names in foldable(picture))):
        boxes = {box.id for box in one.boxes}
        groups = {group.id for group in one.groups}
        assert len(boxes) == len(one.boxes)
        assert {end for arrow in one.arrows for end in arrow} <= boxes
        assert {box.group for box in one.boxes} | {group.parent for group in one.groups} <= groups | {None}
        assert sum(box.tasks for box in one.boxes) == sum(box.tasks for box in picture.boxes)


def test_picture_of_an_install() -> None:
    picture = make_picture(planned(SHOP))
    names = {box.id: f"{box.lines[0]} in {box.group and box.group}" for box in picture.boxes}
    groups = {group.id: group.label for group in picture.groups}
    readable = {
        box.id: f"{groups[box.group or '']}: {box.lines[0]}" for box in picture.boxes if names[box.id]
    }
    assert {(readable[one], readable[other]) for one, other in picture.arrows} == {
        ("install_database#0: create", "install_application#0: create"),
        ("install_application#0: create", "install_application#0: start"),
        ("install_application#0: start", "establish_subgraph: establish to database#0 (source)"),
        ("establish_subgraph: establish to database#0 (source)", "install_balancer#0: start"),
    }


# -- Mermaid


@everything
def test_mermaid_is_small_enough(name: str) -> None:
    text = render(PLANS[name](), "mermaid")
    assert len(text) <= MAX_TEXT
    assert "flowchart LR" in text.splitlines()
    assert "<script" not in text


def test_mermaid_folds_what_is_large(tmp_path_factory: pytest.TempPathFactory) -> None:
    plan = large(tmp_path_factory.getbasetemp(), 8, 100)
    text = render(plan, "mermaid")
    assert len(text) <= MAX_TEXT
    assert text.count(" --> ") <= MAX_ARROWS
    assert "%% folded: the plan is too large to be drawn whole" in text
    assert "part0 ×100<br/>300 operations" in text


@needs_chromium
@needs_mermaid
@everything
def test_mermaid_draws_it(name: str, tmp_path: Path) -> None:
    text = render(PLANS[name](), "mermaid")
    library = MERMAID.resolve().as_uri()
    page = f"<!doctype html><meta charset=utf-8><body><script src='{library}'></script></body>"
    steps = f"""
      document.body.dataset.drawn = "1";
      mermaid.initialize({{startOnLoad: false, securityLevel: "strict"}});
      const {{svg}} = await mermaid.render("plan", {json.dumps(text)});
      document.body.insertAdjacentHTML("beforeend", svg);
      return [document.title, document.querySelector("#plan").textContent];"""
    steps = steps.replace("</script", "<\\/script")
    page = page.replace("<body>", "<body data-drawn=1>")
    title, drawn = run_in_page(page, steps, tmp_path)
    assert title != "broken"
    assert "Syntax error" not in drawn
    for box in join_chains(make_picture(PLANS[name]())).boxes:
        assert box.lines[0].split(NASTY[:3])[0] in drawn


# -- dot


@needs_dot
@everything
def test_dot_draws_it(name: str) -> None:
    text = render(PLANS[name](), "dot")
    done = subprocess.run(["dot", "-Tsvg"], input=text, capture_output=True, text=True, check=True)
    assert done.stderr.replace("Warning: Could not load", "").count("Error") == 0
    drawn = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", done.stdout))
    for box in make_picture(PLANS[name]()).boxes:
        line = " ".join(box.lines[0].split())
        assert line in " ".join(unescape(drawn).replace("\xa0", " ").split())


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_from_run_to_run(format_name: str) -> None:
    first, second = (plan_of(SHOP).plan for _ in range(2))
    assert first is not None
    assert second is not None
    assert render(first, format_name) == render(second, format_name)


@pytest.mark.parametrize("format_name", ["mermaid", "dot", "html"])
def test_command(format_name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", SHOP, "--format", format_name, "--no-config"]) == 0
    assert capsys.readouterr().out == render(planned(SHOP), format_name)


# -- the page


class Page(HTMLParser):
    """Tags and texts of a page, as a browser's parser would cut it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.data: list[str] = []
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in_data = ("id", "plan") in attrs
        self.links += [str(value) for name, value in attrs if name in ("src", "href", "action")]

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


@everything
def test_page_is_one_file(name: str) -> None:
    page = Page(render(PLANS[name](), "html"))
    assert page.links == []
    assert page.tags.count("script") == 3
    assert page.tags.count("b") == 0
    data = json.loads("".join(page.data))
    assert len(data["boxes"]) == len(make_picture(PLANS[name]()).boxes)


def test_library_is_the_one_that_is_named() -> None:
    content = (ASSETS / "viz-global.js").read_bytes()
    wanted, _, file = (ASSETS / "viz-global.js.sha256").read_text("utf-8").strip().partition(" *")
    assert (sha256(content).hexdigest(), file) == (wanted, "viz-global.js")
    version = re.search(rb"Viz.js (\S+)", content)
    assert version is not None
    for name in ("README.md", "VIZ-LICENSES.txt"):
        assert f" {version[1].decode()}" in (ASSETS / name).read_text("utf-8")


@needs_chromium
@everything
def test_page_is_drawn(name: str, tmp_path: Path) -> None:
    steps = """return {
      drawn: document.body.dataset.drawn, violated: document.body.dataset.violated ?? null,
      title: document.title, nodes: document.querySelectorAll("#graph .node").length,
      clusters: document.querySelectorAll("#graph .cluster").length,
      text: document.getElementById("graph").textContent };"""
    plan = PLANS[name]()
    found = run_in_page(render(plan, "html"), steps, tmp_path)
    picture = make_picture(plan)
    assert found["nodes"] == len(picture.boxes)
    assert found["clusters"] == len(picture.groups)
    assert found["violated"] is None
    assert found["title"] != "broken"
    assert all(box.lines[0][:20] in found["text"].replace("\xa0", " ") for box in picture.boxes)


NODES = 'const nodes = () => [...document.querySelectorAll("#graph .node")];\n'
USES = {
    "a click shows inputs": (
        """const node = nodes().find((one) => one.textContent.includes("database.create"));
        node.dispatchEvent(new MouseEvent("click", {bubbles: true}));
        return document.getElementById("details").textContent;""",
        ["cloudify.interfaces.lifecycle.create", "acme", '"gb": 10', "database#0", "Then"],
    ),
    "the keyboard is enough": (
        """const area = document.getElementById("graph"), how = {bubbles: true, cancelable: true};
        const pressed = (key) => new KeyboardEvent("keydown", {key, ...how});
        const press = (key) => document.activeElement.dispatchEvent(pressed(key));
        area.focus(); press("ArrowRight");
        const seen = [document.activeElement.getAttribute("aria-label")];
        nodes().find((one) => one.textContent.includes("database.create")).focus();
        for (let steps = 0; steps < 3; steps += 1) {
          press("ArrowRight"); seen.push(document.activeElement.textContent);
        }
        press("ArrowLeft"); seen.push(document.activeElement.textContent);
        press("Enter"); seen.push(document.getElementById("details").textContent);
        press("Escape"); seen.push("closed: " + document.getElementById("details").hidden);
        return seen.join(" / ");""",
        ["application.create", "application.start", "establish to database#0", "closed: true"],
    ),
    "search finds inputs and folds open": (
        """document.getElementById("fold").click();
        const folded = nodes().length;
        const field = document.getElementById("search");
        field.value = '"gb":10'; field.dispatchEvent(new Event("input"));
        field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
        const hits = nodes().filter((one) => one.classList.contains("hit"));
        const told = document.getElementById("found").textContent;
        return [folded, told, hits.length, hits[0].textContent].join(" / ");""",
        ["3 / 1 of 1 / 1 / ", "database.create"],
    ),
    "a heading folds, a folded box unfolds": (
        """const count = () => nodes().length, seen = [count()];
        const headings = [...document.querySelectorAll("#graph .cluster text")];
        headings.find((one) => one.textContent === "install_application#0")
          .dispatchEvent(new MouseEvent("click", {bubbles: true}));
        seen.push(count(), document.querySelector("#graph .node.folded").textContent);
        document.querySelector("#graph .node.folded").dispatchEvent(new MouseEvent("click", {bubbles: true}));
        seen.push(count());
        return seen.join(" / ");""",
        ["5 / 3 / ", "install_application#0", "3 operations", " / 5"],
    ),
    "zoom": (
        """const first = Number(document.body.dataset.zoom);
        document.getElementById("in").click();
        const second = Number(document.body.dataset.zoom);
        for (const key of ["-", "-"]) dispatchEvent(new KeyboardEvent("keydown", {key}));
        const third = Number(document.body.dataset.zoom);
        return [second > first, third < first].join();""",
        ["true,true"],
    ),
    "all is named for who does not see": (
        """const isNamed = (one) => one.getAttribute("role") === "button" && one.getAttribute("aria-label");
        return nodes().every(isNamed) && !document.querySelector("#graph title") ? "named" : "not";""",
        ["named"],
    ),
}  # fmt: skip


@needs_chromium
@pytest.mark.parametrize("name", USES)
def test_page_can_be_used(name: str, tmp_path: Path) -> None:
    steps, expected = USES[name]
    found = run_in_page(render(planned(SHOP), "html"), NODES + steps, tmp_path)
    for part in expected:
        assert part in found.replace("\xa0", " ")


@needs_chromium
def test_a_large_plan_opens_folded_and_soon(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    plan = large(tmp_path_factory.getbasetemp(), 8, 21)
    assert len([task for task in plan.tasks if task.kind == "operation"]) >= 500
    steps = """const opened = performance.now();
      const drawn = document.querySelectorAll("#graph .node").length;
      document.getElementById("unfold").click();
      return {opened, drawn, all: document.querySelectorAll("#graph .node").length};"""
    found = run_in_page(render(plan, "html"), steps, tmp_path)
    assert found["drawn"] <= 150
    assert found["all"] == 504


@needs_chromium
def test_choosing_an_outcome_marks_it_in_the_graph(tmp_path: Path) -> None:
    result = plan_of(SHOP, PlanOptions(sweep=True))
    assert result.plan is not None
    steps = """const row = [...document.querySelectorAll("tr[data-scenario]")].find((one) =>
        one.textContent.includes("start@application#0 fails"));
      row.click();
      return [row.getAttribute("aria-selected"), document.querySelector("#graph .node.cause").textContent,
        document.querySelectorAll("#graph .node.never").length].join(" / ");"""
    found = run_in_page(render(result.plan, "html", result.sweep), steps, tmp_path)
    assert "true / startapplication.start" in found.replace("\n", "").replace(" / start ", " / start")
    assert found.endswith(" / 2")
