"""The intrinsic functions as data, and what counts as a call of one.

Facts from dsl_parser (functions.py, utils.py): a mapping is a call if it has one key and that is a known
name, or two keys of which the other is `type`. Everything else is plain data, silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.dsl.versions import V1_0, V1_1, V1_3
from bplint.syntax.mapping import deref, pairs
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bplint.dsl.versions import Version
    from bplint.syntax.tree import Node

AT_PLAN: Final = "plan"  # evaluated when the deployment is made
AT_RUN: Final = "run"  # evaluated when an operation, an output or a capability asks for it

SELF: Final = "SELF"
SOURCE: Final = "SOURCE"
TARGET: Final = "TARGET"
SCOPED: Final = frozenset((SELF, SOURCE, TARGET))

VALUE_ERROR: Final = "ValueError"
NOT_VALID: Final = "FunctionValidationError"


class IntrinsicFunction:
    """A function of the language.

    arguments  what it wants, for messages
    since      the version that the parser asks for (V1_0 where it asks for none)
    at         AT_PLAN or AT_RUN
    """

    __slots__ = ("arguments", "at", "name", "since")

    def __init__(self, name: str, at: str, arguments: str, since: Version = V1_0) -> None:
        self.name = name
        self.at = at
        self.arguments = arguments
        self.since = since


FUNCTIONS: Final[dict[str, IntrinsicFunction]] = {
    entry.name: entry
    for entry in (
        IntrinsicFunction(
            "get_input", AT_PLAN, "an input's name, or a list of the name and a path into its value"
        ),
        IntrinsicFunction("get_property", AT_PLAN, "a list of a node and the path of a property"),
        IntrinsicFunction("get_attribute", AT_RUN, "a list of a node and the path of an attribute"),
        IntrinsicFunction("get_attributes_list", AT_RUN, "a list of a node and the path of an attribute"),
        IntrinsicFunction(
            "get_attributes_dict", AT_RUN, "a list of a node and the names or paths of attributes"
        ),
        IntrinsicFunction(
            "get_secret", AT_RUN, "a secret's name, or a list of the name and a path into its value"
        ),
        IntrinsicFunction("get_capability", AT_RUN, "a list of a deployment and the path of a capability"),
        IntrinsicFunction(
            "get_group_capability", AT_RUN, "a list of a deployment group and the path of a capability"
        ),
        IntrinsicFunction(
            "get_environment_capability", AT_RUN, "a capability's name, or a list of the name and a path"
        ),
        IntrinsicFunction(
            "get_label", AT_RUN, "a label's key, or a list of the key and the index of a value"
        ),
        IntrinsicFunction("get_sys", AT_RUN, "a list of an entity and a property, such as [deployment, id]"),
        IntrinsicFunction("get_consumers", AT_RUN, "one of 'ids', 'names' and 'count'"),
        IntrinsicFunction("concat", AT_PLAN, "a list", V1_1),
        IntrinsicFunction("merge", AT_PLAN, "a list of mappings", V1_3),
        IntrinsicFunction("string_find", AT_PLAN, "a list of a text and what to find in it"),
        IntrinsicFunction(
            "string_replace", AT_PLAN, "a list of a text, what to replace, by what, and how often"
        ),
        IntrinsicFunction("string_split", AT_PLAN, "a list of a text, a separator, and the index of a part"),
        IntrinsicFunction("string_lower", AT_PLAN, "a string or a function"),
        IntrinsicFunction("string_upper", AT_PLAN, "a string or a function"),
    )
}

# functions whose first argument is the name of a node template
NODE_FUNCTIONS: Final = frozenset(
    ("get_property", "get_attribute", "get_attributes_list", "get_attributes_dict")
)

SYS_PROPERTIES: Final[dict[str, tuple[str, ...]]] = {
    "tenant": ("name",),
    "deployment": ("id", "name", "blueprint", "owner"),
}
CONSUMERS: Final = ("ids", "names", "count")


class Call:
    """A function call: `node` the mapping, `key` the node of the name, `argument` that of the argument
    (aliases followed), `return_type` that of the value of `type` or None."""

    __slots__ = ("argument", "function", "key", "node", "return_type")

    def __init__(
        self, function: str, node: Node, key: Node, argument: Node, return_type: Node | None
    ) -> None:
        self.function = function
        self.node = node
        self.key = key
        self.argument = argument
        self.return_type = return_type

    @property
    def items(self) -> list[Node]:
        """The items of a list argument, aliases followed; else the argument alone."""
        if self.argument.kind == SEQUENCE:
            return [item if item.kind != ALIAS else deref(item) for item in self.argument.items or ()]
        return [self.argument]


def call_of(node: Node) -> Call | None:
    """The call that a node is, or None where it is plain data."""
    if node.kind == SCALAR:
        return None
    node = deref(node)
    if node.kind != MAPPING or not node.items:
        return None
    if len(node.items) == 1:
        key, value = node.items[0]
        if key.text in FUNCTIONS and key.tag is None:  # nearly every call: one key, nothing to merge
            return Call(key.text, node, key, deref(value), None)
    for key, _ in node.items:
        text = key.text
        if text in FUNCTIONS or text == "<<" or key.kind != SCALAR:
            return _call_of_pairs(node)
    return None


def _call_of_pairs(node: Node) -> Call | None:
    effective = pairs(node)
    if not 0 < len(effective) < 3:
        return None
    found: tuple[Node, Node] | None = None
    return_type: Node | None = None
    for key, value in effective:
        name = value_of(deref(key)) if deref(key).kind == SCALAR else None
        if name == "type":
            return_type = deref(value)
        elif isinstance(name, str) and name in FUNCTIONS:
            found = (key, value)
        else:
            return None
    if found is None:
        return None
    return Call(str(value_of(deref(found[0]))), node, found[0], deref(found[1]), return_type)


class BadArgument:
    """What is wrong with an argument: `node` its place, `wanted` what it should be instead, `exception`
    what dsl_parser raises."""

    __slots__ = ("exception", "node", "wanted")

    def __init__(self, node: Node, wanted: str, exception: str) -> None:
        self.node = node
        self.wanted = wanted
        self.exception = exception


def argument_fault(call: Call) -> BadArgument | None:
    """The first fault that the function's constructor finds in its argument."""
    return _CHECKS[call.function](call)


