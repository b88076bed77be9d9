"""The report for programs, as `schemas/report.schema.json` describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bplint.lint.fingerprint import fingerprints
from bplint.report.summary import count_by_code, count_by_severity, fixable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.app import FileResult, LintResult
    from bplint.diagnostic import Diagnostic
    from bplint.edit import Fix
    from bplint.report import ReportOptions
    from bplint.source import Source
    from bplint.span import Span

VERSION: Final = 1


def render(result: LintResult, options: ReportOptions) -> str:
    """One JSON object."""
    return json.dumps(report_of(result), indent=2, ensure_ascii=False) + "\n"


def report_of(result: LintResult) -> dict[str, Any]:
    """The report as plain data."""
    prints = fingerprints(result.diagnostics, result.sources)
    return {
        "version": VERSION,
        "files": [_file(file) for file in result.files],
        "diagnostics": [
            _diagnostic(entry, result.sources, fingerprint)
            for entry, fingerprint in zip(result.diagnostics, prints, strict=True)
        ],
        "summary": _summary(result),
    }


def _file(file: FileResult) -> dict[str, Any]:
    return {
        "path": file.path,
        "kind": file.kind,
        "dsl_version": file.dsl_version,
        "verdict": file.verdict,
        "incomplete": list(file.incomplete),
        "assumed": list(file.assumed),
        "unchecked": file.unchecked,
        "blame": file.blame,
    }


def _diagnostic(entry: Diagnostic, sources: Mapping[str, Source], fingerprint: str) -> dict[str, Any]:
    reference = entry.reference
    return {
        "code": entry.code,
        "name": entry.name,
        "severity": entry.severity.value,
        "effect": entry.effect.value,
        "confidence": entry.confidence.value,
        "reference": {"exception": reference.exception, "code": reference.code} if reference else None,
        "message": entry.message,
        "help": entry.help,
        "path": entry.path,
        **places(sources.get(entry.path), entry.span),
        "related": [
            {
                "message": related.message,
                "path": related.path,
                **places(sources.get(related.path), related.span),
            }
            for related in entry.related
        ],
        "fix": _fix(entry.fix, sources) if entry.fix else None,
        "fingerprint": fingerprint,
    }


def _fix(fix: Fix, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [
            {"path": edit.path, **places(sources.get(edit.path), edit.span), "text": edit.text}
            for edit in fix.edits
        ],
    }


def places(source: Source | None, span: Span) -> dict[str, dict[str, int]]:
    """`start` and `end` as lines and columns; a file without text has its first place."""
    if source is None:
        return {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 1}}
    found = {}
    for name, offset in (("start", span.start), ("end", span.end)):
        line, column = source.lines.position(offset)
        found[name] = {"line": line, "column": column}
    return found


def _summary(result: LintResult) -> dict[str, Any]:
    found = result.diagnostics
    safe, unsafe = fixable(found)
    by_severity = count_by_severity(found)
    return {
        "files": len(result.files),
        **{f"{severity.value}s": number for severity, number in by_severity.items()},
        "suppressed": result.suppressed,
        "unchecked": sum(file.unchecked for file in result.files),
        "fixable": {"safe": safe, "unsafe": unsafe},
        "by_code": {code: number for (code, _), number in count_by_code(found).items()},
    }
