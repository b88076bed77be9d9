"""A plan as a graph for Graphviz's `dot`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bplint.plan.render.picture import find_chains, make_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.plan import Plan
    from bplint.plan.render.picture import Box, BoxGroup, Picture

_HEAD: Final = """\
  graph [rankdir=LR, fontname="Helvetica", fontsize=11, labeljust=l, ranksep=0.35, nodesep=0.18, newrank=true]
  node [shape=box, style="rounded,filled", fillcolor="white", fontname="Helvetica", fontsize=10,
        margin="0.10,0.05", height=0.3, color="#57606a"]
  edge [arrowsize=0.6, color="#57606a"]"""
_OUTCOMES: Final = {
    "failed": 'color="#d1242f", penwidth=2.5',
    "ignored": 'color="#bf8700", penwidth=2.5',
    "running": 'color="#0969da", penwidth=2.5',
    "pending": 'style="rounded,dashed", fontcolor="#6e7781"',
}
_KINDS: Final = {
    "states": 'style="rounded,dotted", fontcolor="#6e7781"',
    "step": 'style=filled, fillcolor="#ddf4ff"',
    "folded": "peripheries=2",
}
_SUBGRAPH: Final = 'style="rounded,filled", fillcolor="#f6f8fa", color="#d0d7de"'
_GROUPS: Final = {"step": 'style="rounded,dashed", color="#8c959f"'}


def render(plan: Plan) -> str:
    """The graph as text, ending with a line break."""
    picture = make_picture(plan)
    title = f"{plan.execution.workflow} of {plan.blueprint}: {plan.execution.status}"
    lines = [f"digraph {quote('plan of ' + plan.execution.workflow)} {{", _HEAD]
    lines.append(f"  graph [label={quote(title)}, labelloc=t]")
    if not picture.boxes:
        lines.append('  nothing [label="nothing to do"]')
    lines += _inside(picture)
    lines += _arrows(picture)
    lines.append("}")
    return "\n".join(lines) + "\n"


def _arrows(picture: Picture) -> Iterator[str]:
    """What follows each other in a group stands below each other; dot stacks columns from the bottom up, so
    that these arrows are written the wrong way round and drawn the right one."""
    stacked: set[tuple[str, str]] = set()
    for chain in find_chains(picture):
        yield f"  {{rank=same; {'; '.join(box.id for box in chain)}}}"
        stacked.update((one.id, other.id) for one, other in pairwise(chain))
    for source, target in picture.arrows:
        if (source, target) in stacked:
            yield f"  {target} -> {source} [dir=back]"
        else:
            yield f"  {source} -> {target}"


def _inside(picture: Picture) -> Iterator[str]:
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
            yield f"{indent}subgraph cluster_{group.id} {{"
            yield f"{indent}  graph [label={quote(group.label)}, {_GROUPS.get(group.kind, _SUBGRAPH)}]"
            yield from lines(group.id, indent + "  ")
            yield f"{indent}}}"

    yield from lines(None, "  ")


def _box(box: Box) -> str:
    label = "\\n".join(quote(line)[1:-1] for line in box.lines)
    style = ", ".join(part for part in (_KINDS.get(box.kind), _OUTCOMES.get(box.outcome)) if part)
    return f'{box.id} [label="{label}"{", " + style if style else ""}]'


def quote(text: str) -> str:
    """A string of the language: quotes and backslashes escaped, line breaks and control codes as spaces."""
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    text = text.replace("&", "&amp;")  # entities are read in plain labels too
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
