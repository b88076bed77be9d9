"""Faults of what mappings lead to, and of what the modules behind them import."""

from __future__ import annotations

from bplint.pycode.code_faults import CodeFault, ImportFault, PackageFault


class UnknownModule(CodeFault):
    """A mapping names a module that does not exist; `package` is where it was looked for, or empty."""

    module: str
    package: str


class UnknownFunction(CodeFault):
    """A mapping names a function that its module does not have."""

    module: str
    function: str


class MappingWithoutModule(CodeFault):
    """A mapping names a function and no module."""

    function: str


class TargetNotCallable(CodeFault):
    """A mapping leads to something that cannot be called; `what` says what it is, with its article."""

    function: str
    what: str


class CoroutineTarget(CodeFault):
    """A mapping leads to an `async def`."""

    function: str


class TargetIsMethod(CodeFault):
    """A mapping leads into a class, which is no module."""

    owner: str


class CodeNotHere(PackageFault):
    """The package of a mapping is in none of the places where code is looked for."""


class MissingImport(ImportFault):
    """An imported module does not exist in a package that is here."""

    module: str


class UnknownImportName(ImportFault):
    """A module that is here has not the name that is imported from it."""

    name: str
    module: str


class UnknownCloudifyName(ImportFault):
    """cloudify-common has no such module or name; `what` is the word for it."""

    what: str
    name: str
    module: str


class FormerCloudifyName(CodeFault):
    """Only earlier releases of cloudify-common have what is imported."""

    name: str


class MissingInPython(ImportFault):
    """The standard library has no such module (then `module` is empty) or name; `had` is the last Python
    that had it, where one had."""

    module: str
    name: str
    python: str
    had: str | None


class CircularImport(ImportFault):
    """A name is asked for before its module has it; `start` is the module that is imported first."""

    module: str
    name: str
    start: str


class RelativeImportOutsidePackage(ImportFault):
    """A relative import leaves the outermost package; `is_top` where the module is in none."""

    module: str
    is_top: bool


class ShadowedModule(ImportFault):
    """The standard library's module is found before the project's, and has no such name."""

    module: str
    name: str


class ImplicitRelativeImport(ImportFault):
    """A module is imported by its bare name from within its package."""

    module: str
    package: str


class MissingModuleAttribute(ImportFault):
    """A module has no such name, and is asked for it as an attribute."""

    module: str
    name: str


class UndefinedAtImport(ImportFault):
    """The top level of a module uses a name that nothing defines."""

    name: str


class UndecodableModule(ImportFault):
    """The text of a module cannot be decoded."""

    module: str


class ImportNotHere(PackageFault):
    """An imported package is not here, and the project does not ask for it."""


class ImportNotInstalled(PackageFault):
    """An imported package is not installed for the Python that is to run it."""

    executable: str


class ImportFails(CodeFault):
    """A module was imported for real, and that raised an exception."""

    module: str
    raised: str


class UnusableInterpreter(CodeFault):
    """The given Python cannot be asked for its packages."""

    executable: str
    reason: str
