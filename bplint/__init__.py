"""Validates Cloudify blueprints and plugin.yaml files, and previews execution plans, offline.

    import bplint

    config = bplint.load_config()
    result = bplint.lint_paths(["blueprint.yaml"], config)
    for entry in result.diagnostics:
        print(entry.path, entry.line, entry.column, entry.code, entry.message)

Importing this package imports nothing else of it; each name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bplint.api import (
        ConfigError,
        FixResult,
        fix_paths,
        lint_paths,
        lint_text,
        load_config,
        plan,
        render,
        workflows,
    )
    from bplint.app import FileResult, LintRequest, LintResult
    from bplint.app.planning import PlanOutcome
    from bplint.config import Config
    from bplint.diagnostic import Confidence, Diagnostic, Effect, Reference, Related, Severity
    from bplint.edit import Applicability, Edit, Fix
    from bplint.plan.plan import Plan
    from bplint.plan.plan_options import PlanOptions
    from bplint.pycode.describe_workflows import ParameterDescription, WorkflowDescription
    from bplint.span import Span

__version__: Final = "0.1.0"

_HOMES: Final = {
    "api": (
        "ConfigError",
        "FixResult",
        "fix_paths",
        "lint_paths",
        "lint_text",
        "load_config",
        "plan",
        "render",
        "workflows",
    ),
    "app": ("FileResult", "LintRequest", "LintResult"),
    "app.planning": ("PlanOutcome",),
    "config": ("Config",),
    "diagnostic": ("Confidence", "Diagnostic", "Effect", "Reference", "Related", "Severity"),
    "edit": ("Applicability", "Edit", "Fix"),
    "plan.plan": ("Plan",),
    "plan.plan_options": ("PlanOptions",),
    "pycode.describe_workflows": ("ParameterDescription", "WorkflowDescription"),
    "span": ("Span",),
}

__all__ = [
    "Applicability",
    "Confidence",
    "Config",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "Effect",
    "FileResult",
    "Fix",
    "FixResult",
    "LintRequest",
    "LintResult",
    "ParameterDescription",
    "Plan",
    "PlanOptions",
    "PlanOutcome",
    "Reference",
    "Related",
    "Severity",
    "Span",
    "WorkflowDescription",
    "__version__",
    "fix_paths",
    "lint_paths",
    "lint_text",
    "load_config",
    "plan",
    "render",
    "workflows",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"bplint.{home}"), name)
    raise AttributeError(f"module 'bplint' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
