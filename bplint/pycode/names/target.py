"""From a dotted name to the `def` behind it, by reading alone."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.files.bindings import (
    ASSIGN,
    CLASS,
    DEF,
    FROM,
    MODULE,
    OTHER,
    Binding,
    read_scope,
    static_all,
)
from bplint.pycode.files.codebase import ABSENT, HIDDEN, NOWHERE, NoModule
from bplint.pycode.files.module import Module

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.pycode.files.bindings import NameScope
    from bplint.pycode.files.codebase import CodeBase, Places

FOUND: Final = "found"
MISSING: Final = "missing"
UNKNOWN: Final = "unknown"

MAX_STEPS: Final = 60  # names followed for one target: re-exports go round in circles


class Definition:
    """What a name means.

    kind     'function', 'class', 'module', 'value' (a constant or display: not callable),
             'partial' (of `inner`, with `node` the call), 'instance' (of the class `inner`) or 'opaque'
             (callable or not: not known)
    module   where it is written; `node` its def, class, lambda or expression
    """

    __slots__ = ("inner", "is_bound", "kind", "module", "name", "node", "owner")

    def __init__(self, kind: str, module: Module, node: ast.AST, name: str) -> None:
        self.kind = kind
        self.module = module
        self.node = node
        self.name = name
        self.inner: Definition | None = None
        self.owner: ast.ClassDef | None = None  # the class whose method it is
        self.is_bound = False  # a method of an instance


class Resolution:
    """The answer: `state` FOUND (with `definitions`, several where an `if` decides), MISSING (`part` is
    'module' or 'attribute', `name` what is not there, `known` what is) or UNKNOWN (`reason` says why;
    `package` where it is the top-level package that is nowhere)."""

    __slots__ = ("definitions", "known", "module", "name", "package", "part", "reason", "state")

    def __init__(self, state: str) -> None:
        self.state = state
        self.definitions: list[Definition] = []
        self.reason = ""
        self.part = ""
        self.name = ""
        self.package = ""
        self.known: list[str] = []
        self.module: Module | None = None

    @property
    def definition(self) -> Definition | None:
        """The one definition, or None where there is none or more than one."""
        return self.definitions[0] if len(self.definitions) == 1 else None


def _found(*definitions: Definition) -> Resolution:
    answer = Resolution(FOUND)
    answer.definitions = list(definitions)
    answer.module = definitions[0].module
    return answer


def _unknown(reason: str, package: str = "") -> Resolution:
    answer = Resolution(UNKNOWN)
    answer.reason = reason
    answer.package = package
    return answer


def _missing(part: str, name: str, known: Iterable[str], module: Module | None) -> Resolution:
    answer = Resolution(MISSING)
    answer.part = part
    answer.name = name
    answer.known = list(known)
    answer.module = module
    return answer


class TargetResolver:
    """Follows names through modules of one list of places."""

    __slots__ = ("_answers", "code", "places")

    def __init__(self, code: CodeBase, places: Places) -> None:
        self.code = code
        self.places = places
        self._answers: dict[str, Resolution] = {}

    def resolve(self, dotted: str) -> Resolution:
        """What `dotted` means: the longest prefix that is a module, then attributes."""
        found = self._answers.get(dotted)
        if found is None:
            found = self._answers[dotted] = self._resolve(dotted)
        return found

    def _resolve(self, dotted: str) -> Resolution:
        module_name, _, attribute = dotted.rpartition(".")
        if not module_name:
            return _missing("attribute", dotted, [], None)
        module = self.code.module(module_name, self.places)
        if isinstance(module, Module):
            return self.attribute(module, attribute, 0)
        if module.state == ABSENT and module.parent is not None:
            return self._below(dotted, module)
        return _not_a_module(module)

    def _below(self, dotted: str, absent: NoModule) -> Resolution:
        """`dotted` goes on below a module: a method of a class, or a module that is not there."""
        assert absent.parent is not None
        rest = dotted[len(absent.parent.name) + 1 :].split(".")
        answer = self.attribute(absent.parent, rest[0], 0)
        if answer.state == MISSING:
            return _not_a_module(absent)
        for name in rest[1:]:
            definition = answer.definition
            if definition is None:
                return answer
            answer = self.member(definition, name, 0)
        return answer

    def attribute(self, module: Module, name: str, steps: int) -> Resolution:
        """What `module.name` means."""
        if steps > MAX_STEPS:
            return _unknown("names are re-exported in a circle")
        if module.tree is None:
            return _unknown(f"'{module.path}' does not parse")
        bindings = module.scope.names.get(name)
        if bindings and name in module.set_later:
            # a function replaces it when it is called: what it is then is not known
            later = Binding(OTHER, bindings[-1].node, is_conditional=True)
            return self._one_of(module, name, [*bindings, later], steps)
        if bindings:
            return self._one_of(module, name, bindings, steps)
        if name in module.set_later:
            return _unknown(f"a function of '{module.name}' sets it when it is called")
        starred = self._from_stars(module, name, steps)
        if starred is not None:
            return starred
        if module.is_package:
            child = self.code.module(f"{module.name}.{name}", self.places)
            if isinstance(child, Module):
                return _found(Definition("module", child, child.tree or ast.Module([], []), name))
            if child.state == HIDDEN:
                return _unknown(child.reason)
        if module.names_at_run_time:
            return _unknown(f"'{module.name}' makes names at run time")
        return _missing("attribute", name, self.names_of(module), module)

    def names_of(self, module: Module) -> list[str]:
        """Functions and classes that can be mapped, then everything else that is bound."""
        names = [name for name in module.scope.names if not name.startswith("__")]
        for star in module.scope.stars:
            source = self.code.module(star, self.places)
            if isinstance(source, Module):
                names.extend(name for name in source.scope.names if not name.startswith("_"))
        return names

    def _one_of(self, module: Module, name: str, bindings: list[Binding], steps: int) -> Resolution:
        answers = [self.binding(module, name, binding, steps) for binding in bindings]
        found = [answer for answer in answers if answer.state == FOUND]
        callables = [d for answer in found for d in answer.definitions if d.kind != "value"]
        if callables:
            unsure = any(answer.state == UNKNOWN for answer in answers)
            if unsure:
                callables.append(Definition("opaque", module, bindings[-1].node, name))
            return _found(*callables)
        for state in (UNKNOWN, FOUND):
            for answer in answers:
                if answer.state == state:
                    return answer
        return answers[-1]

    def binding(self, module: Module, name: str, binding: Binding, steps: int) -> Resolution:
        """What one binding of a name means."""
        if binding.kind == DEF:
            return _found(Definition("function", module, binding.node, name))
        if binding.kind == CLASS:
            return _found(Definition("class", module, binding.node, name))
        if binding.kind == MODULE:
            return self._module(binding.module)
        if binding.kind == FROM:
            return self._imported(module, name, binding, steps)
        if binding.kind == ASSIGN and binding.value is not None:
            return self.expression(module, module.scope, binding.value, name, steps + 1)
        return _found(Definition("opaque", module, binding.node, name))

    def _module(self, name: str) -> Resolution:
        module = self.code.module(name, self.places)
        if isinstance(module, NoModule):
            return _unknown(*_why(module))
        return _found(Definition("module", module, module.tree or ast.Module([], []), name))

    def _imported(self, module: Module, name: str, binding: Binding, steps: int) -> Resolution:
        source = self.code.module(binding.module, self.places) if binding.module else None
        if source is None:
            return _unknown("a relative import leaves its package")
        if isinstance(source, NoModule):
            return _unknown(*_why(source))
        if source is module and binding.attribute == name:
            return self._module(f"{module.name}.{name}")  # `from . import part` in a package
        answer = self.attribute(source, binding.attribute, steps + 1)
        if answer.state == MISSING:
            # the import itself fails; that is told at the import
            return _unknown(f"'{source.name}' has no '{binding.attribute}'")
        return answer

    def _from_stars(self, module: Module, name: str, steps: int) -> Resolution | None:
        for star in reversed(module.scope.stars):
            source = self.code.module(star, self.places) if star else None
            if source is None or isinstance(source, NoModule):
                return _unknown(f"it may come from '{star}', which is not here", star.split(".", 1)[0])
            public = static_all(source.scope)
            if public is None and "__all__" in source.scope.names:
                return _unknown(f"'{star}' puts its __all__ together at run time")
            if name not in public if public is not None else name.startswith("_"):
                continue
            answer = self.attribute(source, name, steps + 1)
            if answer.state != MISSING:
                return answer
        return None

    def expression(
        self, module: Module, scope: NameScope, value: ast.expr, name: str, steps: int
    ) -> Resolution:
        """What an expression at the top level of a module means."""
        if isinstance(value, ast.Name):
            bindings = scope.names.get(value.id)
            if bindings and steps <= MAX_STEPS:
                return self._one_of(module, value.id, bindings, steps)
            answer = self._from_stars(module, value.id, steps)
            # a built-in, or a name that is bound in a way that reading cannot see
            return answer if answer is not None else _found(Definition("opaque", module, value, name))
        if isinstance(value, ast.Attribute):
            owner = self.expression(module, scope, value.value, name, steps)
            if owner.definition is not None:
                return self.member(owner.definition, value.attr, steps + 1)
            return _found(Definition("opaque", module, value, name))
        if isinstance(value, ast.Lambda):
            return _found(Definition("function", module, value, name))
        if isinstance(value, ast.Call):
            return self._call(module, scope, value, name, steps)
        plain = ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.Set | ast.JoinedStr | ast.ListComp
        if isinstance(value, plain | ast.DictComp | ast.SetComp | ast.GeneratorExp):
            return _found(Definition("value", module, value, name))
        return _found(Definition("opaque", module, value, name))

    def _call(self, module: Module, scope: NameScope, call: ast.Call, name: str, steps: int) -> Resolution:
        opaque = Definition("opaque", module, call, name)
        if not _is_partial(call.func, scope) or not call.args:
            called = self.expression(module, scope, call.func, name, steps + 1).definition
            if called is None or called.kind != "class" or not isinstance(called.node, ast.ClassDef):
                return _found(opaque)
            instance = Definition("instance", module, call, name)
            instance.inner = called
            return _found(instance)
        inner = self.expression(module, scope, call.args[0], name, steps + 1)
        if inner.definition is None:
            return _found(opaque)
        partial = Definition("partial", module, call, name)
        partial.inner = inner.definition
        return _found(partial)

    def member(self, definition: Definition, name: str, steps: int) -> Resolution:
        """What `definition.name` means."""
        if definition.kind == "module":
            return self.attribute(definition.module, name, steps)
        if definition.kind == "class" and isinstance(definition.node, ast.ClassDef):
            return self._of_class(definition, definition.node, name, steps)
        if definition.kind == "instance" and definition.inner is not None:
            return self._of_instance(definition.inner, definition, name, steps)
        return _found(Definition("opaque", definition.module, definition.node, name))

    def _of_instance(self, owner: Definition, instance: Definition, name: str, steps: int) -> Resolution:
        """A member of an instance: a method of its class, or what its code sets in it."""
        node = owner.node
        opaque = _found(Definition("opaque", instance.module, instance.node, name))
        if not isinstance(node, ast.ClassDef) or node.keywords or node.decorator_list:
            return opaque
        answer = self._of_class(owner, node, name, steps)
        if answer.state != FOUND or any(each.kind != "function" for each in answer.definitions):
            return opaque
        for definition in answer.definitions:
            definition.is_bound = True
        return answer

    def _of_class(self, owner: Definition, node: ast.ClassDef, name: str, steps: int) -> Resolution:
        scope = read_scope(node.body, owner.module.package)
        bindings = scope.names.get(name)
        if bindings:
            answer = self._one_of(owner.module, name, bindings, steps + 1)
            for definition in answer.definitions:
                definition.owner = node
            return answer
        for base in node.bases:
            found = self.expression(owner.module, owner.module.scope, base, name, steps + 1)
            if found.definition is None or steps > MAX_STEPS:
                return _unknown(f"a base of class '{node.name}' is not known")
            if found.definition.kind != "class":
                if isinstance(base, ast.Name) and base.id == "object":
                    continue
                return _unknown(f"a base of class '{node.name}' is not known")
            answer = self.member(found.definition, name, steps + 1)
            if answer.state != MISSING:
                return answer
        if any(isinstance(base, ast.Name) and base.id == "object" for base in node.bases) or not node.bases:
            return _missing("attribute", name, scope.names, owner.module)
        return _missing("attribute", name, scope.names, owner.module)


def _why(module: NoModule) -> tuple[str, str]:
    if module.state == NOWHERE:
        return f"package '{module.name}' is not here", module.name
    if module.state == ABSENT:
        return f"module '{module.name}' does not exist", ""
    return module.reason, ""


def _not_a_module(module: NoModule) -> Resolution:
    if module.state == ABSENT:
        return _missing("module", module.name, module.known, module.parent)
    return _unknown(*_why(module))


def _is_partial(function: ast.expr, scope: NameScope) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "partial"
    if not isinstance(function, ast.Name):
        return False
    return any(
        binding.kind == FROM and binding.module == "functools" and binding.attribute == "partial"
        for binding in scope.names.get(function.id, ())
    )
