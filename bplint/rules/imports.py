"""Rules on imports: what an entry may look like, what it leads to, and how the files fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Effect, Related, Severity
from bplint.dsl.versions import version_text
from bplint.imports.graph import related_chain
from bplint.near import nearest
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.imports.graph import ImportEntry
    from bplint.imports.merge import Item
    from bplint.rules.context import Context

LOGIC: Final = "DSLParsingLogicException"
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


# -- what an entry leads to


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
    yield ctx.report(fault, message, help=advice, related=_chain(entry))


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
        related=_chain(entry),
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
        related=_chain(entry),
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


# -- what an entry may look like


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


# -- properties of an entry


@rule(
    "BP108",
    "import-properties-version",
    effect=Effect.REFUSED,
    references=((LOGIC, 102),),
    source="elements/imports.py",
)
def import_properties_version(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Properties on an import need a newer version of the language.

    Why: the manager refuses properties on imports before cloudify_dsl_1_5, an empty mapping too.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_4
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-openstack-plugin: {}
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP108
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-openstack-plugin: {}
    """
    have = version_text(fault.details["version"])
    yield ctx.report(fault, f"properties on an import need cloudify_dsl_1_5, and the blueprint says {have}")


@rule(
    "BP109",
    "bad-import-property",
    effect=Effect.REFUSED,
    references=((FORMAT, 220), (FORMAT, 1), ("ValueError", None)),
    source="elements/imports.py",
)
def bad_import_property(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A property of an import has a name or a value that none can have.

    Why: the manager takes texts, numbers, booleans, lists and intrinsic functions there, no other mapping,
        and names that are texts.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin:
              region_name: {name: eu-west-1}
        #                  ^^^^^^^^^^^^^^^^^ BP109
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin:
              region_name: {get_secret: region}
    """
    name = fault.details["name"]
    if fault.details["wrong"] == "name":
        yield ctx.report(fault, f"the name of a property must be a text; '{name}' is none without quotes")
    else:
        yield ctx.report(
            fault, f"property '{name}' must be a text, a number, a boolean, a list or a function"
        )


@rule(
    "BP110",
    "unknown-import-property",
    effect=Effect.REFUSED,
    references=((LOGIC, 221),),
    source="elements/imports.py",
    fixable="safe",
)
def unknown_import_property(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A property of an import is not one of the plugin's.

    Why: the manager refuses the blueprint. With several plugins in the file each must declare the property.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin:
              region: eu-west-1
        #     ^^^^^^ BP110
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin:
              region_name: eu-west-1
    """
    details = fault.details
    message = f"plugin '{details['plugin']}' has no property '{details['name']}'"
    yield ctx.report(fault, _checked(message, details["entry"]), near=(details["name"], details["known"]))


@rule(
    "BP111",
    "import-property-mismatch",
    effect=Effect.REFUSED,
    references=((LOGIC, 221),),
    source="elements/imports.py",
)
def import_property_mismatch(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A property of an import has a value of another type than the plugin declares.

    Why: the manager refuses the blueprint.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin:
              region_name: [eu-west-1]
        #                  ^^^^^^^^^^^ BP111
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin:
              region_name: eu-west-1
    """
    details = fault.details
    message = (
        f"property '{details['name']}' of plugin '{details['plugin']}' must be of type {details['wanted']}"
    )
    yield ctx.report(fault, _checked(message, details["entry"]))


@rule(
    "BP112",
    "unsettable-import-property",
    effect=Effect.REFUSED,
    references=((FORMAT, 220), ("AttributeError", None)),
    source="elements/imports.py",
)
def unsettable_import_property(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A property of an import is declared with a type that an import cannot set.

    Why: the manager refuses a value for a plugin property unless its type is string, integer, float,
        boolean or list; without a type the parser crashes.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin.yaml:
              limits: [1, 2]
        #             ^^^^^^ BP112
        #: plugin.yaml
        plugins:
          acme:
            executor: central_deployment_agent
            package_name: acme
            properties:
              limits: {type: dict}
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin.yaml:
              limits: [1, 2]
        #: plugin.yaml
        plugins:
          acme:
            executor: central_deployment_agent
            package_name: acme
            properties:
              limits: {type: list}
    """
    details = fault.details
    what = f"has the type '{details['wanted']}'" if details["wanted"] else "is declared without a type"
    message = f"property '{details['name']}' of plugin '{details['plugin']}' cannot be set here: it {what}"
    yield ctx.report(fault, message, help="settable are string, integer, float, boolean and list")


# -- namespaces


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
        related=_chain(entry),
    )


@rule("BP117", "import-limit", effect=Effect.REFUSED)
def import_limit(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A blueprint imports more than bplint follows.

    Why: at most 2,000 files, and at most 50 namespaces inside each other, so that no input makes it hang.
    """
    what = "files" if fault.details["what"] == "files" else "namespaces inside each other"
    yield ctx.report(fault, f"more than {fault.details['limit']:,} {what} are imported; no more are read")


# -- versions


@rule(
    "BP118",
    "import-version-newer",
    effect=Effect.REFUSED,
    references=((LOGIC, 28),),
    source="elements/imports.py",
)
def import_version_newer(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An imported file declares a newer version of the language than the blueprint.

    Why: the manager refuses the blueprint. An older version in an import, or none, is fine.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_2
        imports:
          - cloudify/types/types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^ BP118
    Good:
        tosca_definitions_version: cloudify_dsl_1_4
        imports:
          - cloudify/types/types.yaml
    """
    main, imported = fault.details["main"], fault.details["imported"]
    entry: ImportEntry = fault.details["entry"]
    related = [Related("the blueprint's version", main.path, main.version_node.span)]
    if "file" in fault.details:
        message = f"this file says {imported}, and the blueprint that imports it only {main.version}"
        yield ctx.report(fault, message, related=[*related, *related_chain(fault.details["file"])])
        return
    message = f"{entry.answered_by} says {imported}, and the blueprint only {main.version}"
    advice = f"say {imported} in the blueprint, or import an older version"
    yield ctx.report(fault, message, related=related, help=advice, blame=entry.text)


@rule(
    "BP119",
    "import-version-unsupported",
    effect=Effect.REFUSED,
    references=(("ValueError", None),),
    source="elements/imports.py",
)
def import_version_unsupported(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An imported file declares a version that does not exist.

    Why: the parser crashes on it.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - types.yaml
        #: types.yaml
        tosca_definitions_version: cloudify_dsl_2_0
        #                          ^^^^^^^^^^^^^^^^ BP119
    Good:
        imports:
          - cloudify/types/types.yaml
          - types.yaml
        #: types.yaml
        tosca_definitions_version: cloudify_dsl_1_3
    """
    text = fault.details["text"]
    message = f"there is no version '{text}' of the language" if text else "the version is empty"
    advice = "take the line out: an imported file needs no version"
    yield ctx.report(fault, message, help=advice, related=related_chain(fault.details["file"]))


@rule(
    "BP120",
    "import-needs-newer-version",
    effect=Effect.REFUSED,
    references=((LOGIC, 102),),
    source="version gates of dsl_parser",
)
def import_needs_newer_version(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A plugin uses what the blueprint's version of the language does not have.

    Why: the manager refuses the blueprint although nothing in it is wrong: the import does not fit. Say a
        newer version in the blueprint, or import an older version of the plugin.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_3
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^ BP120
    Good:
        tosca_definitions_version: cloudify_dsl_1_4
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin
    """
    entry: ImportEntry = fault.details["entry"]
    gates = fault.details["gates"]
    needed = max(gate.version for gate in gates)
    first = next(gate for gate in gates if gate.version == needed)
    have = version_text(fault.details["main"])
    message = (
        f"{entry.answered_by} needs {version_text(needed)} for '{first.feature}' at {first.path}, "
        f"and the blueprint says {have}"
    )
    advice = f"say {version_text(needed)} in the blueprint, or import an older version"
    yield ctx.report(fault, message, help=advice, blame=entry.text)


# -- what an imported file is


@rule(
    "BP122",
    "basic-types-without-types",
    effect=Effect.REFUSED,
    references=(("AttributeError", None),),
    source="elements/imports.py",
)
def basic_types_without_types(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """`metadata` says that this file holds Cloudify's types, and it has no `node_types`.

    Why: the parser crashes on it.
    Bad:
        #@ BP122 2:1-2:9
        metadata: {cloudify_types: true}
    Good:
        metadata: {title: my blueprint}
    """
    message = "'cloudify_types' belongs in a file that defines Cloudify's node types"
    yield ctx.report(fault, message, related=related_chain(fault.details["file"]))


@rule(
    "BP123",
    "import-unknown-section",
    effect=Effect.REFUSED,
    references=(("ValueError", None), (FORMAT, 1)),
    source="elements/blueprint.py",
)
def import_unknown_section(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An import of the catalogue has sections that the language does not have any more.

    Why: the manager refuses the blueprint. The types of Cloudify 3.0 were written for an older language.
    Bad:
        imports:
          - http://www.getcloudify.org/spec/cloudify/3.0/types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP123
    Good:
        imports:
          - http://www.getcloudify.org/spec/cloudify/5.0.5/types.yaml
    """
    entry: ImportEntry = fault.details["entry"]
    names = ", ".join(f"'{name}'" for name in fault.details["names"])
    yield ctx.report(fault, f"{entry.answered_by} has unknown sections: {names}", blame=entry.text)


@rule(
    "BP124",
    "import-lacks-definition",
    effect=Effect.REFUSED,
    references=((LOGIC, 103),),
    source="elements/node_types.py",
)
def import_lacks_definition(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    entry: ImportEntry = fault.details["file"].entry
    needs = fault.details["needs"]
    first = needs[0]
    more = f" and {len(needs) - 1} more" if len(needs) > 1 else ""
    message = (
        f"{entry.answered_by} needs {_singular(first.section)} '{first.name}'{more}, which nothing defines"
    )
    is_basic = first.name.startswith("cloudify.")
    advice = "import 'cloudify/types/types.yaml' too" if is_basic else None
    yield ctx.report(fault, message, help=advice, blame=entry.text)


# -- how the files fit together


@rule(
    "BP125",
    "unmergeable-section",
    effect=Effect.REFUSED,
    references=((LOGIC, 3),),
    source="elements/imports.py",
)
def unmergeable_section(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    details = fault.details
    file, key = details["first"]
    message = f"'{details['section']}' stands in two files, and cannot be merged"
    advice = None
    if details["since"] is not None:
        advice = f"from {version_text(details['since'])} on it can"
    related = []
    if key is not None:
        related = [Related("the other one", file.document.path, key.span)]
    yield ctx.report(fault, message, help=advice, related=[*related, *related_chain(details["file"])])


@rule(
    "BP126",
    "conflicting-definition",
    effect=Effect.REFUSED,
    references=((LOGIC, 4), ("ValueError", None), ("AttributeError", None), ("TypeError", None)),
    source="elements/imports.py",
)
def conflicting_definition(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    details = fault.details
    item: Item = details["item"]
    message = f"{_singular(details['section'])} '{item.name}' is defined twice"
    first: Item = details["first"]
    if not first.file.is_own and first.file.entry is not None:
        message += f", first by {first.file.entry.answered_by}"
    elif not item.file.is_own and item.file.entry is not None:
        message += f", again by {item.file.entry.answered_by}"
    yield ctx.report(fault, message, related=[*_first_of(first), *related_chain(item.file)])


@rule(
    "BP127",
    "import-read-twice",
    effect=Effect.REFUSED,
    references=((LOGIC, 4), (LOGIC, 3)),
    source="elements/imports.py",
)
def import_read_twice(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    file, first = fault.details["file"], fault.details["first"]
    entry: ImportEntry = file.entry
    related = []
    message = (
        f"'{file.document.path}' is imported under a second spelling of its path, and conflicts with itself"
    )
    if first.entry is not None:
        related = [Related("imported here first", first.entry.path, first.entry.node.span)]
    elif first.entry is None:
        message = "the blueprint is imported by its own import under another spelling of its path"
    yield ctx.report(
        fault,
        message,
        related=[*related, *_chain(entry)],
        help="write the path in both places as seen from the blueprint's folder",
    )


@rule(
    "BP128",
    "conflicting-workflow",
    effect=Effect.REFUSED,
    references=(("TypeError", None),),
    source="elements/imports.py",
)
def conflicting_workflow(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    item: Item = fault.details["item"]
    first: Item = fault.details["first"]
    message = f"workflow '{item.name}' is defined twice, and a short form cannot be merged"
    yield ctx.report(fault, message, related=[*_first_of(first), *related_chain(item.file)])


@rule(
    "BP129",
    "empty-section",
    effect=Effect.REFUSED,
    references=(("ValueError", None), ("AttributeError", None)),
    source="elements/imports.py",
)
def empty_section(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    section = fault.details["section"]
    yield ctx.report(
        fault,
        f"'{section}' is empty here and cannot be merged with that of another file",
        help=f"write '{section}: {{}}', or take the line out",
        related=related_chain(fault.details["file"]),
    )


@rule("BP130", "lost-definition", effect=Effect.ADVICE, severity=Severity.WARNING)
def lost_definition(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    item: Item = fault.details["item"]
    first: Item = fault.details["first"]
    message = f"{_singular(fault.details['section'])} '{item.name}' is lost: another file defines it first"
    yield ctx.report(fault, message, related=[*_first_of(first), *related_chain(item.file)])


@rule("BP131", "overridden-by-import", effect=Effect.ADVICE, severity=Severity.WARNING)
def overridden_by_import(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    first: Item = fault.details["first"]
    item: Item = fault.details["item"]
    by = f"'{item.file.document.path}'"
    if not item.file.is_own and item.file.entry is not None:
        by = item.file.entry.answered_by
    message = f"this definition of '{first.name}' has no effect: {by} replaces it"
    yield ctx.report(fault, message, help="give it another name", related=_first_of(item, "replaced by this"))


@rule(
    "BP132",
    "namespaced-settings",
    effect=Effect.REFUSED,
    references=((FORMAT, 1),),
    source="elements/imports.py",
)
def namespaced_settings(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    namespace = fault.details["file"].namespace
    message = f"deployment settings cannot be imported under a namespace, here '{namespace}'"
    advice = "move them to the blueprint itself"
    yield ctx.report(fault, message, help=advice, related=related_chain(fault.details["file"]))


# -- places


def _chain(entry: ImportEntry) -> list[Related]:
    """What imports the file that an entry stands in."""
    return related_chain(entry.importer)


def _first_of(item: Item, message: str = "defined here first") -> list[Related]:
    if not item.file.is_own:
        return []
    return [Related(message, item.file.document.path, item.key.span)]


def _checked(message: str, entry: Any) -> str:
    if entry.file is not None and entry.file.is_own:
        return message
    return f"{message} (checked against {entry.answered_by})"
