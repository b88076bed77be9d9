"""What is wrong with the way a `plugin:` import asks for a version."""

from __future__ import annotations

import re
from typing import Final

from bplint.near import nearest

# what a manager filters plugins by
PARAMETERS: Final = ("version", "distribution", "distribution_version", "distribution_release", "platform")
_VERSION_IN_NAME: Final = (
    r"(?P<name>[^=<>~!\s]+)\s*=?\s*(?P<version>(?:==|>=|<=|~=|!=|=|<|>)?\s*[\dv][\w.,<>=!~\s]*)"
)


def query_problem(location: str) -> tuple[str, str] | None:
    """What is wrong with a location that begins with `plugin:`, in words, and how it is written right; None
    where a manager understands it. A parameter without a value is dropped, as the manager does it."""
    rest = location.removeprefix("plugin:")
    name, mark, query = rest.partition("?")
    if not mark:
        found = re.fullmatch(_VERSION_IN_NAME, name.strip())
        if found is None or not re.search(r"[=<>~!]", name):
            return None
        version = re.sub(r"\s+", "", found["version"])
        return "a version stands behind '?version='", f"plugin:{found['name']}?version={version}"
    seen: set[str] = set()
    for part in query.split("&"):
        key, _, value = part.partition("=")
        if key in seen:
            return f"'{key}' is given twice", f"plugin:{name}?{_without(query, key)}"
        if value and key not in PARAMETERS:
            meant = nearest(key, PARAMETERS) or "version"
            right = query.replace(f"{key}=", f"{meant}=", 1)
            return f"a manager knows no parameter '{key}'", f"plugin:{name}?{right}"
        seen.add(key)
    return None


def _without(query: str, key: str) -> str:
    """The query with the last value of a parameter only."""
    parts = query.split("&")
    last = max(index for index, part in enumerate(parts) if part.partition("=")[0] == key)
    return "&".join(
        part for index, part in enumerate(parts) if index == last or part.partition("=")[0] != key
    )
