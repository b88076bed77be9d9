# mypy: ignore-errors
"""Prints what the standard library of the Python that runs this has: JSON, module -> names or null.

Runs under every Python from 2.7 on, so it is written in what they share. Null stands for a module that is
there and could not be imported here: its names are not known. Names that only other systems get count,
where the source of a module shows them.
"""

import ast
import json
import os
import sys
import warnings

SKIPPED = {
    "__main__", "__phello__", "__hello__", "antigravity", "config", "ensurepip._bundled", "idlelib", "lib2to3.tests",
    "pydoc_data", "site-packages", "sitecustomize", "test", "tests", "this", "turtle", "turtledemo", "usercustomize",
    "lib-tk", "lib-dynload", "plat-linux2", "dist-packages", "xxlimited", "xxlimited_35", "xxsubtype",
}  # fmt: skip


def modules_below(folder, prefix):
    """(full name, path or None) of the modules of a folder."""
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        base = name.split(".")[0]
        full = prefix + base
        if base in SKIPPED or full in SKIPPED or base.startswith(("config-", "plat-")) or not is_name(base):
            continue
        if os.path.isdir(path):
            init = os.path.join(path, "__init__.py")
            if os.path.isfile(init):
                yield full, init
            elif not any(each.endswith(".py") for each in os.listdir(path)):
                continue
            for pair in modules_below(path, full + "."):
                yield pair
        elif name.endswith(".py") and name != "__init__.py":
            yield full, path
        elif name.endswith(".so"):
            yield full, None


def is_name(text):
    return (
        text.replace("_", "a").isalnum() and not text[0].isdigit() and not text.startswith("_sysconfigdata")
    )


def names_in_source(path):
    """Names bound anywhere at the top level of a module, in branches for other systems too."""
    with open(path, "rb") as stream:
        tree = ast.parse(stream.read())
    found = set()
    stack = list(tree.body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) or type(node).__name__ == "AsyncFunctionDef":
            found.add(node.name)
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                found.add((alias.asname or alias.name).split(".")[0])
            continue
        if isinstance(node, ast.If) and "__main__" in ast.dump(node.test):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        stack.extend(ast.iter_child_nodes(node))
    found.discard("*")
    return found


def names_of(full, path):
    """The names of a module, or None where it cannot be imported."""
    try:
        __import__(full)
        found = set(dir(sys.modules[full]))
    except BaseException:
        return None
    if path is not None:
        found |= names_in_source(path)
    return sorted(found)


def main():
    warnings.simplefilter("ignore")
    folder = os.path.dirname(os.path.abspath(os.__file__))
    found = dict.fromkeys(sys.builtin_module_names)
    for extra in (folder, os.path.join(folder, "lib-dynload"), os.path.join(folder, "lib-tk")):
        if os.path.isdir(extra):
            found.update(modules_below(extra, ""))
    found["os.path"] = None  # no file of that name
    out = sys.stdout
    sys.stdout = open(os.devnull, "w")
    answer = {}
    for full in sorted(found):
        if full not in SKIPPED:
            answer[full] = names_of(full, found[full])
    for full in getattr(sys, "stdlib_module_names", ()):
        if full not in SKIPPED:
            answer.setdefault(full, None)
    sys.stdout = out
    json.dump(answer, out)
    out.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
