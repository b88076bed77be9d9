"""The Python behind the mappings of a blueprint: from a mapping to its `def`, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.document import Kind
from bplint.model.elements import Target
from bplint.pycode.checks.reading import Reading
from bplint.pycode.files.layout import Layout
from bplint.pycode.files.module import Module
from bplint.pycode.files.python_text import without_warnings
from bplint.pycode.names.target import FOUND
from bplint.pycode.uses import Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.config import Config
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Plugin
    from bplint.pycode.checks.reading import Aim
    from bplint.pycode.files.codebase import CodeBase
    from bplint.pycode.names.target import Definition
    from bplint.span import Span
    from bplint.syntax.tree import Node

    Use = tuple[str, Node, Target]  # path and node of a mapping, and what it resolves to


class CodeReader:
    """Reads the code of one blueprint."""

    __slots__ = ("blueprint", "reading", "uses")

    def __init__(self, blueprint: Blueprint, config: Config, code: CodeBase) -> None:
        self.blueprint = blueprint
        self.uses = Uses(blueprint)
        layout = Layout(blueprint.graph.main.document.path, config, code)
        self.reading = Reading(blueprint, config, code, self.uses, layout)

    def aim(self, target: Target) -> Aim | None:
        """What a target leads to, or None where it is no `plugin.module.function`."""
        with without_warnings():
            return self.reading.aim(target)

    def definitions(self, target: Target) -> list[tuple[Definition, Span]]:
        """The defs that a target leads to, each with the place of its name."""
        aim = self.aim(target)
        if aim is None or aim.resolution.state != FOUND:
            return []
        return [
            (each, each.module.lines.header_span(each.node))
            for each in aim.resolution.definitions
            if each.kind != "module" and each.module.source is not None
        ]

    def mappings(self) -> Iterator[Use]:
        """Every operation and workflow of the user's files that is mapped to code, at the mapping."""
        for workflow in self.uses.workflows:
            target = workflow.target
            if isinstance(target, Target) and workflow.mapping_node is not None:
                yield workflow.path, workflow.mapping_node, target
        for owner, operation in self.uses.operations:
            target = operation.target
            node = operation.implementation_node
            if isinstance(target, Target) and node is not None and not operation.is_inherited:
                yield owner.path, node, target

    def mappings_to(self, path: str, line: int) -> list[tuple[str, Node]]:
        """The mappings that lead to the def whose name stands in a line of a Python file."""
        found = []
        for yaml_path, node, target in self.mappings():
            for definition, span in self.definitions(target):
                source = definition.module.source
                if (
                    source is not None
                    and source.path == path
                    and source.lines.position(span.start)[0] == line
                ):
                    found.append((yaml_path, node))
        return found

    def functions(self, plugin: Plugin | None, module_name: str) -> list[tuple[str, str]]:
        """What a dotted prefix can go on with: (name, 'module', 'function' or 'class')."""
        with without_warnings():
            resolver = self.reading.resolver(plugin)
            if not module_name:
                tops = [top for place in resolver.places if place.is_own for top in place.tops()]
                return [(name, "module") for name in dict.fromkeys(tops) if name.isidentifier()]
            module = self.reading.code.module(module_name, resolver.places)
            if not isinstance(module, Module):
                return []
            children = [child for place, folder in module.portions for child in place.children(folder)]
            found = [(name, "module") for name in dict.fromkeys(children) if name.isidentifier()]
            for name, bindings in module.scope.names.items():
                if bindings[-1].kind in ("def", "class") and not name.startswith("_"):
                    found.append((name, "function" if bindings[-1].kind == "def" else "class"))
            return found


def has_code(blueprint: Blueprint) -> bool:
    """Whether a blueprint maps anything to code."""
    uses = Uses(blueprint)
    return bool(uses.workflows or uses.operations) or blueprint.graph.main.document.kind is Kind.PLUGIN
