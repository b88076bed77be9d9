"""Mappings that were probably meant as a function call and are plain data to the reference parser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.dsl.functions import FUNCTIONS, Call, argument_fault, call_of
from bplint.later import later
from bplint.near import nearest
from bplint.syntax.mapping import deref, is_null, pairs
from bplint.syntax.tree import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from bplint.checks.functions import function_faults as kinds
    from bplint.fault import Fault
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.functions.function_faults")

# names that are also everyday words: only a list with a call in it makes them a call
_WORDS: Final = frozenset(("concat", "merge"))


def likeness_fault(path: str, key: Node, node: Node, near: dict[str, str | None]) -> Fault | None:
    """The fault of a mapping in file `path` that looks like a call because of `key`, or None.

    `near` remembers which function a name is near to.
    """
    name = key.text or ""
    written = pairs(node)
    argument = next((deref(value) for other, value in written if other is key), None)
    if argument is None:
        return None
    others = [other.text for other, _ in written if other is not key and other.text != "type"]
    if name in FUNCTIONS:
        # `get_input:` with nothing behind it and its argument as the next key is no data either
        is_empty = is_null(argument) and "_" in name
        if others and (is_empty or _fits(name, node, key, argument)):
            return kinds.FunctionWithNeighbours(path, key.span, function=name, neighbours=others)
        return None
    if others or len(written) > 2:
        return None
    if name not in near:
        near[name] = nearest(name, FUNCTIONS)
    function = near[name]
    if function is None or not _fits(function, node, key, argument):
        return None
    return kinds.MisspeltFunction(path, key.span, name=name, function=function)


def _fits(function: str, node: Node, key: Node, argument: Node) -> bool:
    if argument_fault(Call(function, node, key, argument, None)) is not None:
        return False
    if function in _WORDS:
        return any(call_of(item) for item in argument.items or ())
    # `getinput: x` may be data; with a list or a call it is not
    return "_" in (key.text or "") or argument.kind in (MAPPING, SEQUENCE)
