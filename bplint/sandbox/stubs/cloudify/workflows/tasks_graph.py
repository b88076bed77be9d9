"""The task graph. Executing it simulates: see `_bplint_engine.graphrun`."""

from collections import OrderedDict
from functools import wraps

from _bplint_engine.defects import make_error, no_such_member
from _bplint_engine.graphrun import GraphRun

from cloudify.exceptions import WorkflowFailed
from cloudify.state import current_workflow_ctx
from cloudify.workflows import tasks
from cloudify.workflows import workflow_api as api
from cloudify.workflows._stored_graphs import restore_graph


def make_or_get_graph(function):
    """Mark a function that makes a graph which the engine stores under the caller's `name`."""

    @wraps(function)
    def make(*args, **kwargs):
        if "name" not in kwargs:
            raise make_error(
                KeyError,
                "workflow-raises",
                "a function under make_or_get_graph must be called with name=...",
            )
        name = kwargs.pop("name")
        context = current_workflow_ctx.get_ctx()
        stored = context._run.stored_graph(name)
        if stored is not None:
            return restore_graph(stored, TaskDependencyGraph(context), context)
        graph = function(*args, **kwargs)
        if graph is None:
            raise make_error(
                AttributeError,
                "workflow-raises",
                "'%s' is under make_or_get_graph and returns no graph" % function.__name__,
            )
        graph.store(name=name)
        context._run.keep_graph(name, graph)
        return graph

    return make


class TaskDependencyGraph(object):
    """Tasks and who waits for whom. Insertion order is kept, so that plans are the same from run to run."""

    def __init__(self, workflow_context, graph_id=None, default_subgraph_task_config=None):
        self.ctx = workflow_context
        self.id = graph_id
        self._default_subgraph_task_config = default_subgraph_task_config or {}
        self._tasks = OrderedDict()
        self._dependencies = {}
        self._dependents = {}
        self._ready = OrderedDict()
        self._edge_places = {}
        self._stored = False
        self._newcomers = None  # tasks that come while the graph runs

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise no_such_member("TaskDependencyGraph", name, _public(type(self)))

    @property
    def tasks(self):
        return list(self._tasks.values())

    def get_task(self, task_id):
        return self._tasks.get(task_id.id if isinstance(task_id, tasks.WorkflowTask) else task_id)

    def add_task(self, task):
        _must_be_task(task, "add_task")
        if task.id not in self._tasks:
            self._tasks[task.id] = task
            self.ctx._run.added(task)
            if self._newcomers is not None:
                self._newcomers.append(task)
        if not self._dependencies.get(task.id):
            self._ready[task.id] = task

    def remove_task(self, task):
        if task.is_subgraph:
            for member in list(task.tasks.values()):
                self.remove_task(member)
        if self._tasks.pop(task.id, None) is None:
            return
        self._ready.pop(task.id, None)
        for dependent_id in self._dependents.pop(task.id, ()):
            waits = self._dependencies.get(dependent_id)
            if waits is not None:
                waits.pop(task.id, None)
                if not waits and dependent_id in self._tasks:
                    self._ready[dependent_id] = self._tasks[dependent_id]
        for dependency_id in self._dependencies.pop(task.id, ()):
            self._dependents.get(dependency_id, {}).pop(task.id, None)

    def add_dependency(self, src_task, dst_task):
        """`src_task` waits for `dst_task`."""
        _must_be_task(src_task, "add_dependency")
        _must_be_task(dst_task, "add_dependency")
        if src_task.id == dst_task.id:
            return
        self._must_hold(src_task, "src", dst_task)
        self._must_hold(dst_task, "dst", src_task)
        self._dependencies.setdefault(src_task.id, {})[dst_task.id] = dst_task
        self._dependents.setdefault(dst_task.id, {})[src_task.id] = src_task
        self._ready.pop(src_task.id, None)
        place = self.ctx._run.places.here()
        if place is not None:
            self._edge_places[(src_task.id, dst_task.id)] = (len(self._edge_places), place)

    def remove_dependency(self, src_task, dst_task):
        self._must_hold(src_task, "src", dst_task)
        self._must_hold(dst_task, "dst", src_task)
        waits = self._dependencies.get(src_task.id, {})
        waits.pop(dst_task.id, None)
        self._dependents.get(dst_task.id, {}).pop(src_task.id, None)
        if not waits:
            self._ready[src_task.id] = src_task

    def _must_hold(self, task, side, other):
        if task.id not in self._tasks:
            raise make_error(
                RuntimeError,
                "task-not-in-graph",
                "%s not in graph: %r" % (side, task),
                related=[("the task is made here", task.made_at)],
                side=side,
                task=task.short_description,
                other=other.short_description,
            )

    def sequence(self):
        return TaskSequence(self)

    def subgraph(self, name):
        task = SubgraphTask(self, info={"name": name}, **self._default_subgraph_task_config)
        self.add_task(task)
        return task

    def optimize(self):
        """Drop tasks that do nothing; what waited for them waits for what they waited for."""
        for task in [one for one in self._tasks.values() if one.is_nop()]:
            dependents = list(self._dependents.get(task.id, {}).values())
            dependencies = list(self._dependencies.get(task.id, {}).values())
            if len(dependents) * len(dependencies) > 4 * (len(dependents) + len(dependencies)) + 16:
                continue  # a no-op costs less than all the edges that would stand for it
            if task.containing_subgraph is not None:
                task.containing_subgraph.tasks.pop(task.id, None)
            self.remove_task(task)
            for dependent in dependents:
                for dependency in dependencies:
                    if dependent.id in self._tasks and dependency.id in self._tasks:
                        self.add_dependency(dependent, dependency)

    def linearize(self):
        """Tasks so that each comes after those it waits for."""
        missing = {task_id: len(self._dependencies.get(task_id, ())) for task_id in self._tasks}
        ready = [task for task_id, task in self._tasks.items() if not missing[task_id]]
        ordered = []
        while ready:
            following = []
            for task in ready:
                ordered.append(task)
                for dependent in self._dependents.get(task.id, {}).values():
                    missing[dependent.id] -= 1
                    if not missing[dependent.id]:
                        following.append(dependent)
            ready = following
        return ordered

    def store(self, name, optimize=True):
        if optimize:
            self.optimize()
        for task in self._tasks.values():
            if task.on_success or task.on_failure:
                task.dump()  # a handler that cannot be stored fails here

    def execute(self):
        """Simulate the graph to its end."""
        failed = GraphRun(self, self.ctx._run).execute()
        if failed:
            raise _failure_of(failed)
        if api.has_cancel_request():
            raise api.ExecutionCancelled()

    # -- for the engine -----------------------------------------------------------------------------

    def collect_newcomers(self):
        """From now on tasks that are added are kept for `take_newcomers`."""
        self._newcomers = []

    def take_newcomers(self):
        """Tasks that were added since it was last asked, without those that are gone again."""
        if not self._newcomers:
            return ()
        found, self._newcomers = self._newcomers, []
        return [task for task in found if task.id in self._tasks]

    def pop_ready(self):
        return self._ready.popitem(last=False)[1] if self._ready else None

    def dependencies_of(self, task):
        return list(self._dependencies.get(task.id, {}).values())

    def dependents_of(self, task):
        return list(self._dependents.get(task.id, {}).values())

    def edge_place(self, source, target):
        """(number in order of making, place) of a dependency that workflow code made, or None."""
        return self._edge_places.get((source.id, target.id))


