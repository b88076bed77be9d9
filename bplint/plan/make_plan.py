"""From a blueprint to a plan: the second straight line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bplint.deployment.given_inputs import load_inputs, prepare
from bplint.deployment.instances import make_instances
from bplint.deployment.plain_nodes import build_nodes
from bplint.near import nearest
from bplint.plan.availability import why_not_available
from bplint.plan.code_folders import find_code
from bplint.plan.failures import read_fail_task
from bplint.plan.launch import Limits, launch
from bplint.plan.parameters import command_line, resolve_parameters
from bplint.plan.plan import Note
from bplint.plan.read_record import RecordReader
from bplint.plan.request import make_request, order_of
from bplint.record import Record

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.deployment.expand import ExpansionError
    from bplint.deployment.plain_nodes import PlanNodes
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Target, Workflow
    from bplint.plan.code_folders import Code
    from bplint.plan.parameters import Parameters
    from bplint.plan.plan import Plan
    from bplint.plan.plan_options import PlanOptions
    from bplint.plan.sweep import Sweep
    from bplint.source import Source

Data = dict[str, Any]


class PlanAttempt(Record):
    """What came of it.

    plan      None where there is none
    faults    of making the deployment and of the run, for the rules to word; their files are in `sources`
    refusals  why no execution would be started: usage, to be told one a line
    sweep     what could go wrong, where that was asked for
    """

    plan: Plan | None
    faults: tuple[Fault, ...] = ()
    refusals: tuple[str, ...] = ()
    sources: dict[str, Source] = {}
    sweep: Sweep | None = None


def make_plan(blueprint: Blueprint, options: PlanOptions, config: Config) -> PlanAttempt:
    """Plan one execution. The blueprint must be one that the parser takes."""
    return _Planning(blueprint, options, config).result()


class _Planning:
    def __init__(self, blueprint: Blueprint, options: PlanOptions, config: Config) -> None:
        self.blueprint = blueprint
        self.options = options
        self.config = config
        self.refusals: list[str] = []
        self.notes: list[Note] = []

    def result(self) -> PlanAttempt:
        workflows = [self._workflow(name, is_main=False) for name in self.options.after]
        workflows.append(self._workflow(self.options.workflow, is_main=True))
        orders = [found for found in workflows if found is not None]
        given = load_inputs(self.options.inputs)
        if self.options.is_lenient:
            for name in given.values.keys() - set(self.blueprint.inputs.names()):
                del given.values[name]
        planned, faults = prepare(self.blueprint, given)
        faults = [*given.faults, *faults]
        sources = dict(given.sources)
        if planned is None or self.refusals or _would_fail(faults):
            return PlanAttempt(None, tuple(faults), tuple(self.refusals), sources)
        nodes = build_nodes(planned)
        instances = make_instances(nodes)
        if instances.refusal is not None:
            return PlanAttempt(None, tuple(faults), (_why_refused(instances.refusal),), sources)
        request = make_request(self.blueprint, nodes, instances, self.options, planned.inputs)
        request["executions"] = [order for _, order, _ in orders]
        if self.options.resume_after is not None:
            last = request["executions"].pop()
            request["executions"] += [
                {**last, "interrupt_after": self.options.resume_after},
                {**last, "resume": True},
            ]
        self._add_given(request)
        self._set_simulation(request, nodes)
        if self.refusals:
            return PlanAttempt(None, tuple(faults), tuple(self.refusals), sources)
        targets = [workflow.target for workflow, _, _ in orders]
        plugins = {target.plugin.name for target in targets if target and target.plugin is not None}
        workflow, _, parameters = orders[-1]
        with find_code(self.blueprint, self.config, plugins) as code:
            ran = self._run(request, workflow, parameters, code)
        return ran._replace(faults=(*faults, *ran.faults), sources={**sources, **ran.sources})

    def _run(self, request: Data, workflow: Workflow, parameters: Parameters, code: Code) -> PlanAttempt:
        request["code"] = {"source_paths": list(code.folders), "resource_root": code.resource_root}
        limits = Limits(self.options.timeout_s, self.options.memory_bytes)
        reader = RecordReader(self.blueprint, workflow, code, request)
        launched = launch(request, reader.receive, self.options.python or self.config.python, limits)
        if launched.ending == "unstartable":
            return PlanAttempt(None, (), (f"cannot run {launched.detail}",))
        self._warn_of_availability(workflow)
        made = reader.finish(
            launched,
            parameters=tuple(parameters.values),
            command=command_line(workflow.name, request["deployment"]["id"], parameters.values),
            after=self.options.after,
            notes=self.notes,
        )
        swept = None
        if self.options.sweep:
            made, swept = self._sweep(made, reader, limits)
        return PlanAttempt(made, tuple(reader.faults), (), reader.sources, swept)

    def _sweep(self, made: Plan, reader: RecordReader, limits: Limits) -> tuple[Plan, Sweep | None]:
        from bplint.plan.sweep import sweep  # only where it is asked for

        python = self.options.python or self.config.python
        found = sweep(made, reader.request, reader.code, python, limits, self.options.progress)
        reader.tell_defects(found.defects)
        return replace(made, notes=(*made.notes, *found.notes)), found.sweep

    def _workflow(self, name: str, *, is_main: bool) -> tuple[Workflow, Data, Parameters] | None:
        workflow = self.blueprint.workflows.lookup(name)
        if not workflow:
            known = sorted(self.blueprint.workflows.names())
            near = nearest(name, known)
            hint = f"; did you mean '{near}'?" if near else f"; there are: {', '.join(known) or 'none'}"
            self.refusals.append(f"there is no workflow '{name}'{hint}")
            return None
        parameters = resolve_parameters(
            workflow,
            self.options.parameters if is_main else (),
            allow_custom=self.options.allow_custom_parameters,
            is_lenient=self.options.is_lenient,
        )
        self.refusals.extend(
            message if is_main else f"--after {name}: {message}" for message in parameters.refusals
        )
        target = self._target(workflow)
        if target is None:
            return None
        return workflow, order_of(workflow, target, parameters.as_dict()), parameters

    def _target(self, workflow: Workflow) -> Target | None:
        target = workflow.target
        if target and target.kind in ("plugin", "script", "inline"):
            return target
        why = "is not known here" if not target else "leads to nothing that could be run"
        self.refusals.append(f"what workflow '{workflow.name}' is mapped to ('{workflow.mapping}') {why}")
        return None

    def _set_simulation(self, request: Data, nodes: PlanNodes) -> None:
        settings = {
            "task_retries": self.options.task_retries,
            "task_retry_interval": self.options.task_retry_interval_s,
            "subgraph_retries": self.options.subgraph_retries,
        }
        for order in request["executions"]:
            order["settings"] = settings
        last = request["executions"][-1]
        last["cancel_after"] = self.options.cancel_after
        last["fail_tasks"] = []
        for text in self.options.fail_tasks:
            found = read_fail_task(text, nodes)
            if isinstance(found, str):
                self.refusals.append(found)
            else:
                last["fail_tasks"].append(found)

    def _add_given(self, request: Data) -> None:
        if not self.options.given:
            return
        from bplint.plan.given import read_given, set_runtime_properties  # few plans are given anything

        given = read_given(self.options.given)
        self.refusals += [*given.refusals, *set_runtime_properties(given, request["node_instances"])]
        request["given"] = {
            name: found for name, found in given.sections.items() if name != "runtime_properties"
        }

    def _warn_of_availability(self, workflow: Workflow) -> None:
        is_installed = any(name in ("install", "reinstall") for name in self.options.after)
        why = why_not_available(workflow, self.blueprint, is_installed=is_installed)
        if why is not None:
            self.notes.append(Note("availability", f"a manager does not offer '{workflow.name}' here: {why}"))


def _would_fail(faults: list[Fault]) -> bool:
    return bool(faults)


def _why_refused(refusal: ExpansionError) -> str:
    """Rules on relationships and groups tell these at their place; here only why there is no plan."""
    details = ", ".join(f"{name} {value}" for name, value in refusal.details.items() if value is not None)
    return f"creating the deployment fails: {refusal.kind} ({details})"
