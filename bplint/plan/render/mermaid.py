"""A plan as a Mermaid flowchart, for a pull request or a wiki as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.plan.render.picture import Box, fold, foldable, join_chains, make_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.plan import Plan
    from bplint.plan.render.picture import BoxGroup, Picture

# where Mermaid draws an error instead (maxTextSize 50000, maxEdges 500), with room for what surrounds it
MAX_TEXT: Final = 45_000
MAX_ARROWS: Final = 450
MAX_LABEL: Final = 120
_WIDE_LABELS: Final = '%%{init: {"flowchart": {"wrappingWidth": 600}}}%%'

_ESCAPED: Final = re.compile(r"[\"#<>&`\\;]")
_SHAPES: Final = {"states": ('(["', '"])'), "step": ('[/"', '"/]'), "folded": ('[["', '"]]')}
_CLASSES: Final = {
    "failed": "stroke:#d1242f,stroke-width:3px",
    "ignored": "stroke:#bf8700,stroke-width:3px",
    "running": "stroke:#0969da,stroke-width:3px",
    "pending": "stroke-dasharray:4 3,opacity:0.6",
    "states": "stroke-dasharray:1 3",
}


def render(plan: Plan) -> str:
    """The flowchart; subgraphs are folded, the innermost first, until Mermaid takes it."""
    title = f"{plan.execution.workflow} of {plan.blueprint}: {plan.execution.status}"
    return draw(make_picture(plan), title)


def draw(picture: Picture, title: str) -> str:
    """A picture that Mermaid takes: what is too large is folded, and said so."""
    picture = join_chains(picture)
    text = _text(picture, title, "")
    for folded in foldable(picture):
        if _fits(text, picture):
            return text
        smaller = fold(picture, folded)
        text = _text(smaller, title, "folded: the plan is too large to be drawn whole")
        if _fits(text, smaller):
            return text
    if _fits(text, picture):
        return text
    return _text(
        picture._replace(groups=(), arrows=(), boxes=_too_many(picture)),
        title,
        "left out: too large for Mermaid",
    )


def _too_many(picture: Picture) -> tuple[Box, ...]:
    count = sum(box.tasks for box in picture.boxes)
    text = f"{count} operations: too many for Mermaid, use --format html"
    return (Box("all", (text,), None, "folded"),)


def _fits(text: str, picture: Picture) -> bool:
    return len(text) <= MAX_TEXT and len(picture.arrows) <= MAX_ARROWS


def _text(picture: Picture, title: str, remark: str) -> str:
    lines = [_WIDE_LABELS, f"%% {_comment(title)}"]
    if remark:
        lines.append(f"%% {remark}")
    lines.append("flowchart LR")
    if not picture.boxes:
        lines.append('  nothing(["nothing to do"])')
    lines += _inside(picture, None, "  ")
    lines += [f"  {source} --> {target}" for source, target in picture.arrows]
    used = {name for box in picture.boxes for name in _classes(box)}
    lines += [f"  classDef {name} {_CLASSES[name]}" for name in sorted(used)]
    return "\n".join(lines) + "\n"


def _inside(picture: Picture, parent: str | None, indent: str) -> Iterator[str]:
    boxes: dict[str | None, list[Box]] = {}
    groups: dict[str | None, list[BoxGroup]] = {}
    for box in picture.boxes:
        boxes.setdefault(box.group, []).append(box)
    for group in picture.groups:
        groups.setdefault(group.parent, []).append(group)

    def lines(parent: str | None, indent: str) -> Iterator[str]:
        for box in boxes.get(parent, ()):
            yield f"{indent}{_box(box)}"
        for group in groups.get(parent, ()):
            yield f'{indent}subgraph {group.id}["{escape(group.label)}"]'
            yield from lines(group.id, indent + "  ")
            yield f"{indent}end"

    yield from lines(parent, indent)


def _box(box: Box) -> str:
    begin, end = _SHAPES.get(box.kind, ('["', '"]'))
    label = "<br/>".join(escape(line) for line in box.lines)
    classes = "".join(f":::{name}" for name in _classes(box)[:1])
    return f"{box.id}{begin}{label}{end}{classes}"


def _classes(box: Box) -> list[str]:
    return [name for name in (box.outcome, box.kind) if name in _CLASSES]


def escape(text: str) -> str:
    """Text for a quoted label: whatever Mermaid, Markdown or HTML could read in it as a code of its own."""
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    if len(text) > MAX_LABEL:
        text = text[: MAX_LABEL - 1] + "…"
    return _ESCAPED.sub(lambda match: f"#{ord(match[0])};", text)


def _comment(text: str) -> str:
    """Text for a comment: braces would begin a directive, and nothing in it shall look like a tag."""
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return text.translate(str.maketrans("{}<>", "()()"))
