"""Versions of the language and what came with which."""

from __future__ import annotations

from typing import Final

Version = tuple[int, int]

V1_0: Final = (1, 0)
V1_1: Final = (1, 1)
V1_2: Final = (1, 2)
V1_3: Final = (1, 3)
V1_4: Final = (1, 4)
V1_5: Final = (1, 5)

VERSION_KEY: Final = "tosca_definitions_version"

SUPPORTED: Final[dict[str, Version]] = {
    "cloudify_dsl_1_0": V1_0,
    "cloudify_dsl_1_1": V1_1,
    "cloudify_dsl_1_2": V1_2,
    "cloudify_dsl_1_3": V1_3,
    "cloudify_dsl_1_4": V1_4,
    "cloudify_dsl_1_5": V1_5,
}


# line → the newest version of the language that it knows: that of its own built-in types
MANAGERS: Final[dict[str, Version]] = {
    "3.3": V1_2, "3.4": V1_3, "4.0": V1_3, "4.1": V1_3, "4.2": V1_3, "4.3": V1_3, "4.4": V1_3, "4.5": V1_3,
    "4.6": V1_3, "5.0": V1_3, "5.1": V1_3, "5.2": V1_3, "6.0": V1_3, "6.1": V1_3, "6.2": V1_3, "6.3": V1_3,
    "6.4": V1_4, "7.0": V1_5,
}  # fmt: skip


def parse_version(text: object) -> Version | None:
    """The version that `tosca_definitions_version` names, or None where it names no supported one."""
    return SUPPORTED.get(text) if isinstance(text, str) else None


def version_text(version: Version) -> str:
    """The text of `tosca_definitions_version` for a version."""
    return f"cloudify_dsl_{version[0]}_{version[1]}"


def version_of_file(path: str) -> Version | None:
    """The version of the blueprints that get a plugin file of this name: (1, 4) for `plugin_1_4.yaml`. None
    where the name says none that exists."""
    stem, _, extension = path.rpartition(".")
    parts = stem.rsplit("_", 2)
    if extension not in ("yaml", "yml") or len(parts) != 3:
        return None
    return SUPPORTED.get(f"cloudify_dsl_{parts[1]}_{parts[2]}")
