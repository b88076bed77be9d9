"""`--fail-task`: which operations shall fail in a plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bplint.near import nearest
from bplint.plan.operation import short_operation
from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from bplint.deployment.plain_nodes import PlanNodes

_TAIL: Final = lazy_pattern(r"(?:=(?P<error>[a-z]+))?(?:\*(?P<times>\d+))?$")
_RELATIONSHIP: Final = lazy_pattern(
    r"(?P<operation>[^\[@]+)\[(?P<source>[^\]]+)->(?P<target>[^\]]+):(?P<side>source|target)\]$"
)
_ERRORS: Final = ("recoverable", "nonrecoverable")


def read_fail_task(text: str, plan: PlanNodes) -> dict[str, Any] | str:
    """The specification for the request, or why it is none.

    '<task>[=recoverable|nonrecoverable][*N]', the task as a plan calls it (`start@db#0`, without the number
    for all instances of the node, `establish[app#0->db#0:source]`) or as NODE[#i].OPERATION; the operation in
    full or its last part. Without a word it is not recoverable; without a number it fails every time.
    """
    tail = _TAIL.search(text)
    assert tail is not None
    body = text[: tail.start()]
    error = tail["error"] or "nonrecoverable"
    if error not in _ERRORS:
        return f"--fail-task {text}: '{error}' is neither 'recoverable' nor 'nonrecoverable'"
    times = int(tail["times"]) if tail["times"] else None
    related = _RELATIONSHIP.match(body)
    if related is not None:
        own = related["source"] if related["side"] == "source" else related["target"]
        found = _split_task(f"{related['operation']}@{own}", plan)
    else:
        found = _split_task(body, plan) if "@" in body else _split(body, plan)
    if isinstance(found, str):
        return f"--fail-task {text}: {found}"
    node, index, operation = found
    spec = {"node": node, "index": index, "operation": operation, "error": error, "times": times}
    if related is not None:
        spec.update((name, related[name]) for name in ("side", "source", "target"))
    return spec


def _split_task(body: str, plan: PlanNodes) -> tuple[str, int | None, str] | str:
    """`start@db#0`, `start@db`, `cloudify.interfaces.lifecycle.start@db#0`."""
    operation, _, instance = body.partition("@")
    node, _, index = instance.rpartition("#")
    found = _split(f"{instance}.{operation}" if not node else f"{node}#{index}.{operation}", plan)
    if isinstance(found, str):
        return found
    node, number, operation = found
    # of operations with the same last part that one is meant which is called so in a plan
    called = [one for one in _mapped_operations(node, plan) if short_operation(one) == operation]
    return node, number, called[0] if len(called) == 1 else operation


def _split(body: str, plan: PlanNodes) -> tuple[str, int | None, str] | str:
    names = {node["id"] for node in plan.nodes}
    # a node's name may contain dots: the longest that fits is meant
    for name in sorted(names, key=len, reverse=True):
        match = re.match(rf"{re.escape(name)}(?:#(\d+))?\.(.+)$", body)
        if match:
            operation = match[2]
            mapped = _mapped_operations(name, plan)
            if operation in mapped or any(one.endswith(f".{operation}") for one in mapped):
                return name, int(match[1]) if match[1] else None, operation
            near = nearest(operation, [*mapped, *(one.rpartition(".")[2] for one in mapped)])
            hint = f"; did you mean '{near}'?" if near else ""
            return f"node '{name}' maps no operation '{operation}'{hint}"
    if "." not in body:
        return "wanted OPERATION@NODE or NODE.OPERATION"
    written = body.partition(".")[0].partition("#")[0]
    near = nearest(written, names)
    return f"there is no node '{written}'" + (f"; did you mean '{near}'?" if near else "")


def _mapped_operations(name: str, plan: PlanNodes) -> set[str]:
    """Operations that can run on instances of a node, those of relationships included."""
    numbers = set()
    for node in plan.nodes:
        if node["id"] == name:
            numbers.add(node["operations"]["table"])
            numbers.update(one["source_operations"]["table"] for one in node["relationships"])
        for one in node["relationships"]:
            if one["target_id"] == name:
                numbers.add(one["target_operations"]["table"])
    return {
        full
        for number in numbers
        for full, facts in plan.operation_tables[number].items()
        if facts["operation"]
    }
