"""The code of operations: members of their context that do not exist, and the context of the other side.

Facts (cloudify/context.py): `ctx.node` and `ctx.instance` raise in an operation of a relationship,
`ctx.source` and `ctx.target` in one of a node.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from bplint.pycode.flow.program import AttributeName
from bplint.pycode.flow.workflow_faults import ContextOfOtherSide, UnknownOperationMember
from bplint.pycode.names.api.members import members_of
from bplint.pycode.names.api.operation_members import (
    OF_NODES,
    OF_RELATIONSHIPS,
    OPERATION_NOUNS,
    operation_members,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.checks.contract import Handed
    from bplint.pycode.checks.reading import Aim, Reading
    from bplint.pycode.files.module import Module

_CONTEXT: Final = "operation context"
_PROXIES: Final = frozenset({("cloudify", "ctx"), ("cloudify.state", "ctx")})
_CHAIN: Final = re.compile(r"\b(\w+)((?:\s*\.\s*[^\W\d]\w*)+)")


def check_operation_code(reading: Reading, modules: list[Module], groups: dict[Aim, list[Handed]]) -> None:
    """Check the modules that mappings import."""
    sides = _sides(groups)
    for module in modules:
        if module.tree is None or module.source is None or "ctx" not in module.source.text:
            continue
        names = _context_names(module)
        of_module = sides.get(module, {})
        if _has_odd_chain(module, names) or _may_be_other_side(module, names, of_module):
            _Check(reading, module, names, of_module).run()


def _sides(groups: dict[Aim, list[Handed]]) -> dict[Module, dict[ast.AST, str]]:
    """Module → function → 'node' or 'relationship', for functions that operations of one side only are
    mapped to; 'workflow' where a workflow is."""
    found: dict[Module, dict[ast.AST, set[str]]] = {}
    for aim, group in groups.items():
        for definition in aim.resolution.definitions:
            functions = found.setdefault(definition.module, {})
            functions.setdefault(definition.node, set()).update(handed.side for handed in group)
    return {
        module: {node: sides.pop() if len(sides) == 1 else "" for node, sides in functions.items()}
        for module, functions in found.items()
    }


def _context_names(module: Module) -> frozenset[str]:
    """The names that a module gives to the proxy of the operation's context."""
    return frozenset(
        name
        for name, bindings in module.scope.names.items()
        if len(bindings) == 1 and (bindings[0].module, bindings[0].attribute) in _PROXIES
    )


def _has_odd_chain(module: Module, names: frozenset[str]) -> bool:
    """Whether the text has `ctx.x.y` with a member that is not known: most modules have none."""
    for match in _CHAIN.finditer(module.parsed_text):
        if match.group(1) != "ctx" and match.group(1) not in names:
            continue
        chain = [part.strip() for part in match.group(2).split(".")[1:]]
        if _first_odd(chain) is not None:
            return True
    return False


def _may_be_other_side(module: Module, names: frozenset[str], sides: dict[ast.AST, str]) -> bool:
    """Whether the text asks a context for what one of the module's functions may not ask it for."""
    wrong: set[str] = set()
    for side in sides.values():
        wrong |= {"node": OF_RELATIONSHIPS, "relationship": OF_NODES}.get(side, frozenset())
    if not wrong:
        return False
    first = "|".join(("ctx", *names))
    return re.search(rf"\b(?:{first})\s*\.\s*(?:{'|'.join(wrong)})\b", module.parsed_text) is not None


def _first_odd(chain: list[str]) -> tuple[int, str] | None:
    """The index of the first member that its owner does not have, and the owner's kind."""
    kind = _CONTEXT
    for index, name in enumerate(chain):
        members = operation_members(kind)
        if name not in members:
            return None if name.startswith("_") else (index, kind)
        kind = members[name]
        if not kind:
            return None
    return None


