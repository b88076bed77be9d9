"""What an import location is answered with: a file here, the catalogue, or nothing. Never the network.

Search order of a local name: next to the importing file, then in the main file's folder, which stands for
the reference parser's working directory (there `name_<version>.ext` is tried first), then the built-in
types. The verdict so never depends on the folder that bplint is started in.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from bplint.catalog.store import Catalog
from bplint.document import SharedNodes, load_document
from bplint.files.project_tree import ProjectTree, is_below
from bplint.imports.answer import Answer
from bplint.imports.spec import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bplint.catalog.facts import Facts
    from bplint.catalog.releases import ReleaseChoice
    from bplint.config import Config
    from bplint.document import Document
    from bplint.dsl.versions import Version
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile
    from bplint.imports.plugins import PluginFolders

_WINDOWS_DRIVE: Final = r"/+[A-Za-z]:[\\/]"
_PARAMETERS: Final = frozenset(
    ("version", "distribution", "distribution_version", "distribution_release", "platform")
)


class Resolver:
    """Answers import locations. Keeps every document it has read, by its real path."""

    def __init__(
        self, config: Config, catalog: Catalog | None = None, texts: Mapping[str, str] | None = None
    ) -> None:
        """`texts` stands in for files: path in the result → text."""
        self._texts: Mapping[str, str] = {} if texts is None else texts
        self.is_strict = config.strict_imports
        self.is_frozen = config.frozen
        self.catalog = catalog or Catalog()
        self.target = self.catalog.target = config.target
        self._rules = config.import_rules
        self._plugin_path = config.plugin_path
        # folders that the user names for reading
        self._trusted = [os.path.realpath(folder) for folder in config.plugin_path]
        self._folders: PluginFolders | None = None
        self.shared = SharedNodes()
        self._documents: dict[str, Document] = {}
        self._plugins_by_name: dict[str, dict[str, list[str]]] = {}  # section → name → plugins
        self._trees: dict[str, ProjectTree] = {}
        self._vendor_folders: dict[str, list[str]] = {}  # by the folder of the main file
        # location → version of the release that judges it, or None where it is to stay unread
        self.pinned: Mapping[str, str | None] = {}

    def plugins_by_name(self, section: str) -> dict[str, list[str]]:
        """Each name that the catalogue's plugins define in a section, with the plugins whose newest file
        does. Made once a run: many files name what they do not import."""
        found = self._plugins_by_name.get(section)
        if found is None:
            found = self._plugins_by_name[section] = {}
            for plugin in self.catalog.plugin_names():
                facts = self.catalog.plugin_for(plugin, None)
                for name in facts.sections.get(section, ()) if facts is not None else ():
                    found.setdefault(name, []).append(plugin)
        return found

    @property
    def has_rules(self) -> bool:
        """Whether the user has given rules for imports."""
        return bool(self._rules)

    @property
    def has_plugin_folders(self) -> bool:
        """Whether the user has given folders of plugins."""
        return bool(self._plugin_path)

    def read(self, path: str, name: str | None = None) -> Document | None:
        """The document at a path, read once, or None. `name` is its key in the result."""
        return self.open(path, name)[0]

    def open(self, path: str, name: str | None = None) -> tuple[Document | None, list[Fault]]:
        """As `read`, with what is wrong where it cannot be read."""
        real = os.path.realpath(path)
        found = self._documents.get(real)
        if found is None:
            from bplint.source import Source, read_source  # in the function for the type checker's sake only

            source, faults = read_source(path, name)
            text = self._texts.get(path if name is None else name)
            if source is None and text is None:
                return None, faults
            if source is None:  # an editor's text that was never saved
                source, faults = Source(path if name is None else name, text or ""), []
            elif text is not None:
                source = source.with_text(text)
            found = self.add(load_document(source), real)
            found.faults[:0] = faults
        return found, []

    def add(self, document: Document, real_path: str | None = None) -> Document:
        """Make a document known that was read elsewhere (a main file, an editor's text)."""
        self._documents[real_path or os.path.realpath(document.path)] = document
        return document

    def known(self, path: str) -> Document | None:
        """What was read of a file, if anything was."""
        return self._documents.get(os.path.realpath(path))

    def forget(self, path: str) -> Document | None:
        """Read a file anew when it is asked for again; gives what was read of it, if anything was."""
        return self._documents.pop(os.path.realpath(path), None)

    def resolve(
        self, location: str, importer: ImportedFile, main: ImportedFile, version: Version | None
    ) -> Answer:
        """What a location means in a file. `version` is the main file's, None where it is not known."""
        scheme = scheme_of(location)
        if scheme is None and importer.is_own:
            return self._local(location, importer, main, version)
        if scheme is None:
            facts = self.catalog.types_for(location, version)
            return _of_catalogue(facts, location) if facts else _unread("it lies in an archive")
        for replaced in self._replaced(location):
            answer = self._replacement(replaced, main, version)
            if answer.status == "read":
                return answer
        return self._remote(scheme, location, main, version)

    def _replaced(self, location: str) -> Iterator[str]:
        for prefix, replacement in self._rules:
            if not location.startswith(prefix):
                continue
            rest = location[len(prefix) :]
            # `https://x/=.`: a folder, and what lies in it
            is_folder = prefix.endswith("/") and os.path.isdir(replacement) and not replacement.endswith("/")
            yield f"{replacement}/{rest}" if is_folder else replacement + rest

    def _replacement(self, location: str, main: ImportedFile, version: Version | None) -> Answer:
        """A location made by a rule: the user says what is read, so it may lie anywhere."""
        scheme = scheme_of(location)
        if scheme is None or scheme == "file":
            path = _file_path(location) if scheme else location
            if _can_be_a_path(path) and os.path.isfile(path):
                return self._file(path, _display(path))
            return _unread(f"'{path}' is not there")
        return self._remote(scheme, location, main, version)

    def _remote(self, scheme: str, location: str, main: ImportedFile, version: Version | None) -> Answer:
        if scheme == "plugin":
            return self._plugin(location, version)
        if scheme == "file":
            return self._absolute(_file_path(location), main)
        if scheme == "blueprint":
            return _unread("the manager's blueprints are not here")
        facts = self.catalog.types_for(location, version)
        if facts is not None:
            return _of_catalogue(facts, location)
        return self._url(location, main, version)

    def _url(self, location: str, main: ImportedFile, version: Version | None) -> Answer:
        """A URL that names no published types: a file that was fetched for it, or sources of a plugin or of a
        manager that the catalogue has."""
        fetched = self._vendored(location, main)
        if fetched is not None:
            return fetched
        from bplint.catalog.releases import choose_at
        from bplint.catalog.urls import manager_types_at  # patterns: only for URLs

        types = manager_types_at(location, self.catalog, version)
        if types is not None:
            if location in self.pinned:
                return _unread("it is left out")
            answer = _of_catalogue(types[0], location)
            answer.is_assumed = types[1]
            return answer
        choice = choose_at(self.catalog, location, version)
        if choice is None:
            return _unread("bplint opens no connections")
        return self._chosen(choice, location)

    def _vendored(self, location: str, main: ImportedFile) -> Answer | None:
        """The file that `bplint vendor` fetched for a URL, as long as it is as it was fetched."""
        folder = os.path.dirname(main.document.path)
        folders = self._vendor_folders.get(folder)
        if folders is None:
            from bplint.imports.vendored import folders_above  # hashes: only for URLs that nothing answers

            folders = self._vendor_folders[folder] = folders_above(folder, self._tree(main).holds)
        for each in folders:
            from bplint.imports.vendored import find_vendored

            found = find_vendored(location, each)
            if found is not None and found.reason:
                answer = _unread(found.reason)
                answer.is_damaged = True
                return answer
            if found is not None:
                return self._file(found.path, location)
        return None

    def _chosen(self, choice: ReleaseChoice | str, location: str) -> Answer:
        if isinstance(choice, str):
            return _unread(choice)
        if location in self.pinned:
            if self.pinned[location] is None:
                return _unread("it is left out")
            choice.pin(self.pinned[location])
        answer = _of_catalogue(choice.facts(), location)
        answer.choice = choice
        answer.is_assumed = choice.is_moving
        return answer

    # -- files

    def _local(
        self, name: str, importer: ImportedFile, main: ImportedFile, version: Version | None
    ) -> Answer:
        if os.path.isabs(name) or not _can_be_a_path(name):
            return self._absolute(name, main)
        looked_in = []
        for folder, place in _candidates(name, importer, main, version):
            if not self._may_read(place, main):
                return _outside(self._tree(main))
            if name and os.path.isfile(place):
                return self._file(place, place)
            if folder not in looked_in:
                looked_in.append(folder)
        facts = self.catalog.types_for(name, version)
        if facts is not None:
            return _of_catalogue(facts, name)
        answer = Answer("missing")
        answer.looked_in = looked_in
        return answer

    def _absolute(self, path: str, main: ImportedFile) -> Answer:
        if not _can_be_a_path(path):
            return Answer("missing")
        if not os.path.isabs(path):
            path = os.path.join(os.path.dirname(main.place), path)
        if not self._may_read(path, main):
            return _outside(self._tree(main))
        if os.path.isfile(path):
            return self._file(path, _display(path))
        answer = Answer("missing")
        answer.looked_in = [os.path.dirname(path)]
        return answer

    def _file(self, path: str, place: str) -> Answer:
        document = self.read(path, _display(path))
        if document is None:
            answer = Answer("missing")
            answer.reason = "it cannot be read"
            return answer
        answer = Answer("read", place)
        answer.document = document
        answer.answered_by = document.path
        return answer

    def _may_read(self, path: str, main: ImportedFile) -> bool:
        return self._tree(main).holds(path) or any(is_below(path, folder) for folder in self._trusted)

    def _tree(self, main: ImportedFile) -> ProjectTree:
        folder = os.path.dirname(main.document.path)
        tree = self._trees.get(folder)
        if tree is None:
            tree = self._trees[folder] = ProjectTree(folder)
        return tree

    # -- plugins

    def _plugin(self, location: str, version: Version | None) -> Answer:
        name, constraint = parse_plugin(location)
        if constraint is None:
            return _unread("its parameters are not understood")
        beside: str | None = None
        if self._plugin_path:
            answer = self._plugin_folders().find(name, constraint, version)
            if answer is not None:
                return answer
            beside = self._plugin_folders().lacking(name)
        from bplint.catalog.releases import (  # not where a blueprint has no plugin
            ReleaseChoice,
            choose_release,
        )

        choice = choose_release(self.catalog, name, constraint, version)
        if isinstance(choice, ReleaseChoice):
            return self._chosen(choice, location)
        reasons = [reason for reason in (beside, choice) if reason]
        if not reasons:
            return _unread("no folder of --plugin-path and no plugin of the catalogue has this name")
        return _unread(", ".join(reasons))

    def _plugin_folders(self) -> PluginFolders:
        if self._folders is None:
            from bplint.imports.plugins import PluginFolders  # archives: only where --plugin-path is given

            self._folders = PluginFolders(self._plugin_path, self)
        return self._folders


def parse_plugin(location: str) -> tuple[str, str | None]:
    """Name and version constraint of a `plugin:` location; the constraint is None where a parameter is
    unknown or given twice; one without a value is dropped. A distribution is not looked at: the facts are
    the same for all."""
    name, _, query = location.removeprefix("plugin:").partition("?")
    found: dict[str, str] = {}
    for part in query.split("&") if query else ():
        key, _, value = part.partition("=")
        if not value.strip():
            continue
        if key not in _PARAMETERS or key in found:
            return name.strip(), None
        found[key] = _unquote(value).strip()
    return name.strip(), found.get("version", "")


def _unquote(text: str) -> str:
    text = text.replace("+", " ")
    if "%" in text:
        from urllib.parse import unquote  # 3 ms, and hardly anybody writes it

        return unquote(text)
    return text


def _candidates(
    name: str, importer: ImportedFile, main: ImportedFile, version: Version | None
) -> Iterator[tuple[str, str]]:
    """Folders and files to try, in order. What lies in the main file's folder is told apart by its plain
    path, everything else by the path as spelt, as the reference parser does."""
    here, home = os.path.dirname(importer.place), os.path.dirname(main.place)
    spelt = os.path.join(here, name)
    plain = os.path.normpath(os.path.join(home, name))
    yield here or ".", plain if os.path.normpath(spelt) == plain else spelt
    if version is not None:
        stem, extension = os.path.splitext(plain)
        yield home or ".", "{}_{}_{}{}".format(stem, *version, extension)
    if here != home:
        yield home or ".", plain


def _can_be_a_path(name: str) -> bool:
    """Whether the operating system takes the name: YAML's escapes can write NUL and lone surrogates."""
    try:
        return b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        return False


def _file_path(location: str) -> str:
    path = location.removeprefix("file:")
    if re.match(_WINDOWS_DRIVE, path):
        return path.lstrip("/")
    return "/" + path.lstrip("/") if path.startswith("/") else path


def _display(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")


def _of_catalogue(facts: Facts, location: str) -> Answer:
    answer = Answer("read", location)
    answer.facts = facts
    answer.answered_by = f"{facts.label} of the catalogue"
    return answer


def _unread(reason: str) -> Answer:
    answer = Answer("unread")
    answer.reason = reason
    return answer


def _outside(tree: ProjectTree) -> Answer:
    answer = Answer("refused")
    answer.reason = tree.title
    return answer
