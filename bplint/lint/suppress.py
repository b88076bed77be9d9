"""Suppression comments: `# bplint: ignore[CODE] reason` and `# bplint: ignore-file[CODE]`.

At the end of a line a comment covers that line; on a line of its own, the block below; `ignore-file`
covers the file. A code may be a prefix or a rule's name.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from bplint.lint.select import matches, nearest_selector, rule_names
from bplint.regex import lazy_pattern
from bplint.rules.bp9_style.suppression_faults import (
    BadSuppression,
    MandatorySuppression,
    UnknownSuppression,
    UnusedSuppression,
)
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.lint.select import Selection
    from bplint.rules.rule import Rule
    from bplint.source import Source

SIGN: Final = "bplint:"
_COMMENT: Final = lazy_pattern(r"#[ \t]*bplint:[ \t]*(?P<verb>[\w-]*)(?:\[(?P<codes>[^\]]*)\])?(?P<rest>.*)")
_CODE: Final = lazy_pattern(r"[^\s,]+")
_STRETCH: Final = 32
_CLOSING: Final = ("]", "}", ")")
_LINE: Final = lazy_pattern(r"[ \t]*")


class Suppression:
    """A comment that silences. `codes` are (selector, its place); `first` to `last` the lines it covers.

    whole     what goes when the comment goes: with its line, or with the blanks before it
    is_block  it covers places that begin in its lines; else also those that end in its line
    used      selectors that silenced something
    """

    __slots__ = ("codes", "first", "is_block", "last", "path", "span", "used", "whole")

    def __init__(self, path: str, span: Span, whole: Span, codes: list[tuple[str, Span]]) -> None:
        self.path = path
        self.span = span
        self.whole = whole
        self.codes = codes
        self.first = 0
        self.last = 0
        self.is_block = True
        self.used: set[str] = set()


class _Group:
    """Suppressions that cover the same lines. `answers`: whether they silence a rule, by its code."""

    __slots__ = ("answers", "first", "last", "members")

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self.members: list[Suppression] = []
        self.answers: dict[str, bool] = {}

    def silences(self, rule: Rule) -> bool:
        """Whether one of them silences a rule; those that do are marked as used."""
        answer = self.answers.get(rule.code)
        if answer is None:
            hits = [(each, code) for each in self.members for code, _ in each.codes if matches(code, rule)]
            for each, code in hits:
                each.used.add(code)
            answer = self.answers[rule.code] = bool(hits)
        return answer


class _Cover:
    """The suppressions of a file by the lines that they cover, however many there are."""

    __slots__ = ("_blocks", "_files", "_lines")

    def __init__(self, suppressions: Iterable[Suppression], source: Source) -> None:
        whole = (1, len(source.lines.starts))
        groups: dict[tuple[int, int, bool], _Group] = {}
        self._files: list[_Group] = []
        self._lines: dict[int, list[_Group]] = {}  # of comments at the ends of lines
        self._blocks: dict[int, list[_Group]] = {}  # of blocks, by stretches of lines that they touch
        for each in suppressions:
            key = (each.first, each.last, each.is_block)
            group = groups.get(key)
            if group is None:
                group = groups[key] = _Group(each.first, each.last)
                if key[:2] == whole:
                    self._files.append(group)
                elif each.is_block:
                    for stretch in range(each.first // _STRETCH, each.last // _STRETCH + 1):
                        self._blocks.setdefault(stretch, []).append(group)
                else:
                    self._lines.setdefault(each.first, []).append(group)
            group.members.append(each)

    def of(self, first: int, last: int) -> Iterator[_Group]:
        """What covers a place from one line to another: blocks that it begins in, lines that it touches."""
        yield from self._files
        for line in dict.fromkeys((first, last)):
            yield from self._lines.get(line, ())
        for group in self._blocks.get(first // _STRETCH, ()):
            if group.first <= first <= group.last:
                yield group


class Suppressor:
    """The suppressions of all sources of a run."""

    __slots__ = ("_by_path", "_covers", "_selection", "_sources", "faults")

    def __init__(self, sources: Mapping[str, Source], selection: Selection) -> None:
        self._sources = sources
        self._selection = selection
        self.faults: list[Fault] = []  # comments that cannot be understood
        self._by_path: dict[str, list[Suppression]] = {}
        for path, source in sources.items():
            if SIGN in source.text:
                self._by_path[path] = list(self._read(source))
        self._covers = {path: _Cover(found, sources[path]) for path, found in self._by_path.items()}

    def __bool__(self) -> bool:
        return bool(self._by_path)

    def keep(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics that no comment silences."""
        if not self._by_path:
            return list(found)
        by_code = {rule.code: rule for rule in self._selection.rules}
        kept: list[Diagnostic] = []
        for entry in found:
            rule = by_code.get(entry.code)
            # all of them are asked: each that would have silenced it is of use
            hits = [rule is not None and group.silences(rule) for group in self._covering(entry)]
            if rule is None or not any(hits) or self._selection.is_mandatory(rule):
                kept.append(entry)
        return kept

    def _covering(self, entry: Diagnostic) -> Iterable[_Group]:
        cover = self._covers.get(entry.path)
        if cover is None:
            return ()
        lines = self._sources[entry.path].lines
        first, _ = lines.position(entry.span.start)
        last, _ = lines.position(max(entry.span.end - 1, entry.span.start))
        return cover.of(first, last)

    def idle(self, incomplete: Set[str] = frozenset()) -> Iterator[Fault]:
        """Codes that mean nothing, that may not be silenced, or that silenced nothing. The last only in files
        that could be checked, not in the `incomplete` ones, and where the rule could find something."""
        rules: dict[str, list[Rule]] = {}
        for suppressions in self._by_path.values():
            for each in suppressions:
                for code, span in each.codes:
                    if code not in rules:
                        rules[code] = [rule for rule in self._selection.rules if matches(code, rule)]
                    yield from self._idle_code(each, code, span, rules[code], each.path not in incomplete)

    def _idle_code(
        self, each: Suppression, code: str, span: Span, rules: list[Rule], is_complete: bool
    ) -> Iterator[Fault]:
        selection = self._selection
        edit = _removal(each, code)
        if not rules:
            best = nearest_selector(code, rule_names(selection.rules))
            yield UnknownSuppression(each.path, span, code=code, edit=edit, best=best)
        elif all(selection.is_mandatory(rule) for rule in rules):
            yield MandatorySuppression(each.path, span, code=code, edit=edit)
        elif code in each.used or not is_complete:
            return
        elif all(selection.is_on(rule, each.path) and selection.is_run(rule) for rule in rules):
            yield UnusedSuppression(each.path, span, code=code, edit=edit)

    def _read(self, source: Source) -> Iterator[Suppression]:
        blocks = _Blocks(source)
        for span, text in _comments(source):
            match = _COMMENT.search(text)
            if match is None:
                continue
            place = Span(span.start + match.start(), span.end)
            codes = match["codes"]
            if match["verb"] not in ("ignore", "ignore-file") or not (codes or "").strip():
                self.faults.append(BadSuppression(source.path, place, verb=match["verb"]))
                continue
            origin = span.start + match.start("codes")
            found = [
                (code[0], Span(origin + code.start(), origin + code.end())) for code in _CODE.finditer(codes)
            ]
            suppression = Suppression(source.path, place, _whole(source, place), found)
            _cover(suppression, source, blocks, is_file=match["verb"] == "ignore-file")
            yield suppression


