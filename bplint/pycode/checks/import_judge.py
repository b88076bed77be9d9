"""What one import statement leads to: modules of the project, or the reason why it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.near import is_one_slip
from bplint.pycode.checks.names_at_import import NamesAtImport
from bplint.pycode.checks.target_faults import (
    FormerCloudifyName,
    ImplicitRelativeImport,
    MissingImport,
    MissingInPython,
    MissingModuleAttribute,
    RelativeImportOutsidePackage,
    ShadowedModule,
    UndecodableModule,
    UndefinedAtImport,
    UnknownCloudifyName,
    UnknownImportName,
)
from bplint.pycode.code_faults import Python2Code, Python3End
from bplint.pycode.files.bindings import static_all
from bplint.pycode.files.codebase import ABSENT, HIDDEN, NOWHERE, NoModule
from bplint.pycode.files.module import Module
from bplint.pycode.names import known
from bplint.pycode.names.target import MISSING

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable
    from typing import TypeAlias

    from bplint.diagnostic import Related
    from bplint.pycode.checks.reading import Reading
    from bplint.pycode.code_faults import CodeFault, Falls
    from bplint.pycode.files.import_statements import Imported
    from bplint.pycode.names.stdlib import StandardLibrary
    from bplint.pycode.names.target import TargetResolver
    from bplint.span import Span

    Make: TypeAlias = Callable[[str, Span, tuple[Related, ...], Falls | None], CodeFault]


class ImportReason:
    """Why an import fails, or what else is to be said of it. `make` gives the fault for its place, the places
    that belong to it and what falls with it; None where it is `package` that is not here. `fails` is False
    for advice, `is_other_error` where it is no ImportError that is raised."""

    __slots__ = ("fails", "is_other_error", "make", "package")

    def __init__(
        self, make: Make | None, *, fails: bool = True, package: str = "", is_other_error: bool = False
    ) -> None:
        self.make = make
        self.fails = fails
        self.package = package
        self.is_other_error = is_other_error


def _python2_only(reason: str) -> ImportReason:
    """Advice for code that managers with Python 2 run and newer ones do not."""
    return ImportReason(lambda path, span, _, __: Python3End(path, span, reason=reason), fails=False)


def is_swapped(one: str, other: str) -> bool:
    """Whether two names have the same letters."""
    return sorted(one) == sorted(other)


class ImportJudge:
    """Judges the imports of modules that are searched in one list of places."""

    __slots__ = ("_names", "_stdlib", "python", "reading", "resolver")

    def __init__(self, reading: Reading, resolver: TargetResolver, stdlib: StandardLibrary) -> None:
        self.reading = reading
        self.resolver = resolver
        self.python = reading.target_python
        self._stdlib = stdlib
        self._names: dict[Module, NamesAtImport] = {}

    def judge(self, module: Module, imported: Imported) -> tuple[list[Module], ImportReason | None]:
        """The project's modules that an import runs, in order, and what is wrong with it."""
        if imported.module == "":
            return [], _outside(module)
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

    def names(self, module: Module) -> list[tuple[ast.AST, ImportReason]]:
        """Names that a module asks for when it is imported and does not have, each with its place."""
        names = self.names_of(module)
        found: list[tuple[ast.AST, ImportReason]] = [
            (node, _undefined(*pair)) for node, pair in names.undefined()
        ]
        found += [(node, _no_attribute(*details)) for node, details in names.attributes()]
        return found

    def slip_of(self, name: str) -> str | None:
        """The module of the standard library that a top-level name was meant to be, where it is only one
        slip of the fingers away: many distributions have names that look like one."""
        if len(name) < 4 or name[-1].isdigit():
            return None
        for known_name in self._stdlib.modules_below(""):
            is_near = known_name[:1] == name[:1] or is_swapped(known_name, name)
            # one other letter makes another word of a short name: pydot is no pydoc
            is_near = is_near and (
                len(name) >= 7 or len(name) != len(known_name) or is_swapped(name, known_name)
            )
            if is_near and not known_name.startswith("_") and is_one_slip(name, known_name):
                return (
                    known_name if not self._stdlib.lacks_module(known_name, (self.python.newest,)) else None
                )
        return None

    def names_of(self, module: Module) -> NamesAtImport:
        """The reader of one module's names; each module is read once."""
        if module not in self._names:
            self._names[module] = NamesAtImport(module, self.resolver, self._stdlib, self.python)
        return self._names[module]

    def _modules_of(self, name: str) -> list[Module]:
        """The project's modules that importing a name runs: its packages from the outside, then itself."""
        parts = name.split(".")
        names = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        found = (self.resolver.code.module(each, self.resolver.places) for each in names)
        return [each for each in found if isinstance(each, Module) and each.is_own]

    def _all(self, source: Module, run: list[Module]) -> tuple[list[Module], ImportReason | None]:
        """`from source import *`: every name that its `__all__` lists."""
        for name in static_all(source.scope) or ():
            run, reason = self._name(source, name, run)
            if reason is not None:
                return run, reason
        return run, None

    def _name(self, source: Module, name: str, run: list[Module]) -> tuple[list[Module], ImportReason | None]:
        """`from source import name`: an attribute, or else a submodule."""
        answer = self.resolver.attribute(source, name, 0)
        if answer.state == MISSING:
            return run, _unknown_name(source, name, answer.known)
        if source.is_package and name not in source.scope.names:
            child = self.resolver.code.module(f"{source.name}.{name}", self.resolver.places)
            if isinstance(child, Module) and child.is_own:
                return [*run, child], None
        return run, None

    def _implicit(
        self, module: Module, imported: Imported
    ) -> tuple[list[Module], ImportReason | None] | None:
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
            return [], _python2_only(f"'import {top}' means the module beside it")
        return [], _implicit_relative(top, module.package)

    def _top(self, name: str) -> Module | NoModule:
        return self.resolver.code.module(name, self.resolver.places)

    def _of_stdlib(self, imported: Imported, top: str) -> ImportReason | None:
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
            return _shadowed(top, imported.name)
        return self._missing(lacking, imported.module, imported.name, False)

    def _missing(self, lacking: list[str], module: str, name: str, is_module: bool) -> ImportReason | None:
        if self.python.newest not in lacking:
            return None  # a newer manager runs it
        full = f"{module}.{name}"
        had = self._stdlib.had(full) if is_module else self._stdlib.had(module, name)
        if len(lacking) < len(self.python.versions):
            return _python2_only(f"Python {self.python.newest} has no '{full}'")
        stdlib = self._stdlib
        there = stdlib.modules_below(module) if is_module else stdlib.names_of(module, self.python.newest)
        return self._lacking(module, name, had, None if had else (name, there))

    def _lacking(
        self, module: str, name: str, had: str | None, near: tuple[str, list[str]] | None
    ) -> ImportReason:
        python = self.python.newest
        return ImportReason(
            lambda path, span, related, falls: MissingInPython(
                path,
                span,
                related=related,
                falls=falls,
                near=near,
                module=module,
                name=name,
                python=python,
                had=had,
            )
        )

    def _without_module(self, module: Module, imported: Imported, found: NoModule) -> ImportReason | None:
        if found.state == ABSENT:
            if found.parent is None or not (found.parent.is_own or found.parent.source is None):
                return None
            return _missing_module(found)
        if found.state == HIDDEN:
            return _undecodable(found.name) if found.undecoded else None
        if found.state != NOWHERE or found.name in known.PLATFORM:
            return None
        had = self._stdlib.had(found.name)
        if had is not None:
            return self._dropped_module(found.name, had)
        return ImportReason(None, fails=False, package=found.name)

    def _dropped_module(self, name: str, had: str) -> ImportReason | None:
        lacking = self._stdlib.lacks_module(name, self.python.versions)
        if self.python.newest not in lacking:
            return None  # some of the Pythons have it, and the others may get it from a backport
        if len(lacking) < len(self.python.versions):
            return _python2_only(f"Python {self.python.newest} has no module '{name}'")
        if had.startswith("2"):
            return _python2_module(name)
        return self._lacking("", name, had, None)


