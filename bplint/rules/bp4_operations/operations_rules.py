"""Rules on operations: what they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.topology.topology_faults import (
    AmbiguousPlugin,
    MissingScript,
    NoScriptPlugin,
    OddScriptUrl,
    PluginWithoutFunction,
    ScriptInputConflict,
    UnresolvedOperation,
    UnusableOperation,
)
from bplint.diagnostic import LOGIC, Effect
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

_UNRESOLVED: Final = ((LOGIC, 10), (LOGIC, 19), (LOGIC, 21))


@rule(
    "BP400",
    on=UnresolvedOperation,
    effect=Effect.REFUSED,
    references=_UNRESOLVED,
    source="elements/operation.py",
    fixable="safe",
)
def unresolved_operation(fault: UnresolvedOperation, ctx: Context) -> Iterator[Diagnostic]:
    """An operation or workflow names neither a plugin nor a script.

    Why: the manager refuses the blueprint. The text must begin with the name of a plugin and a dot, or be
        the path of a script below the blueprint's folder, a URL, or a script of several lines. The name
        of the plugin is its key under `plugins`, not its package.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acne.tasks.create
        #               ^^^^^^^^^^^^^^^^^ BP400
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme.tasks.create
    """
    text = fault.target.text
    plugin, dot, _ = text.partition(".")
    names = list(ctx.blueprint.plugins.names())
    # only where something is wrong
    from bplint.rules.elsewhere import defined_by, plugins_of_key

    told = f"{fault.subject} runs '{_short(text)}', which begins with no plugin and is no script"
    definers = plugins_of_key(ctx, plugin if dot else "")
    if definers:
        yield ctx.report(fault, f"{told}: '{plugin}'{defined_by(ctx, definers).removeprefix('; it')}")
        return
    yield ctx.report(
        fault,
        told,
        near=(plugin, names) if dot else (text, names),
        help=_plugins_help(names),
    )


@rule(
    "BP424",
    on=UnusableOperation,
    effect=Effect.FAILS,
    source="elements/operation.py",
    fixable="safe",
)
def unusable_operation(fault: UnusableOperation, ctx: Context) -> Iterator[Diagnostic]:
    """An operation of a node type names no plugin, and no node template is of the type yet.

    Why: the manager takes the file that defines the type, and refuses every blueprint with a node of it.
        The text must begin with the key of a plugin and a dot.
    Bad:
        plugins:
          digital: {executor: central_deployment_agent, package_name: acme-digital, package_version: '1.0'}
        node_types:
          acme.Droplet:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: digitl.acme_digital.tasks.create
        #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP424
        node_templates: {}
    Good:
        plugins:
          digital: {executor: central_deployment_agent, package_name: acme-digital, package_version: '1.0'}
        node_types:
          acme.Droplet:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: digital.acme_digital.tasks.create
        node_templates: {}
    """
    text = fault.text
    subject = f"{fault.subject} runs '{_short(text)}', which"
    names = list(ctx.blueprint.plugins.names())
    plugin, dot, _ = text.partition(".")
    if fault.why is PluginWithoutFunction:
        yield ctx.report(fault, f"{subject} names no function of the plugin")
    elif fault.why is AmbiguousPlugin:
        yield ctx.report(fault, f"{subject} begins with the names of several plugins")
    else:
        yield ctx.report(
            fault,
            f"{subject} begins with no plugin and is no script: no node template can be of this type",
            near=(plugin, names) if dot else (text, names),
            help=_plugins_help(names),
        )


def _short(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 60 else f"{line[:59]}…"


def _plugins_help(names: list[str]) -> str:
    if not names:
        return "the blueprint has no plugins"
    shown = ", ".join(sorted(names)[:10])
    return f"plugins: {shown}{', …' if len(names) > 10 else ''}"


@rule(
    "BP401",
    on=MissingScript,
    effect=Effect.REFUSED,
    references=_UNRESOLVED,
    source="elements/operation.py",
)
def missing_script(fault: MissingScript, ctx: Context) -> Iterator[Diagnostic]:
    """An operation or workflow names a script that is not there.

    Why: the manager refuses the blueprint. Scripts are looked for below the folder of the main blueprint,
        also those that an imported file names; never beside the imported file. Everything up to the last
        `--` in the path is cut off as a namespace.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: scripts/craete.sh
        #               ^^^^^^^^^^^^^^^^^ BP401
        #: scripts/create.sh
        echo created
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: scripts/create.sh
        #: scripts/create.sh
        echo created
    """
    target = fault.target
    main = ctx.blueprint.graph.main.document.path
    folder = main.replace("\\", "/").rpartition("/")[0] or "."
    text = f"script '{target.function}' of {fault.subject} is not there"
    beside = fault.path != main and not target.function.startswith("/")
    yield ctx.report(
        fault,
        text,
        help="it is looked for below the folder of the main blueprint, not beside this file"
        if beside
        else f"it is looked for below '{folder}', the folder of the main blueprint",
    )


@rule(
    "BP402",
    on=AmbiguousPlugin,
    effect=Effect.REFUSED,
    references=((LOGIC, 91),),
    source="elements/operation.py",
)
def ambiguous_plugin(fault: AmbiguousPlugin, ctx: Context) -> Iterator[Diagnostic]:
    """The implementation begins with the names of several plugins.

    Why: with plugins `acme` and `acme.cloud`, `acme.cloud.create` may mean either, and the manager
        refuses it.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
          acme.cloud: {executor: central_deployment_agent, install: false}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme.cloud.create
        #               ^^^^^^^^^^^^^^^^^ BP402
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
          acme_cloud: {executor: central_deployment_agent, install: false}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme_cloud.create
    """
    text = fault.target.text
    names = ctx.blueprint.targets.candidates(text)
    listed = " and ".join(f"'{name}'" for name in names)
    yield ctx.report(
        fault,
        f"{fault.subject} runs '{text}', which can mean plugin {listed}",
        related=[
            place
            for name in names
            if (plugin := ctx.blueprint.plugins.lookup(name))
            for place in ctx.related(f"plugin '{name}'", plugin)
        ],
    )


@rule(
    "BP403",
    on=ScriptInputConflict,
    effect=Effect.REFUSED,
    references=((LOGIC, 60),),
    source="elements/operation.py",
)
def script_input_conflict(fault: ScriptInputConflict, ctx: Context) -> Iterator[Diagnostic]:
    """An operation that runs a script has an input `script_path` or `script_source`.

    Why: the manager fills these inputs itself when the implementation is a script, and refuses a second
        value.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: https://example.com/create.sh
        #                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP403
                  inputs: {script_path: create.sh}
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: https://example.com/create.sh
                  inputs: {port: 80}
    """
    yield ctx.report(fault, f"{fault.subject} runs a script and must not have the input '{fault.name}'")


@rule(
    "BP404",
    on=NoScriptPlugin,
    effect=Effect.REFUSED,
    references=((LOGIC, 61),),
    source="elements/operation.py",
)
def no_script_plugin(fault: NoScriptPlugin, ctx: Context) -> Iterator[Diagnostic]:
    """A script is to run and no plugin is there that runs scripts.

    Why: scripts run by the plugin whose name ends with `script`, which the built-in types bring. The
        manager refuses the blueprint without it.
    Bad:
        #! as is
        tosca_definitions_version: cloudify_dsl_1_5
        node_types:
          acme.Server: {}
        node_templates:
          web:
            type: acme.Server
            interfaces:
              lifecycle:
                create: https://example.com/create.sh
        #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP404
    Good:
        imports: [cloudify/types/types.yaml]
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              lifecycle:
                create: https://example.com/create.sh
    """
    yield ctx.report(
        fault,
        f"{fault.subject} runs a script, and no plugin whose name ends with 'script' is defined",
        help="import cloudify/types/types.yaml, which brings it",
    )


@rule(
    "BP409",
    on=PluginWithoutFunction,
    effect=Effect.FAILS,
    source="elements/operation.py",
)
def plugin_without_function(fault: PluginWithoutFunction, ctx: Context) -> Iterator[Diagnostic]:
    """An operation or workflow names a plugin and no function of it.

    Why: the parser takes everything that begins with `PLUGIN.`; the execution fails when it looks for the
        function.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme.
        #               ^^^^^ BP409
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme.tasks.create
    """
    target = fault.target
    yield ctx.report(
        fault,
        f"{fault.subject} runs '{target.text}', which names no function; write 'plugin.module.function'",
    )


@rule(
    "BP421",
    on=OddScriptUrl,
    effect=Effect.FAILS,
    source="elements/operation.py",
)
def odd_script_url(fault: OddScriptUrl, ctx: Context) -> Iterator[Diagnostic]:
    """A colon makes a URL of what is meant as a plugin's function or a path.

    Why: the parser takes every text with a colon behind its first word for the URL of a script, and never
        looks for a plugin. The execution fails when it fetches the script.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme:tasks.create
        #               ^^^^^^^^^^^^^^^^^ BP421
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme.tasks.create
    """
    text = fault.target.text
    scheme, _, rest = text.partition(":")
    hint = f"; did you mean '{scheme}.{rest}'?" if scheme in ctx.blueprint.plugins else ""
    yield ctx.report(fault, f"{fault.subject} runs '{_short(text)}', which is fetched as a URL{hint}")
