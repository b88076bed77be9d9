"""Pictures of the terminal for the documentation: `python -m tools.terminal_pictures` (`make pictures`).

Each is what a command prints with colours, drawn as SVG: no browser and no terminal is needed.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "docs" / "assets"
PICTURES: Final = {
    "report.svg": ("validate", "examples/broken", "--select", "BP250,BP300,BP411", "--color", "always"),
    "plan.svg": (
        "plan", "examples/web/blueprint.yaml", "-i", "host_ip=10.0.0.1", "--color", "always",
    ),
    "workflow.svg": ("plan", "examples/workflows/blueprint.yaml", "in_groups", "--color", "always"),
}  # fmt: skip
_ESCAPE: Final = re.compile(r"\x1b\[([0-9;]*)m|\x1b\]8;;[^\x1b]*\x1b\\")
_COLORS: Final = {
    "31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79c0ff", "35": "#d2a8ff", "36": "#76e3ea",
    "90": "#8b949e",
}  # fmt: skip
_CELL: Final = (8.4, 19.0)  # columns and lines, in pixels
_MARGIN: Final = 16


def printed(arguments: tuple[str, ...]) -> str:
    """What a command prints, with its colours."""
    environment = {**os.environ, "COLUMNS": "100"}
    command = [sys.executable, "-m", "bplint", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    return done.stdout


def svg_of(text: str, command: str) -> str:
    """A text with colours as a picture, the command that printed it above."""
    lines = [f"$ {command}", *text.rstrip("\n").split("\n")]
    width = max(len(_ESCAPE.sub("", line)) for line in lines) * _CELL[0] + 2 * _MARGIN
    height = len(lines) * _CELL[1] + 2 * _MARGIN
    rows = []
    style: dict[str, str] = {}
    for number, line in enumerate(lines):
        y = _MARGIN + (number + 0.75) * _CELL[1]
        rows.append(f'<text x="{_MARGIN}" y="{y:.1f}" xml:space="preserve">{_spans(line, style)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" role="img" aria-label="{html.escape(command)}">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#0d1117"/>\n'
        f'<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">\n'
        + "\n".join(rows)
        + "\n</g>\n</svg>\n"
    )


def _spans(line: str, style: dict[str, str]) -> str:
    """A line as spans; `style` is what the line before has left on."""
    parts = []
    position = 0
    for found in _ESCAPE.finditer(line):
        parts.append(_span(line[position : found.start()], style))
        position = found.end()
        for code in (found[1] or "0").split(";") if found[1] is not None else ():
            _change(style, code)
    parts.append(_span(line[position:], style))
    return "".join(parts)


def _change(style: dict[str, str], code: str) -> None:
    if code in ("", "0"):
        style.clear()
    elif code == "1":
        style["font-weight"] = "bold"
    elif code == "2":
        style["fill-opacity"] = "0.6"
    elif code in _COLORS:
        style["fill"] = _COLORS[code]


def _span(text: str, style: dict[str, str]) -> str:
    if not text:
        return ""
    attributes = "".join(f' {name}="{value}"' for name, value in style.items())
    return f"<tspan{attributes}>{html.escape(text, quote=False)}</tspan>"


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, arguments in PICTURES.items():
        shown = " ".join(("bplint", *arguments[:-2]))
        (FOLDER / name).write_text(svg_of(printed(arguments), shown), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
