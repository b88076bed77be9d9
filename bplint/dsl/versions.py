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

# What is gated and is no key: the gates of keys stand with the key in `dsl/shape.py`, those of types in
# `dsl/builtin_types.py`. Everything that is not listed anywhere is legal in every version.
FEATURES: Final[dict[str, Version]] = {
    "function concat": V1_1,
    "function merge": V1_3,
    "section in several files": V1_3,
    "second key in a constraint": V1_5,
    "import properties": V1_5,
}


def parse_version(text: object) -> Version | None:
    """The version that `tosca_definitions_version` names, or None where it names no supported one."""
    return SUPPORTED.get(text) if isinstance(text, str) else None


def version_text(version: Version) -> str:
    """The text of `tosca_definitions_version` for a version."""
    return f"cloudify_dsl_{version[0]}_{version[1]}"
