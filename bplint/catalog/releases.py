"""The releases of a published plugin, and which of them answers an import.

A manager takes the newest *installed* release that fits, and what is installed is not known here: so the
newest that a blueprint of its version can take judges, and what no release that the import allows accepts
is wrong.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.catalog.facts import DamagedCatalogueError, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.catalog.facts import Facts
    from bplint.catalog.store import Catalog
    from bplint.dsl.versions import Version


class ReleaseFile:
    """A plugin file of a release.

    name      its path in the repository: 'plugin.yaml', 'plugin_1_4.yaml', 'k8s/k8splugin_types.yaml'
    needs     the version of the language from which on the file is taken, None where none takes it
    package   its package_name, "" where it has none
    declares  whether it says its version itself
    tag, date, origin   where it was published: `owner/name` of the repository; "" where not known
    head, code          places in the plugin's files; code is None on all files of a release but one
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

    @property
    def code(self) -> int | None:
        """The place of its modules in the plugin's code, or None where they are not known."""
        return next((file.code for file in self.files if file.code is not None), None)


class History:
    """All known releases of a plugin, newest first. `folder` is its name in the catalogue.

    They are read when they are asked for: the newest nearly always will do.
    """

    __slots__ = ("_following", "_known", "folder")

    def __init__(self, folder: str, lines: list[str]) -> None:
        self.folder = folder
        self._known: list[Release] = []
        self._following = _read_releases(folder, lines)

    def __iter__(self) -> Iterator[Release]:
        index = 0
        while True:
            if index == len(self._known):
                release = next(self._following, None)
                if release is None:
                    return
                self._known.append(release)
            yield self._known[index]
            index += 1

    def named(self, name: str) -> Iterator[Release]:
        """The releases that were published under a package name; the folder's name means all."""
        return (release for release in self if self.has_name(release, name))

    def has_name(self, release: Release, name: str) -> bool:
        """Whether a release was published under a package name."""
        return name == self.folder or any(file.package == name for file in release.files)


def _read_releases(folder: str, lines: list[str]) -> Iterator[Release]:
    release: Release | None = None
    try:
        for line in lines:
            version, *fields = line.split("\t")
            if release is None or release.version != version:
                if release is not None:
                    yield release
                release = Release(version)
            release.files.append(ReleaseFile(fields))
    except (ValueError, IndexError) as error:
        raise DamagedCatalogueError(f"releases of {folder}: {error}") from error
    if release is not None:
        yield release


def read_history(path: str, folder: str) -> History:
    """The history in the folder of a plugin (written by tools/catalog.py). Raises DamagedCatalogueError."""
    return History(folder, read_lines(os.path.join(path, "releases")))


class ReleaseChoice:
    """The releases that an import allows.

    name       what messages call the plugin
    passed     the newest ones, as far as a blueprint of its version cannot take their files
    judge      the one that answers the import: the newest that it can take, of all where it can take none
    is_taken   whether the judge's file can be taken
    is_moving  the import names a branch, or another word for what is newest
    """

    __slots__ = (
        "_file_of",
        "_fitting",
        "_following",
        "catalog",
        "history",
        "is_moving",
        "is_taken",
        "judge",
        "name",
        "passed",
    )

    judge: tuple[Release, ReleaseFile]

    def __init__(
        self,
        catalog: Catalog,
        history: History,
        name: str,
        allowed: Iterator[tuple[Release, ReleaseFile]],
        version: Version | None,
        file_of: Callable[[Release], ReleaseFile | None],
        *,
        is_moving: bool = False,
    ) -> None:
        """`allowed` has the releases that the import allows, newest first; `file_of` says which file it means
        of any."""
        self._file_of = file_of
        self.catalog = catalog
        self.history = history
        self.name = name
        self.is_moving = is_moving
        self.is_taken = False
        self.passed: list[tuple[Release, ReleaseFile]] = []
        self._fitting: list[tuple[Release, ReleaseFile]] = []
        self._following = allowed if version is None else self._sorted(allowed, version)
        first = next(self._following, None)
        if first is not None:
            self.is_taken = True
            self.judge = first
            self._fitting.append(first)
        elif self.passed:
            self.judge = self.passed[0]

    def _sorted(
        self, allowed: Iterator[tuple[Release, ReleaseFile]], version: Version
    ) -> Iterator[tuple[Release, ReleaseFile]]:
        for pair in allowed:
            needs = pair[1].needs
            if needs is not None and needs <= version:
                yield pair
            elif not self._fitting:
                self.passed.append(pair)

    def __bool__(self) -> bool:
        return self.is_taken or bool(self.passed)

    @property
    def fitting(self) -> list[tuple[Release, ReleaseFile]]:
        """All releases whose file a blueprint of its version can take, newest first."""
        self._fitting += self._following
        return self._fitting

    def pin(self, version: str | None) -> None:
        """Let the release of a version judge, whether the import allows it or not."""
        for release in self.history:
            file = self._file_of(release) if release.version == version else None
            if file is not None:
                self.judge = release, file
                return

    def every(self) -> list[tuple[Release, ReleaseFile]]:
        """All known releases, newest first, whether the import allows them or not, with the file that the
        import would mean."""
        pairs = ((release, self._file_of(release)) for release in self.history)
        return [(release, file) for release, file in pairs if file is not None]

    def facts(self) -> Facts:
        """What is known of the judge's file."""
        return self.facts_of(*self.judge)

    def facts_of(self, release: Release, file: ReleaseFile) -> Facts:
        return self.catalog.file_facts(self.name, self.history, release, file)


def choose_release(
    catalog: Catalog, name: str, constraint: str, version: Version | None
) -> ReleaseChoice | str | None:
    """What `plugin:NAME?version=CONSTRAINT` allows; why it cannot be answered; None where no plugin of the
    catalogue has the name."""
    history = catalog.history(name)
    if history is None:
        return None

    def file_of(release: Release) -> ReleaseFile | None:
        return release.file_for(version) if history.has_name(release, name) else None

    allowed = _allowed(history.named(name), constraint, version)
    choice = ReleaseChoice(catalog, history, name, allowed, version, file_of)
    return choice or _lacking(history, constraint)


def _allowed(
    releases: Iterator[Release], constraint: str, version: Version | None
) -> Iterator[tuple[Release, ReleaseFile]]:
    if constraint:
        from bplint.catalog.constraint import meets  # only where a version is wanted

        # the oldest have tags for versions that can be compared with nothing, such as 1.2m8
        releases = (
            release
            for release in releases
            if release.version == constraint or meets(release.version, constraint)
        )
    for release in releases:
        file = release.file_for(version)
        if file is not None:
            yield release, file


def choose_at(catalog: Catalog, location: str, version: Version | None) -> ReleaseChoice | str | None:
    """The same for the URL of a plugin file."""
    from bplint.catalog.urls import plugin_at  # patterns: only for URLs

    found = plugin_at(location, catalog)
    if found is None:
        return None

    def file_of(release: Release) -> ReleaseFile | None:
        return next((file for file in release.files if file.name == found.file), None)

    allowed = iter(found.files)
    choice = ReleaseChoice(
        catalog, found.history, found.name, allowed, version, file_of, is_moving=found.is_moving
    )
    return choice or _lacking(found.history, found.reference)


def _lacking(history: History, wanted: str) -> str:
    from bplint.catalog.urls import versions_around  # only where a version is not known

    return f"the catalogue has {versions_around(history, wanted)}"
