"""`python -m tools.mutate_code`: change bplint's code at random places and see which changes no test notices.

Each change is made in a copy of the repository. The tests of its layer run first, and where they stay green
all tests but those with the reference parser. Survivors are listed; those of tools/equivalent_mutants.txt
change nothing that anybody can see, and are named with their reasons.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from tools.code_mutants import CodeMutant, mutants_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parent.parent
EQUIVALENT: Final = Path(__file__).parent / "equivalent_mutants.txt"
LIMIT_S: Final = 1800
# what is generated, what says nothing of behaviour, and tables that are compared with their source elsewhere
NOT_MUTATED: Final = ("bplint/rules/index.py", "bplint/catalog/data/")
ALL: Final = ("tests", "--ignore=tests/oracle", "--ignore=tests/acceptance", "--ignore=tests/fuzz")
# tests beside those of the room of its name
ALSO: Final[dict[str, tuple[str, ...]]] = {
    "app": ("tests/lint", "tests/cli"),
    "checks": ("tests/rules", "tests/model"),
    "config": ("tests/cli",),
    "deployment": ("tests/rules", "tests/plan"),
    "fix": ("tests/rules",),
    "imports": ("tests/rules",),
    "lint": ("tests/rules", "tests/cli"),
    "model": ("tests/checks", "tests/rules"),
    "plan": ("tests/sandbox",),
    "pycode": ("tests/rules",),
    "rules": ("tests/rules",),
    "sandbox": ("tests/plan",),
    "syntax": ("tests/rules",),
}


class Place(NamedTuple):
    """A mutant in its file."""

    path: str
    mutant: CodeMutant

    def __str__(self) -> str:
        return f"{self.path}:{self.mutant.line}: {self.mutant}"

    def line_text(self) -> str:
        return (ROOT / self.path).read_text(encoding="utf-8").splitlines()[self.mutant.line - 1].strip()


def places() -> list[Place]:
    """Every mutant of bplint."""
    paths = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "bplint").rglob("*.py"))
    return [
        Place(path, mutant)
        for path in paths
        if not path.startswith(NOT_MUTATED)
        for mutant in mutants_of((ROOT / path).read_text(encoding="utf-8"))
    ]


def chosen(options: argparse.Namespace) -> list[Place]:
    """As many as were asked for, by the seed; those of one line where that is named."""
    found = places()
    if options.only:
        path, _, line = options.only.partition(":")
        return [each for each in found if each.path == path and line in ("", str(each.mutant.line))]
    return Random(options.seed).sample(found, min(options.count, len(found)))


def equivalent() -> dict[tuple[str, str, str], str]:
    """(path, text of the line, the change) → why nobody can see it."""
    if not EQUIVALENT.exists():
        return {}
    found = {}
    for block in EQUIVALENT.read_text(encoding="utf-8").strip().split("\n\n"):
        path, line, change, reason = block.split("\n", 3)
        found[path, line.strip(), change.strip()] = " ".join(reason.split())
    return found


def copy_repository(folder: Path) -> None:
    """The files of the working tree that git knows or would add, and the environments of tests."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for name in (".oracle", ".node"):
        if (ROOT / name).exists():
            (folder / name).symlink_to((ROOT / name).resolve())


def layer_tests(path: str) -> list[str]:
    """Folders of tests for a module."""
    room = path.split("/")[1]
    found = [f"tests/{room}", *ALSO.get(room, ())]
    return [each for each in dict.fromkeys(found) if (ROOT / each).is_dir()] or ["tests/lint", "tests/rules"]


def is_noticed(folder: Path, tests: list[str]) -> bool:
    """Whether tests fail, or take longer than anybody would wait."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def judged(wanted: list[Place], folder: Path, *, is_thorough: bool) -> Iterator[tuple[Place, str]]:
    """Each mutant with who notices it: 'layer', 'all', or '' for a survivor."""
    for place in wanted:
        path = folder / place.path
        text = path.read_text(encoding="utf-8")
        path.write_text(place.mutant.applied(text), encoding="utf-8")
        try:
            if is_noticed(folder, layer_tests(place.path)):
                yield place, "layer"
            elif is_thorough and is_noticed(folder, [*ALL]):
                yield place, "all"
            else:
                yield place, ""
        finally:
            path.write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutate_code", description=__doc__)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", default="")
    parser.add_argument("--only", help="PATH or PATH:LINE: all mutants there")
    parser.add_argument("--layer-only", action="store_true", help="do not run all tests on survivors")
    parser.add_argument("--list", action="store_true", help="show what would be changed")
    options = parser.parse_args()
    options.seed = options.seed or str(Random().randrange(10**6))
    wanted = chosen(options)
    if options.list:
        print("\n".join(map(str, wanted)))
        return 0
    known = equivalent()
    counted: Counter[str] = Counter()
    # not below the repository: tests look at what lies around their files
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "tree"
        copy_repository(folder)
        for place, by in judged(wanted, folder, is_thorough=not options.layer_only):
            reason = known.get((place.path, place.line_text(), str(place.mutant)), "")
            outcome = by or ("equivalent" if reason else "survived")
            counted[outcome] += 1
            if not by:
                print(f"{outcome}: {place}" + (f"  ({reason})" if reason else ""), flush=True)
    print(f"seed {options.seed}: " + ", ".join(f"{count} {name}" for name, count in sorted(counted.items())))
    return 1 if counted["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