class _Check:
    """One module. `names` are those of the proxy, `sides` its functions that mappings lead to."""

    __slots__ = ("_given", "_module", "_names", "_reading", "_sides")

    def __init__(
        self, reading: Reading, module: Module, names: frozenset[str], sides: dict[ast.AST, str]
    ) -> None:
        self._reading = reading
        self._module = module
        self._names = names
        self._sides = sides
        self._given: set[str] = set()

    def run(self) -> None:
        assert self._module.tree is not None
        for node in ast.walk(self._module.tree):
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                self._given.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self._given.add(node.value)
        for function in self._functions(self._module.tree):
            self._function(function)

    def _functions(self, tree: ast.Module) -> Iterator[ast.FunctionDef]:
        """Functions of the top level and of classes; what stands in them belongs to them."""
        stack: list[ast.AST] = list(tree.body)
        while stack:
            node = stack.pop()
            if isinstance(node, ast.FunctionDef):
                yield node
            elif isinstance(node, ast.ClassDef | ast.If | ast.Try):
                stack.extend(ast.iter_child_nodes(node))

    def _function(self, function: ast.FunctionDef) -> None:
        side = self._sides.get(function, "helper")
        if side == "workflow":
            return
        taken = {arg.arg for arg in ast.walk(function) if isinstance(arg, ast.arg)}
        taken |= {
            node.id
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
        }
        certain = {name for name in self._names if name not in taken}
        if side != "helper" or _is_operation(function):
            certain |= {"ctx"} & {arg.arg for arg in _arguments(function)}
        possible = {"ctx"} & taken - certain
        if _rebinds(function, certain | possible):
            return
        prepared = _prepared(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and node not in prepared:
                self._attribute(node, certain, possible)
        if side in ("node", "relationship") and not _asks_type(function):
            self._other_side(function, certain, side)

    def _attribute(self, node: ast.Attribute, certain: set[str], possible: set[str]) -> None:
        first, chain = _chain_of(node)
        if first not in certain and first not in possible:
            return
        odd = _first_odd(chain)
        if odd is None or odd[0] != len(chain) - 1 or not isinstance(node.ctx, ast.Load):
            return
        kind = odd[1]
        is_workflows = kind == _CONTEXT and node.attr in (members_of("ctx") or {})
        if node.attr in self._given:
            return
        if first in possible and (is_workflows or not self._is_slip(kind, node.attr)):
            return  # a helper's ctx may be that of a workflow, or no Cloudify context at all
        place = AttributeName(node)
        self._reading.report(
            UnknownOperationMember,
            (self._module.path, self._module.lines.span(place)),
            near=None if is_workflows else (node.attr, list(operation_members(kind))),
            owner=OPERATION_NOUNS[kind],
            member=node.attr,
            is_workflows=is_workflows,
        )

    @staticmethod
    def _is_slip(kind: str, written: str) -> bool:
        from bplint.near import is_one_slip  # only where something is wrong

        return any(is_one_slip(written, known) for known in operation_members(kind))

    def _other_side(self, function: ast.FunctionDef, certain: set[str], side: str) -> None:
        """Members of the other side that every run comes by."""
        wrong = OF_RELATIONSHIPS if side == "node" else OF_NODES
        for statement in function.body:
            if not isinstance(statement, ast.Assign | ast.Expr | ast.Return | ast.AugAssign):
                if isinstance(statement, ast.Try | ast.With):
                    return
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Lambda | ast.IfExp | ast.BoolOp | ast.FunctionDef):
                    break
                is_wrong = isinstance(node, ast.Attribute) and node.attr in wrong
                if is_wrong and isinstance(node.value, ast.Name) and node.value.id in certain:  # type: ignore[attr-defined]
                    place = AttributeName(node)  # type: ignore[arg-type]
                    self._reading.report(
                        ContextOfOtherSide,
                        (self._module.path, self._module.lines.span(place)),
                        member=node.attr,  # type: ignore[attr-defined]
                        side=side,
                    )
                    return
            if isinstance(statement, ast.Return):
                return


def _chain_of(node: ast.Attribute) -> tuple[str, list[str]]:
    """The first name and the members of `ctx.a.b`; '' where it does not begin with a name."""
    chain = [node.attr]
    current: ast.expr = node.value
    while isinstance(current, ast.Attribute):
        chain.append(current.attr)
        current = current.value
    return (current.id if isinstance(current, ast.Name) else ""), chain[::-1]


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _is_operation(function: ast.FunctionDef) -> bool:
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name == "operation":
            return True
    return False


def _rebinds(function: ast.FunctionDef, names: set[str]) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id in names and not isinstance(node.ctx, ast.Load)
        for node in ast.walk(function)
    )


def _prepared(function: ast.FunctionDef) -> set[ast.AST]:
    """What stands in a `try` that catches an AttributeError."""
    found: set[ast.AST] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Try) and any(_catches_attributes(handler) for handler in node.handlers):
            for statement in node.body:
                found.update(ast.walk(statement))
    return found


def _catches_attributes(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {kind.attr if isinstance(kind, ast.Attribute) else getattr(kind, "id", "") for kind in types}
    return bool(names & {"AttributeError", "Exception", "BaseException"})


def _asks_type(function: ast.FunctionDef) -> bool:
    """Whether a function asks which kind of operation it is in."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in ("type", "_context"))
        or (isinstance(node, ast.Name) and node.id in ("NODE_INSTANCE", "RELATIONSHIP_INSTANCE", "hasattr"))
        for node in ast.walk(function)
    )
