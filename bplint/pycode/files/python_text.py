"""Python text: decoding, parsing, and places of `ast` nodes as code-point offsets."""

from __future__ import annotations

import ast
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from bplint.regex import lazy_pattern
from bplint.source import Source
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_COOKIE: Final = lazy_pattern(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_LINE_END: Final = lazy_pattern(r"\r\n|\r|\n")


def read_python(path: str, content: bytes) -> Source | None:
    """The text of a Python file as PEP 263 says, or None where it cannot be decoded."""
    has_bom = content.startswith(b"\xef\xbb\xbf")
    content = content[3:] if has_bom else content
    encoding = "utf-8"
    for line in content.split(b"\n", 2)[:2]:
        cookie = _COOKIE.match(line)
        if cookie is not None:
            encoding = cookie.group(1).decode("ascii")
            break
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    try:
        return Source(path, content.decode(encoding), encoding, has_bom)
    except (ValueError, LookupError):  # some codecs raise no UnicodeDecodeError
        return None


class PyLines:
    """Lines as Python's own tokenizer counts them (other line separators do not end a line)."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def offset(self, line: int, column_bytes: int) -> int:
        """Offset of `ast`'s line (1-based) and column (0-based, UTF-8 bytes)."""
        if line > len(self._starts):
            return len(self._text)
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        text = self._text[start:end]
        if text.isascii():
            return min(start + column_bytes, end)
        return start + len(text.encode("utf-8", "surrogatepass")[:column_bytes].decode("utf-8", "ignore"))

    def line_span(self, line: int) -> Span:
        """The text of a line without its indentation and its end."""
        index = min(max(line, 1), len(self._starts)) - 1
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        text = self._text[start:end]
        stripped = text.strip()
        begin = start + (len(text) - len(text.lstrip())) if stripped else start
        return Span(begin, begin + len(stripped))

    def span(self, node: ast.AST) -> Span:
        """The whole text of a node."""
        place: Any = node
        start = self.offset(place.lineno, place.col_offset)
        return Span(start, self.offset(place.end_lineno, place.end_col_offset))

    def header_span(self, node: ast.AST) -> Span:
        """The name in a `def` or `class` line; the whole node for anything else."""
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return self.span(node)
        start = self.offset(node.lineno, node.col_offset)
        match = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)").match(self._text, start)
        return Span(*match.span(1)) if match else self.line_span(node.lineno)


class Unparsed:
    """Why a text is no Python: `line` and `column` (1-based, code points) of the place, the reason in
    Python's words, and whether the line is Python 2."""

    __slots__ = ("column", "is_python2", "line", "reason")

    def __init__(self, line: int, column: int, reason: str, is_python2: bool) -> None:
        self.line = line
        self.column = column
        self.reason = reason
        self.is_python2 = is_python2


@contextmanager
def without_warnings() -> Iterator[None]:
    """Python warns of odd escapes while it parses; in somebody else's strings they are no business of ours.
    Entered once around many texts: each time costs as much as a small file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def parse(text: str) -> ast.Module | Unparsed:
    """The syntax tree of a Python text; callers are `without_warnings`."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        return _unparsed(text, error)
    except (ValueError, RecursionError, MemoryError) as error:
        return Unparsed(1, 1, str(error) or "nested too deeply", False)


_PYTHON2: Final = lazy_pattern(
    r"""^\s*print\s+[^\s(=.,\[]|^\s*print\s*$|^\s*print\s*>>|^\s*except\s+[\w.()\s,]+,\s*\w+\s*:"""
    r"""|^\s*raise\s+[\w.]+\s*,|^\s*exec\s+["'\w]|`[^`]+`|<>|\b0[0-7]+\b|\b\d+[lL]\b|\b[uU][rR]["']""",
)


def _unparsed(text: str, error: SyntaxError) -> Unparsed:
    line = max(error.lineno or 1, 1)
    column = max(error.offset or 1, 1)
    lines = _LINE_END.split(text)
    written = lines[line - 1] if line <= len(lines) else ""
    reason = (error.msg or "invalid syntax").split("\n", 1)[0]
    is_python2 = bool(_PYTHON2.search(written)) or reason.startswith(
        ("Missing parentheses in call to", "multiple exception types must be", "leading zeros in decimal"),
    )
    return Unparsed(line, column, reason, is_python2)


def is_never_true(test: ast.expr) -> bool:
    """Whether an `if` test is false at run time: `TYPE_CHECKING`, False or 0."""
    if isinstance(test, ast.Name):
        return test.id == "TYPE_CHECKING"
    if isinstance(test, ast.Attribute):
        return test.attr == "TYPE_CHECKING"
    return isinstance(test, ast.Constant) and not test.value
