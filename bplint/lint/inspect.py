"""One main file with its imports: everything that is found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.advice.remarks import check_remarks
from bplint.checks.check_blueprint import find_faults
from bplint.checks.functions.function_calls import check_functions
from bplint.checks.shape.overruled import drop_overruled
from bplint.checks.shape.structure import check_structure
from bplint.checks.values.inputs import check_inputs
from bplint.checks.values.mistaken_values import check_mistaken_values
from bplint.document import Kind
from bplint.fault import hear_all
from bplint.imports.merge import merge
from bplint.model.assemble import build_blueprint, version_of
from bplint.record import Record

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.fault import Fault, Hears
    from bplint.imports.graph import ImportGraph
    from bplint.model.blueprint import Blueprint
    from bplint.pycode.files.codebase import CodeBase
    from bplint.source import Source


class Inspected(Record):
    """A main file's blueprint and the faults of all engines, those of the files it imports included."""

    blueprint: Blueprint
    faults: list[Fault]
    given: dict[str, Source]  # texts that inputs were given in, by path


def inspect(graph: ImportGraph, config: Config, code: CodeBase | None, hears: Hears = hear_all) -> Inspected:
    """Build the blueprint of a main file and collect what every engine finds. `code` None: read no code."""
    merged = merge(graph)
    if graph.main.document.is_foreign:
        return Inspected(build_blueprint(graph, merged), [_foreign(graph)], {})
    faults: list[Fault] = []
    for file in graph.files:
        if file.is_own:
            found = file.document.faults
            faults += _of_import(found) if found and file is not graph.main else found
    broken: set[int] = set()
    faults += drop_overruled(_structure_faults(graph, broken), graph, merged)
    faults += graph.faults
    faults += merged.faults
    blueprint = build_blueprint(graph, merged, broken=broken)
    faults += find_faults(blueprint)
    faults += check_functions(blueprint, hears)
    faults += check_inputs(blueprint)
    if graph.main.document.kind is not Kind.BLUEPRINT:
        # only for files that are made to be imported
        from bplint.checks.functions.type_calls import check_type_calls

        faults += check_type_calls(blueprint)
    if any("deployment_settings" in file.document.sections for file in graph.files):
        # few blueprints have schedules
        from bplint.checks.schedules import check_schedules

        faults += check_schedules(blueprint)
    faults += check_remarks(blueprint, hears)
    faults += check_mistaken_values(blueprint)
    if code is not None:
        from bplint.pycode.checks.check_code import check_code  # ast: only where there may be code to read

        faults += check_code(blueprint, config, code)
    sources: dict[str, Source] = {}
    if config.deployment:
        from bplint.deployment.given_inputs import check_deployment, load_inputs

        given = load_inputs(config.inputs)
        faults += given.faults
        faults += check_deployment(blueprint, given)
        sources = given.sources
    return Inspected(blueprint, faults, sources)


def _foreign(graph: ImportGraph) -> Fault:
    document = graph.main.document
    assert document.version_node is not None
    from bplint.checks.shape.shape_faults import ForeignDialect

    return ForeignDialect(document.path, document.version_node.span, text=str(document.version))


def _of_import(faults: list[Fault]) -> list[Fault]:
    """Faults of the text of an imported file: where it is no mapping the reference parser looks for keys
    in it before it looks at its shape."""
    # only where something is wrong
    from bplint.diagnostic import Reference
    from bplint.syntax.yaml_faults import EmptyFile, NonMappingRoot

    error = Reference("ValueError", None)
    return [
        each.moved_to(error)
        if isinstance(each, NonMappingRoot) or (isinstance(each, EmptyFile) and each.reference is not None)
        else each
        for each in faults
    ]


def _structure_faults(graph: ImportGraph, broken: set[int]) -> list[Fault]:
    """Shape and version faults of the user's files; collects the ids of nodes of a wrong shape."""
    version = version_of(graph)
    found: list[Fault] = []
    seen: set[int] = set()
    for file in graph.files:
        document = file.document
        if not file.is_own or id(document) in seen:
            continue
        seen.add(id(document))
        faults = check_structure(document, version, file is graph.main)
        broken |= faults.broken
        found += faults
    return found
