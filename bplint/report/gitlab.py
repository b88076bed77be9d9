"""A Code Quality report for GitLab."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Effect, Severity
from bplint.lint.fingerprint import fingerprints
from bplint.report import from_root
from bplint.report.json_report import places

if TYPE_CHECKING:
    from bplint.app import LintResult
    from bplint.diagnostic import Diagnostic
    from bplint.report import ReportOptions

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(result: LintResult, options: ReportOptions) -> str:
    """A JSON array; fingerprints let a merge request show what is new."""
    paths = {path: from_root(path, options.prefix) for path in {entry.path for entry in result.diagnostics}}
    prints = fingerprints(result.diagnostics, result.sources, paths)
    entries = [
        _entry(entry, result, paths[entry.path], fingerprint)
        for entry, fingerprint in zip(result.diagnostics, prints, strict=True)
    ]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def _entry(entry: Diagnostic, result: LintResult, path: str, fingerprint: str) -> dict[str, Any]:
    place = places(result.sources.get(entry.path), entry.span)
    severity = "critical" if entry.effect is Effect.REFUSED else _SEVERITIES[entry.severity]
    return {
        "type": "issue",
        "description": entry.message,
        "check_name": f"{entry.code} {entry.name}",
        "fingerprint": fingerprint,
        "severity": severity,
        "categories": ["Style" if entry.effect is Effect.ADVICE else "Bug Risk"],
        "location": {
            "path": path,
            "lines": {"begin": place["start"]["line"], "end": place["end"]["line"]},
        },
    }
