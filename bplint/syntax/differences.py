"""Text that libyaml takes and PyYAML's own scanner refuses: the manager's parser has the last word.

The differences that fuzzing found are few, and each can be told from the tree that libyaml gave, so that
no text needs to be parsed twice: tabs outside of comments and quotes, a comment that touches the header
of a block scalar, and '?' in unquoted text inside of brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from bplint.span import Span
from bplint.syntax.build import LimitError, Tree
from bplint.syntax.events import SyntaxFault
from bplint.syntax.explain import PARSER_ERROR, SCANNER_ERROR, tab_details
from bplint.syntax.tree import SCALAR, walk

if TYPE_CHECKING:
    from bplint.syntax.checks import Findings
    from bplint.syntax.events import Loader
    from bplint.syntax.tree import Node

_HEADER_COMMENT: Final = re.compile(r"[|>](?:[-+][1-9]?|[1-9][-+]?)?(?=#)")
_TABS: Final = re.compile(r"\t+")
_MAX_FAULTS: Final = 100


def check_differences(tree: Tree, text: str, loader: Loader, findings: Findings) -> None:
    """Faults for what only libyaml accepts. The tree is kept: it says what was meant."""
    if tree.root is None:
        return
    if "\t" in text:
        _check_tabs(tree.root, text, findings)
    if "#" in text and _HEADER_COMMENT.search(text):
        _check_headers(tree.root, text, findings)
    if "?" in text and ("{" in text or "[" in text):
        _check_question_marks(tree.root, text, loader, findings)


def _check_tabs(root: Node, text: str, findings: Findings) -> None:
    scalars = [node for node in walk(root) if node.kind == SCALAR and node.end > node.start]
    starts = [node.start for node in scalars]
    line_end = -1
    count = 0
    for found in _TABS.finditer(text):
        if found.start() < line_end:
            continue  # one fault a line
        at = bisect_right(starts, found.start()) - 1
        if at >= 0 and scalars[at].end > found.start() and scalars[at].style != "":
            continue
        if _is_in_comment(text, found.start(), scalars, starts):
            continue
        line_end = text.find("\n", found.start())
        line_end = len(text) if line_end < 0 else line_end
        findings.add("tab-character", Span(*found.span()), SCANNER_ERROR, **tab_details(text, *found.span()))
        count += 1
        if count == _MAX_FAULTS:
            return


def _is_in_comment(text: str, offset: int, scalars: list[Node], starts: list[int]) -> bool:
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    while True:
        start = text.find("#", start, offset)
        if start < 0:
            return False
        at = bisect_right(starts, start) - 1
        is_text = at >= 0 and scalars[at].end > start
        if not is_text and (start == 0 or text[start - 1] in " \t\r\n\"'[]{},\x85\u2028\u2029"):
            return True
        start += 1


def _check_headers(root: Node, text: str, findings: Findings) -> None:
    headers = {node.start for node in walk(root) if node.kind == SCALAR and node.style in ("|", ">")}
    for found in _HEADER_COMMENT.finditer(text):
        if found.start() in headers:
            span = Span(found.end(), found.end() + 1)
            findings.add("tight-comment", span, SCANNER_ERROR, insert=found.end())


def _check_question_marks(root: Node, text: str, loader: Loader, findings: Findings) -> None:
    """PyYAML's scanner alone can say which of them it takes for the start of a key."""
    for span in _outermost_flows(root):
        fragment = text[span.start : span.end]
        if "?" not in fragment or not loader.can_afford(len(fragment)):
            continue
        try:
            loader.load_pure(fragment, Tree())
        except SyntaxFault as error:
            start = min(span.start + error.offset, span.end - 1)
            reference = SCANNER_ERROR if error.is_scanner else PARSER_ERROR
            findings.add("bare-question-mark", Span(start, start + 1), reference)
        except LimitError:
            continue


def _outermost_flows(root: Node) -> list[Span]:
    found: list[Span] = []
    for node in walk(root):
        if node.style == "{" and (not found or node.start >= found[-1].end):
            found.append(node.span)
    return found
