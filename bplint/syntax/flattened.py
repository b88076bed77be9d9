"""Parameters whose name lines got lost: `description` and `default` where names belong.

People paste the parameters of inputs and workflows from web pages, and either the names or their
indentation stay behind. Without this look the user gets a pile of repeated keys and wrong shapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.later import later
from bplint.span import Span
from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import text_of, value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.syntax import yaml_faults as kinds
    from bplint.syntax.checks import SyntaxFindings
    from bplint.syntax.tree import Node
    from bplint.syntax.tree_builder import Tree
else:
    kinds = later("bplint.syntax.yaml_faults")

# sections whose items declare parameters, and the key under which they do (None: the section itself)
_SECTIONS: Final = (
    ("inputs", None),
    ("workflows", "parameters"),
    ("node_types", "properties"),
    ("relationships", "properties"),
    ("data_types", "properties"),
)
_SCHEMA_KEYS: Final = frozenset(
    ("description", "default", "type", "required", "constraints", "item_type", "display_label", "hidden")
)


def check_flattened(root: Node, findings: SyntaxFindings) -> None:
    """One fault for every block of parameters that lost its names; its repeated keys are not told."""
    for owner, block in _blocks(root):
        misplaced = _misplaced(block)
        if not misplaced:
            continue
        spans = [Span(key.start, max(key.end, value.end)) for key, value in misplaced]
        whole = Span(spans[0].start, spans[-1].end)
        _forget_duplicates(whole, findings)
        nameless = next((key for key, value in misplaced if deref(key).text not in _SCHEMA_KEYS), None)
        first = next(key for key, _ in misplaced if deref(key).text in _SCHEMA_KEYS)
        findings.add(
            kinds.FlattenedMapping,
            first.span,
            owner=owner,
            keys=sorted({str(deref(key).text) for key, _ in misplaced if deref(key).text in _SCHEMA_KEYS}),
            name=None if nameless is None else deref(nameless).text,
            name_span=None if nameless is None else nameless.span,
        )
        findings.holes.append((block.start, block.end))
        keys = {id(key) for key, _ in misplaced}
        block.items = [pair for pair in block.items or () if id(pair[0]) not in keys]
        block.value = None


def check_lost_names(tree: Tree, findings: SyntaxFindings) -> None:
    """One fault for a parameter whose description and default are followed by those of another."""
    for node, name in tree.unusual:
        seen: dict[str, Node] = {}
        repeated: list[tuple[Node, Node]] = []
        for key, _ in node.items or ():
            text = text_of(key)
            if text not in _SCHEMA_KEYS:
                break
            if text in seen:
                repeated.append((key, seen[text]))
            else:
                seen[text] = key
        else:
            if len(repeated) > 1:
                _add_lost_name(node, name, repeated, findings)


def _add_lost_name(
    node: Node, name: Node | None, repeated: list[tuple[Node, Node]], findings: SyntaxFindings
) -> None:
    _forget_duplicates(node.span, findings)
    findings.add(
        kinds.LostParameterName,
        repeated[0][0].span,
        name=name.text if name is not None and name.kind == SCALAR else None,
        keys=sorted({str(deref(key).text) for key, _ in repeated}),
        first=repeated[0][1].span,
    )


def _forget_duplicates(whole: Span, findings: SyntaxFindings) -> None:
    repetitions = (kinds.DuplicateKey, kinds.RepeatedKey, kinds.LostKey, kinds.LostParameterName)
    findings.faults[:] = [
        fault
        for fault in findings.faults
        if not isinstance(fault, repetitions) or not whole.start <= fault.span.start < whole.end
    ]


def _blocks(root: Node) -> Iterator[tuple[str, Node]]:
    sections = as_dict(root)
    for section, inner in _SECTIONS:
        if section not in sections:
            continue
        found = deref(sections[section][1])
        if inner is None:
            yield section, found
            continue
        for _, value in found.items or () if found.kind == MAPPING else ():
            item = deref(value)
            if item.kind == MAPPING:
                pair = as_dict(item).get(inner)
                if pair is not None:
                    yield inner, deref(pair[1])


def _misplaced(block: Node) -> list[tuple[Node, Node]]:
    """The pairs that belong to parameters without name, with the names that stand empty above them.

    A single one is left to the structure check: it may as well be an input without schema.
    """
    if block.kind != MAPPING:
        return []
    found: list[tuple[Node, Node]] = []
    empty: tuple[Node, Node] | None = None
    schema_keys = 0
    for key, value in block.items or ():
        target = deref(value)
        is_null = target.kind == SCALAR and value_of(target) is None
        if text_of(key) in _SCHEMA_KEYS and target.kind != MAPPING and not is_null:
            if empty is not None:
                found.append(empty)
                empty = None
            found.append((key, value))
            schema_keys += 1
        elif is_null:
            empty = (key, value)
        else:
            empty = None
    return found if schema_keys > 1 else []
