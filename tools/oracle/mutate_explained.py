"""Where bplint and the reference parser differ on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.source import Source
from bplint.syntax.mapping import deref
from bplint.syntax.parser import parse
from bplint.syntax.tree import ALIAS, SCALAR, walk

if TYPE_CHECKING:
    from bplint.app import LintResult
    from tools.oracle.mutate_compare import Verdict
    from tools.oracle.mutate_trees import Files


# rules about any value that an input may get, in an environment that gives none
_ON_VALUES = ("null-constraints-without-default", "constraint-unfit-for-type", "function-in-constraint")


def _fails_with_a_value(result: LintResult) -> bool:
    failing = [entry for entry in result.diagnostics if entry.effect is Effect.FAILS and entry.reference]
    return bool(failing) and all(entry.name in _ON_VALUES for entry in failing)


def _is_refused(result: LintResult) -> bool:
    return any(entry.effect is Effect.REFUSED for entry in result.diagnostics)


def _has_shared_collections(files: Files) -> bool:
    """Whether an alias stands for a mapping or a list somewhere."""
    for path, text in files.items():
        root = parse(Source.from_text(path, text)).root
        for node in walk(root) if root is not None else ():
            if node.kind == ALIAS and deref(node).kind != SCALAR:
                return True
    return False


def explanation(files: Files, theirs: Verdict, result: LintResult) -> str:
    """Why the two differ although both are right, or ''."""
    name = theirs[1] if theirs is not None else ""
    if name in ("TimeoutError", "MemoryError"):
        return "the parser does not end"
    if name == "RecursionError":
        return "how deep the parser gets depends on who calls it"
    if any(file.incomplete for file in result.files) and theirs is not None and theirs[2] == 13:
        return "an import that only a manager can read"
    if theirs is not None and theirs[0] == "deploy" and name in ("UnboundLocalError", "RuntimeError"):
        return "plan creation crashes on an input whose type is an empty text"
    if theirs is None and _fails_with_a_value(result):
        return "it fails as soon as an optional input has a value"
    if theirs is not None and any(entry.name == "flattened-mapping" for entry in result.diagnostics):
        return "parameters that lost their names are set aside, with what else is wrong there"
    if theirs is not None and theirs[0] == "parse" and _is_refused(result) and _has_shared_collections(files):
        # it writes namespaces, merged items and defaults into the one object that both places hold
        return "the parser changes what an alias shares, and refuses what it has changed"
    if result.suppressed:
        return "a comment accepts it"
    return ""
