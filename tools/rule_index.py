"""Where each rule is declared, so that a lint imports only the families it needs."""

from __future__ import annotations

from importlib import import_module

from bplint.rules.registry import FAMILIES
from bplint.rules.rule import declared

# one long text is read much faster than a table of its words
TEXT = '''\
"""Where each rule is declared. Written by `python -m tools.generate`; do not edit."""

from typing import Final

# a line for each rule: code, name, and its module in this package
RULES: Final = """\\
{rules}"""

# the names of those that are off by default
OFF: Final = """\\
{off}"""
'''


def rule_index() -> str:
    """The text of bplint/rules/index.py."""
    for family in FAMILIES:
        import_module(f"bplint.rules.{family}")
    rules = [rule for rule in declared() if rule.check.__module__.startswith("bplint.rules.")]
    rules.sort(key=lambda rule: rule.code)
    lines = (
        f"{rule.code} {rule.name} {rule.check.__module__.removeprefix('bplint.rules.')}\n" for rule in rules
    )
    off = (f"{rule.name}\n" for rule in rules if not rule.is_default)
    return TEXT.format(rules="".join(lines), off="".join(off))
