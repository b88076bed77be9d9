"""Excerpts of a source with the marked places underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.record import Record
from bplint.terminal.colors import FRAME_COLOR
from bplint.terminal.terminal_text import Window, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bplint.source import Source
    from bplint.span import Span

_PARENT_LINES: Final = 200  # how far up the line that a place belongs to is looked for
_MIN_WIDTH: Final = 20


class Mark(Record):
    """A place to underline; `sign` is '^' for the fault itself and '-' for what belongs to it."""

    span: Span
    sign: str
    color: str
    label: str = ""


class _Row(Record):
    start: int
    end: int
    mark: Mark
    label: str


class Frame:
    """The lines of one source that hold the marks, and the line each fault's line is indented under."""

    __slots__ = ("_rows", "source")

    def __init__(self, source: Source, marks: Sequence[Mark], *, has_parent: bool = True) -> None:
        self.source = source
        self._rows: dict[int, list[_Row]] = {}
        for mark in marks:
            self._add(mark)
        if has_parent and marks:
            first = source.lines.position(marks[0].span.start)[0]
            parent = self._parent_of(first)
            if parent:
                self._rows.setdefault(parent, [])
            self._add_line_after(marks[0])

    def _add(self, mark: Mark) -> None:
        lines = self.source.lines
        first, _ = lines.position(mark.span.start)
        last, _ = lines.position(max(mark.span.end - 1, mark.span.start))
        if first == last:
            end = min(mark.span.end, lines.line_span(first).end)
            self._put(first, mark.span.start, end, mark, mark.label)
            return
        self._put(first, mark.span.start, lines.line_span(first).end, mark, "")
        line = lines.line_span(last)
        text = self.source.text[line.start : line.end]
        begin = line.start + len(text) - len(text.lstrip())
        self._put(last, begin, min(mark.span.end, line.end), mark, mark.label)

    def _put(self, line: int, start: int, end: int, mark: Mark, label: str) -> None:
        self._rows.setdefault(line, []).append(_Row(start, end, mark, label))

    def _parent_of(self, line: int) -> int | None:
        """The nearest line above that is indented less, comments and blank lines aside."""
        own = self._indentation(line)
        if not own:
            return None
        for above in range(line - 1, max(line - _PARENT_LINES, 0), -1):
            found = self._indentation(above)
            if found is not None and found < own:
                return above
        return None

    def _add_line_after(self, mark: Mark) -> None:
        """The line behind the fault's, where it has text: a reader sees where the fault stands."""
        last = self.source.lines.position(max(mark.span.end - 1, mark.span.start))[0]
        if last < len(self.source.lines.starts) and self._indentation(last + 1) is not None:
            self._rows.setdefault(last + 1, [])

    def _indentation(self, line: int) -> int | None:
        span = self.source.lines.line_span(line)
        text = self.source.text[span.start : span.end]
        stripped = text.lstrip()
        return None if not stripped or stripped.startswith("#") else len(text) - len(stripped)

    @property
    def last_line(self) -> int:
        return max(self._rows)

    def lines(self, style: Callable[..., str], gutter: int, width: int) -> list[str]:
        """The frame; `gutter` is the columns of the line numbers, `width` those of everything."""
        room = max(width - gutter - 3, _MIN_WIDTH)
        edge = style(" " * gutter + " |", fg=FRAME_COLOR)
        found = [edge]
        previous = None
        for line in sorted(self._rows):
            if previous is not None and line == previous + 2:
                found += self._source_lines(line - 1, style, gutter, room)
            elif previous is not None and line > previous + 1:
                found.append(style(" " * gutter + " :", fg=FRAME_COLOR))
            found += self._source_lines(line, style, gutter, room)
            previous = line
        return found

    def _source_lines(self, line: int, style: Callable[..., str], gutter: int, room: int) -> list[str]:
        rows = self._rows.get(line, [])
        span = self.source.lines.line_span(line)
        text = self.source.text[span.start : span.end].rstrip()
        start = rows[0].start - span.start if rows else 0
        end = rows[0].end - span.start if rows else 0
        window = Window(text, min(start, len(text)), min(max(end, start), len(text)), room)
        found = [f"{style(f'{line:>{gutter}} |', fg=FRAME_COLOR)} {window.text}".rstrip()]
        for row in rows:
            found += _underline(row, span.start, window, style, gutter, room)
        return found


def _underline(
    row: _Row, origin: int, window: Window, style: Callable[..., str], gutter: int, room: int
) -> list[str]:
    edge = style(" " * gutter + " |", fg=FRAME_COLOR)
    first = window.column(row.start - origin)
    length = max(window.column(row.end - origin) - first, 1)
    paint = {"fg": row.mark.color, "bold": row.mark.sign == "^"}
    signs = style(row.mark.sign * length, **paint)
    label = visible(row.label)
    if not label:
        return [f"{edge} {' ' * first}{signs}"]
    if first + length + 1 + len(label) <= room:
        return [f"{edge} {' ' * first}{signs} {style(label, **paint)}"]
    indent = min(first, max(room - len(label), 0))
    return [f"{edge} {' ' * first}{signs}", f"{edge} {' ' * indent}{style(label, **paint)}"]
