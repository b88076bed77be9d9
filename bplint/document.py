"""One file of the language: its text, its tree and what kind of file it is."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from bplint.lookup import MISSING
from bplint.syntax.mapping import as_dict, deref, from_python
from bplint.syntax.tree import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Set

    from bplint.catalog.facts import Facts
    from bplint.fault import Fault
    from bplint.lookup import Absent
    from bplint.source import Source
    from bplint.span import Span
    from bplint.syntax.tree import Node

    FactsNodes = dict[tuple[str, str], Node]


class Kind(str, Enum):
    """What a file is, judged by its content; its name only decides where the content could be either."""

    BLUEPRINT = "blueprint"  # a version, and node templates or what else only a blueprint has
    PLUGIN = "plugin"  # plugins, with types or workflows, no node templates
    TYPES = "types"  # types without plugins
    FRAGMENT = "fragment"  # sections of the language without a version: made to be imported
    OTHER = "other"  # not of the language


class Document:
    """A parsed file. `root` is None where nothing of the tree could be kept; `faults` are those of
    reading and parsing it. `holes` are the spans of the blocks set aside after syntax errors: what
    depends on them is UNKNOWN."""

    __slots__ = ("faults", "holes", "kind", "root", "sections", "source", "version", "version_node")

    def __init__(self, source: Source, root: Node | None, faults: list[Fault]) -> None:
        self.source = source
        self.root = root
        self.faults = faults
        self.holes: list[tuple[int, int]] = []
        self.kind = Kind.OTHER
        self.sections: dict[str, tuple[Node, Node]] = {}  # top-level name → key node, value node
        self.version: str | Absent = MISSING  # the text of tosca_definitions_version, legal or not
        self.version_node: Node | None = None

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def is_foreign(self) -> bool:
        """Whether it says that it is written in another language of the TOSCA family."""
        return isinstance(self.version, str) and self.version.startswith(_FOREIGN)


class SharedNodes:
    """Nodes made of facts, for all documents of a run: nodes know no file, only where they lie in it, and
    copies of a blueprint and a file that is judged again have their imports at the same places."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        # facts are kept with their nodes, so that no others get their id
        self._kept: dict[tuple[int, Span], tuple[Facts, FactsNodes]] = {}

    def of(self, facts: Facts, span: Span) -> FactsNodes:
        """Section and name → node, of facts at a span; empty at first."""
        found = self._kept.get((id(facts), span))
        if found is None:
            if len(self._kept) >= _MOST_KEPT:  # an editor's session moves the imports again and again
                self._kept.clear()
            found = self._kept[id(facts), span] = (facts, {})
        return found[1]


class FactsDocument(Document):
    """A file of the catalogue or of an archive. It has no place of its own: its path is that of the file
    with the import entry, and all its nodes lie on that entry. `sections` is empty; `node` makes items."""

    __slots__ = ("_nodes", "facts", "span")

    def __init__(
        self, facts: Facts, importer: Document, span: Span, shared: SharedNodes | None = None
    ) -> None:
        """`shared`: nodes that other documents of the run made of the same facts for the same span."""
        super().__init__(importer.source, None, [])
        self.facts = facts
        self.span = span
        self.kind = Kind.TYPES if facts.is_basic_types else Kind.PLUGIN
        if facts.version is not None:
            self.version = facts.version
        self._nodes: FactsNodes = {} if shared is None else shared.of(facts, span)

    def node(self, section: str, name: str) -> Node:
        """The value of an item as nodes, made once. Raises KeyError where there is none."""
        found = self._nodes.get((section, name))
        if found is None:
            found = from_python(self.facts.value(section, name), self.span)
            self._nodes[section, name] = found
        return found


