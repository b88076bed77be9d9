"""What the names of cloudify-common stand for, as JSON on standard output.

Run by `tools/cloudify_names.py` under a Python that has cloudify-common; it imports nothing of this project.
A name's answer is one word: `e:MODULE.NAME` an exception with this base, `c` a class, `f` a function,
`u` anything else, `v:…` a value written as JSON, `m:NAME` a module of the standard library,
`r:MODULE.NAME` something that is at home elsewhere.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import types
from typing import Any

PACKAGES = ("cloudify", "cloudify_rest_client", "cloudify_async_client", "script_runner", "dsl_parser")
LONGEST_VALUE = 300


def kinds_of_all() -> dict[str, dict[str, str]]:
    """Module → name → its word, for every module that can be imported."""
    found = {}
    for package in PACKAGES:
        top = importlib.import_module(package)
        names = [package, *(info.name for info in pkgutil.walk_packages(top.__path__, f"{package}."))]
        for name in names:
            if name.endswith(".__main__") or not all(part.isidentifier() for part in name.split(".")):
                continue
            try:
                module = importlib.import_module(name)
            except ImportError:
                continue
            members = {key: word_of(value, name, key) for key, value in vars(module).items()}
            found[name] = {key: word for key, word in sorted(members.items()) if not is_system(key)}
    return found


def is_system(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def word_of(value: Any, module: str, name: str) -> str:
    """The word for one name of a module."""
    if isinstance(value, types.ModuleType):
        return _word_of_module(value.__name__)
    home = getattr(value, "__module__", None)
    own_name = getattr(value, "__name__", None)
    if isinstance(home, str) and isinstance(own_name, str) and home != module:
        is_named = own_name != "<lambda>"
        if is_named and is_reachable(home, own_name, value):
            return f"r:{home}.{own_name}"
    if isinstance(value, type):
        return _word_of_class(value)
    if callable(value) and own_name is not None:
        return "f"
    return _word_of_value(value)


def _word_of_class(value: type) -> str:
    if not issubclass(value, BaseException):
        return "c"
    base = value.__base__ or Exception
    is_known = is_reachable(base.__module__, base.__name__, base)
    return f"e:{base.__module__}.{base.__name__}" if is_known else "e:builtins.Exception"


def is_reachable(home: str, name: str, value: Any) -> bool:
    """Whether a thing's own module can be imported wherever the stand-in works, and has it by its name."""
    top = home.split(".")[0]
    if top not in PACKAGES and top not in sys.stdlib_module_names:
        return False
    return getattr(sys.modules.get(home), name, None) is value


def _word_of_module(name: str) -> str:
    top = name.split(".")[0]
    if top in PACKAGES or top in sys.stdlib_module_names:
        return f"m:{name}"
    return "u"


def _word_of_value(value: Any) -> str:
    plain = value is None or isinstance(value, bool | int | float | str | list | dict)
    if not plain:
        return "u"
    try:
        text = json.dumps(value)
    except (TypeError, ValueError):
        return "u"
    return f"v:{text}" if len(text) <= LONGEST_VALUE and json.loads(text) == value else "u"


if __name__ == "__main__":
    json.dump(kinds_of_all(), sys.stdout)
