"""Notes that follow from what a plan's record holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.plan.operation import key_of
from bplint.plan.plan import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.plan.plan import Step

Data = dict[str, Any]


def resume_note(interrupted: Data | None) -> Note:
    """What a resumed execution begins with; `interrupted` is how the one before ended."""
    ended: Data = interrupted or {"status": "", "operations": 0}
    count = "1 operation" if ended["operations"] == 1 else f"{ended['operations']} operations"
    if ended["status"] == "interrupted":
        text = f"this is what is left after {count}; what had been started and not ended is waited for"
    else:
        text = f"there is nothing to resume: the execution ended after {count}"
    return Note("resumed", text)


def secret_notes(steps: Iterable[Step], request: Data) -> Iterator[Note]:
    """The secrets that have to be there for the inputs of the operations, with who reads them."""
    readers: dict[str, list[str]] = {}
    for step in steps:
        for task in step.tasks:
            if task.kind == "operation" and task.inputs:
                for name in _secrets_in(task.inputs):
                    readers.setdefault(name, []).append(str(key_of(task)))
    given = request.get("given", {}).get("secrets", {})
    for name, keys in sorted(readers.items()):
        more = f" and {len(keys) - 2} more" if len(keys) > 2 else ""
        here = "given" if name in given else "has to be there"
        yield Note("secret", f"secret '{name}' {here}: it is read by {', '.join(keys[:2])}{more}")


def _secrets_in(value: Any) -> set[str]:
    found, todo = set(), [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            argument = one.get("get_secret")
            if isinstance(argument, list) and argument:
                argument = argument[0]
            if len(one) == 1 and isinstance(argument, str):
                found.add(argument)
            todo.extend(one.values())
        elif isinstance(one, list):
            todo.extend(one)
    return found
