"""A package whose rule has a bug."""

from bplint.diagnostic import Effect
from bplint.model.elements import NodeTemplate
from bplint.rules.rule import rule


@rule("ACME900", "acme-raising", on=NodeTemplate, effect=Effect.ADVICE)
def raising(template, ctx):
    """Raises."""
    yield from ()
    raise KeyError(template.name)
