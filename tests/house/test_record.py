"""Records are named tuples."""

from __future__ import annotations

import pickle

import pytest

from bplint.record import Record


class Point(Record):
    """A place."""

    x: int
    y: int = 0

    @property
    def is_origin(self) -> bool:
        return self == (0, 0)


def test_fields_defaults_and_methods() -> None:
    assert Point._fields == ("x", "y")
    assert Point(1) == Point(x=1, y=0) == (1, 0)
    assert (Point(0).is_origin, Point(1).is_origin) == (True, False)
    assert Point.__doc__ == "A place."


def test_is_told_by_its_fields() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"
    assert (Point(1)._replace(y=3), Point(1)._asdict()) == ((1, 3), {"x": 1, "y": 0})


def test_is_no_other_class_after_a_journey() -> None:
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)
    assert type(pickle.loads(pickle.dumps(Point(1, 2)))) is Point


def test_a_field_that_is_missing_is_told() -> None:
    with pytest.raises(TypeError, match="x"):
        Point()  # type: ignore[call-arg]
