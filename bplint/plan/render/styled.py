"""Lines for a terminal: pieces with styles, wrapped below their own beginning, with links to code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.record import Record
from bplint.terminal.terminal_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bplint.plan.durations import PlanSchedule
    from bplint.plan.plan import CodePlace

_STYLES: Final[dict[str, dict[str, object]]] = {
    "head": {"bold": True},
    "name": {"bold": True},
    "state": {"fg": "blue"},
    "quiet": {"dim": True},
    "good": {"fg": "green", "bold": True},
    "bad": {"fg": "red", "bold": True},
    "doubtful": {"fg": "yellow"},
}
_HANGING: Final = 4


class PlanView(Record):
    """How a plan is shown as text.

    color, width  of the terminal; 0: lines are not wrapped
    is_linked     places in code are links, for terminals
    is_all        nothing is folded and nothing cut
    depth         1: what begins at the margin, 2: with its operations, 3: and states, 4: and inputs; None: as
                  much as fits
    only          nodes or node instances; empty: all
    folder        what paths of code begin at, for links
    is_verbose    a sweep with all that it found
    schedule      the plan with assumed durations
    """

    color: bool = False
    width: int = 0
    is_linked: bool = False
    is_all: bool = False
    depth: int | None = None
    only: tuple[str, ...] = ()
    folder: str = ""
    is_verbose: bool = False
    schedule: PlanSchedule | None = None


class Line:
    """An indented line: `pieces` of text, with their styles by name and the places in code they link to."""

    __slots__ = ("indent", "pieces")

    def __init__(self, indent: int, text: str = "", style: str = "", place: CodePlace | None = None) -> None:
        self.indent = indent
        self.pieces: list[tuple[str, str, CodePlace | None]] = []
        self.add(text, style, place)

    def add(self, text: str, style: str = "", place: CodePlace | None = None) -> Line:
        """The line with more text at its end."""
        if text:
            self.pieces.append((visible(text), style, place))
        return self


def write_lines(lines: Iterable[Line], view: PlanView) -> str:
    """The lines as one text that ends with a line break."""
    style = _styler(view)
    return "".join(f"{written}\n" for line in lines for written in _written(line, view, style))


def _styler(view: PlanView) -> Callable[[str, str, CodePlace | None], str]:
    if not view.color:
        return lambda text, _name, _place: text
    from click import style  # there in every command, but not for callers of the Python interface

    def styled(text: str, name: str, place: CodePlace | None) -> str:
        found = style(text, **_STYLES[name]) if name else text  # type: ignore[arg-type]
        if place is not None and view.is_linked:
            import os

            target = os.path.abspath(os.path.join(view.folder, place.path))
            found = f"\x1b]8;;file://{target}#{place.line}\x1b\\{found}\x1b]8;;\x1b\\"
        return found

    return styled


def _written(line: Line, view: PlanView, style: Callable[[str, str, CodePlace | None], str]) -> Iterable[str]:
    room = view.width - line.indent if view.width else 0
    start = " " * line.indent
    length = sum(len(text) for text, _, _ in line.pieces)
    if not line.pieces:
        yield ""
    elif not room or length <= room or room < 30:
        yield (start + "".join(style(*piece) for piece in line.pieces)).rstrip()
    else:
        yield from _wrapped(line, room, start, style)


def _wrapped(
    line: Line, room: int, start: str, style: Callable[[str, str, CodePlace | None], str]
) -> Iterable[str]:
    """Lines of words; a word longer than the room has a line of its own."""
    found, used, before = "", 0, 0  # `before`: spaces that the last piece ends with
    for text, name, place in line.pieces:
        for index, (word, gap) in enumerate(_words(text)):
            gap += 0 if index else before
            if used and used + gap + len(word) > room:
                yield start + found
                if used and len(start) == line.indent:
                    start, room = start + " " * _HANGING, room - _HANGING
                found, used, gap = "", 0, 0
            found += " " * gap + style(word, name, place)
            used += gap + len(word)
        before = len(text) - len(text.rstrip(" "))
    yield start + found


def _words(text: str) -> Iterable[tuple[str, int]]:
    """The words and how many spaces come before each."""
    gap = 0
    for part in text.split(" "):
        if part:
            yield part, gap
            gap = 1
        else:
            gap += 1
