"""A package that takes a code of bplint."""

from bplint.diagnostic import Effect
from bplint.model.elements import NodeTemplate
from bplint.rules.rule import rule


@rule("BP250", "acme-clash", on=NodeTemplate, effect=Effect.ADVICE)
def clash(fault, ctx):
    """Never run."""
    yield from ()
