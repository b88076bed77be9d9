"""What a fix would write, shown under the diagnostic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.edit import apply_edits
from bplint.terminal.colors import FRAME_COLOR, styler
from bplint.terminal.terminal_text import clipped, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.edit import Fix
    from bplint.report import ReportOptions
    from bplint.source import Source

_MAX_LINES: Final = 6  # of a preview; --diff shows the rest


def preview(fix: Fix, sources: Mapping[str, Source], options: ReportOptions, gutter: int) -> list[str]:
    """The lines as they would be, or those that would go; nothing for a fix of several files or of many
    lines, which --diff shows."""
    paths = {edit.path for edit in fix.edits}
    source = sources.get(fix.edits[0].path) if len(paths) == 1 else None
    if source is None:
        return []
    lines = source.lines
    first = lines.position(min(edit.span.start for edit in fix.edits))[0]
    last = lines.position(max(edit.span.end for edit in fix.edits))[0]
    start, end = lines.line_span(first).start, lines.line_span(last).end
    before = source.text[start:end]
    after = apply_edits(source.text, list(fix.edits))
    after = after[start : len(after) - (len(source.text) - end)]
    taken, put = _changed(before.splitlines(), after.splitlines())
    if not (taken or put) or len(taken) + len(put) > _MAX_LINES:
        return []
    style = styler(options.color)
    room = options.width - gutter - 3
    # what is taken away is in the excerpt above; only where nothing comes in its place it is said again
    sign, color, shown = ("+", "green", put) if put else ("-", "red", taken)
    found = []
    for index, line in shown:
        number = style(f"{first + index:>{gutter}}", fg=FRAME_COLOR)
        text = f"{sign} {clipped(visible(line), room)}".rstrip()
        found.append(f"{number} {style(text, fg=color)}")
    return found


def _changed(before: list[str], after: list[str]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Lines that differ, with their index, less what the two have in common at both ends."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    taken = list(enumerate(before))[head : len(before) - tail]
    put = list(enumerate(after))[head : len(after) - tail]
    return taken, put
