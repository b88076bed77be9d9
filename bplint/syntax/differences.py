"""Text that libyaml takes and PyYAML's own scanner refuses: the manager's parser has the last word.

The differences that fuzzing found are few, and each can be told from the tree that libyaml gave, so that
no text needs to be parsed twice: tabs outside of comments and quotes, a comment that touches the header
of a block scalar, and '?' in unquoted text inside of brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.later import later
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.explain import PARSER_ERROR, SCANNER_ERROR, tab_fault
from bplint.syntax.scalar_index import ScalarIndex, line_end, line_start
from bplint.syntax.tree import SCALAR, walk
from bplint.syntax.tree_builder import Tree

if TYPE_CHECKING:
    from bplint.source import Source
    from bplint.syntax import syntax_faults as kinds
    from bplint.syntax.checks import SyntaxFindings
    from bplint.syntax.parser_events import Loader
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.syntax.syntax_faults")

_HEADER_COMMENT: Final = lazy_pattern(r"[|>](?:[-+][1-9]?|[1-9][-+]?)?(?=#)")
_TABS: Final = lazy_pattern(r"\t+")


def check_differences(tree: Tree, source: Source, loader: Loader, findings: SyntaxFindings) -> None:
    """Faults for what only libyaml accepts. The tree is kept: it says what was meant."""
    if tree.root is not None:
        _check_tabs(tree.root, source, findings)
        _check_headers(tree.root, source.text, findings)
        _check_question_marks(tree.root, source.text, loader, findings)


def _check_tabs(root: Node, source: Source, findings: SyntaxFindings) -> None:
    """One fault a line for the tabs that are in no comment, no quotes and no block scalar."""
    index = ScalarIndex(root)
    text = source.text
    found = _TABS.search(text)
    while found is not None and not findings.is_full(kinds.TabCharacter):
        start, end = found.span()
        behind = _legal_until(source, start, index)
        if behind < 0:
            behind = _set_aside_until(source, start, findings)
        if behind < 0:
            findings.keep(tab_fault(source, start, end).moved_to(SCANNER_ERROR))
            behind = line_end(text, start)
        found = _TABS.search(text, max(behind, end))


def _set_aside_until(source: Source, offset: int, findings: SyntaxFindings) -> int:
    """The end of the block set aside that an offset lies in, its indentation included; -1 for none."""
    ends = [end for start, end in findings.holes if line_start(source, start) <= offset < end]
    return max(ends, default=-1)


def _legal_until(source: Source, offset: int, index: ScalarIndex) -> int:
    """The end of the quotes, block scalar or comment around a tab; -1 where there is none."""
    text = source.text
    scalar = index.scalar_at(offset)
    if scalar is not None and scalar.style != "":
        is_header = scalar.style in ("|", ">") and offset < line_end(text, scalar.start)
        if not is_header:
            return scalar.end
    start = text.find("#", line_start(source, offset), offset)
    while start >= 0:
        if index.begins_comment(text, start):
            return line_end(text, offset)
        start = text.find("#", start + 1, offset)
    return -1


def _check_headers(root: Node, text: str, findings: SyntaxFindings) -> None:
    headers = {node.start for node in walk(root) if node.kind == SCALAR and node.style in ("|", ">")}
    for found in _HEADER_COMMENT.finditer(text):
        if found.start() in headers:
            span = Span(found.end(), found.end() + 1)
            findings.add(kinds.TightComment, span, reference=SCANNER_ERROR, insert=found.end())


def _check_question_marks(root: Node, text: str, loader: Loader, findings: SyntaxFindings) -> None:
    """PyYAML's scanner alone can say which of them it takes for the start of a key."""
    for span in _outermost_flows(root):
        fragment = text[span.start : span.end]
        if "?" not in fragment or not loader.can_afford(len(fragment)):
            continue
        failure = loader.load_pure(fragment, Tree(), span.start)
        if failure is not None:
            start = min(failure.offset, span.end - 1)
            reference = SCANNER_ERROR if failure.is_scanner else PARSER_ERROR
            findings.add(kinds.BareQuestionMark, Span(start, start + 1), reference=reference)


def _outermost_flows(root: Node) -> list[Span]:
    found: list[Span] = []
    for node in walk(root):
        if node.style == "{" and (not found or node.start >= found[-1].end):
            found.append(node.span)
    return found
