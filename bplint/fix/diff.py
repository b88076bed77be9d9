"""What a fix would change, as a unified diff."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def diff_of(texts: Mapping[str, tuple[str, str]]) -> str:
    """Unified diff of path → (before, after), paths sorted; '' where nothing changes."""
    parts: list[str] = []
    for path in sorted(texts):
        before, after = texts[path]
        lines = unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), path, path, n=3
        )
        parts += [
            line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines
        ]
    return "".join(parts)
