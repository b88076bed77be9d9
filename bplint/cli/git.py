"""What git knows: the repository's root and the lines changed since a revision."""

from __future__ import annotations

import os
import re
from typing import Final

import click

from bplint.regex import lazy_pattern

_HUNK: Final = lazy_pattern(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_ESCAPE: Final = lazy_pattern(r"\\([abfnrtv\"\\]|[0-7]{3})")
_NAMED: Final = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}
# nothing that a repository configures is run: no external diff, no text conversion, no monitor, no pager
_SAFE: Final = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=true", "--no-pager")


def repository_root(start: str) -> str | None:
    """The folder from `start` upward that holds .git, or None."""
    folder = os.path.abspath(start)
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def prefix_of(folder: str) -> str:
    """The path of a folder from its repository's root, with `/`; '' for the root and outside of any."""
    root = repository_root(folder)
    if root is None:
        return ""
    relative = os.path.relpath(os.path.abspath(folder), root).replace(os.sep, "/")
    return "" if relative == "." else relative


class ChangedLines:
    """Lines that differ from a revision, by real path; None stands for all lines of a new file."""

    def __init__(self, lines: dict[str, set[int] | None]) -> None:
        self._lines = lines

    def touches(self, path: str, first: int, last: int) -> bool:
        """Whether one of the lines from `first` to `last` of a file is changed."""
        lines = self._lines.get(os.path.realpath(path), set())
        return lines is None or not lines.isdisjoint(range(first, last + 1))


def changed_lines(revision: str) -> ChangedLines:
    """Lines of the work tree that are not in a revision, untracked files included. Raises
    click.UsageError where git cannot say."""
    top = _git("rev-parse", "--show-toplevel").strip()
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames")
    prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
    diff = _git("-C", top, "diff", *options, *prefixes, commit, "--")
    found = {os.path.realpath(os.path.join(top, name)): lines for name, lines in _parsed(diff).items()}
    untracked = _git("-C", top, "ls-files", "--others", "--exclude-standard", "-z")
    for name in filter(None, untracked.split("\0")):
        found[os.path.realpath(os.path.join(top, name))] = None
    return ChangedLines(found)


def _git(*arguments: str) -> str:
    return run_git("--diff-base", *arguments).decode("utf-8", "surrogateescape")


def run_git(option: str, *arguments: str, text: bytes | None = None) -> bytes:
    """What git prints; `text` is its input. Raises click.UsageError, naming the option, where it fails."""
    # subprocess: only for who compares with a revision
    import subprocess

    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", *_SAFE, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=environment, input=text)
    except OSError as error:
        raise click.UsageError(f"{option} needs git: {error.strerror}") from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise click.UsageError(f"{option}: {reason[-1] if reason else 'no such revision'}")
    return done.stdout


def _parsed(diff: str) -> dict[str, set[int] | None]:
    """New line numbers of each file of a diff without context."""
    found: dict[str, set[int] | None] = {}
    lines: set[int] = set()
    left = 0  # lines of the hunk that are still to come; they may look like headers
    for text in diff.split("\n"):
        if left and text.startswith(("+", "-")):
            left -= text.startswith("+")
            continue
        if text.startswith("+++ "):
            name = _unquoted(text[4:])
            lines = set()
            if name != "/dev/null":
                found[name.removeprefix("b/")] = lines
            continue
        match = _HUNK.match(text)
        if match:
            start, count = int(match[1]), int(match[2] or 1)
            lines.update(range(start, start + count))
            left = count
    return found


def _unquoted(name: str) -> str:
    """A path as git prints it: quoted with C escapes where it has special characters."""
    name = name.removesuffix("\t")
    if not (name.startswith('"') and name.endswith('"')):
        return name

    def replaced(match: re.Match[str]) -> str:
        code = match[1]
        return chr(_NAMED[code] if code in _NAMED else int(code, 8))

    octets = _ESCAPE.sub(replaced, name[1:-1])
    return octets.encode("latin-1").decode("utf-8", "surrogateescape")
