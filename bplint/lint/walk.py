"""One walk over a blueprint; rules subscribe to kinds of elements and to kinds of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Diagnostic, Effect, Severity
from bplint.document import Document
from bplint.fault import Fault
from bplint.model.blueprint import Blueprint
from bplint.model.elements import (
    Capability,
    DataType,
    Group,
    Input,
    Label,
    NodeTemplate,
    NodeType,
    Operation,
    Output,
    Parameter,
    Plugin,
    Policy,
    PolicyTrigger,
    PolicyType,
    Relationship,
    RelationshipType,
    SchemaProperty,
    Type,
    Workflow,
)
from bplint.model.interfaces import written_operations
from bplint.rules.context import Context
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.lint.select import Selection
    from bplint.model.elements import Element
    from bplint.model.interfaces import Interfaces
    from bplint.rules.rule import Rule


# what rules can be on beside kinds of faults
WALKED: Final = (
    Blueprint,
    Document,
    Input,
    DataType,
    NodeType,
    RelationshipType,
    SchemaProperty,
    Plugin,
    Workflow,
    Parameter,
    PolicyType,
    PolicyTrigger,
    NodeTemplate,
    Relationship,
    Operation,
    Group,
    Policy,
    Output,
    Capability,
    Label,
)


def walk(blueprint: Blueprint, rules: Iterable[Rule]) -> list[Diagnostic]:
    """Diagnostics of the given rules on a blueprint and on the documents and elements of the user's files:
    those of WALKED."""
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
            for part in (element, *_parts_of(element)):
                if type(part) in kinds:
                    yield part, part.path


def _parts_of(element: Element) -> Iterator[Element]:
    """The elements that an element writes itself: properties, parameters, operations, relationships."""
    if isinstance(element, (Type, PolicyType)):
        yield from (entry for entry in element.properties.values() if entry.owner is element)
    if isinstance(element, NodeType):
        yield from _operations(element.own_interfaces)
    elif isinstance(element, RelationshipType):
        yield from _operations(element.own_source_interfaces)
        yield from _operations(element.own_target_interfaces)
    elif isinstance(element, Workflow):
        yield from element.parameters.values()
    elif isinstance(element, NodeTemplate):
        if element.interfaces_node is not None:
            written = written_operations(element.interfaces, element.interfaces_node)
            yield from (operation for operation in written if operation.declared_by is element)
        for relationship in element.relationships:
            yield relationship
            for merged in (relationship.source_interfaces, relationship.target_interfaces):
                yield from (each for each in _operations(merged) if each.declared_by is relationship)


def _operations(interfaces: Interfaces) -> Iterator[Operation]:
    for operations in interfaces.values():
        yield from operations.values()


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
