"""The two event streams: libyaml's, which is fast, and PyYAML's own, which has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yaml.error import MarkedYAMLError, YAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from bplint.syntax.build import LimitError, Tree, build

if TYPE_CHECKING:
    from collections.abc import Callable

CParser: Any
try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml: its own parser does all the work
    CParser = None

# PyYAML's scanner needs about 25 times as long as libyaml: what one file may cost, in characters
PURE_BUDGET: Final = 1_500_000
PURE_MAX: Final = 300_000


class _PureParser(Reader, Scanner, Parser):
    """PyYAML's own parser without composer, resolver and constructor."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


class UnparsableError(Exception):
    """Why a text cannot be parsed: PyYAML's words, and offsets into the parsed text.

    offset   where it was noticed
    context  where the construct begins that could not be finished, or None
    """

    def __init__(self, error: Exception, length: int) -> None:
        super().__init__(str(error))
        self.is_scanner = type(error).__name__ != "ParserError"
        self.problem = str(error)
        self.doing = ""
        self.offset = 0
        self.context: int | None = None
        if isinstance(error, MarkedYAMLError):
            self.problem = error.problem or str(error)
            self.doing = error.context or ""
            mark = error.problem_mark or error.context_mark
            self.offset = min(mark.index, length) if mark else 0
            if error.context_mark is not None:
                self.context = min(error.context_mark.index, length)


class Loader:
    """Builds trees from texts of one file; keeps account of what PyYAML's slow scanner may still cost."""

    __slots__ = ("budget", "crowded")

    def __init__(self) -> None:
        self.budget = PURE_BUDGET
        self.crowded: list[int] = []  # where libyaml alone refuses what PyYAML takes

    def load(self, text: str, tree: Tree, shift: int = 0) -> None:
        """Fill `tree`. Raises UnparsableError or LimitError; only earlier anchors are then left."""
        anchors = len(tree.anchors)
        try:
            build(_fast_events(text), text, tree)
        except YAMLError as error:
            _forget(tree, anchors)
            self._load_again(text, tree, UnparsableError(error, len(text)), shift)
            return
        except LimitError:
            _forget(tree, anchors)
            raise
        if tree.tagged or "\ufeff" in text:
            # tags and byte order marks inside of the text: too many small differences to name them
            _forget(tree, anchors)
            self._load_again(text, tree, None, shift)

    def load_pure(self, text: str, tree: Tree) -> None:
        """Fill `tree` by PyYAML's own parser, whatever it costs."""
        anchors = len(tree.anchors)
        try:
            build(_pure_events(text), text, tree)
        except (YAMLError, ValueError, OverflowError) as error:
            _forget(tree, anchors)
            raise UnparsableError(error, len(text)) from error
        except LimitError:
            _forget(tree, anchors)
            raise

    def can_afford(self, length: int) -> bool:
        """Whether PyYAML's own parser may still look at so many characters; they are then spent."""
        if length > PURE_MAX or length > self.budget:
            return False
        self.budget -= length
        return True

    def _load_again(self, text: str, tree: Tree, fault: UnparsableError | None, shift: int) -> None:
        if self.can_afford(len(text)):
            self.load_pure(text, tree)
            if fault is not None:
                self.crowded.append(fault.offset + shift)
        elif fault is not None:
            raise fault
        else:
            build(_fast_events(text), text, tree)


def _forget(tree: Tree, anchors: int) -> None:
    """Take back what a failed attempt noted; the anchors of earlier texts stay."""
    while len(tree.anchors) > anchors:
        tree.anchors.popitem()
    for noted in (tree.unusual, tree.escaped, tree.numbers, tree.tagged, tree.duplicates):
        noted.clear()
    tree.undefined.clear()
    tree.recursive.clear()
    tree.root = tree.second = None


def _fast_events(text: str) -> Callable[[], Any]:
    parser = _PureParser(text) if CParser is None else CParser(text)
    get_event: Callable[[], Any] = parser.get_event
    return get_event


def _pure_events(text: str) -> Callable[[], Any]:
    get_event: Callable[[], Any] = _PureParser(text).get_event
    return get_event
