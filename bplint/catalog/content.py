"""What of a plugin file a blueprint can reach: two files in which that is the same say the same of it.

A blueprint reaches what it names, what that names, and so on. What else is in the file does not matter to
it: the files of the catalogue are consistent in themselves. Of a type that it reaches, optional properties
and operations that it does not name do not matter either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bplint.dsl.builtin_types import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.catalog.facts import Facts
    from bplint.dsl.versions import Version

_FOLLOWED: Final = ("node_types", "relationships", "data_types", "plugins")
_INTERFACES: Final = ("interfaces", "source_interfaces", "target_interfaces")
_PLUGIN_KEYS: Final = ("executor", "install", "properties")
_UNIONS_SINCE: Final = (1, 3)  # before, a section may be in one file only, whatever is in it
_WORD: Final = r"[\w.\-]+"
_NAMESPACE: Final = "--"


def words_in(text: str) -> set[str]:
    """Everything in a text that can be a name, without its namespaces, and what dotted names begin with:
    plugins in mappings, interfaces in names of operations."""
    words = set(re.findall(_WORD, text))
    words |= {part for word in words if _NAMESPACE in word for part in word.split(_NAMESPACE)}
    found = set(words)
    for word in words:
        while "." in word:
            word = word.rpartition(".")[0]
            found.add(word)
    return found


def names_in(facts: Facts) -> set[str]:
    """The names that a file defines or takes for granted."""
    return {need.name for need in facts.needs} | {
        name for section in facts.sections.values() for name in section
    }


class ContentKeys:
    """Keys of the files of one plugin, equal where they say the same of one blueprint.

    words      the names in the blueprint's own files and in the other files that it imports
    language   the version of the language that the blueprint is written in
    with_code  the functions that it maps to count, too
    """

    def __init__(self, words: set[str], language: Version | None, *, with_code: bool) -> None:
        self._words = words
        self._language = language
        self._with_code = with_code
        # (section, what a value is found by) → what of it matters, and the words in that
        self._texts: dict[tuple[str, int], tuple[str, set[str]]] = {}

    def key(self, facts: Facts) -> tuple[object, ...]:
        """The key of one file."""
        language, words = self._language, self._words
        is_old = language is None or language < _UNIONS_SINCE
        return (
            facts.version,
            tuple(facts.unknown_keys),
            frozenset(gate.feature for gate in facts.gates if language is None or gate.version > language),
            frozenset((need.section, need.name) for need in facts.needs if need.name not in words),
            tuple(facts.imports),
            frozenset(facts.sections) if is_old else None,
            frozenset(self._reached(facts)),
            frozenset(_functions(facts, words)) if self._with_code else None,
        )

    def _reached(self, facts: Facts) -> Iterator[tuple[str, str, str]]:
        names = {section: rows.keys() for section, rows in facts.sections.items()}
        seen = {(section, name) for section, known in names.items() for name in known & self._words}
        waiting = list(seen)
        while waiting:
            section, name = waiting.pop()
            text, words = self._text(facts, section, name)
            yield section, name, text
            for kind in _FOLLOWED:
                for word in names.get(kind, set()) & words:
                    if (kind, word) not in seen:
                        seen.add((kind, word))
                        waiting.append((kind, word))

    def _text(self, facts: Facts, section: str, name: str) -> tuple[str, set[str]]:
        row = facts.sections[section][name]
        found = self._texts.get((section, row))
        if found is None:
            text = repr(_relevant(section, facts.value(section, name), self._words))
            found = self._texts[section, row] = text, words_in(text)
        return found


def _relevant(section: str, value: Any, words: set[str]) -> Any:
    """What of an item can matter to a blueprint that has these words."""
    if not isinstance(value, dict):
        return value
    if section == "plugins":
        return {key: value.get(key) for key in _PLUGIN_KEYS}
    kept = dict(value)
    if section in ("node_types", "relationships", "data_types"):
        if isinstance(value.get("properties"), dict):
            kept["properties"] = _properties(value["properties"], words)
        for key in _INTERFACES:
            if isinstance(value.get(key), dict):
                kept[key] = [_operations(name, item, words) for name, item in value[key].items()]
    return kept


def _properties(properties: dict[str, Any], words: set[str]) -> list[object]:
    """Without those that may be left out and are; in an order that does not matter."""
    kept: list[object] = []
    for name, schema in properties.items():
        if isinstance(schema, dict):
            if name not in words and _is_plain(schema):
                continue
            schema = {key: item for key, item in schema.items() if not key.startswith("display")}
        kept.append((name, schema))
    return sorted(kept, key=repr)


def _is_plain(schema: dict[str, Any]) -> bool:
    """Whether a property may be left out and nothing can be wrong with its default: one without a type gets a
    parent's, a call of a function need not fit that, and a data type may want more than the default has."""
    default = schema.get("default")
    if "type" in schema and schema["type"] not in BUILT_IN:
        return False
    if isinstance(default, dict) and len(default) == 1:
        return False
    if "default" not in schema:
        return schema.get("required") is False
    return "type" in schema or default in (None, "", [], {})


def _operations(interface: str, operations: Any, words: set[str]) -> object:
    """Of operations that are not named only who runs them: a host_agent's wants a host."""
    if not isinstance(operations, dict):
        return interface, operations
    named = {
        name: operation for name, operation in operations.items() if interface in words and name in words
    }
    others = {_runner(operation) for name, operation in operations.items() if name not in named}
    return (interface if interface in words else ""), named, sorted(others)


def _runner(operation: Any) -> str:
    mapping, executor = operation, None
    if isinstance(operation, dict):
        mapping, executor = operation.get("implementation"), operation.get("executor")
    return f"{str(mapping).partition('.')[0]} {executor}" if mapping else ""


def _functions(facts: Facts, words: set[str]) -> Iterator[tuple[str, Any]]:
    """What is recorded of the functions that mappings among the words can lead to, and where stars lead."""
    known = facts.modules()
    tops = {name.partition(".")[0] for name in known}
    for word in words:
        plugin, _, function = word.partition(".")
        if plugin not in facts.sections.get("plugins", ()) or "." not in function:
            continue
        module, _, name = function.rpartition(".")
        if module not in known:
            yield word, module.partition(".")[0] in tops
            continue
        content = facts.module(known[module])
        is_bound = name in content["names"] or name in content["classes"]
        yield word, (repr(content["functions"].get(name)), is_bound, *content["stars"])
