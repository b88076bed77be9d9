"""What the functions on values give: concat, merge and those on texts.

Facts from dsl_parser (functions.py).
"""

from __future__ import annotations

from typing import Any

from bplint.checks.values.judgement import is_function
from bplint.lookup import UNKNOWN

NOT_EVALUATED = "FunctionEvaluationError"


class EvaluationError(Exception):
    """A function cannot be evaluated. `exception` is what the reference parser raises."""

    def __init__(self, exception: str, message: str) -> None:
        super().__init__(message)
        self.exception = exception
        self.message = message


class Opaque:
    """A value that is not known, such as that of an input that was not given."""

    __slots__ = ()


def calculate(name: str, argument: Any) -> Any:
    """The result of a function on values; UNKNOWN where an argument waits for run time."""
    if isinstance(argument, Opaque):
        return Opaque()
    if name in ("concat", "merge"):
        if not isinstance(argument, (list, dict, str)):
            raise EvaluationError("TypeError", "it takes a list")
        if any(is_function(part) for part in argument):
            return UNKNOWN
        if any(isinstance(part, Opaque) for part in argument):
            return Opaque()
        return "".join(map(str, argument)) if name == "concat" else _merge(list(argument))
    parts = argument if isinstance(argument, list) else [argument]
    if any(isinstance(part, Opaque) for part in parts):
        return Opaque()
    _check_types(name, parts)
    return _on_texts(name, parts)


def step_into(value: Any, part: Any, subject: str, exception: str) -> Any:
    """A part of a value, as paths of get_input and get_property are followed."""
    if isinstance(value, dict):
        if part not in value:
            raise EvaluationError(exception, f"there is no '{part}' in {subject}")
        return value[part]
    if isinstance(value, list):
        if not isinstance(part, int):
            raise EvaluationError(exception, f"'{part}' is no index of a list in {subject}")
        if not -len(value) <= part < len(value):
            raise EvaluationError(exception, f"there is no item {part} in {subject}")
        return value[part]
    raise EvaluationError(NOT_EVALUATED, f"there is no '{part}' in {subject}")


def _merge(argument: list[Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for part in argument:
        try:
            found.update(part)
        except (TypeError, ValueError) as error:
            raise EvaluationError(type(error).__name__, "it takes mappings only") from error
    return found


def _check_types(name: str, parts: list[Any]) -> None:
    """Texts all of them, but for a count or an index at the end."""
    texts = {"string_find": 2, "string_replace": 3, "string_split": 2}.get(name, 1)
    for part in parts[:texts]:
        if not isinstance(part, str):
            raise EvaluationError(NOT_EVALUATED, "an argument is no text")
    for part in parts[texts:]:
        is_tested = part is not None if name == "string_replace" else bool(part)
        if is_tested and not isinstance(part, int):
            raise EvaluationError(NOT_EVALUATED, "an argument is no integer")


def _on_texts(name: str, parts: list[Any]) -> Any:
    text = parts[0]
    if name == "string_find":
        return text.find(parts[1])
    if name == "string_lower":
        return text.lower()
    if name == "string_upper":
        return text.upper()
    if name == "string_replace":
        count = parts[3] if len(parts) > 3 and parts[3] is not None else -1
        return text.replace(parts[1], parts[2], count)
    return _split(text, parts)


def _split(text: str, parts: list[Any]) -> Any:
    if not parts[1]:
        raise EvaluationError("ValueError", "the separator is empty")
    found = text.split(parts[1])
    index = parts[2] if len(parts) > 2 else None
    if index is None:
        return found
    try:
        return found[index]
    except (IndexError, TypeError) as error:
        raise EvaluationError(type(error).__name__, f"there is no part {index}") from error