_MOST_KEPT: Final = 256
_VERSION: Final = "tosca_definitions_version"
_TYPES: Final = frozenset(("data_types", "node_types", "relationships", "policy_types", "policy_triggers"))
_ONLY_BLUEPRINT: Final = frozenset(
    (
        "node_templates",
        "inputs",
        "outputs",
        "capabilities",
        "groups",
        "policies",
        "deployment_settings",
    )
)
# top-level names that other YAML files hardly have; a file without any of them is not of the language
_TELLING: Final = frozenset((_VERSION, "node_templates", "dsl_definitions", *_TYPES))
_SECTIONS: Final = _TELLING | _ONLY_BLUEPRINT | {"imports", "plugins", "workflows", "description", "metadata"}
_TELLING_TEXT: Final = (
    r"(?m)^[\"']?(?:tosca_\w*version|node_templates|dsl_definitions|data_types|node_types|relationships"
    r"|policy_types|policy_triggers)[\"']?\s*:"
)
_PLUGINS_TEXT: Final = r"(?m)^[\"']?plugins[\"']?\s*:"
# versions of other languages that share sections with Cloudify's: plain TOSCA, Alien4Cloud's, ARIA's
_FOREIGN: Final = ("tosca_simple_", "tosca_2", "alien_dsl_", "aria_")
_PLUGIN_KEYS: Final = ("executor", "package_name")


def load_document(source: Source) -> Document:
    """Parse a source and find out what it is."""
    from bplint.syntax.parser import parse  # yaml: not needed where only names of files are wanted

    parsed = parse(source)
    document = Document(source, parsed.root, parsed.faults)
    document.holes = parsed.holes
    root = deref(parsed.root) if parsed.root is not None else None
    if root is not None and root.kind == MAPPING:
        document.sections = as_dict(root)
    pair = document.sections.get(_VERSION)
    if pair is not None:
        document.version_node = deref(pair[1])
        document.version = document.version_node.text or ""
    document.kind = _kind_of(document)
    return document


def may_be_of_the_language(text: str) -> bool:
    """Whether a text can be anything but OTHER, seen without parsing it: cheap, and never wrongly False."""
    if text.lstrip()[:1] in ("{", "%", "&", "!", "?"):
        return any(name in text for name in (*_TELLING, *_PLUGIN_KEYS))
    if re.search(_TELLING_TEXT, text) is not None:
        return True
    return re.search(_PLUGINS_TEXT, text) is not None and any(name in text for name in _PLUGIN_KEYS)


def _kind_of(document: Document) -> Kind:
    names = document.sections.keys()
    says_blueprint = "blueprint" in _file_name(document.path) and _is_all_of_the_language(names)
    if document.is_foreign:
        return Kind.OTHER
    if not names:
        return Kind.BLUEPRINT if _version_is_lost(document) else Kind.OTHER
    if not names & _TELLING and not (_has_plugins(document) or says_blueprint):
        return Kind.OTHER
    if says_blueprint or (_VERSION in names and names & _ONLY_BLUEPRINT) or _version_is_lost(document):
        return Kind.BLUEPRINT
    if "plugins" in names and not names & _ONLY_BLUEPRINT:
        return Kind.PLUGIN
    if _VERSION not in names:
        return Kind.FRAGMENT
    return Kind.TYPES if names & _TYPES else Kind.BLUEPRINT


def _is_all_of_the_language(names: Set[str]) -> bool:
    """Whether the top-level names are sections of a blueprint, more than one or one that tells: the inputs of
    a deployment may have any name, also that of a section, and their file may be named after a blueprint."""
    return names <= _SECTIONS and (len(names) > 1 or not names.isdisjoint(_TELLING))


def _version_is_lost(document: Document) -> bool:
    """Whether the version stands in the text but is not in the tree, after a syntax error or misspelt."""
    if _VERSION in document.sections:
        return False
    if any(name.startswith("tosca_") and name.endswith("version") for name in document.sections):
        return True
    return bool(document.faults) and f"\n{_VERSION}:" in f"\n{document.source.text}"


def _has_plugins(document: Document) -> bool:
    """Whether `plugins` is a mapping of what looks like plugins: other formats have plugins too."""
    pair = document.sections.get("plugins")
    if pair is None:
        return False
    node = deref(pair[1])
    if node.kind == SEQUENCE:
        return False
    return any(as_dict(value).keys() & set(_PLUGIN_KEYS) for _, value in as_dict(node).values())


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].casefold()