def _comments(source: Source) -> list[tuple[Span, str]]:
    if source.path.endswith(".py"):
        return _python_comments(source)
    # only files that suppress something are searched for comments
    from bplint.syntax.comments import comments_of

    return [(comment.span, comment.text) for comment in comments_of(source)]


def _python_comments(source: Source) -> list[tuple[Span, str]]:
    # tokenize is needed for Python files that suppress something, and for nothing else
    import io
    import tokenize

    found: list[tuple[Span, str]] = []
    lines = source.lines
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text, newline="").readline):
            if token.type == tokenize.COMMENT:
                start = lines.offset(token.start[0], token.start[1] + 1)
                found.append((Span(start, start + len(token.string)), token.string))
    except (tokenize.TokenError, SyntaxError):
        pass  # what comes before the fault in the code still counts
    return found


def _whole(source: Source, place: Span) -> Span:
    """What to delete with a comment: its line where nothing else is on it, else the blanks before it."""
    line, _ = source.lines.position(place.start)
    span = source.lines.line_span(line)
    before = source.text[span.start : place.start]
    if before.strip():
        return Span(span.start + len(before.rstrip()), place.end)
    is_last = line >= len(source.lines.starts)
    return Span(span.start, span.end if is_last else source.lines.starts[line])


def _cover(suppression: Suppression, source: Source, blocks: _Blocks, *, is_file: bool) -> None:
    lines = source.lines
    if is_file:
        suppression.first, suppression.last = 1, len(lines.starts)
        return
    line, _ = lines.position(suppression.span.start)
    if source.text[lines.line_span(line).start : suppression.span.start].strip():
        suppression.first = suppression.last = line
        suppression.is_block = False
    else:
        suppression.first, suppression.last = blocks.below(line)


