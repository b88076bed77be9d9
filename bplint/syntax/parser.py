"""Text to tree: libyaml's events, and PyYAML's own parser where it has the last word."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.later import later
from bplint.regex import lazy_pattern
from bplint.source import without_illegal
from bplint.span import Span
from bplint.syntax.checks import SyntaxFindings, check_tree
from bplint.syntax.flattened import check_flattened, check_lost_names
from bplint.syntax.parser_events import Loader, Unparsable
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR, Node, walk
from bplint.syntax.tree_builder import MAX_DEPTH, MAX_NODES, LimitError, Tree

if TYPE_CHECKING:
    from bplint.fault import Fault
    from bplint.source import Source
    from bplint.syntax import yaml_faults as kinds
else:
    kinds = later("bplint.syntax.yaml_faults")


_ANCHOR: Final = lazy_pattern(r"&([-\w]+)")
# the `#` first: searching for a fixed character is twenty times as fast
_TIGHT_COMMENT: Final = lazy_pattern(r"#(?<=[|>+\-1-9]#)")
# a colon that touches what libyaml takes for a part of the same word, and what libyaml says of it
_CROWDED: Final = frozenset(":" + character for character in ",[]{}")
_CROWDED_COLON: Final = "found unexpected ':'"


class Parsed:
    """What parsing a source gives.

    root    None where nothing of the tree could be kept, or the file holds nothing
    holes   spans of what was set aside: what depends on them is UNKNOWN. Sorted.
    """

    __slots__ = ("faults", "holes", "root", "source")

    def __init__(self, source: Source, root: Node | None, faults: list[Fault]) -> None:
        self.source = source
        self.root = root
        self.faults = faults
        self.holes: list[tuple[int, int]] = []


def parse(source: Source) -> Parsed:
    """The tree of a source, with all faults of its syntax. Never raises on what a text can hold."""
    was_enabled = gc.isenabled()
    gc.disable()  # nodes are never garbage while a tree grows; the collector would only look at them
    try:
        return _parse(source)
    finally:
        if was_enabled:
            gc.enable()


def _parse(source: Source) -> Parsed:
    text = without_illegal(source.text)
    findings = SyntaxFindings(source)
    loader = Loader()
    tree = Tree()
    try:
        failure = loader.load(text, tree)
        if failure is not None:
            tree = _recover(source, text, loader, failure, findings)
        if _may_differ(text):
            # what only libyaml accepts: needed for few texts
            from bplint.syntax.differences import check_differences

            check_differences(tree, source, loader, findings)
    except LimitError as error:
        _add_limit(error, text, findings)
        tree = Tree()
    root = tree.root
    if root is not None:
        check_tree(tree, text, findings, is_latin=source.encoding == "latin-1")
        check_lost_names(tree, findings)
        root = _checked_root(root, findings)
    if root is None and not findings.faults:
        reference = Reference("DSLParsingFormatException", 1) if tree.root is not None else None
        findings.add(kinds.EmptyFile, Span(0, 0), reference=reference)
    if loader.is_crowded:
        _add_crowded(root, text, findings)
    findings.faults.sort(key=lambda fault: (fault.span, fault.rule))
    source.root = root
    parsed = Parsed(source, root, findings.faults)
    parsed.holes = sorted(findings.holes)
    return parsed


def _may_differ(text: str) -> bool:
    """Whether a text has anything that libyaml may take and PyYAML refuse (see `differences.py`)."""
    return "\t" in text or _may_hold_mark(text) or ("#" in text and _TIGHT_COMMENT.search(text) is not None)


def _may_hold_mark(text: str) -> bool:
    """Whether a '?' stands behind a bracket: those of the import entries on top of a file do not."""
    last = text.rfind("?")
    return last >= 0 and (text.find("[", 0, last) >= 0 or text.find("{", 0, last) >= 0)


def _recover(
    source: Source, text: str, loader: Loader, failure: Unparsable, findings: SyntaxFindings
) -> Tree:
    # only for texts that do not parse
    from bplint.syntax.explain import explain, settle_error
    from bplint.syntax.recover import Broken, Recovery

    recovery = Recovery(text, loader, failure)
    recovery.run()
    if recovery.tree.root is None or (not recovery.broken and not loader.is_crowded):
        # libyaml takes the parts and not the whole: what stands between them is wrong, or PyYAML takes it;
        # or it is nothing that can be cut, such as one mapping in braces
        tree = Tree()
        verdict = loader.load_pure(text, tree) if loader.can_afford(len(text)) else failure
        if verdict is None:
            loader.is_crowded = True
            return tree
        if not recovery.broken:
            place = Span(verdict.offset, verdict.offset)
            recovery.broken.append(Broken(place, verdict, "", (), verdict.offset))
    for broken in recovery.broken:
        explain(broken, source, findings)
    if _CROWDED_COLON in failure.problem and loader.can_afford(len(text)):
        failure = loader.load_pure(text, Tree()) or failure  # what PyYAML ends in lies behind this colon
    settle_error(failure, findings)
    findings.holes.extend(recovery.holes)
    tree = recovery.tree
    # an anchor may stand in a block that was set aside
    anchors = set(_ANCHOR.findall(text)) if tree.undefined else ()
    tree.undefined = [alias for alias in tree.undefined if alias.anchor not in anchors]
    return tree


def _add_limit(error: LimitError, text: str, findings: SyntaxFindings) -> None:
    limit = MAX_DEPTH if error.kind is kinds.NestingTooDeep else MAX_NODES
    start = min(error.offset, len(text))
    findings.add(error.kind, Span(start, min(start + 1, len(text))), limit=limit)
    findings.holes.append((0, len(text)))


def _checked_root(root: Node, findings: SyntaxFindings) -> Node | None:
    if root.kind == MAPPING:
        check_flattened(root, findings)
        return root
    if root.kind == SCALAR and value_of(root) is None and not root.text:
        return None
    findings.add(kinds.NonMappingRoot, root.span, node=root)
    return root


def _add_crowded(root: Node | None, text: str, findings: SyntaxFindings) -> None:
    """`{key:[value]}`: PyYAML takes it, and libyaml with most other parsers refuses it."""
    for node in walk(root) if root is not None else ():
        if node.kind != MAPPING or not node.style:
            continue
        for key, _ in node.items or ():
            end = key.end
            if key.kind == SCALAR and not key.style and text[end : end + 2] in _CROWDED:
                findings.add(kinds.CrowdedSyntax, Span(key.start, end + 2), insert=end + 1)
