"""What is to be said of what stands at a place: for hover in an editor and for `bplint explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.document import FactsDocument
from bplint.dsl.builtin_types import OBJECT_BASED, PRIMITIVE
from bplint.dsl.functions import AT_PLAN, FUNCTIONS
from bplint.dsl.versions import SUPPORTED, V1_0, version_text
from bplint.imports.graph import ImportEntry
from bplint.language import roles
from bplint.language.layers import layers_of_operation, layers_of_property
from bplint.language.shapes_at import key_at
from bplint.language.written import excerpt
from bplint.lookup import MISSING, UNKNOWN
from bplint.model.elements import (
    Capability,
    Group,
    Label,
    NodeTemplate,
    NodeType,
    Operation,
    Output,
    Plugin,
    Policy,
    PolicyType,
    SchemaProperty,
    Target,
    Type,
    Workflow,
)
from bplint.record import Record
from bplint.syntax.mapping import get
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.catalog.store import Catalog
    from bplint.language.code_reader import CodeReader
    from bplint.language.mention import Mention
    from bplint.language.spot import Spot
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Element
    from bplint.span import Span


class Statement(Record):
    """One thing that is said: `label` what it is ('type', 'default', 'declared by'), `text` the thing
    itself; `path` and `span` where it is written, if it is written in a file."""

    label: str
    text: str
    path: str | None = None
    span: Span | None = None


class Explanation(Record):
    """What stands at a place. `title` in words, `description` what its author says of it, `statements` in
    the order to show them."""

    title: str
    statements: tuple[Statement, ...] = ()
    description: str | None = None


class DescribeContext(Record):
    """What is known at a place beside the mention itself: `path` is that of the file; `is_given` where a
    value is given to something that is declared elsewhere. `value_of` gives the value of the call at the
    place as YAML, or None where it cannot be known."""

    spot: Spot
    path: str
    is_given: bool
    blueprint: Blueprint
    catalog: Catalog
    code: CodeReader | None
    value_of: Callable[[], str | None]


def describe(mention: Mention, context: DescribeContext) -> Explanation | None:
    """What is to be said of a mention, or None where nothing is."""
    target = mention.target
    if mention.role == roles.KEY:
        return _key(mention, context)
    if mention.role == roles.FUNCTION:
        return _function(mention, context)
    if mention.role == roles.INTERFACE:
        return _interface(mention)
    if isinstance(target, ImportEntry):
        return _import(target, context)
    if isinstance(target, Target):
        return Explanation(f"implementation '{mention.text}'", tuple(_code(target, context)))
    if target is MISSING:
        return Explanation(f"{_noun(mention.role)} '{mention.text}'", (Statement("declared", "nowhere"),))
    if target is UNKNOWN:
        text = "not known: an import or a part of a file could not be read"
        return Explanation(f"{_noun(mention.role)} '{mention.text}'", (Statement("declared", text),))
    if target is None:
        return _plain(mention)
    return _element(mention, target, context)  # type: ignore[arg-type]


_NOUNS = {
    roles.NODE_TEMPLATE: "node template",
    roles.NODE_TYPE: "node type",
    roles.RELATIONSHIP_TYPE: "relationship type",
    roles.DATA_TYPE: "data type",
    roles.INPUT: "input",
    roles.GROUP: "group",
    roles.POLICY: "policy",
    roles.POLICY_TYPE: "policy type",
    roles.POLICY_TRIGGER: "policy trigger",
    roles.WORKFLOW: "workflow",
    roles.PLUGIN: "plugin",
    roles.OUTPUT: "output",
    roles.CAPABILITY: "capability",
    roles.LABEL: "label",
    roles.BLUEPRINT_LABEL: "blueprint label",
    roles.FOREIGN_CAPABILITY: "capability of another deployment",
    roles.RUN_TIME_NODE: "node",
}


def _noun(role: str) -> str:
    return _NOUNS.get(role, role)


def _key(mention: Mention, context: DescribeContext) -> Explanation | None:
    key = key_at(context.spot.path)
    if key is None:
        return None
    statements = [Statement("value", key.shape.title)]
    if key.since is not None:
        statements.append(Statement("since", version_text(key.since)))
    if key.is_required:
        statements.append(Statement("required", "yes"))
    return Explanation(f"key '{mention.text}'", tuple(statements), key.doc)


def _function(mention: Mention, context: DescribeContext) -> Explanation:
    function = FUNCTIONS[mention.name]
    when = "when the deployment is made" if function.at == AT_PLAN else "at run time"
    statements = [Statement("takes", function.arguments), Statement("evaluated", when)]
    if function.since > V1_0:
        statements.append(Statement("since", version_text(function.since)))
    value = context.value_of()
    if value is not None:
        statements.append(Statement("value", value))
    return Explanation(f"function '{mention.name}'", tuple(statements))


def _interface(mention: Mention) -> Explanation:
    owner = mention.target
    names: list[str] = []
    for side in ("interfaces", "source_interfaces", "target_interfaces"):
        names += getattr(owner, side, {}).get(mention.text, {})
    statements = [Statement("operations", ", ".join(dict.fromkeys(names)))] if names else []
    return Explanation(f"interface '{mention.text}'", tuple(statements))


def _import(entry: ImportEntry, context: DescribeContext) -> Explanation:
    statements = []
    if entry.answered_by:
        statements.append(Statement("read from", entry.answered_by))
    elif entry.status in ("unread", "missing"):
        statements.append(Statement("read from", "nothing: it could not be read"))
    if entry.namespace:
        statements.append(Statement("namespace", entry.namespace))
    if entry.file is not None:
        document = entry.file.document
        if isinstance(document, FactsDocument):
            sections = {name: len(items) for name, items in document.facts.sections.items()}
        else:
            sections = {name: len(pair[1].items or ()) for name, pair in document.sections.items()}
        brings = [f"{count} {name}" for name, count in sections.items() if name in roles.ELEMENTS and count]
        if brings:
            statements.append(Statement("brings", ", ".join(brings)))
    statements += _releases(entry.location, context.catalog)
    return Explanation(f"import '{entry.text}'", tuple(statements))


def _releases(location: str, catalog: Catalog) -> list[Statement]:
    if not location.startswith("plugin:"):
        return []
    name = location.removeprefix("plugin:").partition("?")[0]
    known = catalog.plugin_versions(name)
    return [Statement("catalogue has", _versions(known))] if known else []


def _versions(known: list[str]) -> str:
    """The newest of some releases, newest first, and how far they go back."""
    return known[0] if len(known) == 1 else f"{known[0]} and {len(known) - 1} more, back to {known[-1]}"


def _plain(mention: Mention) -> Explanation | None:
    if mention.role == roles.WORD and mention.text in OBJECT_BASED:
        since = Statement("since", version_text(OBJECT_BASED[mention.text]))
        return Explanation(f"type '{mention.text}'", (since,), "Names an object of the manager.")
    if mention.role == roles.WORD and mention.text in PRIMITIVE:
        return Explanation(f"type '{mention.text}'", (Statement("is", "built in"),))
    if mention.role == roles.VERSION:
        known = "supported" if mention.text in SUPPORTED else "not supported"
        return Explanation(f"version '{mention.text}'", (Statement("is", known),))
    if mention.role == roles.SCALING:
        return Explanation(f"policy type '{mention.text}'", (), "The number of instances of groups.")
    if mention.role == roles.SECRET:
        return Explanation(f"secret '{mention.text}'", (Statement("kept", "by the manager"),))
    if mention.role in (roles.PROPERTY, roles.ATTRIBUTE):
        return Explanation(f"{mention.role} '{mention.text}'")
    if mention.role == roles.WORD:
        return Explanation(f"'{mention.text}'")
    return Explanation(f"{_noun(mention.role)} '{mention.text}'")


def _element(mention: Mention, target: Element, context: DescribeContext) -> Explanation:
    statements = list(_statements(target, context))
    if not isinstance(target, (Operation, SchemaProperty)) or not statements:
        statements.append(_declared_in(target))
    noun = _noun(mention.role)
    title = f"{noun} '{mention.name}'"
    if mention.role == roles.RUN_TIME_NODE:
        title = f"{mention.text}: {_noun_of(target)} '{target.name}'"
    return Explanation(title, tuple(statements), _description(target))


def _noun_of(element: Element) -> str:
    return "node type" if isinstance(element, NodeType) else "node template"


def _declared_in(element: Element) -> Statement:
    entry = element.file.entry
    if not element.file.is_own and entry is not None:
        return Statement("declared in", entry.answered_by)
    return Statement("declared in", element.path, element.path, element.key.span)


def _description(element: Element) -> str | None:
    written = get(element.node, "description")
    return text_of(written) if written is not None else None


def _statements(element: Element, context: DescribeContext) -> list[Statement]:
    if isinstance(element, SchemaProperty):
        return _property(element, context)
    if isinstance(element, Operation):
        return [*_operation(element, context)]
    if isinstance(element, NodeTemplate):
        return _template(element, context)
    if isinstance(element, Type):
        return _type(element)
    if isinstance(element, Workflow):
        parameters = ", ".join(map(_signature_part, element.parameters.values()))
        target = element.target
        return [
            *([Statement("parameters", parameters)] if parameters else []),
            *(_code(target, context) if isinstance(target, Target) else ()),
        ]
    if isinstance(element, Plugin):
        return _plugin(element, context.catalog)
    if isinstance(element, Group):
        members = ", ".join(name for name, _ in element.members)
        policies = ", ".join(element.policies)
        return [Statement("members", members), *([Statement("policies", policies)] if policies else [])]
    if isinstance(element, Policy):
        return [Statement("targets", ", ".join(name for name, _ in element.targets))]
    if isinstance(element, (Output, Capability)):
        return [Statement("value", excerpt(element.value))] if element.value is not None else []
    if isinstance(element, Label):
        values = get(element.node, "values")
        return [Statement("values", excerpt(values))] if values is not None else []
    if isinstance(element, PolicyType):
        return [Statement("properties", ", ".join(map(_signature_part, element.properties.values())))]
    return []


def _signature_part(entry: SchemaProperty) -> str:
    star = "*" if entry.is_required and entry.default is None else ""
    return f"{entry.name}{star}: {entry.type}" if entry.type else f"{entry.name}{star}"


def _type(element: Type) -> list[Statement]:
    found = (
        [Statement("derived from", " → ".join(element.hierarchy[::-1][1:]))] if element.derived_from else []
    )
    if element.properties:
        parts = ", ".join(map(_signature_part, element.properties.values()))
        found.append(Statement("properties", parts))
    for side in ("interfaces", "source_interfaces", "target_interfaces"):
        interfaces: dict[str, dict[str, Any]] = getattr(element, side, {})
        for name, operations in interfaces.items():
            own = [each.name for each in operations.values() if not each.is_no_op]
            if own:
                found.append(Statement(name, ", ".join(own)))
    return found


def _template(element: NodeTemplate, context: DescribeContext) -> list[Statement]:
    found = []
    kind = element.type
    if isinstance(kind, Type):
        found.append(Statement("type", " → ".join(kind.hierarchy[::-1])))
    elif element.type_name:
        found.append(Statement("type", f"{element.type_name}, which is not known"))
    found += [
        Statement("relationship", f"{relation.type_name} → {relation.target_name}")
        for relation in element.relationships
    ]
    groups = [each.name for each in context.blueprint.groups.own() if element.name in dict(each.members)]
    if groups:
        found.append(Statement("groups", ", ".join(groups)))
    return found


def _property(element: SchemaProperty, context: DescribeContext) -> list[Statement]:
    found = [Statement("type", element.type or "any")]
    if element.item_type:
        found.append(Statement("items", element.item_type))
    is_needed = element.is_required and element.default is None
    found.append(Statement("required", "yes" if is_needed else "no"))
    if element.default is not None:
        found.append(Statement("default", excerpt(element.default)))
    if element.constraints is not None:
        found.append(Statement("constraints", excerpt(element.constraints)))
    layers = layers_of_property(element, context.spot, context.path, is_given=context.is_given)
    return found + [Statement(*layer) for layer in layers]


def _operation(element: Operation, context: DescribeContext) -> list[Statement]:
    found = []
    if element.inputs or element.schema:
        names = ", ".join(dict.fromkeys((*element.schema, *element.inputs)))
        found.append(Statement("inputs", names))
    if element.executor is not None:
        found.append(Statement("executor", excerpt(element.executor)))
    found += [Statement(*layer) for layer in layers_of_operation(element)]
    target = element.target
    if isinstance(target, Target) and target.kind != "none":
        found += _code(target, context)
    return found


def _code(target: Target, context: DescribeContext) -> list[Statement]:
    kinds = {
        "none": "nothing is done",
        "script": f"script {target.function}",
        "inline": "script written here",
        "url": f"script {target.text}",
        "unresolved": "neither a script nor a function of a plugin",
        "ambiguous": "several plugins have a name that fits",
    }
    if target.kind != "plugin":
        return [Statement("runs", kinds.get(target.kind, target.kind))]
    plugin = target.plugin.name if target.plugin is not None else ""
    found = [Statement("runs", f"{target.function} of plugin {plugin}")]
    for definition, span in context.code.definitions(target) if context.code is not None else ():
        source = definition.module.source
        assert source is not None
        assert context.code is not None
        aim = context.code.aim(target)
        if aim is not None and aim.signature is not None:
            found.append(Statement("signature", aim.signature.text))
        line = source.lines.position(span.start)[0]
        found.append(Statement("code", f"{definition.module.path}:{line}", definition.module.path, span))
    return found


def _plugin(element: Plugin, catalog: Catalog) -> list[Statement]:
    found = []
    if element.package_name:
        version = f" {element.package_version}" if element.package_version else ""
        found.append(Statement("package", f"{element.package_name}{version}"))
        known = catalog.plugin_versions(element.package_name)
        if known:
            found.append(Statement("catalogue has", _versions(known)))
    if element.executor:
        found.append(Statement("executor", element.executor))
    if element.source:
        found.append(Statement("source", element.source))
    return found