class _Blocks:
    """The blocks of a file by indentation, each looked for once, however many comments are above it."""

    __slots__ = ("_filled", "_known", "_source")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._known: dict[int, int] = {}  # first line → last line
        self._filled: list[int] | None = None  # lines that hold more than a comment

    def below(self, line: int) -> tuple[int, int]:
        """First and last line of the block that begins below a line: what is indented under its first line,
        list items and closing brackets at its own depth included."""
        if self._filled is None:
            count = len(self._source.lines.starts)
            self._filled = [n for n in range(1, count + 1) if not _is_blank(_text(self._source, n))]
        index = bisect_right(self._filled, line)
        if index == len(self._filled):
            return line, line
        first = self._filled[index]
        if first not in self._known:
            self._known[first] = self._last(self._filled, index)
        return first, self._known[first]

    def _last(self, filled: list[int], index: int) -> int:
        last = filled[index]
        head = _text(self._source, last)
        depth = _depth(head)
        for following in range(index + 1, len(filled)):
            number = filled[following]
            text = _text(self._source, number)
            if _depth(text) <= depth and not _continues(head, text, depth):
                break
            if head.lstrip().startswith("@") and _depth(text) == depth and text.lstrip()[0] not in _CLOSING:
                head = text  # behind the decorators comes the function, whose block it is
            last = number
        return last


def _continues(head: str, text: str, depth: int) -> bool:
    """Whether a line at the depth of a block's first line still belongs to it."""
    if _depth(text) < depth:
        return False
    start, first = text.strip()[:1], head.strip()[:1]
    if first == "@" or start in _CLOSING:
        return True
    return start == "-" and first != "-"


def _text(source: Source, line: int) -> str:
    span = source.lines.line_span(line)
    return source.text[span.start : span.end]


def _is_blank(text: str) -> bool:
    stripped = text.strip()
    return not stripped or stripped.startswith("#")


def _depth(text: str) -> int:
    match = _LINE.match(text)
    return match.end() if match else 0


def _removal(each: Suppression, code: str) -> tuple[Span, str]:
    """The edit that takes one code out of a comment, or the comment away with its last code."""
    places = [span for _, span in each.codes]
    index = [name for name, _ in each.codes].index(code)
    if len(places) == 1:
        return each.whole, ""
    if index + 1 < len(places):
        return Span(places[index].start, places[index + 1].start), ""
    return Span(places[index - 1].end, places[index].end), ""
