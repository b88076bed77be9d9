"""What can be kept of a text that is no YAML: the smallest blocks that do not parse are set aside.

The text is cut by indentation into the entries of its outermost collection; each is parsed alone, and
one that fails is cut again. Every text is looked at once a level, so the work grows with the text.
Offsets stay those of the whole text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.parser_events import Unparsable
from bplint.syntax.tree import MAPPING, SEQUENCE, Node, walk
from bplint.syntax.tree_builder import Tree

if TYPE_CHECKING:
    from bplint.syntax.parser_events import Loader

# deeper blocks are set aside whole
_MAX_LEVELS: Final = 60
# how many times the length of the text may be parsed in all
_MAX_EFFORT: Final = 16
# after so many faults the rest of what does not parse is set aside without a word
_MAX_FAULTS: Final = 100
# entries tried at once, and their length
_GROUP: Final = 64
_GROUP_CHARACTERS: Final = 20_000
# an unclosed quote or bracket: so many entries are tried as its continuation
_MAX_JOINED: Final = 6

_LINE: Final = lazy_pattern(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_DASH: Final = lazy_pattern(r"-(?=[ \t\r\n]|\Z)")
_MARKER: Final = lazy_pattern(r"(?:---|\.\.\.)(?=\s|\Z)|%")
_KEY: Final = r"(?P<key>\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\s#&*!|>%@`\"'{\[\],}-][^#\r\n]*?|-[^\s#\r\n][^#\r\n]*?)"
_HEADER: Final = lazy_pattern(rf" *{_KEY} *:(?:[ ]+[&!][^\s]*)*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_KEY_LINE: Final = lazy_pattern(rf"{_KEY} *:(?=\s|\Z)")
_BLOCK_SCALAR: Final = lazy_pattern(r"[^#]*[:-] +(?:[&!]\S+ +)*[|>][-+0-9]*[ ]*(?:#.*)?[\r\n]*\Z")


_Entry = tuple[int, int, bool]  # lines of an entry, and whether it cannot belong to its block


class Broken:
    """A block that was set aside.

    span      the block
    error     why it does not parse, offsets into the whole text; None where its indentation says it all
    reason    '' or what the cut itself saw: 'depth', 'misplaced-item', 'misplaced-key', 'no-colon'
    owners    keys of the mappings around it, outermost first
    sibling   offset of the first entry of the collection that it stands in
    """

    __slots__ = ("error", "owners", "reason", "sibling", "span")

    def __init__(
        self, span: Span, error: Unparsable | None, reason: str, owners: tuple[str, ...], sibling: int
    ) -> None:
        self.span = span
        self.error = error
        self.reason = reason
        self.owners = owners
        self.sibling = sibling


class Recovery:
    """One run over one text. `tree` collects what parses, `broken` what does not."""

    def __init__(self, text: str, loader: Loader, failure: Unparsable) -> None:
        self.failure = failure  # the last one: the reason where there is no work left for a closer look
        self.text = text
        self.loader = loader
        self.tree = Tree()
        self.broken: list[Broken] = []
        self.holes: list[tuple[int, int]] = []
        self.starts = [found.start() for found in _LINE.finditer(text) if found.end() > found.start()]
        self.starts.append(len(text))
        self.effort = _MAX_EFFORT * len(text) + 100_000
        self.replaced: dict[int, str] = {}  # lines whose dashes have been taken off

    def run(self) -> None:
        """Parse what can be parsed; `tree.root` is None where nothing can."""
        last = len(self.starts) - 1
        first = self._first_content(0, last)
        while first < last and _MARKER.match(self._line(first)):
            first = self._first_content(first + 1, last)
        self.tree.root = self._block(first, last, (), 0)

    def _line(self, index: int) -> str:
        replaced = self.replaced.get(index)
        return self.text[self.starts[index] : self.starts[index + 1]] if replaced is None else replaced

    def _margin(self, index: int) -> int:
        """Column of the first character of a line that is neither space nor tab."""
        line = self._line(index)
        return len(line) - len(line.lstrip(" \t"))

    def _indent(self, index: int) -> int:
        """How deep a line stands; -1 for blank lines and comments. A tab counts as eight spaces, so that
        lines indented by tabs stay with what they were meant to belong to."""
        line = self._line(index)
        stripped = line.lstrip(" \t")
        if not stripped.strip() or stripped[0] == "#":
            return -1
        margin = len(line) - len(stripped)
        return margin + 7 * line.count("\t", 0, margin) if "\t" in line else margin

    def _first_content(self, low: int, high: int) -> int:
        while low < high and self._indent(low) < 0:
            low += 1
        return low

    def _span(self, low: int, high: int) -> Span:
        start = self.starts[low] + self._margin(low)
        while high > low + 1 and self._indent(high - 1) < 0:
            high -= 1
        end = self.starts[high]
        return Span(start, start + len(self.text[start:end].rstrip()))

    def _block(self, low: int, high: int, owners: tuple[str, ...], level: int) -> Node | None:
        """The collection on some lines, or what is left of it."""
        low = self._first_content(low, high)
        if low == high:
            return None
        indent = self._indent_of_block(low, high)
        first = next(index for index in range(low, high) if self._indent(index) == indent)
        margin = self._margin(first)
        is_list = _DASH.match(self._line(first), margin) is not None
        entries = self._entries(low, high, indent, is_list)
        start = self.starts[low] + self._margin(low)
        node = Node(SEQUENCE if is_list else MAPPING, start, 0, items=[])
        sibling = self.starts[first] + margin
        position = looked_at = 0
        while position < len(entries):
            if len(self.broken) >= _MAX_FAULTS:
                rest = self._span(entries[position][0], high)
                self.holes.append((rest.start, rest.end))
                break
            if entries[position][2]:
                position += self._odd_entries(entries, position, indent, is_list, owners, sibling)
                continue
            if position >= looked_at:
                size = self._group_size(entries, position)
                looked_at = position + size
                if size > 1 and self._try(entries[position][0], entries[looked_at - 1][1], node) is None:
                    position = looked_at
                    continue
            position += self._entry(entries, position, node, owners, level)
        node.end = self._span(low, high).end
        if not node.items and not is_list and _KEY_LINE.match(self._line(first), margin) is None:
            return None  # no telling what it was meant to be
        if not is_list:
            self.tree.unusual.append((node, None))
        return node

    def _indent_of_block(self, low: int, high: int) -> int:
        """The column of a block's entries: mostly that of its first line, unless others outnumber it."""
        outermost = self._indent(low)
        counts: dict[int, int] = {}
        for index in range(low, high):
            column = self._indent(index)
            if 0 <= column <= outermost:
                outermost = column
                counts[column] = counts.get(column, 0) + 1
        return max(counts, key=lambda column: (counts[column], column))

    def _group_size(self, entries: list[_Entry], position: int) -> int:
        """How many entries in line are to be tried at once: a parser's start costs more than a short text."""
        limit = min(position + _GROUP, len(entries))
        start = self.starts[entries[position][0]]
        end = position + 1
        while end < limit and not entries[end][2]:
            if self.starts[entries[end][1]] - start > _GROUP_CHARACTERS:
                break
            end += 1
        return end - position

    def _odd_entries(
        self,
        entries: list[_Entry],
        position: int,
        indent: int,
        is_list: bool,
        owners: tuple[str, ...],
        sibling: int,
    ) -> int:
        """Set neighbours aside that are out of line, which have one cause; gives their number."""
        end = position
        while end < len(entries) and entries[end][2]:
            end += 1
        low = entries[position][0]
        reason = self._odd_reason(low, indent, is_list)
        self._set_aside(low, entries[end - 1][1], None, reason, owners, sibling)
        return end - position

    def _odd_reason(self, index: int, indent: int, is_list: bool) -> str:
        if self._indent(index) != indent:
            return "depth"
        return "misplaced-key" if is_list else "misplaced-item"

    def _entries(self, low: int, high: int, indent: int, is_list: bool) -> list[_Entry]:
        """Line ranges of the entries of a block; True for those that cannot belong to it."""
        found: list[_Entry] = []
        start, is_odd, has_begun = low, False, False
        depth = indent  # lines deeper than this belong to the entry
        takes_lists = False
        for index in range(low, high):
            column = self._indent(index)
            if column < 0 or (has_begun and column > depth):
                continue
            line, margin = self._line(index), self._margin(index)
            if line[margin] in "}])" or (column == 0 and _MARKER.match(line)):
                continue
            has_dash = _DASH.match(line, margin) is not None
            if column == indent and has_dash and takes_lists:
                continue  # a list may stand as deep as its key
            if has_begun:
                found.append((start, index, is_odd))
            start, is_odd, has_begun = index, column != indent or has_dash != is_list, True
            holds_lines = _HEADER.match(line) is not None
            takes_lists = holds_lines and not is_odd and not is_list
            # below a line that is indented too little and holds a value, the next entry is in line again
            depth = column if column >= indent or holds_lines else indent
        found.append((start, high, is_odd))
        return found

    def _entry(
        self,
        entries: list[_Entry],
        position: int,
        node: Node,
        owners: tuple[str, ...],
        level: int,
    ) -> int:
        """Add one entry to its collection; gives the number of entries that were one."""
        low, high, _ = entries[position]
        error = self._try(low, high, node)
        if error is None:
            return 1
        if self._is_unclosed(error):
            for joined in range(2, min(_MAX_JOINED, len(entries) - position) + 1):
                if self._try(low, entries[position + joined - 1][1], node) is None:
                    return joined
        if level < _MAX_LEVELS and self._descend(low, high, node, owners, level, error):
            return 1
        if self.starts[high] - self.starts[low] > self.loader.pure_first:
            error = self._try(low, high, node, is_last=True)
        if error is not None:
            self._set_aside(low, high, error, "", owners, node.start)
        return 1

    def _is_unclosed(self, error: Unparsable) -> bool:
        return "quoted scalar" in error.doing or "flow" in error.doing

    def _try(self, low: int, high: int, node: Node, is_last: bool = False) -> Unparsable | None:
        """Parse some lines and add what they hold to a collection; the error where they do not parse.
        PyYAML looks at long texts only where they cannot be cut: `is_last`."""
        shift, end = self.starts[low], self.starts[high]
        self.effort -= end - shift
        if self.effort < 0:
            return self.failure
        if self.replaced:
            fragment = "".join(self._line(index) for index in range(low, high))
        else:
            fragment = self.text[shift:end]
        tree = Tree()
        tree.anchors = self.tree.anchors
        if is_last and self.loader.can_afford(len(fragment)):
            failure = self.loader.load_pure(fragment, tree, shift)
            self.loader.is_crowded |= failure is None
        else:
            failure = self.loader.load(fragment, tree, shift)
        if failure is not None:
            self.failure = failure
            return failure
        root = tree.root
        if root is None:
            return None
        if root.kind != node.kind or root.style or tree.second is not None:
            return _no_entry(shift + root.start)
        self._take(tree, shift)
        assert node.items is not None
        node.items.extend(root.items or ())
        return None

    def _take(self, tree: Tree, shift: int) -> None:
        assert tree.root is not None
        for found in walk(tree.root):
            found.start += shift
            found.end += shift
        for name in ("unusual", "escaped", "numbers", "tagged", "duplicates", "undefined", "recursive"):
            getattr(self.tree, name).extend(getattr(tree, name))
        self.tree.has_aliases |= tree.has_aliases

    def _descend(
        self, low: int, high: int, node: Node, owners: tuple[str, ...], level: int, error: Unparsable
    ) -> bool:
        """Keep what parses inside of an entry; False where the entry cannot be cut."""
        line = self._line(low)
        assert node.items is not None
        if node.kind == SEQUENCE:
            margin = self._margin(low)
            self.replaced[low] = line[:margin] + " " + line[margin + 1 :]
            if self._first_content(low, high) == high or not self._can_cut(low, high):
                self.replaced[low] = line
                return False
            item = self._block(low, high, owners, level + 1)
            if item is not None:
                node.items.append(item)
            return True
        body = self._first_content(low + 1, high)
        if body == high:
            return False
        header = _HEADER.match(line)
        if header is not None:
            return self._descend_key(low, body, high, node, (*owners, header["key"].strip("\"'")), level)
        if _BLOCK_SCALAR.match(line) or self._indent(body) <= self._indent(low) or self._is_unclosed(error):
            return False
        if self._try(low, body, node) is None:  # `key: value` with deeper lines that cannot belong to it
            self._set_aside(body, high, error, "", owners, node.start)
            return True
        return False

    def _can_cut(self, low: int, high: int) -> bool:
        """Whether the lines of a list item look like a mapping or a list of their own."""
        first = self._first_content(low, high)
        line, margin = self._line(first), self._margin(first)
        return _DASH.match(line, margin) is not None or _KEY_LINE.match(line, margin) is not None

    def _descend_key(
        self, low: int, body: int, high: int, node: Node, owners: tuple[str, ...], level: int
    ) -> bool:
        holder = Node(MAPPING, 0, 0, items=[])
        if self._try(low, low + 1, holder) is not None or not holder.items:
            return False
        key = holder.items[0][0]
        value = self._block(body, high, owners, level + 1)
        assert node.items is not None
        if value is not None:
            node.items.append((key, value))
        return True

    def _set_aside(
        self,
        low: int,
        high: int,
        error: Unparsable | None,
        reason: str,
        owners: tuple[str, ...],
        sibling: int,
    ) -> None:
        span = self._span(low, high)
        self.broken.append(Broken(span, error, reason, owners, sibling))
        start = span.start if error is not None else self._end_above(low)
        self.holes.append((start, span.end))

    def _end_above(self, index: int) -> int:
        """The end of the text above a line that is out of line: it may belong to the entry there."""
        above = index - 1
        while above >= 0 and self._indent(above) < 0:
            above -= 1
        return self.starts[index] if above < 0 else self.starts[above] + len(self._line(above).rstrip())


def _no_entry(offset: int) -> Unparsable:
    """What is wrong with a text that is YAML and no entry: a word among keys, a key among list items."""
    failure = Unparsable(ValueError("could not find expected ':'"), 0, offset)
    failure.context = offset
    failure.doing = "while scanning a simple key"
    return failure
