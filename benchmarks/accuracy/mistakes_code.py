"""Mistakes in the Python code of plugins: names, signatures, the workflow API."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from benchmarks.accuracy.mistake import Mistake
from benchmarks.accuracy.words import misspelt
from benchmarks.accuracy.yaml_places import Change, Node, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

_PLAIN: Final = re.compile(r"(?<![\w.'\"])[a-z_]\w{2,}(?![\w'\"])")
_KEPT: Final = {"self", "kwargs", "args", "None", "True", "False"}


def _tree(text: Text) -> ast.Module | None:
    try:
        return ast.parse(text.text)
    except SyntaxError:
        return None


def _nodes(text: Text, kind: type[ast.AST]) -> list[Node]:
    tree = _tree(text)
    return [node for node in ast.walk(tree) if isinstance(node, kind)] if tree is not None else []


def _start(text: Text, node: Node) -> int:
    return int(text.line_starts[node.lineno - 1] + node.col_offset)


def _end(text: Text, node: Node) -> int:
    return int(text.line_starts[node.end_lineno - 1] + node.end_col_offset)


def _is_python(text: Text) -> bool:
    return "tosca_definitions_version" not in text.text and "import" in text.text and _tree(text) is not None


def _chosen(spans: Iterable[tuple[int, int]], random: Random) -> tuple[int, int] | None:
    found = sorted(set(spans))
    return random.choice(found) if found else None


def _spelt(
    text: Text, spans: Iterable[tuple[int, int]], random: Random, *, lost: bool = False
) -> Change | None:
    span = _chosen(spans, random)
    if span is None:
        return None
    old = text.text[slice(*span)]
    new = misspelt(old, random).replace("-", "")
    is_name = all(part.isidentifier() for part in new.split("."))
    return Change(((*span, new),), (old,) if lost else ()) if is_name and new != old else None


def _by_pattern(pattern: str) -> Callable[[Text, Random], Change | None]:
    """Misspells what the first group of a pattern finds, in a Python file."""

    def make(text: Text, random: Random) -> Change | None:
        if not _is_python(text):
            return None
        return _spelt(text, (found.span(1) for found in re.finditer(pattern, text.text)), random)

    return make


def _replaced(pattern: str, *new: str, lost: tuple[str, ...] = ()) -> Callable[[Text, Random], Change | None]:
    """Writes something else where a pattern is found, in a Python file; groups may be used."""

    def make(text: Text, random: Random) -> Change | None:
        found = list(re.finditer(pattern, text.text, re.MULTILINE)) if _is_python(text) else []
        if not found:
            return None
        match = random.choice(found)
        above = re.findall(r"(?m)^ *(?:def|class) (\w+)", text.text[: match.end()])
        return Change(((match.start(), match.end(), match.expand(random.choice(new))),), (*lost, *above[-1:]))

    return make


def function_renamed(text: Text, random: Random) -> Change | None:
    """A function has another name, and mappings and callers have the old one."""
    if not _is_python(text):
        return None
    spans = [found.span(1) for found in re.finditer(r"^def (\w+)", text.text, re.MULTILINE)]
    return _spelt(text, spans, random, lost=True)


def function_of_mapping(text: Text, random: Random) -> Change | None:
    """The last or an inner part of a mapping is misspelt."""
    if _is_python(text):
        return None
    found = [
        match.span(random.choice((1, 2, 3)))
        for match in re.finditer(r": \w+\.(\w+)\.(\w+)\.(\w+)$", text.text, re.MULTILINE)
    ]
    return _spelt(text, found, random)


def parameter_renamed(text: Text, random: Random) -> Change | None:
    """A declared input or parameter has another name than in the code."""
    if _is_python(text):
        return None
    pattern = r"^ +(\w+):(?: \{[^\n]*default[^\n]*\})?\n? *(?:type|default)?:"
    found = [match.span(1) for match in re.finditer(r"(?:inputs|parameters):\n +(\w+):", text.text)]
    found += [match.span(1) for match in re.finditer(pattern, text.text, re.MULTILINE)]
    names = ("inputs", "parameters", "interfaces", "mapping", "implementation", "properties", "type")
    span = _chosen([span for span in found if text.text[slice(*span)] not in names], random)
    if span is None:
        return None
    # the function that is mapped above it lacks the argument
    mapped = re.findall(r"(?:mapping|implementation): ([\w.]+)", text.text[: span[0]])
    old = text.text[slice(*span)]
    return Change(((*span, misspelt(old, random).replace("-", "")),), tuple(mapped[-1:]))


def parameter_of_function(text: Text, random: Random) -> Change | None:
    """A mapped function takes a parameter that nobody gives."""
    pattern = r"^@(?:operation|workflow).*\ndef \w+\((?:ctx, )?((?!ctx|\*)\w+)"
    if not _is_python(text):
        return None
    found = [match.span(1) for match in re.finditer(pattern, text.text, re.MULTILINE)]
    span = _chosen(found, random)
    if span is None:
        return None
    old = text.text[slice(*span)]
    return Change(((*span, misspelt(old, random).replace("-", "")),), (old,))


def name_in_code(text: Text, random: Random) -> Change | None:
    """A name that is read somewhere in a function."""
    names = [node for node in _nodes(text, ast.Name) if isinstance(node.ctx, ast.Load)]
    spans = [(_start(text, node), _end(text, node)) for node in names if _is_python(text)]
    return _spelt(text, [span for span in spans if text.text[slice(*span)] not in _KEPT], random)


def import_cut(text: Text, random: Random) -> Change | None:
    """An import is gone, and what it brought is used."""
    if not _is_python(text):
        return None
    found = [
        node for kind in (ast.Import, ast.ImportFrom) for node in _nodes(text, kind) if not node.col_offset
    ]
    if not found:
        return None
    node = random.choice(sorted(found, key=lambda each: _start(text, each)))
    names = tuple((each.asname or each.name).split(".")[0] for each in node.names)
    return Change(((_start(text, node), _end(text, node) + 1, ""),), names)


def execute_lost(text: Text, random: Random) -> Change | None:
    """The graph is made and never run."""
    found = list(re.finditer(r"^( +)(?:return )?(graph)\.execute\(\)\n", text.text, re.MULTILINE))
    if not found:
        return None
    match = random.choice(found)
    inside = text.text.rfind("\ndef ", 0, match.start())
    maker = text.text.find("graph = ", inside)
    line = text.text[text.text.rfind("\n", 0, maker) + 1 : text.text.find("\n", maker)]
    return Change(((match.start(), match.end(), f"{match[1]}pass\n"),), (line.strip(),))


def list_in_sequence(text: Text, random: Random) -> Change | None:
    found = list(re.finditer(r"\.add\((?=\n)((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)", text.text))
    if not found:
        return None
    match = random.choice(found)
    return Change(((match.start(1), match.start(1), "["), (match.end(1), match.end(1), "]")))


CODE = (
    Mistake("misspelt-mapping", "the module or function of a mapping", function_of_mapping),
    Mistake("renamed-function", "a function is renamed, its users are not", function_renamed),
    Mistake("renamed-parameter", "a declared parameter and the code differ", parameter_renamed),
    Mistake("misspelt-signature", "a parameter in the code is misspelt", parameter_of_function),
    Mistake(
        "misspelt-imported-module",
        "the module of an import",
        _by_pattern(r"^(?:from|import) \.?([\w.]+)".replace("^", "(?m:^)")),
    ),
    Mistake(
        "misspelt-imported-name",
        "the name that an import brings",
        _by_pattern(r"(?m:^)from [\w.]+ import (\w+)"),
    ),
    Mistake("import-lost", "an import is left out", import_cut),
    Mistake("misspelt-name", "a name in a function", name_in_code),
    Mistake("misspelt-decorator", "the decorator of a function", _by_pattern(r"(?m:^)@(\w+)")),
    Mistake("misspelt-context", "a member of the context", _by_pattern(r"\bctx\.(\w{3,})")),
    Mistake(
        "misspelt-member",
        "a member of an instance, node, task, graph",
        _by_pattern(
            r"\b(?:instance|node|graph|sequence|relationship|modification|saving|subgraph|task)\.(\w{3,})"
        ),
    ),
    Mistake("misspelt-argument", "the name of an argument", _by_pattern(r"[(,] *(\w{3,})=")),
    Mistake("no-colon-in-code", "a colon is missing", _replaced(r"(?<=[\w)]):$", "")),
    Mistake("bracket-in-code", "a bracket is missing", _replaced(r"\)$", "")),
    Mistake("indent-in-code", "a line is indented by one more", _replaced(r"^    (?=\S)", "     ", "   ")),
    Mistake("python2-print", "`print x`", _replaced(r"^( +)ctx\.logger\.\w+\((.*)\)$", r"\1print \2")),
    Mistake("python2-except", "`except A, e`", _replaced(r"except (\w+)(?: as \w+)?:", r"except \1, e:")),
    Mistake(
        "python2-import",
        "a module that Python 3 does not have",
        _replaced(
            r"^import (\w+)$",
            r"import urllib2\nimport \1",
            r"import StringIO\nimport \1",
            r"import ConfigParser\nimport \1",
        ),
    ),
    Mistake("execute-lost", "`graph.execute()` is left out", execute_lost),
    Mistake("list-in-sequence", "a list is added to a sequence", list_in_sequence),
    Mistake(
        "indexed-instances",
        "`node.instances[0]`",
        _replaced(r"list\(ctx\.get_node\(node_id\)\.instances\)", "ctx.get_node(node_id).instances[0]"),
    ),
    Mistake("operation-misspelt", "the operation that a workflow runs", _by_pattern(r"'(?:\w+\.)+(\w+)'")),
    Mistake(
        "handler-without-result",
        "a handler that returns nothing",
        _replaced(r"return (?:\w+\.)?HandlerResult\.\w+\(\)", "pass"),
    ),
    Mistake(
        "graph-not-returned", "a stored graph is not returned", _replaced(r"^    return graph$", "    pass")
    ),
    Mistake(
        "self-lost", "a method without self", _replaced(r"def (\w+)\(self(?:, )?", r"def \1(", lost=("self",))
    ),
    Mistake(
        "ctx-lost",
        "a workflow without ctx",
        _replaced(r"(?<=@workflow\n)def (\w+)\(ctx, ", r"def \1(", lost=("ctx",)),
    ),
    Mistake("kwargs-lost", "no `**kwargs`", _replaced(r"^(def \w+\(.*), \*\*\w+\):", r"\1):")),
    Mistake("result-not-awaited", "`.get()` is left out", _replaced(r"\)\.get\(\)(?=\n)", ")")),
    Mistake(
        "type-misspelt-in-code", "the type that code asks for", _by_pattern(r"'([\w.]+\.nodes\.\w+)' in")
    ),
    Mistake(
        "task-never-added", "a task is made and not added", _replaced(r"graph\.add_task\((.*)\)$", r"\1")
    ),
    Mistake(
        "return-in-module",
        "code of a function at module level",
        _replaced(r"^    return (\w+)$", r"return \1"),
    ),
    Mistake("state-misspelt", "the state that is waited for", _by_pattern([r"== '(\w+)'", r"!= '(\w+)'"][1])),
)
