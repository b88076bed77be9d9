"""Plugins in the folders of --plugin-path: plugin.yaml, NAME/plugin*.yaml or .json, archives."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.catalog.constraint import meets, parse_release
from bplint.document import load_document
from bplint.imports.answer import Answer
from bplint.imports.archive import PLUGIN_FILE, ArchiveError, read_plugin_files
from bplint.regex import lazy_pattern
from bplint.source import MAX_BYTES
from bplint.syntax.mapping import as_dict, python_of
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from bplint.catalog.constraint import Release
    from bplint.document import Document
    from bplint.dsl.versions import Version
    from bplint.imports.resolve import Resolver

_ARCHIVES: Final = (".wgn", ".zip")
_VERSION_SUFFIX: Final = lazy_pattern(r"_\d_\d+\.(?:ya?ml|json)$")
_MAX_FILES: Final = 2_000  # YAML files of a --plugin-path folder that are looked into
_MAX_DEPTH: Final = 3
_OLDEST: Final[Release] = ((), (-2, 0), 0)


class PluginFolders:
    """The plugins that lie in folders, found by the folder's name or by their package's name."""

    def __init__(self, paths: tuple[str, ...], resolver: Resolver) -> None:
        self._resolver = resolver
        self._paths = paths
        self._versions: dict[str, list[str]] = {}  # of what was found and does not fit, by name
        self._files: list[str] | None = None  # every YAML file below, once one is looked for
        self._packages = [package for path in paths for package in _packages_at(path, resolver)]

    def find(self, name: str, constraint: str, version: Version | None) -> Answer | None:
        """The newest plugin of a name that meets a constraint; None where no folder has one, unread where it
        cannot be read."""
        wanted = _folded(name)
        named = [package for package in self._packages if package.is_named(wanted)]
        fitting = [package for package in named if meets(package.version or "", constraint)]
        if not fitting:
            loose = self._loose(wanted, {file for package in named for file in package.files})
            fitting = [package for package in loose if meets(package.version or "", constraint)]
            named += loose
        if fitting:
            return max(fitting, key=_age).answer(name, version)
        self._versions[name] = sorted({package.version or "unknown" for package in named})
        return None if named else self._broken(wanted)

    def lacking(self, name: str) -> str | None:
        """Why nothing of a name was found that fits, where there is something of the name."""
        versions = self._versions.get(name)
        return f"--plugin-path has version {', '.join(versions)}" if versions else None

    def _loose(self, wanted: str, known: set[str]) -> list[_Package]:
        """Plugins in files that are called anything, such as `k8splugin_types.yaml`."""
        if self._files is None:
            self._files = [file for path in self._paths for file in _yaml_files(path)]
        found: list[_Package] = []
        for file in self._files:
            if file not in known and _may_name(file, wanted):
                package = _File(os.path.dirname(file), [file], self._resolver)
                if package.is_named(wanted):
                    found.append(package)
        return found

    def _broken(self, wanted: str) -> Answer | None:
        for package in self._packages:
            if package.reason and package.is_called(wanted):
                answer = Answer("unread")
                answer.reason = f"'{package.label}': {package.reason}"
                return answer
        return None


def _age(package: _Package) -> Release:
    return parse_release(package.version or "") or _OLDEST


def _packages_at(path: str, resolver: Resolver) -> list[_Package]:
    if os.path.isfile(path):
        return [_Archive(path)]
    try:
        names = sorted(os.listdir(path))
    except OSError:
        return []
    found: list[_Package] = []
    own = [os.path.join(path, name) for name in names if PLUGIN_FILE.fullmatch(name)]
    if own:
        found.append(_Folder(path, own, resolver))
    for name in names:
        below = os.path.join(path, name)
        if name.endswith(_ARCHIVES):
            found.append(_Archive(below))
        elif os.path.isdir(below):
            files = sorted(entry for entry in os.listdir(below) if PLUGIN_FILE.fullmatch(entry))
            if files:
                found.append(_Folder(below, [os.path.join(below, entry) for entry in files], resolver))
    return found


class _Package:
    """The files of one plugin. `files` are their names; `reason` says why nothing of it can be read."""

    def __init__(self, path: str, files: list[str]) -> None:
        self.label = path.replace(os.sep, "/")
        self.files = files
        self.reason = ""
        self._names: set[str] | None = None
        self._version: str | None = None

    def document(self, file: str) -> Document | None:
        raise NotImplementedError

    def is_called(self, wanted: str) -> bool:
        """Whether the folder or the archive has the name."""
        return _folded(os.path.basename(self.label)).startswith(wanted)

    def is_named(self, wanted: str) -> bool:
        """Whether the folder has the name or a plugin of its files has that package name."""
        self._look_inside()
        return bool(self._names) and wanted in (self._names or ())

    @property
    def version(self) -> str | None:
        self._look_inside()
        return self._version

    def _look_inside(self) -> None:
        if self._names is not None:
            return
        self._names = set()
        for file in self.files[:1]:
            document = self.document(file)
            pair = document.sections.get("plugins") if document else None
            for plugin in as_dict(pair[1]).values() if pair else ():
                parts = as_dict(plugin[1])
                for key in ("package_name", "package_version"):
                    text = text_of(parts[key][1]) if key in parts else None
                    if text and key == "package_name":
                        self._names.add(_folded(text))
                    elif text:
                        self._version = text
        if self.files:
            self._add_folder_name()

    def _add_folder_name(self) -> None:
        assert self._names is not None
        self._names.add(_folded(os.path.basename(self.label)))

    def file_for(self, version: Version | None) -> str:
        """The file that a blueprint of a version gets (as the reference parser's resolver chooses)."""
        if version is not None:
            ending = "{}_{}.".format(*version)
            for file in self.files:
                if ending in os.path.basename(file):
                    return file
        plain = [file for file in self.files if not _VERSION_SUFFIX.search(file)]
        return min(plain or self.files, key=lambda file: (len(os.path.basename(file)), file))

    def answer(self, name: str, version: Version | None) -> Answer:
        raise NotImplementedError

    def described(self, name: str) -> str:
        return f"{name} {self.version or ''}".strip() + f" of {self.label}"


class _Folder(_Package):
    def __init__(self, path: str, files: list[str], resolver: Resolver) -> None:
        super().__init__(path, files)
        self._resolver = resolver

    def document(self, file: str) -> Document | None:
        return self._resolver.read(file, os.path.normpath(file).replace(os.sep, "/"))

    def answer(self, name: str, version: Version | None) -> Answer:
        file = self.file_for(version)
        document = self.document(file)
        answer = Answer("read" if document else "unread", file)
        answer.document = document
        answer.answered_by = self.described(name)
        answer.reason = f"'{file}' cannot be read"
        return answer


class _File(_Folder):
    """A file with a plugin in it; what its folder is called says nothing."""

    def _add_folder_name(self) -> None:
        pass


class _Archive(_Package):
    def __init__(self, path: str) -> None:
        super().__init__(path, [])
        self._path = path
        self._contents: dict[str, bytes] = {}
        self._is_open = False

    def _look_inside(self) -> None:
        if not self._is_open:
            self._is_open = True
            try:
                self._contents = read_plugin_files(self._path)
                self.files = list(self._contents)
                self.reason = "" if self.files else "it holds no plugin.yaml"
            except ArchiveError as error:
                self.reason = str(error)
        super()._look_inside()

    def document(self, file: str) -> Document | None:
        from bplint.source import Source

        source, faults = Source.from_bytes(f"{self.label}/{file}", self._contents[file])
        document = load_document(source)
        return None if faults or document.faults else document

    def answer(self, name: str, version: Version | None) -> Answer:
        from bplint.catalog.head import facts_of

        file = self.file_for(version)
        document = self.document(file)
        content = python_of(document.root) if document and document.root else None
        if not isinstance(content, dict):
            answer = Answer("unread")
            answer.reason = f"'{self.label}': its {file} is broken"
            return answer
        answer = Answer("read", f"{self.label}/{file}")
        answer.answered_by = self.described(name)
        answer.facts = facts_of(f"{name} {self.version or ''}".strip(), content)
        return answer


def _folded(name: str) -> str:
    return name.casefold().replace("_", "-")


def _yaml_files(path: str) -> list[str]:
    """The YAML files in a folder and some levels below, by name; not those of hidden folders."""
    found: list[str] = []
    waiting = [(path, 0)]
    while waiting and len(found) < _MAX_FILES:
        folder, depth = waiting.pop(0)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < _MAX_DEPTH:
                    waiting.append((entry.path, depth + 1))
            elif entry.name.endswith((".yaml", ".yml")):
                found.append(entry.path)
    return found[:_MAX_FILES]


def _may_name(path: str, wanted: str) -> bool:
    """Whether the text of a file can name a package, seen without parsing it."""
    try:
        if os.path.getsize(path) > MAX_BYTES:
            return False
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        return False
    return "plugins" in text and wanted in _folded(text)
