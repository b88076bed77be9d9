"""Fixtures of rules that are not bplint's own: each file holds what it expects, and is held to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.config import Config
    from bplint.lint.expected import Expected

_ENDINGS: Final = (".yaml", ".yml")


class FixtureResult(Record):
    """What a fixture shows: markers without a diagnostic, diagnostics without a marker, and whether it is a
    'bad' file that expects nothing or a 'good' one that expects something."""

    path: str
    missing: tuple[Expected, ...]
    unexpected: tuple[tuple[Expected, str], ...]  # with the message
    remark: str = ""

    @property
    def is_right(self) -> bool:
        return not (self.missing or self.unexpected or self.remark)


def own_codes(config: Config) -> list[str]:
    """Codes of the policies of a configuration and of the rules of its packages."""
    from bplint.lint.third_party import known_rules

    return [rule.code for rule in known_rules(config.rule_plugins, config.policies) if rule.code[:2] != "BP"]


def fixtures_of(folder: str) -> dict[str, list[str]]:
    """Code → the fixtures of `folder/CODE`: its files named bad… or good…."""
    found: dict[str, list[str]] = {}
    for code in sorted(os.listdir(folder)):
        inner = os.path.join(folder, code)
        if os.path.isdir(inner):
            names = [name for name in sorted(os.listdir(inner)) if name.endswith(_ENDINGS)]
            found[code] = [f"{inner}/{name}" for name in names if name.startswith(("bad", "good"))]
    return found


def run_fixtures(folder: str, config: Config) -> Iterator[FixtureResult]:
    """Lint the fixtures of a folder, each for the rule of its folder alone."""
    for code, paths in fixtures_of(folder).items():
        only = config._replace(
            select=(code,), extend_select=(), ignore=(), mandatory=(), baseline=None, exclude=(),
            per_file_ignores=(), per_file_extend_select=(),
        )  # fmt: skip
        for path in paths:
            yield _run(path, code, only)


def _run(path: str, code: str, config: Config) -> FixtureResult:
    from bplint.app import LintRequest, lint
    from bplint.lint.expected import Expected, read_markers

    result = lint(LintRequest((path,), config))
    found: dict[Expected, str] = {}
    for entry in result.diagnostics:
        # a rule that raises is no rule that finds nothing
        if entry.code in (code, "BP000") and _is_same(entry.path, path):
            found[Expected(entry.code, entry.start, entry.end)] = entry.message
    text = "".join(source.text for name, source in result.sources.items() if _is_same(name, path))
    expected = {marker for marker in read_markers(text) if marker.code == code}
    is_good = os.path.basename(path).startswith("good")
    remark = ""
    if is_good and expected:
        remark = "a good file expects nothing"
    elif not is_good and not expected:
        remark = f"a bad file marks what it expects: '# ^^^ {code}' under the place"
    return FixtureResult(
        path,
        tuple(sorted(expected - set(found))),
        tuple(sorted((place, message) for place, message in found.items() if place not in expected)),
        remark,
    )


def _is_same(name: str, path: str) -> bool:
    return os.path.realpath(name) == os.path.realpath(path)
