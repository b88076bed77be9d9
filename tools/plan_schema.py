"""JSON Schemas of plans and of requests to the child, made from the data classes of `bplint.plan`."""

from __future__ import annotations

import types
import typing
from typing import Any, Final

from bplint.plan import plan as contract
from bplint.plan.request import REQUEST_VERSION
from tools.language_schemas import DRAFT
from tools.report_schema import closed, or_null
from tools.sweep_schema import sweep_definitions

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_NUMBER: Final[Schema] = {"type": "integer"}
_OBJECT: Final[Schema] = {"type": "object"}
_PLAIN: Final = {str: "string", int: "integer", float: "number", bool: "boolean"}
_ALWAYS: Final = ("key", "kind", "number", "deps", "in", "wave", "outcome")
_CLASSES: Final = (
    contract.Task,
    contract.Step,
    contract.Event,
    contract.NodeInstance,
    contract.Execution,
    contract.ExecutionError,
    contract.ParameterValue,
    contract.Note,
    contract.CodePlace,
    contract.Counts,
)
_SPARSE: Final = {  # classes whose empty fields are left out → the fields that are always there
    contract.Task: _ALWAYS,
    contract.Step: ("type",),
    contract.Event: ("type", "message"),
}


def plan_schema() -> Schema:
    """What `bplint plan --format json` prints."""
    fields = _fields(contract.Plan)
    fields["contract_version"] = {"const": contract.CONTRACT_VERSION}
    plan = closed(fields)
    plan["properties"]["sweep"] = {"$ref": "#/definitions/sweep"}  # with --sweep only
    return {
        "$schema": DRAFT,
        "title": "Plan of bplint plan",
        **plan,
        "definitions": {**{_name(cls): _class(cls) for cls in _CLASSES}, **sweep_definitions()},
    }


def _class(cls: Any) -> Schema:
    fields = _fields(cls)
    schema = closed(fields, description=" ".join((cls.__doc__ or "").split()))
    if cls in _SPARSE:
        schema["required"] = list(_SPARSE[cls])
    return schema


def _fields(cls: Any) -> dict[str, Schema]:
    """Field → schema; a trailing underscore keeps a field's name from being a keyword."""
    hints = typing.get_type_hints(cls)
    return {name.rstrip("_"): _schema(hint) for name, hint in hints.items() if name != "_fields"}


def _schema(hint: Any) -> Schema:
    if hint is Any:
        return {}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if hint is contract.InstanceRelationship:
        return {
            "type": "array",
            "items": _TEXT,
            "minItems": 2,
            "maxItems": 2,
            "description": "Type and target.",
        }
    if hint in _CLASSES:
        return {"$ref": f"#/definitions/{_name(hint)}"}
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0])}
    if origin is dict:
        return _OBJECT
    if origin in (types.UnionType, typing.Union):
        return or_null(_schema(arguments[0]))
    raise TypeError(f"no schema for {hint}")


def _name(cls: Any) -> str:
    name: str = cls.__name__
    return name[0].lower() + name[1:]


# -- requests


def request_schema() -> Schema:
    """What the child reads."""
    schema = _whole_request()
    schema["properties"]["sweep"] = _sweep()  # for a sweep only
    # with --given only
    schema["properties"]["given"] = closed(dict.fromkeys(("secrets", "capabilities", "answers"), _OBJECT))
    return schema


def _sweep() -> Schema:
    """Variants of the last execution: `fail` is an operation's instance, name, side, source and target."""
    key = {"type": "array", "items": or_null(_TEXT), "minItems": 5, "maxItems": 5}
    variant = {**closed({"fail": or_null(key), "cancel_after": _NUMBER}), "required": []}
    properties: dict[str, Schema] = {
        "variants": {"type": "array", "items": variant},
        "operations": {"type": "array", "items": key},
        "limit_s": {"type": "number"},
        "variant_limit_s": {"type": "number"},
        "isolate": {"type": "boolean"},
    }
    schema = closed(properties)
    return {**schema, "required": [name for name in properties if name != "isolate"]}


