"""Generate `bplint/pycode/names/api/module_names.py`: which names the modules of cloudify-common have.

Run as `python -m tools.cloudify_names FOLDER VERSION`, where FOLDER holds the packages `cloudify` and
`script_runner`. Only names are taken, by reading.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bplint.pycode.files.bindings import read_scope
from bplint.pycode.files.python_text import Unparsed, parse

OUTPUT = Path(__file__).parent.parent / "bplint" / "pycode" / "api" / "names.py"
HEAD = '''"""Names of the modules of cloudify-common {version}; made by `python -m tools.cloudify_names`."""

from __future__ import annotations

from typing import Final

VERSION: Final = "{version}"
NAMES: Final[dict[str, str]] = {{
'''


def names_below(folder: Path) -> dict[str, list[str]]:
    """Module name → the names it binds, for `cloudify` and `script_runner`."""
    found: dict[str, list[str]] = {}
    for top in ("cloudify", "script_runner"):
        for path in sorted((folder / top).rglob("*.py")):
            parts = list(path.relative_to(folder).with_suffix("").parts)
            if not all(part.isidentifier() for part in parts):
                continue
            if parts[-1] == "__init__":
                parts.pop()
            tree = parse(path.read_text(encoding="utf-8"))
            if not isinstance(tree, Unparsed):
                found[".".join(parts)] = sorted(read_scope(tree.body, "").names)
    return found


def main(folder: str, version: str) -> None:
    lines = [HEAD.format(version=version)]
    for module, names in sorted(names_below(Path(folder)).items()):
        lines.append(f'    "{module}": (\n')
        line = ""
        for name in names:
            if len(line) + len(name) > 90:
                lines.append(f'        "{line}"\n')
                line = ""
            line += f"{name} "
        lines.append(f'        "{line.rstrip()}"\n    ),\n')
    lines.append("}\n")
    OUTPUT.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
