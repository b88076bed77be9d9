"""Rules on what operations are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.topology.topology_faults import (
    MissingOperationInput,
    MisspeltOperationInput,
    OperationInputMismatch,
    UndeclaredOperationInput,
)
from bplint.diagnostic import LOGIC, Confidence, Effect, Severity
from bplint.rules.rule import rule
from bplint.syntax.scalars import type_name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.model.elements import Operation
    from bplint.rules.context import Context


@rule(
    "BP405",
    on=MissingOperationInput,
    effect=Effect.REFUSED,
    references=((LOGIC, 107),),
    source="interfaces/utils.py",
)
def missing_operation_input(fault: MissingOperationInput, ctx: Context) -> Iterator[Diagnostic]:
    """An operation's input that the type declares has neither a default nor a value.

    Why: the manager refuses every node template or relationship that inherits the operation, even where
        the input says `required: false`. Give the input in the template, or a default in the type.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs: {size: {type: string}}
        node_templates:
          web: {type: acme.Server}
        #             ^^^^^^^^^^^ BP405
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs: {size: {type: string, default: small}}
        node_templates:
          web: {type: acme.Server}
    """
    declared = fault.declared
    yield ctx.report(
        fault,
        f"operation '{fault.operation}' of {fault.subject} has no value for the input '{fault.name}'",
        related=ctx.related(f"'{fault.name}' is declared here, without default", declared),
        against=declared,
    )


@rule(
    "BP406",
    on=MisspeltOperationInput,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="not checked by the parser",
    fixable="safe",
)
def misspelt_operation_input(fault: MisspeltOperationInput, ctx: Context) -> Iterator[Diagnostic]:
    """An operation is given an input that its type does not declare, and that looks like one it declares.

    Why: the manager takes it; the operation gets the default of the input that was meant.
    Manager: it takes the blueprint; the operation runs with the default of the input that was meant.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs: {timeout: {type: integer, default: 60}}
        node_templates:
          web:
            type: acme.Server
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {inputs: {tiemout: 90}}
        #                         ^^^^^^^ BP406
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs: {timeout: {type: integer, default: 60}}
        node_templates:
          web:
            type: acme.Server
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {inputs: {timeout: 90}}
    """
    operation, name = fault.operation, fault.name
    base = operation.overridden or operation
    yield ctx.report(
        fault,
        f"{_declares_not(operation, name)}; did you mean '{fault.meant}'?",
        related=ctx.related("the operation of the type", base),
        against=base,
        fix=ctx.respelling(fault.path, fault.span, name, fault.known),
    )


@rule(
    "BP407",
    on=UndeclaredOperationInput,
    effect=Effect.ADVICE,
    confidence=Confidence.LOW,
    source="not checked by the parser",
)
def undeclared_operation_input(fault: UndeclaredOperationInput, ctx: Context) -> Iterator[Diagnostic]:
    """An operation is given an input that its type does not declare.

    Why: the manager passes it on, and the function fails if it takes no such argument. Many functions
        take any, so this is off by default.
    Manager: it takes the blueprint; the operation fails if its function does not take the input.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs: {timeout: {type: integer, default: 60}}
        node_templates:
          web:
            type: acme.Server
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {inputs: {colour: red}}
        #                         ^^^^^^ BP407
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs: {colour: {default: blue}}
        node_templates:
          web:
            type: acme.Server
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {inputs: {colour: red}}
    """
    operation = fault.operation
    base = operation.overridden or operation
    related = ctx.related("the operation of the type", base)
    yield ctx.report(fault, _declares_not(operation, fault.name), related=related, against=base)


def _declares_not(operation: Operation, name: str) -> str:
    return f"operation '{operation.interface}.{operation.name}' declares no input '{name}'"


@rule(
    "BP408",
    on=OperationInputMismatch,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="not checked by the parser",
)
def operation_input_mismatch(fault: OperationInputMismatch, ctx: Context) -> Iterator[Diagnostic]:
    """An operation's input does not have the type that the node type declares for it.

    Why: the manager does not check it; the operation gets what is written and has to cope with it.
    Manager: it takes the blueprint and passes the value on as it is.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs: {timeout: {type: integer, default: 60}}
        node_templates:
          web:
            type: acme.Server
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {inputs: {timeout: soon}}
        #                                  ^^^^ BP408
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs: {timeout: {type: integer, default: 60}}
        node_templates:
          web:
            type: acme.Server
            interfaces:
              cloudify.interfaces.lifecycle:
                create: {inputs: {timeout: 90}}
    """
    operation, declared = fault.operation, fault.declared
    yield ctx.report(
        fault,
        f"input '{declared.name}' of operation '{operation.interface}.{operation.name}' is "
        f"{type_name_of(fault.value)}, and its type is '{declared.type}'",
        related=ctx.related(f"declared with type '{declared.type}'", declared),
        against=declared,
    )
