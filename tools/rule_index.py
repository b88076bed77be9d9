"""Where each rule is declared, so that a lint imports only the families it needs."""

from __future__ import annotations

from importlib import import_module

from bplint.rules.registry import FAMILIES
from bplint.rules.rule import declared

HEAD = '''"""Where each rule is declared. Written by `python -m tools.generate`; do not edit."""

from typing import Final

'''


def rule_index() -> str:
    """The text of bplint/rules/index.py."""
    for family in FAMILIES:
        import_module(f"bplint.rules.{family}")
    rules = [rule for rule in declared() if rule.check.__module__.startswith("bplint.rules.")]
    rules.sort(key=lambda rule: rule.code)
    lines = ["# name and code of a rule → its module in this package", "FAMILY_OF: Final[dict[str, str]] = {"]
    for rule in rules:
        family = rule.check.__module__.rpartition(".")[2]
        lines += [f'    "{rule.code}": "{family}",', f'    "{rule.name}": "{family}",']
    lines.append("}")
    return HEAD + "\n".join(lines) + "\n"
