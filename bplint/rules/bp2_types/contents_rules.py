"""Rules on values that have the right type and still are none of the legal ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.shape.shape_faults import (
    BlueprintLabelValue,
    EmptyTypeName,
    LabelReadsAttribute,
    LabelValue,
    NumberTooSmall,
    PluginWithoutSource,
    UnknownAvailability,
    UnknownOperationExecutor,
    UnknownPluginExecutor,
)
from bplint.diagnostic import LOGIC, Effect
from bplint.rules.retype import retyped
from bplint.rules.rule import rule
from bplint.syntax.scalars import type_name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.shape.shape_faults import WrongValue
    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

FORMAT: Final = ("DSLParsingFormatException", 1)
BASE: Final = ("DSLParsingException", 1)
VALUE_ERROR: Final = ("ValueError", None)


@rule(
    "BP207",
    on=UnknownPluginExecutor,
    effect=Effect.REFUSED,
    references=((LOGIC, 18),),
    source="elements/plugins.py",
)
def unknown_plugin_executor(fault: UnknownPluginExecutor, ctx: Context) -> Iterator[Diagnostic]:
    """The executor of a plugin is none of the two that there are.

    Why: the manager refuses the blueprint. A plugin runs beside the manager (`central_deployment_agent`)
        or on the host of the node (`host_agent`).
    Bad:
        plugins:
          tool: {executor: central_agent, install: false}
        #                  ^^^^^^^^^^^^^ BP207
    Good:
        plugins:
          tool: {executor: central_deployment_agent, install: false}
    """
    yield _unknown_choice(fault, ctx, "executor")


@rule(
    "BP208",
    on=UnknownOperationExecutor,
    effect=Effect.REFUSED,
    references=((LOGIC, 28),),
    source="elements/operation.py",
)
def unknown_operation_executor(fault: UnknownOperationExecutor, ctx: Context) -> Iterator[Diagnostic]:
    """The executor of an operation is none of the two that there are.

    Why: the manager refuses the blueprint.
    Bad:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.backup:
                run: {executor: local}
        #                       ^^^^^ BP208
    Good:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.backup:
                run: {executor: host_agent}
    """
    yield _unknown_choice(fault, ctx, "executor")


@rule(
    "BP209",
    on=UnknownAvailability,
    effect=Effect.REFUSED,
    references=((LOGIC, 103),),
    source="elements/workflows.py",
    fixable="safe",
)
def unknown_availability(fault: UnknownAvailability, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow's availability names a state of the node instances that there is not.

    Why: the manager refuses the blueprint.
    Bad:
        plugins:
          tool: {executor: central_deployment_agent, install: false}
        workflows:
          backup:
            mapping: tool.backup.run
            availability_rules: {node_instances_active: [some]}
        #                                                ^^^^ BP209
    Good:
        plugins:
          tool: {executor: central_deployment_agent, install: false}
        workflows:
          backup:
            mapping: tool.backup.run
            availability_rules: {node_instances_active: [partial]}
    """
    yield _unknown_choice(fault, ctx, "member of node_instances_active")


def _unknown_choice(fault: WrongValue, ctx: Context, what: str) -> Diagnostic:
    shape, text = fault.shape, fault.value.text
    named = f"unknown {what} '{text}'" if text is not None else f"{what} must be a string"
    return ctx.report(
        fault,
        named,
        near=(text, shape.choices) if text else None,
        help=f"it must be {shape.title}",
    )


@rule(
    "BP210",
    on=NumberTooSmall,
    effect=Effect.REFUSED,
    references=(VALUE_ERROR, FORMAT),
    source="elements/operation.py, elements/node_templates.py",
)
def number_too_small(fault: NumberTooSmall, ctx: Context) -> Iterator[Diagnostic]:
    """A number of retries, seconds or instances is below the least that makes sense.

    Why: the manager refuses the blueprint. Only `max_retries` may be -1, for retries without end.
    Bad:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.backup:
                run: {retry_interval: -1}
        #                             ^^ BP210
    Good:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.backup:
                run: {max_retries: -1}
    """
    yield ctx.report(fault, f"'{fault.name}' must be {fault.shape.minimum} or more")


