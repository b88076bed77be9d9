"""What the catalogue is made of: files of types and plugins with where and when they were published.

Read from a folder of facts (`builtin-types`, `plugins`, `plugin-history`) or from the catalogue itself,
which holds all of it, so that it can be built again from the repository alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from bplint.catalog.facts import Pages, read_lines
from bplint.catalog.releases import read_history

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Content = dict[str, Any]


class PublishedFile(NamedTuple):
    """A file of a release.

    folder    the name that the plugin has in the catalogue
    package   its package_name, or "" where the file names none: then the folder's name is the plugin's
    declares  whether `version` is its package_version; else it is the tag
    file      its path in the plugin's repository
    tag, date, origin   where and when it was published: `owner/name` of the repository; "" where not known
    code      module → its functions, classes and names; empty on all files of a release but one
    """

    folder: str
    package: str
    version: str
    declares: bool
    file: str
    tag: str
    date: str
    origin: str
    content: Content
    code: Content


class Sources(NamedTuple):
    """types: name as in the index → content of the file; plugins: every published file of every plugin."""

    types: dict[str, Content]
    plugins: list[PublishedFile]


def read_facts(folder: Path) -> Sources:
    """The sources in a folder of facts."""
    types = {
        path.stem: json.loads(path.read_text("utf-8")) for path in (folder / "builtin-types").glob("*.json")
    }
    plugins = [
        file
        for path in sorted((folder / "plugin-history").glob("*/releases.jsonl"))
        for file in _published(path.parent)
    ]
    known = {(file.folder, file.version) for file in plugins}
    origins = {file.folder: file.origin for file in plugins}
    for path in sorted((folder / "plugins").glob("*/*.json")):
        found = _single(path, origins.get(path.parent.name, ""))
        if (found.folder, found.version) not in known:
            plugins.append(found)
    return Sources(types, plugins)


def _published(folder: Path) -> Iterator[PublishedFile]:
    values = [json.loads(line) for line in (folder / "values.jsonl").read_text("utf-8").splitlines()]
    for line in (folder / "releases.jsonl").read_text("utf-8").splitlines():
        release = json.loads(line)
        content: Content = {
            section: {name: values[row] for name, row in items.items()}
            for section, items in release["sections"].items()
        }
        content |= {key: values[row] for key, row in release["rest"].items()}
        yield PublishedFile(
            folder.name,
            release["package"] or "",
            release["version"],
            release["declares_version"],
            release["file"],
            release["tag"],
            release["date"],
            release["origin"],
            content,
            {module: values[row] for module, row in release.get("code", {}).items()},
        )


def _single(path: Path, origin: str) -> PublishedFile:
    content = json.loads(path.read_text("utf-8"))
    return plugin_file(path.parent.name, f"{path.stem}.yaml", content, origin=origin)


def plugin_file(
    folder: str, file: str, content: Content, tag: str = "", date: str = "", origin: str = ""
) -> PublishedFile:
    """A file of which no more is known than its content. Raises ValueError where it says no one version."""
    plugins = content.get("plugins")
    plugins = (
        [plugin for plugin in plugins.values() if isinstance(plugin, dict)]
        if isinstance(plugins, dict)
        else []
    )
    versions = {str(plugin["package_version"]) for plugin in plugins if plugin.get("package_version")}
    packages = sorted({str(plugin["package_name"]) for plugin in plugins if plugin.get("package_name")})
    if len(versions) > 1 or not (versions or tag):
        found = ", ".join(sorted(versions)) or "none"
        raise ValueError(f"{file}: one package_version is needed, and there is {found}")
    package = folder if folder in packages else (packages or [""])[0]
    version = versions.pop() if versions else tag
    return PublishedFile(folder, package, version, bool(packages), file, tag, date, origin, content, {})


def read_catalogue(data: Path) -> Sources:
    """The sources that a built catalogue was made of."""
    types: dict[str, Content] = {}
    plugins: list[PublishedFile] = []
    pages = Pages(str(data / "types"))
    for line in read_lines(str(data / "index")):
        kind, name, *rest = line.split("\t")
        if kind == "types":
            types[name] = _content(pages, int(rest[0]))
        else:
            plugins += _files_of(data / "plugins" / name)
    return Sources(types, plugins)


def _files_of(folder: Path) -> Iterator[PublishedFile]:
    pages = Pages(str(folder))
    for release in read_history(str(folder), folder.name):
        for file in release.files:
            yield PublishedFile(
                folder.name,
                file.package,
                release.version,
                file.declares,
                file.name,
                file.tag,
                file.date,
                file.origin,
                _content(pages, file.head),
                _code(pages, file.code),
            )


def _content(pages: Pages, line: int) -> Content:
    head = pages.head(line)
    content: Content = {}
    for key, at in head["keys"].items():
        if isinstance(at, int):
            content[key] = pages.value(at)
        else:
            names, rows = pages.head(at[0]), pages.head(at[1])
            content[key] = {name: pages.value(row) for name, row in zip(names, rows, strict=True)}
    return content


def _code(pages: Pages, line: int | None) -> Content:
    if line is None:
        return {}
    modules, rows = (pages.code(at) for at in pages.code(line))
    return {module: pages.code(row) for module, row in zip(modules, rows, strict=True)}
