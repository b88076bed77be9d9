"""Build `bplint/catalog/data`: names, types, defaults, mappings, functions of plugins (see NOTICE).

    python -m tools.catalog                     from what it holds itself, after a change of its form
    python -m tools.catalog --check             write nothing; exit with 1 if the result would differ
    python -m tools.catalog import FOLDER       from a folder with builtin-types, plugins and plugin-history
    python -m tools.catalog add PLUGIN.yaml     with one more file of a plugin

The result is written beside the old one and takes its place when all of it is there.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from bplint.catalog.facts import DamagedCatalogueError
from tools.catalog_sources import Sources, plugin_file, read_catalogue, read_facts
from tools.catalog_writer import write_catalogue

if TYPE_CHECKING:
    from tools.catalog_sources import PublishedFile

ROOT = Path(__file__).parent.parent
DATA = ROOT / "bplint" / "catalog" / "data"


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        sources = _sources(options)
    except (OSError, ValueError, KeyError, DamagedCatalogueError, yaml.YAMLError) as error:
        print(f"nothing is written: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(dir=options.target.parent) as folder:
        built = Path(folder) / "data"
        built.mkdir()
        write_catalogue(sources, built)
        if options.check:
            changed = differences(built, options.target)
            for path in changed:
                print(f"out of date: {path}")
            return 1 if changed else 0
        _swap(built, options.target, Path(folder) / "old")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.catalog", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--target", type=Path, default=DATA, help="folder of the catalogue")
    parser.add_argument("--check", action="store_true", help="write nothing")
    commands = parser.add_subparsers(dest="command")
    facts = commands.add_parser("import", help="build from a folder of facts")
    facts.add_argument("folder", type=Path)
    add = commands.add_parser("add", help="add a plugin file, or replace the one of the same release")
    add.add_argument("file", type=Path)
    add.add_argument("--plugin", help="name in the catalogue; else the package_name in the file")
    add.add_argument("--tag", default="", help="tag or commit at which it was published")
    add.add_argument("--date", default="", help="day on which it was published, such as 2024-05-31")
    add.add_argument("--origin", default="", help="repository, as OWNER/NAME")
    return parser


def _sources(options: argparse.Namespace) -> Sources:
    if options.command == "import":
        if not (options.folder / "builtin-types").is_dir():
            raise ValueError(f"{options.folder} has no builtin-types")
        return read_facts(options.folder)
    sources = read_catalogue(options.target)
    if options.command == "add":
        added = _added(options)
        key = (added.folder, added.version, added.file)
        kept = [each for each in sources.plugins if (each.folder, each.version, each.file) != key]
        return Sources(sources.types, [*kept, added])
    return sources


def _added(options: argparse.Namespace) -> PublishedFile:
    content = _plain(yaml.load(options.file.read_text("utf-8"), yaml.CSafeLoader))
    if not isinstance(content, dict):
        raise ValueError(f"{options.file} holds no mapping")
    folder = options.plugin or plugin_file("", options.file.name, content, options.tag).package
    if not folder:
        raise ValueError(f"{options.file} names no package; say --plugin")
    return plugin_file(folder, options.file.name, content, options.tag, options.date, options.origin)


def _plain(value: object, is_value: bool = False) -> object:
    """Without descriptions of the language; a text of that name within a default is no description."""
    if isinstance(value, dict):
        return {
            str(key): _plain(item, is_value or key == "default")
            for key, item in value.items()
            if is_value or key != "description" or not isinstance(item, str)
        }
    if isinstance(value, list):
        return [_plain(item, is_value) for item in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def differences(built: Path, target: Path) -> list[str]:
    """Files of two catalogues that are not the same in both."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (built, target)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return sorted(name for name in names if _bytes(built / name) != _bytes(target / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _swap(built: Path, target: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    try:
        built.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
