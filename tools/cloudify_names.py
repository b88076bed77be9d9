"""Generate what the names of cloudify-common are: tables for the reader of code, and for the stub of plans.

Run as `python -m tools.cloudify_names PYTHON VERSION FORMER…`: PYTHON is an interpreter that has
cloudify-common VERSION, FORMER are folders with unpacked former releases. Only names and plain values are
taken. Written are

* `bplint/pycode/names/api/module_names.py`: module → names,
* `bplint/pycode/api/former.py`: what former releases had and this one has not,
* `bplint/sandbox/engine/platform_names.json`: what each name stands for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bplint.pycode.files.bindings import read_scope
from bplint.pycode.files.python_text import Unparsed, parse
from tools.platform_kinds import PACKAGES

ROOT = Path(__file__).parent.parent / "bplint"
HEAD = '''"""{title}.

Made by `python -m tools.cloudify_names`.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = "{version}"
{name}: Final[dict[str, str]] = {{
'''
_FOLDER_OF = "import cloudify, os; print(os.path.dirname(os.path.dirname(cloudify.__file__)))"

Names = dict[str, list[str]]


def names_below(folder: Path) -> Names:
    """Module name → the names it binds, for the packages of cloudify-common, by reading."""
    found: Names = {}
    for top in PACKAGES:
        for path in sorted((folder / top).rglob("*.py")):
            parts = list(path.relative_to(folder).with_suffix("").parts)
            if not all(part.isidentifier() for part in parts) or "tests" in parts or parts[-1] == "__main__":
                continue
            if parts[-1] == "__init__":
                parts.pop()
            tree = parse(path.read_text(encoding="utf-8"))
            if not isinstance(tree, Unparsed):
                found[".".join(parts)] = sorted(read_scope(tree.body, "").names)
    return found


def former_names(now: Names, folders: list[Path]) -> Names:
    """What any of the former releases had: '' stands for the module itself where it is gone."""
    found: dict[str, set[str]] = {}
    for folder in folders:
        for module, names in names_below(folder).items():
            gone = set(names) - set(now.get(module, ()))
            if module not in now:
                gone.add("*")
            if gone:
                found.setdefault(module, set()).update(gone)
    return {module: sorted(names) for module, names in found.items()}


def table(title: str, version: str, name: str, content: Names) -> str:
    """A Python module with one dictionary, module → names in one text."""
    lines = [HEAD.format(title=title, version=version, name=name)]
    for module, names in sorted(content.items()):
        text = " ".join(names)
        short = f'    "{module}": "{text}",\n'
        if len(short) <= 111:
            lines.append(short)
            continue
        lines.append(f'    "{module}": (\n')
        line = ""
        for each in names:
            if len(line) + len(each) > 90:
                lines.append(f'        "{line}"\n')
                line = ""
            line += f"{each} "
        lines.append(f'        "{line.rstrip()}"\n    ),\n')
    lines.append("}\n")
    return "".join(lines)


def asked(python: str, *arguments: str) -> str:
    """What an interpreter prints."""
    return subprocess.run([python, *arguments], capture_output=True, check=True, encoding="utf-8").stdout


def main(python: str, version: str, *former: str) -> None:
    now = names_below(Path(asked(python, "-c", _FOLDER_OF).strip()))
    gone = former_names(now, [Path(folder) for folder in former])
    api = ROOT / "pycode" / "names" / "api"
    title = f"Names of the modules of cloudify-common {version}"
    (api / "module_names.py").write_text(table(title, version, "NAMES", now), encoding="utf-8")
    title = f"Names that releases before cloudify-common {version} had and it has not; `*` is the module"
    (api / "former.py").write_text(table(title, version, "FORMER", gone), encoding="utf-8")
    kinds = json.loads(asked(python, str(Path(__file__).parent / "platform_kinds.py")))
    text = json.dumps({"version": version, "modules": kinds}, indent=0, sort_keys=True) + "\n"
    (ROOT / "sandbox" / "engine" / "platform_names.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
