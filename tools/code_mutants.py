"""Small changes of Python code that a test should notice: a comparison turned round, a number one more, a
statement left out."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.FloorDiv: ast.Mult,
}


class CodeMutant(NamedTuple):
    """A change of one place: the text from `start` to `end` (offsets) becomes `new`."""

    line: int
    start: int
    end: int
    old: str
    new: str

    def applied(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]

    def __str__(self) -> str:
        return f"{' '.join(self.old.split())[:60]}  →  {' '.join(self.new.split())[:60]}"


def mutants_of(text: str) -> list[CodeMutant]:
    """All changes of a module, in the order of the text. Docstrings, annotations, imports, slots and what is
    only there for the type checker are left alone."""
    return sorted(set(_Finder(text).find()))


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def find(self) -> Iterator[CodeMutant]:
        yield from self._below(ast.parse(self.text))

    def _below(self, node: ast.AST) -> Iterator[CodeMutant]:
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "type_params", "bases", "decorator_list"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_passed_over(child):
                    yield from self._of(child)
                    yield from self._below(child)

    def _of(self, node: ast.AST) -> Iterator[CodeMutant]:
        if isinstance(node, ast.Compare):
            other = _COMPARISONS.get(type(node.ops[0]))
            if other is not None:
                changed = ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)
                yield self._mutant(node, ast.unparse(changed))
        elif isinstance(node, ast.BoolOp):
            operator = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield self._mutant(node, f"({ast.unparse(ast.BoolOp(operator, node.values))})")
        elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            changed_sum = ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
            yield self._mutant(node, f"({ast.unparse(changed_sum)})")
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield self._mutant(node, f"bool({ast.unparse(node.operand)})")
        elif isinstance(node, ast.Constant):
            yield from self._of_constant(node)
        elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
            yield self._mutant(node.test, f"(not ({ast.unparse(node.test)}))")
        elif isinstance(node, ast.Return) and node.value is not None and not _is_empty(node.value):
            yield self._mutant(node, "return None")
        elif isinstance(node, ast.Break):
            yield self._mutant(node, "continue")
        elif isinstance(node, ast.Continue):
            yield self._mutant(node, "break")
        elif isinstance(node, (ast.AugAssign, ast.Raise, ast.Delete)) or _is_call(node):
            yield self._mutant(node, "pass")

    def _of_constant(self, node: ast.Constant) -> Iterator[CodeMutant]:
        if isinstance(node.value, bool):
            yield self._mutant(node, str(not node.value))
        elif isinstance(node.value, int):
            yield self._mutant(node, str(node.value + 1))

    def _mutant(self, node: ast.AST, new: str) -> CodeMutant:
        line, end_line = getattr(node, "lineno", 1), getattr(node, "end_lineno", 1)
        start = self._offset(line, getattr(node, "col_offset", 0))
        end = self._offset(end_line, getattr(node, "end_col_offset", 0))
        return CodeMutant(line, start, end, self.text[start:end], new)

    def _offset(self, line: int, column: int) -> int:
        # columns of the syntax tree are bytes
        written = self.lines[line - 1].encode()[:column].decode()
        return self.starts[line - 1] + len(written)


def _is_passed_over(node: ast.AST) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.JoinedStr, ast.Global, ast.Nonlocal)):
        return True
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # a docstring
    if isinstance(node, ast.Assign):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        return "__slots__" in names or "__all__" in names
    return False


def _is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _is_empty(node: ast.AST) -> bool:
    """Whether a value is as good as None to who asks only whether it is true."""
    return isinstance(node, ast.Constant) and not node.value
