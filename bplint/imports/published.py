"""Which release of a published plugin answers an import, and which others the import allows.

A manager takes the newest *installed* release that fits, and what is installed is not known here: so the
newest that a blueprint of its version can take judges, and what no release that the import allows accepts
is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.catalog.facts import Facts
    from bplint.catalog.history import History, Release, ReleaseFile
    from bplint.catalog.store import Catalog
    from bplint.dsl.versions import Version

_AROUND: Final = 3  # known versions that are named on either side of an unknown one


class Choice:
    """The releases that an import allows.

    name       what messages call the plugin
    fitting    those whose file a blueprint of its version can take, newest first
    passed     the newer ones that it cannot take
    judge      the one that answers the import: of `fitting`, or the newest of all where none is fitting
    is_moving  the import names a branch, or another word for what is newest
    """

    __slots__ = ("_catalog", "fitting", "history", "is_moving", "judge", "name", "passed")

    def __init__(self, catalog: Catalog, history: History, name: str, *, is_moving: bool = False) -> None:
        self._catalog = catalog
        self.history = history
        self.name = name
        self.is_moving = is_moving
        self.fitting: list[tuple[Release, ReleaseFile]] = []
        self.passed: list[tuple[Release, ReleaseFile]] = []
        self.judge: tuple[Release, ReleaseFile] | None = None

    def facts(self, release: Release, file: ReleaseFile) -> Facts:
        return self._catalog.file_facts(self.name, self.history, release, file)

    def add(self, release: Release, file: ReleaseFile | None, version: Version | None) -> None:
        """Count a release in; they come newest first."""
        if file is None:
            return
        if version is None or (file.needs is not None and file.needs <= version):
            self.fitting.append((release, file))
        elif not self.fitting:
            self.passed.append((release, file))

    def settle(self, pinned: str | None) -> bool:
        """Choose the judge, the release of a pinned version if there is one; whether there is any."""
        candidates = self.fitting or self.passed
        if not candidates:
            return False
        if not self.fitting:
            self.passed = self.passed[:1]
        self.judge = candidates[0]
        for pair in self.fitting:
            if pair[0].version == pinned:
                self.judge = pair
        return True


def choose_release(
    catalog: Catalog, name: str, constraint: str, version: Version | None, pinned: str | None
) -> Choice | str | None:
    """What `plugin:NAME?version=CONSTRAINT` allows; why it cannot be answered; None where no plugin of the
    catalogue has the name."""
    history = catalog.history(name)
    if history is None:
        return None
    choice = Choice(catalog, history, name)
    releases = list(history.named(name))
    if constraint:
        from bplint.catalog.constraint import meets  # only where a version is wanted

        wanted = [release for release in releases if meets(release.version, constraint)]
    else:
        wanted = releases
    for release in wanted:
        choice.add(release, release.file_for(version), version)
    if choice.settle(pinned):
        return choice
    return f"the catalogue has {_versions_around(releases, constraint)}"


def choose_at(catalog: Catalog, location: str, version: Version | None, pinned: str | None) -> Choice | str | None:
    """The same for the URL of a plugin file."""
    from bplint.catalog.urls import plugin_at  # patterns: only for URLs

    found = plugin_at(location, catalog)
    if found is None:
        return None
    history = found.history
    files = found.files or [(history.releases[0], history.releases[0].files[0])]
    choice = Choice(catalog, history, files[0][1].package or history.folder, is_moving=found.is_moving)
    for release, file in found.files:
        choice.add(release, file, version)
    if choice.settle(pinned):
        return choice
    return f"the catalogue has {_versions_around(history.releases, found.reference)}"


def _versions_around(releases: Sequence[Release], wanted: str) -> str:
    """The known versions next to one that is not known: 'versions 1.2, 1.3 and 2.0'."""
    from bplint.catalog.constraint import parse_release  # only where a version is not known

    versions = [release.version for release in reversed(releases)]
    text = wanted.split(",")[0].lstrip("=<>!~ ").removesuffix(".*")
    aim = parse_release(text)
    shown = versions[-2 * _AROUND :]
    if aim is not None:
        known = [(parse_release(version), version) for version in versions]
        lower = [version for release, version in known if release is not None and release < aim]
        higher = [version for release, version in known if release is not None and release >= aim]
        shown = [*lower[-_AROUND:], *higher[:_AROUND]]
    if len(shown) == 1:
        return f"version {shown[0]}"
    return f"versions {', '.join(shown[:-1])} and {shown[-1]}" if shown else "no version of it"
