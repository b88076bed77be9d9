"""The Python modules of a published release, as far as the catalogue has them: names and arguments.

They are handed out as modules of just that, so that names, re-exports and stars are followed in them as in
source. What is not recorded (where a name is imported from, defaults, bodies) is written in a way that
reading cannot see through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Related
from bplint.pycode.files.folders import SearchPlace

if TYPE_CHECKING:
    from bplint.catalog.facts import Facts
    from bplint.span import Span

RECORDED: Final = "recorded"
CHECKED_AGAINST_CODE: Final = "checked against the code of"
# the decorators of cloudify-common that hand a function on as it is
_MARKERS: Final = frozenset({"operation", "workflow", "task", "serial_operation"})
_UNSEEN: Final = "_unseen()"  # a call of what nothing binds: its value can be anything


class RecordedPlace(SearchPlace):
    """The modules of a release. `related` says, at the import of the plugin, what they are."""

    __slots__ = ("_facts", "_is_whole", "_modules", "_shadowed", "related")

    def __init__(self, facts: Facts, path: str, span: Span) -> None:
        super().__init__(facts.label, RECORDED, False)
        self.related = Related(f"{CHECKED_AGAINST_CODE} {facts.label}", path, span)
        self._facts = facts
        self._modules: dict[str, tuple[str, int]] = {}  # file → module, what it is found by
        self._shadowed: frozenset[str] | None = None
        packages = {name.rpartition(".")[0] for name in facts.modules()}
        for name, at in facts.modules().items():
            path = name.replace(".", "/")
            is_package = name in packages
            self._add(f"{path}/__init__.py" if is_package else f"{path}.py", name, at)
        self._is_whole = _is_whole(facts)
        if not self._is_whole:
            for name in packages:
                self._listings.get(name.replace(".", "/"), {})["__init__.py"] = False

    def _add(self, file: str, name: str, at: int) -> None:
        self._modules[file] = name, at
        folder = ""
        *folders, last = file.split("/")
        for part in folders:
            self._listings.setdefault(folder, {})[part] = True
            folder = f"{folder}/{part}" if folder else part
        self._listings.setdefault(folder, {})[last] = False

    def is_gone(self, package: str) -> bool:
        """Whether another release of the plugin has a top-level package that this one does not have."""
        return self._is_whole and package in self._facts.former_packages() and not self.may_hold(package)

    def _list(self, folder: str) -> dict[str, bool]:
        return {}

    def read(self, relative: str) -> bytes | None:
        found = self._modules.get(relative)
        text = self._text(self._facts.module(found[1])) if found is not None else ""
        if not self._is_whole and relative.endswith("/__init__.py"):
            text += "__path__ = _unseen()\n"  # so that a module that is not there is not missed
        return text.encode()

    def _text(self, module: dict[str, Any]) -> str:
        lines = [f"from {star} import *" for star in module["stars"]]
        names = [*module["names"], *module["classes"]]
        for name in names:
            if name in _MARKERS and not self._is_shadowed(name):
                lines.append(f"from cloudify.decorators import {name}")
            elif name.isidentifier():
                lines.append(f"{name} = {_UNSEEN}")
        for name, function in module["functions"].items():
            lines += [f"@{decorator}" for decorator in function[5]]
            lines.append(f"def {name}({_arguments(function)}): pass")
        return "\n".join(lines) + "\n"

    def _is_shadowed(self, name: str) -> bool:
        """Whether the release has a function of a decorator's name: which one is meant is not recorded."""
        if self._shadowed is None:
            every = (self._facts.module(at)["functions"] for _, at in self._modules.values())
            self._shadowed = frozenset(name for functions in every for name in functions)
        return name in self._shadowed


def _is_whole(facts: Facts) -> bool:
    """Whether every module that the plugin's own file maps to is recorded: those that do not parse any more
    (Python 2) are not, and then others may be lacking, too."""
    known = facts.modules()
    names = {""} | set(known)
    for name in known:
        while "." in name:
            name = name.rpartition(".")[0]
            names.add(name)
    plugins = tuple(f"{name}." for name in facts.sections.get("plugins", ()))
    mapped = {
        word.removeprefix(plugin).rpartition(".")[0]
        for section, items in facts.sections.items()
        for name in items
        for word in facts.words(section, name)
        if word.startswith(plugins)
        for plugin in plugins
        if word.startswith(plugin)
    }
    return not any(module.partition(".")[0] in names and module not in names for module in mapped)


def _arguments(function: list[Any]) -> str:
    """The arguments of a recorded function as Python writes them; all defaults are unseen."""
    names, defaults, star, keyword_only, stars, _ = function
    first = len(names) - defaults
    parts = [name if index < first else f"{name}={_UNSEEN}" for index, name in enumerate(names)]
    if star or keyword_only:
        parts.append(f"*{star or ''}")
    # which of them have a default is not recorded
    parts += [f"{name}={_UNSEEN}" for name in keyword_only]
    if stars:
        parts.append(f"**{stars}")
    return ", ".join(parts)
