"""BP980-999: comments and baselines that accept diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.edit import Applicability, Edit, Fix
from bplint.near import nearest
from bplint.rules.bp9_style.suppression_faults import (
    BadSuppression,
    MandatorySuppression,
    StaleBaselineEntry,
    UnknownSuppression,
    UnusedSuppression,
)
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.bp9_style.suppression_faults import SilencingCode
    from bplint.rules.context import Context


def _fix(fault: SilencingCode, title: str) -> Fix:
    span, text = fault.edit
    return Fix(title, Applicability.SAFE, (Edit(fault.path, span, text),))


@rule(
    "BP980",
    on=UnusedSuppression,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    fixable="safe",
)
def unused_suppression(fault: UnusedSuppression, ctx: Context) -> Iterator[Diagnostic]:
    """A comment suppresses a rule that reports nothing there.

    Why: the fault it hid was mended or has moved away; left behind, the comment hides the next one. It is
    reported only where every import could be read and the rule was on.
    Manager: nothing: it reads no comments.
    Bad:
        # bplint: ignore[unknown-node-type]
        #                ^^^^^^^^^^^^^^^^^ BP980
        node_templates:
          host:
            type: cloudify.nodes.Compute
    Good:
        node_templates:
          host:
            type: cloudify.nodes.Compute
    Fix: the code is taken out of the comment, and the comment goes with its last code.
    """
    code = fault.code
    yield ctx.report(
        fault,
        f"'{code}' suppresses nothing here",
        fix=_fix(fault, "remove the suppression"),
    )


@rule(
    "BP981",
    on=UnknownSuppression,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    fixable="safe",
)
def unknown_suppression(fault: UnknownSuppression, ctx: Context) -> Iterator[Diagnostic]:
    """A comment suppresses a rule that does not exist.

    Why: the comment does nothing; most often the code is mistyped.
    Manager: nothing: it reads no comments.
    Bad:
        # bplint: ignore[unknown-node-tipe]
        #                ^^^^^^^^^^^^^^^^^ BP981
        node_templates:
          host:
            type: cloudify.nodes.Compute
    Good:
        node_templates:
          host:
            type: cloudify.nodes.Compute
    Fix: the code is taken out of the comment; where a rule's code or name is near, it is put in its place
        (not a safe fix, for it may hide something).
    """
    code, best = fault.code, fault.best
    hint = f"; did you mean '{best}'?" if best else ""
    fix = _fix(fault, "remove the suppression")
    if best is not None:
        edit = Edit(fault.path, fault.span, best)
        fix = Fix(f"suppress '{best}' instead", Applicability.UNSAFE, (edit,))
    yield ctx.report(fault, f"no rule has the code or name '{code}'{hint}", fix=fix)


@rule("BP982", on=BadSuppression, effect=Effect.ADVICE, severity=Severity.WARNING)
def bad_suppression(fault: BadSuppression, ctx: Context) -> Iterator[Diagnostic]:
    """A comment addresses bplint in a form that it does not understand.

    Why: a suppression has to name what it suppresses, so that it cannot hide what comes later.
    Manager: nothing: it reads no comments.
    Bad:
        node_templates:
          host:
            type: cloudify.nodes.Compute  # bplint: ignore
        #                                 ^^^^^^^^^^^^^^^^ BP982
    Good:
        node_templates:
          host:
            type: cloudify.nodes.Compute
    """
    verb = fault.verb
    message = "a suppression has to name the codes that it is for"
    if verb not in ("ignore", "ignore-file"):
        best = nearest(verb, ("ignore", "ignore-file"))
        message = f"'{verb}' is no suppression" + (f"; did you mean '{best}'?" if best else "")
    form = "write '# bplint: ignore[CODE] reason' or '# bplint: ignore-file[CODE] reason'"
    yield ctx.report(fault, message, help=form)


@rule(
    "BP983",
    on=MandatorySuppression,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    fixable="safe",
)
def mandatory_suppression(fault: MandatorySuppression, ctx: Context) -> Iterator[Diagnostic]:
    """A comment suppresses a rule that the configuration marks as mandatory.

    Why: the comment has no effect, and a reader may think that it has.
    Manager: nothing: it reads no comments.
    Bad:
        # bplint: ignore[BP000]
        #                ^^^^^ BP983
        node_templates:
          host:
            type: cloudify.nodes.Compute
    Good:
        node_templates:
          host:
            type: cloudify.nodes.Compute
    Fix: the code is taken out of the comment.
    """
    code = fault.code
    yield ctx.report(
        fault,
        f"'{code}' is mandatory and cannot be suppressed",
        fix=_fix(fault, "remove the suppression"),
    )


@rule("BP984", on=StaleBaselineEntry, effect=Effect.ADVICE)
def stale_baseline_entry(fault: StaleBaselineEntry, ctx: Context) -> Iterator[Diagnostic]:
    """The baseline accepts a diagnostic that no longer occurs.

    Why: left in the baseline it would accept the same fault if it came back.
    Manager: nothing: the baseline is bplint's own.
    Bad:
        node_templates:
          host:
            type: cloudify.nodes.Compute
        #: .bplint-baseline.json
        {
          "version": 1,
          "entries": [
            {
              "path": "blueprint.yaml",
              "code": "BP201",
              "message": "unknown node type 'acme.Server'",
              "fingerprint": "0123456789abcdef0123456789abcdef"
            }
          ]
        }
    Good:
        node_templates:
          host:
            type: cloudify.nodes.Compute
        #: .bplint-baseline.json
        {"version": 1, "entries": []}
    Fix: write the baseline again with --write-baseline.
    """
    code, path = fault.code, fault.about
    why = "which is gone" if fault.is_gone else "which no longer occurs"
    yield ctx.report(
        fault,
        f"the baseline accepts {code} in '{path}', {why}",
        help="write the baseline again with --write-baseline",
    )
