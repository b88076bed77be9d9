"""Numbers of instances: `instances`, the scalable capability and scaling policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.later import later
from bplint.lookup import UNKNOWN
from bplint.model.value_tests import is_function
from bplint.syntax.mapping import as_dict, deref, is_null
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.topology import topology_faults as kinds
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile
    from bplint.model.elements import NodeTemplate
    from bplint.syntax.mapping import Pair
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.topology.topology_faults")

UNBOUNDED: Final = "UNBOUNDED"
NO_LIMIT: Final = -1
DEFAULTS: Final = {"min_instances": 0, "default_instances": 1, "max_instances": NO_LIMIT}


def check_capabilities(template: NodeTemplate) -> Iterator[Fault]:
    """`instances` and `capabilities` of a node template."""
    capabilities = template.capabilities
    if capabilities is None or is_null(capabilities):
        return
    subject = f"node template '{template.name}'"
    if template.instances is not None and template.instances.kind == MAPPING:
        deploy = as_dict(template.instances).get("deploy")
        if deploy is not None and not is_null(deref(deploy[1])):
            key = as_dict(template.node)["capabilities"][0]
            path, old = template.path, deploy[0]
            yield kinds.InstancesAndCapabilities(path, key.span, subject=subject, deploy=old)
    scalable = as_dict(capabilities).get("scalable")
    properties = None if scalable is None else as_dict(scalable[1]).get("properties")
    if properties is not None:
        yield from check_instances(deref(properties[1]), template.file, subject)


def check_instances(node: Node, file: ImportedFile, subject: str) -> Iterator[Fault]:
    """`min_instances`, `default_instances` and `max_instances`."""
    if node.kind != MAPPING:
        return
    written = as_dict(node)
    numbers: dict[str, int | None] = {}
    is_whole = True
    for name in DEFAULTS:
        pair = written.get(name)
        faults = [] if pair is None else list(_check_number(name, pair[1], file, subject))
        yield from faults
        is_whole = is_whole and not faults
        numbers[name] = _number(name, pair)
    if is_whole:
        yield from _check_order(numbers, written, node, file, subject)


def _check_number(name: str, written: Node, file: ImportedFile, subject: str) -> Iterator[Fault]:
    node = deref(written)
    path, span = file.document.path, written.span
    if node.kind == MAPPING:
        if not is_function(node):
            yield kinds.InstancesMapping(path, span, subject=subject, name=name)
        return
    value = value_of(node) if node.kind == SCALAR else None
    if isinstance(value, str) and name == "max_instances":
        # the parser prefixes the word with the namespace of the file, and then does not know it
        if value != UNBOUNDED or file.namespace is not None:
            namespace = file.namespace
            yield kinds.InstancesLiteral(path, span, subject=subject, value=value, namespace=namespace)
        return
    if not isinstance(value, int):
        return
    least = 1 if name == "max_instances" else 0
    if value < least and not (name == "max_instances" and value == NO_LIMIT):
        yield kinds.InstancesNumber(path, span, subject=subject, name=name, value=value, least=least)


def _number(name: str, pair: Pair | None) -> int | None:
    """The effective number; None for a function and for what cannot be judged."""
    if pair is None:
        return DEFAULTS[name]
    node = deref(pair[1])
    value = value_of(node) if node.kind == SCALAR else UNKNOWN
    if value is None:
        return DEFAULTS[name]
    if value == UNBOUNDED and name == "max_instances":
        return NO_LIMIT
    return value if isinstance(value, int) else None


def _check_order(
    numbers: dict[str, int | None], written: dict[str, Pair], node: Node, file: ImportedFile, subject: str
) -> Iterator[Fault]:
    least, first, most = (numbers[name] for name in ("min_instances", "default_instances", "max_instances"))

    def fault(smaller: tuple[str, int], larger: tuple[str, int], names: tuple[str, ...]) -> Fault:
        place = next((written[name][1] for name in names if name in written), node)
        return kinds.InstancesOrder(
            file.document.path,
            place.span,
            subject=subject,
            smaller=smaller,
            larger=larger,
            implied=[name for name, _ in (smaller, larger) if name not in written],
        )

    if least is not None and first is not None and first < least:
        names = ("default_instances", "min_instances")
        yield fault(("default_instances", first), ("min_instances", least), names)
    if most is None or most == NO_LIMIT:
        return
    if least is not None and least > most:
        names = ("max_instances", "min_instances")
        yield fault(("max_instances", most), ("min_instances", least), names)
    elif first is not None and first > most:
        names = ("default_instances", "max_instances")
        yield fault(("max_instances", most), ("default_instances", first), names)
