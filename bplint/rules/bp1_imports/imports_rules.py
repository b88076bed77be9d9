"""Rules on imports: what is read, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.types.type_faults import BuiltInTypesNotImported
from bplint.diagnostic import LOGIC, Effect, Related, Severity
from bplint.imports.graph import related_chain
from bplint.imports.import_faults import (
    BadImportEntry,
    BadPluginImport,
    DuplicateImport,
    ImportLimit,
    ImportNotFound,
    ImportOutsideTree,
    ImportsNotAList,
    RepeatedImport,
    UnreadImport,
)
from bplint.near import nearest
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.imports.graph import ImportEntry
    from bplint.rules.context import Context

FORMAT: Final = "DSLParsingFormatException"


@rule("BP100", on=ImportNotFound, effect=Effect.REFUSED, references=((LOGIC, 13),), source="imports.py")
def import_not_found(fault: ImportNotFound, ctx: Context) -> Iterator[Diagnostic]:
    """An imported file is not there.

    Why: the manager refuses the blueprint. A relative name is looked up next to the file that imports it,
        then in the blueprint's folder; the folder you start bplint in does not matter.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - types/server.yaml
        #   ^^^^^^^^^^^^^^^^^ BP100
    Good:
        imports:
          - cloudify/types/types.yaml
          - types/server.yaml
        #: types/server.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
    """
    entry = fault.entry
    reason = fault.reason
    if reason:
        yield ctx.report(fault, f"import '{entry.text}' cannot be read: {reason}")
        return
    looked_in = " or ".join(f"'{folder or '.'}'" for folder in fault.looked_in)
    message = (
        f"imported file '{entry.location}' is not there"
        if entry.location
        else "import '' names no file; write its path"
    )
    advice = f"looked in {looked_in}" if looked_in and entry.location else None
    if entry.location.startswith("resource:"):
        advice = "'resource:' is no prefix of an import; name the file alone"
    yield ctx.report(fault, message, help=advice, related=related_chain(entry.importer))


@rule("BP101", on=ImportOutsideTree, effect=Effect.REFUSED, references=((LOGIC, 13),), source="imports.py")
def import_outside_tree(fault: ImportOutsideTree, ctx: Context) -> Iterator[Diagnostic]:
    """An import leaves the tree of files that the blueprint belongs to.

    Why: what lies outside is not part of what is uploaded, so the manager does not find it; nor does
        bplint open it. The tree is the nearest folder upwards with a repository (.git, .hg) or a
        .bplint.yaml. Without one, imports may not climb to a top-level or a home folder. Folders given
        with --plugin-path and --import-rule may lie anywhere.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - ../../../../../../../../etc/passwd
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP101
    Good:
        imports:
          - cloudify/types/types.yaml
          - common/types.yaml
        #: common/types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
    """
    entry = fault.entry
    yield ctx.report(
        fault,
        f"import '{entry.text}' leads out of {fault.tree} and is not read",
        help="move the file next to the blueprint",
        related=related_chain(entry.importer),
    )


@rule("BP102", on=UnreadImport, effect=Effect.ADVICE, severity=Severity.WARNING)
def unread_import(fault: UnreadImport, ctx: Context) -> Iterator[Diagnostic]:
    """An import cannot be read here; a manager may know it.

    Why: bplint opens no connections. What such an import may define is unknown, so nothing is said of
        names that are not found elsewhere. With --strict-imports this is an error. Give the plugin with
        --plugin-path, or map the location to a file with --import-rule.
    Manager: it takes the blueprint if it knows the import, and refuses it if not.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:acme-plugin
        #   ^^^^^^^^^^^^^^^^^^ BP102
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin
    """
    entry = fault.entry
    yield ctx.report(
        fault,
        f"import '{entry.text}' cannot be read here: {fault.reason}",
        severity=Severity.ERROR if fault.is_strict else None,
        help=_remedy(entry, ctx),
        related=related_chain(entry.importer),
    )


def _remedy(entry: ImportEntry, ctx: Context) -> str | None:
    """What would answer the import; nothing that the user has given already."""
    graph = ctx.blueprint.graph
    config = graph.resolver
    if entry.location.startswith("plugin:"):
        name = entry.location.removeprefix("plugin:").partition("?")[0]
        known = config.catalog.plugin_names()
        if name.strip() in known:
            return None  # the reason says which versions are known
        near = nearest(name, known)
        if near:
            return f"did you mean '{near}'?"
        return None if config.has_plugin_folders else "give a folder that holds it with --plugin-path"
    if entry.location.startswith("blueprint:"):
        return None
    rule = graph.surroundings.rule_for(entry.location)
    if rule is not None:
        return f"this repository has the file: --import-rule '{rule}'"
    return None if config.has_rules else "map it to a file with --import-rule"


@rule(
    "BP103",
    on=ImportsNotAList,
    effect=Effect.REFUSED,
    references=((FORMAT, 1), ("TypeError", None), (LOGIC, 13), ("ValueError", None)),
    source="elements/imports.py",
)
def imports_not_a_list(fault: ImportsNotAList, ctx: Context) -> Iterator[Diagnostic]:
    """`imports` is not a list.

    Why: the manager refuses the blueprint; an empty `imports` makes the parser crash.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_5
        imports: cloudify/types/types.yaml
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^ BP103
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        imports:
          - cloudify/types/types.yaml
    """
    found = fault.found
    advice = (
        "take the line out, or write '[]'" if found == "nothing" else "write one '- ' line for each import"
    )
    yield ctx.report(fault, f"'imports' must be a list, and is {found}", help=advice)


_ENTRY_WORDS: Final = {
    "shape": "an import must be a text, or a mapping of one text to properties",
    "count": "an import with properties must be a mapping with exactly one key",
    "name": "the name of an import must be a text",
    "properties": "the properties of an import must be a mapping",
}


@rule(
    "BP104",
    on=BadImportEntry,
    effect=Effect.REFUSED,
    references=(
        (FORMAT, 1),
        (FORMAT, 220),
        ("AttributeError", None),
        ("IndexError", None),
        ("ValueError", None),
    ),
    source="elements/imports.py",
)
def bad_import_entry(fault: BadImportEntry, ctx: Context) -> Iterator[Diagnostic]:
    """An entry of `imports` is neither a text nor one text with properties.

    Why: the manager refuses the blueprint. Two keys in one entry are mostly properties that are indented
        too little.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - 5
        #   ^ BP104
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin:
              region_name: eu-west-1
    """
    wrong = fault.wrong
    message = _ENTRY_WORDS[wrong]
    if wrong == "count" and fault.count:
        message += f", and has {fault.count}"
    advice = "indent the properties by more than the import" if fault.count > 1 else None
    yield ctx.report(fault, message, help=advice)


@rule("BP105", on=DuplicateImport, effect=Effect.REFUSED, references=((FORMAT, 2),), source="imports.py")
def duplicate_import(fault: DuplicateImport, ctx: Context) -> Iterator[Diagnostic]:
    """The blueprint imports the same text twice.

    Why: the manager refuses the blueprint. Only the main file is checked for this.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - cloudify/types/types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^ BP105
    Good:
        imports:
          - cloudify/types/types.yaml
    """
    related = [Related("imported here first", fault.path, fault.first.span)]
    yield ctx.report(fault, f"'{fault.text}' is imported twice", related=related)


@rule("BP106", on=RepeatedImport, effect=Effect.ADVICE)
def repeated_import(fault: RepeatedImport, ctx: Context) -> Iterator[Diagnostic]:
    """A file imports another one twice.

    Why: the second import does nothing. In the blueprint itself the same text twice would be refused.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - types.yaml
          - ./types.yaml
        #   ^^^^^^^^^^^^ BP106
        #: types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
    Good:
        imports:
          - cloudify/types/types.yaml
          - types.yaml
        #: types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
    """
    related = [Related("imported here first", fault.path, fault.first.span)]
    yield ctx.report(fault, f"'{fault.text}' is imported already", related=related)


@rule("BP117", on=ImportLimit, effect=Effect.REFUSED)
def import_limit(fault: ImportLimit, ctx: Context) -> Iterator[Diagnostic]:
    """A blueprint imports more than bplint follows.

    Why: at most 2,000 files, and at most 50 namespaces inside each other, so that no input makes it hang.
    """
    what = "files" if fault.what == "files" else "namespaces inside each other"
    yield ctx.report(fault, f"more than {fault.limit:,} {what} are imported; no more are read")


@rule(
    "BP133",
    on=BuiltInTypesNotImported,
    effect=Effect.REFUSED,
    references=((LOGIC, 7), (LOGIC, 26), (LOGIC, 103)),
    source="elements/node_templates.py",
)
def built_in_types_not_imported(fault: BuiltInTypesNotImported, ctx: Context) -> Iterator[Diagnostic]:
    """A blueprint uses the built-in types, and nothing imports them.

    Why: the manager refuses the blueprint: types such as cloudify.nodes.Root are names like any other, and
        `cloudify/types/types.yaml` stands for the file that defines them.
    Bad:
        #! as is
        tosca_definitions_version: cloudify_dsl_1_5
        node_templates:
          host: {type: cloudify.nodes.Compute}
          app: {type: cloudify.nodes.Root}
        #@ BP133 2:1-2:26
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        node_templates:
          host: {type: cloudify.nodes.Compute}
          app: {type: cloudify.nodes.Root}
    """
    from bplint.diagnostic import Related

    names, places = fault.names, fault.places
    shown = ", ".join(f"'{name}'" for name in names[:3]) + (", …" if len(names) > 3 else "")
    yield ctx.report(
        fault,
        f"nothing imports the built-in types: {shown} {'is' if len(names) == 1 else 'are'} not known here",
        help="write 'cloudify/types/types.yaml' below 'imports'",
        related=[Related("used here", path, span) for path, span in places[:5]],
    )


@rule("BP135", on=BadPluginImport, effect=Effect.FAILS, source="the manager's resolver")
def bad_plugin_import(fault: BadPluginImport, ctx: Context) -> Iterator[Diagnostic]:
    """A plugin is asked for in a way that no manager understands.

    Why: the manager refuses the blueprint. A version stands behind `?version=`, other parameters behind `&`:
        distribution, distribution_version, distribution_release, platform.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?vesion=3.2.4
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP135
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=3.2.4
    """
    text = f"import '{fault.entry.text}' is not understood: {fault.problem}; did you mean '{fault.right}'?"
    yield ctx.report(fault, text)
