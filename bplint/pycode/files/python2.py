"""Python 2 text as Python 3 reads it: statements that Python 3 dropped are written anew, and whether that
parses says whether the text is Python 2. Only what is needed to read it: what such a statement does is lost.

Facts: the grammar of Python 2.7 (print, exec, raise and except statements, backticks, `<>`, octal and long
numbers, `ur''`, tabs that count to the next multiple of eight).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LENGTH: Final = 400_000
_TOKEN: Final = lazy_pattern(
    r"""(?P<comment>\#[^\r\n]*)"""
    r"""|(?P<string>[bBuUrR]{0,2}(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"""
    r"""|"(?:[^"\\\r\n]|\\(?:\r\n|.))*"|'(?:[^'\\\r\n]|\\(?:\r\n|.))*'))"""
    r"""|(?P<name>[^\W\d]\w*)"""
    r"""|(?P<number>(?:0[xX][0-9a-fA-F]+|0[bB][01]+|\d*\.\d+(?:[eE][-+]?\d+)?|\d+\.?(?:[eE][-+]?\d+)?)[lLjJ]?)"""
    r"""|(?P<join>\\(?:\r\n|\r|\n))"""
    r"""|(?P<end>\r\n|\r|\n)"""
    r"""|(?P<space>[ \t\f]+)"""
    r"""|(?P<sign><>|>>=?|<<=?|\*\*=?|//=?|[-+*/%&|^=!<>]=|.)""",
    re.DOTALL,
)
_NEW_WORDS: Final = frozenset(("async", "await"))

Edit = tuple[int, int, str]  # start, end, instead


class Token:
    """A piece of text: kind and text, where it starts, and the depth of brackets around it."""

    __slots__ = ("depth", "kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int, depth: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.depth = depth

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def as_python3(text: str) -> tuple[str, list[Edit]] | None:
    """The text with what only Python 2 knows written anew, and the edits made; None where there is nothing
    of that kind. That the outcome parses is the caller's to find out."""
    if len(text) > MAX_LENGTH:
        return None
    edits: list[Edit] = []
    for statement in _statements(text):
        edits += _edits_of(statement)
    edits += _tab_edits(text)
    if not edits:
        return None
    edits.sort()
    parts: list[str] = []
    done = 0
    for start, end, instead in edits:
        if start < done:
            return None
        parts += (text[done:start], instead)
        done = end
    parts.append(text[done:])
    return "".join(parts), edits


def _tokens(text: str) -> Iterator[Token]:
    depth = 0
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "sign", match.group()
        if kind == "sign" and piece in ")]}":
            depth = max(depth - 1, 0)
        yield Token(kind, piece, match.start(), depth)
        if kind == "sign" and piece in "([{":
            depth += 1


def _statements(text: str) -> Iterator[list[Token]]:
    """Simple statements and the heads of compound ones: what stands between line ends, `;` and the `:` of a
    head, without space and comments."""
    found: list[Token] = []
    for token in _tokens(text):
        if token.kind in ("space", "comment", "join") or (token.kind == "end" and token.depth):
            continue
        if token.kind == "end" or (token.text == ";" and not token.depth):
            if found:
                yield found
            found = []
            continue
        found.append(token)
        if token.text == ":" and not token.depth and not any(t.text == "lambda" for t in found):
            yield found
            found = []
    if found:
        yield found


def _edits_of(tokens: list[Token]) -> Iterator[Edit]:
    first = tokens[0]
    second = tokens[1] if len(tokens) > 1 else None
    if first.kind == "name" and second is not None:
        if first.text in ("print", "exec") and _starts_operand(second):
            yield first.start, first.end, "None,"
        elif first.text == "raise":
            for token in tokens:
                if token.text == "," and not token.depth:
                    yield token.start, token.end, ";"
        elif first.text == "except":
            commas = [token for token in tokens if token.text == "," and not token.depth]
            if len(commas) == 1:
                yield commas[0].start, commas[0].end, " as "
    for index, token in enumerate(tokens):
        yield from _word_edits(tokens, index, token)


def _starts_operand(token: Token) -> bool:
    """Whether what follows `print` or `exec` makes it a statement: a call, an assignment or an attribute
    is Python 3 as well."""
    return token.kind in ("name", "string", "number") and token.text not in (
        "in",
        "is",
        "and",
        "or",
        "if",
        "not",
    )


def _word_edits(tokens: list[Token], index: int, token: Token) -> Iterator[Edit]:
    if token.text == "`":
        before = sum(1 for each in tokens[:index] if each.text == "`")
        yield token.start, token.end, ")" if before % 2 else "("
    elif token.text == "<>":
        yield token.start, token.end, "!="
    elif token.kind == "number":
        yield from _number_edits(token)
    elif token.kind == "string" and token.text[:2].lower() == "ur":
        yield token.start, token.start + 1, " "
    elif token.kind == "string" and "\\" in token.text:
        yield from _escape_edits(token)
    elif token.text in _NEW_WORDS and not _is_coroutine_word(tokens, index):
        yield token.start, token.start + 1, token.text[0].upper()


def _number_edits(token: Token) -> Iterator[Edit]:
    digits = token.text.rstrip("lL")
    if digits != token.text:
        yield token.end - 1, token.end, " "
    if len(digits) > 1 and digits[0] == "0" and digits.isdigit() and digits.strip("0"):
        yield token.start, token.start + 1, "0o"


def _escape_edits(token: Token) -> Iterator[Edit]:
    r"""`\u`, `\U` and `\N` in a string of bytes, where they mean nothing."""
    if token.text[0] in "uUrR" or token.text[1] in "rR":
        return
    for match in re.finditer(r"\\(.)", token.text, re.DOTALL):
        if match.group(1) in "uUN":
            start = token.start + match.start()
            yield start, start + 1, "\\\\"


def _is_coroutine_word(tokens: list[Token], index: int) -> bool:
    """Whether `async` or `await` is used as Python 3 uses it."""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if tokens[index].text == "async":
        return after in ("def", "for", "with")
    return bool(after) and (after[0].isalpha() or after[0] in "_(\"'[")


def _tab_edits(text: str) -> Iterator[Edit]:
    """Tabs in indentation: Python 2 counts them to the next multiple of eight."""
    if "\t" not in text:
        return
    for match in re.finditer(r"^[ \t]*\t[ \t]*(?=[^\s#])", text, re.MULTILINE):
        yield match.start(), match.end(), match.group().expandtabs(8)
