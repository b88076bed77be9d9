"""Whether the targets of mappings exist."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.document import Kind
from bplint.pycode.checks.reading import related_code
from bplint.pycode.checks.target_faults import (
    CodeNotHere,
    CoroutineTarget,
    MappingWithoutModule,
    TargetIsMethod,
    TargetNotCallable,
    UnknownFunction,
    UnknownModule,
)
from bplint.pycode.files.codebase import NoModule
from bplint.pycode.files.recorded import RecordedPlace
from bplint.pycode.names import known
from bplint.pycode.names.decorators import decorations_of
from bplint.pycode.names.target import FOUND, MISSING
from bplint.span import Span

if TYPE_CHECKING:
    from bplint.diagnostic import Related
    from bplint.pycode.checks.reading import Aim, Reading
    from bplint.pycode.names.target import Definition
    from bplint.syntax.tree import Node

    Mapping = tuple[str, Node, str]  # path, node, text of the mapping as written


def check_target(reading: Reading, aim: Aim, mapping: Mapping) -> None:
    """Faults of one mapping's target, at the mapping."""
    resolution = aim.resolution
    if resolution.state == MISSING:
        _missing(reading, aim, mapping)
    elif resolution.state == FOUND:
        _found(reading, aim, mapping)
    elif resolution.package:
        _nowhere(reading, aim, mapping)


def _missing(reading: Reading, aim: Aim, mapping: Mapping) -> None:
    resolution = aim.resolution
    if resolution.part == "module":
        wrong = resolution.name.rpartition(".")[2]
        package = resolution.module.name if resolution.module is not None else ""
        reading.report(
            UnknownModule,
            _part_place(mapping, wrong, aim.function.count(".") - resolution.name.count(".")),
            related=_module_place(aim),
            module=resolution.name,
            package=package,
            near=(wrong, resolution.known),
        )
    elif "." not in aim.function:
        # in a sketch without code the name stands for whatever will be written
        if not any(place.is_own and place.tops() for place in aim.resolver.places):
            return
        reading.report(MappingWithoutModule, mapping_place(mapping), function=aim.function)
    else:
        reading.report(
            UnknownFunction,
            _part_place(mapping, resolution.name, 0),
            related=_module_place(aim),
            function=resolution.name,
            module=resolution.module.name if resolution.module is not None else "",
            near=(resolution.name, resolution.known),
        )


def _found(reading: Reading, aim: Aim, mapping: Mapping) -> None:
    definition = aim.resolution.definition
    if definition is None:
        return
    if _goes_below_module(aim):
        owner = definition.owner.name if definition.owner is not None else aim.function.split(".")[-2]
        reading.report(
            TargetIsMethod,
            mapping_place(mapping),
            related=_definition_place(aim),
            owner=owner,
        )
    elif isinstance(definition.node, ast.AsyncFunctionDef) and _is_run_by_nobody(definition, aim):
        place = mapping_place(mapping)
        related = _definition_place(aim)
        reading.report(CoroutineTarget, place, related=related, function=aim.function)
    elif definition.kind in ("module", "value"):
        reading.report(
            TargetNotCallable,
            mapping_place(mapping),
            related=_definition_place(aim),
            function=aim.function,
            what="a module" if definition.kind == "module" else "a value",
        )


def _is_run_by_nobody(definition: Definition, aim: Aim) -> bool:
    """Whether no decorator may run the coroutine."""
    decorators = getattr(definition.node, "decorator_list", [])
    return all(decorations_of(each, definition.module, aim.resolver) == [] for each in decorators)


def _goes_below_module(aim: Aim) -> bool:
    """Whether what the manager imports for a mapping, all but its last part, is no module."""
    module = aim.resolver.code.module(aim.function.rpartition(".")[0], aim.resolver.places)
    return isinstance(module, NoModule)


def _nowhere(reading: Reading, aim: Aim, mapping: Mapping) -> None:
    top = aim.resolution.package
    module, _, name = aim.function.rpartition(".")
    if top in known.PLATFORM:
        _platform(reading, mapping, module, name)
        return
    recorded = next((place for place in aim.resolver.places if isinstance(place, RecordedPlace)), None)
    if recorded is not None and recorded.is_gone(top):
        reading.report(
            UnknownModule,
            _part_place(mapping, top, aim.function.count(".")),
            related=(recorded.related,),
            module=top,
            package="",
            near=(top, recorded.tops()),
        )
        return
    if reading.layout.source_of(aim.plugin) or reading.config.source_root or reading.is_plugin_side:
        tops = sorted({top for place in aim.resolver.places if place.is_own for top in place.tops()})
        near = _near(top, tops)
        if near is not None:
            reading.report(
                UnknownModule,
                _part_place(mapping, top, aim.function.count(".")),
                module=top,
                package="",
                near=(top, tops),
            )
            return
    if _says_where(reading):
        reading.report(CodeNotHere, mapping_place(mapping), package=top)


def _says_where(reading: Reading) -> bool:
    """Whether the code is meant to be here: an option says where, or a plugin's own file is linted. A
    blueprint alone is most often linted where its plugins are not."""
    config = reading.config
    given = config.source_root or config.python or config.plugin_path or config.import_check
    return bool(given) or reading.blueprint.graph.main.document.kind is Kind.PLUGIN


def _near(name: str, names: list[str]) -> str | None:
    from bplint.near import nearest

    return nearest(name, names)


def _platform(reading: Reading, mapping: Mapping, module: str, name: str) -> None:
    """A target in cloudify-common, which need not be installed here: its names are known."""
    if not known.is_described(module) or known.is_former(module) or known.is_former(module, name):
        return
    names = known.module_names(module)
    if names is None:
        return
    if name not in names:
        reading.report(
            UnknownFunction,
            _part_place(mapping, name, 0),
            function=name,
            module=module,
            near=(name, names),
        )


def _part_place(mapping: Mapping, part: str, from_end: int) -> tuple[str, Span]:
    """The place of one dotted part of a mapping, counted from its end; the whole of it where the text is
    not written plainly. (The plugin's name in front may hold dots of its own.)"""
    path, node, text = mapping
    quotes = 2 if node.style in ("'", '"') else 0
    if node.end - node.start != len(text) + quotes:
        return path, node.span
    behind = sum(len(written) + 1 for written in text.split(".")[::-1][:from_end])
    end = node.end - quotes // 2 - behind
    return path, Span(end - len(part), end)


def mapping_place(mapping: Mapping) -> tuple[str, Span]:
    return mapping[0], mapping[1].span


def _module_place(aim: Aim) -> tuple[Related, ...]:
    module = aim.resolution.module
    if module is None or module.source is None:
        return ()
    return (related_code(f"'{module.name}' is here", module, Span(0, 0)),)


def _definition_place(aim: Aim) -> tuple[Related, ...]:
    definition = aim.resolution.definition
    if definition is None or definition.module.source is None or isinstance(definition.node, ast.Module):
        return ()
    span = definition.module.lines.header_span(definition.node)
    return (related_code(f"'{definition.name}' is here", definition.module, span),)
