"""Scripts of operations and workflows: whether they are there, and whether anything can run them.

Facts (script_runner/tasks.py): a file that ends with `.py` is run inside the worker's Python, `.ps1` by
PowerShell, everything else is made executable and started through a shell; `process.command_prefix`
names an interpreter.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Related
from bplint.document import Kind
from bplint.later import later
from bplint.model.elements import Target
from bplint.pycode.uses import SCRIPT_RUNNERS
from bplint.span import Span
from bplint.syntax.mapping import as_dict
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.model.blueprint import Blueprint
    from bplint.pycode import code_faults as kinds
    from bplint.pycode.code_faults import CodeFault, Falls
    from bplint.pycode.files.codebase import CodeBase
    from bplint.pycode.files.python_text import Unparsed
    from bplint.pycode.names.target_python import TargetPython
    from bplint.pycode.uses import Uses
    from bplint.source import Source
    from bplint.syntax.tree import Node

    AskPython = Callable[[], TargetPython]  # what runs the scripts, found out where there is one
else:
    kinds = later("bplint.pycode.code_faults")

_SHELL: Final = (".sh", ".bash", ".ksh", ".zsh")
_OTHERS: Final = (".py", ".ps1", ".bat", ".cmd", ".exe", ".vbs")


class Script:
    """A script as it is used: the path as written, the place of the mapping or input that names it, and
    whether the use names an interpreter."""

    __slots__ = ("has_interpreter", "is_checked", "path", "span", "text")

    def __init__(self, text: str, path: str, span: Span, has_interpreter: bool, is_checked: bool) -> None:
        self.text = text
        self.path = path
        self.span = span
        self.has_interpreter = has_interpreter
        self.is_checked = is_checked  # the reference parser has looked that it is there


def check_scripts(blueprint: Blueprint, uses: Uses, code: CodeBase, python: AskPython) -> list[CodeFault]:
    """Faults of the scripts that a blueprint's own elements name."""
    main = blueprint.graph.main.document
    if main.kind is not Kind.BLUEPRINT:
        return []  # scripts lie beside the blueprint that uses the file
    folder = os.path.dirname(main.path)
    faults: list[CodeFault] = []
    seen: set[str] = set()
    for script in _scripts(uses):
        label = os.path.join(folder, script.text.lstrip("/")).replace(os.sep, "/")
        if not os.path.isfile(label):
            if not script.is_checked and os.path.isfile(main.path):
                faults.append(kinds.ScriptNotFound(script.path, script.span, script=script.text))
            continue
        if label not in seen:
            seen.add(label)
            faults += _check(script, label, code, python)
    return faults


def _scripts(uses: Uses) -> Iterator[Script]:
    for workflow in uses.workflows:
        target = workflow.target
        if isinstance(target, Target) and target.kind == "script" and workflow.mapping_node is not None:
            yield Script(target.function, workflow.path, workflow.mapping_node.span, True, True)
    for owner, operation in uses.operations:
        target = operation.target
        if not isinstance(target, Target):
            continue
        prefixed = _has_interpreter(operation.inputs.get("process"))
        node = operation.implementation_node
        if target.kind == "script" and node is not None and not operation.is_inherited:
            yield Script(target.function, owner.path, node.span, prefixed, True)
        elif target.kind == "plugin" and target.function in SCRIPT_RUNNERS:
            written = operation.written_inputs.get("script_path")
            value = written[1] if written is not None else None
            if value is not None and owner.file.namespace is None and _is_path(value):
                yield Script(text_of(value) or "", owner.path, value.span, prefixed, False)


def _has_interpreter(process: Node | None) -> bool:
    return process is not None and bool({"command_prefix", "eval_python"} & set(as_dict(process)))


def _is_path(value: Node) -> bool:
    text = text_of(value)
    return bool(text) and ":" not in (text or "") and "{{" not in (text or "")


def _check(script: Script, label: str, code: CodeBase, python: AskPython) -> list[CodeFault]:
    lowered = label.lower()
    if lowered.endswith(".py"):
        return _check_python(script, label, code, python)
    if lowered.endswith(_OTHERS):
        return []
    source = code.text(label)
    if source is None or not source.text.strip() or "\0" in source.text[:4096]:
        return []
    return _check_started(script, source, code)


def _check_started(script: Script, source: Source, code: CodeBase) -> list[CodeFault]:
    first = source.text.split("\n", 1)[0]
    related = (Related("it is used here", script.path, script.span),)
    if first.startswith("#!"):
        if first.endswith("\r"):
            code.add_source(source)
            place = Span(0, len(first) - 1)
            return [kinds.ShebangWithCarriageReturn(source.path, place, related=related)]
        return []
    if script.has_interpreter or source.path.lower().endswith(_SHELL):
        return []
    code.add_source(source)
    name = source.path.rpartition("/")[2]
    line = Span(0, len(first.rstrip("\r")))
    return [kinds.ScriptWithoutInterpreter(source.path, line, related=related, script=name)]


def _check_python(script: Script, label: str, code: CodeBase, python: AskPython) -> list[CodeFault]:
    from bplint.pycode.files.folders import FolderPlace
    from bplint.pycode.files.python_text import (
        Unparsed,
        parse,
        read_python,
        without_warnings,
    )  # ast: only for Python scripts

    content = FolderPlace(os.path.dirname(label), "", "source", True).read(os.path.basename(label))
    source = read_python(label, content) if content is not None else None
    if source is None:
        return []
    with without_warnings():
        parsed = parse(source.text)
    if not isinstance(parsed, Unparsed):
        return []
    code.add_source(source)
    related = (Related("it is used here", script.path, script.span),)
    if parsed.tree is not None and python().may_be_python2:
        return [python2_advice(source, parsed)]
    return [unparsed_fault(source, parsed, related, None)]


def python2_advice(source: Source, unparsed: Unparsed) -> CodeFault:
    """What is to be said of a Python 2 text where Python 2 is what may run it."""
    return kinds.Python3End(source.path, _unparsed_span(source, unparsed), reason=unparsed.reason)


def unparsed_fault(
    source: Source, unparsed: Unparsed, related: tuple[Related, ...], falls: Falls | None
) -> CodeFault:
    """The fault of a Python text that does not parse, at its first error."""
    kind = kinds.Python2Code if unparsed.is_python2 else kinds.CodeSyntaxError
    span = _unparsed_span(source, unparsed)
    return kind(source.path, span, related=related, falls=falls, reason=unparsed.reason)


def _unparsed_span(source: Source, unparsed: Unparsed) -> Span:
    from bplint.pycode.files.python_text import PyLines  # ast

    line = PyLines(source.text).line_span(unparsed.line)
    start = min(max(line.start, source.lines.offset(unparsed.line, unparsed.column)), line.end)
    return line if start >= line.end else Span(start, line.end)
