"""What is told of an execution: its steps with their tasks, and its events, written as they come."""

import json

from .unknown import Unknown


def to_json(value):
    """`json.dumps` with unknown and foreign values shown as text; cyclic ones too."""
    try:
        return json.dumps(value, default=_as_text, separators=(",", ":"))
    except (ValueError, TypeError, RecursionError):
        return json.dumps(_as_text(value))


def _as_text(value):
    if isinstance(value, (set, frozenset)):
        return sorted(str(one) for one in value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Unknown):
        return str(value)
    return "<%s>" % type(value).__name__


class Writer(object):
    """One JSON document a line, so that what was recorded survives the end of the process."""

    def __init__(self, path):
        self._file = open(path, "w", encoding="utf-8", newline="\n")

    def write(self, kind, payload):
        self._file.write('{"%s":%s}\n' % (kind, to_json(payload)))

    def flush(self):
        self._file.flush()

    def close(self):
        self._file.close()


class Recorder(object):
    """Steps and events of one execution."""

    def __init__(self, writer):
        self.writer = writer
        self.steps = 0
        self.tasks = 0
        self._events = []
        self._linear = None

    # -- events -------------------------------------------------------------------------------------

    def event(self, kind, message, instance=None, task=None, level=None):
        """`task` is the number of the recorded task, unique in the execution."""
        row = [kind, message, instance, task]
        if level is not None:
            row.append(level)
        self._events.append(row)
        if len(self._events) >= 1000:
            self.flush_events()

    def flush_events(self):
        if self._events:
            self.writer.write("events", self._events)
            self._events = []

    # -- steps --------------------------------------------------------------------------------------

    def step(self, kind, **facts):
        """A step without tasks: a modification's start, finish or rollback."""
        self.close_linear()
        self._begin(kind, facts)

    def _begin(self, kind, facts):
        self.flush_events()
        self.steps += 1
        self.writer.write("step", dict({"type": kind}, **facts))

    def graph(self, graph):
        """Begin the step of a graph that is about to be executed; number its tasks."""
        self.close_linear()
        return GraphStep(self, graph)

    def linear(self):
        """The step that collects the tasks of linear mode until something else happens."""
        if self._linear is None:
            self._linear = LinearStep(self)
        return self._linear

    def close_linear(self):
        if self._linear is not None:
            step, self._linear = self._linear, None
            step.close()

    def close(self):
        self.close_linear()
        self.flush_events()
        self.writer.flush()


class Step(object):
    """Rows of tasks under making. A row keeps the field names of recordings of the real engine."""

    kind = "graph"

    def __init__(self, recorder):
        self._recorder = recorder
        self._keys = {}
        self._rows = []
        self._tasks = []

    def add(self, task, deps, is_late=False):
        row = task.describe()
        path, parent = _path_of(task)
        row["in"] = path or None
        if parent is not None:
            row["parent"] = parent
        row["key"] = self._unique_key(task, row, path)
        row["deps"] = deps
        if is_late:
            row["added"] = True
        task.record_key = row["key"]
        task.record_number = row["number"] = self._recorder.tasks
        self._recorder.tasks += 1
        if task.made_at is not None:
            row["made_at"] = list(task.made_at)
        self._rows.append(row)
        self._tasks.append(task)

    def _unique_key(self, task, row, path):
        key = (path + "/" if path else "") + task.label(row)
        count = self._keys[key] = self._keys.get(key, 0) + 1
        return key if count == 1 else "%s~%d" % (key, count)

    def close(self):
        for row, task in zip(self._rows, self._tasks):
            row["outcome"] = task.outcome
            if task.attempts > 1:
                row["attempts"] = task.attempts
        self._recorder._begin(self.kind, {"tasks": self._rows})
        self._recorder.writer.flush()
        self._rows, self._tasks = [], []


