"""A policy of a configuration as a rule."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from bplint.diagnostic import Effect
from bplint.document import Kind
from bplint.imports.graph import is_complete
from bplint.lookup import UNKNOWN
from bplint.model import elements
from bplint.model.blueprint import Blueprint
from bplint.rules.configured.policy_entry import ANY, KINDS
from bplint.rules.configured.policy_places import PolicyPlaces, has_function, is_absent, places_in
from bplint.rules.rule import Rule
from bplint.syntax.mapping import deref, get, python_of
from bplint.syntax.tree import SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.model.elements import Element
    from bplint.rules.configured.policy_entry import ConfiguredPolicy
    from bplint.rules.configured.policy_places import Found
    from bplint.rules.context import Context
    from bplint.syntax.tree import Node


def rule_of(policy: ConfiguredPolicy) -> Rule:
    """The rule that tells where a policy does not hold."""
    is_whole = policy.on == "blueprint"
    kind: type[Any] = Blueprint if is_whole else getattr(elements, KINDS[policy.on])
    judge = _PolicyJudge(policy)

    def check(element: Any, ctx: Context) -> Iterator[Diagnostic]:
        yield from judge.blueprint(element, ctx) if is_whole else judge.element(element, ctx)

    check.__doc__ = _documentation(policy)
    rule = Rule(policy.code, policy.name, kind, check)
    rule.effect = Effect.ADVICE
    rule.severity = policy.severity
    rule.source = "configuration"
    return rule


def _documentation(policy: ConfiguredPolicy) -> str:
    text = " ".join(policy.message.split())
    reason = (
        " ".join(policy.why.split()) or "it is a policy of this project, written down in its configuration."
    )
    effect = "it takes the blueprint: the policy is the project's."
    return f"{text[:1].upper()}{text[1:]}.\n\nWhy: {reason}\nManager: {effect}\n"


class _PolicyJudge:
    """Looks at elements for one policy."""

    __slots__ = ("_pattern", "_policy", "_validator")

    def __init__(self, policy: ConfiguredPolicy) -> None:
        self._policy = policy
        self._pattern = re.compile(policy.pattern) if policy.pattern is not None else None
        self._validator: Any = None
        if policy.schema is not None:
            # it costs more than a whole small lint: only for policies that have a schema
            from jsonschema import Draft202012Validator

            self._validator = Draft202012Validator(policy.schema)

    def element(self, element: Element, ctx: Context) -> Iterator[Diagnostic]:
        """Where the policy does not hold for one element."""
        policy = self._policy
        if not self._is_meant(element):
            return
        if not policy.at:
            yield from self._name(element, ctx)
            return
        places = places_in(element, policy.at, ctx.blueprint)
        if policy.required:
            yield from self._missing(element, places, ctx)
        for found in places.found:
            yield from self._value(found, element.name, ctx, element.path)

    def _missing(self, element: Element, places: PolicyPlaces, ctx: Context) -> Iterator[Diagnostic]:
        """Where a required value is missing: in the element, or in each thing that `*` stands for."""
        *outer, last = self._policy.at
        if ANY not in outer:
            if places.is_certain and all(is_absent(each.node) for each in places.found):
                yield self._report(ctx, element.key, element.name, None)
            return
        for each in places_in(element, outer, ctx.blueprint).found:
            inner = PolicyPlaces()
            inner.descend(each.node, (last,))
            if inner.is_certain and all(is_absent(found.node) for found in inner.found):
                yield self._report(ctx, each.key or each.shown, element.name, None, element.path)

    def blueprint(self, blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
        """Where the policy does not hold for all files of a blueprint together."""
        main = blueprint.graph.main.document
        if main.kind is not Kind.BLUEPRINT:
            return
        is_there = False
        is_certain = is_complete(blueprint.graph)
        for file in blueprint.graph.files:
            if not file.is_own or file.document.root is None:
                continue
            places = PolicyPlaces()
            places.descend(file.document.root, self._policy.at)
            is_certain = is_certain and places.is_certain
            for found in places.found:
                is_there = is_there or not is_absent(found.node)
                yield from self._value(found, file.document.path, ctx, file.document.path)
        if self._policy.required and is_certain and not is_there and main.version_node is not None:
            yield self._report(ctx, main.version_node, main.path, None)

    def _is_meant(self, element: Element) -> bool:
        policy = self._policy
        if policy.names and not any(fnmatchcase(element.name, glob) for glob in policy.names):
            return False
        if not policy.types:
            return True
        known = list(_types_of(element))
        return any(fnmatchcase(name, glob) for name in known for glob in policy.types)

    def _name(self, element: Element, ctx: Context) -> Iterator[Diagnostic]:
        policy = self._policy
        if (
            policy.forbidden
            or (self._pattern is not None and not self._pattern.search(element.name))
            or (policy.one_of is not None and element.name not in policy.one_of)
        ):
            yield self._report(ctx, element.key, element.name, element.key)
        elif self._validator is not None:
            yield from self._schema(element.node, element.key, element.name, ctx, element.path)

    def _value(self, found: Found, name: str, ctx: Context, path: str) -> Iterator[Diagnostic]:
        policy = self._policy
        node = found.node
        if policy.forbidden:
            yield self._report(ctx, found.key or found.shown, name, node, path)
            return
        if is_absent(node) or has_function(node):
            return
        value = python_of(node)
        if value is UNKNOWN:
            return
        is_wrong = policy.one_of is not None and not any(_is_same(value, each) for each in policy.one_of)
        if self._pattern is not None:
            text = node.text if node.kind == SCALAR else None
            is_wrong = is_wrong or text is None or not self._pattern.search(text)
        if is_wrong:
            yield self._report(ctx, found.shown, name, node, path)
        elif self._validator is not None:
            yield from self._schema(node, found.shown, name, ctx, path)

    def _schema(self, node: Node, shown: Node, name: str, ctx: Context, path: str) -> Iterator[Diagnostic]:
        """Where a value does not fit the policy's JSON Schema, at the smallest part that does not."""
        if has_function(node):
            return
        value = python_of(node)
        if value is UNKNOWN:
            return
        for error in sorted(
            self._validator.iter_errors(value), key=lambda each: [str(part) for part in each.path]
        ):
            place = _part_at(node, list(error.path)) if shown is node else shown
            text = " ".join(error.message.split())[:200]
            yield self._report(ctx, place, name, node if place is shown else place, path, text)

    def _report(
        self,
        ctx: Context,
        place: Node,
        name: str,
        value: Node | None,
        path: str | None = None,
        help: str | None = None,
    ) -> Diagnostic:
        text = value.text if value is not None and value.kind == SCALAR else None
        message = self._policy.message.replace("{name}", name).replace("{value}", text or "")
        return ctx.report(place, message, path=path, help=help)


def _types_of(element: Element) -> Iterator[str]:
    """Names of an element's type and of its known ancestors; of a type, its own name and theirs."""
    kind = element if isinstance(element, elements.Type) else getattr(element, "type", None)
    written = getattr(element, "type_name", None)
    if isinstance(kind, elements.Type):
        yield from (each.name for each in kind.lineage())
    elif written is not None:
        yield written


def _is_same(value: Any, wanted: Any) -> bool:
    """Whether two values are equal, and no 1 is taken for true."""
    return bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)


def _part_at(node: Node, path: list[Any]) -> Node:
    """The part of a value that a path of JSON Schema leads to."""
    for part in path:
        node = deref(node)
        items = node.items or ()
        if node.kind == SEQUENCE and isinstance(part, int) and part < len(items):
            node = items[part]
        elif (below := get(node, str(part))) is not None:
            node = below
        else:
            break
    return deref(node)
