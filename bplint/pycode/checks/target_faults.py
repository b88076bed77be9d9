"""Faults of what mappings lead to, and of what the modules behind them import."""

from __future__ import annotations

from bplint.pycode.code_faults import CodeFault, PackageFault


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


class TargetIsMethod(CodeFault):
    """A mapping leads into a class, which is no module."""

    owner: str


class CodeNotHere(PackageFault):
    """The package of a mapping is in none of the places where code is looked for."""


class MissingImport(CodeFault):
    """An imported module does not exist in a package that is here."""

    module: str


class UnknownImportName(CodeFault):
    """A module that is here has not the name that is imported from it."""

    name: str
    module: str


class UnknownCloudifyName(CodeFault):
    """cloudify-common has no such module or name; `what` is the word for it."""

    what: str
    name: str
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
