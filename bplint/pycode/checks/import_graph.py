"""What importing the modules of mappings runs of the project's code: which imports fail, whom that stops.

Facts (importlib): importing `a.b.c` runs `a`, `a.b` and `a.b.c` in this order; a module runs once; while it
runs, others see the names that it has bound so far; an exception ends all imports that wait for it, up to
a `try` that catches it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.pycode.files.codebase import NoModule
from bplint.pycode.files.import_statements import EVERYTHING, IMPORT_ERRORS, NOTHING, imports_of

if TYPE_CHECKING:
    import ast

    from bplint.pycode.checks.import_judge import ImportJudge, ImportReason
    from bplint.pycode.files.import_statements import Imported
    from bplint.pycode.files.module import Module


class ImportCause:
    """Why a module cannot be imported: the place in its tree and the reason; without a reason the module
    itself does not compile."""

    __slots__ = ("module", "node", "reason")

    def __init__(self, module: Module, node: ast.AST | None, reason: ImportReason | None) -> None:
        self.module = module
        self.node = node
        self.reason = reason

    @property
    def is_import_error(self) -> bool:
        """Whether it ends in an ImportError, and not in a SyntaxError or NameError."""
        return self.reason is not None and not self.reason.is_other_error

    @property
    def fails(self) -> bool:
        return self.reason is None or self.reason.fails


class ImportEdge:
    """One module runs another."""

    __slots__ = ("imported", "target")

    def __init__(self, imported: Imported, target: Module) -> None:
        self.imported = imported
        self.target = target

    def lets_through(self, cause: ImportCause) -> bool:
        """Whether a failure of what is imported ends the importing module."""
        if self.imported.is_choice or self.imported.is_late or self.imported.catches == EVERYTHING:
            return False
        return self.imported.catches == NOTHING or not cause.is_import_error


class ImportGraphOfCode:
    """The modules of the project that importing some of them runs. All of one judge."""

    __slots__ = ("causes", "edges", "judge", "starts")

    def __init__(self, judge: ImportJudge) -> None:
        self.judge = judge
        self.edges: dict[Module, list[ImportEdge]] = {}
        self.causes: list[ImportCause] = []
        self.starts: dict[Module, set[str]] = {}  # module → the functions that mappings want of it

    def add_start(self, function: str) -> None:
        """The module of a mapped function, its packages, and all that these run."""
        name = function.rpartition(".")[0]
        parts = name.split(".")
        for count in range(1, len(parts) + 1):
            resolver = self.judge.resolver
            module = resolver.code.module(".".join(parts[:count]), resolver.places)
            if isinstance(module, NoModule) or not module.is_own:
                continue
            self.starts.setdefault(module, set()).add(function)
            self._read(module)

    def _read(self, start: Module) -> None:
        stack = [start]
        while stack:
            module = stack.pop()
            if module in self.edges:
                continue
            edges = self.edges[module] = []
            if module.unparsed is not None or self._is_uncompiled(module):
                self.causes.append(ImportCause(module, None, None))
                if not self.is_accepted(module):
                    continue
            for imported in imports_of(module, is_late=False):
                run, reason = self.judge.judge(module, imported)
                edges += [ImportEdge(imported, target) for target in run if target is not module]
                if reason is not None and (not imported.is_guarded or self._is_uncaught(imported, reason)):
                    self.causes.append(ImportCause(module, imported.alias, reason))
            self.causes += [ImportCause(module, node, reason) for node, reason in self.judge.names(module)]
            stack += [edge.target for edge in edges]

    def _is_uncompiled(self, module: Module) -> bool:
        # Python 2 compiles some of what Python 3 does not
        return not self.judge.python.may_be_python2 and module.uncompiled is not None

    def is_accepted(self, module: Module) -> bool:
        """Whether one of the Pythons in question takes a text that Python 3 does not."""
        python2 = module.unparsed is not None and module.unparsed.tree is not None
        return python2 and self.judge.python.may_be_python2

    @staticmethod
    def _is_uncaught(imported: Imported, reason: ImportReason) -> bool:
        """Whether an import fails with what the `try` around it does not catch."""
        if imported.is_choice or imported.catches != IMPORT_ERRORS:
            return False
        return reason.is_other_error

    def stopped_by(self, cause: ImportCause) -> tuple[set[str], list[Module]]:
        """The mapped functions that a cause stops, and the shortest chain of modules from one that is
        mapped to the one where it lies."""
        if not cause.fails:
            return set(), []
        importers: dict[Module, list[Module]] = {}
        for module, edges in self.edges.items():
            for edge in edges:
                if edge.lets_through(cause):
                    importers.setdefault(edge.target, []).append(module)
        stopped: set[str] = set()
        chain: list[Module] = []
        before: dict[Module, Module | None] = {cause.module: None}
        queue: list[Module] = [cause.module]
        for module in queue:
            if module in self.starts:
                stopped |= self.starts[module]
                chain = chain or _chain(module, before)
            for importer in importers.get(module, ()):
                if importer not in before:
                    before[importer] = module
                    queue.append(importer)
        return stopped, chain


def _chain(module: Module | None, before: dict[Module, Module | None]) -> list[Module]:
    found = []
    while module is not None:
        found.append(module)
        module = before[module]
    return found
