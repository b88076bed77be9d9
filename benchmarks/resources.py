"""The catalogue as YAML files: dsl_parser has no types and no plugins of its own to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from bplint.catalog.facts import Facts

VERSION: Final = (1, 4)  # plugins have files for it; newer versions of the language read the same


def write_resources(folder: Path) -> Path:
    """Write `cloudify/types/types.yaml` and `plugins/<name>`; gives the folder."""
    from bplint.catalog.store import Catalog

    catalog = Catalog()
    _write(folder / "cloudify" / "types" / "types.yaml", catalog.built_in_types(None))
    for name in catalog.plugin_names():
        facts = catalog.plugin_for(name, VERSION)
        if facts is not None:
            _write(folder / "plugins" / name, facts)
    return folder


def content_of(location: str) -> dict[str, Any] | None:
    """What the catalogue answers to an import, as Python values, or None."""
    from bplint.catalog.store import Catalog

    catalog = Catalog()
    if location.startswith("plugin:"):
        facts = catalog.plugin_for(location.removeprefix("plugin:").partition("?")[0], VERSION)
    else:
        facts = catalog.types_for(location, VERSION) or catalog.plugin_at(location)
    return None if facts is None else _content(facts)


def _content(facts: Facts) -> dict[str, Any]:
    content = {
        section: {name: facts.value(section, name) for name in names}
        for section, names in facts.sections.items()
    }
    return {"tosca_definitions_version": facts.version, **content} if facts.version else content


def _write(path: Path, facts: Facts) -> None:
    whole = _content(facts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(whole, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8")
