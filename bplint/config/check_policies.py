"""Check the policies of a configuration file, each fault at its place, and read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bplint.config.config_file import ConfigFile, ConfigProblem
from bplint.diagnostic import Severity
from bplint.near import nearest
from bplint.rules.configured.policy_entry import (
    CONDITIONS,
    KINDS,
    WITH_TYPES,
    ConfiguredPolicy,
    split_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bplint.diagnostic import Diagnostic

KEY: Final = "policies"
_CODE: Final = r"[A-Z]{2,8}[0-9]{3,5}\Z"
_NAME: Final = r"[a-z0-9]+(-[a-z0-9]+)*\Z"
_SEVERITIES: Final = tuple(each.value for each in Severity)
_TEXTS: Final = ("code", "name", "on", "message", "severity", "pattern", "why")
_LISTS: Final = ("types", "names")
_FLAGS: Final = ("required", "forbidden")
_KEYS: Final = (*_TEXTS, *_LISTS, *_FLAGS, "at", "one-of", "schema")


def check_policies(file: ConfigFile, value: Any) -> Iterator[Diagnostic]:
    """What is wrong with `policies`."""
    if not isinstance(value, list):
        yield file.fault(ConfigProblem.WRONG_VALUE, (KEY,), "'policies' wants a list of policies")
        return
    seen: dict[str, int] = {}
    for index, entry in enumerate(value):
        if not isinstance(entry, dict):
            message = "a policy is a table with 'code', 'on', 'message' and a condition"
            yield file.fault(ConfigProblem.WRONG_VALUE, (KEY, index), message)
            continue
        yield from _PolicyCheck(file, index, entry).all()
        for key in ("code", "name"):
            text = entry.get(key)
            if isinstance(text, str) and seen.setdefault(text, index) != index:
                message = f"two policies have the {key} '{text}'"
                yield file.fault(ConfigProblem.WRONG_VALUE, (KEY, index, key), message)


class _PolicyCheck:
    """One policy as it is written."""

    def __init__(self, file: ConfigFile, index: int, entry: dict[Any, Any]) -> None:
        self._file = file
        self._index = index
        self._entry = entry

    def all(self) -> Iterator[Diagnostic]:
        """Everything that is wrong with it: shapes first, and what they mean where those are right."""
        found = [*self._keys(), *self._shapes()]
        yield from found
        if not found:
            yield from self._texts()
            yield from self._conditions()

    def _fault(self, message: str, key: Any = None, *, at_key: bool = False) -> Diagnostic:
        where = (KEY, self._index) if key is None else (KEY, self._index, key)
        return self._file.fault(ConfigProblem.WRONG_VALUE, where, message, at_key=at_key)

    def _keys(self) -> Iterator[Diagnostic]:
        for key in self._entry:
            if key not in _KEYS:
                best = nearest(str(key).replace("_", "-"), _KEYS)
                hint = f"; did you mean '{best}'?" if best else ""
                where = (KEY, self._index, key)
                message = f"a policy has no key '{key}'{hint}"
                yield self._file.fault(ConfigProblem.UNKNOWN_OPTION, where, message, at_key=True)
        for key in ("code", "on", "message"):
            if key not in self._entry:
                yield self._fault(f"the policy has no '{key}'")

    def _shapes(self) -> Iterator[Diagnostic]:
        for key, value in self._entry.items():
            if key in _TEXTS and not isinstance(value, str):
                yield self._fault(f"'{key}' wants a string", key)
            elif key in _LISTS and not _is_strings(value):
                yield self._fault(f"'{key}' wants a list of strings", key)
            elif key in _FLAGS and not isinstance(value, bool):
                yield self._fault(f"'{key}' wants true or false", key)
            elif key == "at" and not (isinstance(value, str) or _is_strings(value)):
                yield self._fault("'at' wants a string such as 'properties.tags', or a list of keys", key)
            elif key == "one-of" and not isinstance(value, list):
                yield self._fault("'one-of' wants a list of values", key)
            elif key == "schema" and not isinstance(value, (dict, bool)):
                yield self._fault("'schema' wants a JSON Schema", key)

    def _texts(self) -> Iterator[Diagnostic]:
        entry = self._entry
        code = entry["code"]
        if not re.match(_CODE, code) or code.startswith("BP"):
            yield self._fault(f"code '{code}' wants capitals and digits, and another prefix than BP", "code")
        if not re.match(_NAME, entry.get("name", "a")):
            yield self._fault(f"name '{entry['name']}' wants small letters, digits and hyphens", "name")
        yield from self._choice("on", sorted(KINDS))
        yield from self._choice("severity", _SEVERITIES)
        if "types" in entry and entry["on"] in KINDS and entry["on"] not in WITH_TYPES:
            yield self._fault(f"'types' goes with {', '.join(sorted(WITH_TYPES))}", "types", at_key=True)

    def _choice(self, key: str, known: Sequence[str]) -> Iterator[Diagnostic]:
        value = self._entry.get(key)
        if value is not None and value not in known:
            best = nearest(value, known)
            hint = f"; did you mean '{best}'?" if best else f": it is one of {', '.join(known)}"
            yield self._fault(f"'{key}' cannot be '{value}'{hint}", key)

    def _conditions(self) -> Iterator[Diagnostic]:
        entry = self._entry
        if not any(entry.get(key) not in (None, False) for key in CONDITIONS):
            yield self._fault(f"the policy has no condition: one of {', '.join(CONDITIONS)}")
        if entry.get("required") and entry.get("forbidden"):
            yield self._fault("'required' and 'forbidden' exclude each other", "forbidden", at_key=True)
        if not entry.get("at") and (entry.get("required") or entry["on"] == "blueprint"):
            yield self._fault("the policy wants a place: 'at'")
        if "pattern" in entry:
            try:
                re.compile(entry["pattern"])
            except re.error as error:
                yield self._fault(f"'pattern' is no regular expression: {error}", "pattern")
        if "schema" in entry:
            yield from self._schema(entry["schema"])

    def _schema(self, schema: Any) -> Iterator[Diagnostic]:
        # it costs more than a whole small lint: only for policies that have a schema
        from jsonschema import Draft202012Validator
        from jsonschema.exceptions import SchemaError

        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            yield self._fault(f"'schema' is no JSON Schema: {' '.join(error.message.split())}", "schema")


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def policies_of(value: list[dict[str, Any]]) -> tuple[ConfiguredPolicy, ...]:
    """The policies of a list that was found right."""
    return tuple(_policy(entry) for entry in value)


def _policy(entry: dict[str, Any]) -> ConfiguredPolicy:
    at = entry.get("at", ())
    return ConfiguredPolicy(
        code=entry["code"],
        name=entry.get("name", entry["code"].lower()),
        on=entry["on"],
        message=entry["message"],
        severity=Severity(entry.get("severity", "warning")),
        types=tuple(entry.get("types", ())),
        names=tuple(entry.get("names", ())),
        at=split_at(at) if isinstance(at, str) and at else tuple(at),
        required=entry.get("required", False),
        forbidden=entry.get("forbidden", False),
        pattern=entry.get("pattern"),
        one_of=tuple(entry["one-of"]) if "one-of" in entry else None,
        schema=entry.get("schema"),
        why=entry.get("why", ""),
    )
