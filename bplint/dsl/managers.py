"""The lines of managers, and what the language is on each."""

from __future__ import annotations

from typing import Final

from bplint.dsl.versions import V1_2, V1_3, V1_4, V1_5, Version

# line → the newest version of the language that it knows: that of its own built-in types
MANAGERS: Final[dict[str, Version]] = {
    "3.3": V1_2, "3.4": V1_3, "4.0": V1_3, "4.1": V1_3, "4.2": V1_3, "4.3": V1_3, "4.4": V1_3, "4.5": V1_3,
    "4.6": V1_3, "5.0": V1_3, "5.1": V1_3, "5.2": V1_3, "6.0": V1_3, "6.1": V1_3, "6.2": V1_3, "6.3": V1_3,
    "6.4": V1_4, "7.0": V1_5,
}  # fmt: skip
