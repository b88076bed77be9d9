"""What of a plugin file a blueprint can reach: two files in which that is the same say the same of it.

A blueprint reaches the types that it names, what those name, and so on; of the other sections it gets all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.catalog.facts import Facts

_TYPES: Final = ("node_types", "relationships", "data_types")
_WORD: Final = r"[\w.\-]+"
_NAMESPACE: Final = "--"


def words_in(text: str) -> set[str]:
    """Everything in a text that can be a name, without its namespaces."""
    words = set(re.findall(_WORD, text))
    return words | {part for word in words if _NAMESPACE in word for part in word.split(_NAMESPACE)}


def names_in(facts: Facts) -> set[str]:
    """The names that a file defines or takes for granted."""
    return {need.name for need in facts.needs} | {
        name for section in facts.sections.values() for name in section
    }


def content_key(facts: Facts, words: frozenset[str], *, with_code: bool) -> tuple[Any, ...]:
    """The same for two files of a plugin if they say the same of a blueprint.

    words      the names in the blueprint's own files and in the other files that it imports
    with_code  the modules of the functions that it maps to count, too
    """
    return (
        facts.version,
        tuple(facts.unknown_keys),
        tuple((gate.version, gate.feature) for gate in facts.gates),
        tuple((need.section, need.name) for need in facts.needs),
        tuple(facts.imports),
        frozenset(_reached(facts, words)),
        frozenset(_modules(facts, words)) if with_code else None,
    )


def _modules(facts: Facts, words: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The modules that mappings among the words can lead to, stars followed."""
    known = facts.modules()
    waiting = [name for word in words if "." in word for name in _prefixes(word) if name in known]
    seen = set(waiting)
    while waiting:
        name = waiting.pop()
        yield name, known[name]
        for star in facts.module(known[name])["stars"]:
            if star in known and star not in seen:
                seen.add(star)
                waiting.append(star)


def _prefixes(mapping: str) -> Iterator[str]:
    """Of `plugin.package.module.function` the parts behind the plugin: `package.module`, `package`, …"""
    parts = mapping.split(".")[1:]
    for end in range(1, len(parts) + 1):
        yield ".".join(parts[:end])


def _reached(facts: Facts, words: frozenset[str]) -> Iterator[tuple[str, str, Any]]:
    for section, rows in facts.sections.items():
        if section == "plugins":
            for name in rows:
                yield section, name, _plugin_text(facts.value(section, name))
        elif section not in _TYPES:
            for name, row in rows.items():
                yield section, name, row
    waiting = [
        (section, name) for section in _TYPES for name in facts.sections.get(section, ()) if name in words
    ]
    for section in facts.sections:
        if section not in _TYPES:
            for name in facts.sections[section]:
                waiting += _named_by(facts, section, name)
    seen = set(waiting)
    while waiting:
        section, name = waiting.pop()
        yield section, name, facts.sections[section][name]
        for found in _named_by(facts, section, name):
            if found not in seen:
                seen.add(found)
                waiting.append(found)


def _named_by(facts: Facts, section: str, name: str) -> list[tuple[str, str]]:
    """The types that the text of an item names, wherever in it."""
    words = facts.words(section, name)
    return [(kind, word) for kind in _TYPES for word in words if word in facts.sections.get(kind, ())]


def _plugin_text(value: Any) -> str:
    """A plugin without what is another in each release and means nothing to a blueprint."""
    if not isinstance(value, dict):
        return repr(value)
    return repr({key: item for key, item in value.items() if key not in ("package_version", "source")})
