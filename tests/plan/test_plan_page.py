"""The page of a plan as it opens, at several sizes, looked at in Chromium; and the time line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bplint.cli.group import main
from bplint.plan.durations import Durations, measured, schedule
from bplint.plan.event_files import RealEvent, read_events
from bplint.plan.plan import Plan
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.html import render
from tests.support.browser import needs_chromium, run_in_page
from tests.support.plan_case import plan_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "plans"
TIERS = FIXTURES / "three_tiers" / "blueprint.yaml"
REPLAYED = str(FIXTURES / "replay" / "blueprint.yaml")
EVENTS = FIXTURES / "replay" / "recorded.json"


@cache
def tiers(folder: Path, count: int) -> Plan:
    path = folder / f"tiers{count}.yaml"
    path.write_text(
        TIERS.read_text(encoding="utf-8").replace("deploy: 100", f"deploy: {count}"), encoding="utf-8"
    )
    plan = plan_of(str(path), PlanOptions()).plan
    assert plan is not None
    return plan


# instances of what there is a hundred of → (the window, node instances)
SIZES = {1: (1200, 800), 8: (1200, 800), 100: (1200, 800), 600: (1600, 1000)}
OPENED = """
  for (let tries = 0; !document.body.dataset.opened && tries < 500; tries += 1) await wait(10);
  const texts = [...document.querySelectorAll("svg text")].map((one) => one.getBoundingClientRect());
  const boxes = [...document.querySelectorAll("svg .node")].map((one) => one.getBoundingClientRect());
  const area = document.getElementById("graph").getBoundingClientRect();
  const beside = (a, b) => a.left < b.right - 1 && b.left < a.right - 1;
  const overlap = (a, b) => beside(a, b) && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const isOut = (one) => one.right > area.right || one.left < area.left || one.bottom > area.bottom;
  const sizes = [...document.querySelectorAll("svg text")].map((one) =>
    parseFloat(getComputedStyle(one).fontSize) * Number(document.body.dataset.zoom));
  const small = [...document.querySelectorAll("header *, .legend *, section *")].filter((one) =>
    one.childNodes.length && parseFloat(getComputedStyle(one).fontSize) < 10).length;
  return {
    boxes: boxes.length, texts: texts.length, smallest: Math.min(...sizes), small,
    overlaps: boxes.filter((one, at) => boxes.slice(at + 1).some((other) => overlap(one, other))).length,
    outside: boxes.filter(isOut).length,
    longest: document.querySelectorAll("svg .node.longest").length,
    legend: document.querySelector(".legend").textContent,
    words: [...document.querySelectorAll("svg .node.folded")].map((one) => one.textContent).join("|"),
  };
"""


@needs_chromium
@pytest.mark.parametrize("count", SIZES)
def test_the_page_opens_readable(
    count: int, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    width, height = SIZES[count]
    plan = tiers(tmp_path_factory.getbasetemp(), count)
    found = run_in_page(render(plan), OPENED, tmp_path, width=width, height=height)
    assert found["boxes"] > 5
    assert found["smallest"] >= 10
    assert (found["overlaps"], found["outside"], found["small"]) == (0, 0, 0)
    assert found["longest"] > 2
    assert "longest chain" in found["legend"]
    if count >= 100:
        assert f"{count * 3} operations of {count} instances" in found["words"]


@needs_chromium
def test_a_link_opens_its_task(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    plan = tiers(tmp_path_factory.getbasetemp(), 8)
    steps = """
      location.hash = "#start@web%233";
      const details = document.getElementById("details");
      for (let tries = 0; details.hidden && tries < 200; tries += 1) await wait(10);
      const told = details.textContent;
      document.getElementById("longest").click();
      return [told, document.querySelector("svg").classList.contains("longest"), location.hash];
    """
    told, is_marked, link = run_in_page(render(plan), steps, tmp_path)
    assert "cloudify.interfaces.lifecycle.start" in told
    assert "web#3" in told
    assert (is_marked, link) == (False, "#start%40web%233")


# -- the time line


def timed(operation: str, start_s: float, end_s: float, node: str = "db") -> list[RealEvent]:
    facts = {"task": "x", "instance": f"{node}_aaaaaa", "node": node, "operation": f"cloudify.{operation}"}
    return [
        RealEvent(start_s, "task_started", "", **facts),  # type: ignore[arg-type]
        RealEvent(end_s, "task_succeeded", "", **facts),  # type: ignore[arg-type]
    ]


@cache
def replayed() -> Plan:
    plan = plan_of(REPLAYED, PlanOptions()).plan
    assert plan is not None
    return plan


def test_the_longest_in_time_is_found() -> None:
    events = [
        *timed("create", 0, 10),
        *timed("create", 20, 24),
        *timed("start", 0, 1),
        *timed("create", 0, 100, "app"),
    ]
    found = schedule(replayed(), measured(events))
    # the database's takes the median of its own, that of 'last' that of all creates, the rest that of all
    critical = [
        (str(one.task.operation).rpartition(".")[2], str(one.task.instance).partition("#")[0], one.start_s)
        for one in found.critical
    ]
    assert critical[:3] == [("create", "db", 0), ("start", "db", 7), ("create", "app", 8)]
    assert found.length_s == 7 + 1 + 100 + 1 + 7 + 10 + 1
    assert {one.task.operation.rpartition(".")[2] for one in found.operations if not one.is_known} == {
        "establish"
    }


def test_without_any_duration_nothing_takes_time() -> None:
    assert schedule(replayed(), Durations([])).length_s == 0


def test_retries_are_measured_one_by_one() -> None:
    durations = measured(read_events(EVENTS.read_text(encoding="utf-8")))
    start = next(
        task for task in replayed().tasks if task.instance == "app#0" and "start" in (task.operation or "")
    )
    assert durations.of(start) == (1.5, True)


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    for extra, wanted in (
        ([], "expected length 10.5 s"),
        (["--summary"], "critical path"),
        (["--format", "html"], "<section class=timeline>"),
    ):
        assert main(["plan", REPLAYED, "--durations", str(EVENTS), "--no-config", *extra]) == 0
        assert wanted in capsys.readouterr().out
    assert main(["plan", REPLAYED, "--durations", REPLAYED, "--no-config"]) == 2
    assert "no event in it" in capsys.readouterr().err


@needs_chromium
def test_the_time_line_is_true(tmp_path: Path) -> None:
    events = [*timed("create", 0, 10), *timed("start", 0, 10), *timed("establish", 0, 10)]
    found = schedule(replayed(), measured(events))
    steps = """
      return [...document.querySelectorAll(".timeline li")].map((one) => {
        const track = one.querySelector(".track").getBoundingClientRect();
        const bar = one.querySelector(".bar").getBoundingClientRect();
        return [(bar.left - track.left) / track.width, bar.width / track.width, one.className];
      });
    """
    bars = run_in_page(render(replayed(), None, found), steps, tmp_path)
    for (left, width, mark), one in zip(bars, found.operations[:1], strict=False):
        assert left == pytest.approx(one.start_s / found.length_s, abs=0.01)
        assert width == pytest.approx(10 / found.length_s, abs=0.01)
        assert mark == "critical"
    assert [round(left * found.length_s / 10) for left, _, _ in bars] == sorted(
        round(left * found.length_s / 10) for left, _, _ in bars
    )
