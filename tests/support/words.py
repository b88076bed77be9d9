"""What a run says, in the words that users read: for the texts beside the fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bplint.diagnostic import Diagnostic
    from bplint.source import Source


def words(found: Iterable[Diagnostic], sources: Mapping[str, Source], folder: Path) -> str:
    """A line a diagnostic with its help, related places and fix below it; paths as seen from `folder`."""
    root = folder.as_posix() + "/"

    def place(path: str, start: int) -> str:
        line, column = sources[path].lines.position(start)
        return f"{path.replace(root, '')}:{line}:{column}"

    lines = []
    for entry in found:
        where, severity = place(entry.path, entry.span.start), entry.severity.value
        lines.append(f"{where}: {severity}: {entry.message} [{entry.code} {entry.name}]")
        lines += [f"  help: {entry.help}"] if entry.help else []
        lines += [f"  see {place(each.path, each.span.start)}: {each.message}" for each in entry.related]
        lines += [f"  fix ({entry.fix.applicability.value}): {entry.fix.title}"] if entry.fix else []
    return "".join(f"{line}\n" for line in lines).replace(root, "").replace(folder.as_posix(), ".")
