"""Whether the script that a blueprint names is there. Nothing is read of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.document import Kind
from bplint.lookup import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.imports.graph import ImportGraph
    from bplint.lookup import Absent


def script_finder(graph: ImportGraph) -> Callable[[str], bool | Absent]:
    """A function that says whether a path below the main file's folder is a file; it answers UNKNOWN where
    the main file lies in no folder, such as text from standard input. The paths in a file that is made to be
    imported are seen from the folders of the blueprints that may import it."""
    main = graph.main
    folder = os.path.dirname(main.place or main.document.path) or "."
    name = os.path.basename(main.place or main.document.path)
    if name.startswith(("-", "<")) or not os.path.isdir(folder):
        return lambda path: UNKNOWN
    if main.document.kind is Kind.BLUEPRINT:
        return lambda path: is_script(folder, path)
    return lambda path: (
        is_script(folder, path)
        or any(is_script(other, path) for other in graph.surroundings.folders_of_importers())
    )


def is_script(folder: str, path: str) -> bool:
    """Whether the reference parser finds the script: it opens `file:FOLDER/PATH`, so a fragment is cut off
    and percent signs are decoded."""
    path = path.partition("#")[0].strip()
    if "%" in path:
        from urllib.parse import unquote  # only for such a path

        path = unquote(path)
    if not path or "\n" in path or "\0" in path or path.endswith("/"):
        return False
    try:
        return os.path.isfile(os.path.join(folder, path.lstrip("/")))
    except (OSError, ValueError):
        return False
