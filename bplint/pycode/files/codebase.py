"""All that a run reads beside blueprints: modules by name and place, projects, scripts; each is read once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.pycode.files.folders import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bplint.document import Document
    from bplint.pycode.files.folders import SearchPlace
    from bplint.pycode.files.module import Module
    from bplint.pycode.files.project import PackageProject
    from bplint.pycode.files.requirements import Requirements
    from bplint.source import Source

    Open = Callable[[str], Document | None]

Places = tuple["SearchPlace", ...]
Portions = list[tuple["SearchPlace", str]]

NOWHERE: Final = "nowhere"  # the top-level package is in none of the places
ABSENT: Final = "absent"  # its package is here, the module is not
HIDDEN: Final = "hidden"  # it is here, and cannot be read as Python text


class NoModule:
    """Why there is no module: `state` NOWHERE, ABSENT or HIDDEN; `name` is the full name of the first
    part that fails, `parent` the package that lacks it, `known` what is there instead. `undecoded` is the
    path of a file of the user's that cannot be decoded, where that is the reason."""

    __slots__ = ("known", "name", "parent", "reason", "state", "undecoded")

    def __init__(self, state: str, name: str, reason: str = "") -> None:
        self.state = state
        self.name = name
        self.reason = reason
        self.parent: Module | None = None
        self.known: list[str] = []
        self.undecoded = ""


