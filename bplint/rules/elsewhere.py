"""Words for a name that nothing here defines: who defines it, or what it was meant to be.

A name that a published plugin defines is no slip of the keyboard: the plugin is not imported. Other names of
the same thing (of TOSCA, or without their prefix) have one right name. Only what is left is compared with
the names that are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.near import plausible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.rules.context import Context

_PREFIXES: Final = {
    "node_types": "cloudify.nodes.",
    "relationships": "cloudify.relationships.",
    "data_types": "cloudify.datatypes.",
}
_KINDS: Final = frozenset(("nodes", "relationships", "types", "datatypes"))
# TOSCA's names of what Cloudify calls otherwise
_OF_TOSCA: Final = {
    "hostedon": "cloudify.relationships.contained_in",
    "connectsto": "cloudify.relationships.connected_to",
    "dependson": "cloudify.relationships.depends_on",
    "attachesto": "cloudify.relationships.connected_to",
    "softwarecomponent": "cloudify.nodes.SoftwareComponent",
    "webapplication": "cloudify.nodes.ApplicationModule",
    "blockstorage": "cloudify.nodes.Volume",
    "blockstore": "cloudify.nodes.Volume",
    "dbms": "cloudify.nodes.DBMS",
}


def unknown_name(
    fault: Fault, ctx: Context, text: str, section: str, name: str, known: Iterable[str]
) -> Diagnostic:
    """The diagnostic for a name of a section that nothing defines; `text` says so, `known` are its names."""
    names = list(known)
    plugins = list(_definers(ctx, section, name))
    if plugins:
        if section == "workflows":  # names of workflows are common words
            first = min(plugins, key=len)
            return ctx.report(fault, f"{text}; {first} defines one of this name: import plugin:{first}")
        return ctx.report(fault, f"{text}{defined_by(ctx, plugins)}")
    meant = _other_name(section, name, set(names)) or _moved_name(name, names)
    if meant is not None:
        fix = ctx.replacing(fault.path, fault.span, name, meant)
        return ctx.report(fault, f"{text}; did you mean '{meant}'?", fix=fix)
    size = name.count(".")
    names = [each for each in names if abs(each.count(".") - size) <= 1]
    best = ctx.nearest(name, names)
    return ctx.report(fault, text, near=(name, names) if best and plausible(name, best) else None)


def _definers(ctx: Context, section: str, name: str) -> Iterator[str]:
    if ctx.blueprint is not None:
        yield from ctx.blueprint.graph.surroundings.plugins_with(section, name)


def plugins_of_key(ctx: Context, key: str) -> list[str]:
    """Published plugins whose file defines a plugin under this key."""
    return list(_definers(ctx, "plugins", key)) if key else []


def defined_by(ctx: Context, plugins: Collection[str]) -> str:
    """`; it is defined by cloudify-aws-plugin: import plugin:cloudify-aws-plugin`, to end a message with."""
    shown = sorted(plugins, key=lambda name: (len(name), name))
    first = shown[0]
    imported = {
        entry.location.removeprefix("plugin:").partition("?")[0] for entry in ctx.blueprint.graph.entries
    }
    if first in imported:
        return f"; another file or release of {first} defines it"
    others = f" or {', '.join(shown[1:3])}" if len(shown) > 1 else ""
    return f"; it is defined by {first}{others}: import plugin:{first}"


def _other_name(section: str, name: str, known: set[str]) -> str | None:
    """The one name of a thing that is written by another name of it, or None."""
    prefix = _PREFIXES.get(section)
    if prefix is None:
        return None
    last = name.replace(":", ".").rpartition(".")[2]
    is_foreign = "." not in name or name.startswith(("tosca.", "tosca:"))
    if not is_foreign:
        return None
    meant = _OF_TOSCA.get(last.replace("_", "").casefold(), "")
    if meant in known:
        return meant
    by_fold = {each.casefold(): each for each in known if each.startswith(prefix)}
    return by_fold.get(f"{prefix}{last}".casefold())


def _moved_name(name: str, known: list[str]) -> str | None:
    """The one known name with the same last part and all the others of `name`, in whatever order, such as
    `cloudify.nodes.aws.ec2.ElasticIP` for `cloudify.aws.nodes.ElasticIP`; None where several come near."""
    parts = name.casefold().split(".")
    last, others = parts[-1], set(parts[:-1]) - _KINDS
    if not others:
        return None
    found = []
    for candidate in known:
        theirs = candidate.casefold().split(".")
        is_alike = theirs[-1] == last or theirs[-1].rstrip("s") == last.rstrip("s")
        if is_alike and candidate != name and others <= set(theirs[:-1]):
            found.append(candidate)
    is_same = len(found) == 1 and found[0].casefold().rpartition(".")[2] == last
    return found[0] if is_same and len(parts) <= found[0].count(".") + 1 else None
