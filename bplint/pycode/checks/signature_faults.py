"""Faults between what a workflow or operation declares and the signature of its function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.pycode.code_faults import ArgumentFault, FunctionFault

if TYPE_CHECKING:
    from typing import Any


class TakesNoCtx(FunctionFault):
    """A workflow's function takes neither `ctx` nor `**kwargs`."""


class OperationTakesNoCtx(FunctionFault):
    """An operation's function takes neither `ctx` nor `**kwargs`."""


class _OfFunction(ArgumentFault):
    function: str


class ParameterNotAccepted(_OfFunction):
    """A workflow declares a parameter that its function does not take."""


class OperationParameterNotAccepted(_OfFunction):
    """An operation has an input that its function does not take."""


class ArgumentNotDeclared(_OfFunction):
    """A workflow's function needs an argument that no parameter gives."""


class OperationArgumentNotDeclared(_OfFunction):
    """An operation's function needs an argument that no input gives."""


class OptionalWithoutDefault(_OfFunction):
    """A parameter that need not be given is not passed then, and the function needs it."""


class PositionalOnly(ArgumentFault):
    """A workflow's function has an argument that cannot be passed by keyword."""


class OperationPositionalOnly(ArgumentFault):
    """An operation's function has an argument that cannot be passed by keyword."""


class _WithDefault(ArgumentFault):
    value: str  # the default as the code has it


class MandatoryWithDefault(_WithDefault):
    """A parameter that has to be given has a default in the code."""


class OperationMandatoryWithDefault(_WithDefault):
    """An input that has to be given has a default in the code."""


class DefaultUndeclared(_WithDefault):
    """An argument has a default that its workflow does not declare; the parameter may be declared or not."""

    is_declared: bool


class OperationDefaultUndeclared(_WithDefault):
    """An argument has a default and is no input of its operation."""


class _Relied(_WithDefault):
    is_relied: bool  # whether other code calls the function without the argument


class DefaultRepeated(_Relied):
    """The code repeats the declared default of a parameter."""


class OperationDefaultRepeated(_Relied):
    """The code repeats the declared default of an input."""


class _TwoDefaults(_Relied):
    declared_value: Any  # what YAML has


class DefaultDiffers(_TwoDefaults):
    """The code has another default than the parameter's declaration."""


class OperationDefaultDiffers(_TwoDefaults):
    """The code has another default than the input's declaration."""
