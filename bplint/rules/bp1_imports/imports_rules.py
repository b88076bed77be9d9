"""Rules on imports: what is read, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Effect, Related, Severity
from bplint.imports.graph import related_chain
from bplint.near import nearest
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.imports.graph import ImportEntry
    from bplint.rules.context import Context

LOGIC: Final = "DSLParsingLogicException"
FORMAT: Final = "DSLParsingFormatException"


@rule("BP100", "import-not-found", effect=Effect.REFUSED, references=((LOGIC, 13),), source="imports.py")
def import_not_found(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    entry: ImportEntry = fault.details["entry"]
    reason = fault.details["reason"]
    if reason:
        yield ctx.report(fault, f"import '{entry.text}' cannot be read: {reason}")
        return
    looked_in = " or ".join(f"'{folder or '.'}'" for folder in fault.details["looked_in"])
    message = f"imported file '{entry.location}' is not there" if entry.location else "import names no file"
    advice = f"looked in {looked_in}" if looked_in and entry.location else None
    if entry.location.startswith("resource:"):
        advice = "'resource:' is no prefix of an import; name the file alone"
    yield ctx.report(fault, message, help=advice, related=related_chain(entry.importer))


@rule("BP101", "import-outside-tree", effect=Effect.REFUSED, references=((LOGIC, 13),), source="imports.py")
def import_outside_tree(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    entry: ImportEntry = fault.details["entry"]
    yield ctx.report(
        fault,
        f"import '{entry.text}' leads out of {fault.details['tree']} and is not read",
        help="move the file next to the blueprint",
        related=related_chain(entry.importer),
    )


@rule("BP102", "unread-import", effect=Effect.ADVICE, severity=Severity.WARNING)
def unread_import(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An import cannot be read here; a manager may know it.

    Why: bplint opens no connections. What such an import may define is unknown, so nothing is said of
        names that are not found elsewhere. With --strict-imports this is an error. Give the plugin with
        --plugin-path, or map the location to a file with --import-rule.
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
    entry: ImportEntry = fault.details["entry"]
    yield ctx.report(
        fault,
        f"import '{entry.text}' cannot be read here: {fault.details['reason']}",
        severity=Severity.ERROR if fault.details["is_strict"] else None,
        help=_remedy(entry, ctx),
        related=related_chain(entry.importer),
    )


def _remedy(entry: ImportEntry, ctx: Context) -> str | None:
    if entry.location.startswith("plugin:"):
        name = entry.location.removeprefix("plugin:").partition("?")[0]
        # the catalogue: only where a plugin is not known
        from bplint.catalog.store import Catalog

        near = nearest(name, Catalog().plugin_names())
        return f"did you mean '{near}'?" if near else "give a folder that holds it with --plugin-path"
    if entry.location.startswith("blueprint:"):
        return None
    return "map it to a file with --import-rule"


@rule(
    "BP103",
    "imports-not-a-list",
    effect=Effect.REFUSED,
    references=((FORMAT, 1), ("TypeError", None), (LOGIC, 13), ("ValueError", None)),
    source="elements/imports.py",
)
def imports_not_a_list(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    found = fault.details["found"]
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
    "bad-import-entry",
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
def bad_import_entry(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    wrong = fault.details["wrong"]
    message = _ENTRY_WORDS[wrong]
    if wrong == "count" and fault.details["count"]:
        message += f", and has {fault.details['count']}"
    advice = "indent the properties by more than the import" if fault.details.get("count", 0) > 1 else None
    yield ctx.report(fault, message, help=advice)


@rule("BP105", "duplicate-import", effect=Effect.REFUSED, references=((FORMAT, 2),), source="imports.py")
def duplicate_import(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    related = [Related("imported here first", fault.path, fault.details["first"].span)]
    yield ctx.report(fault, f"'{fault.details['text']}' is imported twice", related=related)


@rule("BP106", "repeated-import", effect=Effect.ADVICE)
def repeated_import(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    related = [Related("imported here first", fault.path, fault.details["first"].span)]
    yield ctx.report(fault, f"'{fault.details['text']}' is imported already", related=related)


@rule(
    "BP107",
    "nested-import-namespace",
    effect=Effect.REFUSED,
    references=((LOGIC, 212),),
    source="elements/imports.py",
)
def nested_import_namespace(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """The namespace of an import holds a further `--`.

    Why: the manager refuses the blueprint. A namespace in a namespace comes about by importing a file that
        itself imports with one.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - net--east--types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^ BP107
    Good:
        imports:
          - cloudify/types/types.yaml
          - net_east--types.yaml
        #: types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
    """
    yield ctx.report(fault, f"namespace '{fault.details['namespace']}' must not hold '--'")


@rule(
    "BP113",
    "blueprint-import-without-namespace",
    effect=Effect.REFUSED,
    references=((LOGIC, 213),),
    source="elements/imports.py",
)
def blueprint_import_without_namespace(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A blueprint is imported without a namespace.

    Why: the manager refuses it: the names of the two blueprints could not be told apart.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - blueprint:network
        #   ^^^^^^^^^^^^^^^^^ BP113
    Good:
        imports:
          - cloudify/types/types.yaml
          - net--blueprint:network
    """
    text = fault.details["entry"].text
    yield ctx.report(fault, f"'{text}' needs a namespace", help=f"write 'NAME--{text}'")


