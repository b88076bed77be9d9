"""Build `bplint/catalog/data` from a folder of facts: `python -m tools.catalog FOLDER`.

FOLDER holds `builtin-types/<version>.json` and `plugins/<name>/<file>.json`: names, types, defaults and
mappings of Cloudify's types and plugins (see NOTICE). The same content is stored once.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from bplint.catalog.facts import sections_of
from bplint.catalog.head import gates_of, is_basic_types, needs_of, unknown_keys_of

DATA = Path(__file__).parent.parent / "bplint" / "catalog" / "data"


class RowWriter:
    """The distinct values of a package, one a line."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}

    def row(self, value: Any) -> int:
        text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        return self._rows.setdefault(text, len(self._rows))

    def write(self, path: Path) -> None:
        path.write_text("".join(f"{text}\n" for text in self._rows), encoding="ascii", newline="\n")


def head_text(content: dict[str, Any], rows: RowWriter) -> str:
    """The head of a file: a line for each fact, fields separated by tabs."""
    lines = []
    if content.get("tosca_definitions_version"):
        lines.append(["version", content["tosca_definitions_version"]])
    if is_basic_types(content):
        lines.append(["basic"])
    lines += [["unknown", name] for name in unknown_keys_of(content)]
    lines += [["gate", str(g.version[0]), str(g.version[1]), g.feature, g.path] for g in gates_of(content)]
    lines += [["need", need.section, need.name, need.path] for need in needs_of(content)]
    for section, items in sections_of(content):
        lines.append(["section", section])
        lines.append(list(items))
        lines.append([str(rows.row(value)) for value in items.values()])
    return "".join("\t".join(line) + "\n" for line in lines)


def write_types(source: Path, target: Path) -> list[str]:
    """Write the built-in types; return their lines of the index."""
    target.mkdir(parents=True)
    rows = RowWriter()
    index = []
    contents: dict[str, str] = {}
    for path in sorted(source.glob("*.json"), key=_version_key):
        content = json.loads(path.read_text("utf-8"))
        name = contents.setdefault(json.dumps(content), path.stem)
        if name == path.stem:
            text = head_text(content, rows)
            (target / f"{name}.head").write_text(text, encoding="utf-8", newline="\n")
        index.append(f"types\t{path.stem}\t{name}\n")
    rows.write(target / "rows")
    return index


def _version_key(path: Path) -> tuple[list[int], str]:
    digits = path.stem.split(".")
    return ([int(part) for part in digits] if all(part.isdigit() for part in digits) else [10**6], path.stem)


def write_plugin(source: Path, target: Path) -> str:
    """Write the files of one plugin; return its line of the index."""
    target.mkdir(parents=True)
    rows = RowWriter()
    versions = set()
    names = []
    for path in sorted(source.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        versions |= {plugin["package_version"] for plugin in content["plugins"].values()}
        text = head_text(content, rows)
        (target / f"{path.stem}.head").write_text(text, encoding="utf-8", newline="\n")
        names.append(path.stem)
    rows.write(target / "rows")
    if len(versions) != 1:
        raise ValueError(f"{source.name}: several package versions: {sorted(versions)}")
    return f"plugin\t{source.name}\t{versions.pop()}\t{' '.join(names)}\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with builtin-types and plugins")
    parser.add_argument("--target", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    if options.target.exists():
        shutil.rmtree(options.target)
    index = write_types(options.folder / "builtin-types", options.target / "types")
    for source in sorted((options.folder / "plugins").iterdir()):
        index.append(write_plugin(source, options.target / "plugins" / source.name))
    (options.target / "index").write_text("".join(index), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
