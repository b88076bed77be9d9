"""Fixes applied round by round until nothing more can be mended."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Effect
from bplint.edit import Applicability, apply_edits, select_edits
from bplint.fix.verify_edits import is_only_intended_change
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bplint.diagnostic import Diagnostic
    from bplint.edit import Fix
    from bplint.source import Source

MAX_ROUNDS: Final = 20
_REPETITIONS: Final = ("duplicate-key", "repeated-key")
_FIRST_BEHIND_SYNTAX: Final = "BP050"


class Judged(Record):
    """One lint of the texts as they stand. `whole` is what the caller wants to have again of the last one."""

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    whole: Any = None


class Fixed(Record):
    """The outcome: path → (source as read, text as fixed), the fixes applied in each round, the first and
    the last lint."""

    texts: dict[str, tuple[Source, str]]
    rounds: tuple[tuple[Fix, ...], ...]
    first: Judged
    judged: Judged


def fix_until_stable(
    judge: Callable[[Mapping[str, str]], Judged], is_allowed: Callable[[Fix], bool]
) -> Fixed:
    """Apply every allowed fix that keeps its promise; `judge` lints with some texts replaced.

    A fix is refused for good where the re-parsed file differs in anything but its edits, or where the
    files would be told more errors than before.
    """
    texts: dict[str, str] = {}
    rounds: list[tuple[Fix, ...]] = []
    refused: set[Fix] = set()
    judged = first = judge(texts)
    for _ in range(MAX_ROUNDS):
        wanted = _wanted(judged, is_allowed, refused)
        if not wanted:
            break
        texts, judged, taken = _round(judge, judged, texts, wanted, refused)
        if taken:
            rounds.append(tuple(taken))
    changed = {
        path: (first.sources[path], text) for path, text in texts.items() if first.sources[path].text != text
    }
    return Fixed(changed, tuple(rounds), first, judged)


def _wanted(judged: Judged, is_allowed: Callable[[Fix], bool], refused: set[Fix]) -> list[Fix]:
    """The safe fixes that are left, and only when there is none the others: what looks unused may be what a
    misspelt name means."""
    found = dict.fromkeys(entry.fix for entry in judged.diagnostics if entry.fix is not None)
    wanted = [fix for fix in found if fix not in refused and is_allowed(fix)]
    return [fix for fix in wanted if fix.applicability is Applicability.SAFE] or wanted


def _round(
    judge: Callable[[Mapping[str, str]], Judged],
    judged: Judged,
    texts: dict[str, str],
    wanted: list[Fix],
    refused: set[Fix],
) -> tuple[dict[str, str], Judged, list[Fix]]:
    """Apply all that fit together; where the outcome is worse, half of them, and so on, refusing those
    that make it worse by themselves."""
    _, fitting = select_edits(wanted)
    taken: list[Fix] = []
    current, after = texts, judged
    pending = [fitting]
    while pending:
        group = pending.pop()
        candidate = _applied(judged, texts, [*taken, *group])
        outcome = judge(candidate) if candidate is not None else None
        if candidate is not None and outcome is not None and not _is_worse(outcome, after, len(group)):
            current, after = candidate, outcome
            taken += group
        elif len(group) == 1:
            refused.add(group[0])
        else:
            middle = len(group) // 2
            pending += [group[middle:], group[:middle]]
    return current, after, taken


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


def _is_worse(after: Judged, before: Judged, number: int) -> bool:
    """Whether `number` fixes did harm. What one of several breaks must not hide behind what the others mend:
    together they may add no error of any rule."""
    if number > 1 and _errors_by_code(after) - _errors_by_code(before):
        return True
    return _errors(after) > _errors(before)


def _errors_by_code(judged: Judged) -> Counter[str]:
    return Counter(entry.code for entry in judged.diagnostics if entry.effect is not Effect.ADVICE)


def _errors(judged: Judged) -> tuple[int, int, int, int]:
    """What must not grow, the gravest first: what cannot be read hides the rest, keys that are there twice
    hide one another."""
    refused = [entry.code for entry in judged.diagnostics if entry.effect is Effect.REFUSED]
    failing = sum(entry.effect is Effect.FAILS for entry in judged.diagnostics)
    twice = sum(entry.name in _REPETITIONS for entry in judged.diagnostics)
    unread = sum(code < _FIRST_BEHIND_SYNTAX for code in refused)
    return unread, twice, len(refused), len(refused) + failing


def _is_python(text: str) -> bool:
    try:
        compile(text, "<fixed>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
