"""Coverage-guided fuzzing of a lint: `make fuzz`, or `atheris_lint.py CORPUS [libFuzzer options]`.

Needs atheris, which is no dependency of the project. What it finds goes into `fixtures/hostile`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import atheris

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ("syntax", "dsl", "catalog", "imports", "model", "pycode", "rules", "lint", "deployment", "report")

sys.path.insert(0, str(ROOT))
with atheris.instrument_imports(include=["bplint", "yaml"]):
    # only modules imported here are instrumented, and bplint imports most of its own where it needs them
    from bplint import app
    from bplint.config import Config

    for engine in ENGINES:
        package = import_module(f"bplint.{engine}")
        for module in walk_packages(package.__path__, f"bplint.{engine}."):
            import_module(module.name)

CONFIG = Config(extend_select=("BP",), deployment=True, inputs=("i=1",))


def test_one_input(data: bytes) -> None:
    """Lint the bytes as a blueprint; a rule that fails counts as a crash."""
    result = app.lint(app.LintRequest((), CONFIG, ("nowhere/blueprint.yaml", data)))
    for entry in result.diagnostics:
        if entry.code == "BP000":
            raise AssertionError(entry.message)


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()
