"""The report for people: every diagnostic with the source it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.report.summary import summary_lines
from bplint.terminal.colors import FRAME_COLOR, SEVERITY_COLORS, styler
from bplint.terminal.terminal_text import visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bplint.app import LintResult
    from bplint.diagnostic import Diagnostic, Related
    from bplint.report import ReportOptions
    from bplint.report.frame import Frame, Mark
    from bplint.source import Source


def render(result: LintResult, options: ReportOptions) -> str:
    """Excerpts with carets and labels, then the summary."""
    parts = [diagnostic_text(entry, result.sources, options) for entry in result.diagnostics]
    summary = summary_lines(result, options)
    if summary:
        parts.append("\n".join(summary) + "\n")
    return "\n".join(parts)


def diagnostic_text(entry: Diagnostic, sources: Mapping[str, Source], options: ReportOptions) -> str:
    """One diagnostic: message, place, excerpts, help."""
    style = styler(options.color)
    frames = _frames(entry, sources)
    gutter = len(str(max((frame.last_line for frame, _ in frames), default=1)))
    lines = [_header(entry, options, style)]
    own = sources.get(entry.path)
    place = _place(entry.path, own, entry.span.start)
    name = _name(entry, options, style)
    if options.is_wrapped and gutter + 7 + len(place) + len(entry.name) > options.width:
        lines += [_arrow("-->", place, gutter, style), f"{' ' * (gutter + 3)}{name}"]
    else:
        lines.append(_arrow("-->", place + name, gutter, style))
    for index, (frame, title) in enumerate(frames):
        if index:
            lines.append(_arrow(":::", title, gutter, style))
        lines += frame.lines(style, gutter, options.width)
    lines += [
        _note(related, options, gutter, style) for related in entry.related if related.path not in sources
    ]
    lines += _help(entry, options, gutter, style)
    if entry.fix is not None:
        from bplint.report.fix_preview import preview  # only where something can be mended

        lines += preview(entry.fix, sources, options, gutter)
    return "\n".join(lines) + "\n"


def _header(entry: Diagnostic, options: ReportOptions, style: Callable[..., str]) -> str:
    color = SEVERITY_COLORS[entry.severity]
    label = f"{entry.severity.value}[{entry.code}]"
    message = visible(entry.message)
    if options.is_wrapped:
        # the label goes through the wrapping as one word, then gets its colour
        message = wrapped(f"{label}: {message}", options.width, "  ")[len(label) + 2 :]
    return f"{style(label, fg=color, bold=True)}{style(': ' + message, bold=True)}"


def _name(entry: Diagnostic, options: ReportOptions, style: Callable[..., str]) -> str:
    if not entry.name:
        return ""
    name = (
        _linked(entry.name, options.link.replace("{code}", entry.code))
        if options.is_linked and options.link
        else entry.name
    )
    return style(f" ({name})", dim=True)


def _linked(text: str, address: str) -> str:
    """A hyperlink as terminals understand it (OSC 8)."""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"


def _arrow(arrow: str, place: str, gutter: int, style: Callable[..., str]) -> str:
    return f"{' ' * gutter}{style(arrow, fg=FRAME_COLOR)} {place}"


def _place(path: str, source: Source | None, offset: int) -> str:
    if source is None:
        return visible(path)
    line, column = source.lines.position(offset)
    return f"{visible(path)}:{line}:{column}"


def _frames(entry: Diagnostic, sources: Mapping[str, Source]) -> list[tuple[Frame, str]]:
    """The frame of the fault itself, with what is related in the same file, then one for each other file."""
    from bplint.report.frame import Frame, Mark  # a clean file needs none

    own = sources.get(entry.path)
    related = [each for each in entry.related if each.path in sources]
    found: list[tuple[Frame, str]] = []
    if own is not None and own.text:
        marks = [Mark(entry.span, "^", SEVERITY_COLORS[entry.severity])]
        marks += _related_marks(each for each in related if each.path == entry.path)
        found.append((Frame(own, marks), ""))
    for path in dict.fromkeys(each.path for each in related if each.path != entry.path):
        of_path = [each for each in related if each.path == path]
        frame = Frame(sources[path], _related_marks(of_path), has_parent=False)
        found.append((frame, _place(path, sources[path], of_path[0].span.start)))
    return found


def _related_marks(related: Iterable[Related]) -> list[Mark]:
    from bplint.report.frame import Mark

    return [Mark(each.span, "-", FRAME_COLOR, each.message) for each in related]


def _note(related: Related, options: ReportOptions, gutter: int, style: Callable[..., str]) -> str:
    note = style("note:", fg=FRAME_COLOR)
    text = f"{visible(related.message)} ({visible(related.path)})"
    if options.is_wrapped:
        text = wrapped(text, options.width - gutter - 9, "").replace("\n", "\n" + " " * (gutter + 9))
    return f"{' ' * gutter} = {note} {text}"


def _help(entry: Diagnostic, options: ReportOptions, gutter: int, style: Callable[..., str]) -> list[str]:
    text = entry.help or ""
    if entry.fix is not None:
        flag = "--fix" if entry.fix.applicability.value == "safe" else "--fix --unsafe-fixes"
        text = f"{text}; " if text else ""
        text += f"{entry.fix.title} ({flag})"
    if not text:
        return []
    text = visible(text)
    if options.is_wrapped:
        indent = " " * (gutter + 9)
        text = wrapped(text, options.width - gutter - 9, "").replace("\n", "\n" + indent)
    return [f"{' ' * gutter} {style('=', fg=FRAME_COLOR)} {style('help:', fg='green', bold=True)} {text}"]
