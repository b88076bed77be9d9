"""What a rule may ask, and how it reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Diagnostic, Reference, Related
from bplint.document import Kind
from bplint.fault import Fault
from bplint.near import nearest
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bplint.diagnostic import Confidence, Severity
    from bplint.edit import Fix
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Element
    from bplint.rules.rule import Rule
    from bplint.source import Source

MAX_COMPARISONS: Final = 50_000


class Context:
    """One blueprint under lint. `rule` and `path` are set by the walk before each rule runs."""

    __slots__ = ("_comparisons_left", "blueprint", "path", "rule")

    def __init__(self, blueprint: Blueprint | None) -> None:
        self.blueprint: Blueprint = blueprint  # type: ignore[assignment]  # None while faults of reading are worded
        self.path = ""
        self.rule: Rule
        self._comparisons_left = MAX_COMPARISONS

    def report(
        self,
        place: Any,
        message: str,
        *,
        path: str | None = None,
        near: tuple[str, Iterable[str]] | None = None,
        related: Iterable[Related] = (),
        help: str | None = None,
        fix: Fix | None = None,
        reference: Reference | None = None,
        against: Element | None = None,
        confidence: Confidence | None = None,
        blame: str | None = None,
        severity: Severity | None = None,
    ) -> Diagnostic:
        """A diagnostic of the running rule.

        place    a Node, an Element (its key is shown), a Fault or a Span
        path     the file of `place`, where it is not the file of the element the rule runs on
        near     (written name, known names): adds "; did you mean 'x'?" where one is near; if the rule is
                 fixable and no other name is within reach, the fix writes that one
        against  the definition it contradicts: if it comes from the catalogue the message says so
        blame    the import (as written) that is to be changed, where the fault is not the file's own
        severity where an option makes it louder than the rule is
        """
        rule = self.rule
        span, found_path, found_reference = _place_of(place)
        if near is not None:
            near = (near[0], list(near[1]))
            best = self.nearest(*near)
            if best is not None:
                message = f"{message}; did you mean '{best}'?"
                if fix is None and rule.fixable is not None:
                    fix = self.respelling(path or found_path or self.path, span, *near)
        if against is not None and against.file.entry is not None and not against.file.is_own:
            message = f"{message} (checked against {against.file.entry.answered_by})"
        if reference is None:
            reference = found_reference or (rule.references[0] if rule.references else None)
        return Diagnostic(
            rule.code,
            rule.name,
            severity or rule.severity,
            rule.effect,
            message,
            path or found_path or self.path,
            span,
            tuple(related),
            fix,
            confidence or rule.confidence,
            reference,
            help,
            blame,
        )

    def nearest(self, name: str, known: Collection[str]) -> str | None:
        """The nearest name, while there are comparisons left: thousands of wrong names would take minutes."""
        self._comparisons_left -= len(known)
        return nearest(name, known) if self._comparisons_left >= 0 else None

    def respelling(self, path: str, span: Span, written: str, known: Iterable[str]) -> Fix | None:
        """The fix that writes the one known name that is within reach; None where there are more."""
        # only where something is wrong and can be mended
        from bplint.near import unique_near

        best = unique_near(written, known)
        return self.replacing(path, span, written, best) if best is not None else None

    def replacing(self, path: str, span: Span, written: str, meant: str) -> Fix | None:
        """The fix that writes one name for another; None where the text does not say it plainly."""
        # only where something is wrong and can be mended
        from bplint.edit import Applicability, Fix
        from bplint.syntax.rewrite import respell

        source = self.source(path)
        edit = respell(source, span, written, meant) if source is not None else None
        return Fix(f"write '{meant}'", Applicability.SAFE, (edit,)) if edit is not None else None

    def source(self, path: str) -> Source | None:
        """The text of one of the user's files that the blueprint is made of; None for any other, and for a
        file that nothing imports and that is no blueprint: its names may be right for what it is."""
        if self.blueprint is None:
            return None
        for file in self.blueprint.graph.files:
            document = file.document
            if file.is_own and document.path == path:
                is_other = document.kind is Kind.OTHER and file.entry is None
                return None if is_other else document.source
        return None

    def related(self, message: str, element: Element) -> list[Related]:
        """The definition of an element as a related place; nothing for the catalogue's, which has none."""
        if not element.file.is_own:
            return []
        return [Related(message, element.path, element.key.span)]


def _place_of(place: Any) -> tuple[Span, str | None, Reference | None]:
    if isinstance(place, Span):
        return place, None, None
    if isinstance(place, Fault):
        return place.span, place.path, place.reference
    if hasattr(place, "file"):
        return place.key.span, place.path, None
    return Span(place.start, place.end), None, None
