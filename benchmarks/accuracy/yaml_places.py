"""Where things stand in the text of a YAML file: pairs and items with their paths, lines and offsets."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST: Final = 50
Node = Any  # PyYAML's: its stubs know neither styles nor marks
Path = tuple[str, ...]  # keys from the root on; an item of a list is '[]'
ANY: Final = "*"
REST: Final = "**"  # at the end of a pattern: whatever comes below


class Entry(NamedTuple):
    """A pair of a mapping, or with `key` None an item of a list; offsets are those of the text."""

    path: Path
    key: Node | None
    value: Node
    is_flow: bool
    siblings: int

    @property
    def start(self) -> int:
        node = self.key if self.key is not None else self.value
        return int(node.start_mark.index)

    @property
    def column(self) -> int:
        return int((self.key if self.key is not None else self.value).start_mark.column)

    @property
    def end(self) -> int:
        return end_of(self.value)

    @property
    def text(self) -> str:
        """The value of a scalar, or ''."""
        return str(self.value.value) if isinstance(self.value, yaml.ScalarNode) else ""

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.value, yaml.ScalarNode)


class Change(NamedTuple):
    """A mistake that somebody makes in a text.

    edits  (start, end, new text), offsets of the old text, in order and apart from each other
    names  what no longer is what it was: a line with such a name is a right place to tell, too
    """

    edits: tuple[tuple[int, int, str], ...]
    names: tuple[str, ...] = ()


class Text:
    """A YAML file and what stands where in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def root(self) -> Node | None:
        try:
            node: Node | None = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except yaml.YAMLError:
            return None
        return node

    @cached_property
    def entries(self) -> list[Entry]:
        return list(_entries(self.root, (), set())) if self.root is not None else []

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def line_starts(self) -> list[int]:
        starts = [0]
        for line in self.lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def at(self, *patterns: Path) -> list[Entry]:
        """Entries whose path fits one of the patterns, in the order of the text."""
        return [entry for entry in self.entries if any(fits(entry.path, pattern) for pattern in patterns)]

    def version(self) -> str:
        return next((entry.text for entry in self.at(("tosca_definitions_version",))), "")

    def line_span(self, entry: Entry) -> tuple[int, int]:
        """From the beginning of an entry's first line to behind its last one. Block style only."""
        start = self.text.rfind("\n", 0, entry.start) + 1
        end = self.text.find("\n", max(entry.end - 1, entry.start))
        return start, len(self.text) if end < 0 else end + 1

    def neighbours(self, entry: Entry) -> tuple[str, ...]:
        """The keys before and after an entry in the same mapping."""
        own = [each for each in self.entries if each.path[:-1] == entry.path[:-1] and each.key is not None]
        index = own.index(entry) if entry in own else 0
        return tuple(each.path[-1] for each in own[max(index - 1, 0) : index + 2])

    def is_whole_lines(self, entry: Entry) -> bool:
        """Whether nothing else stands on the entry's lines."""
        start, _ = self.line_span(entry)
        return not entry.is_flow and not self.text[start : entry.start].strip()


def fits(path: Path, pattern: Path) -> bool:
    if pattern and pattern[-1] == REST:
        return len(path) >= len(pattern) - 1 and fits(path[: len(pattern) - 1], pattern[:-1])
    return len(path) == len(pattern) and all(
        wanted in (ANY, name) for name, wanted in zip(path, pattern, strict=True)
    )


def end_of(node: Node) -> int:
    """The offset behind a node; a block collection ends with its last child."""
    for _ in range(DEEPEST):  # an alias may lead back to what holds it
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            break
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _entries(node: Node, path: Path, seen: set[int]) -> Iterator[Entry]:
    if isinstance(node, yaml.ScalarNode) or id(node) in seen or len(path) > DEEPEST:
        return
    seen.add(id(node))
    is_flow = bool(node.flow_style)
    for item in node.value:
        key, value = item if isinstance(item, tuple) else (None, item)
        if key is not None and not isinstance(key, yaml.ScalarNode):
            continue
        below = (*path, str(key.value) if key is not None else "[]")
        if value.start_mark.index >= node.start_mark.index:  # an alias stands elsewhere
            yield Entry(below, key, value, is_flow, len(node.value))
            yield from _entries(value, below, seen)


@lru_cache(maxsize=4096)
def read(text: str) -> Text:
    """The text, taken apart once."""
    return Text(text)
