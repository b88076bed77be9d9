"""Blueprints that use types of published releases, with the release's file for the reference parser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bplint.catalog.store import Catalog
from bplint.dsl.versions import version_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from bplint.catalog.facts import Facts

LANGUAGES: Final = ((1, 3), (1, 4), (1, 5))
TYPES: Final = 5  # of a blueprint
_VALUES: Final[dict[Any, Any]] = {
    "string": "text", "integer": 7, "float": 1.5, "boolean": True, "list": ["one"], "dict": {"a": "b"},
    None: "anything",
}  # fmt: skip


class ReleaseSample:
    """`ours` imports the release by its version; `theirs` the same file, written out."""

    def __init__(self, name: str, ours: str, theirs: str) -> None:
        self.name = name
        self.ours = ours
        self.theirs = theirs


def content_of(facts: Facts) -> dict[str, Any]:
    """A file of the catalogue as Python values."""
    content: dict[str, Any] = {"tosca_definitions_version": facts.version} if facts.version else {}
    for section, names in facts.sections.items():
        content[section] = {name: facts.value(section, name) for name in names}
    return content


def release_samples(count: int, plugins: int, random: Random, folder: Path) -> Iterator[ReleaseSample]:
    """Samples over that many plugins; the files for the reference parser are written into the folder."""
    catalog = Catalog()
    names = random.sample([name for name in catalog.plugin_names() if _has_types(catalog, name)], plugins)
    for index in range(count):
        name = names[index % plugins]
        history = catalog.history(name)
        assert history is not None
        language = random.choice(LANGUAGES)
        release = random.choice([each for each in history if each.file_for(language)])
        file = release.file_for(language)
        assert file is not None
        facts = catalog.file_facts(name, history, release, file)
        plugin, types = folder / f"{index}.yaml", folder / "types_{}_{}.yaml".format(*language)
        plugin.write_text(json.dumps(content_of(facts)), encoding="utf-8")
        built_in = {"metadata": {"cloudify_types": True}, **content_of(catalog.built_in_types(language))}
        types.write_text(json.dumps(built_in), encoding="utf-8")
        body = {"node_templates": _templates(facts, random)}
        label = f"{name} {release.version} {file.name} {version_text(language)}"
        wanted = f"plugin:{name}?version={release.version}"
        yield ReleaseSample(
            label,
            _text(language, ["cloudify/types/types.yaml", wanted], body),
            _text(language, [types.as_uri(), plugin.as_uri()], body),
        )


def _has_types(catalog: Catalog, name: str) -> bool:
    facts = catalog.plugin_for(name, (1, 5))
    return facts is not None and len(facts.sections.get("node_types", ())) >= TYPES


def _text(language: tuple[int, int], imports: list[str], body: dict[str, Any]) -> str:
    return json.dumps(
        {"tosca_definitions_version": version_text(language), "imports": imports, **body}, indent=1
    )


def _templates(facts: Facts, random: Random) -> dict[str, Any]:
    names = sorted(facts.sections.get("node_types", ()))
    chosen = random.sample(names, min(TYPES, len(names)))
    return {f"node_{index}": _template(facts, name, random) for index, name in enumerate(chosen)}


def _template(facts: Facts, name: str, random: Random) -> dict[str, Any]:
    """A node template that gives mandatory properties, but now and then not, or one too many."""
    given: dict[str, Any] = {}
    kind = facts.value("node_types", name)
    for prop, schema in (kind.get("properties") or {}).items():
        schema = schema or {}
        is_mandatory = "default" not in schema and schema.get("required", True) is not False
        if is_mandatory and random.random() < 0.98:
            given[prop] = _value(facts, schema.get("type"), 3)
    if random.random() < 0.03:
        given["of_nobody"] = 1
    return {"type": name, "properties": given}


def _value(facts: Facts, kind: Any, depth: int) -> Any:
    if kind in _VALUES or depth == 0:
        return _VALUES.get(kind, {})
    if kind not in facts.sections.get("data_types", ()):
        return "text"
    schemas = facts.value("data_types", kind).get("properties") or {}
    return {
        name: _value(facts, (schema or {}).get("type"), depth - 1)
        for name, schema in schemas.items()
        if "default" not in (schema or {}) and (schema or {}).get("required", True) is not False
    }
