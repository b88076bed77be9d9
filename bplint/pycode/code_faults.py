"""What faults of code have in common, and the faults of files: scripts, sources, Python texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Concatenate, ParamSpec, TypeAlias

    from bplint.diagnostic import Related
    from bplint.edit import Fix
    from bplint.span import Span

    P = ParamSpec("P")
    # a kind, with the fields that it has beside its place
    CodeKind: TypeAlias = Callable[Concatenate[str, Span, P], "CodeFault"]


class CodeFault(Fault):
    """A fault of code or of a mapping to code.

    related   the places that belong to it
    near      the name as written, and those that it may have meant
    fix       the change that mends it, where there is one
    """

    related: tuple[Related, ...] = ()
    near: tuple[str, Collection[str]] | None = None
    fix: Fix | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for two finds of one fault: one function may be reached by many mappings."""
        return (type(self), self.path, self.span)


class FunctionFault(CodeFault):
    """A fault of a function as a whole, shown at the line it begins on."""

    function: str


class ArgumentFault(CodeFault):
    """A fault of an argument of a function: one signature may have it several times at one place."""

    argument: str

    @property
    def identity(self) -> tuple[object, ...]:
        return (type(self), self.path, self.span, self.argument)


class PackageFault(CodeFault):
    """A package that is not here. It is told once, however many mappings or imports need it."""

    package: str

    @property
    def identity(self) -> tuple[object, ...]:
        return (type(self), self.package)


class Falls:
    """What falls with an import that fails: how many mappings, and the modules from a mapped one to the one
    where it fails."""

    __slots__ = ("chain", "mappings")

    def __init__(self, mappings: int, chain: tuple[str, ...]) -> None:
        self.mappings = mappings
        self.chain = chain


class ImportFault(CodeFault):
    """Something that stops a module from being imported; `falls` where mappings fall with it."""

    falls: Falls | None = None


class PluginSourceNotFound(CodeFault):
    """The folder or archive that a plugin's `source` names is not beside the blueprint."""

    source: str


class ScriptNotFound(CodeFault):
    """An input names a script that is not beside the blueprint."""

    script: str


class ScriptWithoutInterpreter(CodeFault):
    """Neither the first line of a script nor its name says what runs it."""

    script: str


class ShebangWithCarriageReturn(CodeFault):
    """The `#!` line of a script ends with a carriage return."""


class CodeSyntaxError(ImportFault):
    """A Python text does not parse."""

    reason: str


class Python2Code(ImportFault):
    """Code that only Python 2 can run."""

    reason: str


class Python3End(CodeFault):
    """Code that newer managers cannot run. It is told once a file."""

    reason: str

    @property
    def identity(self) -> tuple[object, ...]:
        return (type(self), self.path)
