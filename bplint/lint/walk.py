"""One walk over a blueprint; rules subscribe to kinds of elements and to kinds of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.diagnostic import Diagnostic, Effect, Severity
from bplint.rules.context import Context
from bplint.rules.rule import FAULT
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.rules.rule import Rule


def walk(blueprint: Blueprint, faults: Iterable[Fault], rules: Iterable[Rule]) -> list[Diagnostic]:
    """Diagnostics of the given rules on a blueprint and on the faults found while it was built."""
    by_kind: dict[Any, list[Rule]] = {}
    by_fault: dict[str, Rule] = {}
    for entry in rules:
        if entry.on == FAULT:
            by_fault[entry.name] = entry
        else:
            by_kind.setdefault(entry.on, []).append(entry)
    ctx = Context(blueprint)
    found: list[Diagnostic] = []
    for fault in faults:
        worded_by = by_fault.get(fault.kind)
        if worded_by is not None:
            ctx.path = fault.path
            _run(worded_by, fault, ctx, found)
    for element, path in elements_of(blueprint):
        for entry in by_kind.get(type(element), ()):
            ctx.path = path
            _run(entry, element, ctx, found)
    return found


def elements_of(blueprint: Blueprint) -> Iterator[tuple[Any, str]]:
    """The blueprint itself, its own documents and every element of the user's files, each with its path."""
    yield blueprint, blueprint.graph.main.document.path
    for file in blueprint.graph.files:
        if file.is_own:
            yield file.document, file.document.path
    for section in blueprint.sections():
        for element in section.own():
            yield element, element.path


def _run(entry: Rule, element: Any, ctx: Context, found: list[Diagnostic]) -> None:
    ctx.rule = entry
    try:
        found.extend(entry.check(element, ctx))
    except Exception as error:  # the one place that catches everything: a rule's bug must not stop the others
        found.append(_internal_error(entry, element, ctx, error))


def _internal_error(entry: Rule, element: Any, ctx: Context, error: Exception) -> Diagnostic:
    key = getattr(element, "key", None)
    span = Span(key.start, key.end) if key is not None else Span(0, 0)
    return Diagnostic(
        "BP000",
        "internal-error",
        Severity.ERROR,
        Effect.ADVICE,
        f"rule {entry.code} ({entry.name}) failed: {type(error).__name__}: {error}",
        ctx.path,
        span,
    )
