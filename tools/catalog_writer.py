"""Write the catalogue: the same content is stored once, in an order that the content alone decides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bplint.catalog.constraint import parse_release
from bplint.catalog.head import gates_of, imports_of, is_basic_types, needs_of, sections_of, unknown_keys_of
from bplint.dsl.versions import SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bplint.dsl.versions import Version
    from tools.catalog_sources import Content, PublishedFile, Sources

_FIRST_VERSION: Version = (1, 0)


class Lines:
    """The distinct values of a file, one a line, each known by the offset of its line in bytes."""

    def __init__(self) -> None:
        self._offsets: dict[str, int] = {}
        self._size_bytes = 0

    def offset(self, value: Any) -> int:
        text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        found = self._offsets.get(text)
        if found is None:
            found = self._offsets[text] = self._size_bytes
            self._size_bytes += len(text) + 1
        return found

    def write(self, path: Path) -> None:
        text = "".join(f"{line}\n" for line in self._offsets)
        path.write_text(text, encoding="ascii", newline="\n")


class Package:
    """What is stored for the types or for one plugin. Values that follow each other in `rows` are those of
    one name from release to release, because they differ little and so pack well."""

    def __init__(self, contents: Iterable[Content]) -> None:
        self.heads = Lines()
        self.rows = Lines()
        self.code = Lines()
        found: dict[str, dict[str, list[Any]]] = {}
        for content in contents:
            for key, value in content.items():
                items = value if _is_section(content, key) else {"": value}
                for name, item in items.items():
                    found.setdefault(key, {}).setdefault(name, []).append(item)
        for key in sorted(found):
            for name in sorted(found[key]):
                for item in found[key][name]:
                    self.rows.offset(item)

    def head(self, content: Content) -> int:
        """The place of what must be known of a file before any of its items."""
        keys: dict[str, Any] = {}
        for key, value in content.items():
            if _is_section(content, key):
                names, rows = list(value), [self.rows.offset(item) for item in value.values()]
                keys[key] = [self.heads.offset(names), self.heads.offset(rows)]
            else:
                keys[key] = self.rows.offset(value)
        head: dict[str, Any] = {"keys": keys}
        gates = [[*gate.version, gate.feature, gate.path] for gate in gates_of(content)]
        needs = [[need.section, need.name, need.path] for need in needs_of(content)]
        facts: dict[str, Any] = {
            "gates": gates and self.heads.offset(gates),
            "needs": needs and self.heads.offset(needs),
        }
        version = content.get("tosca_definitions_version")
        facts |= {"version": version if isinstance(version, str) else None}
        facts |= {"imports": imports_of(content), "unknown": unknown_keys_of(content)}
        facts |= {"basic": is_basic_types(content)}
        head |= {name: fact for name, fact in facts.items() if fact not in (None, [], False)}
        return self.heads.offset(head)

    def modules(self, code: Content) -> int:
        """The place of what says which modules a release has."""
        rows = [self.code.offset(module) for module in code.values()]
        return self.code.offset([self.code.offset(list(code)), self.code.offset(rows)])

    def write(self, folder: Path) -> None:
        self.heads.write(folder / "heads")
        self.rows.write(folder / "rows")


def _is_section(content: Content, key: str) -> bool:
    return any(key == section for section, _ in sections_of(content))


def needed_version(content: Content) -> Version | None:
    """The version of the language from which on a file is taken; None where it is refused in all."""
    if unknown_keys_of(content):
        return None
    version = content.get("tosca_definitions_version")
    if version is not None and version not in SUPPORTED:
        return None
    own = SUPPORTED[version] if version is not None else _FIRST_VERSION
    return max([own, *(gate.version for gate in gates_of(content))])


def write_catalogue(sources: Sources, target: Path) -> None:
    """Write all files of the catalogue into an empty folder."""
    index = _write_types(sources.types, target / "types")
    folders: dict[str, list[PublishedFile]] = {}
    for file in sources.plugins:
        folders.setdefault(file.folder, []).append(file)
    for folder in sorted(folders):
        index.append(_write_plugin(folder, folders[folder], target / "plugins" / folder))
    (target / "index").write_text("".join(index), encoding="utf-8", newline="\n")


def _write_types(types: dict[str, Content], target: Path) -> list[str]:
    target.mkdir(parents=True)
    names = sorted(types, key=_types_order)
    package = Package(types[name] for name in names)
    index = []
    for name in names:
        needs = _version_text(needed_version(types[name]))
        index.append(f"types\t{name}\t{package.head(types[name])}\t{needs}\n")
    package.write(target)
    return index


def _types_order(name: str) -> tuple[list[int], str]:
    digits = name.split(".")
    return ([int(part) for part in digits] if all(part.isdigit() for part in digits) else [10**6], name)


def _version_text(version: Version | None) -> str:
    return "{}.{}".format(*version) if version else ""


def _write_plugin(folder: str, files: list[PublishedFile], target: Path) -> str:
    target.mkdir(parents=True)
    files = sorted(files, key=_age)
    package = Package(file.content for file in files)
    lines = []
    for release in _releases(reversed(files)):
        for file in release:
            code = str(package.modules(file.code)) if file.code else ""
            needs = _version_text(needed_version(file.content))
            fields = [file.version, file.file, needs, file.package, str(int(file.declares)), file.tag]
            fields += [file.date, file.origin, str(package.head(file.content)), code]
            lines.append("\t".join(fields) + "\n")
    package.write(target)
    package.code.write(target / "code")
    (target / "releases").write_text("".join(lines), encoding="utf-8", newline="\n")
    names = sorted({file.package for file in files if file.package} | {folder})
    origins = sorted({file.origin.partition("/")[2] for file in files if file.origin})
    return f"plugin\t{folder}\t{' '.join(names)}\t{' '.join(origins)}\n"


def _age(file: PublishedFile) -> tuple[Any, ...]:
    """Oldest first; what is no version is older than every version."""
    release = parse_release(file.version)
    return (release is not None, release or (), file.date, file.version, file.file)


def _releases(files: Iterable[PublishedFile]) -> list[list[PublishedFile]]:
    found: dict[str, list[PublishedFile]] = {}
    for file in files:
        found.setdefault(file.version, []).append(file)
    return [sorted(release, key=lambda file: file.file) for release in found.values()]
