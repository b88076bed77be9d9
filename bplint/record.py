"""Named tuples that are quick to define. `typing.NamedTuple` compiles the annotation of every field: 8 of
434 million instructions of a small lint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from collections import namedtuple

    _OF_THE_CLASS = frozenset(("__annotations__", "__classcell__", "__module__", "__qualname__"))

    class _RecordMeta(type):
        """Makes a named tuple of a class body: annotated names are the fields, values their defaults."""

        def __new__(mcs, name, bases, body):
            fields = body["__annotations__"]
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__qualname__ = body["__qualname__"]
            made.__annotations__ = fields
            for key, value in body.items():
                if key not in fields and key not in _OF_THE_CLASS:
                    setattr(made, key, value)
            return made

    Record = type.__new__(_RecordMeta, "Record", (), {})

__all__ = ["Record"]
