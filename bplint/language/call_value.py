"""The value that a function call gives, where it can be known before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.values.judgement import is_function
from bplint.deployment.calculate import Opaque
from bplint.deployment.evaluate import EvaluationScope, Evaluator, has_opaque
from bplint.deployment.given_inputs import load_inputs, prepare
from bplint.deployment.planned import Planner, TooLargeError
from bplint.language.written import yaml_text
from bplint.model.full_names import qualify
from bplint.model.scan_places import NODE, OUTPUTS, RELATIONSHIP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.deployment.planned import Planned
    from bplint.imports.graph import ImportedFile
    from bplint.language.spot import Spot
    from bplint.model.blueprint import Blueprint
    from bplint.syntax.tree import Node


def call_value(
    node: Node, spot: Spot, file: ImportedFile, blueprint: Blueprint, inputs: Sequence[str]
) -> str | None:
    """The value of a call as YAML, with inputs as they are given with -i and defaults for the others; None
    where it waits for run time or for an input."""
    try:
        planned, _ = prepare(blueprint, load_inputs(inputs))
    except TooLargeError:
        return None
    scope = _scope(spot, file, planned) if planned is not None else None
    if planned is None or scope is None:
        return None
    evaluator = Evaluator(planned)
    value = evaluator.evaluate(Planner(blueprint).value(node, file), scope)
    if evaluator.failures or has_opaque(value) or isinstance(value, Opaque) or _waits(value):
        return None
    return yaml_text(value)


def _scope(spot: Spot, file: ImportedFile, planned: Planned) -> EvaluationScope | None:
    path = spot.path
    if path[0] in ("node_types", "relationships", "data_types"):
        return None  # SELF is a template that is not known
    if path[0] != "node_templates":
        return EvaluationScope(OUTPUTS)
    node = planned.nodes.get(qualify(str(path[1]), file.namespace))
    if node is None:
        return None
    if len(path) > 4 and path[2] == "relationships" and isinstance(path[3], int):
        if path[3] >= len(node.relationships):
            return None
        return EvaluationScope(RELATIONSHIP, node, node.relationships[path[3]])
    return EvaluationScope(NODE, node)


def _waits(value: object) -> bool:
    if is_function(value):
        return True
    if isinstance(value, dict):
        return any(map(_waits, value.values()))
    return isinstance(value, list) and any(map(_waits, value))
