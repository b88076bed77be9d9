"""Questions of an editor about a place in a project's file, answered without terms of any protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.language import document_outline as outline
from bplint.language.catalog_text import CatalogText
from bplint.language.code_reader import CodeReader
from bplint.language.completion import Completion
from bplint.language.describe import DescribeContext, describe
from bplint.language.landing import landings_of, type_landings_of
from bplint.language.mention import MentionReader, call_around
from bplint.language.name_usage import RefusedRenameError, references_to, rename_edits, rename_target
from bplint.language.roles import FUNCTION, GIVEN, zone_of
from bplint.language.spot import spot_at
from bplint.language.typing_place import typing_place
from bplint.record import Record
from bplint.syntax.mapping import python_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.app.editor_project import Project
    from bplint.catalog.facts import Facts
    from bplint.edit import Edit
    from bplint.imports.graph import ImportedFile
    from bplint.language.describe import Explanation
    from bplint.language.document_outline import Symbol, Word
    from bplint.language.landing import Landing
    from bplint.language.mention import Mention
    from bplint.language.offers import Offer
    from bplint.language.spot import Spot
    from bplint.model.blueprint import Blueprint
    from bplint.span import Span


class Cursor(Record):
    """What stands at a place of a file, and the blueprint that it is seen in."""

    blueprint: Blueprint
    file: ImportedFile
    spot: Spot
    mention: Mention | None


class PlaceUsage(Record):
    """A place where something is named."""

    path: str
    span: Span
    is_definition: bool


class Completed(Record):
    """Offers, and the part of the text that they replace."""

    offers: list[Offer]
    start: int
    end: int


def cursor(project: Project, path: str, offset: int) -> Cursor | None:
    """What stands at an offset of a file, or None where the file is none of the language."""
    place = project.place(path)
    if place is None:
        return None
    blueprint, file = place
    root = file.document.root
    if root is None:
        return None
    spot = spot_at(root, offset)
    return Cursor(blueprint, file, spot, MentionReader(blueprint, file).mention(spot))


def _code(project: Project, blueprint: Blueprint) -> CodeReader:
    return CodeReader(blueprint, project.config, project.workspace.code)


def explain(
    project: Project, path: str, offset: int, inputs: Sequence[str] | None = None
) -> tuple[Explanation, Span] | None:
    """What is to be said of the text at an offset, and its place. `inputs` as given with -i, those of the
    configuration where None."""
    at = cursor(project, path, offset)
    if at is None or at.mention is None:
        return None
    given = project.config.inputs if inputs is None else inputs

    def value() -> str | None:
        # what makes deployments: only where a function is asked about
        from bplint.language.call_value import call_value

        around = call_around(at.spot)
        if around is None or around[2] < 1:
            return None
        node = at.spot.node_at(around[2] - 1)
        return call_value(node, at.spot, at.file, at.blueprint, given)

    context = DescribeContext(
        at.spot,
        path,
        _is_given(at),
        at.blueprint,
        project.workspace.resolver.catalog,
        _code(project, at.blueprint),
        value,
    )
    said = describe(at.mention, context)
    if said is None:
        return None
    around = call_around(at.spot)
    if around is not None and at.mention.role != FUNCTION:
        found = value()
        if found is not None:
            from bplint.language.describe import Statement

            statement = Statement(f"{around[0].function} gives", found)
            said = said._replace(statements=(*said.statements, statement))
    return said, at.mention.span


def _is_given(at: Cursor) -> bool:
    zone = zone_of(at.spot.path)
    return zone is not None and zone[0] == GIVEN and at.spot.is_key and call_around(at.spot) is None


def definitions(project: Project, path: str, offset: int) -> list[Landing]:
    """Where what is named at an offset is declared."""
    at = cursor(project, path, offset)
    if at is None or at.mention is None:
        return []
    return landings_of(at.mention, _code(project, at.blueprint))


def type_definitions(project: Project, path: str, offset: int) -> list[Landing]:
    """Where the type of what is named at an offset is declared."""
    at = cursor(project, path, offset)
    return [] if at is None or at.mention is None else type_landings_of(at.mention, at.blueprint)


def references(project: Project, path: str, offset: int, *, with_definition: bool = True) -> list[PlaceUsage]:
    """Every place of the project that names the same thing. For a Python file: the mappings that lead to
    the `def` in the line of the offset."""
    if path.endswith(".py"):
        return _mappings_to(project, path, offset)
    at = cursor(project, path, offset)
    if at is None or at.mention is None:
        return []
    found = references_to(at.mention, _blueprints_for(project, at))
    usages = [PlaceUsage(each.file.document.path, each.span, each.is_definition) for each in found]
    return [usage for usage in usages if with_definition or not usage.is_definition]


def _blueprints_for(project: Project, at: Cursor) -> list[Blueprint]:
    """The blueprints that may name a thing: those with the file that declares it; of a thing of the
    catalogue, all."""
    target = at.mention.target if at.mention is not None else None
    file = getattr(target, "file", None)
    if file is None or not file.is_own:
        return project.blueprints()
    return project.blueprints_with(file.document)


def _mappings_to(project: Project, path: str, offset: int) -> list[PlaceUsage]:
    source = project.source(path)
    if source is None:
        return []
    line = source.lines.position(offset)[0]
    found: dict[tuple[str, int], PlaceUsage] = {}
    for blueprint in project.blueprints():
        for yaml_path, node in _code(project, blueprint).mappings_to(path, line):
            found[yaml_path, node.start] = PlaceUsage(yaml_path, node.span, False)
    return list(found.values())


def highlights(project: Project, path: str, offset: int) -> list[PlaceUsage]:
    """As `references`, in the same file only."""
    at = cursor(project, path, offset)
    if at is None or at.mention is None:
        return []
    found = references_to(at.mention, [at.blueprint])
    return [
        PlaceUsage(path, each.span, each.is_definition)
        for each in found
        if each.file.document is at.file.document
    ]


def renamed_span(project: Project, path: str, offset: int) -> tuple[Span, str]:
    """The place of the name at an offset, and the name. Raises RefusedRenameError where it cannot be."""
    at = cursor(project, path, offset)
    mention = at.mention if at is not None else None
    element = rename_target(mention)
    assert mention is not None
    old = element.key.text or ""
    span = mention.span
    return span._replace(start=max(span.start, span.end - len(old))), old


def rename(project: Project, path: str, offset: int, new: str) -> list[Edit]:
    """The edits of a rename. Raises RefusedRenameError where it cannot be made everywhere."""
    at = cursor(project, path, offset)
    if at is None or at.mention is None:
        raise RefusedRenameError("nothing here can be renamed")
    return rename_edits(at.mention, new, _blueprints_for(project, at))


def complete(project: Project, path: str, offset: int) -> Completed | None:
    """What can be typed at an offset of a file's text."""
    place = project.place(path)
    if place is None:
        return None
    blueprint, file = place
    typing = typing_place(file.document.source.text, offset)
    if typing is None:
        return None
    completion = Completion(
        blueprint,
        file,
        project.workspace.resolver.catalog,
        lambda: _code(project, blueprint),
        _capabilities(project),
    )
    return Completed(completion.offers(typing), typing.start, typing.end)


