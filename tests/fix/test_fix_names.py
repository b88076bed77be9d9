"""Which names are slips of the keyboard, and how edits write YAML."""

# ruff: noqa: E501  tables of texts, one case a line

from __future__ import annotations

import pytest

from bplint.edit import Edit, apply_edits
from bplint.near import unique_near
from bplint.source import Source
from bplint.syntax.mapping import get_pair
from bplint.syntax.parser import parse
from bplint.syntax.rewrite import append_pair, prepend_pair, remove_pair, replace_pair
from bplint.syntax.tree import Node

NEAR = {
    "letter left out": ("cloudify.nodes.Compte", ["cloudify.nodes.Compute", "cloudify.nodes.Root"], 0),
    "letters exchanged": ("imgae", ["image", "images_url"], 0),
    "letter too many": ("imagee", ["image"], 0),
    "case": ("Image", ["image"], 0),
    "two of them": ("imag", ["image", "imago"], None),
    "digits differ": ("db1", ["db2"], None),
    "digits differ in a long name": ("backend_server_1", ["backend_server_2"], None),
    "digits stay": ("backend1_sever", ["backend1_server"], 0),
    "short parts differ": ("cloudify.nodes.DB", ["cloudify.nodes.VM"], None),
    "other word": ("port", ["host"], None),
    "two letters in a long name": ("configuratoin_flie", ["configuration_file"], 0),
    "two letters in a short one": ("hots_", ["host"], None),
    "nothing known": ("image", [], None),
}


@pytest.mark.parametrize("name", NEAR)
def test_unique_near(name: str) -> None:
    written, known, index = NEAR[name]
    assert unique_near(written, known) == (None if index is None else known[index])


def pair_of(root: Node, key: str) -> tuple[Node, Node]:
    pair = get_pair(root, key)
    assert pair is not None
    return pair


def append(source: Source, root: Node) -> Edit | None:
    return append_pair(source, pair_of(root, "m")[1], "new", {"x": "yes", "z": [1]})


def prepend(source: Source, root: Node) -> Edit | None:
    return prepend_pair(source, pair_of(root, "m")[1], "type", "string")


def remove_a(source: Source, root: Node) -> Edit | None:
    section = pair_of(root, "m")[1]
    return remove_pair(source, section, pair_of(section, "a")[0])


def replace_a(source: Source, root: Node) -> Edit | None:
    section = pair_of(root, "m")[1]
    return replace_pair(source, section, pair_of(section, "a")[0], {"b": {"c": 1}})


EDITS = {
    "append to a block": (append, "m:\n    a: 1\n", "m:\n    a: 1\n    new:\n        x: 'yes'\n        z:\n          - 1\n"),
    "append in double quotes": (append, 'm:\n  a: "1"\n', 'm:\n  a: "1"\n  new:\n    x: "yes"\n    z:\n      - 1\n'),
    "append with windows lines": (append, "m:\r\n  a: 1\r\n", "m:\r\n  a: 1\r\n  new:\r\n    x: 'yes'\r\n    z:\r\n      - 1\r\n"),
    "append to braces": (append, "m: {a: 1}\n", "m: {a: 1, new: {x: 'yes', z: [1]}}\n"),
    "append behind a block scalar": (append, "m:\n  a: |\n    b\n", None),
    "append to nothing": (append, "m: {}\n", None),
    "prepend to a block": (prepend, "m:  # c\n  a: 1\n", "m:  # c\n  type: string\n  a: 1\n"),
    "prepend to braces": (prepend, "m: { a: 1 }\n", "m: { type: string, a: 1 }\n"),
    "remove lines": (remove_a, "m:\n  # k\n  a:\n    x: 1\n  b: 2  # z\n", "m:\n  # k\n  b: 2  # z\n"),
    "remove the last lines": (remove_a, "m:\n  b: 2\n  a: [1,\n    2]\n# end\n", "m:\n  b: 2\n# end\n"),
    "remove all there is": (remove_a, "m:\n  a: 1\nn: 2\n", "m: {}\nn: 2\n"),
    "remove the first in braces": (remove_a, "m: {a: 1, b: 2}\n", "m: {b: 2}\n"),
    "remove the last in braces": (remove_a, "m: {b: 2, a: 1}\n", "m: {b: 2}\n"),
    "remove the only one in braces": (remove_a, "m: {a: 1}\n", "m: {}\n"),
    "replace in a block": (replace_a, "m:\n  a:\n    x: 1  # k\nn: 1\n", "m:\n  b:\n    c: 1  # k\nn: 1\n"),
    "replace in braces": (replace_a, "m: {a: 1, z: 2}\n", "m: {b: {c: 1}, z: 2}\n"),
    "replace what is shared": (replace_a, "m:\n  a: &x 1\n  z: *x\n", None),
    "replace what has comments": (replace_a, "m:\n  a:\n    # why\n    x: 1\n", None),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_edit(name: str) -> None:
    make, before, after = EDITS[name]
    source = Source("a.yaml", before)
    root = parse(source).root
    assert root is not None
    edit = make(source, root)
    assert (apply_edits(before, [edit]) if edit is not None else None) == after
