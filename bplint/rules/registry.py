"""All rules of bplint, by code and by name."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Final

from bplint.rules.rule import Rule, declared

FAMILIES: Final = (
    "files",
    "syntax",
    "yaml",
    "imports",
    "versions",
    "structure",
    "contents",
    "types",
    "values",
    "operations",
    "relationships",
    "functions",
    "misused_functions",
    "inputs",
    "constraints",
    "schedules",
    "deployment",
    "workflows",
    "operation_targets",
    "target_imports",
    "scripts",
    "operation_signatures",
    "signatures",
    "signature_defaults",
    "workflow_graphs",
    "workflow_tasks",
    "workflow_cancellation",
    "workflow_usage",
    "workflow_names",
    "workflow_blueprint",
    "packaging",
    "plugins",
    "groups",
    "unused",
    "style",
    "suppressions",
)


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the families, sorted by code. Raises ValueError where a code or name is used twice."""
    for family in FAMILIES:
        import_module(f"bplint.rules.{family}")
    rules = sorted(declared(), key=lambda entry: entry.code)
    for attribute in ("code", "name"):
        values = [getattr(entry, attribute) for entry in rules]
        if len(set(values)) < len(values):
            twice = {value for value in values if values.count(value) > 1}
            raise ValueError(f"rule {attribute} used twice: {', '.join(sorted(twice))}")
    return tuple(rules)


def find_rule(code_or_name: str) -> Rule | None:
    """The rule of this code or name, or None."""
    for entry in all_rules():
        if code_or_name in (entry.code, entry.name):
            return entry
    return None
