"""Edits on YAML text: a name written otherwise, a pair added, a pair taken out."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from bplint.edit import Applicability, Edit, Fix
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from bplint.source import Source
    from bplint.syntax.tree import Node

# names that mean the same in quotes and without, in YAML and in Python
_PLAIN_NAME: Final = lazy_pattern(r"(?!\d)[\w-]+(?:\.[\w-]+)*\Z")
_WORDS: Final = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def unsafe(title: str, edit: Edit | None) -> Fix | None:
    """A fix of one edit that wants a look; None without an edit."""
    return Fix(title, Applicability.UNSAFE, (edit,)) if edit is not None else None


def respell(source: Source, span: Span, written: str, meant: str) -> Edit | None:
    """Write `meant` where `written` stands: alone, in quotes, or in front of a dot. None where the text
    says it in another way, such as by an alias or in a block."""
    if not _PLAIN_NAME.match(meant) or meant.casefold() in _WORDS or not written:
        return None
    text = source.text[span.start : span.end]
    quote = 1 if text[:1] in ("'", '"') and text[:1] == text[-1:] and len(text) > 1 else 0
    inner = text[quote : len(text) - quote]
    if inner != written and not (inner.startswith(f"{written}.") and "\n" not in inner):
        return None
    start = span.start + quote
    return Edit(source.path, Span(start, start + len(written)), meant)


def quote(source: Source, span: Span) -> tuple[Edit, ...]:
    """Put a plain scalar of one line into the quotes that the file uses."""
    mark = '"' if source.text.count('"') > source.text.count("'") else "'"
    start, end = span
    return Edit(source.path, Span(start, start), mark), Edit(source.path, Span(end, end), mark)


def prepend_pair(source: Source, mapping: Node, name: str, value: Any) -> Edit | None:
    """One more pair in front of the first one of a mapping, in the form the mapping has."""
    if mapping.kind != MAPPING or not mapping.items:
        return None
    start = mapping.items[0][0].start
    if _start_of(mapping.items[0][0]) is None:
        return None
    if mapping.style == "{":
        text = fragment({name: value}, source, is_flow=True)[1:-1] + ", "
    else:
        indent = source.lines.position(start)[1] - 1
        text = fragment({name: value}, source, indent=indent) + source.newline + " " * indent
    return Edit(source.path, Span(start, start), text)


def replace_pair(source: Source, mapping: Node, key: Node, new: dict[str, Any]) -> Edit | None:
    """Write other pairs in the place of one. None where its value is shared or holds comments."""
    value = next((pair[1] for pair in mapping.items or () if pair[0] is key), None)
    if value is None or value.anchor is not None or value.tag is not None or _start_of(key) is None:
        return None
    span = Span(key.start, max(key.end, value.end))
    if "#" in source.text[span.start : span.end]:
        return None
    if mapping.style == "{":
        return Edit(source.path, span, fragment(new, source, is_flow=True)[1:-1])
    indent = source.lines.position(key.start)[1] - 1
    return Edit(source.path, span, fragment(new, source, indent=indent))


def drop_anchor(source: Source, span: Span) -> Edit:
    """Take `&name` away, with the space that parts it from its neighbour."""
    text, (start, end) = source.text, span
    if text[end : end + 1] == " ":
        end += 1
    elif start and text[start - 1] == " ":
        start -= 1
    return Edit(source.path, Span(start, end), "")


def append_pair(source: Source, mapping: Node, name: str, value: Any) -> Edit | None:
    """One more pair behind the last one of a mapping, in the form the mapping has. None where it is empty
    or ends with a block scalar."""
    if mapping.kind != MAPPING or not mapping.items or mapping.items[-1][1].style in ("|", ">"):
        return None
    key, last = mapping.items[-1]
    end = max(key.end, last.end)
    if mapping.style == "{":
        return Edit(source.path, Span(end, end), f", {fragment({name: value}, source, is_flow=True)[1:-1]}")
    indent = source.lines.position(key.start)[1] - 1
    if _is_followed_by_text(source, end):
        return None
    text = fragment({name: value}, source, indent=indent)
    return Edit(source.path, Span(end, end), f"{source.newline}{' ' * indent}{text}")


def remove_pair(source: Source, mapping: Node, key: Node) -> Edit | None:
    """Take a pair out of a mapping: the lines that hold nothing else, or its part of a flow mapping. The
    last pair leaves `{}`. None where other text stands on the lines."""
    items = mapping.items or []
    index = bisect_left(items, key.start, key=lambda pair: pair[0].start)
    if index == len(items) or items[index][0] is not key:
        return None
    if mapping.style == "{":
        return _remove_flow(source, items, index)
    lines = _own_lines(source, *items[index])
    if lines is None:
        return None
    if len(items) > 1:
        return Edit(source.path, lines, "")
    before = source.text[: key.start].rstrip()
    if not before.endswith(":"):
        return None
    return Edit(source.path, Span(len(before), max(key.end, items[0][1].end)), " {}")


def fragment(value: Any, source: Source, *, indent: int = 0, is_flow: bool = False) -> str:
    """YAML for a value as it would stand in this file: its indentation step, its quotes, its line breaks.

    The first line is not indented; there is no line break at the end.
    """
    # a hundred modules: only where a fix writes something new
    from io import StringIO

    from ruamel.yaml import YAML

    step, offset = _steps(source)
    yaml = YAML()
    yaml.version = (1, 1)  # yes and 010 must be quoted
    yaml.explicit_start = False
    yaml.default_flow_style = is_flow
    yaml.width = 1 << 20
    yaml.indent(mapping=step, sequence=offset + 2, offset=offset)
    stream = StringIO()
    yaml.dump(_quoted_alike(value, source), stream)
    text = stream.getvalue().partition("---")[2].strip()  # behind the version that was asked for
    return (source.newline + " " * indent).join(text.splitlines())


def _quoted_alike(value: Any, source: Source) -> Any:
    """Texts that need quotes get those that the file uses."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if source.text.count('"') <= source.text.count("'"):
        return value
    if isinstance(value, dict):
        return {name: _quoted_alike(inner, source) for name, inner in value.items()}
    if isinstance(value, list):
        return [_quoted_alike(inner, source) for inner in value]
    if isinstance(value, str) and (not _PLAIN_NAME.match(value) or value.casefold() in _WORDS):
        return DoubleQuotedScalarString(value)
    return value


