"""Mistakes of YAML: blanks, tabs, quotes, brackets, dashes, what an editor leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from benchmarks.accuracy.mistake import Mistake, one_of
from benchmarks.accuracy.yaml_places import Change, Entry, Text

if TYPE_CHECKING:
    from random import Random


def _block_lines(text: Text) -> list[Entry]:
    """Pairs that begin a line below the first level."""
    return [
        entry
        for entry in text.entries
        if entry.key is not None and entry.column and text.is_whole_lines(entry)
    ]


def _indented(text: Text, entry: Entry, by: int) -> tuple[tuple[int, int, str], ...]:
    """Edits that move all lines of an entry."""
    start, end = text.line_span(entry)
    edits = []
    for line in text.text[start:end].splitlines(keepends=True):
        if line.strip():
            edits.append((start, start, " " * by) if by > 0 else (start, start - by, ""))
        start += len(line)
    return tuple(edits)


def tab(text: Text, random: Random) -> Change | None:
    entry = one_of(_block_lines(text), random)
    if entry is None:
        return None
    start, _ = text.line_span(entry)
    return Change(((start, entry.start, "\t"),))


def no_space_after_colon(text: Text, random: Random) -> Change | None:
    found = [each for each in _block_lines(text) if each.is_scalar and each.text and not each.value.style]
    entry = one_of(found, random)
    if entry is None or entry.key is None:
        return None
    colon = text.text.index(":", entry.key.end_mark.index)
    return Change(((colon, entry.value.start_mark.index, ":"),))


def no_colon(text: Text, random: Random) -> Change | None:
    entry = one_of(_block_lines(text), random)
    if entry is None or entry.key is None:
        return None
    colon = text.text.index(":", entry.key.end_mark.index)
    return Change(((colon, colon + 1, ""),))


def one_blank_more(text: Text, random: Random) -> Change | None:
    """One line, and not those below it."""
    entry = one_of([each for each in _block_lines(text) if each.siblings > 1], random)
    if entry is None:
        return None
    start, _ = text.line_span(entry)
    return Change(((start, start, " "),), text.neighbours(entry))


def level_higher(text: Text, random: Random) -> Change | None:
    """An entry with all below it moves out of the mapping that it belongs to."""
    entry = one_of([each for each in _block_lines(text) if each.column >= 4 and each.siblings > 1], random)
    return Change(_indented(text, entry, -2), entry.path[-2:-1]) if entry is not None else None


def level_deeper(text: Text, random: Random) -> Change | None:
    """An entry slips into the one before it."""
    found = [each for each in _block_lines(text) if each.siblings > 1]
    entry = one_of(found, random)
    if entry is None:
        return None
    return Change(_indented(text, entry, 2), (*entry.path[-2:], *text.neighbours(entry)))


def unclosed_quote(text: Text, random: Random) -> Change | None:
    entry = one_of([each for each in text.entries if getattr(each.value, "style", "") in ("'", '"')], random)
    if entry is None:
        return None
    return Change(((entry.end - 1, entry.end, ""),))


def _flows(text: Text) -> list[Entry]:
    return [each for each in text.entries if not each.is_scalar and each.value.flow_style]


def unclosed_bracket(text: Text, random: Random) -> Change | None:
    entry = one_of(_flows(text), random)
    return Change(((entry.end - 1, entry.end, ""),)) if entry is not None else None


def no_comma(text: Text, random: Random) -> Change | None:
    entry = one_of([each for each in _flows(text) if len(each.value.value) > 1], random)
    if entry is None:
        return None
    first = entry.value.value[0]
    behind = (first[1] if isinstance(first, tuple) else first).end_mark.index
    comma = text.text.find(",", behind, entry.end)
    return Change(((comma, comma + 1, ""),)) if comma >= 0 else None


def unquoted_braces(text: Text, random: Random) -> Change | None:
    """A template of another tool, without quotes."""
    found = [each for each in _block_lines(text) if each.is_scalar and each.text and not each.value.style]
    entry = one_of(found, random)
    if entry is None:
        return None
    return Change(((entry.value.start_mark.index, entry.end, f"{{{{ {entry.path[-1]} }}}}"),))


def _items(text: Text) -> list[Entry]:
    return [
        entry
        for entry in text.entries
        if entry.path[-1] == "[]"
        and not entry.is_flow
        and text.text[text.line_span(entry)[0] : entry.start].strip() == "-"
    ]


def _dash(text: Text, entry: Entry) -> int:
    return text.text.rindex("-", 0, entry.start)


def dash_without_space(text: Text, random: Random) -> Change | None:
    entry = one_of(_items(text), random)
    if entry is None:
        return None
    dash = _dash(text, entry)
    return Change(((dash, entry.start, "-"),))


def dash_lost(text: Text, random: Random) -> Change | None:
    entry = one_of(_items(text), random)
    if entry is None:
        return None
    dash = _dash(text, entry)
    return Change(((dash, dash + 1, " "),), entry.path[-2:-1])


def dash_added(text: Text, random: Random) -> Change | None:
    entry = one_of([each for each in _block_lines(text) if not each.is_scalar], random)
    if entry is None or entry.value.flow_style:
        return None
    return Change(((entry.start, entry.start, "- "),), entry.path[-2:-1])


def conflict_markers(text: Text, random: Random) -> Change | None:
    """A merge that was committed as it was: both sides are there."""
    entry = one_of(_block_lines(text), random)
    if entry is None:
        return None
    start, end = text.line_span(entry)
    own = text.text[start:end]
    return Change(((start, end, f"<<<<<<< HEAD\n{own}=======\n{own}>>>>>>> feature\n"),), entry.path[-1:])


def pasted_quotes(text: Text, random: Random) -> Change | None:
    """Typographic quotes from a web page or a word processor."""
    found = [each for each in text.entries if each.is_scalar and each.text and each.value.style != "|"]
    entry = one_of(found, random)
    if entry is None:
        return None
    return Change(((entry.value.start_mark.index, entry.end, f"\u201c{entry.text.strip()}\u201d"),))


def key_twice(text: Text, random: Random) -> Change | None:
    """A block is copied and keeps its name."""
    found = [each for each in _block_lines(text) if 2 <= len(each.path) <= 4]
    entry = one_of(found, random)
    if entry is None:
        return None
    start, end = text.line_span(entry)
    own = text.text[start:end]
    return Change(((end, end, own if own.endswith("\n") else "\n" + own),), entry.path[-1:])


def unquoted_at_sign(text: Text, random: Random) -> Change | None:
    """A value that begins with a character which YAML keeps for itself."""
    found = [each for each in text.entries if isinstance(each.value, yaml.ScalarNode) and each.text]
    entry = one_of([each for each in found if not each.value.style], random)
    if entry is None:
        return None
    return Change(
        ((entry.start if entry.key is None else entry.value.start_mark.index,) * 2 + (random.choice("@%`"),),)
    )


YAML = (
    Mistake("tab", "a tab in the indentation", tab),
    Mistake("no-space-after-colon", "`key:value`", no_space_after_colon),
    Mistake("no-colon", "`key value`", no_colon),
    Mistake("one-blank-more", "one line is indented by one more", one_blank_more),
    Mistake("level-higher", "a block stands one level too high", level_higher),
    Mistake("level-deeper", "a block slips into the one before it", level_deeper),
    Mistake("unclosed-quote", "a quote is not closed", unclosed_quote),
    Mistake("unclosed-bracket", "a bracket is not closed", unclosed_bracket),
    Mistake("no-comma", "a comma is missing between brackets", no_comma),
    Mistake("unquoted-braces", "`{{ … }}` without quotes", unquoted_braces),
    Mistake("unquoted-at-sign", "a value begins with `@`, `%` or a backtick", unquoted_at_sign),
    Mistake("dash-without-space", "`-item`", dash_without_space),
    Mistake("dash-lost", "an item of a list has no dash", dash_lost),
    Mistake("dash-added", "a mapping becomes an item of a list", dash_added),
    Mistake("conflict-markers", "a merge conflict is committed", conflict_markers),
    Mistake("pasted-quotes", "typographic quotes", pasted_quotes),
    Mistake("key-twice", "a block is copied and keeps its name", key_twice),
)
