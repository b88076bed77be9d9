"""Intrinsic functions: what the reference parser refuses in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.functions.function_faults import (
    FunctionArgument,
    FunctionNotRenamable,
    FunctionTooNew,
    MergeOfNoMapping,
    OutOfScopeNode,
    SameAttributePath,
    StringFunctionArgument,
    UnknownInput,
    UnknownNodeInFunction,
    UnknownPropertyPath,
    UnknownSysProperty,
)
from bplint.diagnostic import Effect
from bplint.dsl.versions import version_text
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.functions.function_faults import UnknownName
    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

_NOT_VALID = ("FunctionValidationError", None)
_VALUE_ERROR = ("ValueError", None)
_KEY_ERROR = ("KeyError", None)
_EVALUATION = ("FunctionEvaluationError", None)

SCOPES = {
    "node_template": "a node template",
    "node_template_relationship": "a relationship",
    "outputs": "an output",
    "capabilities": "a capability",
    "policies": "a policy",
    "labels": "a label",
    "deployment_settings": "the deployment settings",
}


@rule(
    "BP500",
    on=FunctionArgument,
    effect=Effect.REFUSED,
    references=(
        _VALUE_ERROR,
        _NOT_VALID,
        ("TypeError", None),
        ("AttributeError", None),
        ("IndexError", None),
        _KEY_ERROR,
    ),
)
def function_argument(fault: FunctionArgument, ctx: Context) -> Iterator[Diagnostic]:
    """Function is called with an argument of the wrong shape.

    Why: the manager refuses the blueprint when it reads the function, before it looks at what is named.
    Bad:
        inputs:
          port: {default: 8080}
        outputs:
          url:
            value: {concat: "http://host:8080"}
        #                   ^^^^^^^^^^^^^^^^^^ BP500
    Good:
        inputs:
          port: {default: 8080}
        outputs:
          url:
            value: {concat: ["http://host:", {get_input: port}]}
    """
    function, wanted, got, size = fault.function, fault.wanted, fault.got, fault.size
    if size is not None and fault.is_whole:
        got = f"{got} of {size} item{'' if size == 1 else 's'}"
    subject = f"'{function}' takes" if fault.is_whole else f"here '{function}' takes"
    yield ctx.report(fault, f"{subject} {wanted}, not {got}")


@rule(
    "BP501", on=UnknownInput, effect=Effect.REFUSED, references=(("UnknownInputError", None),), fixable="safe"
)
def unknown_input(fault: UnknownInput, ctx: Context) -> Iterator[Diagnostic]:
    """get_input names an input that the blueprint does not have.

    Why: the manager refuses the blueprint; usually a typo, or the input was renamed.
    Bad:
        inputs:
          image: {default: ubuntu}
        outputs:
          used:
            value: {get_input: imgae}
        #                      ^^^^^ BP501
    Good:
        inputs:
          image: {default: ubuntu}
        outputs:
          used:
            value: {get_input: image}
    """
    name = fault.name
    if fault.renamed:
        yield ctx.report(fault, _not_renamed(fault, "input"))
        return
    near = (name, ctx.blueprint.inputs.names()) if isinstance(name, str) else None
    yield ctx.report(fault, f"unknown input '{name}'", near=near)


@rule("BP502", on=UnknownNodeInFunction, effect=Effect.REFUSED, references=(_KEY_ERROR,), fixable="safe")
def unknown_node(fault: UnknownNodeInFunction, ctx: Context) -> Iterator[Diagnostic]:
    """Function names a node template that the blueprint does not have.

    Why: the manager refuses the blueprint; usually a typo, or the node template was renamed.
    Bad:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        outputs:
          address:
            value: {get_attribute: [hsot, ip]}
        #                           ^^^^ BP502
    Good:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        outputs:
          address:
            value: {get_attribute: [host, ip]}
    """
    name = fault.name
    if fault.renamed:
        yield ctx.report(fault, _not_renamed(fault, "node template"))
        return
    near = (name, ctx.blueprint.node_templates.names()) if isinstance(name, str) else None
    yield ctx.report(fault, f"'{fault.function}' names an unknown node template '{name}'", near=near)


def _not_renamed(fault: UnknownName, what: str) -> str:
    return (
        f"the import's namespace makes the {what} '{fault.renamed}', "
        f"and '{fault.function}' is not given the namespace here"
    )


@rule("BP503", on=UnknownPropertyPath, effect=Effect.REFUSED, references=(_EVALUATION,), fixable="safe")
def unknown_property_path(fault: UnknownPropertyPath, ctx: Context) -> Iterator[Diagnostic]:
    """get_property leads to nothing: no such property, no such key, no such item.

    Why: the manager looks the property up when it reads the blueprint and refuses it. A property that is
    declared but has neither a value nor a default does not exist for it.
    Bad:
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties:
              port: {type: integer, default: 80}
        node_templates:
          web: {type: app}
        outputs:
          port:
            value: {get_property: [web, prot]}
        #                               ^^^^ BP503
    Good:
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties:
              port: {type: integer, default: 80}
        node_templates:
          web: {type: app}
        outputs:
          port:
            value: {get_property: [web, port]}
    """
    yield ctx.report(fault, _property_message(fault), near=_near_property(fault))


def _property_message(fault: UnknownPropertyPath) -> str:
    part, before, template = fault.part, fault.before, fault.template
    path = ".".join(str(item) for item in before)
    where = f"'{path}' of '{template.name}'" if before else f"'{template.name}'"
    if fault.reason == "no-index":
        return f"{where} is a list: an integer is needed here, not '{part}'"
    if fault.reason == "through-function":
        owner = ".".join(str(item) for item in before[:-1])
        return f"a function gives '{owner}' of '{template.name}', and its parts cannot be read this deep"
    if fault.reason == "out-of-range":
        size = fault.size
        return f"{where} has {size} item{'' if size == 1 else 's'}: there is no item {part}"
    if before:
        return f"{where} has no '{part}'"
    if part in fault.known:
        return f"property '{part}' of {where} has no value: nothing sets it and it has no default"
    return f"{where} has no property '{part}'"


def _near_property(fault: UnknownPropertyPath) -> tuple[str, list[str]] | None:
    part, known = fault.part, fault.known
    if not isinstance(part, str) or part in known:
        return None
    return part, list(known)


@rule("BP504", on=OutOfScopeNode, effect=Effect.REFUSED, references=(_VALUE_ERROR, _KEY_ERROR))
def out_of_scope_node(fault: OutOfScopeNode, ctx: Context) -> Iterator[Diagnostic]:
    """SELF, SOURCE or TARGET where there is no such node.

    Why: SELF is the node template that the function stands in; SOURCE and TARGET are the two sides of a
    relationship, and only its operations know them. Anywhere else the manager refuses the blueprint.
    Bad:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        outputs:
          address:
            value: {get_attribute: [SELF, ip]}
        #                           ^^^^ BP504
    Good:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        outputs:
          address:
            value: {get_attribute: [host, ip]}
    """
    name, function, scope = fault.name, fault.function, fault.scope
    inside = {
        "node_template": "; a node template knows SELF only",
        "node_template_relationship": "; a relationship knows SOURCE and TARGET",
    }
    message = f"'{function}' cannot use {name} in {SCOPES[scope]}{inside.get(scope, '')}"
    advice = None if scope in inside else "name the node template instead"
    yield ctx.report(fault, message, help=advice)


@rule("BP505", on=FunctionTooNew, effect=Effect.REFUSED, references=(_NOT_VALID,))
def function_too_new(fault: FunctionTooNew, ctx: Context) -> Iterator[Diagnostic]:
    """Function is newer than the version that the blueprint declares.

    Why: the manager refuses `concat` below cloudify_dsl_1_1 and `merge` below cloudify_dsl_1_3.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_2
        outputs:
          all:
            value: {merge: [{a: 1}, {b: 2}]}
        #           ^^^^^ BP505
    Good:
        tosca_definitions_version: cloudify_dsl_1_3
        outputs:
          all:
            value: {merge: [{a: 1}, {b: 2}]}
    """
    function, since = fault.function, fault.since
    declared = ctx.blueprint.version
    text = version_text(declared) if isinstance(declared, tuple) else "the declared version"
    yield ctx.report(fault, f"'{function}' needs {version_text(since)} or newer; this blueprint is {text}")


@rule("BP506", on=MergeOfNoMapping, effect=Effect.REFUSED, references=(_NOT_VALID,))
def merge_of_no_mapping(fault: MergeOfNoMapping, ctx: Context) -> Iterator[Diagnostic]:
    """merge is given something that is no mapping.

    Why: the manager refuses the blueprint: every item must be a mapping or a function that gives one.
    Bad:
        outputs:
          all:
            value: {merge: [{a: 1}, [b, 2]]}
        #                           ^^^^^^ BP506
    Good:
        outputs:
          all:
            value: {merge: [{a: 1}, {b: 2}]}
    """
    yield ctx.report(fault, f"'merge' takes mappings, not {fault.got}")


@rule("BP507", on=StringFunctionArgument, effect=Effect.REFUSED, references=(_NOT_VALID,))
def string_function_argument(fault: StringFunctionArgument, ctx: Context) -> Iterator[Diagnostic]:
    """A function on texts is given something else.

    Why: the manager refuses the blueprint: numbers are not turned into texts.
    Bad:
        outputs:
          port:
            value: {string_replace: ["host:80", 80, "8080"]}
        #                                       ^^ BP507
    Good:
        outputs:
          port:
            value: {string_replace: ["host:80", "80", "8080"]}
    """
    function, wanted, got = fault.function, fault.wanted, fault.got
    yield ctx.report(fault, f"here '{function}' takes {wanted} or a function, not {got}")


@rule(
    "BP508",
    on=UnknownSysProperty,
    effect=Effect.REFUSED,
    references=(("UnknownSysEntityError", None), ("UnknownSysPropertyError", None)),
)
def unknown_sys_property(fault: UnknownSysProperty, ctx: Context) -> Iterator[Diagnostic]:
    """get_sys asks for something that the manager does not tell.

    Why: the manager refuses the blueprint. It knows `[tenant, name]` and `[deployment, X]` with X one of
    id, name, blueprint and owner.
    Bad:
        outputs:
          who:
            value: {get_sys: [deployment, ownr]}
        #                                 ^^^^ BP508
    Good:
        outputs:
          who:
            value: {get_sys: [deployment, owner]}
    """
    name, known = fault.name, fault.known
    choice = ", ".join(f"'{entry}'" for entry in known)
    near = (name, known) if isinstance(name, str) else None
    yield ctx.report(fault, f"'get_sys' does not know '{name}'", near=near, help=f"it knows {choice}")


@rule(
    "BP509",
    on=FunctionNotRenamable,
    effect=Effect.REFUSED,
    references=(
        _VALUE_ERROR,
        _KEY_ERROR,
        ("TypeError", None),
        ("IndexError", None),
        ("UnknownInputError", None),
    ),
)
def function_not_renamable(fault: FunctionNotRenamable, ctx: Context) -> Iterator[Diagnostic]:
    """Function computes a name, in a file that is imported under a namespace.

    Why: the manager puts the namespace before the names in `get_input`, `get_property` and
    `get_attribute`. Where the name is itself a function, or there is none, it fails.
    Bad:
        imports: [cloudify/types/types.yaml, "web--part.yaml"]
        #: part.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        inputs:
          which: {default: a}
          a: {default: 1}
        outputs:
          value:
            value: {get_input: {get_input: which}}
        #                      ^^^^^^^^^^^^^^^^^^ BP509
    Good:
        imports: [cloudify/types/types.yaml, "web--part.yaml"]
        #: part.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        inputs:
          a: {default: 1}
        outputs:
          value:
            value: {get_input: a}
    """
    function, namespace = fault.function, fault.namespace
    yield ctx.report(
        fault,
        f"imported under '{namespace}', '{function}' needs a plain name here: "
        "the manager cannot put the namespace before anything else",
    )


@rule("BP510", on=SameAttributePath, effect=Effect.REFUSED, references=(_EVALUATION,))
def same_attribute_path(fault: SameAttributePath, ctx: Context) -> Iterator[Diagnostic]:
    """get_attributes_dict asks for the same attribute twice.

    Why: the manager refuses the blueprint: the values are kept by the path's parts joined with dots, so
    `[a, b]` and `a.b` are the same.
    Bad:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        outputs:
          addresses:
            value: {get_attributes_dict: [host, ip, name, ip]}
        #                                                 ^^ BP510
    Good:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        outputs:
          addresses:
            value: {get_attributes_dict: [host, ip, name]}
    """
    yield ctx.report(fault, f"attribute '{fault.identifier}' is asked for twice")
