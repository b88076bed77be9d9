"""A plugin folder as a package: setup.py or pyproject.toml against the plugin's files, and these against
each other."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Related
from bplint.document import Kind
from bplint.pycode.checks.packaging_drift import compare_details
from bplint.pycode.checks.packaging_faults import (
    PackageNameDiffers,
    PackageNotPacked,
    PackageVersionDiffers,
    PluginFilesDiffer,
    SupersededPackage,
)
from bplint.pycode.files.project import PackageProject, requirement_name
from bplint.pycode.files.version_files import version_in_file
from bplint.pycode.files.wagon import normal_name
from bplint.pycode.names.target import FOUND
from bplint.source import read_source
from bplint.span import Span
from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.document import Document
    from bplint.model.elements import Plugin
    from bplint.pycode.checks.contract import Handed
    from bplint.pycode.checks.reading import Aim, Reading
    from bplint.syntax.mapping import Pair

SIBLINGS: Final = ("plugin.yaml", "plugin_1_4.yaml", "plugin_1_5.yaml", "v2_plugin.yaml")
SUPERSEDED: Final = {
    "cloudify-plugins-common": "cloudify-common",
    "cloudify-dsl-parser": "cloudify-common",
    "cloudify-rest-client": "cloudify-common",
    "cloudify-script-plugin": "cloudify-common",
}
_SECTIONS: Final = {"workflows": "workflow", "node_types": "node type", "relationships": "relationship type"}


def check_packaging(reading: Reading, groups: dict[Aim, list[Handed]]) -> None:
    """Faults of the folder of a plugin's file, where that is what is linted."""
    main = reading.blueprint.graph.main.document
    if main.kind is not Kind.PLUGIN or not os.path.isfile(main.path):
        return
    folder = os.path.dirname(main.path)
    _check_siblings(reading, main, folder)
    project = reading.code.project(folder)
    if project is None:
        return
    reading.code.add_source(project.source)
    plugins = [plugin for plugin in reading.blueprint.plugins.own() if plugin.install]
    if len(plugins) == 1:
        _check_name(reading, plugins[0], project)
        _check_version(reading, plugins[0], project, folder)
    _check_packages(reading, project, groups)
    _check_superseded(reading, project, folder)


def _value_span(plugin: Plugin, key: str) -> Span:
    pair = as_dict(plugin.node).get(key)
    return pair[1].span if pair is not None else plugin.key.span


def _check_name(reading: Reading, plugin: Plugin, project: PackageProject) -> None:
    if plugin.package_name is None or project.name is None:
        return
    if normal_name(plugin.package_name) != normal_name(project.name):
        reading.report(
            PackageNameDiffers,
            (plugin.path, _value_span(plugin, "package_name")),
            related=_related(project, "name", "the package's name"),
            written=plugin.package_name,
            package=project.name,
        )


def _check_version(reading: Reading, plugin: Plugin, project: PackageProject, folder: str) -> None:
    version, related = project.version, _related(project, "version", "the package's version")
    if version is None and project.is_version_read:
        found = version_in_file(project, folder)
        if found is not None:
            version, path = found
            source, _ = read_source(path)
            if source is not None:
                reading.code.add_source(source)
            related = (Related("the package's version is here", path, Span(0, 0)),)
    if plugin.package_version is None or version is None:
        return
    if plugin.package_version.strip() != version.strip():
        reading.report(
            PackageVersionDiffers,
            (plugin.path, _value_span(plugin, "package_version")),
            related=related,
            written=plugin.package_version,
            package=version,
        )


def _related(project: PackageProject, key: str, message: str) -> tuple[Related, ...]:
    span = project.spans.get(key)
    return () if span is None else (Related(f"{message} is here", project.source.path, span),)


def _check_packages(reading: Reading, project: PackageProject, groups: dict[Aim, list[Handed]]) -> None:
    """Packages of mapped modules that an installed plugin would not have."""
    told = set()
    for aim, group in groups.items():
        module = aim.resolution.module
        is_found = aim.resolution.state == FOUND and module is not None and module.place is not None
        if not is_found or module.place.kind != "plugin":  # type: ignore[union-attr]
            continue
        name = aim.function.rpartition(".")[0]
        code = aim.resolver.code.module(name, aim.resolver.places)
        package = getattr(code, "package", "")
        if package in told or _is_packed(project, package, name, aim):
            continue
        told.add(package)
        handed = group[0]
        reading.report(
            PackageNotPacked,
            handed.place,
            related=_related(project, "packages", "the list of packages"),
            package=package or name,
            file=project.source.path.rpartition("/")[2],
        )


