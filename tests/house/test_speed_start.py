"""What a lint of a small correct file loads: counts, so that no clock is asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_4
imports:
  - cloudify/types/types.yaml
inputs:
  address: {type: string}
plugins:
  shop: {executor: central_deployment_agent, package_name: shop}
node_templates:
  host:
    type: cloudify.nodes.Compute
    properties:
      ip: {get_input: address}
  web:
    type: cloudify.nodes.WebServer
    interfaces:
      cloudify.interfaces.lifecycle:
        create: shop.tasks.create
    relationships:
      - {type: cloudify.relationships.contained_in, target: host}
"""
# what `-X importtime` does not show, such as what `importlib` loads, is in sys.modules
CODE = """
import sys
from bplint.cli.main import _load_at_first_use
_load_at_first_use("inspect")
from bplint.cli.group import main
code = main(["validate", "--no-config", "--quiet", sys.argv[1]])
print(*(name for name, module in sys.modules.items() if type(module).__name__ != "_LaterModule"))
sys.exit(code)
"""
# what each costs a start, or makes the others load
ABSENT = (
    "ast", "dataclasses", "difflib", "dis", "fnmatch", "glob", "heapq", "inspect", "json", "jsonschema",
    "logging", "pathlib", "ruamel", "tarfile", "tempfile", "tomllib", "urllib", "zipfile",
    "bplint.lint.baseline", "bplint.lint.suppress", "bplint.lint.walk", "bplint.pycode.checks.targets",
    "bplint.pycode.files.python_text", "bplint.checks.topology.groups",
    "bplint.checks.schedules", "bplint.report.frame",
    "bplint.rules.context", "bplint.rules.index", "bplint.syntax.comments", "bplint.syntax.explain",
    "bplint.syntax.recover",
)  # fmt: skip
if sys.version_info >= (3, 11):  # before, it comes with uuid, and that with click
    ABSENT += ("subprocess",)
MAX_MODULES = 128


def loaded_modules(blueprint: Path) -> set[str]:
    """The modules that a lint in its own process leaves behind; nothing must be found."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(blueprint)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return set(done.stdout.split())


@pytest.fixture
def loaded(tmp_path: Path) -> set[str]:
    path = tmp_path / "blueprint.yaml"
    path.write_text(BLUEPRINT, encoding="utf-8")
    return loaded_modules(path)


def test_small_lint_loads_nothing_that_it_does_not_need(loaded: set[str]) -> None:
    assert sorted(loaded & set(ABSENT)) == []


def test_correct_file_loads_no_kinds_of_faults(loaded: set[str]) -> None:
    assert [name for name in sorted(loaded) if name.endswith("_faults")] == []


def test_small_lint_loads_few_modules(loaded: set[str]) -> None:
    own = [name for name in loaded if name.partition(".")[0] == "bplint"]
    assert len(own) <= MAX_MODULES, sorted(own)


def test_python_is_read_where_there_is_some(tmp_path: Path) -> None:
    """The counterpart: what is absent above is there when it has something to do."""
    tasks = tmp_path / "plugins" / "shop" / "shop"
    tasks.mkdir(parents=True)
    (tasks / "__init__.py").write_text("", encoding="utf-8")
    (tasks / "tasks.py").write_text("def create(ctx, **_):\n    ctx.logger.info('made')\n", encoding="utf-8")
    text = BLUEPRINT.replace("package_name: shop}", "package_name: shop, source: shop}")
    path = tmp_path / "blueprint.yaml"
    path.write_text(text, encoding="utf-8")
    assert "bplint.pycode.checks.targets" in loaded_modules(path)
