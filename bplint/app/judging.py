"""Main files that the newest releases of their plugins refuse, judged with older ones that are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.imports.load_graph import build_graph
from bplint.lint.inspect import inspect
from bplint.lint.release_judging import ReleaseSearch, doubtful

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bplint.app.workspace import Workspace
    from bplint.diagnostic import Diagnostic
    from bplint.imports.graph import ImportGraph


def fitting_releases(workspace: Workspace, graph: ImportGraph, found: Sequence[Diagnostic]) -> bool:
    """Whether older releases accept a main file, or more of it: then the workspace judges it with them."""
    if graph.pinned:
        return False
    search = ReleaseSearch(graph, found, lambda pins: judged_with(workspace, graph, pins, search.with_code))
    search.run()
    if not search.pins:
        return False
    workspace.settle(graph.main.document, search.pins, search.faults)
    return True


def judged_with(
    workspace: Workspace, graph: ImportGraph, pins: Mapping[str, str | None], with_code: bool = False
) -> list[Diagnostic]:
    """What is found in a main file with other releases; without its code and its deployment."""
    pinned = build_graph(graph.main.document, workspace.resolver, pins)
    config = workspace.config._replace(deployment=False, import_check=False)
    inspected = inspect(pinned, config, workspace.code if with_code else None)
    return workspace.word(inspected.faults, inspected.blueprint)


def graded(workspace: Workspace, graph: ImportGraph, found: list[Diagnostic]) -> list[Diagnostic]:
    """What was found, with medium confidence where it hangs on an import whose release is assumed."""
    if not graph.assumed:
        return found
    left_out = {entry.location: None for entry in graph.assumed}
    return doubtful(found, judged_with(workspace, graph, {**graph.pinned, **left_out}, with_code=True))
