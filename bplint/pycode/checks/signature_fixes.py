"""Edits that bring a declaration and a signature together."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from bplint.edit import Edit
from bplint.span import Span
from bplint.syntax.mapping import as_dict
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from bplint.model.elements import SchemaProperty, Workflow
    from bplint.pycode.files.module import Module
    from bplint.pycode.names.signature import Argument, Signature
    from bplint.syntax.tree import Node

_TYPES = {bool: "boolean", int: "integer", float: "float", str: "string", list: "list", dict: "dict"}


def can_edit(module: Module) -> bool:
    """Whether a module is a file of the user's: not one in an archive."""
    return module.is_own and module.source is not None and ".zip/" not in module.path


def drop_default(signature: Signature, argument: Argument) -> Edit | None:
    """Take a default out of a signature; None where an argument in front of it has one too, since Python
    does not take that."""
    module = signature.module
    node = signature.definition.node
    if argument.default is None or not can_edit(module):
        return None
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    positional = [*node.args.posonlyargs, *node.args.args]
    if argument.node in positional:
        first = len(positional) - len(node.args.defaults)
        if positional.index(argument.node) != first:
            return None
    elif argument.node not in node.args.kwonlyargs:
        return None
    start = module.lines.span(argument.node).end
    return Edit(module.path, Span(start, module.lines.span(argument.default).end), "")


def declare_parameter(workflow: Workflow, name: str, content: dict[str, Any]) -> Edit | None:
    """Add a parameter to a workflow's declaration; None where its form is none that can be added to."""
    if not workflow.file.is_own or not name.isidentifier():
        return None
    node = workflow.node
    text = _flow(content)
    if node.kind != MAPPING:
        if node.style not in ("", "'", '"') or node.text is None or ":" in node.text:
            return None
        return Edit(workflow.path, node.span, f"{{mapping: {node.text}, parameters: {{{name}: {text}}}}}")
    parameters = as_dict(node).get("parameters")
    if parameters is None:
        return _append(workflow, node, "parameters", f"{{{name}: {text}}}")
    if parameters[1].kind != MAPPING:
        return None
    return _append(workflow, parameters[1], name, text)


def add_default(declared: SchemaProperty, value: Any) -> Edit | None:
    """Add `default` to a declared parameter."""
    if not declared.file.is_own or declared.node.kind != MAPPING:
        return None
    return _append(declared, declared.node, "default", _flow(value))


def type_and_default(value: Any) -> dict[str, Any]:
    """The declaration of a parameter with this default."""
    kind = _TYPES.get(type(value))
    return {"type": kind, "default": value} if kind is not None else {"default": value}


def _append(element: Any, node: Node, key: str, value: str) -> Edit | None:
    """One more pair behind the last one of a mapping, in the mapping's own style."""
    if not node.items or any(pair[1].style in ("|", ">") for pair in node.items[-1:]):
        return None
    last_key, last_value = node.items[-1]
    end = max(last_key.end, last_value.end)
    if node.style == "{":
        return Edit(element.path, Span(end, end), f", {key}: {value}")
    source = element.file.document.source
    indent = " " * (source.lines.position(last_key.start)[1] - 1)
    return Edit(element.path, Span(end, end), f"{source.newline}{indent}{key}: {value}")


def _flow(value: Any) -> str:
    """A value in YAML's flow style, which JSON is a part of; plain words stay plain."""
    import json  # only for a fix

    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, str) and value.isidentifier() and value.lower() not in _SPECIAL:
        return value
    return json.dumps(value, ensure_ascii=False)


_SPECIAL = frozenset(["yes", "no", "on", "off", "true", "false", "null", "y", "n"])
