"""The imports behind mappings, as deep as the project's code goes: one fault a cause."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

from bplint.pycode.checks.import_graph import ImportGraphOfCode
from bplint.pycode.checks.import_judge import ImportJudge
from bplint.pycode.checks.reading import related_code
from bplint.pycode.checks.script_checks import python2_advice, unparsed_fault
from bplint.pycode.checks.target_faults import (
    CircularImport,
    ImportNotHere,
    ImportNotInstalled,
    MissingInPython,
    MissingModuleAttribute,
)
from bplint.pycode.code_faults import Falls
from bplint.pycode.files.import_statements import imports_of
from bplint.pycode.files.requirements import required_distributions
from bplint.pycode.flow.workflow_faults import UndefinedName
from bplint.pycode.names.distributions import is_brought
from bplint.pycode.names.stdlib import StandardLibrary

if TYPE_CHECKING:
    import ast

    from bplint.diagnostic import Related
    from bplint.pycode.checks.circular_imports import CircleFound
    from bplint.pycode.checks.contract import Handed
    from bplint.pycode.checks.import_judge import ImportReason
    from bplint.pycode.checks.reading import Aim, Reading
    from bplint.pycode.files.module import Module
    from bplint.pycode.names.target import TargetResolver


def check_imports(reading: Reading, groups: dict[Aim, list[Handed]]) -> list[Module]:
    """What stops the modules of mappings from being imported, and the imports in functions of the modules
    that mappings lead to. Gives all modules of the project that mappings import, by path."""
    stdlib = StandardLibrary()
    graphs: dict[TargetResolver, ImportGraphOfCode] = {}
    for aim in groups:
        graph = graphs.get(aim.resolver)
        if graph is None:
            judge = ImportJudge(reading, aim.resolver, stdlib)
            graph = graphs[aim.resolver] = ImportGraphOfCode(judge)
        graph.add_start(aim.function)
    for graph in graphs.values():
        told = _Told(reading, graph, groups)
        told.causes()
        told.circles()
        told.late_imports()
        told.names_in_functions()
    found = {module for graph in graphs.values() for module in graph.edges}
    return sorted(found, key=lambda module: module.path)


class _Told:
    """Puts on record what one graph shows."""

    __slots__ = ("_graph", "_groups", "_reading")

    def __init__(self, reading: Reading, graph: ImportGraphOfCode, groups: dict[Aim, list[Handed]]) -> None:
        self._reading = reading
        self._graph = graph
        self._groups = groups

    def causes(self) -> None:
        for cause in sorted(self._graph.causes, key=lambda each: each.module.path):
            stopped, chain = self._graph.stopped_by(cause)
            if cause.node is None:
                self._unparsed(cause.module, stopped, chain)
            elif cause.reason is not None and (stopped or not cause.fails):
                self._report(cause.module, cause.node, cause.reason, stopped, chain)

    def circles(self) -> None:
        # few projects have circles
        from bplint.pycode.checks.circular_imports import circular_imports

        failures: dict[tuple[str, int, str], list[CircleFound]] = {}
        for failure in circular_imports(self._graph):
            key = (failure.module.path, failure.imported.node.lineno, failure.imported.name or "")
            failures.setdefault(key, []).append(failure)
        for group in failures.values():
            first = group[0]
            stopped = {f for failure in group for f in self._graph.starts.get(failure.start, ())}
            self._reading.faults.append(
                CircularImport(
                    first.module.path,
                    first.module.lines.span(first.imported.alias),
                    falls=Falls(len(stopped), ()),
                    module=first.source.name,
                    name=first.imported.name or "",
                    start=first.start.name,
                )
            )

    def late_imports(self) -> None:
        """Imports in functions: they fail when the function runs."""
        modules = dict.fromkeys(self._graph.starts)
        for aim in self._groups:
            if aim.resolver is self._graph.judge.resolver:
                modules.update((d.module, None) for d in aim.resolution.definitions if d.module.is_own)
        for module in sorted(modules, key=lambda each: each.path):
            for imported in imports_of(module, is_late=True):
                if not imported.is_guarded:
                    _, reason = self._graph.judge.judge(module, imported)
                    if reason is not None:
                        self._report(module, imported.alias, reason, set(), [], is_late=True)

    def names_in_functions(self) -> None:
        """Undefined names and attributes of modules in the functions of every module that is imported."""
        for module in sorted(self._graph.edges, key=lambda each: each.path):
            if module.tree is None:
                continue
            names = self._graph.judge.names_of(module)
            for free in names.undefined_later():
                span = module.lines.span(free.node)
                there = [*module.scope.names, *free.locals]
                near = (free.node.id, there)
                self._reading.report(UndefinedName, (module.path, span), near=near, name=free.node.id)
            for node, (source, name, there) in names.attributes_later():
                span = module.lines.span(node)
                self._reading.faults.append(
                    MissingModuleAttribute(module.path, span, near=(name, there), module=source, name=name)
                )

    def _unparsed(self, module: Module, stopped: set[str], chain: list[Module]) -> None:
        unparsed = module.unparsed or module.uncompiled
        assert module.source is not None
        assert unparsed is not None
        if not stopped:
            return  # only code that is prepared for it imports the module
        if self._graph.is_accepted(module):
            self._reading.faults.append(python2_advice(module.source, unparsed))
            return
        falls = Falls(len(stopped), _names(chain))
        fault = unparsed_fault(module.source, unparsed, self._related(chain), falls)
        self._reading.faults.append(fault)

    def _report(
        self,
        module: Module,
        node: ast.AST,
        reason: ImportReason,
        stopped: set[str],
        chain: list[Module],
        is_late: bool = False,
    ) -> None:
        if reason.make is None:
            self._not_here(module, node, reason.package, is_late)
            return
        span = module.lines.span(node)
        falls = Falls(len(stopped), _names(chain))
        self._reading.faults.append(reason.make(module.path, span, self._related(chain), falls))

    def _related(self, chain: list[Module]) -> tuple[Related, ...]:
        """The imports that lead from the mapped module to the failure."""
        found = []
        for module, target in pairwise(chain):
            for edge in self._graph.edges[module]:
                if edge.target is target:
                    span = module.lines.span(edge.imported.alias)
                    found.append(related_code(f"'{module.name}' imports it here", module, span))
                    break
        return tuple(found)

    def _not_here(self, module: Module, node: ast.AST, package: str, is_late: bool) -> None:
        reading = self._reading
        place = (module.path, module.lines.span(node))
        if reading.config.python is not None and reading.layout.interpreter_fault is None:
            executable = reading.config.python
            reading.report(ImportNotInstalled, place, package=package, executable=executable)
        elif not self._is_required(module, package) and not _lies_around(module, package):
            slip = self._graph.judge.slip_of(package) if not is_late else None
            if slip is None:
                reading.report(ImportNotHere, place, package=package)
                return
            python = self._graph.judge.python.newest
            near = (package, [slip])
            reading.report(
                MissingInPython, place, near=near, module="", name=package, python=python, had=None
            )

    def _is_required(self, module: Module, package: str) -> bool:
        """Whether the platform or the project that the module is part of brings a package. A project whose
        requirements are computed may bring any."""
        folder = os.path.dirname(module.path)
        for _ in range(module.name.count(".") + 3):
            required = required_distributions(folder, self._reading.code)
            if required is not None:
                return required.is_open or is_brought(package, required.names)
            folder = os.path.dirname(folder)
        return is_brought(package, set())


def _names(chain: list[Module]) -> tuple[str, ...]:
    return tuple(module.name for module in chain)


def _lies_around(module: Module, package: str) -> bool:
    """Whether a folder around the module holds the package: what is installed together is looked for from
    other places than here."""
    folder = os.path.dirname(os.path.abspath(module.path))
    for _ in range(module.name.count(".") + 3):
        for base in (folder, os.path.join(folder, "src")):
            path = os.path.join(base, package)
            if os.path.isfile(f"{path}.py") or os.path.isdir(path):
                return True
        folder = os.path.dirname(folder)
    return False
