"""The project of the tests of what an editor asks: its files are not changed, only what stands in buffers."""

from __future__ import annotations

from pathlib import Path

from bplint.app.editor_project import Project

SHOP = Path(__file__).parents[2] / "fixtures" / "language" / "shop"
BLUEPRINT = (SHOP / "blueprint.yaml").as_posix()


def shop() -> Project:
    """The project as it is on disk."""
    return Project(SHOP.as_posix())


def offset_of(text: str, place: str) -> int:
    """The offset of the `|` in a part of a text that is there once."""
    plain = place.replace("|", "", 1)
    assert text.count(plain) == 1, (text.count(plain), place)
    return text.index(plain) + place.index("|")


def relative(text: str) -> str:
    """Without the folder of the project."""
    return text.replace(SHOP.as_posix() + "/", "")
