"""A rule's documentation, read from its docstring: the one source of help, pages, SARIF and tests."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING, Final

from bplint.record import Record
from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from bplint.rules.rule import Rule

_HEADING: Final = lazy_pattern(r"^(Why|Bad|Good|Fix|Manager|Note):[ \t]*(.*)$")
_TAB: Final = "⇥"  # in docstrings, whose tabs the compiler makes spaces of since Python 3.13
_FILE: Final = lazy_pattern(r"^#: (\S+)$", re.MULTILINE)


class Documentation(Record):
    """summary: what is wrong, one line. why, manager, fix, note: prose, '' where a rule has none.
    bad, good: the examples as written, with their markers."""

    summary: str
    why: str
    bad: str
    good: str
    fix: str
    manager: str
    note: str


def documentation_of(rule: Rule) -> Documentation:
    """Read a rule's docstring. Sections begin with `Why:`, `Bad:`, `Good:`, `Fix:`, `Manager:` or `Note:`
    at the left margin; what follows indented (or on the same line) belongs to them. In examples a `⇥` is a
    tab."""
    summary, _, rest = rule.documentation.strip().partition("\n")
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in dedent(rest).splitlines():
        heading = _HEADING.match(line)
        if heading:
            current = sections.setdefault(heading[1], [])
            if heading[2]:
                current.append(heading[2])
        else:
            current.append(line)
    return Documentation(
        summary.strip(),
        _prose(sections.get("Why")),
        _example(sections.get("Bad")),
        _example(sections.get("Good")),
        _prose(sections.get("Fix")),
        _prose(sections.get("Manager")),
        _prose(sections.get("Note")),
    )


def example_files(example: str, main: str = "blueprint.yaml") -> dict[str, str]:
    """The files of an example: `#: path` begins the next one."""
    parts = _FILE.split(example)
    files = {main: parts[0]}
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        files[name] = text.lstrip("\n")
    return {name: text for name, text in files.items() if text.strip()}


def _prose(lines: list[str] | None) -> str:
    return " ".join(line.strip() for line in lines or () if line.strip())


def _example(lines: list[str] | None) -> str:
    return dedent("\n".join(lines or ())).strip("\n").replace(_TAB, "\t") + "\n" if lines else ""