_STEP: Final = lazy_pattern(
    r"^( *)[\w.'\"-]+:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*( *)(- )?", re.MULTILINE
)


def _steps(source: Source) -> tuple[int, int]:
    """How far the file indents a nested mapping, and the dash of a list."""
    step = offset = None
    for found in _STEP.finditer(source.text):
        further = len(found[2]) - len(found[1])
        if found[3] is None and further > 0 and step is None:
            step = further
        elif found[3] is not None and further >= 0 and offset is None:
            offset = further
        if step is not None and offset is not None:
            break
    return step or 2, 2 if offset is None else offset


def _remove_flow(source: Source, items: list[tuple[Node, Node]], index: int) -> Edit | None:
    """One pair of a flow mapping, with the comma that it needs no longer."""
    key, value = items[index]
    start, end = _start_of(key), max(key.end, value.end)
    if start is None:
        return None
    if len(items) == 1:
        return Edit(source.path, Span(start, end), "")
    if index + 1 < len(items):
        following = _start_of(items[index + 1][0])
        if following is None:
            return None
        span = Span(start, following)
    else:
        before = items[index - 1]
        span = Span(max(before[0].end, before[1].end), end)
    text = source.text[span.start : span.end]
    return None if "#" in text.replace(source.text[start:end], "") else Edit(source.path, span, "")


def _start_of(key: Node) -> int | None:
    """Where a key begins; None where an anchor or a tag stands in front of it."""
    return key.start if key.anchor is None and key.tag is None else None


def _own_lines(source: Source, key: Node, value: Node) -> Span | None:
    lines, text = source.lines, source.text
    first = lines.line_span(lines.position(key.start)[0]).start
    end = max(key.end, value.end)
    last = lines.line_span(lines.position(end)[0]).end
    if value.style in ("|", ">") and text[end - 1 : end] in ("\n", "\r"):
        return None
    behind = text[end:last].strip()
    if text[first : key.start].strip(" ") or (behind and not behind.startswith(("#", ":"))):
        return None
    number = lines.position(end)[0]
    after = lines.starts[number] if number < len(lines.starts) else len(text)
    return Span(first, after)


def _is_followed_by_text(source: Source, offset: int) -> bool:
    """Whether something but a comment stands behind an offset on its line."""
    behind = source.text[offset : source.lines.line_span(source.lines.position(offset)[0]).end].strip()
    return bool(behind)