def _of_platform(imported: Imported) -> ImportReason | None:
    lacking = known.lacks(imported.module, imported.name)
    if lacking is not None:
        return _not_in_platform(imported.module, *lacking)
    dropped = known.was_dropped(imported.module, imported.name)
    if dropped is None:
        return None
    return ImportReason(lambda path, span, _, __: FormerCloudifyName(path, span, name=dropped), fails=False)


def _not_in_platform(module: str, what: str, name: str, names: list[str]) -> ImportReason:
    short = name.rpartition(".")[2]
    return ImportReason(
        lambda path, span, related, falls: UnknownCloudifyName(
            path,
            span,
            related=related,
            falls=falls,
            near=(short, names),
            what=what,
            name=short,
            module=module,
        )
    )


def _outside(module: Module) -> ImportReason:
    is_top = not module.package
    return ImportReason(
        lambda path, span, related, falls: RelativeImportOutsidePackage(
            path, span, related=related, falls=falls, module=module.name, is_top=is_top
        )
    )


def _unknown_name(source: Module, name: str, names: list[str]) -> ImportReason:
    return ImportReason(
        lambda path, span, related, falls: UnknownImportName(
            path, span, related=related, falls=falls, near=(name, names), name=name, module=source.name
        )
    )


def _implicit_relative(top: str, package: str) -> ImportReason:
    return ImportReason(
        lambda path, span, related, falls: ImplicitRelativeImport(
            path, span, related=related, falls=falls, module=top, package=package
        )
    )


def _shadowed(top: str, name: str) -> ImportReason:
    return ImportReason(
        lambda path, span, related, falls: ShadowedModule(
            path, span, related=related, falls=falls, module=top, name=name
        )
    )


def _missing_module(found: NoModule) -> ImportReason:
    near = (found.name.rpartition(".")[2], found.known)
    return ImportReason(
        lambda path, span, related, falls: MissingImport(
            path, span, related=related, falls=falls, near=near, module=found.name
        )
    )


def _undecodable(name: str) -> ImportReason:
    return ImportReason(
        lambda path, span, related, falls: UndecodableModule(
            path, span, related=related, falls=falls, module=name
        ),
        is_other_error=True,
    )


def _undefined(name: str, names: list[str]) -> ImportReason:
    return ImportReason(
        lambda path, span, related, falls: UndefinedAtImport(
            path, span, related=related, falls=falls, near=(name, names), name=name
        ),
        is_other_error=True,
    )


def _no_attribute(module: str, name: str, names: list[str]) -> ImportReason:
    return ImportReason(
        lambda path, span, related, falls: MissingModuleAttribute(
            path, span, related=related, falls=falls, near=(name, names), module=module, name=name
        ),
        is_other_error=True,
    )


def _python2_module(name: str) -> ImportReason:
    reason = f"module '{name}' is Python 2's"
    return ImportReason(
        lambda path, span, related, falls: Python2Code(
            path, span, related=related, falls=falls, reason=reason
        )
    )
