"""What is said of each place of a project, where it leads, and how many places name the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from bplint.app import asking
from bplint.app.editor_project import Project
from bplint.language.landing import Landing
from tests.support.language_case import BLUEPRINT, SHOP, offset_of, relative, shop

TABLE = SHOP.parent / "places.txt"


@cache
def project() -> Project:
    return shop()


def rows() -> list[tuple[str, str]]:
    """Place, with its line breaks as \\n, and what is expected of it."""
    found = []
    for block in TABLE.read_text(encoding="utf-8").strip().split("\n\n"):
        place, _, expected = block.partition("\n")
        found.append((place, expected))
    return found


def shown(place: str) -> str:
    """What the queries answer at a place, one answer a line."""
    text = project().source(BLUEPRINT).text  # type: ignore[union-attr]
    offset = offset_of(text, place.replace("\\n", "\n"))
    return "\n".join(f"    {relative(line)}" for line in answers(offset))


def answers(offset: int) -> Iterator[str]:
    found = asking.explain(project(), BLUEPRINT, offset)
    if found is None:
        yield "nothing"
        return
    said, _ = found
    yield said.title + (f": {said.description}" if said.description else "")
    for statement in said.statements:
        yield f"{statement.label}: {' '.join(statement.text.split())}"
    for landing in asking.definitions(project(), BLUEPRINT, offset):
        yield f"-> {landed(landing)}"
    for landing in asking.type_definitions(project(), BLUEPRINT, offset):
        yield f"=> {landed(landing)}"
    usages = asking.references(project(), BLUEPRINT, offset)
    if usages:
        yield f"places: {len(usages)}"


def landed(landing: Landing) -> str:
    if landing.facts is not None:
        return f"catalogue, {landing.facts.label}: {'/'.join(landing.item)}"
    if landing.is_file:
        return landing.path
    source = project().source(landing.path)
    assert source is not None
    line, column = source.lines.position(landing.span.start)
    return f"{landing.path}:{line}:{column}"


@pytest.mark.parametrize(("place", "expected"), rows(), ids=lambda text: text[:60])
def test_a_place_is_explained(place: str, expected: str) -> None:
    assert shown(place) == expected


def test_the_table_is_written_anew(is_update: bool) -> None:
    if is_update:
        blocks = [f"{place}\n{shown(place)}\n" for place, _ in rows()]
        TABLE.write_text("\n".join(blocks), encoding="utf-8")
    assert len(rows()) >= 100