@rule(
    "BP212",
    on=LabelValue,
    effect=Effect.REFUSED,
    references=(BASE,),
    source="elements/misc.py",
    fixable="safe",
)
def label_value(fault: LabelValue, ctx: Context) -> Iterator[Diagnostic]:
    """A value of a deployment's label is neither text nor an intrinsic function.

    Why: the manager refuses the blueprint; numbers and booleans are to be quoted.
    Bad:
        labels:
          generation: {values: [2]}
        #                       ^ BP212
    Good:
        labels:
          generation: {values: ['2']}
    """
    value = fault.value
    yield ctx.report(
        fault,
        f"the value of a label must be {fault.shape.title}, not {type_name_of(value)}",
        fix=retyped(fault),
    )


@rule(
    "BP213",
    on=BlueprintLabelValue,
    effect=Effect.REFUSED,
    references=(BASE,),
    source="elements/misc.py",
    fixable="safe",
)
def blueprint_label_value(fault: BlueprintLabelValue, ctx: Context) -> Iterator[Diagnostic]:
    """A value of a blueprint's label is not text.

    Why: the manager refuses the blueprint. These labels are set when the blueprint is uploaded, before any
        intrinsic function is evaluated.
    Bad:
        blueprint_labels:
          owner: {values: [{get_input: owner}]}
        #                  ^^^^^^^^^^^^^^^^^^ BP213
    Good:
        blueprint_labels:
          owner: {values: [platform]}
    """
    value = fault.value
    yield ctx.report(
        fault,
        f"the value of a blueprint label must be a string, not {type_name_of(value)}",
        fix=retyped(fault),
    )


@rule(
    "BP214",
    on=LabelReadsAttribute,
    effect=Effect.REFUSED,
    references=(BASE,),
    source="elements/misc.py",
)
def label_reads_attribute(fault: LabelReadsAttribute, ctx: Context) -> Iterator[Diagnostic]:
    """The value of a label is an attribute, which does not exist when labels are set.

    Why: labels are set when the deployment is made, and attributes only come with an execution. The manager
        refuses the blueprint.
    Bad:
        node_templates:
          app: {type: cloudify.nodes.Root}
        labels:
          address:
            values:
              - get_attribute: [app, ip]
        #       ^^^^^^^^^^^^^ BP214
    Good:
        inputs:
          address: {type: string}
        labels:
          address:
            values:
              - get_input: address
    """
    yield ctx.report(fault, "a label cannot have an attribute as its value; it is set before there are any")


@rule(
    "BP215",
    on=PluginWithoutSource,
    effect=Effect.REFUSED,
    references=((LOGIC, 50),),
    source="elements/plugins.py",
)
def plugin_without_source(fault: PluginWithoutSource, ctx: Context) -> Iterator[Diagnostic]:
    """A plugin is to be installed and does not say from where.

    Why: the manager refuses the blueprint. A plugin that is installed needs a `source` or a `package_name`.
    Bad:
        plugins:
          tool: {executor: host_agent}
        # ^^^^ BP215
    Good:
        plugins:
          tool: {executor: host_agent, package_name: tool, package_version: '1.2'}
    Fix: name the package, or say `install: false` where the code is there already.
    """
    yield ctx.report(
        fault,
        f"plugin '{fault.name}' has neither 'source' nor 'package_name'",
        help="say where it is installed from, or 'install: false'",
    )


@rule(
    "BP216",
    on=EmptyTypeName,
    effect=Effect.REFUSED,
    references=(("RuntimeError", None),),
    source="utils.py",
)
def empty_type_name(fault: EmptyTypeName, ctx: Context) -> Iterator[Diagnostic]:
    """The type of a property is an empty text.

    Why: the manager's parser crashes when it looks at the property's default.
    Bad:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              size: {type: ''}
        #                  ^^ BP216
    Good:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              size: {type: integer}
    Fix: leave `type` out where anything is accepted.
    """
    yield ctx.report(fault, "the name of the type is empty", help="leave 'type' out to accept anything")
