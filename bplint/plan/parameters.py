"""Parameters of an execution: what is declared, what is given, what does not fit."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any, Final

from bplint.deployment.given_inputs import load_inputs
from bplint.near import nearest
from bplint.plan.plan import ParameterValue
from bplint.syntax.mapping import as_dict, python_of
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.deployment.given_inputs import GivenInputs
    from bplint.model.elements import Parameter, Workflow

_JSON_TYPES: Final = {
    "integer": "integer",
    "float": "number",
    "boolean": "boolean",
    "string": "string",
    "list": "array",
    "dict": "object",
}
_FROM_TEXT: Final = {"integer": int, "float": float}


class Parameters:
    """Effective parameters in order of declaration, and why an execution would be refused."""

    __slots__ = ("refusals", "values")

    def __init__(self) -> None:
        self.values: list[ParameterValue] = []
        self.refusals: list[str] = []

    def as_dict(self) -> dict[str, Any]:
        return {entry.name: entry.value for entry in self.values}


def resolve_parameters(
    workflow: Workflow, arguments: Iterable[str], *, allow_custom: bool, is_lenient: bool = False
) -> Parameters:
    """Declared defaults overridden by what is given with -p, as a manager merges and checks them. With
    `is_lenient` what is not declared is left out."""
    found = Parameters()
    given = load_inputs(arguments)
    found.refusals.extend(_unreadable(given))
    values = {name: python_of(value.node) for name, value in given.values.items()}
    for name, parameter in workflow.parameters.items():
        if name in values:
            value = _converted(values.pop(name), parameter.type)
            found.values.append(ParameterValue(name, value, "given", _description(parameter)))
        elif parameter.default is not None:
            value = python_of(parameter.default)
            found.values.append(ParameterValue(name, value, "default", _description(parameter)))
        elif parameter.is_required:
            found.refusals.append(_missing(parameter))
    for name, value in values.items():
        if allow_custom:
            found.values.append(ParameterValue(name, value, "custom"))
        elif not is_lenient:
            found.refusals.append(_unknown(name, workflow))
    found.refusals.extend(_wrong_types(workflow, found))
    return found


def parameters_schema(workflow: Workflow, *, allow_custom: bool = False) -> dict[str, Any]:
    """A JSON Schema of what -p may say for a workflow."""
    properties: dict[str, Any] = {}
    for name, parameter in workflow.parameters.items():
        entry: dict[str, Any] = {}
        if parameter.type in _JSON_TYPES:
            entry["type"] = _JSON_TYPES[parameter.type]
        description = _description(parameter)
        if description:
            entry["description"] = description
        properties[name] = entry
    required = [
        name
        for name, parameter in workflow.parameters.items()
        if parameter.default is None and parameter.is_required
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": allow_custom,
    }


def command_line(workflow: str, deployment: str, parameters: Iterable[ParameterValue]) -> str:
    """The `cfy` command that would run the execution."""
    words = ["cfy", "executions", "start", workflow, "-d", deployment]
    given = {entry.name: entry.value for entry in parameters if entry.origin in ("given", "custom")}
    if given:
        words += ["-p", json.dumps(given, default=str)]
    if any(entry.origin == "custom" for entry in parameters):
        words.append("--allow-custom-parameters")
    return " ".join(shlex.quote(word) for word in words)


def _wrong_types(workflow: Workflow, found: Parameters) -> list[str]:
    given = {entry.name: entry.value for entry in found.values if entry.origin == "given"}
    if not given:
        return []
    import jsonschema  # 100 ms: only where parameters are given

    schema = {**parameters_schema(workflow, allow_custom=True), "required": []}
    messages = []
    for error in sorted(
        jsonschema.Draft202012Validator(schema).iter_errors(given), key=lambda one: list(one.path)
    ):
        name = str(error.path[0]) if error.path else ""
        declared = workflow.parameters[name].type if name in workflow.parameters else None
        messages.append(f"parameter '{name}' must be of type {declared}; it is {error.instance!r}")
    return messages


def _converted(value: Any, type_name: str | None) -> Any:
    """A text given for a number or a boolean is taken as one, as a manager does."""
    if not isinstance(value, str) or type_name is None:
        return value
    if type_name == "boolean":
        return {"true": True, "false": False}.get(value.lower(), value)
    convert = _FROM_TEXT.get(type_name)
    try:
        return convert(value) if convert is not None else value
    except ValueError:
        return value


def _missing(parameter: Parameter) -> str:
    description = _description(parameter)
    kind = f" ({parameter.type})" if parameter.type else ""
    return f"parameter '{parameter.name}'{kind} is mandatory" + (f": {description}" if description else "")


def _unknown(name: str, workflow: Workflow) -> str:
    message = f"workflow '{workflow.name}' declares no parameter '{name}'"
    near = nearest(name, workflow.parameters)
    if near is not None:
        return f"{message}; did you mean '{near}'?"
    return f"{message}; --allow-custom-parameters lets it pass"


def _unreadable(given: GivenInputs) -> list[str]:
    return [f"-p {fault.path}: {fault.rule}" for fault in given.faults]


def _description(parameter: Parameter) -> str | None:
    pair = as_dict(parameter.node).get("description")
    text = text_of(pair[1]) if pair is not None else None
    return " ".join(text.split()) if text else None
