"""What `setup.py` and `pyproject.toml` say, read and not run."""

from __future__ import annotations

import ast
import os
import re
import sys
from typing import TYPE_CHECKING, Any

from bplint.pycode.files.bindings import read_scope
from bplint.pycode.files.folders import FolderPlace
from bplint.pycode.files.literal_values import NO_VALUE, literal
from bplint.pycode.files.python_text import PyLines, Unparsed, parse, read_python

if TYPE_CHECKING:
    from bplint.source import Source
    from bplint.span import Span


class PackageProject:
    """A Python project's own words. Unknown parts are None.

    packages       names listed, or None where they are found by search or computed
    is_searched    they are found by `find_packages` or automatically: every regular package counts
    excluded       patterns that the search leaves out
    spans          'name', 'version', 'packages' → place in `source`
    requires       distributions it needs: name → place; `requires_known` False where they are computed
    """

    __slots__ = (
        "excluded",
        "is_searched",
        "is_version_read",
        "modules",
        "name",
        "packages",
        "requires",
        "requires_known",
        "source",
        "spans",
        "version",
    )

    def __init__(self, source: Source) -> None:
        self.source = source
        self.name: str | None = None
        self.version: str | None = None
        self.is_version_read = False  # from a file, when setup.py runs
        self.packages: list[str] | None = None
        self.modules: list[str] = []
        self.is_searched = False
        self.excluded: list[str] = []
        self.spans: dict[str, Span] = {}
        self.requires: dict[str, Span] = {}
        self.requires_known = True


def read_project(folder: str) -> PackageProject | None:
    """The project of a folder, or None where there is none or it cannot be read."""
    place = FolderPlace(folder or ".", folder.replace(os.sep, "/"), "plugin", True)
    entries = place.listing("")
    for name, read in (("setup.py", _of_setup), ("pyproject.toml", _of_pyproject)):
        if entries.get(name) is False:
            content = place.read(name)
            source = read_python(place.path_of(name), content) if content is not None else None
            project = read(source) if source is not None else None
            if project is not None:
                return project
    return None


def requirement_name(text: str) -> str:
    """The distribution of a requirement such as `boto3>=1.2; python_version > '3'`."""
    match = re.match(r"\s*([A-Za-z0-9][-\w.]*)", text)
    return re.sub(r"[-_.]+", "-", match.group(1)).lower() if match else ""


def _of_setup(source: Source) -> PackageProject | None:
    tree = parse(source.text)
    if isinstance(tree, Unparsed):
        return None
    constants = {
        name: bindings[0].value
        for name, bindings in read_scope(tree.body, "").names.items()
        if len(bindings) == 1 and bindings[0].value is not None
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) == "setup":
            keywords = {
                k.arg: constants.get(getattr(k.value, "id", ""), k.value) for k in node.keywords if k.arg
            }
            if keywords:
                return _of_keywords(source, keywords)
    return None


def _of_keywords(source: Source, keywords: dict[str, ast.expr]) -> PackageProject:
    project = PackageProject(source)
    lines = PyLines(source.text)
    for name in ("name", "version", "packages"):
        if name in keywords:
            project.spans[name] = lines.span(keywords[name])
    project.name = _text(keywords.get("name"))
    project.version = _text(keywords.get("version"))
    project.is_version_read = project.version is None and "version" in keywords
    project.modules = _texts(keywords.get("py_modules")) or []
    packages = keywords.get("packages")
    project.packages = _texts(packages)
    if isinstance(packages, ast.Call) and _last_name(packages.func).startswith("find"):
        project.is_searched = True
        for keyword in packages.keywords:
            if keyword.arg == "exclude":
                project.excluded = _texts(keyword.value) or []
            elif keyword.arg == "include":
                project.is_searched = False
    requires = keywords.get("install_requires")
    if isinstance(requires, ast.List | ast.Tuple):
        for item in requires.elts:
            text = _text(item)
            if text is None:
                project.requires_known = False
            else:
                project.requires[requirement_name(text)] = lines.span(item)
    elif requires is not None:
        project.requires_known = False
    return project


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _text(node: ast.expr | None) -> str | None:
    value = literal(node)
    return value if isinstance(value, str) else None


def _texts(node: ast.expr | None) -> list[str] | None:
    value = literal(node)
    if value is NO_VALUE or not isinstance(value, list | tuple):
        return None
    return [item for item in value if isinstance(item, str)]


def _of_pyproject(source: Source) -> PackageProject | None:
    content = _load_toml(source.text)
    if content is None:
        return None
    table = content.get("project")
    if not isinstance(table, dict):
        return None
    project = PackageProject(source)
    project.name = _only_text(table.get("name"))
    project.version = _only_text(table.get("version"))
    for name in ("name", "version"):
        found = _span_of(source.text, name)
        if found is not None:
            project.spans[name] = found
    _add_requires(project, table)
    _add_packages(project, content)
    return project


def _add_requires(project: PackageProject, table: dict[str, Any]) -> None:
    from bplint.span import Span

    dependencies = table.get("dependencies", [])
    if not isinstance(dependencies, list) or "dependencies" in (table.get("dynamic") or []):
        project.requires_known = False
        return
    for text in dependencies:
        if isinstance(text, str):
            start = max(project.source.text.find(text), 0)
            project.requires[requirement_name(text)] = Span(start, start + len(text))


def _add_packages(project: PackageProject, content: dict[str, Any]) -> None:
    tool = content.get("tool")
    setuptools = tool.get("setuptools") if isinstance(tool, dict) else None
    packages = setuptools.get("packages") if isinstance(setuptools, dict) else None
    if isinstance(packages, list):
        project.packages = [name for name in packages if isinstance(name, str)]
        project.spans.setdefault(
            "packages", _span_of(project.source.text, "packages") or project.spans["name"]
        )
    elif isinstance(packages, dict) and isinstance(packages.get("find"), dict):
        find = packages["find"]
        project.is_searched = "include" not in find
        project.excluded = [name for name in find.get("exclude", []) if isinstance(name, str)]


def _only_text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _span_of(text: str, key: str) -> Span | None:
    from bplint.span import Span

    match = re.search(rf"^[ \t]*{key}[ \t]*=[ \t]*([^\n#]*[^\s#])", text, re.MULTILINE)
    return Span(*match.span(1)) if match else None


def _load_toml(text: str) -> dict[str, Any] | None:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        content: dict[str, Any] = tomllib.loads(text)
        return content
    except (ValueError, RecursionError):  # a TOMLDecodeError is a ValueError, a number too long another
        return None
