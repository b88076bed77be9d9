"""The files of a run or of an editor's session: each is read, parsed and inspected once, until it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.imports.graph import is_complete
from bplint.imports.load_graph import build_graph
from bplint.imports.resolve import Resolver
from bplint.lint.select import Selection
from bplint.lint.third_party import known_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.document import Document
    from bplint.fault import Fault
    from bplint.imports.graph import ImportGraph
    from bplint.lint.inspect import Inspected
    from bplint.model.blueprint import Blueprint
    from bplint.pycode.files.codebase import CodeBase


class Workspace:
    """What one configuration reads and knows.

    resolver   the documents, by real path
    selection  the rules that are on
    texts      what stands in for files, by the path in the result: an editor's buffers, texts being fixed
    graded     by the id of a main document: what is found in it once other releases had their say
    is_hurried  leave that out where it is not known yet; `is_rough` says that it was left out
    """

    __slots__ = (
        "_code",
        "_found",
        "_graphs",
        "_inspected",
        "config",
        "graded",
        "is_hurried",
        "is_rough",
        "resolver",
        "selection",
        "texts",
    )

    def __init__(self, config: Config, texts: Mapping[str, str] | None = None) -> None:
        self.config = config
        self.texts = dict(texts or {})
        self.resolver = Resolver(config, texts=self.texts)
        self.selection = Selection(config, known_rules(config.rule_plugins, config.policies))
        self._code: CodeBase | None = None
        self._graphs: dict[int, ImportGraph] = {}  # by the id of the main document
        self._inspected: dict[int, Inspected] = {}  # likewise
        self._found: dict[int, list[Diagnostic]] = {}  # likewise
        self.graded: dict[int, tuple[ImportGraph, list[Diagnostic]]] = {}  # likewise
        self.is_hurried = False
        self.is_rough = False

    @property
    def code(self) -> CodeBase:
        """The Python code that was read."""
        if self._code is None:
            from bplint.pycode.files.codebase import CodeBase  # only where there is something to lint

            self._code = CodeBase(self.texts, self.resolver.read)
        return self._code

    def read(self, path: str) -> Document | None:
        """The document at a path, or None where there is no text."""
        return self.resolver.read(path)

    def graph(self, document: Document) -> ImportGraph:
        """A main file with all that it imports."""
        found = self._graphs.get(id(document))
        if found is None:
            found = self._graphs[id(document)] = build_graph(document, self.resolver)
        return found

    def settle(
        self, document: Document, pinned: Mapping[str, str | None], advice: Sequence[Fault]
    ) -> ImportGraph:
        """Judge a main file with these releases of its plugins from now on; `advice` says what newer ones
        would refuse, in place of what they need."""
        graph = build_graph(document, self.resolver, pinned)
        places = {(fault.path, fault.span) for fault in advice}
        graph.faults = [
            fault
            for fault in graph.faults
            if fault.rule != "newer-release-needs-version" or (fault.path, fault.span) not in places
        ]
        graph.faults += advice
        self._graphs[id(document)] = graph
        self._inspected.pop(id(document), None)
        self._found.pop(id(document), None)
        return graph

    def known_graph(self, document: Document) -> ImportGraph | None:
        """The graph of a document that is a main file, or None where it is none so far."""
        return self._graphs.get(id(document))

    def graphs(self) -> list[ImportGraph]:
        """The graphs of all main files that were asked for."""
        return list(self._graphs.values())

    def inspected(self, graph: ImportGraph) -> Inspected:
        """The blueprint of a main file and all that the engines find in it and in its code."""
        key = id(graph.main.document)
        found = self._inspected.get(key)
        if found is None:
            from bplint.lint.inspect import inspect  # all engines: not for who only reads

            found = self._inspected[key] = inspect(graph, self.config, self.code, self.selection.hears)
        return found

    def code_of(self, graph: ImportGraph) -> set[str]:
        """Paths of the Python code that a main file leads to."""
        from bplint.lint.inspect import inspect  # all engines: not for who only reads
        from bplint.pycode.files.codebase import CodeBase

        code = CodeBase(self.texts)  # of its own: the shared one has what other main files lead to
        inspect(graph, self.config, code)
        return set(code.sources())

    def blueprint(self, path: str) -> Blueprint | None:
        """The blueprint of a main file, or None where it cannot be read."""
        document = self.read(path)
        return None if document is None else self.inspected(self.graph(document)).blueprint

    def change(self, texts: Mapping[str, str]) -> None:
        """These texts stand in for files from now on, and no others. What is made of files that stay as they
        were is kept."""
        before = dict(self.texts)
        changed = [path for path in before.keys() | texts.keys() if before.get(path) != texts.get(path)]
        self.texts.clear()
        self.texts.update(texts)
        self.reread(changed)

    def reread(self, changed: Iterable[str]) -> None:
        """Files that have another content now, on disk or as texts. What is made of others is kept."""
        changed = list(changed)
        forgotten = {path: self.resolver.forget(path) for path in changed}
        gone = {id(document) for document in forgotten.values() if document is not None}
        code = [path for path in changed if path.endswith(".py")]
        if code:
            self._code = None
        # an import that found nothing may find a file that nobody has read so far
        is_new = any(document is None for document in forgotten.values())
        for key, graph in list(self._graphs.items()):
            if any(id(file.document) in gone for file in graph.files) or (is_new and not is_complete(graph)):
                del self._graphs[key]
                self._drop(key)
            elif code:
                self._drop(key)

    def regraph(self) -> None:
        """Files came or went: what imports and mappings lead to is looked for anew. What was parsed is
        kept."""
        self._graphs.clear()
        self._inspected.clear()
        self._found.clear()
        self.graded.clear()
        self._code = None

    def _drop(self, key: int) -> None:
        self._inspected.pop(key, None)
        self._found.pop(key, None)
        self.graded.pop(key, None)

    def found(self, graph: ImportGraph) -> list[Diagnostic]:
        """Everything that is found in a main file and its imports, in words."""
        key = id(graph.main.document)
        known = self._found.get(key)
        if known is None:
            inspected = self.inspected(graph)
            known = self.word(inspected.faults, inspected.blueprint)
            selection = self.selection
            on_elements = [rule for rule in selection.rules.on_elements() if selection.is_active(rule)]
            if on_elements:
                from bplint.lint.walk import walk  # bplint's own rules word faults: only for those of others

                known += walk(inspected.blueprint, on_elements)
            self._found[key] = known
        return known

    def word(self, faults: Sequence[Fault], blueprint: Blueprint | None) -> list[Diagnostic]:
        """Diagnostics for faults, by the rules of their names as far as they are on."""
        faults = self.selection.audible(faults) if faults else faults
        if not faults:
            return []
        from bplint.lint.walk import word  # with the rules: only where there is something to tell

        rules = self.selection.rules.with_names({fault.rule for fault in faults})
        return word(faults, rules, self.selection, blueprint)
