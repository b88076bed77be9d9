"""Rules on what imported files put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import LOGIC, Effect, Related, Severity
from bplint.dsl.versions import version_text
from bplint.imports.graph import related_chain
from bplint.imports.merge_faults import (
    ConflictingDefinition,
    ConflictingWorkflow,
    EmptySection,
    ImportLacksDefinition,
    ImportReadTwice,
    LostDefinition,
    NamespacedSettings,
    OverriddenByImport,
    UnmergeableSection,
)
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.imports.merge import Item
    from bplint.rules.context import Context

FORMAT: Final = "DSLParsingFormatException"

_SINGULAR: Final = {
    "inputs": "input",
    "data_types": "data type",
    "node_types": "node type",
    "relationships": "relationship type",
    "plugins": "plugin",
    "workflows": "workflow",
    "policy_types": "policy type",
    "policy_triggers": "policy trigger",
    "node_templates": "node template",
    "groups": "group",
    "policies": "policy",
    "outputs": "output",
    "capabilities": "capability",
    "labels": "label",
    "blueprint_labels": "blueprint label",
    "resource_tags": "resource tag",
}


def _singular(section: str) -> str:
    return _SINGULAR.get(section, section)


@rule(
    "BP124",
    on=ImportLacksDefinition,
    effect=Effect.REFUSED,
    references=((LOGIC, 103),),
    source="elements/node_types.py",
)
def import_lacks_definition(fault: ImportLacksDefinition, ctx: Context) -> Iterator[Diagnostic]:
    """An import builds on types that no import brings.

    Why: the manager refuses the blueprint. Plugins build on the built-in types, which must be imported beside
        them.
    Bad:
        imports:
          - plugin:cloudify-aws-plugin
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^ BP124
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin
    """
    entry = fault.entry
    needs = fault.needs
    first = needs[0]
    more = f" and {len(needs) - 1} more" if len(needs) > 1 else ""
    message = (
        f"{entry.answered_by} needs {_singular(first.section)} '{first.name}'{more}, which nothing defines"
    )
    is_basic = first.name.startswith("cloudify.")
    advice = "import 'cloudify/types/types.yaml' too" if is_basic else None
    yield ctx.report(fault, message, help=advice, blame=entry.text)


@rule(
    "BP125",
    on=UnmergeableSection,
    effect=Effect.REFUSED,
    references=((LOGIC, 3),),
    source="elements/imports.py",
)
def unmergeable_section(fault: UnmergeableSection, ctx: Context) -> Iterator[Diagnostic]:
    """Two files have a section that only one may have.

    Why: the manager refuses the blueprint. `policies` and `deployment_settings` are never merged; inputs,
        outputs, node templates, capabilities, labels and tags are from cloudify_dsl_1_3 on.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_2
        imports: [http://www.getcloudify.org/spec/cloudify/3.3/types.yaml, more.yaml]
        inputs:
          size: {}
        #: more.yaml
        inputs:
        #@ BP125 1:1-1:7
          color: {}
    Good:
        tosca_definitions_version: cloudify_dsl_1_3
        imports: [http://www.getcloudify.org/spec/cloudify/4.6/types.yaml, more.yaml]
        inputs:
          size: {}
        #: more.yaml
        inputs:
          color: {}
    """
    file, key = fault.first
    message = f"'{fault.section}' stands in two files, and the manager cannot merge it"
    advice = None
    if fault.since is not None:
        advice = f"from {version_text(fault.since)} on it can"
    related = []
    if key is not None:
        related = [Related("the other one", file.document.path, key.span)]
    yield ctx.report(fault, message, help=advice, related=[*related, *related_chain(fault.file)])


@rule(
    "BP126",
    on=ConflictingDefinition,
    effect=Effect.REFUSED,
    references=((LOGIC, 4), ("ValueError", None), ("AttributeError", None), ("TypeError", None)),
    source="elements/imports.py",
)
def conflicting_definition(fault: ConflictingDefinition, ctx: Context) -> Iterator[Diagnostic]:
    """Two files define the same name.

    Why: the manager refuses the blueprint. Give one of them another name, or import its file under a
        namespace.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
        #: types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Root}
        # ^^^^^^^^^^^ BP126
    Good:
        imports:
          - cloudify/types/types.yaml
          - lib--types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
        #: types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Root}
    """
    item = fault.item
    message = f"{_singular(fault.section)} '{item.name}' is defined twice"
    first = fault.first
    if not first.file.is_own and first.file.entry is not None:
        message += f", first by {first.file.entry.answered_by}"
    elif not item.file.is_own and item.file.entry is not None:
        message += f", again by {item.file.entry.answered_by}"
    yield ctx.report(fault, message, related=[*_first_of(first), *related_chain(item.file)])


@rule(
    "BP127",
    on=ImportReadTwice,
    effect=Effect.REFUSED,
    references=((LOGIC, 4), (LOGIC, 3)),
    source="elements/imports.py",
)
def import_read_twice(fault: ImportReadTwice, ctx: Context) -> Iterator[Diagnostic]:
    """A file is imported under two spellings of its path, and so conflicts with itself.

    Why: the manager takes the two spellings for two files, finds every name twice and refuses the blueprint.
        In files of the blueprint's own folder spellings do not matter.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - a/types.yaml
          - b/more.yaml
        #: a/types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
        #: b/more.yaml
        imports:
          - ../a/types.yaml
        #   ^^^^^^^^^^^^^^^ BP127
    Good:
        imports:
          - cloudify/types/types.yaml
          - a/types.yaml
          - b/more.yaml
        #: a/types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
        #: b/more.yaml
        imports:
          - a/types.yaml
    """
    entry, first = fault.entry, fault.first
    related = []
    message = (
        f"'{first.document.path}' is imported under a second spelling of its path, and conflicts with itself"
    )
    if first.entry is not None:
        related = [Related("imported here first", first.entry.path, first.entry.node.span)]
    elif first.entry is None:
        message = "the blueprint is imported by its own import under another spelling of its path"
    yield ctx.report(
        fault,
        message,
        related=[*related, *related_chain(entry.importer)],
        help="write the path in both places as seen from the blueprint's folder",
    )


@rule(
    "BP128",
    on=ConflictingWorkflow,
    effect=Effect.REFUSED,
    references=(("TypeError", None),),
    source="elements/imports.py",
)
def conflicting_workflow(fault: ConflictingWorkflow, ctx: Context) -> Iterator[Diagnostic]:
    """Two files define a workflow, at least one in its short form.

    Why: the parser crashes on it. Two long forms are merged, key by key.
    Bad:
        imports: [cloudify/types/types.yaml, more.yaml]
        workflows:
          backup: default_workflows.cloudify.plugins.workflows.install
        #: more.yaml
        workflows:
          backup: {mapping: default_workflows.cloudify.plugins.workflows.restart}
        # ^^^^^^ BP128
    Good:
        imports: [cloudify/types/types.yaml, more.yaml]
        workflows:
          backup: default_workflows.cloudify.plugins.workflows.install
        #: more.yaml
        workflows:
          restore: default_workflows.cloudify.plugins.workflows.restart
    """
    item = fault.item
    first = fault.first
    message = f"workflow '{item.name}' is defined twice, and a short form cannot be merged"
    yield ctx.report(fault, message, related=[*_first_of(first), *related_chain(item.file)])


@rule(
    "BP129",
    on=EmptySection,
    effect=Effect.REFUSED,
    references=(("ValueError", None), ("AttributeError", None)),
    source="elements/imports.py",
)
def empty_section(fault: EmptySection, ctx: Context) -> Iterator[Diagnostic]:
    """A section is empty in one file and has content in another.

    Why: the parser crashes on merging the two. Where only one file has the section, it may be empty.
    Bad:
        imports: [cloudify/types/types.yaml, more.yaml]
        inputs:
        #@ BP129 2:1-2:7
        #: more.yaml
        inputs:
          size: {}
    Good:
        imports: [cloudify/types/types.yaml, more.yaml]
        inputs: {}
        #: more.yaml
        inputs:
          size: {}
    """
    section = fault.section
    yield ctx.report(
        fault,
        f"'{section}' is empty here and cannot be merged with that of another file",
        help=f"write '{section}: {{}}', or take the line out",
        related=related_chain(fault.file),
    )


@rule("BP130", on=LostDefinition, effect=Effect.ADVICE, severity=Severity.WARNING)
def lost_definition(fault: LostDefinition, ctx: Context) -> Iterator[Diagnostic]:
    """Two files define a label, a tag or the short form of a workflow; the later one is silently lost.

    Why: the manager keeps the one that it reads first, beginning with the blueprint, and says nothing.
    Bad:
        imports: [cloudify/types/types.yaml, more.yaml]
        labels:
          env: {values: [test]}
        #: more.yaml
        labels:
          env: {values: [production]}
        # ^^^ BP130
    Good:
        imports: [cloudify/types/types.yaml, more.yaml]
        labels:
          env: {values: [test, production]}
        #: more.yaml
        labels:
          tier: {values: [gold]}
    """
    item = fault.item
    first = fault.first
    message = f"{_singular(fault.section)} '{item.name}' is lost: another file defines it first"
    yield ctx.report(fault, message, related=[*_first_of(first), *related_chain(item.file)])


@rule("BP131", on=OverriddenByImport, effect=Effect.ADVICE, severity=Severity.WARNING)
def overridden_by_import(fault: OverriddenByImport, ctx: Context) -> Iterator[Diagnostic]:
    """An import replaces a definition without a word.

    Why: of two definitions of a name that begins `cloudify.`, and of everything that the built-in types
        define, the one that is read last counts, so that an import overrides the blueprint itself.
    Bad:
        imports:
          - cloudify/types/types.yaml
        workflows:
          install: default_workflows.cloudify.plugins.workflows.restart
        # ^^^^^^^ BP131
    Good:
        imports:
          - cloudify/types/types.yaml
        workflows:
          my_install: default_workflows.cloudify.plugins.workflows.restart
    """
    first = fault.first
    item = fault.item
    by = f"'{item.file.document.path}'"
    if not item.file.is_own and item.file.entry is not None:
        by = item.file.entry.answered_by
    message = f"this definition of '{first.name}' has no effect: {by} replaces it"
    yield ctx.report(fault, message, help="give it another name", related=_first_of(item, "replaced by this"))


@rule(
    "BP132",
    on=NamespacedSettings,
    effect=Effect.REFUSED,
    references=((FORMAT, 1),),
    source="elements/imports.py",
)
def namespaced_settings(fault: NamespacedSettings, ctx: Context) -> Iterator[Diagnostic]:
    """A file with deployment settings is imported under a namespace.

    Why: the manager puts the namespace before the keys of the section, as if they were names, and refuses
        the blueprint, since it does not know a key such as `web--display_name`.
    Bad:
        imports: [cloudify/types/types.yaml, web--part.yaml]
        #: part.yaml
        deployment_settings: {display_name: shop}
        #@ BP132 1:1-1:20
    Good:
        imports: [cloudify/types/types.yaml, web--part.yaml]
        deployment_settings: {display_name: shop}
        #: part.yaml
        inputs: {size: {}}
    """
    namespace = fault.file.namespace
    message = f"deployment settings cannot be imported under a namespace, here '{namespace}'"
    advice = "move them to the blueprint itself"
    yield ctx.report(fault, message, help=advice, related=related_chain(fault.file))


def _first_of(item: Item, message: str = "defined here first") -> list[Related]:
    if not item.file.is_own:
        return []
    return [Related(message, item.file.document.path, item.key.span)]
