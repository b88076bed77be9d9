"""Runs a task graph as the real engine does, one task after the other and without doing anything.

What ends at once (events, states, local callables) ends before any operation does; operations end in the
order in which they were started. So what has been started and not ended when somebody cancels is what
would have been running.
"""

from collections import deque

from .defects import make_error

MAX_RETRIES = 300


class EndlessWait(BaseException):
    """The real engine would hang here for ever. Not an Exception: workflow code must not survive it."""


class GraphRun(object):
    def __init__(self, graph, run):
        self.graph = graph
        self.run = run
        self.finished = deque()
        self.running = deque()
        self.errors = []
        graph.collect_newcomers()
        self.step = run.recorder.graph(graph)

    def execute(self):
        """Run to the end; the errors of tasks that failed, in order. Raises EndlessWait on a deadlock."""
        try:
            self._loop()
        finally:
            self._mark_what_is_left()
            self.step.close()
        return self.errors

    def _loop(self):
        while True:
            self.run.check_interrupted()
            while self.finished:
                self._handle(self.finished.popleft())
            if self.run.is_cancelled():
                return
            self._start_ready()
            if self.finished:
                continue
            if self.running:
                self.running.popleft().arrive()
                continue
            if self.graph.tasks and not self.errors:
                raise_deadlock(self.graph, self.run)
            return

    def _start_ready(self):
        while True:
            task = self.graph.pop_ready()
            if task is None:
                return
            if task.dependency_error:
                continue
            task.async_result.on_result(self._ended, task)
            if task.is_slow:
                task.send()
                self.running.append(task)
            else:
                task.apply_async()
                self._record_newcomers(task)  # a callable of the workflow's code may add some

    def _ended(self, _result, task):
        self.finished.append(task)

    def _handle(self, task):
        verdict = task.handle_task_terminated()
        dependents = self.graph.dependents_of(task)
        self.graph.remove_task(task)
        if verdict.action == verdict.HANDLER_FAIL:
            self.errors.append(getattr(task, "failed_task", None) or task)
            for dependent in dependents:
                dependent.dependency_error = True
        elif verdict.action == verdict.HANDLER_RETRY:
            self._replace(task, verdict.retried_task, dependents)
        self._record_newcomers(task)

    def _record_newcomers(self, maker=None):
        """What was added to the running graph, by the handlers of `maker` if it is not None."""
        made = [task for task in self.graph.take_newcomers() if task.record_key is None]
        if made:
            self.step.add_late(made, self.graph, maker)

    def _replace(self, task, successor, dependents):
        if successor.current_retries > MAX_RETRIES:
            raise_endless_retries(task)
        self.graph.add_task(successor)
        for dependent in dependents:
            if self.graph.get_task(dependent.id) is not None:
                self.graph.add_dependency(dependent, successor)
        if type(successor) is type(task) and not task.is_subgraph:
            successor.inherit_record(task)
        else:
            self.step.add_late([successor], self.graph)

    def _mark_what_is_left(self):
        for task in self.running:
            task.outcome = "running"
        for task in self.graph.tasks:
            if task.is_subgraph and task.outcome == "pending" and task.get_state() == "started":
                task.outcome = "running"


def raise_endless_retries(task):
    """Give up on a task that is retried again and again: the execution would never end."""
    raise make_error(
        EndlessWait,
        "endless-retries",
        "task '%s' is retried for ever" % task.name,
        place=task.handler_place(),
        related=[("made here", task.made_at)] if task.made_at else [],
        task=task.name,
        instance=task.instance_id,
        operation=task.operation_name,
    )


def raise_deadlock(graph, run):
    """Tell which tasks wait for each other, and where that was written."""
    circle = find_circle(graph)
    places = []
    for source, target, is_containment in circle:
        if not is_containment:
            places.append(graph.edge_place(source, target))
    places = [place for _, place in sorted(found for found in places if found is not None)]
    names = [source.short_description for source, _, _ in circle]
    raise make_error(
        EndlessWait,
        "endless-wait",
        "tasks wait for each other for ever: %s" % " -> ".join(names + names[:1]),
        place=places[-1] if places else None,
        related=[("the task waits here as well", place) for place in places[:-1]],
        tasks=names,
        is_containment=any(is_containment for _, _, is_containment in circle),
        waiting=len(graph.tasks),
    )


def find_circle(graph):
    """The (waiter, awaited, is_containment) edges of one circle among the tasks that never became ready."""
    seen = set()
    for start in graph.tasks:
        if start.id in seen:
            continue
        path, position = [], {}
        stack = [(start, iter(_waits_for(graph, start)))]
        position[start.id] = 0
        seen.add(start.id)
        while stack:
            task, waits = stack[-1]
            step = next(waits, None)
            if step is None:
                stack.pop()
                position.pop(task.id, None)
                if path:
                    path.pop()
                continue
            awaited, is_containment = step
            if awaited.id in position:
                return path[position[awaited.id] :] + [(task, awaited, is_containment)]
            if awaited.id in seen:
                continue
            seen.add(awaited.id)
            path.append((task, awaited, is_containment))
            position[awaited.id] = len(stack)
            stack.append((awaited, iter(_waits_for(graph, awaited))))
    return []


def _waits_for(graph, task):
    """(task, is it by containment?) for all that keeps a task from ending."""
    holder = task.containing_subgraph
    found = [(one, False) for one in graph.dependencies_of(task) if one is not holder]
    if task.is_subgraph:
        found.extend((one, True) for one in task.tasks.values())
    # a task that joins a subgraph that has started waits for its start, which is over
    if holder is not None and (holder.get_state() == "pending" or holder in graph.dependencies_of(task)):
        found.append((holder, True))
    return found
