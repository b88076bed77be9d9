"""What the language says of the place at a path: the shape of the value, and the key that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.dsl.language import blueprint
from bplint.dsl.shape import FIXED, LIST_OF, MAPPING_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.dsl.shape import Key as ShapeKey
    from bplint.dsl.shape import Shape
    from bplint.language.roles import Key


def shape_at(path: Sequence[Key]) -> Shape | None:
    """The shape of the value at a path of a file; None where the language does not fix it."""
    shape: Shape | None = blueprint()
    for part in path:
        if shape is None:
            return None
        if shape.kind == FIXED:
            key = shape.keys.get(str(part))
            shape = key.shape if key is not None else None
        elif shape.kind in (MAPPING_OF, LIST_OF) and isinstance(part, int) == (shape.kind == LIST_OF):
            shape = shape.item
        else:
            return None
    return shape


def key_at(path: Sequence[Key]) -> ShapeKey | None:
    """The key of the language at the end of a path, or None where a name stands there."""
    if not path:
        return None
    shape = shape_at(path[:-1])
    return shape.keys.get(str(path[-1])) if shape is not None and shape.kind == FIXED else None
