"""A Python module that was read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.pycode.files.bindings import names_at_run_time, read_scope
from bplint.pycode.files.python_text import PyLines, Unparsed, parse

if TYPE_CHECKING:
    from bplint.pycode.files.bindings import Scope
    from bplint.pycode.files.folders import Place
    from bplint.source import Source


class Module:
    """A module or package.

    name      full dotted name
    place     where it was found; None for a namespace package, which has no file
    tree      its syntax tree; None where it does not parse (`unparsed` says why) or has no file
    portions  a package's folders: (place, relative folder); empty for a plain module
    """

    __slots__ = ("_lines", "_scope", "_sees_all", "name", "place", "portions", "source", "tree", "unparsed")

    def __init__(self, name: str, place: Place | None, source: Source | None) -> None:
        self.name = name
        self.place = place
        self.source = source
        self.portions: list[tuple[Place, str]] = []
        self.tree: ast.Module | None = None
        self.unparsed: Unparsed | None = None
        self._lines: PyLines | None = None
        self._scope: Scope | None = None
        self._sees_all: bool | None = None
        if source is None:
            self.tree = ast.Module([], [])
            return
        parsed = parse(source.text)
        if isinstance(parsed, Unparsed):
            self.unparsed = parsed
        else:
            self.tree = parsed

    @property
    def path(self) -> str:
        return self.source.path if self.source is not None else ""

    @property
    def is_package(self) -> bool:
        return bool(self.portions)

    @property
    def is_own(self) -> bool:
        return self.place is not None and self.place.is_own

    @property
    def is_recorded(self) -> bool:
        """Whether it is no text that anybody wrote: names and arguments of a published release."""
        return self.place is not None and self.place.kind == "recorded"

    @property
    def package(self) -> str:
        """What its relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @property
    def lines(self) -> PyLines:
        if self._lines is None:
            self._lines = PyLines(self.source.text if self.source is not None else "")
        return self._lines

    @property
    def scope(self) -> Scope:
        """The bindings of its top level; empty where it does not parse."""
        if self._scope is None:
            self._scope = read_scope(self.tree.body if self.tree is not None else [], self.package)
        return self._scope

    @property
    def names_at_run_time(self) -> bool:
        """Whether it has names that reading cannot see."""
        if self._sees_all is None:
            self._sees_all = self.tree is None or names_at_run_time(self.tree)
        return self._sees_all
