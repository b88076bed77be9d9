"""What a URL names: a plugin file of a release, or the built-in types of a manager's sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bplint.catalog.constraint import parse_release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.catalog.facts import Facts
    from bplint.catalog.releases import History, Release, ReleaseFile
    from bplint.catalog.store import Catalog
    from bplint.dsl.versions import Version

_REPOSITORY: Final = (
    r"(?:raw\.githubusercontent\.com|(?:cdn\.|raw\.)?rawgit\.com|raw\.github\.com)/[^/]+/(?P<a>[^/]+)/(?P<b>.+)",
    r"(?:www\.)?github\.com/[^/]+/(?P<a>[^/]+)/(?:raw|blob|tree)/(?P<b>.+)",
    r"(?:www\.)?github\.com/[^/]+/(?P<a>[^/]+)/releases/download/(?P<b>.+)",
)
_NEWEST_DOWNLOAD: Final = r"(?:www\.)?github\.com/[^/]+/(?P<a>[^/]+)/releases/latest/download/(?P<b>.+)"
_SPEC: Final = r"[^?#]*/(?P<a>[^/]+)/(?P<b>[^/]+/[^/]+\.ya?ml)"
_FULL_REFS: Final = ("refs/heads/", "refs/tags/", "heads/", "tags/")
_COMMIT: Final = r"[0-9a-f]{7,40}"
_VERSION_LIKE: Final = r"v?\d+(?:\.\d+)+(?:[-.]?\w+)*"
_LINE: Final = r"v?(\d+(?:\.\d+)*)(?:[-.]?build|[-.]x|[-.]?branch|[-.]?maintenance|[-.]?dev)"
_MANAGER: Final = "cloudify-manager"
_TYPES_FILE: Final = r"(?:.*/)?cloudify/types/types(?:_(\d_\d+))?\.yaml"
_AROUND: Final = 3  # known versions that are named on either side of an unknown one
_SHORT: Final = "cloudify-"


class NamedByUrl(NamedTuple):
    """What a URL names in the catalogue.

    history    the plugin
    name       what messages call it
    files      those of the releases that it can mean, newest first; none where the version is not known
    file       its name in the repository
    reference  the tag, branch or version in the URL
    is_moving  whether it is a branch or another name for what is newest
    """

    history: History
    name: str
    files: list[tuple[Release, ReleaseFile]]
    file: str
    reference: str
    is_moving: bool


def plugin_at(location: str, catalog: Catalog) -> NamedByUrl | None:
    """The plugin file that a URL names; None where it is none of a plugin of the catalogue."""
    found = _split(location)
    if found is None:
        return None
    name, rest = found
    for history in _histories(name, catalog):
        for reference, path in _cuts(rest):
            files = _files(history, path)
            if files:
                return _at(history, files[0][1].package or history.folder, files, reference)
    return None


def manager_types_at(location: str, catalog: Catalog, language: Version | None) -> tuple[Facts, bool] | None:
    """The built-in types in the sources of a manager, and whether their version moves; None where the URL
    names something else."""
    found = _split(location)
    if found is None or found[0] != _MANAGER:
        return None
    for reference, path in _cuts(found[1]):
        if re.fullmatch(_TYPES_FILE, path) is None:
            continue
        facts = None
        if re.match(r"v?\d", reference):
            facts = catalog.published_types(reference.removeprefix("v"), language)
        if facts is not None:
            return facts, re.fullmatch(_LINE, reference) is not None
        return catalog.built_in_types(language), True
    return None


def _split(location: str) -> tuple[str, str] | None:
    """The repository or plugin, and what follows: reference and path."""
    _, mark, rest = location.partition("://")
    if not mark:
        return None
    rest = re.split(r"[?#]", rest, maxsplit=1)[0]
    for pattern in _REPOSITORY:
        found = re.fullmatch(pattern, rest)
        if found is not None:
            return found["a"], found["b"]
    found = re.fullmatch(_NEWEST_DOWNLOAD, rest)
    if found is not None:
        return found["a"], f"latest/{found['b']}"
    found = re.fullmatch(_SPEC, rest)
    return (found["a"], found["b"]) if found is not None else None


def _cuts(rest: str) -> Iterator[tuple[str, str]]:
    """Where reference and path may part: a branch can have slashes in its name."""
    for prefix in _FULL_REFS:
        rest = rest.removeprefix(prefix)
    parts = rest.split("/")
    for index in range(1, len(parts)):
        yield "/".join(parts[:index]), "/".join(parts[index:])


def _histories(name: str, catalog: Catalog) -> Iterator[History]:
    names = [name, _SHORT + name, *catalog.plugins_of_repository(name)]
    for each in dict.fromkeys(names):
        history = catalog.history(each)
        if history is not None:
            yield history


def _files(history: History, path: str) -> list[tuple[Release, ReleaseFile]]:
    base = path.rpartition("/")[2]
    return [
        (release, file)
        for release in history
        for file in release.files
        if file.name == path or ("/" not in path and file.name.rpartition("/")[2] == base)
    ]


def _at(history: History, name: str, files: list[tuple[Release, ReleaseFile]], reference: str) -> NamedByUrl:
    plain, file = reference.removeprefix("v"), files[0][1].name
    for is_it in (
        lambda release, file: file.tag.removeprefix("v") == plain,
        lambda release, file: release.version.removeprefix("v") == plain,
        lambda release, file: _is_commit(plain, file.tag),
    ):
        found = [pair for pair in files if is_it(*pair)]
        if found:
            return NamedByUrl(history, name, found[:1], file, reference, False)
    line = re.fullmatch(_LINE, reference)
    if line is not None:
        of_line = [pair for pair in files if f"{pair[0].version}.".startswith(f"{line[1]}.")]
        return NamedByUrl(history, name, of_line or files, file, reference, True)
    is_fixed = parse_release(reference) is not None or re.fullmatch(_VERSION_LIKE, reference) is not None
    if is_fixed or re.fullmatch(_COMMIT, reference) is not None:
        return NamedByUrl(history, name, [], file, reference, False)
    return NamedByUrl(history, name, files, file, reference, True)


def _is_commit(reference: str, tag: str) -> bool:
    return len(tag) >= 7 and re.fullmatch(_COMMIT, reference) is not None and reference.startswith(tag)


def versions_around(releases: Iterable[Release], wanted: str) -> str:
    """The known versions next to one that is not known: 'versions 1.2, 1.3 and 2.0'."""
    versions = [release.version for release in reversed(list(releases))]
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
