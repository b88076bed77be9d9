"""Fixes applied round by round until nothing more can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bplint.diagnostic import Effect
from bplint.edit import apply_edits, select_edits
from bplint.fix.verify import is_only_intended_change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bplint.diagnostic import Diagnostic
    from bplint.edit import Applicability, Fix
    from bplint.source import Source

MAX_ROUNDS: Final = 20


class Judged(NamedTuple):
    """One lint of the texts as they stand."""

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]


class Fixed(NamedTuple):
    """The outcome: path → (source as read, text as fixed), the fixes applied, and the last lint."""

    texts: dict[str, tuple[Source, str]]
    applied: tuple[Fix, ...]
    judged: Judged


def fix_until_stable(
    judge: Callable[[Mapping[str, str]], Judged], allowed: frozenset[Applicability]
) -> Fixed:
    """Apply every allowed fix that keeps its promise; `judge` lints with some texts replaced.

    A fix is refused for good where the re-parsed file differs in anything but its edits, or where the
    file would be told more errors than before.
    """
    texts: dict[str, str] = {}
    applied: list[Fix] = []
    refused: set[Fix] = set()
    judged = first = judge(texts)
    for _ in range(MAX_ROUNDS):
        wanted = _wanted(judged, allowed, refused)
        if not wanted:
            break
        texts, judged, taken = _round(judge, judged, texts, wanted, refused)
        applied += taken
    changed = {
        path: (first.sources[path], text) for path, text in texts.items() if first.sources[path].text != text
    }
    return Fixed(changed, tuple(applied), judged)


def _wanted(judged: Judged, allowed: frozenset[Applicability], refused: set[Fix]) -> list[Fix]:
    found = [entry.fix for entry in judged.diagnostics if entry.fix is not None]
    return [fix for fix in dict.fromkeys(found) if fix.applicability in allowed and fix not in refused]


def _round(
    judge: Callable[[Mapping[str, str]], Judged],
    judged: Judged,
    texts: dict[str, str],
    wanted: list[Fix],
    refused: set[Fix],
) -> tuple[dict[str, str], Judged, list[Fix]]:
    """Apply all that fit together; if the outcome is worse, one by one, refusing what makes it worse."""
    _, taken = select_edits(wanted)
    candidate = _applied(judged, texts, taken)
    if candidate is not None:
        after = judge(candidate)
        if not _is_worse(after, judged):
            return candidate, after, taken
    if len(taken) == 1:
        refused.add(taken[0])
        return texts, judged, []
    for fix in taken:
        candidate = _applied(judged, texts, [fix])
        if candidate is None:
            refused.add(fix)
            continue
        after = judge(candidate)
        if not _is_worse(after, judged):
            return candidate, after, [fix]
        refused.add(fix)
    return texts, judged, []


def _applied(judged: Judged, texts: dict[str, str], fixes: list[Fix]) -> dict[str, str] | None:
    """The texts with these fixes, or None where an edit does more than it should."""
    chosen, _ = select_edits(fixes)
    changed = dict(texts)
    for path, edits in chosen.items():
        source = judged.sources[path]
        changed[path] = apply_edits(source.text, edits)
        if path.endswith(".py"):
            if not _is_python(changed[path]):
                return None
        elif not is_only_intended_change(source, source.with_text(changed[path]), edits):
            return None
    return changed


def _is_worse(after: Judged, before: Judged) -> bool:
    return _errors(after) > _errors(before)


def _errors(judged: Judged) -> tuple[int, int]:
    effects = [entry.effect for entry in judged.diagnostics]
    return effects.count(Effect.REFUSED), effects.count(Effect.REFUSED) + effects.count(Effect.FAILS)


def _is_python(text: str) -> bool:
    try:
        compile(text, "<fixed>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
