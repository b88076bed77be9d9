"""One walk over a blueprint; rules subscribe to kinds of elements and to kinds of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.diagnostic import Diagnostic, Effect, Severity
from bplint.fault import Fault
from bplint.rules.context import Context
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.lint.select import Selection
    from bplint.model.blueprint import Blueprint
    from bplint.rules.rule import Rule


def walk(blueprint: Blueprint, rules: Iterable[Rule]) -> list[Diagnostic]:
    """Diagnostics of the given rules on a blueprint and on the documents and elements of the user's files."""
    by_kind: dict[Any, list[Rule]] = {}
    for entry in rules:
        if not issubclass(entry.on, Fault):
            by_kind.setdefault(entry.on, []).append(entry)
    ctx = Context(blueprint)
    found: list[Diagnostic] = []
    for element, path in _elements_of(blueprint, by_kind):
        ctx.path = path
        for entry in by_kind.get(type(element), ()):
            _run(entry, element, ctx, found)
    return found


def word(
    faults: Iterable[Fault], rules: Iterable[Rule], selection: Selection, blueprint: Blueprint | None
) -> list[Diagnostic]:
    """Diagnostics for faults, each by the rule of its name; nothing for rules that are off everywhere.

    A fault that no rule has words for is told as an internal error: it must not be lost.
    """
    ctx = Context(blueprint)
    by_name = {entry.name: entry for entry in rules}
    found: list[Diagnostic] = []
    for fault in faults:
        entry = by_name.get(fault.rule)
        ctx.path = fault.path
        if entry is None:
            found.append(_wordless(fault))
        elif selection.is_active(entry):
            _run(entry, fault, ctx, found)
    return found


def _elements_of(blueprint: Blueprint, kinds: dict[Any, list[Rule]]) -> Iterator[tuple[Any, str]]:
    yield blueprint, blueprint.graph.main.document.path
    for file in blueprint.graph.files:
        if file.is_own:
            yield file.document, file.document.path
    for section in blueprint.sections():
        for element in section.own():
            if type(element) in kinds:
                yield element, element.path


def _run(entry: Rule, element: Any, ctx: Context, found: list[Diagnostic]) -> None:
    ctx.rule = entry
    try:
        found.extend(entry.check(element, ctx))
    except Exception as error:  # the one place that catches everything: a rule's bug must not stop the others
        found.append(_internal_error(entry, element, ctx, error))


def _wordless(fault: Fault) -> Diagnostic:
    message = f"no rule words the fault '{fault.rule}'"
    return Diagnostic(
        "BP000", "internal-error", Severity.ERROR, Effect.ADVICE, message, fault.path, fault.span
    )


def _internal_error(entry: Rule, element: Any, ctx: Context, error: Exception) -> Diagnostic:
    place = getattr(element, "key", element)
    span = Span(getattr(place, "start", 0), getattr(place, "end", 0))
    return Diagnostic(
        "BP000",
        "internal-error",
        Severity.ERROR,
        Effect.ADVICE,
        f"rule {entry.code} ({entry.name}) failed: {type(error).__name__}: {error}",
        ctx.path,
        span,
    )
