"""Write the generated files: `python -m tools.generate`; with `--check` only say which are out of date.

`schemas/*.json` come from the table of the language, the report and the plan, `docs/rules/*.md` and
`bplint/rules/index.py` from the rules, pages of `docs/reference` from the commands and the Python
interface, a table of the README from `docs/accuracy.md`.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bplint.dsl.versions import SUPPORTED
from tools.config_schema import config_schema
from tools.language_schemas import blueprint_schema, plugin_schema
from tools.plan_schema import plan_schema, request_schema
from tools.readme_table import readme
from tools.reference_pages import reference_pages
from tools.report_schema import report_schema
from tools.rule_index import rule_index
from tools.rule_pages import pages
from tools.sweep_schema import changes_schema
from tools.workflows_schema import workflows_schema

ROOT = Path(__file__).parent.parent
RULES = "docs/rules"


def generated() -> dict[str, str]:
    """Path from the project's root → text of every generated file."""
    schemas = {
        "schemas/blueprint.schema.json": blueprint_schema(),
        **{
            "schemas/blueprint-{}_{}.schema.json".format(*version): blueprint_schema(version)
            for version in SUPPORTED.values()
        },
        "schemas/plugin.schema.json": plugin_schema(),
        "schemas/config.schema.json": config_schema(),
        "schemas/workflows.schema.json": workflows_schema(),
        "schemas/report.schema.json": report_schema(),
        "schemas/plan.schema.json": plan_schema(),
        "schemas/plan-request.schema.json": request_schema(),
        "schemas/plan-changes.schema.json": changes_schema(),
    }
    found = {path: json.dumps(schema, indent=2) + "\n" for path, schema in schemas.items()}
    found["bplint/rules/index.py"] = rule_index()
    found["README.md"] = readme(ROOT)
    found.update({f"docs/reference/{name}": text for name, text in reference_pages().items()})
    found.update({f"{RULES}/{name}": text for name, text in pages().items()})
    return found


def outdated(files: dict[str, str], root: Path) -> list[str]:
    """Paths whose file is missing or says something else, and pages of rules that there are no longer."""
    found = [path for path, text in files.items() if _read(root / path) != text]
    found += [
        f"{RULES}/{page.name}" for page in (root / RULES).glob("*.md") if f"{RULES}/{page.name}" not in files
    ]
    return sorted(found)


def write(files: dict[str, str], root: Path) -> list[str]:
    """Bring the files up to date; the paths that were not."""
    changed = outdated(files, root)
    for path in changed:
        target = root / path
        if path in files:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(files[path], encoding="utf-8", newline="\n")
        else:
            target.unlink()
    return changed


def _read(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.exists() else None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file differs")
    options = parser.parse_args(arguments)
    files = generated()
    changed = outdated(files, ROOT) if options.check else write(files, ROOT)
    for path in changed:
        print(f"{'out of date' if options.check else 'written'}: {path}")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
