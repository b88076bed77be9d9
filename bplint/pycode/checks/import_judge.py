"""What one import statement leads to: modules of the project, or the reason why it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.pycode.files.bindings import static_all
from bplint.pycode.files.codebase import ABSENT, HIDDEN, NOWHERE, NoModule
from bplint.pycode.files.module import Module
from bplint.pycode.names import known
from bplint.pycode.names.target import MISSING

if TYPE_CHECKING:
    from bplint.pycode.checks.reading import Reading
    from bplint.pycode.files.import_statements import Imported
    from bplint.pycode.names.stdlib import StandardLibrary
    from bplint.pycode.names.target import Resolver


class Reason:
    """Why an import fails, or what else is to be said of it: the kind of fault and its details.
    `fails` is False for advice."""

    __slots__ = ("details", "fails", "kind")

    def __init__(self, kind: str, fails: bool = True, **details: Any) -> None:
        self.kind = kind
        self.fails = fails
        self.details = details


class ImportJudge:
    """Judges the imports of modules that are searched in one list of places."""

    __slots__ = ("_stdlib", "python", "reading", "resolver")

    def __init__(self, reading: Reading, resolver: Resolver, stdlib: StandardLibrary) -> None:
        self.reading = reading
        self.resolver = resolver
        self.python = reading.target_python
        self._stdlib = stdlib

    def judge(self, module: Module, imported: Imported) -> tuple[list[Module], Reason | None]:
        """The project's modules that an import runs, in order, and what is wrong with it."""
        if imported.module == "":
            is_top = not module.package
            return [], Reason("relative-import-outside-package", module=module.name, is_top=is_top)
        top = imported.module.split(".", 1)[0]
        if top == "__future__":
            return [], None
        if imported.level == 0:
            beside = self._implicit(module, imported)
            if beside is not None:
                return beside
            if self._stdlib.is_part(top, self.python.versions):
                return [], self._of_stdlib(imported, top)
            if known.is_described(imported.module):
                return [], _of_platform(imported)
        found = self.resolver.code.module(imported.module, self.resolver.places)
        if isinstance(found, NoModule):
            run = self._modules_of(found.parent.name) if found.parent is not None else []
            return run, self._without_module(module, imported, found)
        run = self._modules_of(imported.module)
        is_own = found.is_own or (found.source is None and all(place.is_own for place, _ in found.portions))
        if imported.name is None or not is_own:
            return run, None
        return self._all(found, run) if imported.name == "*" else self._name(found, imported.name, run)

    def _modules_of(self, name: str) -> list[Module]:
        """The project's modules that importing a name runs: its packages from the outside, then itself."""
        parts = name.split(".")
        names = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        found = (self.resolver.code.module(each, self.resolver.places) for each in names)
        return [each for each in found if isinstance(each, Module) and each.is_own]

    def _all(self, source: Module, run: list[Module]) -> tuple[list[Module], Reason | None]:
        """`from source import *`: every name that its `__all__` lists."""
        for name in static_all(source.scope) or ():
            run, reason = self._name(source, name, run)
            if reason is not None:
                return run, reason
        return run, None

    def _name(self, source: Module, name: str, run: list[Module]) -> tuple[list[Module], Reason | None]:
        """`from source import name`: an attribute, or else a submodule."""
        answer = self.resolver.attribute(source, name, 0)
        if answer.state == MISSING:
            near = (name, answer.known)
            return run, Reason("unknown-import-name", name=name, module=source.name, near=near)
        if source.is_package and name not in source.scope.names:
            child = self.resolver.code.module(f"{source.name}.{name}", self.resolver.places)
            if isinstance(child, Module) and child.is_own:
                return [*run, child], None
        return run, None

    def _implicit(self, module: Module, imported: Imported) -> tuple[list[Module], Reason | None] | None:
        """An import of what lies beside the module in its package: Python 2 takes it from there, Python 3
        looks at the top only. None where nothing of that name lies there, or Python 3 finds something."""
        if not module.package or module.place is None:
            return None
        top = imported.module.split(".", 1)[0]
        name = f"{module.package}.{top}"
        beside = self.resolver.code.module(name, self.resolver.places)
        if not isinstance(beside, Module) or not beside.is_own or beside is module or beside.source is None:
            return None
        if self.python.is_python2:
            run = self._modules_of(name)
            return run, None
        if self._stdlib.is_part(top, (self.python.newest,)) or top in known.PLATFORM:
            return None
        if not isinstance(self._top(top), NoModule):
            return None
        if self.python.may_be_python2:
            reason = f"'import {top}' means the module beside it"
            return [], Reason("python3-end", False, reason=reason, module=top)
        return [], Reason("implicit-relative-import", module=top, package=module.package)

    def _top(self, name: str) -> Module | NoModule:
        return self.resolver.code.module(name, self.resolver.places)

    def _of_stdlib(self, imported: Imported, top: str) -> Reason | None:
        """What the standard library of every Python in question lacks, or of the newest one only."""
        stdlib, pythons = self._stdlib, self.python.versions
        parts = imported.module.split(".")
        for count in range(2, len(parts) + 1):
            inner = ".".join(parts[:count])
            lacking = stdlib.lacks_module(inner, pythons)
            if lacking:
                return self._missing(lacking, ".".join(parts[: count - 1]), parts[count - 1], True)
        if imported.name is None or imported.name == "*":
            return None
        lacking = stdlib.lacks_name(imported.module, imported.name, pythons)
        if not lacking:
            return None
        own = self._top(top)
        if isinstance(own, Module) and own.is_own and imported.module == top:
            return Reason("shadowed-module", module=top, name=imported.name)
        return self._missing(lacking, imported.module, imported.name, False)

    def _missing(self, lacking: list[str], module: str, name: str, is_module: bool) -> Reason | None:
        if self.python.newest not in lacking:
            return None  # a newer manager runs it
        full = f"{module}.{name}"
        had = self._stdlib.had(full) if is_module else self._stdlib.had(module, name)
        if len(lacking) < len(self.python.versions):
            reason = f"Python {self.python.newest} has no '{full}'"
            return Reason("python3-end", False, reason=reason, module=module)
        stdlib = self._stdlib
        there = stdlib.modules_below(module) if is_module else stdlib.names_of(module, self.python.newest)
        near = None if had else (name, there)
        newest = self.python.newest
        return Reason("missing-in-python", module=module, name=name, python=newest, had=had, near=near)

    def _without_module(self, module: Module, imported: Imported, found: NoModule) -> Reason | None:
        if found.state == ABSENT:
            if found.parent is None or not (found.parent.is_own or found.parent.source is None):
                return None
            near = (found.name.rpartition(".")[2], found.known)
            return Reason("missing-import", module=found.name, near=near)
        if found.state == HIDDEN:
            return Reason("undecodable-module", module=found.name) if found.undecoded else None
        if found.state != NOWHERE or found.name in known.PLATFORM:
            return None
        had = self._stdlib.had(found.name)
        if had is not None:
            return self._dropped_module(found.name, had)
        return Reason("import-not-here", fails=False, package=found.name)

    def _dropped_module(self, name: str, had: str) -> Reason | None:
        lacking = self._stdlib.lacks_module(name, self.python.versions)
        if self.python.newest not in lacking:
            return None  # some of the Pythons have it, and the others may get it from a backport
        if len(lacking) < len(self.python.versions):
            reason = f"Python {self.python.newest} has no module '{name}'"
            return Reason("python3-end", False, reason=reason, module=name)
        if had.startswith("2"):
            return Reason("python2-code", reason=f"module '{name}' is Python 2's", module=name)
        newest = self.python.newest
        return Reason("missing-in-python", module="", name=name, python=newest, had=had, near=None)


def _of_platform(imported: Imported) -> Reason | None:
    lacking = known.lacks(imported.module, imported.name)
    if lacking is not None:
        what, name, names = lacking
        short = name.rpartition(".")[2]
        near = (short, names)
        return Reason("unknown-cloudify-name", what=what, name=short, module=imported.module, near=near)
    dropped = known.was_dropped(imported.module, imported.name)
    return Reason("former-cloudify-name", fails=False, name=dropped) if dropped is not None else None
