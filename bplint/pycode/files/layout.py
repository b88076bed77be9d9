"""Where the code of a plugin is looked for, in order."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bplint.document import FactsDocument, Kind
from bplint.pycode.files.folders import FolderPlace, third_party

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.model.elements import Plugin
    from bplint.pycode.files.codebase import CodeBase, Places
    from bplint.pycode.files.folders import SearchPlace


class Layout:
    """The places of every plugin of one blueprint. Each folder and archive is opened once in a run."""

    __slots__ = ("_by_plugin", "_common", "_config", "_main", "_opened", "interpreter_fault")

    def __init__(self, main_path: str, config: Config, code: CodeBase) -> None:
        self._main = os.path.dirname(main_path)
        self._config = config
        self._opened = code.opened
        self._by_plugin: dict[Plugin | None, Places] = {}
        self._common: list[SearchPlace] | None = None
        self.interpreter_fault: str | None = None  # why --python could not be asked

    def places(self, plugin: Plugin | None) -> Places:
        """The import path of a plugin's code; without a plugin what all of them share."""
        found = self._by_plugin.get(plugin)
        if found is None:
            own = [] if plugin is None else [*self.source_of(plugin), *self._beside(plugin)]
            archives = [] if plugin is None else self._archives(plugin)
            ordered = [*own, *self._roots(), *archives, *self._installed(), *self._recorded(plugin)]
            found = self._by_plugin[plugin] = tuple(dict.fromkeys(ordered))
        return found

    def source_of(self, plugin: Plugin) -> list[SearchPlace]:
        """The places of `source`: `plugins/<source>` or `<source>`, a folder or a zip archive, beside the
        blueprint or the file that declares the plugin. Empty where there is none."""
        source = plugin.source
        if (
            not source
            or "://" in source
            or os.path.isabs(source)
            or ".." in source.replace("\\", "/").split("/")
        ):
            return []
        beside = os.path.dirname(plugin.path)
        is_blueprint = plugin.file.document.kind is Kind.BLUEPRINT
        if not is_blueprint and os.path.basename(os.path.abspath(beside)) == source:
            return self._open(beside, "source", is_own=True)  # the plugin's own file, in its own folder
        for base in dict.fromkeys((self._main, beside)):
            for folder in (os.path.join(base, "plugins", source), os.path.join(base, source)):
                for path in (folder, f"{folder}.zip"):
                    found = self._open(path, "source", is_own=True)
                    if found:
                        return found
        return []

    def _beside(self, plugin: Plugin) -> list[SearchPlace]:
        document = plugin.file.document
        if document.kind is Kind.BLUEPRINT or not os.path.isfile(document.path):
            return []
        return self._open(os.path.dirname(document.path), "plugin", is_own=plugin.file.is_own)

    def _roots(self) -> list[SearchPlace]:
        return [place for root in self._config.source_root for place in self._open(root, "root", is_own=True)]

    def _archives(self, plugin: Plugin) -> list[SearchPlace]:
        if not self._config.plugin_path:
            return []
        # archives are rare, and tarfile costs more to import than a small blueprint to lint
        from bplint.pycode.files.wagon import places_of_wagons

        name = plugin.package_name or plugin.name.rpartition("--")[2]
        places = []
        for folder in self._config.plugin_path:
            key = (folder, f"archive of {name}")
            if key not in self._opened:
                self._opened[key] = places_of_wagons(folder, name)
            places += self._opened[key]
        return places

    def _installed(self) -> list[SearchPlace]:
        if self._common is None:
            self._common = []
            paths = own_site_packages()
            if self._config.python is not None:
                # only who names an interpreter pays for subprocess
                from bplint.pycode.files.interpreter import site_packages_of

                asked = site_packages_of(self._config.python)
                if isinstance(asked, str):
                    self.interpreter_fault = asked
                else:
                    paths = [*asked, *paths]
            for path in dict.fromkeys(paths):
                found = self._opened.get((path, "environment"))
                if found is None:
                    found = [FolderPlace(path, path.replace(os.sep, "/"), "environment", False)]
                    self._opened[path, "environment"] = found
                self._common += found
        return self._common

    def _recorded(self, plugin: Plugin | None) -> list[SearchPlace]:
        """What the catalogue knows of the code of a release."""
        document = plugin.file.document if plugin is not None else None
        if not isinstance(document, FactsDocument) or not document.facts.modules():
            return []
        # only where a blueprint maps onto functions of a published plugin
        from bplint.pycode.files.recorded import RecordedPlace

        key = (document.path, f"recorded {document.facts.label}")
        found = self._opened.get(key)
        if found is None:
            found = [RecordedPlace(document.facts, document.path, document.span)]
            self._opened[key] = found
        return found

    def _open(self, path: str, kind: str, *, is_own: bool) -> list[SearchPlace]:
        key = (os.path.abspath(path), kind)
        found = self._opened.get(key)
        if found is None:
            found = self._opened[key] = _open(path, kind, is_own)
        return found


def _open(path: str, kind: str, is_own: bool) -> list[SearchPlace]:
    if path.endswith(".zip"):
        if not os.path.isfile(path):
            return []
        from bplint.pycode.files.wagon import places_of_zip

        return places_of_zip(path, kind, is_own)
    if not os.path.isdir(path or "."):
        return []
    label = path.replace(os.sep, "/")
    places: list[SearchPlace] = [FolderPlace(path or ".", label, kind, is_own)]
    inner = os.path.join(path, "src")
    # a layout with the packages below `src`, where `src` is no package itself
    if os.path.isdir(inner) and not os.path.isfile(os.path.join(inner, "__init__.py")):
        places.append(FolderPlace(inner, inner.replace(os.sep, "/"), kind, is_own))
    return places


def own_site_packages() -> list[str]:
    """The folders of installed packages of the Python that runs this."""
    return third_party(sys.path)