def _failure_of(failed):
    causes = []
    for task in failed:
        error = task.error if isinstance(task.error, dict) else None
        cause = "%s `%s`" % (error["exception_type"], error["message"]) if error else ""
        if error is None and isinstance(task.async_result._result, BaseException):
            cause = "%s `%s`" % (type(task.async_result.result).__name__, task.async_result.result)
        causes.append("%s: %s" % (task.short_description, cause))
    if len(failed) > 1:
        message = "%d operation errors:\n%s" % (len(failed), "\n".join(causes))
    else:
        message = "Task failed: %s" % causes[0]
    error = WorkflowFailed(message, hide_traceback=True)
    error.bplint_is_simulated = True
    error.bplint_failed = [task.record_key for task in failed]
    return error


def _must_be_task(item, what):
    if not isinstance(item, tasks.WorkflowTask):
        hint = "; pass the tasks one by one: %s(*tasks)" % what if isinstance(item, (list, tuple)) else ""
        raise make_error(
            AttributeError,
            "not-a-task",
            "'%s' object has no attribute 'id'%s" % (type(item).__name__, hint),
            method=what,
            given=type(item).__name__,
        )


def _public(cls):
    return sorted(name for name in dir(cls) if not name.startswith("_"))


class forkjoin(object):
    """Tasks that run side by side in a sequence."""

    def __init__(self, *tasks_):
        self.tasks = tasks_


