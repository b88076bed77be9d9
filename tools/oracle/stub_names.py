"""Asks the stub of plans for names: reads {module: {name: word}} from standard input, prints what fails.

Run in a process of its own, as the child of a plan is: nothing of bplint is imported but the engine by path.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from pathlib import Path

SANDBOX = Path(__file__).parents[2] / "bplint" / "sandbox"


def load_engine() -> None:
    """The engine under the name that the stub imports it by, its finder first, the stub on the path."""
    folder = SANDBOX / "engine"
    spec = importlib.util.spec_from_file_location(
        "_bplint_engine", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["_bplint_engine"] = module
    spec.loader.exec_module(module)
    sys.path.insert(0, str(SANDBOX / "stubs"))
    importlib.import_module("_bplint_engine.platform_names").PlatformFinder().install()


def failures(wanted: dict[str, dict[str, str]]) -> list[str]:
    """`module.name: what is wrong` of every name that cannot be had, or is of another kind."""
    found = []
    for module, names in wanted.items():
        for name, word in names.items():
            namespace: dict[str, object] = {}
            try:
                exec(f"from {module} import {name} as it", namespace)
            except ImportError as error:
                found.append(f"{module}.{name}: {error}")
                continue
            wrong = wrong_kind(word.partition(":")[0], namespace["it"])
            if wrong:
                found.append(f"{module}.{name}: {wrong}")
    return found


def wrong_kind(kind: str, value: object) -> str:
    if kind == "e" and not (isinstance(value, type) and issubclass(value, BaseException)):
        return "no exception"
    if kind == "c" and not isinstance(value, type):
        return "no class"
    if kind == "f" and not callable(value):
        return "not callable"
    return ""


if __name__ == "__main__":
    load_engine()
    json.dump(failures(json.load(sys.stdin)), sys.stdout)
