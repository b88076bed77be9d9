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
    """The step that is being made. Rows of tasks are written as they come; how the tasks ended follows."""

    kind = "graph"
    _CHUNK = 500

    def __init__(self, recorder):
        self._recorder = recorder
        self._keys = {}
        self._rows = []
        self._tasks = []
        recorder._begin(self.kind, {})

    def name(self, task):
        """Give the task its key and its number."""
        path, parent = _path_of(task)
        row = task.describe()
        key = self._unique(path + "/" + task.label(row) if path else task.label(row))
        task.record_key = key
        task.record_number = self._next_number()
        self._tasks.append(task)
        row["in"] = path or None
        if parent is not None:
            row["parent"] = parent
        row["key"] = key
        row["number"] = task.record_number
        if task.made_at is not None:
            row["made_at"] = list(task.made_at)
        return row

    def _next_number(self):
        self._recorder.tasks += 1
        return self._recorder.tasks - 1

    def _unique(self, key):
        count = self._keys[key] = self._keys.get(key, 0) + 1
        return key if count == 1 else "%s~%d" % (key, count)

    def add(self, row):
        self._rows.append(row)
        if len(self._rows) >= self._CHUNK:
            self.flush()

    def flush(self):
        if self._rows:
            self._recorder.writer.write("tasks", self._rows)
            self._rows = []

    def close(self):
        """Tell which tasks did not simply succeed, and that this is all."""
        self.flush()
        ended = [
            [task.record_number, task.outcome, task.attempts]
            for task in self._tasks
            if task.outcome != "succeeded" or task.attempts > 1
        ]
        self._recorder.writer.write("outcomes", ended)
        self._recorder.writer.flush()
        self._tasks = []


class GraphStep(Step):
    def __init__(self, recorder, graph):
        Step.__init__(self, recorder)
        waves = waves_of(graph)
        # all are named before the first row is written: rows name what they wait for
        pending = [(task, self.name(task)) for task in sorted(graph.tasks, key=_depth)]
        for task, row in pending:
            row["wave"] = waves.get(task.id)
            row["deps"] = sorted(one.record_key for one in graph.dependencies_of(task))
            self.add(row)
        self.flush()

    def add_late(self, tasks, graph, maker=None):
        """Tasks that were made while the graph was running, with their subgraphs' members. Those that wait
        for nothing wait for `maker`, the task whose handler made them."""
        made = []
        todo = sorted(tasks, key=_depth, reverse=True)
        while todo:
            one = todo.pop()
            if one.record_key is None:
                made.append((one, self.name(one)))
                if one.is_subgraph:
                    todo.extend(reversed(list(one.tasks.values())))
        for one, row in made:
            keys = [each.record_key for each in graph.dependencies_of(one)]
            if not keys and maker is not None:
                keys = [maker.record_key]
            row["deps"] = sorted(key for key in keys if key is not None)
            row["added"] = True
            self.add(row)


class LinearStep(Step):
    """Tasks of linear mode: each depends on those whose results had been waited for when it was made."""

    kind = "linear"
    _FRONT = 8

    def __init__(self, recorder):
        Step.__init__(self, recorder)
        self._front = {}
        self._behind = {}
        self._made = {}
        self._waves = {}

    def begin(self, task):
        if len(self._front) > self._FRONT:
            self._join()
        deps = sorted(self._front)
        row = self.name(task)
        if task.made_at is not None and task.instance_id is not None:
            before = self._made.setdefault(task.made_at, task.instance_id)
            if before != task.instance_id and deps:
                task.workflow_context._run.ordered_by_chance(task.made_at)
        self._note(row, deps)

    def _note(self, row, deps):
        row["deps"] = self._behind[row["key"]] = deps
        row["wave"] = self._waves[row["key"]] = max([self._waves[one] + 1 for one in deps] or [0])
        self.add(row)

    def _join(self):
        """Stand for many awaited tasks by one that does nothing: edges stay few."""
        key = self._unique("nop:join")
        row = {"kind": "nop", "name": "join", "key": key, "in": None, "number": self._next_number()}
        self._note(row, sorted(self._front))
        self._front = {key: True}

    def awaited(self, task):
        """The workflow has waited for the task."""
        if task.record_key is None or task.record_key in self._front:
            return
        for covered in self._behind.get(task.record_key, ()):
            self._front.pop(covered, None)
        self._front[task.record_key] = True


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
    the last of them. Points are numbers: 2n is the start of the n-th task, 2n+1 its end."""
    tasks = graph.tasks
    number = {task.id: index * 2 for index, task in enumerate(tasks)}
    missing = [0] * (2 * len(tasks))
    followers = [[] for _ in missing]
    for task in tasks:
        start = number[task.id]
        holder = task.containing_subgraph
        for one in graph.dependencies_of(task):
            followers[number[one.id] + (0 if one is holder else 1)].append(start)
            missing[start] += 1
        followers[start].append(start + 1)
        missing[start + 1] += 1
        if task.is_subgraph:
            for member in task.tasks.values():
                if member.id in number:  # else it was removed from the graph alone
                    followers[number[member.id] + 1].append(start + 1)
                    missing[start + 1] += 1
    return _spread(tasks, missing, followers)


def _spread(tasks, missing, followers):
    value = [0] * len(missing)
    ready = [point for point, count in enumerate(missing) if not count]
    while ready:
        point = ready.pop()
        own = value[point]
        if point % 2 and not tasks[point // 2].is_subgraph:
            own += 1
        for follower in followers[point]:
            if value[follower] < own:
                value[follower] = own
            missing[follower] -= 1
            if not missing[follower]:
                ready.append(follower)
    return {task.id: value[2 * index] for index, task in enumerate(tasks) if not missing[2 * index]}
