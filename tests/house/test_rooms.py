"""No two files import each other, by whatever way round: imports inside functions count, those of the type
checker do not."""

from __future__ import annotations

import ast
from pathlib import Path

from bplint.model.cycles import find_cycles

PACKAGE = Path(__file__).parents[2] / "bplint"


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE.parent).with_suffix("")
        if "sandbox" not in relative.parts:  # a program of its own
            found[".".join(relative.parts).removesuffix(".__init__")] = path
    return found


def imports_of(path: Path, known: dict[str, Path]) -> list[str]:
    """The modules that a file imports anywhere but under `if TYPE_CHECKING`."""
    found: list[str] = []
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            pending += node.orelse
            continue
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
            found.append(node.module)
        pending += ast.iter_child_nodes(node)
    return [name for name in dict.fromkeys(found) if name in known]


def test_no_file_imports_itself_by_way_of_others() -> None:
    known = modules()
    graph = {name: imports_of(path, known) for name, path in known.items()}
    assert [" → ".join(circle) for circle in find_cycles(graph)] == []


def test_a_circle_would_be_found(tmp_path: Path) -> None:
    lazy = tmp_path / "lazy.py"
    lazy.write_text("def f() -> None:\n    from bplint.app import lint\n", encoding="utf-8")
    assert imports_of(lazy, modules()) == ["bplint.app"]
    assert find_cycles({"a": ["b"], "b": ["c"], "c": ["a"]}) != []


def test_every_file_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = {}
    for name, path in modules().items():
        if path.name not in ("__init__.py", "__main__.py"):
            places.setdefault(path.name, []).append(name)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


# tables, and the loop over all events of a text, which calls would make half as fast again
LONG_FILES = {"dsl/language.py", "pycode/names/api/module_names.py"}
LONG_FUNCTIONS = {"dsl/language.py:blueprint", "syntax/tree_builder.py:build"}
MAX_LINES = 400
MAX_FUNCTION_LINES = 50  # without its docstring


def test_files_are_short() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules().values()
        if len(path.read_text(encoding="utf-8").splitlines()) > MAX_LINES
    }
    assert long == LONG_FILES


def test_functions_are_short() -> None:
    long = set()
    for path in modules().values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
                and length(node) > MAX_FUNCTION_LINES
            ):
                long.add(f"{path.relative_to(PACKAGE).as_posix()}:{node.name}")
    assert long == LONG_FUNCTIONS


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, from `def` to its end, without its docstring."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    lines = (node.end_lineno or 0) - node.lineno + 1
    return lines - ((first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0)


def test_every_class_has_a_name_of_its_own() -> None:
    """Private ones included: a name in a traceback or a search means one thing."""
    places: dict[str, list[str]] = {}
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(name)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