class CodeBase:
    """The cache of modules. Owned by whoever runs a check; nothing is kept beyond it. `ast` is imported with
    the first module that is read."""

    __slots__ = (
        "_files",
        "_modules",
        "_open",
        "_others",
        "_projects",
        "_texts_read",
        "opened",
        "requirements",
        "texts",
    )

    def __init__(self, texts: Mapping[str, str] | None = None, open_document: Open | None = None) -> None:
        """`texts` stands in for files on disk (path in the result → text); `open_document` gives YAML files
        that the run may have read already."""
        self.texts: Mapping[str, str] = {} if texts is None else texts
        self.opened: dict[tuple[str, str], list[SearchPlace]] = {}  # (path, kind) → its places; see layout.py
        self.requirements: dict[str, Requirements | None] = {}  # of folders; see requirements.py
        self._modules: dict[tuple[Places, str], Module | NoModule] = {}
        self._files: dict[tuple[SearchPlace, str], Module | NoModule] = {}
        self._others: dict[str, Source] = {}
        self._projects: dict[str, PackageProject | None] = {}
        self._texts_read: dict[str, Source | None] = {}
        self._open = open_document

    def project(self, folder: str) -> PackageProject | None:
        """What the project of a folder says of itself, or None where there is none."""
        if folder not in self._projects:
            from bplint.pycode.files.project import read_project  # ast: only where a project is asked for

            self._projects[folder] = read_project(folder)
        return self._projects[folder]

    def text(self, path: str) -> Source | None:
        """The text of a script or another file, or None where it cannot be read."""
        if path not in self._texts_read:
            from bplint.source import read_source

            self._texts_read[path] = read_source(path, path.replace(os.sep, "/"))[0]
        return self._texts_read[path]

    def document(self, path: str) -> Document | None:
        """The YAML file at a path, or None where it cannot be read."""
        if self._open is not None:
            return self._open(path)
        from bplint.document import load_document  # in a run its owner opens files

        source = self.text(path)
        return None if source is None else load_document(source)

    def module(self, name: str, places: Places) -> Module | NoModule:
        """The module that `import name` would load with these places as its path."""
        key = (places, name)
        found = self._modules.get(key)
        if found is None:
            found = self._modules[key] = self._find(name, places)
        return found

    def modules(self) -> Iterator[Module]:
        """Every module read so far."""
        return (module for module in self._files.values() if not isinstance(module, NoModule))

    def sources(self) -> dict[str, Source]:
        """The texts read so far, by the paths that diagnostics use."""
        read = {
            module.path: module.source
            for module in self.modules()
            if module.source is not None and not module.is_recorded
        }
        return {**self._others, **read}

    def add_source(self, source: Source) -> None:
        """Keep another text that diagnostics point into: a script, a sibling of a plugin's file."""
        self._others[source.path] = source

    def _find(self, name: str, places: Places) -> Module | NoModule:
        parent_name, _, last = name.rpartition(".")
        if not all(part.isidentifier() for part in name.split(".")):
            return NoModule(HIDDEN, name, f"'{name}' is no name of a module")
        if not parent_name:
            found = self._search(name, last, [(place, "") for place in places])
            if found is None:
                found = NoModule(NOWHERE, name)
                found.known = [top for place in places if place.is_own for top in place.tops()]
            return found
        parent = self.module(parent_name, places)
        if isinstance(parent, NoModule):
            return parent
        found = self._search(name, last, parent.portions)
        return found if found is not None else self._absent(name, parent, places)

    def _absent(self, name: str, parent: Module, places: Places) -> Module | NoModule:
        if parent.source is not None and _extends_its_path(parent.source.text):
            folder = parent.name.replace(".", "/")
            found = self._search(name, name.rpartition(".")[2], [(place, folder) for place in places])
            if found is not None:
                return found
            return NoModule(HIDDEN, name, f"package '{parent.name}' may have parts elsewhere")
        absent = NoModule(ABSENT, name)
        absent.parent = parent
        absent.known = [child for place, folder in parent.portions for child in place.children(folder)]
        return absent

    def _search(self, name: str, last: str, portions: Portions) -> Module | NoModule | None:
        """Python's order: regular package, module; else all folders are one namespace."""
        namespace: Portions = []
        for place, folder in portions:
            entries = place.listing(folder)
            inner = f"{folder}/{last}" if folder else last
            if entries.get(last):
                if "__init__.py" in place.listing(inner):
                    return self._load(name, place, f"{inner}/__init__.py", [(place, inner)])
                if place.has_code(inner):
                    namespace.append((place, inner))
            # Python takes an extension first; a text of the same name beside it is what it was made of
            if entries.get(f"{last}.py") is False:
                return self._load(name, place, f"{inner}.py", [])
            if _has_extension(entries, last):
                return NoModule(HIDDEN, name, f"'{name}' is a C extension")
            if entries.get(f"{last}.pyc") is False:
                return NoModule(HIDDEN, name, f"'{name}' is compiled, without its source")
        if not namespace:
            return None
        from bplint.pycode.files.module import Module  # ast: 10 ms that a blueprint without code does not pay

        module = Module(name, None, None)
        module.portions = namespace
        return module

    def _load(self, name: str, place: SearchPlace, relative: str, portions: Portions) -> Module | NoModule:
        key = (place, relative)
        found = self._files.get(key)
        if found is None:
            found = self._files[key] = self._read_module(name, place, relative, portions)
        return found

    def _read_module(
        self, name: str, place: SearchPlace, relative: str, portions: Portions
    ) -> Module | NoModule:
        from bplint.pycode.files.module import Module  # ast: 10 ms that a blueprint without code does not pay
        from bplint.pycode.files.python_text import read_python

        path = place.path_of(relative)
        content = self.texts[path].encode() if path in self.texts else place.read(relative)
        if content is None:
            return NoModule(HIDDEN, name, f"'{path}' cannot be read")
        source = read_python(path, content)
        if source is None:
            hidden = NoModule(HIDDEN, name, f"'{path}' cannot be decoded")
            hidden.undecoded = path if place.is_own else ""
            return hidden
        module = Module(name, place, source)
        module.portions = portions
        return module


def _has_extension(entries: Iterable[str], last: str) -> bool:
    return any(entry.startswith(f"{last}.") and entry.endswith(EXTENSIONS) for entry in entries)


def _extends_its_path(text: str) -> bool:
    return "__path__" in text or "declare_namespace" in text
