"""Who uses what: references, and the edits of a rename."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.document import FactsDocument
from bplint.edit import Edit
from bplint.imports.spec import scheme_of
from bplint.language import roles
from bplint.language.catalog_text import catalog_path, is_of_catalog
from bplint.language.walk_mentions import mentions_of
from bplint.model.elements import Element, Operation, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.language.mention import Mention
    from bplint.model.blueprint import Blueprint

RENAMED: Final = frozenset(
    (roles.INPUT, roles.NODE_TEMPLATE, roles.NODE_TYPE, roles.RELATIONSHIP_TYPE, roles.DATA_TYPE, roles.GROUP,
     roles.WORKFLOW, roles.CAPABILITY, roles.OUTPUT, roles.POLICY, roles.POLICY_TYPE, roles.POLICY_TRIGGER)
)  # fmt: skip
_LEGAL: Final = r"[A-Za-z_][\w.\-]*"
# what a file that cannot be read cannot use: plugins know nothing of who imports them, blueprints neither
_CLOSED: Final = frozenset(("plugin", "blueprint"))


class RefusedRenameError(Exception):
    """A rename that is not made; the message says why."""


def identity_of(mention: Mention) -> object:
    """What is equal for all mentions of one thing; None for what is nothing that can be told apart."""
    target = mention.target
    if mention.role == roles.RUN_TIME_NODE:
        return None  # it names a node by where it stands
    if isinstance(target, Operation):
        while target.overridden is not None:
            target = target.overridden
    if isinstance(target, Target):
        return ("code", target.text) if target.text else None
    if isinstance(target, Element):
        if not is_of_catalog(target):
            return ("own", id(target.key), mention.role == roles.INTERFACE and mention.text)
        document = target.file.document
        assert isinstance(document, FactsDocument)
        return (document.facts.label, catalog_path(target), mention.role == roles.INTERFACE and mention.text)
    if mention.role in (roles.SECRET, roles.FOREIGN_CAPABILITY):
        return (mention.role, mention.text)
    return None


def references_to(mention: Mention, blueprints: Iterable[Blueprint]) -> Iterator[Mention]:
    """Every mention of the same thing, declarations included, each place once."""
    wanted = identity_of(mention)
    if wanted is None:
        return
    seen: set[tuple[str, int]] = set()
    for blueprint in blueprints:
        for file in blueprint.graph.files:
            if not file.is_own:
                continue
            for found in mentions_of(blueprint, file):
                place = (file.document.path, found.node.start)
                if place not in seen and identity_of(found) == wanted:
                    seen.add(place)
                    yield found


def rename_target(mention: Mention | None) -> Element:
    """The element that is renamed. Raises RefusedRenameError where there is none."""
    if mention is None or mention.role not in RENAMED:
        raise RefusedRenameError("nothing here can be renamed")
    target = mention.target
    if not isinstance(target, Element):
        raise RefusedRenameError(f"where '{mention.text}' is declared is not known")
    if is_of_catalog(target):
        raise RefusedRenameError(f"'{mention.text}' is declared in the catalogue, which cannot be changed")
    return target


def rename_edits(mention: Mention, new: str, blueprints: list[Blueprint]) -> list[Edit]:
    """The edits that give an element another name in all files of the workspace. `blueprints` are those
    with the file that declares it. Raises RefusedRenameError where the name cannot be changed everywhere."""
    element = rename_target(mention)
    if not re.fullmatch(_LEGAL, new):
        raise RefusedRenameError(f"'{new}' is no name that can stand there without quotes")
    old = element.key.text or ""
    if new == old:
        return []
    section = mention.role
    for blueprint in blueprints:
        _check(blueprint, section, element, new)
    edits = []
    for found in references_to(mention, blueprints):
        if not found.text.endswith(old):
            raise RefusedRenameError(
                f"'{found.text}' in {found.file.document.path} is written in another way"
            )
        span = found.span
        if found.file.document.source.text[span.start : span.end] != found.text:
            raise RefusedRenameError(f"'{found.text}' in {found.file.document.path} is written with escapes")
        edits.append(Edit(found.file.document.path, span._replace(start=span.end - len(old)), new))
    return edits


def _check(blueprint: Blueprint, section: str, element: Element, new: str) -> None:
    full = element.name[: len(element.name) - len(element.key.text or "")] + new
    taken = getattr(blueprint, section).item(full)
    if taken is not None:
        raise RefusedRenameError(f"there is '{new}' already, in {taken.file.document.path}")
    for entry in blueprint.graph.entries:
        if entry.status not in ("read", "seen") and scheme_of(entry.location) not in _CLOSED:
            raise RefusedRenameError(f"import '{entry.text}' cannot be read and may use the name")
    for file in blueprint.graph.files:
        if file.is_own and file.document.holes:
            raise RefusedRenameError(f"a part of {file.document.path} cannot be read and may use the name")
