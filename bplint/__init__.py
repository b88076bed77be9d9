"""Validates Cloudify blueprints and plugin.yaml files, and previews execution plans, offline.

    import bplint

    result = bplint.lint_paths(["blueprint.yaml"])
    for entry in result.diagnostics:
        print(entry.code, entry.message)

Importing this package imports nothing else of it; each name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bplint.api import lint_paths, lint_text, plan
    from bplint.app import FileResult, LintRequest, LintResult
    from bplint.app.planning import PlanOutcome
    from bplint.config import Config
    from bplint.diagnostic import Confidence, Diagnostic, Effect, Reference, Related, Severity
    from bplint.edit import Applicability, Edit, Fix
    from bplint.plan.plan_options import PlanOptions
    from bplint.span import Span

__version__: Final = "0.1.0"

_HOMES: Final = {
    "api": ("lint_paths", "lint_text", "plan"),
    "app": ("FileResult", "LintRequest", "LintResult"),
    "app.planning": ("PlanOutcome",),
    "config": ("Config",),
    "diagnostic": ("Confidence", "Diagnostic", "Effect", "Reference", "Related", "Severity"),
    "edit": ("Applicability", "Edit", "Fix"),
    "plan.plan_options": ("PlanOptions",),
    "span": ("Span",),
}

__all__ = [
    "Applicability",
    "Confidence",
    "Config",
    "Diagnostic",
    "Edit",
    "Effect",
    "FileResult",
    "Fix",
    "LintRequest",
    "LintResult",
    "PlanOptions",
    "PlanOutcome",
    "Reference",
    "Related",
    "Severity",
    "Span",
    "__version__",
    "lint_paths",
    "lint_text",
    "plan",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"bplint.{home}"), name)
    raise AttributeError(f"module 'bplint' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
