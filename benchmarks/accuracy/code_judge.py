"""Whether plugin code works: imported, called with a made-up context, run by the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from benchmarks.accuracy.valid import version_of

if TYPE_CHECKING:
    from benchmarks.accuracy.case_bench import Bench, Verdict
    from benchmarks.accuracy.valid import Files

Raw = dict[str, Any]


def code_verdict(bench: Bench, files: Files) -> Verdict:
    """None where every mapping of the plugin leads to what can be called, operations end without an exception
    under a made-up context, and workflows do on the real engine what they did before the change."""
    plugin = _loaded(files["plugin.yaml"])
    court = bench.court
    court.imports.ask({"root": str(bench.folder), "targets": list(_targets(plugin))})
    fault = court.imports.answer()
    if fault is not None:
        return ["import", *fault[1:]]
    version = version_of(files[bench.valid.main])
    folder = bench.folder.parent / "engine"
    types = bench.answers.types(files, version) / "cloudify" / "types" / "types.yaml"
    for path, text in {**files, "cloudify/types/types.yaml": types.read_text()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    runs: dict[str, Raw] = {}
    known = bench.runs
    if known is not None and not _concerns_workflows(bench.valid.files, files):
        return None
    for name, schema in (plugin.get("workflows") or {}).items():
        given = _defaults((schema or {}).get("parameters")) if isinstance(schema, dict) else {}
        job = {
            "blueprint": str(folder / bench.valid.main),
            "paths": [str(folder)],
            "workflow": name,
            "parameters": given,
            "after": ["install"],
            "fail": FAILURES.get((bench.valid.name, name), []),
            "cancel_after": None,
            "subgraph_retries": 0,
        }
        court.engine.ask(job)
        runs[name] = _summary(court.engine.answer())
    if known is None:
        bench.runs = runs
        return next((["engine", name, *run["bad"]] for name, run in runs.items() if run["bad"]), None)
    for name, run in runs.items():
        before = known.get(name, {"bad": [], "does": None})
        if run["bad"]:
            return ["engine", name, *run["bad"]]
        if before["does"] is not None and run["does"] != before["does"]:
            return ["engine", name, "does something else"]
    return None


def _concerns_workflows(before: Files, after: Files) -> bool:
    """Whether what was changed may concern a workflow: code of operations is not run by the engine."""
    changed = [path for path, text in after.items() if before[path] != text]
    return any(not path.endswith(".py") or "workflow" in before[path] for path in changed)


# what fails on the way, so that handlers are called: (plugin, workflow) → failures
FAILURES: dict[tuple[str, str], list[Raw]] = {
    ("backup", "save_all"): [
        {
            "node": "archive",
            "index": None,
            "operation": "acme.interfaces.backup.save",
            "error": "nonrecoverable",
            "times": None,
        }
    ],
}


def _summary(answer: Raw) -> Raw:
    """Whether a run went wrong, and what it did: the tasks of each step, without their order."""
    bad: list[str] = []
    if answer.get("hangs"):
        bad = ["Hangs", ""]
    elif "broken" in answer:
        bad = [answer["broken"].partition(":")[0], answer["broken"]]
    elif answer["error"]:
        bad = answer["error"]
    steps = [
        (step["type"], sorted(str(sorted(_plain(task).items())) for task in step.get("tasks", ())))
        for step in answer.get("steps", ())
    ]
    return {"bad": bad, "does": [steps, answer.get("ran"), answer.get("states"), answer.get("status")]}


def _plain(task: Raw) -> Raw:
    return {key: value for key, value in task.items() if key not in ("key", "parent", "deps")}


def _targets(plugin: Raw) -> list[list[Any]]:
    """[module, function, parameters with values, kind] of each mapping; types first, then workflows."""
    found: list[list[Any]] = []
    for section, kind, blocks in (
        ("node_types", "operation", ("interfaces",)),
        ("relationships", "relationship", ("source_interfaces", "target_interfaces")),
    ):
        for schema in (plugin.get(section) or {}).values():
            properties = _defaults((schema or {}).get("properties"))
            for block in blocks:
                for operations in ((schema or {}).get(block) or {}).values():
                    for operation in (operations or {}).values():
                        found += _target(operation, "implementation", "inputs", kind, properties)
    for workflow in (plugin.get("workflows") or {}).values():
        found += _target(workflow, "mapping", "parameters", "workflow", {})
    return found


def _target(mapped: Any, key: str, given: str, kind: str, properties: Raw) -> list[list[Any]]:
    text = mapped if isinstance(mapped, str) else (mapped or {}).get(key)
    if not isinstance(text, str) or text.count(".") < 2:
        return []
    _, _, rest = text.partition(".")
    module, _, function = rest.rpartition(".")
    values = _defaults(mapped.get(given)) if isinstance(mapped, dict) else {}
    for name, value in values.items():
        if isinstance(value, dict) and "get_property" in value:
            values[name] = properties.get(value["get_property"][-1])
    return [[module, function, values, kind]]


def _defaults(schemas: Any) -> Raw:
    if not isinstance(schemas, dict):
        return {}
    return {
        name: schema.get("default") if isinstance(schema, dict) else None for name, schema in schemas.items()
    }


def _loaded(text: str) -> Raw:
    content: Raw = yaml.load(text, Loader=yaml.CSafeLoader)
    return content
