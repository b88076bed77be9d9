"""Changes of a blueprint that come before the one change: a file becomes two, everything gets a namespace, a
definition stands in two files, a deployment is given inputs. What was right is often right afterwards.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from bplint.imports.merged_sections import ITEM_SECTIONS
from tools.oracle.mutate_trees import compose, copied, parsed, text_of
from tools.oracle.mutate_words import GIVEN, NAMESPACES, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tools.oracle.mutate_trees import Files

MAIN = "blueprint.yaml"
GIVEN_FILE = "given.json"  # the inputs of the deployment
VERSION = "tosca_definitions_version"


def arranged(files: Files, random: Random) -> tuple[str, Files]:
    """What was done to the files, and the files after it; most often nothing."""
    if random.random() < 0.7:
        return "", files
    change = random.choice(ARRANGEMENTS)
    return change.__name__.strip("_") + ", ", change(files, random)


def given(files: Files, random: Random) -> Files:
    """The same with inputs for the deployment, for one in eight."""
    if random.random() >= 0.125:
        return files
    names = sorted({name for path in _yaml_files(files) for name in _names(files[path], "inputs")})
    values = {name: json.loads(random.choice(GIVEN)) for name in names if random.random() < 0.4}
    return {**files, GIVEN_FILE: json.dumps(values)}


def given_inputs(files: Files) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files.get(GIVEN_FILE) or "{}")
    return found


def _wrap(files: Files, random: Random) -> Files:
    """The blueprint becomes a file that another one imports, under a namespace or none."""
    version = _version_of(files[MAIN]) or VERSIONS[-2]
    entry = random.choice(NAMESPACES) + "whole.yaml"
    return _imported(files, f"{VERSION}: {version}\nimports: ['{entry}']\n")


def _part(files: Files, random: Random) -> Files:
    """A section or an item of one goes to a file of its own, under a namespace or none."""
    root = compose(files[MAIN])
    sections = _sections(root)
    if root is None or not sections:
        return files
    key, value = random.choice(sections)
    moved = (key, value)
    if value.value and random.random() < 0.7:
        item = value.value.pop(random.randrange(len(value.value)))
        moved = (copied(key), yaml.MappingNode("tag:yaml.org,2002:map", [item]))
    else:
        root.value = [pair for pair in root.value if pair[0] is not key]
    part = yaml.MappingNode("tag:yaml.org,2002:map", [moved])
    if random.random() < 0.3:
        part.value.insert(0, (parsed(VERSION), parsed(random.choice(VERSIONS[:-1]))))
    _import(root, random.choice(("", "", *NAMESPACES)) + "part.yaml", random)
    return {**files, MAIN: text_of(root), "part.yaml": text_of(part)}


def _share(files: Files, random: Random) -> Files:
    """A definition stands in another file, too, whole or in a part."""
    paths = [path for path in _yaml_files(files) if _sections(compose(files[path]))]
    if not paths:
        return files
    source = random.choice(paths)
    root = compose(files[source])
    sections = [pair for pair in _sections(root) if pair[1].value]
    if root is None or not sections:
        return files
    key, value = random.choice(sections)
    name, content = random.choice(value.value)
    content = copied(content)
    if isinstance(content, yaml.MappingNode) and content.value and random.random() < 0.5:
        content.value = random.sample(content.value, random.randrange(len(content.value)))
    item = yaml.MappingNode("tag:yaml.org,2002:map", [(copied(name), content)])
    part = yaml.MappingNode("tag:yaml.org,2002:map", [(copied(key), item)])
    _import(root, "part.yaml", random)
    return {**files, source: text_of(root), _beside(source): text_of(part)}


def _date(files: Files, random: Random) -> Files:
    """Another version for one file, or one that said none."""
    path = random.choice(_yaml_files(files))
    root = compose(files[path])
    if not isinstance(root, yaml.MappingNode):
        return files
    kept = [pair for pair in root.value if getattr(pair[0], "value", "") != VERSION]
    root.value = [(parsed(VERSION), parsed(random.choice(VERSIONS))), *kept]
    return {**files, path: text_of(root)}


def _twice(files: Files, random: Random) -> Files:
    """The blueprint under two namespaces at once."""
    version = _version_of(files[MAIN]) or VERSIONS[-2]
    one, other = random.sample(NAMESPACES, 2)
    entries = f"imports: ['{one}whole.yaml', '{other}whole.yaml']\n"
    return _imported(files, f"{VERSION}: {version}\n{entries}")


def _imported(files: Files, main: str) -> Files:
    others = {path: text for path, text in files.items() if path != MAIN}
    return {MAIN: main, **others, "whole.yaml": files[MAIN]}


def _import(root: yaml.Node, entry: str, random: Random) -> None:
    node = yaml.ScalarNode("tag:yaml.org,2002:str", entry)
    for key, value in root.value:
        if getattr(key, "value", "") == "imports" and isinstance(value, yaml.SequenceNode):
            value.value.insert(random.randint(0, len(value.value)), node)
            return
    root.value.append((parsed("imports"), yaml.SequenceNode("tag:yaml.org,2002:seq", [node])))


def _sections(root: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    if not isinstance(root, yaml.MappingNode):
        return []
    return [
        (key, value)
        for key, value in root.value
        if getattr(key, "value", "") in (*ITEM_SECTIONS, "deployment_settings", "metadata")
        and isinstance(value, yaml.MappingNode)
    ]


def _names(text: str, section: str) -> list[str]:
    return [
        name.value
        for key, value in _sections(compose(text))
        if key.value == section
        for name, _ in value.value
        if isinstance(name, yaml.ScalarNode)
    ]


def _version_of(text: str) -> str | None:
    for line in text.splitlines():
        if line.startswith(f"{VERSION}: "):
            return line.partition(": ")[2]
    return None


def _yaml_files(files: Files) -> list[str]:
    return [path for path in files if path.endswith(".yaml")]


def _beside(path: str) -> str:
    return "/".join([*path.split("/")[:-1], "part.yaml"])


ARRANGEMENTS: list[Callable[[Files, Random], Files]] = [
    _wrap,
    _wrap,
    _part,
    _part,
    _share,
    _share,
    _date,
    _twice,
]
