"""The words of the messages, as `fixtures/rules/*/bad*.txt` has them: see docs/style.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rules"
_LINE = re.compile(r"^\S[^:]*:\d+:\d+: (?:error|warning|info): (?P<message>.*) \[(?P<code>BP\d{3}) [\w-]+\]$")
_BANNED = ("invalid", "illegal", "failed to", "must be provided", "please", "cannot be found", "unexpected")
# nothing there has a name of its own: a place in the file says it all
_NAMELESS = frozenset(
    [
        "BP003",
        "BP004",
        "BP006",
        "BP008",
        "BP009",
        "BP010",
        "BP011",
        "BP012",
        "BP030",
        "BP037",
        "BP045",
        "BP103",
        "BP104",
        "BP109",
        "BP115",
        "BP133",
        "BP150",
        "BP127",
        "BP151",
        "BP204",
        "BP205",
        "BP206",
        "BP212",
        "BP213",
        "BP214",
        "BP216",
        "BP307",
        "BP472",
        "BP511",
        "BP604",
        "BP606",
        "BP611",
        "BP613",
        "BP621",
        "BP654",
        "BP687",
        "BP733",
        "BP743",
        "BP746",
        "BP750",
        "BP752",
        "BP761",
        "BP765",
        "BP982",
    ]
)


def messages() -> dict[str, set[str]]:
    """Code → its messages."""
    found: dict[str, set[str]] = {}
    for path in sorted(FIXTURES.glob("BP*/**/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            match = _LINE.match(line)
            if match:
                found.setdefault(match["code"], set()).add(match["message"])
    return found


MESSAGES = messages()


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_message_is_written_as_the_style_says(code: str) -> None:
    for message in MESSAGES[code]:
        words = re.sub(r"'[^']*'", "''", message)  # what is quoted is the user's
        assert not words.endswith("."), message
        assert not re.match(r"[A-Z][a-z]+ (?!template)[a-z]", words) or words.startswith(_PROPER), message
        assert [word for word in _BANNED if word in words.lower()] == [], message


# BP7 points into code, where the underlined text is the thing
@pytest.mark.parametrize("code", sorted(code for code in set(MESSAGES) - _NAMELESS if code[:3] != "BP7"))
def test_message_names_the_thing(code: str) -> None:
    for message in MESSAGES[code]:
        assert re.search(r"'|\w+\(\)|\w\.\w|_|[A-Z]{2}|\d", message), message


_PROPER = ("Python", "YAML", "ExecutionCancelled")


def test_there_are_messages_of_most_rules() -> None:
    assert len(MESSAGES) > 250