@rule(
    "BP114",
    "shared-blueprint-namespace",
    effect=Effect.REFUSED,
    references=((LOGIC, 214),),
    source="elements/imports.py",
)
def shared_blueprint_namespace(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Two blueprints are imported under one namespace.

    Why: the manager refuses it: the names of the two blueprints could not be told apart.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - net--blueprint:network
          - net--blueprint:firewall
        #   ^^^^^^^^^^^^^^^^^^^^^^^ BP114
    Good:
        imports:
          - cloudify/types/types.yaml
          - net--blueprint:network
          - fw--blueprint:firewall
    """
    details = fault.details
    message = f"namespace '{details['namespace']}' is already that of '{details['other']}'"
    yield ctx.report(fault, message)


@rule(
    "BP115",
    "namespaced-basic-types",
    effect=Effect.REFUSED,
    references=((LOGIC, 214),),
    source="elements/imports.py",
)
def namespaced_basic_types(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """The built-in types are imported under a namespace.

    Why: the manager refuses it: the names of the built-in types never take a namespace. A file counts as the
        built-in types if it defines cloudify.nodes.Root.
    Bad:
        imports:
          - base--cloudify/types/types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP115
    Good:
        imports:
          - cloudify/types/types.yaml
    """
    entry: ImportEntry = fault.details["entry"]
    yield ctx.report(
        fault,
        "the built-in types cannot be imported under a namespace",
        help=f"import '{entry.location}'",
    )


@rule("BP116", "namespace-cycle", effect=Effect.REFUSED, source="elements/imports.py")
def namespace_cycle(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A file imports itself under a namespace.

    Why: the reference parser never ends: every round makes a longer namespace, until the manager runs out of
        memory. Without a namespace, files may import each other.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - a.yaml
        #: a.yaml
        imports:
          - again--a.yaml
        #   ^^^^^^^^^^^^^ BP116
    Good:
        imports:
          - cloudify/types/types.yaml
          - a.yaml
        #: a.yaml
        imports:
          - a.yaml
    """
    entry: ImportEntry = fault.details["entry"]
    ancestor = fault.details["ancestor"]
    yield ctx.report(
        fault,
        f"'{entry.text}' imports '{ancestor.document.path}' into itself under ever longer namespaces",
        related=related_chain(entry.importer),
    )


@rule("BP117", "import-limit", effect=Effect.REFUSED)
def import_limit(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A blueprint imports more than bplint follows.

    Why: at most 2,000 files, and at most 50 namespaces inside each other, so that no input makes it hang.
    """
    what = "files" if fault.details["what"] == "files" else "namespaces inside each other"
    yield ctx.report(fault, f"more than {fault.details['limit']:,} {what} are imported; no more are read")