def _is_packed(project: PackageProject, package: str, module: str, aim: Aim) -> bool:
    if not package:
        return (project.packages is None and not project.modules and not project.is_searched) or (
            module in project.modules
        )
    if project.packages is not None:
        return package in project.packages
    if not project.is_searched:
        return True
    parts = package.split(".")
    for count in range(1, len(parts) + 1):
        name = ".".join(parts[:count])
        if any(fnmatchcase(name, pattern) for pattern in project.excluded):
            return False
        # the search takes folders with an __init__.py only, and does not look below others
        if getattr(aim.resolver.code.module(name, aim.resolver.places), "source", True) is None:
            return False
    return True


def _check_superseded(reading: Reading, project: PackageProject, folder: str) -> None:
    for name, span in project.requires.items():
        if name in SUPERSEDED:
            reading.report(
                SupersededPackage, (project.source.path, span), name=name, instead=SUPERSEDED[name]
            )
    path = os.path.join(folder, "requirements.txt")
    source = reading.code.text(path) if os.path.isfile(path) else None
    if source is None:
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        name = requirement_name(line)
        if name in SUPERSEDED:
            reading.code.add_source(source)
            place = (source.path, source.lines.line_span(number))
            reading.report(SupersededPackage, place, name=name, instead=SUPERSEDED[name])


# -- the plugin's files against each other


def _check_siblings(reading: Reading, main: Document, folder: str) -> None:
    """Names and mappings that one of the plugin's files has and another has not. Each difference is told
    at the file that has it, so that linting any of them, or all, gives the same."""
    name = os.path.basename(main.path)
    if name not in SIBLINGS:
        return
    for sibling in SIBLINGS:
        path = os.path.join(folder, sibling)
        if sibling == name or not os.path.isfile(path):
            continue
        other = reading.code.document(path.replace(os.sep, "/"))
        if other is None or other.kind is not Kind.PLUGIN or other.holes or main.holes:
            continue
        reading.code.add_source(other.source)
        _compare(reading, main, other)
        _compare(reading, other, main)
        first, second = sorted((main, other), key=lambda document: document.path)
        compare_details(reading, first, second)


def _compare(reading: Reading, one: Document, other: Document) -> None:
    for section, noun in _SECTIONS.items():
        there = _items(other, section)
        for name, pair in _items(one, section).items():
            twin = there.get(name)
            if twin is None:
                reading.report(
                    PluginFilesDiffer,
                    (one.path, pair[0].span),
                    what=f"{noun} '{name}'",
                    file=os.path.basename(one.path),
                    other=os.path.basename(other.path),
                    mapping=None,
                )
            elif one.path < other.path:
                _compare_mappings(reading, (one, pair), (other, twin), f"{noun} '{name}'", other)


def _compare_mappings(
    reading: Reading, one: tuple[Document, Pair], twin: tuple[Document, Pair], what: str, other: Document
) -> None:
    there = dict(_mappings(twin[1]))
    for key, node in _mappings(one[1]):
        second = there.get(key)
        if second is None:
            continue
        first_text, second_text = text_of(node[1]), text_of(second[1])
        if first_text is not None and second_text is not None and first_text != second_text:
            reading.report(
                PluginFilesDiffer,
                (one[0].path, node[1].span),
                related=(Related("it is mapped to something else here", other.path, second[1].span),),
                what=f"{what}: {key}" if key else what,
                file=os.path.basename(one[0].path),
                other=os.path.basename(other.path),
                mapping=second_text,
            )


def _items(document: Document, section: str) -> dict[str, Pair]:
    pair = document.sections.get(section)
    return as_dict(pair[1]) if pair is not None else {}


def _mappings(pair: Pair) -> Iterator[tuple[str, Pair]]:
    """The mapping of a workflow under '', or those of a type's operations by `interface.operation`."""
    node = deref(pair[1])
    if node.kind != MAPPING:
        yield "", pair
        return
    parts = as_dict(node)
    if "mapping" in parts:
        yield "", parts["mapping"]
    for name in ("interfaces", "source_interfaces", "target_interfaces"):
        if name not in parts:
            continue
        # source and target interfaces may have the same names
        side = "" if name == "interfaces" else f"{name}: "
        for interface, (_, operations) in as_dict(parts[name][1]).items():
            for operation, written in as_dict(operations).items():
                value = deref(written[1])
                inner = as_dict(value).get("implementation") if value.kind == MAPPING else written
                if inner is not None:
                    yield f"{side}{interface}.{operation}", inner
