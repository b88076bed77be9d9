"""The releases of a published plugin, newest first, and the files that each of them has."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.catalog.pages import DamagedCatalogueError, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.dsl.versions import Version


class ReleaseFile:
    """A plugin file of a release.

    name      its path in the repository: 'plugin.yaml', 'plugin_1_4.yaml', 'k8s/k8splugin_types.yaml'
    needs     the version of the language from which on the file is taken, None where none takes it
    package   its package_name, "" where it has none
    declares  whether it says its version itself
    tag, date, origin   where it was published: `owner/name` of the repository; "" where not known
    head, code          lines of the plugin's files; code is None on all files of a release but one
    """

    __slots__ = ("code", "date", "declares", "head", "name", "needs", "origin", "package", "tag")

    def __init__(self, fields: list[str]) -> None:
        self.name, needs, self.package, declares, self.tag, self.date, self.origin, head, code = fields
        self.needs: Version | None = (int(needs[0]), int(needs[2:])) if needs else None
        self.declares = declares == "1"
        self.head = int(head)
        self.code = int(code) if code else None


class Release:
    """A released version of a plugin."""

    __slots__ = ("files", "version")

    def __init__(self, version: str) -> None:
        self.version = version
        self.files: list[ReleaseFile] = []

    def file_for(self, version: Version | None) -> ReleaseFile | None:
        """The file that `plugin:` means in a blueprint of a version: the one for just that version, else the
        plain one; None where the release has neither (as the manager's resolver chooses)."""
        ending = "_{}_{}.yaml".format(*version) if version else None
        plain: ReleaseFile | None = None
        for file in self.files:
            name = file.name
            if ending is not None and name.endswith(ending):
                return file
            if name == "plugin.yaml" or "/" in name:
                plain = file
        return plain

    def takes(self, version: Version | None) -> ReleaseFile | None:
        """The same if the version of the language can take the file; an unknown version takes all."""
        file = self.file_for(version)
        if file is None or version is None:
            return file
        return file if file.needs is not None and file.needs <= version else None

    @property
    def code(self) -> int | None:
        """The line of its modules in the plugin's code, or None where they are not known."""
        return next((file.code for file in self.files if file.code is not None), None)


class History:
    """All known releases of a plugin, newest first. `folder` is its name in the catalogue."""

    __slots__ = ("folder", "releases")

    def __init__(self, folder: str, releases: list[Release]) -> None:
        self.folder = folder
        self.releases = releases

    def named(self, name: str) -> Iterator[Release]:
        """The releases that were published under a package name; the folder's name means all."""
        if name == self.folder:
            yield from self.releases
            return
        for release in self.releases:
            if any(file.package == name for file in release.files):
                yield release


def read_history(path: str, folder: str) -> History:
    """The history in the folder of a plugin (written by tools/catalog.py). Raises DamagedCatalogueError."""
    releases: list[Release] = []
    path = os.path.join(path, "releases")
    try:
        for line in read_lines(path):
            version, *fields = line.split("\t")
            if not releases or releases[-1].version != version:
                releases.append(Release(version))
            releases[-1].files.append(ReleaseFile(fields))
    except (ValueError, IndexError) as error:
        raise DamagedCatalogueError(f"{path}: {error}") from error
    return History(folder, releases)
