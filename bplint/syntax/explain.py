"""Why a block does not parse, in terms of the language instead of the scanner's tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.later import later
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.conflicts import is_conflict

if TYPE_CHECKING:
    from bplint.fault import Fault
    from bplint.source import Source
    from bplint.syntax import syntax_faults as kinds
    from bplint.syntax.checks import SyntaxFindings
    from bplint.syntax.parser_events import Unparsable
    from bplint.syntax.recover import Broken
else:
    kinds = later("bplint.syntax.syntax_faults")

PARSER_ERROR: Final = Reference("DSLParsingFormatException", -1)
SCANNER_ERROR: Final = Reference("ScannerError", None)

_FIRST_WORD: Final = lazy_pattern(r"-|\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\s:]+")
_WORD: Final = lazy_pattern(r"\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\s:#,\[\]{}]+")
_TIGHT_COLON: Final = lazy_pattern(r"[ ]*(?:- +)*(?P<key>[A-Za-z_][\w.-]*):(?P<value>[^\s:/][^\r\n]*)")
# PyYAML's words and libyaml's
_NO_CONTENT: Final = lazy_pattern("expected (?:the )?node content")
_NO_ENTRY: Final = lazy_pattern("expected <block end>|expected key|expected '-' indicator")
_CLOSERS: Final = ("]", "}", ",")
_NAME: Final = lazy_pattern(r"[ ]*(?:- +)*(?P<name>[^\s:#'\"\[\]{},][^:#\r\n]*?)[ \t]*(?:#[^\r\n]*)?\Z")
_BRACES: Final = lazy_pattern(r"[:\-,\[{][ ]+\{\{|^[ ]*\{\{")
_PLAIN_VALUE: Final = lazy_pattern(
    r"[ ]*(?:- +)*(?P<key>[^\s:#'\"][^:#\r\n]*?):[ ]+(?P<value>[^\s'\"\[{&!*|>#][^\r\n]*)"
)


def explain(broken: Broken, source: Source, findings: SyntaxFindings) -> None:
    """One fault for a block that was set aside."""
    error = broken.error
    if is_conflict(broken.span.start, broken.span.start if error is None else error.offset, source, findings):
        return
    if error is None:
        _explain_place(broken, source, findings)
        return
    reference = SCANNER_ERROR if error.is_scanner else PARSER_ERROR
    for look in (
        _tab,
        _unclosed_quote,
        _reserved_character,
        _unquoted_braces,
        _nested_colon,
        _tight_colon,
        _missing_colon,
        _cut_off,
        _tight_comment,
        _misplaced_item,
        _no_content,
        _unclosed_bracket,
        _escape,
        _too_deep,
    ):
        found = look(broken, error, source)
        if found is not None:
            findings.keep(found.moved_to(reference))
            return
    place = _word_at(source, error.offset)
    findings.add(kinds.SyntaxError, place, reference=reference, problem=error.problem, doing=error.doing)


def settle_error(failure: Unparsable, findings: SyntaxFindings) -> None:
    """Give the first fault the error that the whole text ends in: a block that is cut out and parsed alone,
    or that stands out by its depth, may end in the other one."""
    reference = SCANNER_ERROR if failure.is_scanner else PARSER_ERROR
    faults = findings.faults
    if faults and all(fault.reference != reference for fault in faults):
        first = min(range(len(faults)), key=lambda index: faults[index].span)
        faults[first] = faults[first].moved_to(reference)


def _inside(source: Source, start: int, end: int) -> tuple[str, Span]:
    """The place of a fault: what the scanner wants may lie behind the end of the text."""
    last = len(source.text)
    return source.path, Span(min(start, last), min(end, last))


def _line_at(source: Source, offset: int) -> Span:
    """The line around an offset, without its line break."""
    return source.lines.line_span(source.lines.position(offset)[0])


def _word_at(source: Source, offset: int) -> Span:
    """The word at an offset; behind the last one, the last character."""
    text = source.text
    offset = min(offset, len(text))
    found = _WORD.match(text, offset)
    if found:
        return Span(offset, found.end())
    if offset < len(text) and not text[offset].isspace():
        return Span(offset, offset + 1)
    end = len(text[:offset].rstrip()) if offset - _line_at(source, offset).start < 4096 else offset
    return Span(max(end - 1, 0), max(end, min(1, len(text))))


def _first_word(source: Source, span: Span) -> Span:
    text = source.text
    found = _FIRST_WORD.match(text, span.start)
    return Span(span.start, found.end() if found else span.start + 1)


def _explain_place(broken: Broken, source: Source, findings: SyntaxFindings) -> None:
    """The block stands at a depth where nothing can stand, or is a list item among keys."""
    text = source.text
    span = _first_word(source, broken.span)
    if broken.reason == "depth":
        tight = _tight_above(source, span.start)
        if tight is not None:
            findings.keep(tight.moved_to(PARSER_ERROR))
            return
        line = _line_at(source, span.start)
        sibling = _line_at(source, broken.sibling)
        findings.add(
            kinds.WrongIndentation,
            span,
            reference=PARSER_ERROR,
            name=text[span.start : span.end],
            columns=span.start - line.start,
            expected=broken.sibling - sibling.start,
            owners=broken.owners,
            sibling=_first_word(source, Span(broken.sibling, broken.sibling)),
        )
        return
    owners, sibling = broken.owners, _first_word(source, Span(broken.sibling, broken.sibling))
    if broken.reason == "misplaced-item":
        findings.add(kinds.MisplacedListItem, span, reference=PARSER_ERROR, owners=owners, sibling=sibling)
        return
    name = text[span.start : span.end]
    findings.add(kinds.MisplacedKey, span, reference=PARSER_ERROR, name=name, owners=owners, sibling=sibling)


def _tab(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    text = source.text
    start = error.offset
    if text[start : start + 1] != "\t" or "escape" in error.problem:
        return None
    end = start
    while end < len(text) and text[end] == "\t":
        end += 1
    return tab_fault(source, start, end)


def tab_fault(source: Source, start: int, end: int) -> kinds.TabCharacter:
    """The fault of the tabs between two offsets."""
    text = source.text
    line = _line_at(source, start)
    is_inside = bool(text[line.start : start].strip(" "))
    is_trailing = is_inside and not text[end : line.end].strip()
    return kinds.TabCharacter(*_inside(source, start, end), is_inside=is_inside, is_trailing=is_trailing)


def _unclosed_quote(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    text = source.text
    if "quoted scalar" not in error.doing or error.context is None or "escape" in error.problem:
        return None
    start = error.context
    quote = text[start : start + 1]
    line = _line_at(source, start)
    return kinds.UnclosedQuote(*_inside(source, start, max(line.end, start + 1)), quote=quote)


def _reserved_character(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    text = source.text
    if "cannot start any token" not in error.problem:
        return None
    character = text[error.offset : error.offset + 1]
    line = _line_at(source, error.offset)
    end = max(error.offset + 1, line.start + len(text[line.start : line.end].rstrip()))
    return kinds.ReservedCharacter(*_inside(source, error.offset, end), character=character)


def _unquoted_braces(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    """`{{ name }}/rest`: a template's braces are YAML's own where no quotes are around them."""
    text = source.text
    line = _line_at(source, error.offset)
    found = _BRACES.search(text[line.start : line.end])
    if found is None:
        return None
    start = line.start + found.end() - 2
    end = line.start + len(text[line.start : line.end].rstrip())
    return kinds.UnquotedBraces(*_inside(source, start, end), text=text[start:end])


def _nested_colon(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    """`key: some: value`, and a key below a `key: value`."""
    text = source.text
    if "mapping values are not allowed" not in error.problem:
        return None
    line = _line_at(source, error.offset)
    found = _PLAIN_VALUE.match(text, line.start, line.end)
    if found is not None and found.start("value") < error.offset:
        start = found.start("value")
        place = _inside(source, start, start + len(found["value"].rstrip()))
        return kinds.NestedColon(*place, key=found["key"])
    above = _line_above(source, line.start)
    start = line.start + len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())
    if above is None:
        return None
    span = _first_word(source, Span(start, start))
    name = text[span.start : span.end]
    above_text = text[above.start : above.end]
    value = _PLAIN_VALUE.match(above_text)
    if value is not None or above_text.rstrip().endswith(("'", '"', "]", "}")):
        return kinds.DeeperThanValue(*_inside(source, *span), name=name, above=_key_of(above_text))
    bare = _NAME.match(above_text)
    if bare is not None:
        return _bare_name(broken, above, bare, source)
    tight = _tight_above(source, start)
    if tight is not None:
        return tight
    place = _inside(source, *span)
    return kinds.WrongIndentation(*place, name=name, columns=start - line.start, owners=broken.owners)


def _key_of(line: str) -> str:
    found = re.match(r"[ ]*(?:- +)*([^\s:#][^:#]*?)[ ]*:", line)
    return found.group(1) if found else line.strip()


def _line_above(source: Source, start: int) -> Span | None:
    """The nearest line above that is neither blank nor a comment."""
    text = source.text
    while start > 0:
        above = _line_at(source, max(start - 1 - (text[start - 2 : start] == "\r\n"), 0))
        stripped = text[above.start : above.end].strip()
        if stripped and not stripped.startswith("#"):
            return above
        start = above.start
    return None


def _bare_name(broken: Broken, line: Span, found: re.Match[str], source: Source) -> Fault:
    text = source.text
    start = line.start + found.start("name")
    tight = _TIGHT_COLON.match(text, line.start, line.end)
    if tight is not None:
        return _tight(tight, source)
    place = _inside(source, start, start + len(found["name"]))
    return kinds.MissingColon(*place, name=found["name"], owners=broken.owners)


def _tight(found: re.Match[str], source: Source) -> kinds.MissingSpace:
    insert = found.start("value")
    return kinds.MissingSpace(*_inside(source, found.start("key"), insert), key=found["key"], insert=insert)


def _tight_above(source: Source, start: int) -> kinds.MissingSpace | None:
    """`key:value` in the line above, where this one stands deeper: what makes it go on the value."""
    line = _line_at(source, start)
    above = _line_above(source, line.start)
    if above is None:
        return None
    found = _TIGHT_COLON.match(source.text, above.start, above.end)
    is_deeper = found is not None and found.start("key") - above.start < start - line.start
    return _tight(found, source) if found is not None and is_deeper else None


def _tight_colon(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    """`key:value` is one word for YAML."""
    text = source.text
    if "could not find expected ':'" not in error.problem:
        return None
    line = _line_at(source, error.context if error.context is not None else error.offset)
    found = _TIGHT_COLON.match(text, line.start, line.end)
    return None if found is None else _tight(found, source)


def _missing_colon(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    text = source.text
    if "could not find expected ':'" not in error.problem:
        return None
    start = error.context if error.context is not None else error.offset
    line = _line_at(source, start)
    found = _NAME.match(text[line.start : line.end])
    if found is not None:
        return _bare_name(broken, line, found, source)
    end = max(start + 1, line.start + len(text[line.start : line.end].rstrip()))
    return kinds.MissingColon(*_inside(source, start, end), name=text[start:end], owners=broken.owners)


def _cut_off(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    """The block begins with a line that is complete in itself and is no key: `name`, and keys below it."""
    text = source.text
    if "expected '<document start>'" not in error.problem:
        return None
    line = _line_at(source, broken.span.start)
    found = _NAME.match(text[line.start : line.end])
    if found is not None:
        return _bare_name(broken, line, found, source)
    tight = _TIGHT_COLON.match(text, line.start, line.end)
    return None if tight is None else _tight(tight, source)


def _tight_comment(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    if "block scalar" not in error.doing or not error.problem.endswith("'#'"):
        return None
    return kinds.TightComment(*_inside(source, error.offset, error.offset + 1), insert=error.offset)


def _misplaced_item(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    text = source.text
    is_item = "block sequence entries are not allowed" in error.problem or "found '-'" in error.problem
    if is_item:
        return kinds.MisplacedListItem(*_inside(source, error.offset, error.offset + 1), owners=broken.owners)
    if "found '?'" in error.problem and "block collection" in error.doing:
        span = _first_word(source, Span(error.offset, error.offset))
        return kinds.MisplacedKey(
            *_inside(source, *span), name=text[span.start : span.end], owners=broken.owners
        )
    return None


def _no_content(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    """A value begins with what can only end one, or the text ends behind an opening bracket."""
    text = source.text
    if not _NO_CONTENT.search(error.problem):
        return None
    if text[error.offset : error.offset + 1] in _CLOSERS:
        return kinds.StrayBracket(
            *_inside(source, error.offset, error.offset + 1), bracket=text[error.offset]
        )
    opener = max(text.rfind(bracket, broken.span.start, error.offset) for bracket in "[{")
    if opener < 0:
        return None
    return kinds.UnclosedBracket(
        *_inside(source, opener, opener + 1), bracket=text[opener], found="", at=None
    )


def _unclosed_bracket(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    text = source.text
    if "flow" not in error.doing or error.context is None or "expected ','" not in error.problem:
        return None
    bracket = text[error.context : error.context + 1]
    at = _word_at(source, error.offset)
    is_at_end = "stream end" in error.problem
    found = "" if is_at_end else text[at.start : at.end]
    if is_at_end or _line_at(source, error.offset) != _line_at(source, error.context):
        place = _inside(source, error.context, error.context + 1)
        return kinds.UnclosedBracket(*place, bracket=bracket, found=found, at=at)
    return kinds.MissingComma(*_inside(source, *at), bracket=bracket, found=found)


def _escape(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    text = source.text
    if "escape" not in error.problem and "escape" not in error.doing:
        return None
    start = max(error.offset - 1, 0)
    return kinds.UnknownEscape(*_inside(source, start, error.offset + 1), text=text[start : error.offset + 1])


def _too_deep(broken: Broken, error: Unparsable, source: Source) -> Fault | None:
    """A line that is neither a sibling of the lines above nor deeper by their measure."""
    text = source.text
    if not _NO_ENTRY.search(error.problem):
        return None
    span = _first_word(source, Span(error.offset, error.offset))
    line = _line_at(source, error.offset)
    if text[line.start : error.offset].strip():
        return kinds.StrayText(*_rest(source, error.offset), text=text[span.start : span.end])
    tight = _tight_above(source, span.start)
    if tight is not None:
        return tight
    name = text[span.start : span.end]
    place = _inside(source, *span)
    return kinds.WrongIndentation(*place, name=name, columns=span.start - line.start, owners=broken.owners)


def _rest(source: Source, start: int) -> tuple[str, Span]:
    text = source.text
    line = _line_at(source, start)
    return _inside(source, start, max(start + 1, line.start + len(text[line.start : line.end].rstrip())))
