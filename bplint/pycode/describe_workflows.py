"""What `bplint workflows` shows: parameters, availability, and the function behind each workflow."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from bplint.pycode.files.layout import Layout
from bplint.pycode.names.target import FOUND, MISSING
from bplint.pycode.uses import Uses
from bplint.syntax.mapping import as_dict, python_of
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Parameter, Workflow
    from bplint.pycode.checks.reading import Aim, Reading
    from bplint.pycode.files.codebase import CodeBase

_BUILT_IN: Final = "cloudify.plugins.workflows"  # the module of the manager's own workflows


@dataclass(frozen=True)
class ParameterDescription:
    """One parameter. `default` has a value only where `has_default`; mandatory: required, no default."""

    name: str
    type: str | None
    is_mandatory: bool
    has_default: bool
    default: Any
    description: str | None
    constraints: Any
    item_type: str | None


@dataclass(frozen=True)
class WorkflowDescription:
    """One workflow.

    availability   the rules as written, {} where there are none; `is_available` False where they say so
    state          'found', 'missing', 'unknown', 'script', or 'built-in' for the manager's own that a plan
                   has a model of; `reason` says more for all but 'found' and 'script'
    target         `path:line` of the function, or None; `signature` as it is written, or None
    declared_in    path of the file that declares it, or what the import was answered with
    """

    name: str
    description: str | None
    mapping: str
    parameters: tuple[ParameterDescription, ...]
    availability: dict[str, Any]
    is_available: bool
    is_cascading: bool
    state: str
    reason: str | None
    target: str | None
    signature: str | None
    declared_in: str

    @property
    def mandatory(self) -> tuple[ParameterDescription, ...]:
        return tuple(each for each in self.parameters if each.is_mandatory)

    @property
    def optional(self) -> tuple[ParameterDescription, ...]:
        return tuple(each for each in self.parameters if not each.is_mandatory)


def describe_workflows(
    blueprint: Blueprint, config: Config, code: CodeBase, name: str | None = None
) -> list[WorkflowDescription]:
    """Every workflow of a blueprint by name, or the one asked for: those of the user's files, then those of
    plugins, then the built-in ones."""
    from bplint.pycode.checks.reading import Reading  # ast: this command reads code
    from bplint.pycode.files.python_text import without_warnings

    layout = Layout(blueprint.graph.main.document.path, config, code)
    reading = Reading(blueprint, config, code, Uses(blueprint), layout)
    found: list[WorkflowDescription] = []
    with without_warnings():
        _describe_all(reading, name, found)
    return found


def _describe_all(reading: Reading, name: str | None, found: list[WorkflowDescription]) -> None:
    blueprint = reading.blueprint
    wanted = sorted(blueprint.workflows.names()) if name is None else [name]
    known = [workflow for each in wanted if (workflow := blueprint.workflows.lookup(each))]
    found += [_describe(reading, workflow) for workflow in sorted(known, key=_rank)]


def _rank(workflow: Workflow) -> int:
    """0 for a workflow of the user's files, 1 for one of a plugin, 2 for a built-in one."""
    if workflow.file.is_own:
        return 0
    return 2 if _built_in_name(workflow.mapping or "") else 1


def _built_in_name(mapping: str) -> str | None:
    """The function of the manager's own that a mapping names, or None."""
    _, separator, name = mapping.partition(f".{_BUILT_IN}.")
    return name if separator and "." not in name else None


@cache
def _modelled() -> frozenset[str]:
    """Names of the built-in workflows that a plan has a model of."""
    import ast

    import bplint

    path = os.path.join(os.path.dirname(bplint.__file__), "sandbox", "stubs", *_BUILT_IN.split(".")) + ".py"
    with open(path, encoding="utf-8") as stream:
        body = ast.parse(stream.read()).body
    names = [alias.name for node in body if isinstance(node, ast.ImportFrom) for alias in node.names]
    names += [node.name for node in body if isinstance(node, ast.FunctionDef)]
    return frozenset(name for name in names if not name.startswith("_"))


def _describe(reading: Reading, workflow: Workflow) -> WorkflowDescription:
    state, reason, target, signature = _target(reading, workflow)
    rules = workflow.availability_rules
    availability = python_of(rules) if rules is not None else {}
    if not isinstance(availability, dict):
        availability = {}
    entry = workflow.file.entry
    declared_in = workflow.path if workflow.file.is_own or entry is None else entry.answered_by
    description = as_dict(workflow.node).get("description")
    return WorkflowDescription(
        workflow.name,
        text_of(description[1]) if description is not None else None,
        workflow.mapping or "",
        tuple(_parameter(each) for each in workflow.parameters.values()),
        availability,
        availability.get("available") is not False,
        workflow.is_cascading,
        state,
        reason,
        target,
        signature,
        declared_in,
    )


def _parameter(parameter: Parameter) -> ParameterDescription:
    parts = as_dict(parameter.node)
    description = parts.get("description")
    has_default = parameter.default is not None
    return ParameterDescription(
        parameter.name,
        parameter.type,
        parameter.is_required and not has_default,
        has_default,
        python_of(parameter.default) if parameter.default is not None else None,
        text_of(description[1]) if description is not None else None,
        python_of(parameter.constraints) if parameter.constraints is not None else None,
        parameter.item_type,
    )


def _target(reading: Reading, workflow: Workflow) -> tuple[str, str | None, str | None, str | None]:
    target = workflow.target
    if not target:
        return "unknown", "an import that could not be read may hold its plugin", None, None
    kind = target.kind
    if kind in ("script", "inline", "url"):
        return "script", None, workflow.mapping, None
    aim = reading.aim(target)
    if aim is None:
        return "missing", "no plugin has this name", None, None
    found = _aimed(aim)
    if found[0] == "unknown" and _built_in_name(workflow.mapping or "") in _modelled():
        return "built-in", "the manager's own; 'bplint plan' has a model of it", None, None
    return found


def _aimed(aim: Aim) -> tuple[str, str | None, str | None, str | None]:
    resolution = aim.resolution
    if resolution.state == MISSING:
        where = f"'{resolution.module.name}'" if resolution.module is not None else "the code"
        return "missing", f"{where} has no {resolution.part} '{resolution.name}'", None, None
    if resolution.state != FOUND or not resolution.definitions:
        return "unknown", resolution.reason, None, None
    definition = resolution.definitions[0]
    line = getattr(definition.node, "lineno", 1)
    signature = aim.signature.text if aim.signature is not None else None
    reason = aim.signature.doubt or None if aim.signature is not None else None
    return "found", reason, f"{definition.module.path}:{line}", signature
