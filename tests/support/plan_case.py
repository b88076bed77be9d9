"""Plans for tests: a blueprint in a folder, planned."""

from __future__ import annotations

from bplint.config import Config
from bplint.imports.load_graph import build_graph
from bplint.imports.resolve import Resolver
from bplint.lint.inspect import inspect
from bplint.model.blueprint import Blueprint
from bplint.plan.make_plan import PlanAttempt, make_plan
from bplint.plan.plan_options import PlanOptions


def blueprint_of(path: str, config: Config | None = None) -> Blueprint:
    config = config or Config()
    resolver = Resolver(config)
    document, faults = resolver.open(path, path)
    assert document is not None, faults
    return inspect(build_graph(document, resolver), config, None).blueprint


def plan_of(path: str, options: PlanOptions | None = None, config: Config | None = None) -> PlanAttempt:
    return make_plan(blueprint_of(path, config), options or PlanOptions(), config or Config())
