"""A disagreement made small: parts are dropped as long as it stays."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tools.oracle.mutate_compare import Judged, Mutant, judge
from tools.oracle.mutate_files import GIVEN_FILE, given_inputs
from tools.oracle.mutate_trees import Place, compose, copied, places, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.oracle.mutate_compare import Oracle
    from tools.oracle.mutate_trees import Files

ROUNDS = 4


class Shrinker:
    def __init__(self, found: Judged, oracle: Oracle, is_same: Callable[[Judged], bool]) -> None:
        self.found = found
        self.oracle = oracle
        self.is_same = is_same

    def shrink(self) -> Judged:
        """The same in the fewest parts."""
        for _ in range(ROUNDS):
            before = self.found.mutant.files
            self._drop_files()
            self._drop_given()
            for path in [path for path in self.files if path != GIVEN_FILE]:
                tree = compose(self.files[path]) if path.endswith(".yaml") else None
                if tree is None:
                    self._drop_lines(path)
                else:
                    self._drop_nodes(path, tree)
            if self.files == before:
                break
        return self.found

    @property
    def files(self) -> Files:
        return self.found.mutant.files

    def _stays(self, files: Files) -> bool:
        """Whether what was found is in these files; they are the found ones then."""
        made = Mutant(self.found.mutant.name, files)
        self.oracle.ask([made])
        theirs = self.oracle.answer()[0]
        if theirs != self.found.theirs:
            return False
        with tempfile.TemporaryDirectory() as folder:
            judged = judge(made, theirs, Path(folder))
        if not self.is_same(judged):
            return False
        self.found = judged
        return True

    def _drop_files(self) -> None:
        for path in list(self.files)[1:]:
            self._stays({name: text for name, text in self.files.items() if name != path})

    def _drop_given(self) -> None:
        for name in given_inputs(self.files):
            fewer = {key: value for key, value in given_inputs(self.files).items() if key != name}
            self._stays({**self.files, GIVEN_FILE: json.dumps(fewer)})

    def _drop_lines(self, path: str) -> None:
        length = len(self.files[path].split("\n"))
        while length := length // 2:
            start = 0
            while start < len(lines := self.files[path].split("\n")):
                fewer = "\n".join(lines[:start] + lines[start + length :])
                if not self._stays({**self.files, path: fewer}):
                    start += length

    def _drop_nodes(self, path: str, tree: yaml.Node) -> None:
        """Drop each place; where that cannot be, put what is in its value in its place."""
        number = 0
        while number < len(found := list(places(tree))):
            for change in (_dropped, _opened):
                if _is_version(found[number]):
                    continue
                smaller = change(tree, number)
                if smaller is not None and self._stays({**self.files, path: text_of(smaller)}):
                    tree = smaller
                    break
            else:
                number += 1


def _dropped(tree: yaml.Node, number: int) -> yaml.Node | None:
    return _changed(tree, number, lambda place: place.parent.value.pop(place.index))


def _opened(tree: yaml.Node, number: int) -> yaml.Node | None:
    value = list(places(tree))[number].value
    if isinstance(value, yaml.ScalarNode) or len(value.value) != 1:
        return None

    def open_value(place: Place) -> None:
        item = place.value.value[0]
        place.value = item[1] if isinstance(item, tuple) else item

    return _changed(tree, number, open_value)


def _changed(tree: yaml.Node, number: int, change: Callable[[Place], object]) -> yaml.Node:
    made = copied(tree)
    change(list(places(made))[number])
    return made


def _is_version(place: Place) -> bool:
    return place.is_pair and getattr(place.key, "value", "") == "tosca_definitions_version"


def shrunk(found: Judged, oracle: Oracle) -> Judged:
    """The same disagreement in the fewest parts."""

    def is_same(judged: Judged) -> bool:
        return judged.difference == found.difference and not judged.explained

    return Shrinker(found, oracle, is_same).shrink()
