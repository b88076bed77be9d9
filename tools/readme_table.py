"""The rows of the accuracy table that the README shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_BEGIN: Final = "<!-- accuracy -->\n"
_END: Final = "<!-- end of accuracy -->"
_TABLE: Final = "## Faults that are told\n\n"


def readme(root: Path) -> str:
    """The README with the table of docs/accuracy.md between its marks."""
    text = (root / "README.md").read_text(encoding="utf-8")
    measured = (root / "docs" / "accuracy.md").read_text(encoding="utf-8")
    table = measured.partition(_TABLE)[2].partition("\n\n")[0]
    before, _, rest = text.partition(_BEGIN)
    return f"{before}{_BEGIN}{table}\n{_END}{rest.partition(_END)[2]}"
