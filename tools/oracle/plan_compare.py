"""Random executions of random blueprints, on the real engine and planned: who disagrees, and where.

python -m tools.oracle.plan_compare --count 2000 --seed 1
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import combinations, groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.plan_json import plan_data
from tests.support.plan_case import plan_of
from tests.support.recording_compare import Graph, differences, label_of, labels
from tools.oracle.mutate_compare import write_types
from tools.oracle.plan_samples import Sample, sample
from tools.oracle.reference import oracle_python

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.plan.make_plan import PlanAttempt
    from bplint.plan.plan import Plan, Task

RECORDER = Path(__file__).parent / "record_plans.py"
# these ask a set of hosts for their states, in the order of hashes, up to the first that is not started
IN_NO_ORDER = ("validate_agents", "install_new_agents")
DONE = ("succeeded", "failed", "ignored")

Raw = dict[str, Any]


class Compared(NamedTuple):
    """A sample and how the two differ; `verdict` is a word for the table."""

    sample: Sample
    verdict: str
    difference: Raw

    @property
    def is_wrong(self) -> bool:
        return bool(self.difference)


class Engine:
    """The real engine in a process of its own."""

    def __init__(self) -> None:
        python = oracle_python()
        assert python is not None
        command = [python, "-W", "ignore", str(RECORDER), "-"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()

    def ask(self, made: Sample, folder: Path) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job_of(made, folder)) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Raw:
        assert self.process.stdout is not None
        answer: Raw = json.loads(self.process.stdout.readline())
        return answer


def job_of(made: Sample, folder: Path) -> Raw:
    order = made.order
    return {
        "blueprint": str(folder / "blueprint.yaml"),
        "paths": [str(folder / "plugins" / "flows")],
        "workflow": order.workflow,
        "parameters": order.parameters,
        "after": list(order.after),
        "fail": [one._asdict() for one in order.failures],
        "cancel_after": order.cancel_after,
        "subgraph_retries": order.subgraph_retries,
    }


def write(made: Sample, folder: Path) -> None:
    write_types(folder)
    for version in ("1_3", "1_4"):
        # the engine takes an import as it is written: here the file lies that a manager would give
        if f'"cloudify_dsl_{version}"' in made.files["blueprint.yaml"]:
            types = folder / "cloudify" / "types"
            (types / f"types_{version}.yaml").replace(types / "types.yaml")
    for path, text in made.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def planned(made: Sample, folder: Path) -> PlanAttempt:
    """Our plan. What would fail and is not mapped is left out: we refuse to plan it."""
    result = planned_as_said(made, folder)
    told = " ".join(result.refusals)
    fitting = tuple(one for one in made.order.failures if f"{one.as_option()}:" not in told)
    if fitting == made.order.failures:
        return result
    return planned_as_said(made._replace(order=made.order._replace(failures=fitting)), folder)


def planned_as_said(made: Sample, folder: Path) -> PlanAttempt:
    order = made.order
    options = PlanOptions(
        workflow=order.workflow,
        parameters=tuple(f"{key}={json.dumps(value)}" for key, value in order.parameters.items()),
        after=order.after,
        deployment="local",
        fail_tasks=tuple(one.as_option() for one in order.failures),
        cancel_after=order.cancel_after,
        task_retries=2,
        task_retry_interval_s=0,
        subgraph_retries=order.subgraph_retries,
    )
    return plan_of(str(folder / "blueprint.yaml"), options)


# -- the comparison


def compare(made: Sample, result: PlanAttempt, recorded: Raw) -> Compared:
    if "broken" in recorded:
        # what the parser refuses is for its own comparison
        is_told = recorded["broken"].startswith("DSLParsing") or result.plan is None
        return Compared(made, "refused", {} if is_told else {"broken": recorded["broken"]})
    if result.plan is None:
        return Compared(made, "not planned", refused(result, recorded))
    plan = result.plan
    if "hangs" in recorded:
        is_endless = plan.execution.status == "failed" and "endless" in kinds_of(result)
        # in linear mode the engine waits for ever for a task that begins when a cancellation has come, and
        # ends at once where it comes while somebody waits: we take the second for what happens
        is_endless = is_endless or plan.execution.status == "cancelled"
        return Compared(made, "hangs", {} if is_endless else {"hangs": plan.execution.status})
    if not recorded["is_main"]:
        is_told = any(note.kind == "earlier" for note in plan.notes)
        return Compared(made, "failed before", {} if is_told else {"earlier": recorded["error"]})
    if is_unforeseeable(made):
        return Compared(made, "unforeseeable", {})
    found = shape_difference(plan, recorded)
    found.update(run_difference(made, plan, recorded))
    return Compared(made, recorded["status"], found)


def is_unforeseeable(made: Sample) -> bool:
    """A member of a group has a second relationship to what contains it, and something scales: the engine
    takes the group's containment for gone and makes all of its instances anew, under new names."""
    content = json.loads(made.files["blueprint.yaml"])
    members = {one for group in content.get("groups", {}).values() for one in group["members"]}
    for name in members & content["node_templates"].keys():
        targets = Counter(one["target"] for one in content["node_templates"][name].get("relationships", ()))
        if any(count > 1 for count in targets.values()):
            code = made.files["plugins/flows/flows.py"]
            return "start_modification" in code or not {"grow", "shrink", "scale"}.isdisjoint(
                (*made.order.after, made.order.workflow)
            )
    return False


