"""Runs blueprints on the real local engine with operations replaced by no-ops; started with the oracle's
interpreter: `record_plans.py JOBS.json` writes one JSON line a job.

A job: `blueprint` (path), `workflow`, `parameters`, `after` (executions before it), `fail` (a list of what
fails: `node`, `index` or null, `operation`, `error`: recoverable or nonrecoverable, `times` or null),
`cancel_after` (a number of operations, or null), `subgraph_retries`.
"""

import copy
import json
import logging
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from cloudify import dispatch, logs
from cloudify.exceptions import NonRecoverableError, RecoverableError
from cloudify.plugins import lifecycle
from cloudify.workflows import api, local, tasks_graph, workflow_context
from dsl_parser import functions
from record_modifications import Numbering, install_modifications, number_of

LIMIT_S = 20


class Hangs(BaseException):
    """The real engine waits for ever, or for longer than anybody would."""


class Recorder:
    """Replaces what would perform something and notes what runs."""

    def __init__(self, job):
        self.job = job
        self.is_main = False
        self.steps = []
        self.ran = []
        self.storage = None
        self.left = [dict(spec) for spec in job["fail"]]

    def dispatch(self, **kwargs):
        context = kwargs["__cloudify_context"]
        if context["type"] == "workflow":
            return real_dispatch(**kwargs)
        if not self.is_main or api.has_cancel_request():
            return True
        if "operation" not in context:  # of `ctx.execute_task`: a task without a node
            operation, instance = context["task_name"], ""
        else:
            operation, instance = context["operation"]["name"], context["node_id"]
        self.ran.append([operation, instance])
        if self.job["cancel_after"] is not None and len(self.ran) >= self.job["cancel_after"]:
            api.set_cancel_request()
        self.fail(operation, instance)
        self.evaluate(context, kwargs)
        return True

    def evaluate(self, context, kwargs):
        """As the engine evaluates the inputs of an operation before it runs; raises where it cannot."""
        if not context.get("has_intrinsic_functions"):
            return
        own, related = context["node_id"], context.get("related")
        if related is None:
            found = {"self": own}
        elif context["operation"]["relationship"] == "source":
            found = {"source": own, "target": related["node_id"]}
        else:
            found = {"source": related["node_id"], "target": own}
        inputs = {key: value for key, value in kwargs.items() if key != "__cloudify_context"}
        functions.evaluate_functions(copy.deepcopy(inputs), found, self.storage)

    def fail(self, operation, instance):
        node, _, index = instance.rpartition("#")
        for spec in self.left:
            if [spec["node"], spec["operation"]] != [node, operation] or spec["times"] == 0:
                continue
            if spec["index"] is not None and str(spec["index"]) != index:
                continue
            if spec["times"] is not None:
                spec["times"] -= 1
            recoverable = spec["error"] == "recoverable"
            raise (RecoverableError if recoverable else NonRecoverableError)("simulated failure")

    def execute(self, graph):
        self.step("graph", tasks=self.rows(graph))
        return real_execute(graph)

    def process(self, ctx, task):
        """A task of linear mode begins."""
        if not ctx.internal.graph_mode and self.is_main:
            if not self.steps or self.steps[-1]["type"] != "linear":
                self.step("linear", tasks=[])
            self.steps[-1]["tasks"].append(self.row(task))
        return real_process(ctx, task)

    def step(self, kind, **facts):
        if self.is_main:
            self.steps.append({"type": kind, **facts})

    def rows(self, graph):
        tasks = sorted(graph.tasks, key=lambda task: task.id)
        rows, keys, used = {}, {}, {}
        for task in tasks:
            row = self.row(task)
            path = []
            holder = task.containing_subgraph
            while holder is not None:
                path.append(holder.name)
                holder = holder.containing_subgraph
            row["in"] = "/".join(reversed(path)) or None
            row["parent"] = getattr(task.containing_subgraph, "id", None)
            label = json.dumps([str(row.get(key)) for key in sorted(row)])
            used[label] = used.get(label, 0) + 1
            row["key"] = keys[task.id] = f"{label}~{used[label]}"
            rows[task.id] = row
        for task in tasks:
            rows[task.id]["parent"] = keys.get(rows[task.id]["parent"])
            rows[task.id]["deps"] = sorted(keys[dep.id] for dep in graph._dependencies.get(task, ()))
        return list(rows.values())

    def row(self, task):
        kind = type(task).__name__
        if kind == "SubgraphTask":
            return {"kind": "subgraph", "name": task.name}
        if kind == "SetNodeInstanceStateTask":
            return {
                "kind": "set_state",
                "instance": task.kwargs["node_instance_id"],
                "state": task.info,
            }
        if kind == "SendNodeEventTask":
            return {
                "kind": "node_event",
                "instance": task.kwargs["node_instance_id"],
                "event": task.info,
            }
        if kind == "NOPLocalWorkflowTask":
            return {"kind": "nop", "name": "NOP"}
        context = (getattr(task, "kwargs", None) or {}).get("__cloudify_context")
        if not context or "operation" not in context:
            return {"kind": "other", "name": task.name}
        return self.operation(task)

    def operation(self, task):
        context = task.cloudify_context
        row = {
            "kind": "operation",
            "operation": context["operation"]["name"],
            "mapping": task.name,
            "plugin": context["plugin"]["name"],
            "executor": context["executor"],
            "instance": context["node_id"],
            "inputs": {key: value for key, value in task.kwargs.items() if key != "__cloudify_context"},
        }
        if "related" in context:
            row["side"] = context["operation"]["relationship"]
            ends = [row["instance"], context["related"]["node_id"]]
            row["source"], row["target"] = ends if row["side"] == "source" else ends[::-1]
        return row