class TaskSequence(object):
    """Adds tasks to a graph or a subgraph, each after the one before."""

    def __init__(self, graph):
        self.graph = graph
        self.last_fork_join_tasks = None
        self._made = {}  # line of workflow code → the instance whose task was made there

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise no_such_member("TaskSequence", name, ["add", "graph", "last_fork_join_tasks"])

    def add(self, *items):
        for item in items:
            members = list(item.tasks) if isinstance(item, forkjoin) else [item]
            for task in members:
                _must_be_task(task, "forkjoin" if isinstance(item, forkjoin) else "sequence.add")
                self.graph.add_task(task)
                for earlier in self.last_fork_join_tasks or ():
                    self.graph.add_dependency(task, earlier)
            self._look_for_chance(members)
            if members:
                self.last_fork_join_tasks = members

    def _look_for_chance(self, members):
        made = [task for task in members if task.made_at is not None and task.instance_id is not None]
        for task in made:
            if self._made.get(task.made_at, task.instance_id) != task.instance_id:
                task.workflow_context._run.ordered_by_chance(task.made_at)
        self._made.update((task.made_at, task.instance_id) for task in made)


class SubgraphTask(tasks.WorkflowTask):
    """A group of tasks that counts as one: it starts before its members and ends with the last of them."""

    label_prefix = "subgraph"

    def __init__(
        self,
        graph,
        workflow_context=None,
        task_id=None,
        total_retries=tasks.DEFAULT_SUBGRAPH_TOTAL_RETRIES,
        **kwargs,
    ):
        kwargs.setdefault("info", {})
        tasks.WorkflowTask.__init__(self, graph.ctx, task_id, total_retries=total_retries, **kwargs)
        self.graph = graph
        self.tasks = OrderedDict()
        self.failed_task = None
        self.ctx = graph.ctx
        self._default_subgraph_task_config = graph._default_subgraph_task_config
        if not self.on_failure:
            self.on_failure = _fail

    def __repr__(self):
        return "<%s %s: %s>" % (self.task_type, self.id, self.name)

    @property
    def cloudify_context(self):
        return {}

    @property
    def name(self):
        return self.info.get("name") or self.id

    @property
    def is_subgraph(self):
        return True

    def is_local(self):
        return True

    def is_nop(self):
        return all(task.is_nop() for task in self.tasks.values())

    def sequence(self):
        return TaskSequence(self)

    def subgraph(self, name):
        task = SubgraphTask(self.graph, info={"name": name}, **self._default_subgraph_task_config)
        self.add_task(task)
        return task

    def add_task(self, task):
        _must_be_task(task, "add_task")
        holder = task.containing_subgraph
        self.graph.add_task(task)
        self.add_dependency(task, self)
        self.tasks[task.id] = task
        if holder is not None and holder is not self:
            raise make_error(
                RuntimeError,
                "task-in-two-subgraphs",
                "task %s cannot be contained in more than one subgraph" % task.short_description,
                related=[("the task is made here", task.made_at)],
                task=task.short_description,
                holders=[holder.name, self.name],
            )
        task.containing_subgraph = self

    def remove_task(self, task):
        self.graph.remove_task(task)

    def add_dependency(self, src_task, dst_task):
        self.graph.add_dependency(src_task, dst_task)

    def remove_dependency(self, src_task, dst_task):
        self.graph.remove_dependency(src_task, dst_task)

    def apply_async(self):
        if not self.tasks:
            self.set_state(tasks.TASK_SUCCEEDED)
            return self.async_result
        for task in list(self.tasks.values()):
            self.graph.remove_dependency(task, self)  # refuses a member that was removed from the graph alone
        self.set_state(tasks.TASK_STARTED)
        return self.async_result

    def task_terminated(self, task, new_task=None):
        self.tasks.pop(task.id, None)
        if new_task:
            self.tasks[new_task.id] = new_task
            new_task.containing_subgraph = self
        if self.get_state() not in tasks.TERMINATED_STATES:
            if self.failed_task:
                self.set_state(tasks.TASK_FAILED)
            elif not self.tasks:
                self.set_state(tasks.TASK_SUCCEEDED)

    def set_state(self, state, *args, **kwargs):
        tasks.WorkflowTask.set_state(self, state, *args, **kwargs)
        if state in tasks.TERMINATED_STATES and self.async_result._result is tasks._NOT_SET:
            self.async_result.result = None

    def label(self, row):
        return "subgraph:%s" % row["name"]


def _fail(_task):
    return tasks.HandlerResult.fail()