class GraphStep(Step):
    def __init__(self, recorder, graph):
        Step.__init__(self, recorder)
        tasks = graph.tasks
        waves = waves_of(graph)
        for task in sorted(tasks, key=_depth):
            self.add(task, [])
            self._rows[-1]["wave"] = waves.get(task.id)
        for row, task in zip(self._rows, self._tasks):
            row["deps"] = sorted(one.record_key for one in graph.dependencies_of(task))

    def add_late(self, task, graph):
        """A task that a handler made while the graph was running, with its subgraph's members."""
        if task.record_key is not None:
            return
        self.add(task, [], is_late=True)
        position = len(self._rows) - 1
        if task.is_subgraph:
            for member in list(task.tasks.values()):
                self.add_late(member, graph)
        deps = [one.record_key for one in graph.dependencies_of(task) if one.record_key is not None]
        self._rows[position]["deps"] = sorted(deps)


class LinearStep(Step):
    """Tasks of linear mode: each depends on those whose results had been waited for when it was made."""

    kind = "linear"
    _FRONT = 8

    def __init__(self, recorder):
        Step.__init__(self, recorder)
        self._front = {}
        self._behind = {}
        self._waves = {}

    def begin(self, task):
        if len(self._front) > self._FRONT:
            self._join()
        deps = sorted(self._front)
        self.add(task, deps)
        self._note(task.record_key, deps)

    def _note(self, key, deps):
        self._behind[key] = deps
        wave = max([self._waves[one] + 1 for one in deps] or [0])
        self._waves[key] = self._rows[-1]["wave"] = wave

    def _join(self):
        """Stand for many awaited tasks by one that does nothing: edges stay few."""
        deps = sorted(self._front)
        label = "nop:join"
        count = self._keys[label] = self._keys.get(label, 0) + 1
        key = label if count == 1 else "%s~%d" % (label, count)
        self._rows.append({"kind": "nop", "name": "join", "key": key, "deps": deps, "in": None})
        self._rows[-1]["number"] = self._recorder.tasks
        self._recorder.tasks += 1
        self._tasks.append(_JOIN)
        self._note(key, deps)
        self._front = {key: True}

    def awaited(self, task):
        """The workflow has waited for the task."""
        if task.record_key is None or task.record_key in self._front:
            return
        for covered in self._behind.get(task.record_key, ()):
            self._front.pop(covered, None)
        self._front[task.record_key] = True


class _Join(object):
    outcome = "succeeded"
    attempts = 1


_JOIN = _Join()


def _depth(task):
    depth = 0
    holder = task.containing_subgraph
    while holder is not None:
        depth += 1
        holder = holder.containing_subgraph
    return depth


def _path_of(task):
    holder = task.containing_subgraph
    if holder is None:
        return "", None
    names = []
    parent = holder.record_key
    while holder is not None:
        names.append(holder.name)
        holder = holder.containing_subgraph
    return "/".join(reversed(names)), parent


def waves_of(graph):
    """Task id → the earliest step at which it can run; tasks that can never run are left out.

    A subgraph takes no step of its own: its members may start with it, and what waits for it waits for
    the last of them."""
    start, end, missing, followers = {}, {}, {}, {}
    for task in graph.tasks:
        waits = [_node_of(task, one) for one in graph.dependencies_of(task)]
        node = ("start", task.id)
        missing[node] = len(waits)
        for one in waits:
            followers.setdefault(one, []).append(node)
        if task.is_subgraph:
            waits = [("end", one.id) for one in task.tasks.values()] + [node]
            missing[("end", task.id)] = len(waits)
            for one in waits:
                followers.setdefault(one, []).append(("end", task.id))
        else:
            missing[("end", task.id)] = 1
            followers.setdefault(node, []).append(("end", task.id))
    ready = [node for node, count in missing.items() if not count]
    subgraphs = {task.id for task in graph.tasks if task.is_subgraph}
    while ready:
        node = ready.pop()
        kind, task_id = node
        if kind == "start":
            value = start.setdefault(task_id, 0)
        else:
            value = max(end.get(task_id, 0), start[task_id] + (0 if task_id in subgraphs else 1))
            end[task_id] = value
        for follower in followers.get(node, ()):
            table = start if follower[0] == "start" else end
            table[follower[1]] = max(table.get(follower[1], 0), value)
            missing[follower] -= 1
            if not missing[follower]:
                ready.append(follower)
    unreachable = {node[1] for node, count in missing.items() if count and node[0] == "start"}
    return {task_id: value for task_id, value in start.items() if task_id not in unreachable}


def _node_of(task, dependency):
    if dependency is task.containing_subgraph:
        return ("start", dependency.id)
    return ("end", dependency.id)