def refused(result: PlanAttempt, recorded: Raw) -> Raw:
    """The engine refuses an execution with a ValueError, when its turn has come."""
    if not recorded["is_main"]:
        return {}
    if recorded["error"] and recorded["error"][0] == "ValueError":
        return {}
    return {"not planned": [*result.refusals, *map(str, result.faults)]}


def kinds_of(result: PlanAttempt) -> str:
    return " ".join(fault.rule for fault in result.faults).replace("workflow-hangs", "endless")


def shape_difference(plan: Plan, recorded: Raw) -> Raw:
    instances = {
        one.id: {"host": one.host, "relationships": by_node(one.relationships)}
        for one in plan.instances
        if one.state is not None
    }
    real = {
        one: {"host": row["host"], "relationships": by_node(row["relationships"])}
        for one, row in recorded["instances"].items()
    }
    names = sorted({*instances, *real})
    found = {one: (instances.get(one), real.get(one)) for one in names if instances.get(one) != real.get(one)}
    return {"instances": found} if found else {}


def by_node(relationships: Iterable[Any]) -> list[list[tuple[str, str]]]:
    """Of relationships with instances of one node the engine knows no order: it goes through sets."""
    rows = [(str(kind), str(target)) for kind, target in relationships]
    return [sorted(group) for _, group in groupby(rows, key=lambda row: row[1].rpartition("#")[0])]


def run_difference(made: Sample, plan: Plan, recorded: Raw) -> Raw:
    found: Raw = {}
    if plan.execution.status != recorded["status"]:
        found["status"] = [
            plan.execution.status,
            str(plan.execution.error),
            recorded["status"],
            recorded["error"],
        ]
    elif recorded["error"] and plan.execution.error and plan.execution.error.type != recorded["error"][0]:
        found["error"] = [str(plan.execution.error), recorded["error"]]
    if made.order.cancel_after is not None and len(recorded["ran"]) >= made.order.cancel_after:
        # the real engine starts what is ready in no order: only how much has run by then is the same
        if len(ran(plan)) != len(recorded["ran"]):
            found["ran"] = [ran(plan), recorded["ran"]]
        return found
    found.update(differences(list(without_late(plan_data(plan)["steps"])), recorded["steps"]))
    if made.order.workflow not in IN_NO_ORDER:
        found.update(linear_differences(plan_data(plan)["steps"], recorded["steps"]))
    if recorded["error"] and recorded["error"][0] != "WorkflowFailed":
        return found  # it was torn out of the engine's loop: what had run by then depends on the threads
    if ran(plan) != recorded["ran"]:
        mine, theirs = Counter(map(tuple, ran(plan))), Counter(map(tuple, recorded["ran"]))
        found["ran"] = {"only planned": list(mine - theirs), "only recorded": list(theirs - mine)}
    states = {one.id: one.final_state for one in plan.instances if one.final_state is not None}
    if states != recorded["states"]:
        pairs = {
            one: (states.get(one), recorded["states"].get(one)) for one in {*states, *recorded["states"]}
        }
        racing = raced_for(recorded["steps"])
        differing = {one: pair for one, pair in sorted(pairs.items()) if pair[0] != pair[1]}
        found["states"] = {one: pair for one, pair in differing.items() if one not in racing}
    return {kind: what for kind, what in found.items() if what}


