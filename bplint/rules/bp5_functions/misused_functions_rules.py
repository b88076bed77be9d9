"""Intrinsic functions that the manager takes and that do not do what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.functions.function_faults import (
    AttributeInLabel,
    AttributeNeverSet,
    FunctionNotEvaluated,
    FunctionWithNeighbours,
    InputOfDataType,
    MisspeltFunction,
    PropertyCycle,
    PropertyThroughFunction,
    UnknownTypeProperty,
)
from bplint.diagnostic import Confidence, Effect, Severity
from bplint.dsl.functions import FUNCTIONS
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP511", on=PropertyCycle, effect=Effect.FAILS, references=(("EvaluationRecursionLimitReached", None),))
def property_cycle(fault: PropertyCycle, ctx: Context) -> Iterator[Diagnostic]:
    """Properties are read from each other in a circle.

    Why: the manager takes the blueprint, and no deployment can be made of it: evaluating the property
    never ends.
    Bad:
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties: {a: {}, b: {}}
        node_templates:
          web:
            type: app
            properties:
              a: {get_property: [SELF, b]}
              b: {get_property: [SELF, a]}
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^ BP511
    Good:
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties: {a: {}, b: {}}
        node_templates:
          web:
            type: app
            properties:
              a: {get_property: [SELF, b]}
              b: 80
    """
    yield ctx.report(fault, f"this property reads itself: {' → '.join(fault.circle)}")


@rule("BP512", on=PropertyThroughFunction, effect=Effect.FAILS)
def property_through_function(fault: PropertyThroughFunction, ctx: Context) -> Iterator[Diagnostic]:
    """get_property reads a part of a value that a function gives.

    Why: the part is not looked up in what the function gives. If the other node was not evaluated before,
    the result is a list of the whole value and the name of the part.
    Bad:
        inputs:
          server: {default: {port: 80}}
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties: {port: {default: 0}, server: {}}
        node_templates:
          web:
            type: app
            properties:
              server: {get_input: server}
              port: {get_property: [SELF, server, port]}
        #                                         ^^^^ BP512
    Good:
        inputs:
          server: {default: {port: 80}}
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties: {port: {default: 0}, server: {}}
        node_templates:
          web:
            type: app
            properties:
              server: {get_input: server}
              port: {get_input: [server, port]}
    """
    yield ctx.report(
        fault,
        "this part belongs to a value that a function gives: 'get_property' may answer a list of the value "
        "and the part's name",
    )


@rule("BP520", on=MisspeltFunction, effect=Effect.FAILS, fixable="safe")
def misspelt_function(fault: MisspeltFunction, ctx: Context) -> Iterator[Diagnostic]:
    """Mapping looks like a call of a function whose name is misspelt.

    Why: the manager takes it for plain data and hands the mapping on as the value, without a word.
    Bad:
        inputs:
          port: {default: 80}
        outputs:
          port:
            value: {get_inptu: port}
        #           ^^^^^^^^^ BP520
    Good:
        inputs:
          port: {default: 80}
        outputs:
          port:
            value: {get_input: port}
    """
    name, function = fault.name, fault.function
    yield ctx.report(
        fault,
        f"'{name}' is no function, this mapping is plain data; did you mean '{function}'?",
        fix=ctx.respelling(fault.path, fault.span, name, FUNCTIONS),
    )


@rule("BP521", on=FunctionWithNeighbours, effect=Effect.FAILS)
def function_with_neighbours(fault: FunctionWithNeighbours, ctx: Context) -> Iterator[Diagnostic]:
    """Function stands in a mapping with other keys.

    Why: a function is a mapping with its name as the only key (beside `type`). With more keys the manager
    takes it for plain data and evaluates nothing.
    Bad:
        inputs:
          port: {default: 80}
        outputs:
          port:
            value: {get_input: port, default: 8080}
        #           ^^^^^^^^^ BP521
    Good:
        inputs:
          port: {default: 8080}
        outputs:
          port:
            value: {get_input: port}
    """
    names = ", ".join(f"'{name}'" for name in fault.neighbours[:3])
    function = fault.function
    yield ctx.report(fault, f"'{function}' is not evaluated with {names} beside it: this is plain data")


@rule("BP522", on=FunctionNotEvaluated, effect=Effect.FAILS)
def function_not_evaluated(fault: FunctionNotEvaluated, ctx: Context) -> Iterator[Diagnostic]:
    """Function stands where nothing evaluates it.

    Why: the manager evaluates functions in properties of node templates, operation inputs, outputs and
    such, not here: the mapping itself is the value.
    Bad:
        inputs:
          kind: {default: all_to_one}
        node_templates:
          host: {type: cloudify.nodes.Compute}
          app:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.connected_to
                target: host
                properties:
                  connection_type: {get_input: kind}
        #                          ^^^^^^^^^^^^^^^^^ BP522
    Good:
        node_templates:
          host: {type: cloudify.nodes.Compute}
          app:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.connected_to
                target: host
                properties:
                  connection_type: all_to_one
    """
    function, where = fault.function, fault.where
    yield ctx.report(fault, f"'{function}' is not evaluated in {where}: the mapping itself is the value")


@rule("BP523", on=AttributeInLabel, effect=Effect.FAILS)
def attribute_in_label(fault: AttributeInLabel, ctx: Context) -> Iterator[Diagnostic]:
    """Label is made of an attribute of a node instance.

    Why: labels are set when the deployment is made; there are no node instances with attributes then.
    Directly in a label's values the manager refuses it, inside another function it does not notice.
    Bad:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        labels:
          address:
            values:
              - {concat: [ip-, {get_attribute: [host, ip]}]}
        #                       ^^^^^^^^^^^^^ BP523
    Good:
        inputs:
          address: {default: 10.0.0.1}
        labels:
          address:
            values:
              - {concat: [ip-, {get_input: address}]}
    """
    yield ctx.report(fault, f"labels are set before there are attributes, so '{fault.function}' gives none")


@rule(
    "BP524", on=AttributeNeverSet, effect=Effect.ADVICE, severity=Severity.WARNING, confidence=Confidence.LOW
)
def attribute_never_set(fault: AttributeNeverSet, ctx: Context) -> Iterator[Diagnostic]:
    """Attribute is read from a node that nothing ever gives attributes.

    Why: attributes are set by operations. This node has none that does anything, no relationship runs one
    for it, and there is no property of that name either: the value is null. Off by default: the code of
    other nodes and of workflows can set attributes too.
    Manager: it takes the blueprint; the function gives null.
    Bad:
        node_templates:
          anchor: {type: cloudify.nodes.Root}
        outputs:
          address:
            value: {get_attribute: [anchor, ip]}
        #                                   ^^ BP524
    Good:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        outputs:
          address:
            value: {get_attribute: [host, ip]}
    """
    name, part = fault.name, fault.part
    yield ctx.report(fault, f"nothing sets attribute '{part}' of '{name}': it has no operations")


@rule("BP525", on=InputOfDataType, effect=Effect.FAILS, references=(("InputEvaluationError", None),))
def input_of_data_type(fault: InputOfDataType, ctx: Context) -> Iterator[Diagnostic]:
    """Operation input that is declared with a data type is given by get_input.

    Why: the declared type is put beside the function and `get_input` then tests its value against it; it
    knows built-in types only, so no deployment can be made.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, package_name: p}
        data_types:
          server:
            properties: {port: {default: 80}}
        inputs:
          server: {default: {port: 80}}
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                start:
                  implementation: p.tasks.start
                  inputs:
                    server: {type: server, default: {}}
        node_templates:
          web:
            type: app
            interfaces:
              cloudify.interfaces.lifecycle:
                start:
                  inputs:
                    server: {get_input: server}
        #                   ^^^^^^^^^^^^^^^^^^^ BP525
    Good:
        plugins:
          p: {executor: central_deployment_agent, package_name: p}
        inputs:
          server: {default: {port: 80}}
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                start:
                  implementation: p.tasks.start
                  inputs:
                    server: {type: dict, default: {}}
        node_templates:
          web:
            type: app
            interfaces:
              cloudify.interfaces.lifecycle:
                start:
                  inputs:
                    server: {get_input: server}
    """
    name, type_name = fault.name, fault.type_name
    yield ctx.report(
        fault,
        f"input '{name}' is of data type '{type_name}', and 'get_input' fails on it",
    )


@rule("BP526", on=UnknownTypeProperty, effect=Effect.FAILS, source="functions.py", fixable="safe")
def unknown_type_property(fault: UnknownTypeProperty, ctx: Context) -> Iterator[Diagnostic]:
    """A node type reads a property of its own nodes that it does not have.

    Why: the manager takes a file of types with it, and refuses every blueprint with a node of the type.
    Bad:
        #: plugin.yaml
        plugins:
          acme: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              flavour: {type: string}
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs:
                    size: {default: {get_property: [SELF, flavor]}}
        #                                                 ^^^^^^ BP526
    Good:
        #: plugin.yaml
        plugins:
          acme: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              flavour: {type: string}
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: acme.tasks.create
                  inputs:
                    size: {default: {get_property: [SELF, flavour]}}
    """
    name, kind = fault.name, fault.type
    text = f"node type '{kind.name}' has no property '{name}': no node template can be of this type"
    yield ctx.report(fault, text, near=(name, kind.properties))