real_dispatch = dispatch.dispatch
real_execute = tasks_graph.TaskDependencyGraph.execute
real_process = workflow_context.CloudifyWorkflowContext._process_task


real_init = lifecycle.LifecycleProcessor.__init__


def init_in_order(processor, *args, **kwargs):
    """Sets of instances are gone through in the order of their hashes: here in that of their names. A
    dependency on a lifecycle operation breaks or does not, depending on it."""
    real_init(processor, *args, **kwargs)
    processor.node_instances = in_order(processor.node_instances)
    processor.intact_nodes = in_order(processor.intact_nodes)


def in_order(instances):
    return sorted(instances, key=lambda one: (one.node_id, number_of(one.id)))


def run(job):
    recorder = Recorder(job)
    dispatch.dispatch = recorder.dispatch
    tasks_graph.TaskDependencyGraph.execute = lambda graph: recorder.execute(graph)
    workflow_context.CloudifyWorkflowContext._process_task = lambda ctx, task: recorder.process(ctx, task)
    lifecycle.LifecycleProcessor.__init__ = init_in_order
    numbering = Numbering()
    install_modifications(numbering, recorder.step)
    env = local.init_env(job["blueprint"])
    list_in_order(env.storage)
    recorder.storage = env.storage
    for instance in env.storage.get_node_instances():
        env.storage.update_node_instance(instance["id"], version=instance["version"], state="uninitialized")
    error, result, instances = None, None, {}
    for number, name in enumerate([*job["after"], job["workflow"]]):
        recorder.is_main = number == len(job["after"])
        api.cancel_request = False  # a manager runs each execution in a process of its own
        instances = {row["id"]: instance_row(row) for row in env.storage.get_node_instances()}
        try:
            result = env.execute(
                name,
                parameters=job["parameters"] if recorder.is_main else {},
                task_retries=2,
                task_retry_interval=0,
                subgraph_retries=job["subgraph_retries"],
                task_thread_pool_size=1,
            )
        except Exception as raised:
            error = [type(raised).__name__, str(raised)]
        if error:
            break
    states = {one["id"]: one["state"] for one in env.storage.get_node_instances()}
    status = "failed" if error else "cancelled" if result == api.EXECUTION_CANCELLED_RESULT else "terminated"
    return {
        "steps": recorder.steps,
        "states": states,
        "status": status,
        "error": error,
        "is_main": recorder.is_main,
        "ran": sorted(recorder.ran),
        "instances": instances,
    }


def list_in_order(storage):
    """A manager lists instances in no order that it tells: here in that of their names."""
    table = storage._storage._node_instances[storage.name]
    rows = sorted(table.items(), key=lambda pair: (pair[1]["node_id"], number_of(pair[0])))
    table.clear()
    table.update(rows)


def instance_row(row):
    return {
        "host": row.get("host_id"),
        "relationships": [[one["type"], one["target_id"]] for one in row["relationships"]],
        "groups": [one["name"] for one in row.get("scaling_groups") or ()],
    }


def raise_hangs(_number, _frame):
    raise Hangs


def limited(job):
    """The job in its own folder and with its own modules; what breaks is told."""
    folder = str(Path(job["blueprint"]).parent)
    known, path = set(sys.modules), list(sys.path)
    sys.path[:0] = job.get("paths", [])
    signal.alarm(LIMIT_S)
    try:
        return run(job)
    except Hangs:
        return {"hangs": True}
    except Exception as error:
        return {"broken": f"{type(error).__name__}: {error}"}
    finally:
        signal.alarm(0)
        sys.path[:] = path
        for name in set(sys.modules) - known:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(folder):
                del sys.modules[name]


def main(path):
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGALRM, raise_hangs)
    logs.stdout_event_out = logs.stdout_log_out = lambda *_args, **_kwargs: None
    local._prepare_nodes_and_instances = prepare
    if path == "-":
        for line in sys.stdin:
            answer(json.loads(line))
        return
    for job in json.loads(Path(path).read_text(encoding="utf-8")):
        answer(job)


def answer(job):
    sys.stdout.write(json.dumps(limited(job)) + "\n")
    sys.stdout.flush()


real_prepare = local._prepare_nodes_and_instances


def prepare(nodes, node_instances, ignored_modules):
    """Neither the operations' modules nor the agents need to be here."""
    local._get_module_method = lambda *_args, **_kwargs: None
    local._validate_node = lambda *_args, **_kwargs: None
    return real_prepare(nodes, node_instances, ignored_modules)


if __name__ == "__main__":
    main(sys.argv[1])
