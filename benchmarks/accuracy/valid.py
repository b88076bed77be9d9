"""Valid files that mistakes are put into: own ones, correct fixtures, and published ones that are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
SEEDS: Final = ROOT / "fixtures" / "accuracy"
MOST_FILES: Final = 60  # of a published blueprint's folder
MOST_BYTES: Final = 40_000  # of a published file: what is longer takes the reference parser too long
# plugins with so many types that the reference parser takes seconds for each blueprint
HEAVY: Final = ("aws", "azure", "openstack", "gcp", "vsphere", "vcloud", "kubernetes", "starlingx")
Files = dict[str, str]


class Valid(NamedTuple):
    """A valid file with those that belong to it.

    origin    'own', 'fixture' or 'published'
    family    'blueprint', 'plugin' or 'code'
    files     path → text, the one that is linted first
    inputs    made-up values of inputs that have to be given
    changes   the files that mistakes are put into
    """

    name: str
    origin: str
    family: str
    files: Files
    inputs: dict[str, Any]
    changes: tuple[str, ...]

    @property
    def main(self) -> str:
        return next(iter(self.files))


def blueprints(published: Path | None) -> Iterator[Valid]:
    for folder in sorted((SEEDS / "blueprints").iterdir()):
        yield _blueprint(folder.name, "own", _files_of(folder, "blueprint.yaml"))
    for path in sorted((ROOT / "tools" / "oracle" / "seeds").iterdir()):
        files = _files_of(path, "blueprint.yaml") if path.is_dir() else {"blueprint.yaml": _text(path)}
        yield _blueprint(f"oracle/{path.name}", "own", {**files, "scripts/start.sh": ""})
    for path in sorted((ROOT / "fixtures" / "rules").glob("*/good*")):
        files = _files_of(path, "blueprint.yaml") if path.is_dir() else {"blueprint.yaml": _text(path)}
        if files:
            yield _blueprint(f"{path.parent.name}/{path.name}", "fixture", files)
    yield from _published(published, "blueprint")


def plugins(published: Path | None) -> Iterator[Valid]:
    """Plugin files on their own."""
    for folder in sorted((SEEDS / "plugins").iterdir()):
        name = next(path.name for path in folder.iterdir())
        files = _files_of(folder, name)
        yield Valid(folder.name, "own", "plugin", files, {}, (name,))
    for folder in sorted((SEEDS / "code").iterdir()):
        files = {"plugin.yaml": _text(folder / "plugin.yaml")}
        yield Valid(f"code/{folder.name}", "own", "plugin", files, {}, ("plugin.yaml",))
    yield from _published(published, "plugin")


def code() -> Iterator[Valid]:
    """Plugins with their Python code and a blueprint that uses them."""
    for folder in sorted((SEEDS / "code").iterdir()):
        files = _files_of(folder, "blueprint.yaml")
        modules = [path for path in files if path.endswith(".py") and files[path] and path != "setup.py"]
        yield Valid(folder.name, "own", "code", files, {}, (*modules, "plugin.yaml"))


def _blueprint(name: str, origin: str, files: Files) -> Valid:
    changes = tuple(path for path, text in files.items() if path.endswith(".yaml") and text.strip())
    return Valid(name, origin, "blueprint", files, _made_up(files), changes)


def _published(folder: Path | None, kind: str) -> Iterator[Valid]:
    """What somebody put on the web and the reference parser takes, as far as it is short."""
    for table in sorted(folder.glob("corpus*/verdicts.jsonl")) if folder is not None else ():
        for row in map(json.loads, table.read_text(encoding="utf-8").splitlines()):
            path = table.parent / row["path"]
            if row["verdict"] != "valid" or row.get("kind", "blueprint") != kind or not _is_short(path):
                continue
            files = _files_of(path.parent, path.name)
            if any(f"cloudify-{name}-plugin" in text for text in files.values() for name in HEAVY):
                continue
            name = f"{table.parent.name}/{row['path']}"
            yield Valid(name, "published", kind, files, _made_up(files), (path.name,))
        if kind == "plugin" and table.parent.name == "corpus":
            for path in sorted(table.parent.rglob("plugin*.yaml")):
                if _is_short(path):
                    name = f"{table.parent.name}/{path.relative_to(table.parent)}"
                    yield Valid(name, "published", kind, {path.name: _text(path)}, {}, (path.name,))


def version_of(text: str) -> str:
    """The `tosca_definitions_version` of a text, or ''."""
    for line in text.splitlines():
        if line.startswith("tosca_definitions_version:"):
            return line.partition(":")[2].strip().strip("\"'")
    return ""


def _is_short(path: Path) -> bool:
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return False
    return sum(1 for each in path.parent.rglob("*") if each.is_file()) <= MOST_FILES


def _files_of(folder: Path, main: str) -> Files:
    """Texts of all files below a folder, the main one first; nothing where that is not there."""
    if not (folder / main).is_file():
        return {}
    found = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    texts = {path.relative_to(folder).as_posix(): _text(path) for path in found}
    if not any(text for path, text in texts.items() if path.endswith(".py")):
        # where the code of published blueprints is left out its names stand for nothing
        texts = {path: text for path, text in texts.items() if not path.endswith(".py")}
    return {main: texts[main], **texts}


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _made_up(files: Files) -> dict[str, Any]:
    """A value for each input of the files that has no default."""
    by_type: dict[str, Any] = {"integer": 1, "float": 1.5, "boolean": True, "list": [], "dict": {}}
    found: dict[str, Any] = {}
    for path, text in files.items():
        if not path.endswith(".yaml"):
            continue
        try:
            content = yaml.load(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            continue
        inputs = content.get("inputs") if isinstance(content, dict) else None
        for name, schema in inputs.items() if isinstance(inputs, dict) else ():
            if isinstance(name, str) and "default" not in (schema or {}):
                kind = schema.get("type") if isinstance(schema, dict) else None
                found[name] = by_type.get(kind, "given") if isinstance(kind, str) else "given"
    return found
