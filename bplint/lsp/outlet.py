"""Texts that have no file of their own, put where any editor can open them: pages of rules, files of the
catalogue, plans."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import tempfile
from typing import TYPE_CHECKING, Any

from pygls.uris import from_fs_path

from bplint.app.asking import catalog_text
from bplint.app.rule_book import rule_page

if TYPE_CHECKING:
    from bplint.language.catalog_text import CatalogText
    from bplint.language.landing import Landing
    from bplint.source import Source

SCHEME = "bplint-catalog"


class Outlet:
    """A folder for a session, made when it is first needed and gone with the session.

    is_virtual  the editor asks for the texts of the catalogue itself, by URIs of our scheme
    """

    def __init__(self) -> None:
        self.is_virtual = False
        self._folder: str | None = None
        self._texts: dict[str, CatalogText] = {}
        self._by_facts: dict[int, str] = {}
        self._pages: dict[str, str] = {}

    def text(self, uri: str) -> str | None:
        """The text of a URI of our scheme."""
        found = self._texts.get(uri)
        return found.text if found is not None else None

    def catalog_place(self, landing: Landing) -> tuple[str, Source, Any]:
        """URI, text and span of a place in the catalogue."""
        assert landing.facts is not None
        uri = self._by_facts.get(id(landing.facts)) or self._add(landing)
        text = self._texts[uri]
        item = landing.item
        while item and item not in text.spans:
            item = item[:-1]
        span = text.spans[item] if item else landing.span._replace(start=0, end=0)
        return uri, text.source, span

    def _add(self, landing: Landing) -> str:
        facts = landing.facts
        assert facts is not None
        name = "".join(char if char.isalnum() or char in ".-" else "_" for char in facts.label)
        text = catalog_text(facts)
        uri = f"{SCHEME}:/{name}.yaml" if self.is_virtual else self.write(f"catalog/{name}.yaml", text.text)
        self._texts[uri] = text
        self._by_facts[id(facts)] = uri
        return uri

    def rule_uri(self, code: str) -> str:
        """The page of a rule."""
        found = self._pages.get(code)
        if found is None:
            page = rule_page(code)
            text = page if page is not None else f"# {code}\n"
            found = self._pages[code] = self.write(f"rules/{code}.md", text)
        return found

    def write(self, name: str, text: str) -> str:
        """Write a read-only file and give its URI."""
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.exists(path):
            os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.chmod(path, stat.S_IRUSR)
        return from_fs_path(path) or path

    @property
    def folder(self) -> str:
        if self._folder is None:
            self._folder = tempfile.mkdtemp(prefix="bplint-")
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder
