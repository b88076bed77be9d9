"""From all diagnostics of a run to those that are told: selection, comments, baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bplint.lint.select import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.rules.rule import Rule
    from bplint.source import Source


class Sifted(NamedTuple):
    """What is told, sorted; what the comments and the baseline took away is counted in `suppressed`."""

    diagnostics: tuple[Diagnostic, ...]
    suppressed: int


def selection_of(config: Config) -> Selection:
    """The rules of a run, those of other packages included. Raises RulePluginError."""
    from bplint.lint.third_party import known_rules

    return Selection(config, known_rules(config.rule_plugins))


def sift(
    found: Iterable[Diagnostic],
    sources: dict[str, Source],
    selection: Selection,
    config: Config,
    *,
    is_complete: bool,
) -> Sifted:
    """Select, suppress and compare with the baseline. Raises BaselineError.

    is_complete  every import could be read: only then a comment that silences nothing is told of
    `sources` gains the baseline where entries of it are told of.
    """
    selected = sorted(selection.sift(found), key=lambda entry: entry.sort_key)
    kept = selected
    faults: list[Fault] = []
    if any("bplint:" in source.text for source in sources.values()):
        # only who suppresses pays for it
        from bplint.lint.suppress import Suppressor

        suppressor = Suppressor(sources, selection)
        kept = suppressor.keep(kept)
        faults += [*suppressor.faults, *suppressor.idle(is_complete)]
    if config.baseline is not None:
        from bplint.lint.baseline import read_baseline

        baseline = read_baseline(config.baseline)
        kept, used = baseline.sift(kept, sources, selection)
        stale = list(baseline.stale(used, sources, selection)) if is_complete else []
        if stale:
            sources[baseline.path] = baseline.source
        faults += stale
    suppressed = len(selected) - len(kept)
    if faults:
        kept = sorted([*kept, *_worded(faults, selection)], key=lambda entry: entry.sort_key)
    return Sifted(tuple(kept), suppressed)


def _worded(faults: Sequence[Fault], selection: Selection) -> list[Diagnostic]:
    from bplint.rules.context import Context

    by_name = {rule.name: rule for rule in selection.active}
    found: list[Diagnostic] = []
    for fault in faults:
        rule: Rule | None = by_name.get(fault.kind)
        if rule is None:
            continue
        ctx = Context(None)  # type: ignore[arg-type]  # these faults belong to no blueprint
        ctx.rule, ctx.path = rule, fault.path
        found.extend(entry for entry in rule.check(fault, ctx) if selection.is_on(rule, entry.path))
    return found
