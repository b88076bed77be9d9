"""Faults of the code behind a blueprint's mappings, and of the mappings themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bplint.document import Kind
from bplint.later import later
from bplint.pycode.checks.script_checks import check_scripts
from bplint.pycode.files.layout import Layout
from bplint.pycode.names.known import PLATFORM
from bplint.pycode.uses import Uses

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Plugin
    from bplint.pycode import code_faults as kinds
    from bplint.pycode.code_faults import CodeFault
    from bplint.pycode.files.codebase import CodeBase
    from bplint.pycode.names.target_python import TargetPython
else:
    kinds = later("bplint.pycode.code_faults")


def check_code(blueprint: Blueprint, config: Config, code: CodeBase) -> list[Fault]:
    """Everything that looking at the code of a blueprint finds, without running any of it unless
    `config.import_check` says so. The texts read are in `code.sources()`."""
    uses = Uses(blueprint)
    layout = Layout(blueprint.graph.main.document.path, config, code)
    faults = check_scripts(blueprint, uses, code, partial(_target_python, blueprint, config))
    kind = blueprint.graph.main.document.kind
    if kind is Kind.BLUEPRINT:  # sources lie beside the blueprint that uses the plugin
        for plugin in blueprint.plugins.own():
            faults += _check_source(layout, plugin)
    if kind is Kind.PLUGIN or _may_be_read(uses, layout, config):
        # thirty modules for reading Python: only where there may be some
        from bplint.pycode.checks.reading import Reading
        from bplint.pycode.checks.targets import check_targets

        reading = Reading(blueprint, config, code, uses, layout)
        check_targets(reading)
        faults += reading.faults
    return _without_repeats(faults)


def _target_python(blueprint: Blueprint, config: Config) -> TargetPython:
    from bplint.pycode.names.target_python import target_python  # only where there is a script in Python

    return target_python(blueprint, config)


def _may_be_read(uses: Uses, layout: Layout, config: Config) -> bool:
    """Whether the code of a mapped function may be here, or has to be. Most blueprints are linted where
    their plugins are not."""
    packages = {(target.plugin, target.function.partition(".")[0]) for target in uses.functions()}
    if packages and (config.source_root or config.python or config.plugin_path or config.import_check):
        return True
    return any(
        package in PLATFORM
        or any(
            place.is_own or place.kind == "recorded" or place.may_hold(package)
            for place in layout.places(plugin)
        )
        for plugin, package in packages
        if plugin is not None
    )


def _check_source(layout: Layout, plugin: Plugin) -> list[CodeFault]:
    source = plugin.source
    if not plugin.install or not source or "://" in source or layout.source_of(plugin):
        return []
    return [kinds.PluginSourceNotFound(plugin.path, plugin.key.span, source=source)]


def _without_repeats(faults: list[CodeFault]) -> list[Fault]:
    """Each fault once: one function may be reached by many mappings, one package be missed by all."""
    seen: set[object] = set()
    kept: list[Fault] = []
    for fault in faults:
        if fault.identity not in seen:
            seen.add(fault.identity)
            kept.append(fault)
    return kept
