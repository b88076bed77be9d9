"""Interrupts and resumes executions on the real engine, whose own code stores and restores the graphs; it is
started with the oracle's interpreter: `record_resume.py JOBS.json` writes one JSON line a job.

A job: `blueprint` (path), `workflow`, `after` (executions before it), `operations` (after how many it ends).
The manager's table of operations is a dictionary here; the execution ends by a cancellation, which leaves the
table as the end of the process would where operations come one after the other.
"""

import json
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import record_plans
from cloudify import logs
from cloudify.workflows import api, local, tasks_graph
from cloudify.workflows.workflow_context import CloudifyWorkflowContext as Context
from record_modifications import Numbering, install_modifications


class Operation(dict):
    """An operation as the REST client gives it."""

    id = property(lambda self: self["id"])
    state = property(lambda self: self["state"])
    type = property(lambda self: self["type"])
    parameters = property(lambda self: self["parameters"])
    dependencies = property(lambda self: self["dependencies"])
    containing_subgraph = property(lambda self: self["parameters"].get("containing_subgraph"))


class Graph(dict):
    id = property(lambda self: self["id"])


class Table:
    """What the manager keeps of graphs and operations."""

    def __init__(self):
        self.graphs = {}

    def install(self):
        Context.get_tasks_graph = lambda _ctx, name: Graph(id=name) if name in self.graphs else None
        Context.store_tasks_graph = lambda _ctx, name, operations=None: self.store(name, operations)
        Context.get_operations = lambda _ctx, name: self.rows(name)
        Context.update_operation = lambda _ctx, key, state, result=None, exception=None: self.update(
            key, state
        )

    def rows(self, name):
        return [Operation(row) for row in json.loads(json.dumps(self.graphs[name]))]

    def store(self, name, operations):
        self.graphs[name] = json.loads(json.dumps(operations, default=str))
        return {"id": name}

    def update(self, key, state):
        for rows in self.graphs.values():
            for row in rows:
                if row["id"] == key:
                    row["state"] = state


def run(job):
    job = {"fail": [], "cancel_after": None, "parameters": {}, "subgraph_retries": 0, **job}
    recorder = record_plans.Recorder(job)
    table = Table()
    table.install()
    record_plans.dispatch.dispatch = recorder.dispatch
    tasks_graph.TaskDependencyGraph.execute = lambda graph: recorder.execute(graph)
    record_plans.lifecycle.LifecycleProcessor.__init__ = record_plans.init_in_order
    install_modifications(Numbering(), recorder.step)
    env = local.init_env(job["blueprint"])
    recorder.storage = env.storage
    for instance in env.storage.get_node_instances():
        env.storage.update_node_instance(instance["id"], version=instance["version"], state="uninitialized")
    settings = {"task_retries": 2, "task_retry_interval": 0, "task_thread_pool_size": 1}
    for name in job["after"]:
        env.execute(name, **settings)
    table.graphs.clear()
    api.cancel_request = False
    recorder.is_main, job["cancel_after"] = True, job["operations"]
    env.execute(job["workflow"], **settings)
    recorder.steps.clear()
    api.cancel_request, job["cancel_after"] = False, None
    env.execute(job["workflow"], **settings)
    states = {one["id"]: one["state"] for one in env.storage.get_node_instances()}
    return {"steps": recorder.steps, "states": states}


def main(path):
    logging.disable(logging.CRITICAL)
    logs.stdout_event_out = logs.stdout_log_out = lambda *_args, **_kwargs: None
    local._prepare_nodes_and_instances = record_plans.prepare
    for job in json.loads(Path(path).read_text(encoding="utf-8")):
        sys.stdout.write(json.dumps(run(job)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
