"""What the engines find; a rule of the same name puts it into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bplint.diagnostic import Reference
    from bplint.span import Span


class Fault:
    """A fault found by a lower layer (parser, imports, structure check, model).

    `kind` is the name of the rule that words it, such as `unknown-key`. `details` are that rule's
    arguments. `reference` overrides the rule's own where one rule covers several codes.
    """

    __slots__ = ("details", "kind", "path", "reference", "span")

    def __init__(
        self,
        kind: str,
        path: str,
        span: Span,
        reference: Reference | None = None,
        **details: Any,
    ) -> None:
        self.kind = kind
        self.path = path
        self.span = span
        self.reference = reference
        self.details = details

    def __repr__(self) -> str:
        return f"Fault({self.kind!r}, {self.path!r}, {tuple(self.span)}, {self.details})"
