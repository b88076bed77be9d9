"""Values as short YAML, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.lookup import UNKNOWN
from bplint.syntax.mapping import python_of

if TYPE_CHECKING:
    from bplint.syntax.tree import Node

MAX_CHARACTERS = 2_000


def excerpt(node: Node) -> str:
    """A value as YAML on few lines; cut where it is long."""
    value = python_of(node)
    return "(a value that cannot be shown)" if value is UNKNOWN else yaml_text(value)


def yaml_text(value: Any) -> str:
    """A Python value as YAML in flow style on one line where that is short, else in block style."""
    import yaml  # where something is shown to people

    flow = yaml.safe_dump(_plain(value), default_flow_style=True, width=10**6, sort_keys=False)
    text = flow.removesuffix("...\n").strip()
    if len(text) > 100:
        text = yaml.safe_dump(_plain(value), default_flow_style=False, sort_keys=False).strip()
    return text if len(text) <= MAX_CHARACTERS else f"{text[:MAX_CHARACTERS]}…"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
