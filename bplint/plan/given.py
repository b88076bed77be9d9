"""`--given FILE`: what only a manager would know, told to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.deployment.given_inputs import load_inputs
from bplint.near import nearest
from bplint.syntax.mapping import python_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Data = dict[str, Any]

SECTIONS: Final = ("runtime_properties", "secrets", "capabilities", "answers")
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PREFIXES: Final = ("/api/v3.1", "/api/v3", "/api/v2.1", "/api/v2")


class Given:
    """What was told, by section, and why it cannot be used.

    runtime_properties  node or node instance → its runtime properties when the execution begins
    secrets             key → value
    capabilities        deployment → name → value
    answers             'GET /deployments/other' → the answer of the manager's REST interface
    """

    __slots__ = ("refusals", "sections")

    def __init__(self) -> None:
        self.sections: dict[str, Data] = {name: {} for name in SECTIONS}
        self.refusals: list[str] = []


def read_given(paths: Iterable[str]) -> Given:
    """Everything in the files, of YAML or JSON; a later one adds to an earlier one."""
    found = Given()
    for path in paths:
        read = load_inputs((path,))
        found.refusals += [f"--given {path}: {fault.rule.replace('-', ' ')}" for fault in read.faults]
        for name, value in read.values.items():
            _add(found, path, name, python_of(value.node))
    return found


def _add(found: Given, path: str, name: str, value: Any) -> None:
    if name not in SECTIONS:
        near = nearest(name, SECTIONS)
        hint = f"did you mean '{near}'?" if near else f"there are: {', '.join(SECTIONS)}"
        found.refusals.append(f"--given {path}: unknown section '{name}'; {hint}")
    elif not isinstance(value, dict):
        found.refusals.append(f"--given {path}: '{name}' must be a dictionary")
    elif name == "answers":
        for request, answer in value.items():
            key = request_key(str(request))
            if key is None:
                wanted = "wanted is a method and a path, as 'GET /deployments/x'"
                found.refusals.append(f"--given {path}: '{request}' is no request; {wanted}")
            else:
                found.sections[name][key] = answer
    else:
        broken = [one for one, inner in value.items() if name != "secrets" and not isinstance(inner, dict)]
        found.refusals += [f"--given {path}: '{name}.{one}' must be a dictionary" for one in broken]
        found.sections[name].update({one: inner for one, inner in value.items() if one not in broken})


def request_key(text: str) -> str | None:
    """'GET /deployments/x' of a request as people write it, or None."""
    method, _, path = text.strip().partition(" ")
    path = path.strip()
    for prefix in _PREFIXES:
        path = path.removeprefix(prefix)
    if method.upper() not in _METHODS or not path.startswith("/"):
        return None
    return f"{method.upper()} {path.rstrip('/')}"


def set_runtime_properties(given: Given, rows: list[Data]) -> Iterator[str]:
    """Put runtime properties into the rows of node instances; yields why some cannot be."""
    known = {row["id"] for row in rows if not row.get("group")} | {row.get("node_id") for row in rows}
    for name in given.sections["runtime_properties"]:
        if name not in known:
            near = nearest(name, [one for one in known if one])
            hint = f"; did you mean '{near}'?" if near else ""
            yield f"--given: there is no node or node instance '{name}'{hint}"
    for row in rows:
        if row.get("group"):
            continue
        values = {}
        for name in (row["node_id"], row["id"]):
            values.update(given.sections["runtime_properties"].get(name, {}))
        if values:
            row["runtime_properties"] = values
