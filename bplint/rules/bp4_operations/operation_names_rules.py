"""Rules on operations that nothing will run: misspelt, in the wrong place, or left empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.topology.topology_faults import (
    CommentedOutOperation,
    MisspeltOperation,
    OperationInInterfaceName,
    OperationNeverRun,
)
from bplint.diagnostic import Effect, Severity
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

LOGIC: Final = "DSLParsingLogicException"
_UNRESOLVED: Final = ((LOGIC, 10), (LOGIC, 19), (LOGIC, 21))


@rule(
    "BP422",
    on=MisspeltOperation,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="not checked by the parser",
    fixable="safe",
)
def misspelt_operation(fault: MisspeltOperation, ctx: Context) -> Iterator[Diagnostic]:
    """A node template writes an operation that its type does not have, and that looks like one it has.

    Why: the manager takes any name; the built-in workflows call the operations of the standard interfaces
        only, so this one never runs.
    Manager: it takes the blueprint and never runs the operation.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                cretae: {}
        #       ^^^^^^ BP422
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {}
    """
    kind = fault.kind
    yield ctx.report(
        fault,
        f"'{kind.name}' has no {fault.what} '{fault.name}'; did you mean '{fault.meant}'?",
        related=ctx.related(f"'{kind.name}' is declared here", kind),
        against=kind,
        fix=ctx.respelling(fault.path, fault.span, fault.name, fault.known),
    )


@rule(
    "BP425", on=OperationNeverRun, effect=Effect.ADVICE, severity=Severity.WARNING,
    source="not checked by the parser",
)  # fmt: skip
def operation_never_run(fault: OperationNeverRun, ctx: Context) -> Iterator[Diagnostic]:
    """An operation stands in a lifecycle whose workflows call no operation of that name.

    Why: the manager takes any name. The built-in workflows call the operations that the standard interface
        declares, so this one never runs: `install` is a workflow, and calls create, configure and start.
        Nothing is said where the blueprint has workflows of its own.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                install: {}
        #       ^^^^^^^ BP425
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {}
    """
    shown = ", ".join(fault.known[:12])
    yield ctx.report(
        fault,
        f"no workflow runs an operation '{fault.name}' of '{fault.interface}'",
        help=f"its operations are {shown}",
    )


@rule(
    "BP426", on=OperationInInterfaceName, effect=Effect.ADVICE, severity=Severity.WARNING,
    source="not checked by the parser",
)  # fmt: skip
def operation_in_interface_name(fault: OperationInInterfaceName, ctx: Context) -> Iterator[Diagnostic]:
    """The name of an interface ends with that of an operation.

    Why: the manager takes any name; nothing calls an interface `….lifecycle.create`. The operation belongs
        below the name of its interface.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle.create:
        #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP426
                create: {}
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {}
    """
    interface, operation = fault.interface, fault.operation
    yield ctx.report(
        fault,
        f"an operation belongs below its interface: write '{interface}:' and '{operation}:' below it",
    )


@rule(
    "BP427", on=CommentedOutOperation, effect=Effect.ADVICE, severity=Severity.WARNING,
    source="not checked by the parser",
)  # fmt: skip
def commented_out_operation(fault: CommentedOutOperation, ctx: Context) -> Iterator[Diagnostic]:
    """The implementation of an operation is a comment.

    Why: for YAML all behind a `#` at the start of a line or behind a blank is a comment, so the operation has
        nothing to run, and hides that of its type.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
        #       ^^^^^^ BP427
                  # implementation: scripts/create.sh
                start: {}
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {}
                start: {}
    """
    yield ctx.report(fault, f"operation '{fault.name}' does nothing: its implementation is a comment")