def scalar_of(node: Node) -> object:
    """The Python value of a scalar; None for a collection as well."""
    return value_of(node) if node.kind == SCALAR else None


def is_item(node: Node) -> bool:
    """Whether a node may stand in a path: a text, an integer (a boolean is one), or a function."""
    if node.kind == SCALAR:
        return isinstance(value_of(node), (str, int))
    return call_of(node) is not None


def _whole(call: Call, exception: str) -> BadArgument:
    return BadArgument(call.argument, FUNCTIONS[call.function].arguments, exception)


def _bad_item(items: Sequence[Node], exception: str) -> BadArgument | None:
    for item in items:
        if not is_item(item):
            return BadArgument(item, "a string, an integer or a function", exception)
    return None


def _is_list(call: Call, least: int, most: int | None = None) -> bool:
    if call.argument.kind != SEQUENCE:
        return False
    size = len(call.argument.items or ())
    return size >= least and (most is None or size <= most)


def _path(call: Call) -> BadArgument | None:
    if not _is_list(call, 2):
        return _whole(call, VALUE_ERROR)
    return _bad_item(call.items, VALUE_ERROR)


def _input(call: Call) -> BadArgument | None:
    if isinstance(scalar_of(call.argument), str) or call_of(call.argument):
        return None
    if not _is_list(call, 1):
        return _whole(call, VALUE_ERROR)
    return _bad_item(call.items, VALUE_ERROR)


