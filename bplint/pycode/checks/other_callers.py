"""Whether code of the project calls a function without an argument and so relies on its default."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from bplint.pycode.flow.program import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.checks.reading import Reading
    from bplint.pycode.files.folders import SearchPlace
    from bplint.pycode.names.signature import Argument, Signature

MAX_FILES: Final = 2_000
_CALLED: Final = re.compile(rb"(\w+)\s*\(")


class OtherCallers:
    """The calls in the project's code; its files are looked through once, where a default is in question."""

    __slots__ = ("_reading", "_unread")

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._unread: frozenset[bytes] | None = None  # names called in files that were not read

    def rely_on(self, signature: Signature, argument: Argument) -> bool:
        """Whether a call leaves an argument out, or may do so in a file that was not read."""
        node = signature.definition.node
        name = getattr(node, "name", "")
        if not name or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return True
        if name.encode() in self._names_in_unread():
            return True
        position = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
        index = position.index(argument.name) if argument.name in position else len(position) + 1
        for module in self._reading.modules():
            if module.tree is None or module.source is None or f"{name}(" not in module.source.text:
                continue
            for call in ast.walk(module.tree):
                is_call = isinstance(call, ast.Call) and last_name(call.func) == name
                if is_call and not _passes(call, argument.name, index):  # type: ignore[arg-type]
                    return True
        return False

    def _names_in_unread(self) -> frozenset[bytes]:
        if self._unread is None:
            read = {module.path for module in self._reading.modules()}
            found: set[bytes] = set()
            places = {place for aim in self._reading.aims() for place in aim.resolver.places if place.is_own}
            for place in places:
                for relative in list(_python_files(place, ""))[:MAX_FILES]:
                    if place.path_of(relative) not in read:
                        found.update(_CALLED.findall(place.read(relative) or b""))
            self._unread = frozenset(found)
        return self._unread


def _python_files(place: SearchPlace, folder: str, depth: int = 6) -> Iterator[str]:
    for name, is_folder in place.listing(folder).items():
        inner = f"{folder}/{name}" if folder else name
        if is_folder and depth and not name.startswith("."):
            yield from _python_files(place, inner, depth - 1)
        elif name.endswith(".py") and not is_folder:
            yield inner


def _passes(call: ast.Call, name: str, index: int) -> bool:
    """Whether a call gives an argument, by keyword, by position or perhaps in a mapping or list."""
    if any(keyword.arg in (name, None) for keyword in call.keywords):
        return True
    return len(call.args) > index or any(isinstance(value, ast.Starred) for value in call.args)
