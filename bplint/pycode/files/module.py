"""A Python module that was read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.pycode.files.bindings import names_at_run_time, names_set_later, read_scope
from bplint.pycode.files.python_text import PyLines, Unparsed, compile_error, parse

if TYPE_CHECKING:
    from bplint.pycode.files.bindings import NameScope
    from bplint.pycode.files.folders import SearchPlace
    from bplint.source import Source


class Module:
    """A module or package.

    name      full dotted name
    place     where it was found; None for a namespace package, which has no file
    tree      its syntax tree; None where it does not parse or has no file
    unparsed  why it is no Python 3; with a tree all the same where it is Python 2
    portions  a package's folders: (place, relative folder); empty for a plain module
    """

    __slots__ = (
        "_compiled",
        "_later",
        "_lines",
        "_scope",
        "_sees_all",
        "name",
        "place",
        "portions",
        "source",
        "tree",
        "unparsed",
    )

    def __init__(self, name: str, place: SearchPlace | None, source: Source | None) -> None:
        self.name = name
        self.place = place
        self.source = source
        self.portions: list[tuple[SearchPlace, str]] = []
        self.tree: ast.Module | None = None
        self.unparsed: Unparsed | None = None
        self._lines: PyLines | None = None
        self._scope: NameScope | None = None
        self._sees_all: bool | None = None
        self._compiled: tuple[Unparsed | None] | None = None
        self._later: frozenset[str] | None = None
        if source is None:
            self.tree = ast.Module([], [])
            return
        parsed = parse(source.text)
        if isinstance(parsed, Unparsed):
            self.unparsed = parsed
            self.tree = parsed.tree
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
            edits = self.unparsed.edits if self.unparsed is not None else ()
            self._lines = PyLines(self.source.text if self.source is not None else "", edits)
        return self._lines

    @property
    def scope(self) -> NameScope:
        """The bindings of its top level; empty where it does not parse."""
        if self._scope is None:
            self._scope = read_scope(self.tree.body if self.tree is not None else [], self.package)
        return self._scope

    @property
    def uncompiled(self) -> Unparsed | None:
        """Why it does not compile, although it parses."""
        if self._compiled is None:
            self._compiled = (compile_error(self.tree, self.path) if self.tree is not None else None,)
        return self._compiled[0]

    @property
    def parsed_text(self) -> str:
        """What its tree was made of: Python 2 is written anew for that."""
        if self.unparsed is not None and self.unparsed.tree is not None:
            return self.unparsed.text
        return self.source.text if self.source is not None else ""

    @property
    def set_later(self) -> frozenset[str]:
        """Names that its functions set in it when they are called."""
        if self._later is None:
            has_any = self.tree is not None and self.source is not None and "global" in self.source.text
            self._later = names_set_later(self.tree) if has_any and self.tree is not None else frozenset()
        return self._later

    @property
    def names_at_run_time(self) -> bool:
        """Whether it has names that reading cannot see."""
        if self._sees_all is None:
            self._sees_all = self.tree is None or names_at_run_time(self.tree)
        return self._sees_all
