"""What the implementation of an operation or the mapping of a workflow resolves to.

Facts from dsl_parser (elements/operation.py): a text with a URL scheme and a file under the blueprint's
folder are scripts, several lines are a script too, then a plugin's name followed by a dot, then anything
under the namespace of a blueprint import. Everything else is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.lookup import UNKNOWN
from bplint.model.elements import Target
from bplint.model.full_names import DELIMITER, without_namespace

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.imports.graph import ImportGraph
    from bplint.lookup import Absent
    from bplint.model.blueprint import Section
    from bplint.model.elements import Plugin
    from bplint.model.full_names import Unread

_SCHEME: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")
_SCRIPTS: Final = (".sh", ".ps1", ".bat", ".cmd", ".rb", ".pl", ".bash")


class Targets:
    """Resolves the texts of one blueprint; each text once.

    file_exists  whether a path relative to the main blueprint's folder is a file; UNKNOWN where there is
                 no such folder (text from standard input, a file made to be imported)
    """

    __slots__ = ("_blueprint_namespaces", "_file_exists", "_found", "_plugins", "_unread")

    def __init__(
        self,
        graph: ImportGraph,
        plugins: Section[Plugin],
        unread: Unread,
        file_exists: Callable[[str], bool | Absent],
    ) -> None:
        self._plugins = plugins
        self._unread = unread
        self._file_exists = file_exists
        self._found: dict[str, Target | Absent] = {}
        self._blueprint_namespaces = {
            entry.namespace for entry in graph.entries if entry.location.startswith("blueprint:")
        }

    def resolve(self, text: str) -> Target | Absent:
        """The target of an implementation with its namespace, or UNKNOWN."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._resolve(text)
        return found

    def candidates(self, text: str) -> list[str]:
        """Names of the plugins that `text` begins with, followed by a dot."""
        found = []
        dot = text.find(".")
        while dot != -1:
            if text[:dot] in self._plugins:
                found.append(text[:dot])
            dot = text.find(".", dot + 1)
        return found

    def script_plugin(self) -> Plugin | Absent | None:
        """The plugin that runs scripts: the first whose name ends with `script`. None where there is
        none, UNKNOWN where an unread import may bring it."""
        for name in self._plugins.names():
            if name.endswith("script"):
                return self._plugins.lookup(name)
        return UNKNOWN if self._unread.may_hold_any("plugins") else None

    def _resolve(self, text: str) -> Target | Absent:
        if not text:
            return Target("none", text, None, "")
        if scheme_of(text) is not None:
            return self._script("url", text)
        path = without_namespace(text)
        exists = self._file_exists(path)
        if exists:
            return self._script("script", path)
        if "\n" in text.strip():
            return self._script("inline", text)
        names = self.candidates(text)
        if len(names) > 1:
            return Target("ambiguous", text, None, "")
        if names:
            plugin = self._plugins.lookup(names[0])
            return Target("plugin", text, plugin or None, text[len(names[0]) + 1 :])
        namespace, delimiter, _ = text.partition(DELIMITER)
        if delimiter and namespace in self._blueprint_namespaces:
            return UNKNOWN
        if self._may_be_plugin(text) or (exists is UNKNOWN and is_path(path)):
            return UNKNOWN
        return Target("unresolved", text, None, path)

    def _script(self, kind: str, text: str) -> Target:
        return Target(kind, text, self.script_plugin() or None, text)

    def _may_be_plugin(self, text: str) -> bool:
        if is_path(without_namespace(text)):
            return False
        prefix, dot, _ = text.partition(".")
        return bool(dot) and self._unread.may_hold("plugins", prefix)


def scheme_of(text: str) -> str | None:
    """The URL scheme that Python's urlsplit finds in a text, or None."""
    scheme, colon, _ = text.lstrip(_STRIPPED).partition(":")
    if not colon or not scheme[:1].isalpha() or not scheme.isascii():
        return None
    for removed in "\t\r\n":
        scheme = scheme.replace(removed, "")
    return scheme.lower() if all(char in _SCHEME for char in scheme) else None


def is_odd_url(text: str) -> bool:
    """Whether a text with a scheme can hardly be meant as a URL, such as `fabric:tasks.run`."""
    scheme = scheme_of(text)
    return scheme is not None and scheme not in _FETCHED and "//" not in text


_FETCHED: Final = frozenset(("http", "https", "ftp", "file"))
_STRIPPED: Final = "".join(map(chr, range(0x21)))


def is_path(text: str) -> bool:
    """Whether a text can only be meant as the path of a script, not as `plugin.module.function`."""
    if "\n" in text or " " in text.strip():
        return False
    return "/" in text or text.endswith(_SCRIPTS)
