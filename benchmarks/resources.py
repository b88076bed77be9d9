"""The catalogue as YAML files: dsl_parser has no types and no plugins of its own to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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


def _write(path: Path, facts: Facts) -> None:
    content = {
        section: {name: facts.value(section, name) for name in names}
        for section, names in facts.sections.items()
    }
    whole = {"tosca_definitions_version": facts.version, **content} if facts.version else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(whole, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8")
