"""The two event streams: libyaml's, which is fast, and PyYAML's own, which has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yaml.error import MarkedYAMLError, YAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from bplint.syntax.scalars import KNOWN_TAGS
from bplint.syntax.tree_builder import LimitError, Tree, build

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
PURE_FIRST: Final = 2_000


class _PureParser(Reader, Scanner, Parser):
    """PyYAML's own parser without composer, resolver and constructor."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


class Unparsable:
    """Why a text cannot be parsed: PyYAML's words, and offsets into the parsed text.

    Data and no exception: exceptions keep the frames that they went through, and the texts in them.

    offset      where it was noticed
    context     where the construct begins that could not be finished, or None
    is_scanner  it comes from the scanner, whose errors the reference parser lets through as they are
    """

    __slots__ = ("context", "doing", "is_scanner", "offset", "problem")

    def __init__(self, error: Exception, length: int, shift: int = 0) -> None:
        self.is_scanner = type(error).__name__ != "ParserError"
        self.problem = str(error)
        self.doing = ""
        self.offset = shift
        self.context: int | None = None
        if isinstance(error, MarkedYAMLError):
            self.problem = error.problem or str(error)
            self.doing = error.context or ""
            mark = error.problem_mark or error.context_mark
            self.offset += min(mark.index, length) if mark else 0
            if error.context_mark is not None:
                self.context = min(error.context_mark.index, length) + shift


class Loader:
    """Builds trees from texts of one file; keeps account of what PyYAML's slow scanner may still cost.

    is_crowded  PyYAML took something that libyaml refused
    pure_first  longer texts that libyaml refuses are cut first, so that PyYAML looks at little
    """

    __slots__ = ("budget", "is_crowded", "pure_first")

    def __init__(self, pure_first: int = PURE_FIRST) -> None:
        self.budget = PURE_BUDGET
        self.is_crowded = False
        self.pure_first = pure_first

    def load(self, text: str, tree: Tree, shift: int = 0) -> Unparsable | None:
        """Fill `tree`; why not where that fails, with offsets plus `shift`. May raise LimitError.

        Where it fails, only the anchors of earlier texts are left in the tree.
        """
        anchors = len(tree.anchors)
        failure = _attempt(_fast_events, text, tree, shift)
        if failure is None and not _may_be_read_otherwise(tree, text):
            return None
        # libyaml refuses it, or has tags or byte order marks to read, where it differs in small ways
        is_worth_cutting = failure is not None and len(text) > self.pure_first
        if is_worth_cutting or not self.can_afford(len(text)):
            return failure
        _forget(tree, anchors)
        verdict = self.load_pure(text, tree, shift)
        self.is_crowded |= failure is not None and verdict is None
        return verdict

    def load_pure(self, text: str, tree: Tree, shift: int = 0) -> Unparsable | None:
        """The same by PyYAML's own parser, whatever it costs."""
        _forget(tree, len(tree.anchors))
        return _attempt(_pure_events, text, tree, shift)

    def can_afford(self, length: int) -> bool:
        """Whether PyYAML's own parser may still look at so many characters; they are then spent."""
        if length > PURE_MAX or length > self.budget:
            return False
        self.budget -= length
        return True


def _may_be_read_otherwise(tree: Tree, text: str) -> bool:
    """Whether tags or byte order marks inside of a text make PyYAML's verdict worth its time. A tag that
    nobody knows needs no second opinion."""
    if tree.tagged:
        return all(node.tag in KNOWN_TAGS for node in tree.tagged)
    return "\ufeff" in text


def _attempt(
    events: Callable[[str], Callable[[], Any]], text: str, tree: Tree, shift: int
) -> Unparsable | None:
    anchors = len(tree.anchors)
    try:
        build(events(text), text, tree)
    except (YAMLError, ValueError, OverflowError) as error:  # the latter two: `"\\UFFFFFFFF"` in PyYAML
        _forget(tree, anchors)
        return Unparsable(error, len(text), shift)
    except LimitError as error:
        _forget(tree, anchors)
        raise LimitError(error.kind, error.offset + shift) from None
    return None


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
