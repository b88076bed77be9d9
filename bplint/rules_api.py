"""What rules of your own are written with, in Python.

A package with the entry point group `bplint.rules` names a module that declares rules; a configuration that
lists the entry point under `rule-plugins` runs them. Everything here is stable within a major version:
other modules of bplint are not. `examples/company-rules` is a package to start from.

    from bplint.rules_api import Context, Diagnostic, Effect, NodeTemplate, rule

    @rule("ACME001", "acme-node-name", on=NodeTemplate, effect=Effect.ADVICE)
    def node_name(template: NodeTemplate, ctx: Context) -> Iterator[Diagnostic]:
        '''Node template's name has capitals.'''
        if template.name != template.name.lower():
            yield ctx.report(template.key, f"node template '{template.name}' has capitals in its name")

A rule is a generator: it is given an element of the kind it is `on`, looks, and yields what `ctx.report`
makes. It reads no files and keeps nothing. A lookup answers the element, `MISSING` (certainly not there) or
`UNKNOWN` (an import that could not be read may bring it); both are falsy, and on UNKNOWN a rule keeps quiet.
"""

from __future__ import annotations

from bplint.diagnostic import Confidence, Diagnostic, Effect, Related, Severity
from bplint.document import Document
from bplint.edit import Applicability, Edit, Fix
from bplint.lookup import MISSING, UNKNOWN, Absent
from bplint.model.blueprint import Blueprint
from bplint.model.elements import (
    Capability,
    DataType,
    Element,
    Group,
    Input,
    Label,
    NodeTemplate,
    NodeType,
    Operation,
    Output,
    Parameter,
    Plugin,
    Policy,
    PolicyTrigger,
    PolicyType,
    Relationship,
    RelationshipType,
    SchemaProperty,
    Workflow,
)
from bplint.model.value_tests import is_function
from bplint.rules.context import Context
from bplint.rules.rule import rule
from bplint.span import Span
from bplint.syntax.mapping import deref, get, get_pair, pairs, python_of
from bplint.syntax.tree import Node

__all__ = [
    "MISSING",
    "UNKNOWN",
    "Absent",
    "Applicability",
    "Blueprint",
    "Capability",
    "Confidence",
    "Context",
    "DataType",
    "Diagnostic",
    "Document",
    "Edit",
    "Effect",
    "Element",
    "Fix",
    "Group",
    "Input",
    "Label",
    "Node",
    "NodeTemplate",
    "NodeType",
    "Operation",
    "Output",
    "Parameter",
    "Plugin",
    "Policy",
    "PolicyTrigger",
    "PolicyType",
    "Related",
    "Relationship",
    "RelationshipType",
    "SchemaProperty",
    "Severity",
    "Span",
    "Workflow",
    "deref",
    "get",
    "get_pair",
    "is_function",
    "pairs",
    "python_of",
    "rule",
]