def raced_for(steps: list[Raw]) -> set[str]:
    """Instances whose states are set by tasks of one graph that do not wait for each other."""
    found = set()
    for step in steps:
        if step["type"] != "graph":
            continue
        order = Graph(step["tasks"]).order()
        setting = defaultdict(set)
        for task in step["tasks"]:
            if task["kind"] == "set_state":
                setting[task["instance"]].add(label_of(task))
        for instance, names in setting.items():
            if any(order[pair] + order[pair[::-1]] == 0 for pair in combinations(sorted(names), 2)):
                found.add(instance)
    return found


def without_late(steps: Iterable[Raw]) -> Iterator[Raw]:
    """Steps as they were when their graphs began: a recording has no tasks that handlers add later."""
    for step in steps:
        if "tasks" in step:
            yield {**step, "tasks": [task for task in step["tasks"] if not task.get("added")]}
        else:
            yield step


def linear_differences(mine: list[Raw], theirs: list[Raw]) -> Raw:
    """Tasks of linear mode, in the order of their making."""
    pairs = zip(mine, theirs, strict=False)
    for number, (one, other) in enumerate(pairs):
        if one["type"] == other["type"] == "linear" and labels(one) != labels(other):
            return {f"linear step {number}": [labels(one), labels(other)]}
    return {}


def ran(plan: Plan) -> list[list[str]]:
    """Operations that were tried, as often as they were."""
    done = [task for task in plan.tasks if is_operation(task) and task.outcome in DONE]
    return sorted(
        [str(task.operation or task.name), task.instance or ""] for task in done for _ in range(task.attempts)
    )


def is_operation(task: Task) -> bool:
    """Also a task without a node, of `ctx.execute_task`; the workflow's own callables have no inputs."""
    return task.kind == "operation" or (task.kind.endswith("_task") and task.inputs is not None)


# -- many


def samples(seed: str, numbers: Iterable[int]) -> Iterator[Sample]:
    for number in numbers:
        yield sample(f"{seed}/{number}", Random(f"{seed}/{number}"))


def compared(made: Iterable[Sample], workers: int = 2) -> Iterator[Compared]:
    """Each worker has an engine of its own, at work while we plan."""
    with ExitStack() as stack:
        engines = [stack.enter_context(Engine()) for _ in range(workers)]
        pool = stack.enter_context(ThreadPoolExecutor(workers))

        def one(made: Sample) -> Compared:
            engine = engines.pop()
            try:
                return compared_one(made, engine)
            finally:
                engines.append(engine)

        yield from pool.map(one, made)


def compared_one(made: Sample, engine: Engine, other: Sample | None = None) -> Compared:
    """`other`: what the engine runs, where that shall differ."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(made, folder)
        engine.ask(other or made, folder)
        try:
            result = planned(made, folder)
        except Exception as error:
            return Compared(
                made, "crash", {"crash": f"{type(error).__name__}: {error}", "real": engine.answer()}
            )
        return compare(made, result, engine.answer())


def told(each: Compared) -> str:
    texts = [f"--- {path}\n{text}" for path, text in each.sample.files.items() if not path.endswith(".sh")]
    head = (
        f"=== {each.sample.name}: {each.sample.order}\n{json.dumps(each.difference, indent=1, default=str)}"
    )
    return "\n".join((head, *texts))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", default="")
    parser.add_argument("--only", type=int, help="the sample of this number alone")
    options = parser.parse_args()
    seed = options.seed or str(Random().randrange(10**9))
    numbers = range(options.count) if options.only is None else [options.only]
    counted: Counter[str] = Counter()
    for each in compared(samples(seed, numbers)):
        counted[f"{each.verdict}{', wrong' if each.is_wrong else ''}"] += 1
        if each.is_wrong:
            print(told(each), end="\n\n", flush=True)
    print(f"seed {seed}")
    print("\n".join(f"{count:6} {name}" for name, count in counted.most_common()))
    return 1 if any(name.endswith("wrong") for name in counted) else 0


if __name__ == "__main__":
    sys.exit(main())
