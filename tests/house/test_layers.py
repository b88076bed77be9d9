"""What the layers' contracts cannot see: who touches files, processes, the clock and the environment."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "bplint"

# what is asked of whom: a prefix of the dotted name that is called or read → the modules that may
ALLOWED = {
    "open": (
        "source.py", "files/", "imports/", "catalog/", "pycode/", "config/", "fix/write.py", "cli/",
        "app/unpacking.py", "lsp/outlet.py",
        "deployment/", "plan/", "sandbox/",
    ),
    "os.environ": ("cli/", "plan/", "pycode/", "sandbox/"),
    "os.getenv": ("cli/", "plan/", "pycode/", "sandbox/"),
    "subprocess": ("plan/", "pycode/", "sandbox/", "cli/git.py"),
    "os.system": (),
    "os.popen": (),
    "time.time": ("sandbox/",),
    "time.monotonic": ("plan/", "pycode/", "sandbox/", "cli/fetch.py"),
    "time.sleep": ("plan/", "sandbox/"),
    "datetime.now": ("sandbox/",),
    "urllib.request": (),
    "socket": ("sandbox/", "cli/fetch.py"),
    "http.client": ("cli/fetch.py",),
    "ssl": ("cli/fetch.py", "cli/vendor_command.py"),
    "pickle": ("sandbox/",),
    "eval": (),
    "exec": ("sandbox/",),
    "importlib.import_module": (
        "later.py", "cli/group.py", "cli/plan_command.py", "plan/render/__init__.py", "report/__init__.py",
        "rules/",
        "__init__.py", "sandbox/",
    ),
    "print": ("cli/main.py", "sandbox/"),
}  # fmt: skip


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def uses(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Names that a module calls, reads as attributes, or imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield dotted(node), node.lineno
        elif isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize("name", ALLOWED)
def test_only_some_modules_touch_the_outside(name: str) -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if place.startswith(ALLOWED[name]):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [f"{place}:{line}" for used, line in uses(tree) if (used + ".").startswith(name + ".")]
    assert found == []


FORBIDDEN_AT_START = (
    "ast", "difflib", "http", "json", "jsonschema", "logging", "pathlib", "ruamel", "shutil", "socket",
    "subprocess", "tarfile", "tempfile", "tomllib", "urllib", "zipfile", "hashlib", "importlib.metadata",
)  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """Modules that a fresh interpreter has after running some code, less those of an empty one and of click
    and yaml, which a lint cannot do without."""
    report = "import sys; print('\\n' + '\\n'.join(sys.modules))"
    modules = []
    for text in ("import click, yaml", code):
        done = subprocess.run(
            [sys.executable, "-c", f"{text}\n{report}"],
            capture_output=True,
            text=True,
            check=True,
            cwd=PACKAGE.parent,
        )
        modules.append(set(done.stdout.split()))
    return modules[1] - modules[0]


def test_importing_bplint_imports_nothing_of_it() -> None:
    assert {name for name in loaded_by("import bplint") if name.startswith("bplint.")} == set()


def test_version_needs_neither_click_nor_yaml() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bplint", "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    )
    assert done.stdout.startswith("bplint ")
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "bplint.cli.main" in imported
    assert imported & {"click", "yaml", "json", "importlib.metadata", "bplint.cli.group"} == set()


def test_small_lint_loads_nothing_heavy(tmp_path: Path) -> None:
    blueprint = tmp_path / "a.yaml"
    blueprint.write_text(
        "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\n"
        "node_templates: {host: {type: cloudify.nodes.Compute}}\n",
        encoding="utf-8",
    )
    code = f"from bplint.cli.group import main\nassert main(['validate', '--quiet', {str(blueprint)!r}]) == 0"
    loaded = loaded_by(code)
    assert [name for name in FORBIDDEN_AT_START if name in loaded] == []
