"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, Final

if TYPE_CHECKING:
    from re import Pattern

_METHODS: Final = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


def lazy_pattern(expression: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """The same as `re.compile` for a pattern of a module, but compiled at its first use: compiling costs
    0.2 to 0.5 ms, there are dozens, and a lint of a correct file uses few of them."""
    return _LazyPattern(expression, flags)  # type: ignore[return-value]


class _LazyPattern:
    """Stands in for a pattern; its methods become the compiled pattern's own."""

    __slots__ = ("_expression", "_flags", *_METHODS)

    def __init__(self, expression: str | bytes, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """The method of a pattern that nothing has used so far."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._expression, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
