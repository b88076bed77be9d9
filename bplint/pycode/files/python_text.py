"""Python text: decoding, parsing, and places of `ast` nodes as code-point offsets."""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from bplint.regex import lazy_pattern
from bplint.source import Source
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    """Lines as Python's own tokenizer counts them (other line separators do not end a line).

    `edits` are those that made the text that was parsed of this one (`python2.as_python3`), none of which
    reaches over a line's end: columns are brought back.
    """

    __slots__ = ("_edits", "_starts", "_text")

    def __init__(self, text: str, edits: Iterable[tuple[int, int, str]] = ()) -> None:
        self._text = text
        self._edits: dict[int, list[tuple[int, int, str]]] = {}  # line → its edits
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        for edit in edits:
            line = bisect_right(self._starts, edit[0])
            self._edits.setdefault(line, []).append(edit)

    def offset(self, line: int, column_bytes: int) -> int:
        """Offset of `ast`'s line (1-based) and column (0-based, UTF-8 bytes)."""
        if line > len(self._starts):
            return len(self._text)
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        text = self._text[start:end]
        if line in self._edits:
            column_bytes = self._before_edits(line, column_bytes)
        if text.isascii():
            return min(start + column_bytes, end)
        return start + len(text.encode("utf-8", "surrogatepass")[:column_bytes].decode("utf-8", "ignore"))

    def _before_edits(self, line: int, column_bytes: int) -> int:
        """The column that a column of the edited text had."""
        start = self._starts[line - 1]
        shift = 0  # of what stands behind an edit
        for first, last, instead in self._edits[line]:
            begin = len(self._text[start:first].encode("utf-8", "surrogatepass"))
            end = begin + len(self._text[first:last].encode("utf-8", "surrogatepass"))
            if column_bytes < begin + shift:
                break
            if column_bytes < begin + shift + len(instead):
                return min(column_bytes - shift, end)
            shift += len(instead) - (end - begin)
        return column_bytes - shift

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
    """Why a text is no Python 3: `line` and `column` (1-based, code points) of the place, the reason in
    Python's words, and whether the text, or at least its line, is Python 2. `tree` is its syntax as far as
    Python 3 has it, and `edits` what had to be written anew for that; None where it is no Python 2 either."""

    __slots__ = ("column", "edits", "is_python2", "line", "reason", "text", "tree")

    def __init__(self, line: int, column: int, reason: str, is_python2: bool) -> None:
        self.line = line
        self.column = column
        self.reason = reason
        self.is_python2 = is_python2
        self.tree: ast.Module | None = None
        self.edits: list[tuple[int, int, str]] = []
        self.text = ""  # what the tree was made of


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
        unparsed = _unparsed(text, error)
        _read_as_python2(text, unparsed)
        return unparsed
    except (ValueError, RecursionError, MemoryError) as error:
        return Unparsed(1, 1, str(error) or "nested too deeply", False)


def compile_error(tree: ast.Module, path: str) -> Unparsed | None:
    """What only the compiler refuses of a text that parses: `return` outside of a function, an argument that
    is there twice, a late `__future__`. Nothing is run."""
    try:
        compile(tree, path or "<module>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return Unparsed(error.lineno or 1, max(error.offset or 1, 1), error.msg or "invalid syntax", False)
    except (ValueError, RecursionError, MemoryError):
        return None  # more than this Python can take
    return None


def _read_as_python2(text: str, unparsed: Unparsed) -> None:
    # only old code, or wrong code, pays for it
    from bplint.pycode.files.python2 import as_python3

    written = as_python3(text)
    if written is None:
        return
    try:
        unparsed.tree = ast.parse(written[0])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    unparsed.text, unparsed.edits = written
    unparsed.is_python2 = True


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
