"""What lies around a main file: the project's files that import it, and who else defines a name.

Only asked where a name was found nowhere. A file that is made to be imported may get the name from the
blueprint that imports it; and a name that nothing here defines may be one of a published plugin or of the
built-in types of another version, which is the word that helps.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.dsl.versions import SUPPORTED
from bplint.files.project_tree import MARKERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.document import Document
    from bplint.imports.graph import ImportGraph
    from bplint.imports.resolve import Resolver

MAX_FILES: Final = 3_000  # a project of more files is not searched further
_EXTENSIONS: Final = (".yaml", ".yml")
_PASSED: Final = frozenset(("node_modules", "__pycache__", "site-packages", "venv", "env"))
_MAX_BYTES: Final = 2_000_000
_LEVELS: Final = 2
_COMMON: Final = frozenset(("plugin.yaml", "types.yaml", "blueprint.yaml", "inputs.yaml"))
# a release of each line of managers: from one to the next, built-in types and plugins were taken out
_LINES: Final = ("5.0", "4.0", "3.4", "3.2", "3.0")
_SPEC: Final = "https://cloudify.co/spec/cloudify/{}/types.yaml"


class Surroundings:
    """What the project of a main file and the catalogue know beyond its imports; each asked for once."""

    __slots__ = ("_build", "_importers", "_main", "_resolver", "_yaml_files")

    def __init__(
        self, main: Document, resolver: Resolver, build: Callable[[Document, Resolver], ImportGraph]
    ) -> None:
        self._main = main
        self._resolver = resolver
        self._build = build
        self._importers: list[ImportGraph] | None = None
        self._yaml_files: list[str] | None = None

    def importers(self) -> list[ImportGraph]:
        """The import graphs of the project's files that read the main file, at whatever depth."""
        if self._importers is None:
            self._importers = list(self._find_importers())
        return self._importers

    def folders_of_importers(self) -> list[str]:
        """Where the blueprints lie that may import the main file: the folders of those that do; where none
        does, every folder of the project that holds a YAML file."""
        paths = [graph.main.document.path for graph in self.importers()] or self._files()
        return list(dict.fromkeys(os.path.dirname(path) or "." for path in paths))

    def plugins_with(self, section: str, name: str) -> list[str]:
        """Names of the catalogue's plugins whose newest file defines the name."""
        return self._resolver.plugins_by_name(section).get(name, [])

    def built_in_with(self, section: str, name: str) -> str | None:
        """What to call the built-in types of another version that define the name, or None."""
        catalog = self._resolver.catalog
        found = [catalog.built_in_types(version) for version in reversed(SUPPORTED.values())]
        found += [facts for line in _LINES if (facts := catalog.types_for(_SPEC.format(line), None))]
        return next((facts.label for facts in found if name in facts.sections.get(section, ())), None)

    def rule_for(self, location: str) -> str | None:
        """The import rule that answers a URL with the project's file of the same path, or None. Names that
        every project has, such as `plugin.yaml`, must have their folder in common too."""
        path = location.partition("?")[0].partition("#")[0]
        parts = path.split("/")
        files = set(self._files())
        for start in range(3, len(parts)):
            rest = "/".join(parts[start:])
            found = [name for name in files if name == rest or name.endswith(f"/{rest}")]
            if len(found) == 1 and (start < len(parts) - 1 or parts[-1] not in _COMMON):
                folder = found[0][: -len(rest)].rstrip("/")
                return f"{path[: -len(rest)]}={folder or '.'}"
        return None

    def _find_importers(self) -> Iterator[ImportGraph]:
        """Files that name the main file, then those that name one of these, and so on."""
        if not os.path.isfile(self._main.path):
            return
        left = {os.path.realpath(path): path for path in self._files()}
        left.pop(os.path.realpath(self._main.path), None)
        wanted = [os.path.basename(self._main.path)]
        while wanted:
            name = wanted.pop()
            for real, path in list(left.items()):
                if not _mentions(path, name):
                    continue
                document = self._resolver.read(path)
                graph = self._build(document, self._resolver) if document is not None else None
                if graph is not None and any(file.document is self._main for file in graph.files[1:]):
                    del left[real]
                    wanted.append(os.path.basename(path))
                    yield graph

    def _files(self) -> list[str]:
        if self._yaml_files is None:
            self._yaml_files = _yaml_files(os.path.dirname(self._main.path))
        return self._yaml_files


def _yaml_files(folder: str) -> list[str]:
    """YAML files of the project: all of the repository. Without one, what lies in and below the folder, and
    beside the two folders above: the blueprint of `types/x.yaml` lies there."""
    root = _repository(folder)
    if root is not None:
        return list(_walk(root))
    found = list(_walk(folder or "."))
    above = folder or "."
    for _ in range(_LEVELS):
        above = os.path.normpath(os.path.join(above, os.pardir))
        if os.path.dirname(os.path.abspath(above)) in (os.sep, os.path.abspath(above)):
            break
        found += _listed(above)
    return found


def _repository(folder: str) -> str | None:
    spelt = folder or "."
    for _ in range(os.path.abspath(spelt).count(os.sep) + 1):
        if any(os.path.exists(os.path.join(spelt, marker)) for marker in MARKERS):
            return os.path.normpath(spelt)
        spelt = os.path.join(spelt, os.pardir)
    return None


def _walk(folder: str) -> Iterator[str]:
    seen = 0
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED)
        seen += len(names)
        yield from _named_yaml(here, names)
        if seen > MAX_FILES:
            return


def _listed(folder: str) -> list[str]:
    try:
        return list(_named_yaml(folder, os.listdir(folder)))
    except OSError:
        return []


def _named_yaml(folder: str, names: list[str]) -> Iterator[str]:
    for name in sorted(names):
        if name.endswith(_EXTENSIONS):
            yield os.path.normpath(os.path.join(folder, name)).replace(os.sep, "/")


def _mentions(path: str, name: str) -> bool:
    try:
        if os.path.getsize(path) > _MAX_BYTES:
            return False
        with open(path, "rb") as file:
            return name.encode() in file.read()
    except OSError:
        return False
