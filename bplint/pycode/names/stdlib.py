"""What the standard library has, by version of Python.

The facts are in `api/stdlib_names.txt`, which `tools/stdlib_names.py` makes of the interpreters themselves.
A line of it is read when its module is asked for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# `from x import __y__`: every module has these, or none of them is worth a word
_ALWAYS: Final = frozenset(
    {"__builtins__", "__doc__", "__file__", "__loader__", "__name__", "__package__", "__spec__"}
)


class StdlibModule:
    """A module of the standard library: masks of the versions that have it, and of those whose names are
    not known; each name with the mask of the versions that have it."""

    __slots__ = ("has", "names", "unknown")

    def __init__(self, line: str) -> None:
        parts = line.split(" ")
        self.has = int(parts[1], 16)
        self.unknown = int(parts[2], 16)
        self.names: dict[str, int] = {}
        for part in parts[3:]:
            mask, _, names = part.partition(":")
            self.names.update(dict.fromkeys(names.split(","), int(mask, 16)))


class StandardLibrary:
    """The table; its text is read once."""

    __slots__ = ("_modules", "_text", "versions")

    def __init__(self) -> None:
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "api", "stdlib_names.txt")
        with open(path, encoding="utf-8") as stream:
            self._text = stream.read()
        self.versions: list[str] = self._text[: self._text.index("\n")].split(" ")
        self._modules: dict[str, StdlibModule | None] = {}

    def module(self, name: str) -> StdlibModule | None:
        """A module of any version, or None."""
        if name not in self._modules:
            start = self._text.find(f"\n{name} ") + 1
            line = self._text[start : self._text.find("\n", start)] if start else ""
            self._modules[name] = StdlibModule(line) if line else None
        return self._modules[name]

    def is_part(self, top: str, pythons: Iterable[str]) -> bool:
        """Whether a top-level module belongs to the standard library of every one of these versions."""
        found = self.module(top)
        return found is not None and not self._mask(pythons) & ~found.has

    def lacks_module(self, name: str, pythons: Iterable[str]) -> list[str]:
        """The versions, of those asked for, that have no such module."""
        found = self.module(name)
        mask = found.has if found is not None else 0
        return [version for version in pythons if not mask & self._bit(version)]

    def lacks_name(self, module: str, name: str, pythons: Iterable[str]) -> list[str]:
        """The versions that have the module, and no such name in it. A submodule counts as a name."""
        found = self.module(module)
        if found is None or name in _ALWAYS:
            return []
        inner = self.module(f"{module}.{name}")
        mask = found.names.get(name, 0) | found.unknown | (inner.has if inner is not None else 0)
        return [
            version
            for version in pythons
            if found.has & self._bit(version) and not mask & self._bit(version) and self._is_listed(version)
        ]

    def names_of(self, module: str, python: str) -> list[str]:
        """The public names of a module and its submodules."""
        found = self.module(module)
        if found is None:
            return []
        bit = self._bit(python)
        return [name for name, mask in found.names.items() if mask & bit and not name.startswith("_")]

    def modules_below(self, package: str) -> list[str]:
        """The modules directly below a package, or the top-level ones for ''."""
        prefix = f"{package}." if package else ""
        lines = self._text.split("\n")[1:]
        names = (line.split(" ", 1)[0] for line in lines if line.startswith(prefix))
        return sorted({name[len(prefix) :].split(".")[0] for name in names if name})

    def had(self, module: str, name: str | None = None) -> str | None:
        """The last version that had a module, or this name in it; None where none had."""
        found = self.module(module)
        if found is None:
            return None
        mask = found.has if name is None else found.names.get(name, 0)
        return self.versions[mask.bit_length() - 1] if mask else None

    def _bit(self, version: str) -> int:
        """The bit of a version; of the nearest one for versions that the table has not."""
        if version in self.versions:
            return 1 << self.versions.index(version)
        wanted = _numbers(version)
        older = [index for index, known in enumerate(self.versions) if _numbers(known) <= wanted]
        return 1 << (older[-1] if older else 0)

    def _is_listed(self, version: str) -> bool:
        """Whether a version is not newer than the table: a newer one may have more."""
        return _numbers(version) <= _numbers(self.versions[-1])

    def _mask(self, pythons: Iterable[str]) -> int:
        mask = 0
        for version in pythons:
            mask |= self._bit(version)
        return mask


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
