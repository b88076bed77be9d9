"""Check the values of a configuration file, each fault at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bplint.config import LEVELS, PYTHONS
from bplint.config.config_file import ConfigProblem
from bplint.config.keys import BY_KEY, OPTIONS
from bplint.dsl.versions import MANAGERS
from bplint.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.config.config_file import ConfigFile
    from bplint.config.keys import ConfigKey
    from bplint.config.toml_places import Path
    from bplint.diagnostic import Diagnostic

SHAPES: Final = {
    "bool": "true or false",
    "string": "a string",
    "path": "a string",
    "strings": "a list of strings",
    "paths": "a list of strings",
    "codes": "a list of codes, prefixes or names of rules",
    "level": "one of " + ", ".join(LEVELS),
    "python": "one of " + ", ".join(f"'{version}'" for version in PYTHONS),
    "manager": "one of " + ", ".join(f"'{line}'" for line in MANAGERS),
    "version": "a comparison such as '>=0.1' or '>=0.1,<0.3'",
    "string-map": "a mapping of strings to strings",
    "code-map": "a mapping of globs to lists of codes",
    "policies": "a list of policies",
}
VERSION: Final = re.compile(r"\s*(>=|<=|==|!=|>|<|~=)?\s*(\d+(?:\.\d+)*)\s*\Z")


def check_values(file: ConfigFile) -> Iterator[Diagnostic]:
    """Unknown keys and values of the wrong shape."""
    for key, value in file.values.items():
        option = BY_KEY.get(key)
        if option is None:
            yield _unknown_key(file, key)
        else:
            yield from _check_option(file, option, value)


def _unknown_key(file: ConfigFile, key: Any) -> Diagnostic:
    known = [option.key for option in OPTIONS]
    best = nearest(str(key).replace("_", "-"), known)
    if best is None and str(key).replace("_", "-") in BY_KEY:
        best = str(key).replace("_", "-")
    message = f"unknown option '{key}'" + (f"; did you mean '{best}'?" if best else "")
    return file.fault(ConfigProblem.UNKNOWN_OPTION, (key,), message, at_key=True)


def _check_option(file: ConfigFile, option: ConfigKey, value: Any) -> Iterator[Diagnostic]:
    wants = f"'{option.key}' wants {SHAPES[option.shape]}"
    shape = option.shape
    if shape == "policies":
        # its own table of keys, and regular expressions: only for who has policies
        from bplint.config.check_policies import check_policies

        yield from check_policies(file, value)
    elif shape in ("strings", "paths", "codes"):
        yield from _check_list(file, (option.key,), value, wants)
    elif shape in ("string-map", "code-map"):
        yield from _check_map(file, option, value, wants)
    elif not _is_scalar_right(shape, value):
        near = nearest(value, LEVELS) if shape == "level" and isinstance(value, str) else None
        hint = f"; did you mean '{near}'?" if near else ""
        yield file.fault(ConfigProblem.WRONG_VALUE, (option.key,), wants + hint)


def _is_scalar_right(shape: str, value: Any) -> bool:
    if shape == "bool":
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if shape == "level":
        return value in LEVELS
    if shape == "python":
        return value in PYTHONS
    if shape == "manager":
        return value in MANAGERS
    if shape == "version":
        return all(VERSION.match(part) for part in value.split(","))
    return True


def _check_list(file: ConfigFile, where: Path, value: Any, wants: str) -> Iterator[Diagnostic]:
    if not isinstance(value, list):
        yield file.fault(ConfigProblem.WRONG_VALUE, where, wants)
        return
    for index, item in enumerate(value):
        if not isinstance(item, str):
            yield file.fault(ConfigProblem.WRONG_VALUE, (*where, index), wants)


def _check_map(file: ConfigFile, option: ConfigKey, value: Any, wants: str) -> Iterator[Diagnostic]:
    if not isinstance(value, dict):
        yield file.fault(ConfigProblem.WRONG_VALUE, (option.key,), wants)
        return
    for key, item in value.items():
        where = (option.key, key)
        if not isinstance(key, str):
            yield file.fault(ConfigProblem.WRONG_VALUE, where, wants, at_key=True)
        elif option.shape == "code-map":
            yield from _check_list(file, where, item, wants)
        elif not isinstance(item, str):
            yield file.fault(ConfigProblem.WRONG_VALUE, where, wants)


def is_version_allowed(requirement: str, version: str) -> bool:
    """Whether a version meets every comparison of a `required-version`; a bare version means that one."""
    ours = _numbers(version)
    for part in requirement.split(","):
        match = VERSION.match(part)
        if match is None:
            return False
        if not _compare(match[1] or "==", ours, match[2]):
            return False
    return True


def _compare(operator: str, ours: tuple[int, ...], text: str) -> bool:
    theirs = _numbers(text)
    if operator == "~=":
        fixed = text.count(".") or 1
        return ours >= theirs and ours[:fixed] == theirs[:fixed]
    outcomes = {
        ">=": ours >= theirs,
        "<=": ours <= theirs,
        "==": ours == theirs,
        "!=": ours != theirs,
        ">": ours > theirs,
        "<": ours < theirs,
    }
    return outcomes[operator]


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in re.findall(r"\d+", version)[:4]]
    return tuple(numbers + [0] * (4 - len(numbers)))