def _whole_request() -> Schema:
    return {
        "$schema": DRAFT,
        "title": "Request of bplint to the process that simulates an execution",
        **closed(
            {
                "contract_version": {"const": REQUEST_VERSION},
                "deployment": _OBJECT,
                "plugins": {"type": "object", "additionalProperties": {"$ref": "#/definitions/plugin"}},
                "operation_tables": {"type": "array", "items": _table()},
                "nodes": {"type": "array", "items": {"$ref": "#/definitions/node"}},
                "node_instances": {"type": "array", "items": {"$ref": "#/definitions/nodeInstance"}},
                "scaling_groups": {"type": "object", "additionalProperties": _group()},
                "executions": {"type": "array", "items": {"$ref": "#/definitions/order"}, "minItems": 1},
                "code": closed({"source_paths": _texts(), "resource_root": _TEXT}),
                "limits": _OBJECT,
            }
        ),
        "definitions": {
            "failure": _failure(),
            "node": _node(),
            "nodeInstance": _node_instance(),
            "operations": closed({"table": _NUMBER, "inputs": _OBJECT}),
            "order": _order(),
            "plugin": _plugin(),
            "relationship": _relationship(),
        },
    }


def _texts() -> Schema:
    return {"type": "array", "items": _TEXT}


def _table() -> Schema:
    """Full names of operations → what they are mapped to."""
    operation = {
        "type": "object",
        "properties": {"operation": _TEXT, "plugin": _TEXT, "executor": or_null(_TEXT)},
        "required": ["operation", "plugin", "executor"],
    }
    return {"type": "object", "additionalProperties": operation}


def _node() -> Schema:
    operations = {"$ref": "#/definitions/operations"}
    return closed(
        {
            "id": _TEXT,
            "type": _TEXT,
            "type_hierarchy": _texts(),
            "properties": _OBJECT,
            "operations": operations,
            "relationships": {"type": "array", "items": {"$ref": "#/definitions/relationship"}},
            "is_host": {"type": "boolean"},
            "scalable": _OBJECT,
            "host_id": or_null(_TEXT),
            "plugins": {"type": "array", "items": _texts()},
            "plugins_to_install": {"type": "array", "items": _texts()},
            "number_of_instances": _NUMBER,
        }
    )


def _relationship() -> Schema:
    operations = {"$ref": "#/definitions/operations"}
    return closed(
        {
            "type": _TEXT,
            "type_hierarchy": _texts(),
            "target_id": _TEXT,
            "properties": _OBJECT,
            "source_operations": operations,
            "target_operations": operations,
        }
    )


def _node_instance() -> Schema:
    """An instance of a node, or of a group: that has `group` and no node."""
    link = closed({"type": _TEXT, "target_id": _TEXT, "target_name": _TEXT})
    group = closed({"name": _TEXT, "id": _TEXT})
    return {
        **closed(
            {
                "id": _TEXT,
                "contained_in": or_null(_TEXT),
                "group": {"type": "boolean"},
                "node_id": _TEXT,
                "host_id": or_null(_TEXT),
                "relationships": {"type": "array", "items": link},
                "scaling_groups": {"type": "array", "items": group},
                "state": _TEXT,
                "runtime_properties": _OBJECT,
            }
        ),
        "required": ["id", "contained_in"],
    }


def _order() -> Schema:
    return {
        **closed(
            {
                "workflow": _TEXT,
                "mapping": _TEXT,
                "parameters": _OBJECT,
                "settings": _OBJECT,
                "fail_tasks": {"type": "array", "items": {"$ref": "#/definitions/failure"}},
                "cancel_after": or_null(_NUMBER),
                "interrupt_after": _NUMBER,
                "resume": {"type": "boolean"},
            }
        ),
        "required": ["workflow", "mapping", "parameters"],
    }


def _failure() -> Schema:
    properties = {
        "node": _TEXT,
        "index": or_null(_NUMBER),
        "operation": _TEXT,
        "error": {"enum": ["recoverable", "nonrecoverable"]},
        "times": or_null(_NUMBER),
    }
    related = {"side": {"enum": ["source", "target"]}, "source": _TEXT, "target": _TEXT}
    return {**closed({**properties, **related}), "required": list(properties)}


def _group() -> Schema:
    return closed({"members": _texts(), "properties": _OBJECT})


def _plugin() -> Schema:
    return closed(
        {
            "name": _TEXT,
            "package_name": or_null(_TEXT),
            "package_version": or_null(_TEXT),
            "source": or_null(_TEXT),
            "install": {"type": "boolean"},
            "executor": _TEXT,
        }
    )
