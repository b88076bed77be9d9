"""Breadth first through the imports, as the reference parser goes, and never without an end."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.document import FactsDocument, Kind
from bplint.dsl.versions import SUPPORTED, parse_version, version_of_file
from bplint.imports.entry_properties import check_properties
from bplint.imports.graph import MAX_FILES, MAX_NAMESPACES, ImportedFile, ImportEntry, ImportGraph
from bplint.imports.spec import DELIMITER, join_namespace, parse_entries, scheme_of, split_namespace
from bplint.later import later
from bplint.syntax.mapping import deref, get, get_pair
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import SCALAR, Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.catalog.releases import ReleaseChoice
    from bplint.document import Document
    from bplint.dsl.versions import Version
    from bplint.fault import Fault
    from bplint.imports import import_faults as kinds
    from bplint.imports.answer import Answer
    from bplint.imports.resolve import Resolver
    from bplint.span import Span
else:
    kinds = later("bplint.imports.import_faults")

_BASIC_TYPE: Final = "cloudify.nodes.Root"


def build_graph(
    main: Document, resolver: Resolver, pinned: Mapping[str, str | None] | None = None
) -> ImportGraph:
    """Read everything that a main file imports. Never raises on what the files say.

    pinned  releases of published plugins that answer instead of the newest that fit: location → version, or
            None for an import that is left unread
    """
    builder = _GraphBuilder(ImportGraph(ImportedFile(main, None, None)), resolver)
    resolver.pinned = pinned or {}
    try:
        builder.run()
    finally:
        resolver.pinned = {}
    builder.graph.pinned = pinned or {}
    builder.graph.make_graph = build_graph
    return builder.graph


def version_of(main: Document) -> Version | None:
    """The language version that a main file is judged by: that of the blueprints which get the plugin file of
    its name, else what it declares. None where it declares none that is supported."""
    by_name = version_of_file(main.path) if main.kind is Kind.PLUGIN else None
    return by_name or parse_version(main.version)


class _GraphBuilder:
    def __init__(self, graph: ImportGraph, resolver: Resolver) -> None:
        self.graph = graph
        self.resolver = resolver
        self.seen: dict[tuple[str, str | None], ImportedFile] = {(graph.main.place, None): graph.main}
        self.blueprints: dict[str, str] = {}  # namespace → blueprint imported under it
        self.is_full = False
        graph.version = version_of(graph.main.document)
        graph.resolver = resolver

    def run(self) -> None:
        graph = self.graph
        queue = deque((graph.main,))
        self._examine(graph.main)
        while queue:
            file = queue.popleft()
            entries, faults = self._entries(file)
            graph.entries.extend(entries)
            graph.faults.extend(faults)
            for entry in entries:
                found = self._follow(entry, file)
                if found is not None:
                    queue.append(found)
        if graph.main.document.kind is not Kind.BLUEPRINT:
            self._add_built_in_types()
        if self.resolver.target is not None:
            self._check_target(self.resolver.target)

    def _entries(self, file: ImportedFile) -> tuple[list[ImportEntry], list[Fault]]:
        document = file.document
        if not isinstance(document, FactsDocument):
            return parse_entries(file, file is self.graph.main, self.graph.version)
        entries = []
        for text in document.facts.imports:
            assert file.entry is not None
            entry = ImportEntry(file.entry.node, text, file)
            entry.namespace, entry.location = split_namespace(text)
            entries.append(entry)
        return entries, []

    def _follow(self, entry: ImportEntry, importer: ImportedFile) -> ImportedFile | None:
        """Read what an entry names; the new file, or None where there is none."""
        inner = entry.namespace
        entry.namespace = join_namespace(importer.namespace, inner)
        if not self._is_legal_namespace(entry, inner):
            return None
        answer = self.resolver.resolve(entry.location, importer, self.graph.main, self.graph.version)
        entry.status = answer.status
        entry.answered_by = answer.answered_by
        entry.choice = answer.choice
        entry.is_assumed = answer.is_assumed
        if answer.document is None and answer.facts is None:
            self._unanswered(entry, answer)
            return None
        if self._is_seen(entry, answer.place):
            return None
        if len(self.graph.files) >= MAX_FILES:
            self._over_limit(entry, "files", MAX_FILES)
            return None
        return self._add(entry, answer, importer)

    def _add(self, entry: ImportEntry, answer: Answer, importer: ImportedFile) -> ImportedFile | None:
        if answer.document is not None:
            document = answer.document
        else:
            assert answer.facts is not None
            document = FactsDocument(answer.facts, importer.document, entry.node.span, self.resolver.shared)
        file = ImportedFile(document, entry.namespace, entry)
        file.place = answer.place
        self._examine(file)
        if file.is_basic_types:
            if entry.namespace is not None and entry.namespace != importer.namespace:
                self._tell(kinds.NamespacedBasicTypes(*_at(entry), entry=entry))
            file.namespace = None
            if self._is_seen(entry, answer.place, None):
                return None
        elif self._is_endless(entry, answer.place, importer):
            return None
        self.seen[answer.place, file.namespace] = file
        entry.file = file
        self.graph.files.append(file)
        if entry.is_assumed:
            self._tell(kinds.MovingImport(*_at(entry), entry=entry))
        if entry.choice is not None and entry.choice.is_taken and entry.choice.passed:
            self._pass_over(entry, entry.choice)
        self._check_version(file, entry)
        check_properties(file, entry, self.graph.faults)
        return file

    def _pass_over(self, entry: ImportEntry, choice: ReleaseChoice) -> None:
        """Newer releases than the judge need a newer version of the language."""
        since, file = choice.passed[-1]
        gates = choice.facts_of(since, file).gates
        main = self.graph.version
        assert main is not None
        closed = [gate for gate in gates if gate.version > main]
        self._tell(
            kinds.NewerReleaseNeedsVersion(
                *_at(entry),
                plugin=choice.name,
                judge=choice.judge[0].version,
                since=since.version,
                needs=file.needs,
                features=list(dict.fromkeys(gate.feature for gate in closed)),
            )
        )

    def _is_legal_namespace(self, entry: ImportEntry, inner: str | None) -> bool:
        if inner is not None and DELIMITER in inner:
            entry.status = "refused"
            self._tell(kinds.NestedImportNamespace(*_at(entry), namespace=inner))
            return False
        if entry.namespace is not None and entry.namespace.count(DELIMITER) >= MAX_NAMESPACES:
            self._over_limit(entry, "namespaces", MAX_NAMESPACES)
            return False
        if scheme_of(entry.location) == "blueprint":
            self._check_blueprint(entry)
        return True

    def _check_blueprint(self, entry: ImportEntry) -> None:
        if entry.namespace is None:
            self._tell(kinds.BlueprintImportWithoutNamespace(*_at(entry), entry=entry))
            return
        other = self.blueprints.setdefault(entry.namespace, entry.location)
        if other != entry.location:
            self._tell(kinds.SharedBlueprintNamespace(*_at(entry), namespace=entry.namespace, other=other))

    def _is_misput(self, entry: ImportEntry) -> bool:
        """Whether an import asks for a plugin in a way that no manager understands, which is told."""
        if not entry.location.startswith("plugin:"):
            return False
        from bplint.imports.plugin_query import query_problem  # only where a plugin is not found

        found = query_problem(entry.location)
        if found is not None:
            self._tell(kinds.BadPluginImport(*_at(entry), entry=entry, problem=found[0], right=found[1]))
        return found is not None

    def _unanswered(self, entry: ImportEntry, answer: Answer) -> None:
        if answer.is_damaged:
            is_frozen = self.resolver.is_frozen
            self._tell(
                kinds.FetchedImportDiffers(
                    *_at(entry), entry=entry, reason=answer.reason, is_frozen=is_frozen
                )
            )
        elif answer.status == "unread" and self._is_misput(entry):
            return
        elif answer.status == "unread":
            is_strict = self.resolver.is_strict
            self._tell(
                kinds.UnreadImport(*_at(entry), entry=entry, reason=answer.reason, is_strict=is_strict)
            )
        elif answer.status == "missing":
            looked_in = answer.looked_in
            self._tell(
                kinds.ImportNotFound(*_at(entry), entry=entry, reason=answer.reason, looked_in=looked_in)
            )
        else:
            self._tell(kinds.ImportOutsideTree(*_at(entry), entry=entry, tree=answer.reason))

    def _is_seen(self, entry: ImportEntry, place: str, *namespace: str | None) -> bool:
        key = (place, namespace[0] if namespace else entry.namespace)
        seen = self.seen.get(key)
        if seen is None:
            return False
        entry.status = "seen"
        entry.file = seen
        if seen is not self.graph.main and seen.entry is not None and seen.entry.importer is entry.importer:
            self._tell(kinds.RepeatedImport(*_at(entry), text=entry.text, first=seen.entry.node))
        return True

    def _is_endless(self, entry: ImportEntry, place: str, importer: ImportedFile) -> bool:
        """Whether the file imports itself under an ever longer namespace: the reference parser never ends.

        A file of the basic types drops the namespace, so the chain is cut there.
        """
        for ancestor in importer.importers():
            if ancestor.place == place and ancestor.namespace != entry.namespace:
                entry.status = "refused"
                self._tell(kinds.NamespaceCycle(*_at(entry), entry=entry, ancestor=ancestor))
                return True
            if ancestor.is_basic_types and ancestor is not self.graph.main:
                return False
        return False

    def _examine(self, file: ImportedFile) -> None:
        """Find out whether a file counts as the basic types, and what the parser trips over in doing so."""
        document = file.document
        if isinstance(document, FactsDocument):
            file.is_basic_types = document.facts.is_basic_types
            return
        types = document.sections.get("node_types")
        file.is_basic_types = types is not None and get_pair(types[1], _BASIC_TYPE) is not None
        if types is None and "metadata" in document.sections:
            key, metadata = document.sections["metadata"]
            if get(metadata, "cloudify_types") is not None:
                place = _within(file, key)
                self._tell(
                    kinds.BasicTypesWithoutTypes(
                        *place, reference=Reference("AttributeError", None), file=file
                    )
                )

    def _check_version(self, file: ImportedFile, entry: ImportEntry) -> None:
        document = file.document
        main = self.graph.version
        if main is None:
            return
        if isinstance(document, FactsDocument):
            self._check_facts(document, entry)
            return
        node = document.version_node
        if node is None:
            return
        text = value_of(node) if node.kind == SCALAR else None
        if not isinstance(text, str) or text not in SUPPORTED:
            place, reference = _within(file, node), Reference("ValueError", None)
            self._tell(kinds.ImportVersionUnsupported(*place, reference=reference, file=file, text=node.text))
        elif SUPPORTED[text] > main:
            self._tell_newer(text, entry, file)

    def _check_facts(self, document: FactsDocument, entry: ImportEntry) -> None:
        main = self.graph.version
        assert main is not None
        facts = document.facts
        if facts.version in SUPPORTED and SUPPORTED[facts.version] > main:
            self._tell_newer(facts.version, entry, None)
            return
        if facts.unknown_keys:
            self._tell(kinds.ImportUnknownSection(*_at(entry), entry=entry, names=facts.unknown_keys))
        closed = [gate for gate in facts.gates if gate.version > main]
        if closed:
            self._tell(kinds.ImportNeedsNewerVersion(*_at(entry), entry=entry, gates=closed, main=main))

    def _tell_newer(self, text: str, entry: ImportEntry, file: ImportedFile | None) -> None:
        main = self.graph.main.document
        node = file.document.version_node if file is not None else None
        place = _at(entry) if file is None or node is None else _within(file, node)
        assert main.version_node is not None  # its version is known
        self._tell(
            kinds.ImportVersionNewer(
                *place, main=main, declared=main.version_node, imported=text, entry=entry, file=file
            )
        )

    def _check_target(self, target: str) -> None:
        """The version of the language, against the newest that the line of managers knows."""
        from bplint.dsl.versions import MANAGERS  # only where a target is given

        version, node = self.graph.version, self.graph.main.document.version_node
        newest = MANAGERS.get(target)
        if version is not None and node is not None and newest is not None and version > newest:
            path = self.graph.main.document.path
            self._tell(
                kinds.VersionNewerThanTarget(path, node.span, version=version, target=target, newest=newest)
            )

    def _add_built_in_types(self) -> None:
        """A plugin.yaml or a fragment is imported by a blueprint that imports the built-in types."""
        graph = self.graph
        if any(file.is_basic_types for file in graph.files):
            return
        facts = self.resolver.catalog.built_in_types(graph.version)
        node = graph.main.document.root or Node(SCALAR, 0, 0)
        entry = ImportEntry(Node(SCALAR, node.start, node.start), "cloudify/types/types.yaml", graph.main)
        entry.status = "read"
        entry.answered_by = f"{facts.label} of the catalogue"
        span = entry.node.span
        file = ImportedFile(
            FactsDocument(facts, graph.main.document, span, self.resolver.shared), None, entry
        )
        file.is_basic_types = file.is_implicit = True
        graph.files.append(file)

    def _over_limit(self, entry: ImportEntry, what: str, limit: int) -> None:
        entry.status = "refused"
        if not self.is_full:
            self._tell(kinds.ImportLimit(*_at(entry), what=what, limit=limit))
        self.is_full = True

    def _tell(self, fault: Fault) -> None:
        self.graph.faults.append(fault)


def _at(entry: ImportEntry) -> tuple[str, Span]:
    return entry.path, entry.node.span


def _within(file: ImportedFile, node: Node) -> tuple[str, Span]:
    return file.document.path, deref(node).span
