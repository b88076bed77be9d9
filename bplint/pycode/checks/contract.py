"""What a mapping's declaration hands over, against what the function takes.

Facts (cloudify/dispatch.py): workflow and operation functions are called with keywords only; `ctx` is one
of them, always. A workflow gets the parameters that have a default or a value; an operation gets its
merged inputs.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from bplint.edit import Applicability, Fix
from bplint.pycode.checks.signature_faults import (
    ArgumentNotDeclared,
    DefaultDiffers,
    DefaultRepeated,
    DefaultUndeclared,
    MandatoryWithDefault,
    OperationArgumentNotDeclared,
    OperationDefaultDiffers,
    OperationDefaultRepeated,
    OperationDefaultUndeclared,
    OperationMandatoryWithDefault,
    OperationParameterNotAccepted,
    OperationPositionalOnly,
    OperationTakesNoCtx,
    OptionalWithoutDefault,
    ParameterNotAccepted,
    PositionalOnly,
    TakesNoCtx,
)
from bplint.pycode.names.constants import UNKNOWN_VALUE, constant_value

if TYPE_CHECKING:
    from collections.abc import Set

    from bplint.diagnostic import Related
    from bplint.model.elements import Operation, SchemaProperty, Workflow
    from bplint.pycode.checks.reading import Aim, Reading
    from bplint.pycode.names.signature import Argument, Signature
    from bplint.span import Span

CTX: Final = "ctx"


class Handed:
    """What one mapping hands over.

    element    the workflow or operation, `noun` its word; `path` and `span` the place of its mapping
    declared   parameters or inputs that are declared; `always` names that are always passed
    is_open    more may be passed that nothing declares
    side       'workflow', 'node' or 'relationship'
    """

    __slots__ = ("always", "declared", "element", "is_open", "noun", "path", "side", "span", "word")

    def __init__(self, element: Any, path: str, span: Span, noun: str, word: str) -> None:
        self.element = element
        self.path = path
        self.span = span
        self.noun = noun
        self.word = word
        self.declared: dict[str, SchemaProperty] = {}
        self.always: set[str] = set()
        self.is_open = False
        self.side = noun

    @property
    def is_workflow(self) -> bool:
        return self.noun == "workflow"

    @property
    def place(self) -> tuple[str, Span]:
        return self.path, self.span


def workflow_hands(workflow: Workflow, span: Span) -> Handed:
    """What a workflow hands to its function: declared defaults, and mandatory values of the caller."""
    handed = Handed(workflow, workflow.path, span, "workflow", "parameter")
    handed.declared = dict(workflow.parameters)
    handed.always = {
        name for name, entry in workflow.parameters.items() if entry.default is not None or entry.is_required
    }
    return handed


def operation_hands(operation: Operation, path: str, span: Span) -> Handed:
    """What an operation hands to its function: the inputs of its schema and those written."""
    handed = Handed(operation, path, span, "operation", "input")
    handed.declared = dict(operation.schema)
    handed.always = {*operation.schema, *operation.inputs}
    handed.is_open = not operation.interface.startswith(_CALLED_BY_BUILT_INS)
    return handed


# other interfaces are called by workflows that may pass more (built-in ones pass nothing to these)
_CALLED_BY_BUILT_INS: Final = (
    "cloudify.interfaces.lifecycle",
    "cloudify.interfaces.relationship_lifecycle",
    "cloudify.interfaces.validation",
    "cloudify.interfaces.monitoring",
)


def check_contract(
    reading: Reading, aim: Aim, handed: Handed, elsewhere: Set[str], mixed: dict[str, bool]
) -> None:
    """Faults between a declaration and the signature; `elsewhere` are the names that any mapping of the
    function declares, `mixed` those that several declare with different defaults, each with whether that
    the code has another one was told already."""
    signature = aim.trusted
    if signature is None:
        return
    check = _ContractCheck(reading, signature, handed, mixed)
    check.ctx()
    for argument in signature.arguments.values():
        if argument.is_positional_only:
            if argument.default is None:
                check.positional_only(argument)
        elif argument.name != CTX:
            check.argument(argument, elsewhere)
    for name in handed.declared:
        if not signature.accepts(name) and not _is_positional_only(signature, name):
            check.not_accepted(name)


def _is_positional_only(signature: Signature, name: str) -> bool:
    argument = signature.arguments.get(name)
    return argument is not None and argument.is_positional_only and argument.default is None


class _ContractCheck:
    """One signature against one declaration."""

    __slots__ = ("handed", "mixed", "reading", "signature")

    def __init__(
        self, reading: Reading, signature: Signature, handed: Handed, mixed: dict[str, bool]
    ) -> None:
        self.mixed = mixed
        self.reading = reading
        self.signature = signature
        self.handed = handed

    @property
    def _function(self) -> str:
        return self.signature.definition.name

    def _sides(
        self, node: ast.AST | None, said: str, yaml: SchemaProperty | None = None
    ) -> tuple[tuple[str, Span], tuple[Related, ...]]:
        """The place of a fault and what is related; `said` of the node, or of the function's first line."""
        module = self.signature.module
        if node is None:
            code_span = module.lines.header_span(self.signature.definition.node)
        else:
            code_span = module.lines.span(node)
        path, span = self.handed.place
        message = f"{self.handed.noun} '{self.handed.element.name}' is mapped to it here"
        if yaml is not None and yaml.file.is_own:
            path, span = yaml.path, yaml.key.span
            message = f"{self.handed.word} '{yaml.name}' is declared here"
        return self.reading.both_sides((path, span, message), (module, code_span, said))

    def ctx(self) -> None:
        # one that is positional-only is told as such
        if not self.signature.accepts(CTX) and CTX not in self.signature.arguments:
            place, related = self._sides(None, "the function is here")
            kind = TakesNoCtx if self.handed.is_workflow else OperationTakesNoCtx
            self.reading.report(kind, place, related=related, function=self._function)

    def positional_only(self, argument: Argument) -> None:
        declared = self.handed.declared.get(argument.name)
        place, related = self._sides(argument.node, "the argument is here", declared)
        kind = PositionalOnly if self.handed.is_workflow else OperationPositionalOnly
        self.reading.report(kind, place, related=related, argument=argument.name)

    def not_accepted(self, name: str) -> None:
        known = [argument for argument in self.signature.arguments if argument not in self.handed.declared]
        place, related = self._sides(None, "the function is here", self.handed.declared[name])
        self.reading.report(
            ParameterNotAccepted if self.handed.is_workflow else OperationParameterNotAccepted,
            place,
            related=related,
            function=self._function,
            argument=name,
            near=(name, [entry for entry in known if entry != CTX]),
        )

    def argument(self, argument: Argument, elsewhere: Set[str]) -> None:
        """One argument that can be passed by keyword."""
        declared = self.handed.declared.get(argument.name)
        if argument.default is None:
            self._required(argument, declared)
        elif argument.is_bound or self.signature.module.is_recorded:
            return  # what a recorded default is, is not known
        elif declared is None:
            self._undeclared_default(argument, elsewhere)
        elif declared.default is None:
            self._without_declared_default(argument, declared)
        else:
            self._two_defaults(argument, declared)

    def _required(self, argument: Argument, declared: SchemaProperty | None) -> None:
        if argument.name in self.handed.always:
            return
        place, related = self._sides(argument.node, "the argument is here", declared)
        if declared is not None:
            self.reading.report(
                OptionalWithoutDefault,
                place,
                related=related,
                function=self._function,
                argument=argument.name,
            )
        elif not self.handed.is_open or self._is_misspelt(argument):
            taken = self.signature.arguments
            near = [name for name in self.handed.declared if name not in taken]
            self.reading.report(
                ArgumentNotDeclared if self.handed.is_workflow else OperationArgumentNotDeclared,
                place,
                related=related,
                function=self._function,
                argument=argument.name,
                near=(argument.name, near),
                fix=None if near else self._declaration(argument),
            )

    def _is_misspelt(self, argument: Argument) -> bool:
        """Whether a declared name that no argument has is what an argument was meant to be called."""
        from bplint.near import nearest  # only where something is missing

        left = [name for name in self.handed.declared if name not in self.signature.arguments]
        return nearest(argument.name, left) is not None

    def _declaration(self, argument: Argument) -> Fix | None:
        from bplint.pycode.checks.signature_fixes import declare_parameter

        if self.handed.noun != "workflow":
            return None
        added = declare_parameter(self.handed.element, argument.name, {})
        if added is None:
            return None
        return Fix(f"declare parameter '{argument.name}'", Applicability.UNSAFE, (added,))

    def _undeclared_default(self, argument: Argument, elsewhere: Set[str]) -> None:
        if argument.name in self.handed.always or argument.name in elsewhere:
            return
        # for an operation any template may hand over more inputs, and None says "not given"
        if self.handed.noun == "operation" and _is_none(argument.default):
            return
        self._hidden_default(argument, None)

    def _without_declared_default(self, argument: Argument, declared: SchemaProperty) -> None:
        if declared.is_required:
            place, related = self._sides(argument.node, "the argument is here", declared)
            self.reading.report(
                MandatoryWithDefault if self.handed.is_workflow else OperationMandatoryWithDefault,
                place,
                related=related,
                argument=argument.name,
                value=source_of(argument.default),
            )
        elif not _is_none(argument.default):
            self._hidden_default(argument, declared)

    def _two_defaults(self, argument: Argument, declared: SchemaProperty) -> None:
        # needs the YAML values, which start-up does not
        from bplint.syntax.mapping import python_of

        assert declared.default is not None
        written = constant_value(argument.default, self.signature.module)
        value = python_of(declared.default)
        if isinstance(value, dict) and any(str(key).startswith(("get_", "concat")) for key in value):
            return  # an intrinsic function: what it gives is not known here
        if written is None and self.handed.noun == "operation":
            return  # Python's usual way to say "not given"
        if written is None and not value and not isinstance(value, bool | int | float):
            return  # None for an empty list, mapping or text: Python's usual way to avoid a shared one
        if written is UNKNOWN_VALUE:
            return
        same = written == value and isinstance(written, bool) == isinstance(value, bool)
        if argument.name in self.mixed:
            # a copy of one of several declared defaults is wrong for the others: that is told once
            if same or self.mixed[argument.name]:
                return
            self.mixed[argument.name] = True
        self._second_default(argument, declared, value, same)

    def _hidden_default(self, argument: Argument, declared: SchemaProperty | None) -> None:
        """A default that the code alone has."""
        place, related = self._sides(argument.node, "the default is here", declared)
        name, value = argument.name, source_of(argument.default)
        if self.handed.is_workflow:
            self.reading.report(
                DefaultUndeclared,
                place,
                related=related,
                argument=name,
                value=value,
                is_declared=declared is not None,
                fix=self._declaring(argument, declared),
            )
        else:
            self.reading.report(
                OperationDefaultUndeclared, place, related=related, argument=name, value=value
            )

    def _second_default(
        self, argument: Argument, declared: SchemaProperty, declared_value: Any, same: bool
    ) -> None:
        """A default in the code beside the declared one."""
        place, related = self._sides(argument.node, "the default is here", declared)
        name, value = argument.name, source_of(argument.default)
        is_relied = self.reading.callers.rely_on(self.signature, argument)
        fix = None if is_relied else self._dropping(argument)
        if same:
            repeated = DefaultRepeated if self.handed.is_workflow else OperationDefaultRepeated
            self.reading.report(
                repeated,
                place,
                related=related,
                argument=name,
                value=value,
                is_relied=is_relied,
                fix=fix,
            )
            return
        self.reading.report(
            DefaultDiffers if self.handed.is_workflow else OperationDefaultDiffers,
            place,
            related=related,
            argument=name,
            value=value,
            declared_value=declared_value,
            is_relied=is_relied,
            fix=fix,
        )

    def _dropping(self, argument: Argument) -> Fix | None:
        """Take the default from the signature."""
        from bplint.pycode.checks.signature_fixes import drop_default

        dropped = drop_default(self.signature, argument)
        if dropped is None:
            return None
        title = f"take the default of '{argument.name}' from the signature"
        return Fix(title, Applicability.UNSAFE, (dropped,))

    def _declaring(self, argument: Argument, declared: SchemaProperty | None) -> Fix | None:
        """Take the default from the signature of a workflow and declare it."""
        from bplint.pycode.checks.signature_fixes import (
            add_default,
            declare_parameter,
            drop_default,
            type_and_default,
        )

        dropped = drop_default(self.signature, argument)
        if dropped is None or self.reading.callers.rely_on(self.signature, argument):
            return None
        value = constant_value(argument.default, self.signature.module)
        if value is UNKNOWN_VALUE:
            return None
        if declared is not None:
            added = add_default(declared, value)
        else:
            added = declare_parameter(self.handed.element, argument.name, type_and_default(value))
        if added is None:
            return None
        title = f"declare the default of '{argument.name}' and take it from the signature"
        return Fix(title, Applicability.UNSAFE, (added, dropped))


def source_of(node: ast.expr | None) -> str:
    """An expression as text, shortened."""
    if node is None:
        return ""
    try:
        text = ast.unparse(node)
    except (ValueError, RecursionError):
        return "…"
    return text if len(text) <= 60 else f"{text[:57]}…"


def _is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
