"""Correct blueprints that mutants are made of: those in `seeds/` and the fixtures that refuse nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from tools.oracle.mutate_trees import Files

HERE = Path(__file__).parent
FIXTURES = HERE.parents[1] / "fixtures" / "rules"
SCRIPT = "scripts/start.sh"
REMOTE = ("plugin:", "blueprint:", "http://", "https://")  # imports that only a manager can answer


class Seeds:
    """The rich blueprints of `seeds/` are taken as often as all fixtures together."""

    def __init__(self) -> None:
        self.rich = [files_of(path) for path in sorted((HERE / "seeds").iterdir())]
        found = (files_of(path) for path in sorted(FIXTURES.glob("*/good*")) if _is_blueprint(path))
        self.fixtures = [files for files in found if _is_local(files)]

    def choose(self, random: Random) -> Files:
        return random.choice(self.rich if random.random() < 0.6 else self.fixtures)


def files_of(path: Path) -> Files:
    """The files of a case, the blueprint first; a script that seeds may name is always there."""
    if path.is_file():
        return {"blueprint.yaml": path.read_text(encoding="utf-8"), SCRIPT: ""}
    main = path / "blueprint.yaml"
    others = sorted(each for each in path.rglob("*") if each.is_file() and each != main)
    texts = {each.relative_to(path).as_posix(): _text(each) for each in (main, *others)}
    return {**texts, SCRIPT: texts.get(SCRIPT, "")}


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _is_blueprint(path: Path) -> bool:
    return path.suffix == ".yaml" if path.is_file() else (path / "blueprint.yaml").is_file()


def _is_local(files: Files) -> bool:
    return not any(prefix in text for text in files.values() for prefix in REMOTE)
