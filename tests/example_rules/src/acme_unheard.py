"""A package whose rule is on what no walk meets."""

from bplint.diagnostic import Effect
from bplint.fault import Fault
from bplint.rules.rule import rule


class Invented(Fault):
    """Nothing finds it."""


@rule("ACME900", on=Invented, effect=Effect.ADVICE)
def invented(fault, ctx):
    """Never run."""
    yield from ()
