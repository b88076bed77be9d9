"""Runs blueprints on the real local engine with operations replaced by no-ops; started with the oracle's
interpreter: `record_plans.py JOBS.json` writes one JSON line a job.

A job: `blueprint` (path), `workflow`, `parameters`, `after` (executions before it), `fail` ([node id,
operation], or null), `cancel_after` (a number of operations, or null).
"""

import json
import logging
import sys
from pathlib import Path

from cloudify import dispatch, logs
from cloudify.exceptions import NonRecoverableError
from cloudify.workflows import api, local, tasks_graph


class Recorder:
    """Replaces what would perform something and notes what runs."""

    def __init__(self, job):
        self.job = job
        self.is_main = False
        self.steps = []
        self.ran = []
        self.names = {}

    def name(self, instance_id):
        return self.names[instance_id]

    def dispatch(self, **kwargs):
        context = kwargs["__cloudify_context"]
        if context["type"] == "workflow":
            return real_dispatch(**kwargs)
        operation = context["operation"]["name"]
        instance = self.name(context["node_id"])
        if not self.is_main:
            return True
        self.ran.append([operation, instance])
        if self.job["cancel_after"] is not None and len(self.ran) >= self.job["cancel_after"]:
            api.set_cancel_request()
        if self.job["fail"] == [instance.rpartition("#")[0], operation]:
            raise NonRecoverableError("simulated failure")
        return True

    def execute(self, graph):
        if self.is_main:
            self.steps.append({"type": "graph", "tasks": self.rows(graph)})
        return real_execute(graph)

    def rows(self, graph):
        tasks = sorted(graph.tasks, key=lambda task: task.id)
        rows, keys, used = {}, {}, {}
        for task in tasks:
            row = self.row(task)
            path = []
            holder = task.containing_subgraph
            while holder is not None:
                path.append(self.text(holder.name))
                holder = holder.containing_subgraph
            row["in"] = "/".join(reversed(path)) or None
            label = json.dumps([row.get(key) for key in sorted(row)])
            used[label] = used.get(label, 0) + 1
            row["key"] = keys[task.id] = f"{label}~{used[label]}"
            rows[task.id] = row
        for task in tasks:
            rows[task.id]["deps"] = sorted(keys[dep.id] for dep in graph._dependencies.get(task, ()))
        return list(rows.values())

    def text(self, text):
        for instance_id in sorted(self.names, key=len, reverse=True):
            text = text.replace(instance_id, self.names[instance_id])
        return text

    def row(self, task):
        kind = type(task).__name__
        if kind == "SubgraphTask":
            return {"kind": "subgraph", "name": self.text(task.name)}
        if kind == "SetNodeInstanceStateTask":
            return {
                "kind": "set_state",
                "instance": self.name(task.kwargs["node_instance_id"]),
                "state": task.info,
            }
        if kind == "SendNodeEventTask":
            return {
                "kind": "node_event",
                "instance": self.name(task.kwargs["node_instance_id"]),
                "event": task.info,
            }
        if kind == "NOPLocalWorkflowTask":
            return {"kind": "nop", "name": "NOP"}
        return self.operation(task)

    def operation(self, task):
        context = task.cloudify_context
        row = {
            "kind": "operation",
            "operation": context["operation"]["name"],
            "mapping": task.name,
            "plugin": context["plugin"]["name"],
            "executor": context["executor"],
            "instance": self.name(context["node_id"]),
            "inputs": {key: value for key, value in task.kwargs.items() if key != "__cloudify_context"},
        }
        if "related" in context:
            row["side"] = context["operation"]["relationship"]
            ends = [row["instance"], self.name(context["related"]["node_id"])]
            row["source"], row["target"] = ends if row["side"] == "source" else ends[::-1]
        return row


real_dispatch = dispatch.dispatch
real_execute = tasks_graph.TaskDependencyGraph.execute


def run(job):
    recorder = Recorder(job)
    dispatch.dispatch = recorder.dispatch
    tasks_graph.TaskDependencyGraph.execute = lambda graph: recorder.execute(graph)
    api.cancel_request = False
    env = local.init_env(job["blueprint"])
    counts = {}
    for row in env.plan["node_instances"]:
        node = row["node_id"]
        recorder.names[row["id"]] = f"{node}#{counts.get(node, 0)}"
        counts[node] = counts.get(node, 0) + 1
    ids = {name: instance_id for instance_id, name in recorder.names.items()}
    for instance in env.storage.get_node_instances():
        env.storage.update_node_instance(instance["id"], version=instance["version"], state="uninitialized")
    error = None
    result = None
    for number, (workflow, parameters) in enumerate(
        [*[[name, {}] for name in job["after"]], [job["workflow"], job["parameters"]]]
    ):
        recorder.is_main = number == len(job["after"])
        given = {
            key: ids.get(value, value) if isinstance(value, str) else value
            for key, value in parameters.items()
        }
        try:
            result = env.execute(
                workflow, parameters=given, task_retries=2, task_retry_interval=0, task_thread_pool_size=1
            )
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    states = {recorder.names[one["id"]]: one["state"] for one in env.storage.get_node_instances()}
    status = "failed" if error else "cancelled" if result == api.EXECUTION_CANCELLED_RESULT else "terminated"
    instances = {
        recorder.names[row["id"]]: {
            "host": recorder.names.get(row.get("host_id")),
            "relationships": [
                [one["type"], recorder.names[one["target_id"]]] for one in row["relationships"]
            ],
            "groups": [one["name"] for one in row.get("scaling_groups", ())],
        }
        for row in env.plan["node_instances"]
    }
    return {
        "steps": recorder.steps,
        "states": states,
        "status": status,
        "error": error,
        "ran": sorted(recorder.ran),
        "instances": instances,
    }


def main(path):
    logging.disable(logging.CRITICAL)
    logs.stdout_event_out = logs.stdout_log_out = lambda *_args, **_kwargs: None
    local._prepare_nodes_and_instances = prepare
    jobs = json.loads(Path(path).read_text(encoding="utf-8"))
    for job in jobs:
        try:
            found = run(job)
        except Exception as error:
            found = {"broken": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(found) + "\n")


real_prepare = local._prepare_nodes_and_instances


def prepare(nodes, node_instances, ignored_modules):
    """Neither the operations' modules nor the agents need to be here."""
    local._get_module_method = lambda *_args, **_kwargs: None
    local._validate_node = lambda *_args, **_kwargs: None
    return real_prepare(nodes, node_instances, ignored_modules)


if __name__ == "__main__":
    main(sys.argv[1])
