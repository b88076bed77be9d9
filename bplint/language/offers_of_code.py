"""What an implementation or a mapping can be: a plugin's function, or a script."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.language import offers
from bplint.language.offers import Offer
from bplint.language.offers_of_imports import files_below

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.language.code_reader import CodeReader
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Plugin

_SCRIPTS: Final = (".sh", ".py", ".ps1", ".bat", ".cmd", ".rb", ".pl", ".bash")


def code_offers(prefix: str, blueprint: Blueprint, code: Callable[[], CodeReader]) -> Iterator[Offer]:
    """Plugins, what is below a plugin's name in the project's code and in mappings that are known, and
    scripts beside the blueprint."""
    plugin, rest = _plugin_of(prefix, blueprint)
    if plugin is not None:
        yield from _below(plugin, rest, blueprint, code())
        return
    for name in blueprint.plugins.names():
        yield Offer(f"{name}.", offers.MODULE, "plugin", rank=2)
    folder = os.path.dirname(blueprint.graph.main.document.path)
    for path in files_below(folder, prefix, _SCRIPTS):
        yield Offer(path, offers.FILE, "script", rank=1)


def _plugin_of(prefix: str, blueprint: Blueprint) -> tuple[Plugin | None, str]:
    for name in blueprint.targets.candidates(prefix):
        found = blueprint.plugins.lookup(name)
        if found:
            return found, prefix[len(name) + 1 :]
    return None, ""


def _below(plugin: Plugin, rest: str, blueprint: Blueprint, code: CodeReader) -> Iterator[Offer]:
    module, _, _ = rest.rpartition(".")
    start = f"{plugin.name}.{module}." if module else f"{plugin.name}."
    for name, kind in code.functions(plugin, module):
        is_module = kind == "module"
        label = f"{start}{name}." if is_module else f"{start}{name}"
        yield Offer(label, offers.MODULE if is_module else offers.CODE, kind, rank=2 if is_module else 1)
    for text in _known_mappings(blueprint):
        if text.startswith(start):
            yield Offer(text, offers.CODE, "mapped elsewhere", rank=3)


def _known_mappings(blueprint: Blueprint) -> Iterator[str]:
    for section in (blueprint.node_types, blueprint.relationships):
        for name in section.names():
            kind = section.lookup(name)
            for side in ("own_interfaces", "own_source_interfaces", "own_target_interfaces"):
                for operations in getattr(kind, side, {}).values():
                    for operation in operations.values():
                        if operation.implementation:
                            yield operation.implementation
