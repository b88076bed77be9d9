"""A SARIF 2.1.0 report, as GitHub's code scanning takes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bplint import __version__
from bplint.diagnostic import Confidence, Severity
from bplint.lint.fingerprint import fingerprints
from bplint.lint.select import INTERNAL
from bplint.report import from_root
from bplint.report.summary import unchecked_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bplint.app import LintResult
    from bplint.diagnostic import Diagnostic
    from bplint.edit import Fix
    from bplint.report import ReportOptions
    from bplint.rules.rule import Rule
    from bplint.source import Source
    from bplint.span import Span

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT: Final = "%SRCROOT%"
MAX_RESULTS: Final = 25_000  # GitHub refuses files with more in a run
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def render(result: LintResult, options: ReportOptions) -> str:
    """One SARIF log with one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_SarifRun(result, options).log()]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


class _SarifRun:
    """Builds the run of a result."""

    def __init__(self, result: LintResult, options: ReportOptions) -> None:
        self.result = result
        self.prefix = options.prefix
        self.link = options.link
        self.told = _most_severe(result.diagnostics)
        self.codes = sorted({entry.code for entry in self.told})
        self.rules = {rule.code: rule for rule in options.rules or _all_rules()}

    def log(self) -> dict[str, Any]:
        paths = {entry.path: from_root(entry.path, self.prefix) for entry in self.told}
        prints = fingerprints(self.told, self.result.sources, paths)
        return {
            "tool": {
                "driver": {
                    "name": "bplint",
                    "version": __version__,
                    "semanticVersion": __version__,
                    "rules": [self._rule(code) for code in self.codes],
                }
            },
            "automationDetails": {"id": "bplint/"},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
            "invocations": [self._invocation()],
            "results": [
                self._result(entry, fingerprint) for entry, fingerprint in zip(self.told, prints, strict=True)
            ],
        }

    def _rule(self, code: str) -> dict[str, Any]:
        rule = self.rules.get(code)
        if rule is None:  # a bug of a rule
            text = {"text": "A rule of bplint failed."}
            return {"id": code, "shortDescription": text, "fullDescription": text, "help": text}
        link = {"helpUri": self.link.replace("{code}", code)} if self.link else {}
        return {**_described(rule), **link}

    def _invocation(self) -> dict[str, Any]:
        notes = [
            {"level": "error", "message": {"text": entry.message}}
            for entry in self.result.diagnostics
            if entry.code == INTERNAL
        ]
        is_successful = not notes
        unchecked = unchecked_line(self.result)
        if unchecked:
            notes.append({"level": "note", "message": {"text": unchecked}})
        left_out = len(self.result.diagnostics) - len(self.told)
        if left_out:
            text = f"{left_out} results of lower severity are left out: a run may have {MAX_RESULTS}"
            notes.append({"level": "warning", "message": {"text": text}})
        return {"executionSuccessful": is_successful, "toolExecutionNotifications": notes}

    def _result(self, entry: Diagnostic, fingerprint: str) -> dict[str, Any]:
        found = {
            "ruleId": entry.code,
            "ruleIndex": self.codes.index(entry.code),
            "level": _LEVELS[entry.severity],
            "message": {"text": _message(entry)},
            "locations": [{"physicalLocation": self._place(entry.path, entry.span, has_snippet=True)}],
            "partialFingerprints": {
                "primaryLocationLineHash": f"{fingerprint}:1",
                "bplintDiagnostic/v1": fingerprint,
            },
            "properties": {"effect": entry.effect.value, "confidence": entry.confidence.value},
        }
        if entry.related:
            found["relatedLocations"] = [
                {
                    "id": number,
                    "message": {"text": related.message},
                    "physicalLocation": self._place(related.path, related.span),
                }
                for number, related in enumerate(entry.related, 1)
            ]
        if entry.fix is not None:
            found["fixes"] = [self._fix(entry.fix)]
        return found

    def _place(self, path: str, span: Span, *, has_snippet: bool = False) -> dict[str, Any]:
        region = _region(self.result.sources.get(path), span)
        source = self.result.sources.get(path)
        if has_snippet and source is not None:
            region["snippet"] = {"text": source.text[span.start : span.end]}
        return {"artifactLocation": self._artifact(path), "region": region}

    def _artifact(self, path: str) -> dict[str, str]:
        # urllib is imported for this report alone
        from urllib.parse import quote

        path = from_root(path, self.prefix)
        if path.startswith("/"):
            return {"uri": "file://" + quote(path)}
        if path[1:3] == ":/":
            return {"uri": "file:///" + quote(path, safe="/:")}
        return {"uri": quote(path), "uriBaseId": ROOT}

    def _fix(self, fix: Fix) -> dict[str, Any]:
        paths = list(dict.fromkeys(edit.path for edit in fix.edits))
        return {
            "description": {"text": fix.title},
            "artifactChanges": [
                {
                    "artifactLocation": self._artifact(path),
                    "replacements": [
                        {
                            "deletedRegion": _region(self.result.sources.get(path), edit.span),
                            "insertedContent": {"text": edit.text},
                        }
                        for edit in fix.edits
                        if edit.path == path
                    ],
                }
                for path in paths
            ],
        }


def _all_rules() -> Sequence[Rule]:
    from bplint.rules.registry import all_rules

    return all_rules()


def _most_severe(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """All of them, or the most severe ones of too many, in their order."""
    if len(found) <= MAX_RESULTS:
        return list(found)
    kept = sorted(found, key=lambda entry: _ORDER.index(entry.severity))[:MAX_RESULTS]
    return sorted(kept, key=lambda entry: entry.sort_key)


def _region(source: Source | None, span: Span) -> dict[str, Any]:
    if source is None:
        return {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    line, column = source.lines.position(span.start)
    end_line, end_column = source.lines.position(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _message(entry: Diagnostic) -> str:
    """The message with a link to each related place; GitHub shows only those that are linked."""
    text = _plain(entry.message)
    if entry.help:
        text += f"\n{_plain(entry.help)}"
    links = [f"[{_plain(related.message)}]({number})" for number, related in enumerate(entry.related, 1)]
    return "\n".join([text, *links])


def _plain(text: str) -> str:
    """Text without anything that SARIF takes for a link."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _described(rule: Rule) -> dict[str, Any]:
    from bplint.report.rule_page import markdown_of, plain_text_of
    from bplint.rules.documentation import documentation_of

    documentation = documentation_of(rule)
    properties: Mapping[str, Any] = {
        "tags": ["cloudify", rule.effect.value],
        "precision": "very-high" if rule.confidence is Confidence.HIGH else "medium",
        "problem.severity": _PROBLEMS[rule.severity],
    }
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": documentation.summary},
        "fullDescription": {"text": documentation.why or documentation.summary},
        "help": {"text": plain_text_of(rule), "markdown": markdown_of(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.is_default},
        "properties": properties,
    }