def _capabilities(project: Project) -> dict[str, object]:
    """Capabilities that the main files of the project declare, with their values as Python."""
    found: dict[str, object] = {}
    for graph in project.workspace.graphs():
        for capability in project.workspace.inspected(graph).blueprint.capabilities.own():
            found[capability.name] = python_of(capability.value) if capability.value is not None else None
    return found


def import_edit(project: Project, path: str, location: str) -> tuple[int, str] | None:
    """Where an import is added to a file, and the text to insert."""
    document = project.document(path)
    if document is None:
        return None
    text = document.source.text
    pair = document.sections.get("imports")
    if pair is None:
        version = document.version_node
        offset = text.find("\n", version.end) + 1 if version is not None else 0
        return offset, f"\nimports:\n  - {location}\n"
    items = pair[1].items or []
    if pair[1].style == "{" or not items:
        return None
    last = items[-1]
    last_start = last.items[0][0].start if isinstance(last.items, list) and last.kind == 1 else last.start
    line_start = text.rfind("\n", 0, last_start) + 1
    indent = text[line_start:last_start]
    end = text.find("\n", last.end)
    if end < 0:
        return len(text), f"\n{indent}{location}"
    return end + 1, f"{indent}{location}\n"


def symbols(project: Project, path: str) -> list[Symbol]:
    """The outline of a file."""
    document = project.document(path)
    return [] if document is None else outline.symbols_of(document)


