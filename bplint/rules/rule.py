"""What a rule is: a pure generator with its documentation in its docstring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from bplint.diagnostic import Confidence, Effect, Reference, Severity
from bplint.fault import Fault, rule_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

    Check = Callable[[Any, Context], Iterator[Diagnostic]]
    E = TypeVar("E")

_SEVERITY: Final = {
    Effect.REFUSED: Severity.ERROR,
    Effect.FAILS: Severity.ERROR,
    Effect.ADVICE: Severity.INFO,
}


class Rule:
    """A rule as registered. `references` are the exceptions of the reference parser it stands for; the
    first is the one its diagnostics carry unless a fault or the rule says otherwise."""

    __slots__ = (
        "check",
        "code",
        "confidence",
        "effect",
        "fixable",
        "is_default",
        "name",
        "needs",
        "on",
        "references",
        "severity",
        "since",
        "source",
    )

    def __init__(self, code: str, name: str, on: type[Any], check: Check) -> None:
        self.code = code
        self.name = name
        self.on = on
        self.check = check
        self.effect = Effect.ADVICE
        self.severity = Severity.INFO
        self.confidence = Confidence.HIGH
        self.references: tuple[Reference, ...] = ()
        self.since = "0.1"
        self.source = ""
        self.is_default = True
        self.fixable: str | None = None
        self.needs: str | None = None

    @property
    def documentation(self) -> str:
        return self.check.__doc__ or ""


_declared: list[Rule] = []


def rule(
    code: str,
    name: str = "",
    *,
    on: type[E],
    effect: Effect,
    severity: Severity | None = None,
    references: tuple[tuple[str, int | None], ...] = (),
    since: str = "0.1",
    source: str = "",
    confidence: Confidence = Confidence.HIGH,
    is_default: bool = True,
    fixable: str | None = None,
    needs: str | None = None,
) -> Callable[[Callable[[E, Context], Iterator[Diagnostic]]], Callable[[E, Context], Iterator[Diagnostic]]]:
    """Register a generator `(element, ctx) -> Iterator[Diagnostic]` as the rule `code`.

    name        of a rule on elements; one that words a kind of fault is called after that
    on          the kind of fault that the rule words, or an element class, `Document` or `Blueprint`
    severity    follows from the effect; a warning where the house says so
    is_default  False for rules that want to be selected; low confidence implies it
    fixable     'safe' or 'unsafe' where the rule's diagnostics can carry a fix
    needs       'deployment' or 'plan' where a lint without that option cannot find it
    """

    def register(
        check: Callable[[E, Context], Iterator[Diagnostic]],
    ) -> Callable[[E, Context], Iterator[Diagnostic]]:
        entry = Rule(code, rule_name(on) if issubclass(on, Fault) else name, on, check)
        entry.effect = effect
        entry.severity = severity or _SEVERITY[effect]
        entry.confidence = confidence
        entry.references = tuple(Reference(*pair) for pair in references)
        entry.since = since
        entry.source = source
        entry.is_default = is_default and confidence is Confidence.HIGH
        entry.fixable = fixable
        entry.needs = needs
        _declared.append(entry)
        return check

    return register


def declared() -> list[Rule]:
    """Rules of every family module imported so far, in order of declaration."""
    return list(_declared)