def _attributes_dict(call: Call) -> BadArgument | None:
    argument = call.argument
    if argument.kind == MAPPING:
        return _whole(call, "KeyError")
    if argument.kind != SEQUENCE:
        return _whole(call, "IndexError" if scalar_of(argument) == "" else "TypeError")
    items = call.items
    if not items:
        return _whole(call, "IndexError")
    paths = [_path_items(item) for item in items[1:]]
    for item, path in zip(items[1:], paths, strict=True):
        if not path:
            return BadArgument(item, "a name or a path", VALUE_ERROR)
        found = _bad_item([items[0], *path], VALUE_ERROR)
        if found:
            return found
    for path in paths:
        for part in path:
            # the parts are joined with dots: an integer or a function ends in a TypeError
            if not isinstance(scalar_of(part), str):
                return BadArgument(part, "a string", "TypeError")
    return None


def _path_items(item: Node) -> list[Node]:
    return [deref(part) for part in item.items or ()] if item.kind == SEQUENCE else [item]


def _secret(call: Call) -> BadArgument | None:
    if isinstance(scalar_of(call.argument), str) or call_of(call.argument) or _is_list(call, 2):
        return None
    return _whole(call, NOT_VALID)


def _group_capability(call: Call) -> BadArgument | None:
    if not _is_list(call, 2):
        return _whole(call, VALUE_ERROR)
    items = call.items
    return _bad_item([item for n, item in enumerate(items) if n != 1 or item.kind != SEQUENCE], VALUE_ERROR)


def _environment_capability(call: Call) -> BadArgument | None:
    if isinstance(scalar_of(call.argument), str):
        return None
    if not _is_list(call, 2):
        return _whole(call, NOT_VALID)
    return _bad_item(call.items, VALUE_ERROR)


def _label(call: Call) -> BadArgument | None:
    if isinstance(scalar_of(call.argument), str) or call_of(call.argument):
        return None
    if not _is_list(call, 2, 2):
        return _whole(call, NOT_VALID)
    key, index = call.items
    if not (isinstance(scalar_of(key), str) or call_of(key)):
        return BadArgument(key, "a string or a function", NOT_VALID)
    value = scalar_of(index)
    if isinstance(value, int) or (isinstance(value, str) and value.isdigit()):
        return None
    return BadArgument(index, "an integer", NOT_VALID if isinstance(value, str) else "AttributeError")


def _consumers(call: Call) -> BadArgument | None:
    return None if scalar_of(call.argument) in CONSUMERS else _whole(call, VALUE_ERROR)


def _list(call: Call) -> BadArgument | None:
    return None if call.argument.kind == SEQUENCE else _whole(call, VALUE_ERROR)


def _sized(least: int, most: int) -> Callable[[Call], BadArgument | None]:
    def check(call: Call) -> BadArgument | None:
        return None if _is_list(call, least, most) else _whole(call, NOT_VALID)

    return check


def _text(call: Call) -> BadArgument | None:
    argument = call.argument
    if isinstance(scalar_of(argument), str) or (argument.kind == MAPPING and len(pairs(argument)) == 1):
        return None
    return _whole(call, NOT_VALID)


_CHECKS: Final[dict[str, Callable[[Call], BadArgument | None]]] = {
    "get_input": _input,
    "get_property": _path,
    "get_attribute": _path,
    "get_attributes_list": _path,
    "get_attributes_dict": _attributes_dict,
    "get_secret": _secret,
    "get_capability": _path,
    "get_group_capability": _group_capability,
    "get_environment_capability": _environment_capability,
    "get_label": _label,
    "get_sys": _path,
    "get_consumers": _consumers,
    "concat": _list,
    "merge": _list,
    "string_find": _sized(2, 2),
    "string_replace": _sized(3, 4),
    "string_split": _sized(2, 3),
    "string_lower": _text,
    "string_upper": _text,
}

# types of the arguments of those that take a list of them, in order
ARGUMENT_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string_find": (str,),
    "string_replace": (str, str, str, int),
    "string_split": (str, str, int),
    "string_lower": (str,),
    "string_upper": (str,),
}
