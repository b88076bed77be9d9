"""Imports that fail because modules import each other: a name is asked for that is not bound yet.

The order decides, so it is played through from each mapped module that reaches a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.pycode.files.bindings import read_scope
from bplint.pycode.files.module import Module

if TYPE_CHECKING:
    import ast

    from bplint.pycode.checks.import_graph import ImportEdge, ImportGraphOfCode
    from bplint.pycode.files.import_statements import Imported

MAX_DEPTH: Final = 150


class CircleFound:
    """`imported` of `module` asks `source` for a name that it does not have yet; `start` is the module that
    was imported first."""

    __slots__ = ("imported", "module", "source", "start")

    def __init__(self, module: Module, imported: Imported, source: Module, start: Module) -> None:
        self.module = module
        self.imported = imported
        self.source = source
        self.start = start


def circular_imports(graph: ImportGraphOfCode) -> list[CircleFound]:
    """The first failure of each start that reaches a circle of imports."""
    circles = _in_circles(graph.edges)
    if not circles:
        return []
    found = []
    for start in graph.starts:
        failure = _Play(graph, start).run() if _reaches(start, circles, graph.edges) else None
        if failure is not None:
            found.append(failure)
    return found


class _Play:
    """One import of one module in a fresh interpreter."""

    __slots__ = ("_edges", "_resolver", "_running", "_start", "_through", "failure")

    def __init__(self, graph: ImportGraphOfCode, start: Module) -> None:
        self._edges = graph.edges
        self._resolver = graph.judge.resolver
        self._start = start
        self._running: dict[Module, ast.stmt] = {}  # with the statement of its top level that runs
        self._through: set[Module] = set()
        self.failure: CircleFound | None = None

    def run(self) -> CircleFound | None:
        for package in _packages_of(self._start, self._edges):
            self._import(package, 0)
        self._import(self._start, 0)
        return self.failure

    def _import(self, module: Module, depth: int) -> None:
        if module in self._through or module in self._running or self.failure or depth > MAX_DEPTH:
            return
        by_statement: dict[Imported, list[ImportEdge]] = {}
        for edge in self._edges.get(module, ()):
            by_statement.setdefault(edge.imported, []).append(edge)
        for imported, edges in by_statement.items():
            self._running[module] = imported.top
            for edge in edges:
                if not imported.is_choice:
                    self._import(edge.target, depth + 1)
            if self.failure is None and not imported.is_guarded:
                self._look(module, imported, edges)
            if self.failure is not None:
                break
        self._running.pop(module, None)
        self._through.add(module)

    def _look(self, module: Module, imported: Imported, edges: list[ImportEdge]) -> None:
        """Whether a name is there at this moment."""
        if imported.name in (None, "*") or imported.name is None:
            return
        source = next((edge.target for edge in edges if edge.target.name == imported.module), None)
        if source is None or source not in self._running or source is module:
            return
        if source.names_at_run_time or imported.name in source.set_later:
            return
        child = self._resolver.code.module(f"{source.name}.{imported.name}", self._resolver.places)
        if source.is_package and isinstance(child, Module):
            return  # a submodule is imported where the package has no such name
        if not _is_bound_before(source, imported.name, self._running[source]):
            self.failure = CircleFound(module, imported, source, self._start)


def _packages_of(module: Module, edges: dict[Module, list[ImportEdge]]) -> list[Module]:
    """The packages around a module, from the outside, as far as they are of the project."""
    by_name = {each.name: each for each in edges}
    parts = module.name.split(".")
    names = (".".join(parts[:count]) for count in range(1, len(parts)))
    return [by_name[name] for name in names if name in by_name]


def _is_bound_before(module: Module, name: str, statement: ast.stmt) -> bool:
    """Whether a module may have bound a name when a statement of its top level runs. A compound statement
    that binds it itself counts: where in it is not looked at."""
    assert module.tree is not None
    body = module.tree.body
    before = read_scope(body[: body.index(statement)], module.package)
    if name in before.names or before.stars:
        return True
    return hasattr(statement, "body") and name in read_scope([statement], module.package).names


def _in_circles(edges: dict[Module, list[ImportEdge]]) -> set[Module]:
    """The modules that import themselves through others (Tarjan's strongly connected parts)."""
    index: dict[Module, int] = {}
    low: dict[Module, int] = {}
    on_stack: set[Module] = set()
    stack: list[Module] = []
    found: set[Module] = set()
    for root in edges:
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            module, rest = work[-1]
            target = next((e.target for e in rest if not e.imported.is_choice), None)
            if target is not None:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(edges.get(target, ()))))
                elif target in on_stack:
                    low[module] = min(low[module], index[target])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[module])
            if low[module] == index[module]:
                part = set()
                while True:
                    each = stack.pop()
                    on_stack.discard(each)
                    part.add(each)
                    if each is module:
                        break
                if len(part) > 1:
                    found |= part
    return found


def _reaches(start: Module, circles: set[Module], edges: dict[Module, list[ImportEdge]]) -> bool:
    seen = {start}
    queue = [start]
    for module in queue:
        if module in circles:
            return True
        for edge in edges.get(module, ()):
            if edge.target not in seen:
                seen.add(edge.target)
                queue.append(edge.target)
    return False