def all_symbols(project: Project, query: str) -> list[tuple[str, Symbol]]:
    """Elements of the project's files whose name holds a text, with their files."""
    wanted = query.lower()
    found: list[tuple[str, Symbol]] = []
    seen: set[str] = set()
    project.lint()
    for graph in project.workspace.graphs():
        for file in graph.files:
            if not file.is_own or file.document.path in seen:
                continue
            seen.add(file.document.path)
            for section in outline.symbols_of(file.document):
                hits = [symbol for symbol in section.children if wanted in symbol.name.lower()]
                found += [(file.document.path, symbol) for symbol in hits]
    return found


def folds(project: Project, path: str) -> list[Span]:
    """What can be folded in a file."""
    document = project.document(path)
    return [] if document is None else outline.folds_of(document)


def selections(project: Project, path: str, offset: int) -> list[Span]:
    """Ever larger blocks around an offset."""
    document = project.document(path)
    return [] if document is None else outline.selections_at(document, offset)


def links(project: Project, path: str) -> list[tuple[Span, Landing]]:
    """Imports and scripts of a file, with what they lead to."""
    place = project.place(path)
    return [] if place is None else list(outline.links_of(*place, _code(project, place[0])))


def hints(project: Project, path: str) -> list[tuple[int, str]]:
    """Inherited defaults, each with the offset to show it at."""
    place = project.place(path)
    return [] if place is None else list(outline.hints_of(*place))


def words(project: Project, path: str) -> list[Word]:
    """The words of a file that name something."""
    place = project.place(path)
    return [] if place is None else list(outline.words_of(*place))


def lenses(project: Project, path: str) -> list[tuple[Span, str, str]]:
    """Workflows that a file declares: place, name, and what an execution is made of, in words."""
    place = project.place(path)
    if place is None:
        return []
    blueprint, file = place
    counts = _counts(blueprint)
    found = []
    templates = file.document.sections.get("node_templates")
    if templates is not None and blueprint.workflows.item("install") is not None:
        found.append((templates[0].span, "install", counts))
    own = [each for each in blueprint.workflows.own() if each.file.document is file.document]
    return found + [(workflow.key.span, workflow.name, counts) for workflow in own]


def _counts(blueprint: Blueprint) -> str:
    """Numbers of node instances and of operations that have an implementation, in words."""
    # what makes deployments: only where lenses are asked for
    from bplint.deployment.given_inputs import GivenInputs, prepare
    from bplint.deployment.instances import make_instances
    from bplint.deployment.plain_nodes import build_nodes
    from bplint.deployment.planned import TooLargeError

    operations = sum(
        not operation.is_no_op
        for template in blueprint.node_templates.own()
        for interface in template.interfaces.values()
        for operation in interface.values()
    )
    try:
        planned, _ = prepare(blueprint, GivenInputs())
        instances = make_instances(build_nodes(planned)) if planned is not None else None
    except TooLargeError:
        instances = None
    if instances is None or instances.refusal is not None:
        return f"{operations} operations"
    number = sum("node_id" in row for row in instances.rows)
    return f"{number} instances, {operations} operations"


def catalog_text(facts: Facts) -> CatalogText:
    """A file of the catalogue as a text."""
    return CatalogText(facts)


__all__ = [
    "Completed",
    "Cursor",
    "PlaceUsage",
    "RefusedRenameError",
    "all_symbols",
    "catalog_text",
    "complete",
    "cursor",
    "definitions",
    "explain",
    "folds",
    "highlights",
    "hints",
    "import_edit",
    "lenses",
    "links",
    "references",
    "rename",
    "renamed_span",
    "selections",
    "symbols",
    "type_definitions",
    "words",
]
