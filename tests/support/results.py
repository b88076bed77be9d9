"""A result with everything that a report has to cope with."""

from __future__ import annotations

from bplint.app import FileResult, LintResult
from bplint.diagnostic import Confidence, Diagnostic, Effect, Reference, Related, Severity
from bplint.edit import Applicability, Edit, Fix
from bplint.source import Source
from bplint.span import Span

MAIN = Source.from_text(
    "blueprint.yaml",
    f"""\
tosca_definitions_version: cloudify_dsl_1_5
imports:
  - plugin:acme
node_templates:
  vm:
    # the machine

    type: cloudify.nodes.Compte
    properties:
      名前: {{wide: "日本語のテキスト", e\u0301: x}}
\t\ttabbed: true   # tab
      long: "{"x" * 70}", bad: HERE_IS_THE_FAULT, after: "{"y" * 80}"
      escape: "\x1b[31mred\x1b[0m"
""",
)
TYPES = Source.from_text("types/%2C types.yaml", "a: 1\nnode_types:\n  cloudify.nodes.Compute: {}\n")


def span_of(source: Source, text: str) -> Span:
    start = source.text.index(text)
    return Span(start, start + len(text))


def told(source: Source, text: str, message: str, severity: str = "error", **more: object) -> Diagnostic:
    effect = {"error": Effect.REFUSED}.get(severity, Effect.ADVICE)
    span = span_of(source, text)
    return Diagnostic(
        "BP250", "unknown-node-type", Severity(severity), effect, message, source.path, span, **more
    )


def sample() -> LintResult:
    found = [
        told(
            MAIN,
            "cloudify.nodes.Compte",
            "unknown node type 'cloudify.nodes.Compte'; did you mean 'cloudify.nodes.Compute'?",
            related=(
                Related("declared here", TYPES.path, span_of(TYPES, "cloudify.nodes.Compute")),
                Related("the node template", MAIN.path, span_of(MAIN, "vm")),
            ),
            help="a type is declared in node_types or comes with an import",
            fix=Fix(
                "write 'cloudify.nodes.Compute'",
                Applicability.SAFE,
                (Edit(MAIN.path, span_of(MAIN, "cloudify.nodes.Compte"), "cloudify.nodes.Compute"),),
            ),
            reference=Reference("DSLParsingLogicException", 7),
        ),
        told(MAIN, "日本語のテキスト", "wide characters", "warning"),
        told(MAIN, "x}", "behind a combining character", "warning", confidence=Confidence.LOW),
        told(MAIN, "tabbed", "behind tabs", "info"),
        told(MAIN, "HERE_IS_THE_FAULT", "in the middle of a long line; " + "many words " * 8 + "end"),
        told(MAIN, "\x1b[31mred", "escapes \x1b[31m, \u202e and 100% [brackets](1) <&>\nof two lines"),
        told(MAIN, "vm:\n    # the machine\n\n    type: cloudify.nodes.Compte", "over several lines"),
        told(MAIN, "", "nothing at the beginning"),
    ]
    files = (
        FileResult(
            "blueprint.yaml",
            "blueprint",
            "cloudify_dsl_1_5",
            "refused",
            ("plugin:acme",),
            12,
            "blueprint.yaml",
        ),
        FileResult("plugin.yaml", "plugin", None, "ok"),
    )
    found.sort(key=lambda entry: entry.sort_key)
    return LintResult(files, tuple(found), {MAIN.path: MAIN, TYPES.path: TYPES}, 2)


def clean() -> LintResult:
    return LintResult((FileResult("plugin.yaml", "plugin", None, "ok"),), (), {})
