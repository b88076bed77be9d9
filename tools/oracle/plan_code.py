"""Workflow code made at random: pieces that use the workflow API, put together."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING, Any

from tools.oracle.plan_words import HANDLERS, PRELUDE, STATES, Words

if TYPE_CHECKING:
    from random import Random

    from tools.oracle.plan_samples import Facts

# what a subgraph made for each of some instances is for
EACH = (
    "lifecycle.install_node_instance_subgraph(instance, graph)",
    "lifecycle.uninstall_node_instance_subgraph(instance, graph)",
    "lifecycle.reinstall_node_instance_subgraph(instance, graph)",
)
EXECUTIONS = (
    *("graph.execute()",) * 4,
    "try:\n    graph.execute()\nexcept WorkflowFailed:\n    list(map(graph.remove_task, graph.tasks))",
    "try:\n    graph.execute()\nfinally:\n    ctx.refresh_node_instances()",
    "try:\n    graph.execute()\nexcept Exception as error:\n    raise RuntimeError('own')",
)


# what ends a function, or what comes before the rest of it
ENDS = (
    "api.set_cancel_request()",
    "return api.EXECUTION_CANCELLED_RESULT",
    "raise api.ExecutionCancelled()",
    "raise NonRecoverableError('own')",
    "return 'done'",
    "assert not api.has_cancel_request()",
    "ctx.logger.info('%s', ctx.workflow_id)",
    "ctx.nonsense",
)


class Writer(Words):
    """Writes the functions of one module."""

    makers = 0

    # -- pieces of graph mode; `graph` may be a subgraph

    def sequences(self) -> str:
        body = "\n".join(f"sequence.add({self.task()})" for _ in range(self.random.randint(1, 4)))
        if self.chance(0.3):
            body += f"\nif {self.condition()}:\n    sequence.add({self.task()}, {self.task()})"
        place = self.random.choice(("inside", "graph"))
        head = f"for instance in {self.instances()}:\n    sequence = {place}.sequence()\n"
        return head + indent(body, "    ")

    def one_sequence(self) -> str:
        body = f"sequence.add({self.task()})"
        return f"sequence = graph.sequence()\nfor instance in {self.instances()}:\n    {body}"

    def subgraphs(self) -> str:
        name = self.random.choice(('"sub_" + instance.id', '"sub_" + instance.node_id', "instance.id"))
        lines = [
            "subgraphs = {}",
            f"for instance in {self.instances()}:",
            f"    subgraphs[instance.id] = sub = graph.subgraph({name})",
            f"    sub.sequence().add({self.task()}, {self.task()})",
        ]
        if self.chance(0.4):
            lines.append('    nested = sub.subgraph("nested")')
            lines.append(f"    nested.sequence().add({self.task()}, {self.task()})")
            if self.chance(0.5):
                lines.append(f"    nested.on_failure = {self.random.choice(HANDLERS[:3])}")
        if self.chance(0.4):
            handler = self.random.choice((*HANDLERS[:3], "Replacing(instance.id)", "Telling(instance.id)"))
            lines.append(f"    sub.on_failure = {handler}")
        elif self.chance(0.2):
            lines.append(
                f"    sub.on_success = {self.random.choice(('go_on', 'failing', 'Telling(instance.id)'))}"
            )
        if self.chance(0.7):
            lines += [
                "for instance in ordered(ctx.node_instances):",
                "    for relationship in instance.relationships:",
                "        if instance.id in subgraphs and relationship.target_id in subgraphs:",
                "            graph.add_dependency(subgraphs[instance.id], subgraphs[relationship.target_id])",
            ]
        return "\n".join(lines)

    def links(self) -> str:
        side = self.random.choice(("source", "target"))
        call = f"relationship.execute_{side}_operation({self.link_operation()})"
        return (
            f"sequence = inside.sequence()\nfor instance in {self.instances()}:\n"
            f"    for relationship in instance.relationships:\n        sequence.add({call})"
        )

    def handled(self) -> str:
        handler = self.random.choice(HANDLERS)
        side = self.random.choice(("on_failure", "on_failure", "on_success"))
        place = self.random.choice(("inside", "graph"))
        after = (
            f"    then = {self.call()}\n    {place}.add_task(then)\n    {place}.add_dependency(then, task)\n"
        )
        return (
            f"for instance in {self.instances()}:\n    task = {self.call()}\n    task.{side} = {handler}\n"
            f"    {place}.add_task(task)\n" + (after if self.chance(0.6) else "")
        )

    def tuned(self) -> str:
        """Tasks with limits of their own, in a subgraph with one."""
        limit = self.random.choice((0, 1, 2))
        return (
            'sub = graph.subgraph("tuned")\n'
            f"sub.total_retries = {self.random.choice((0, 1))}\n"
            f"for instance in {self.instances()}:\n    task = {self.call()}\n"
            f"    task.total_retries = {limit}\n    sub.add_task(task)"
        )

    def local(self) -> str:
        fail = self.random.choice(("None", "None", '"recoverable"', '"nonrecoverable"'))
        more = self.random.choice(("", ", total_retries=1, retry_interval=0", ', name="own"'))
        kwargs = f'kwargs={{"instance_id": instance.id, "fail": {fail}}}'
        handler = f"    task.on_failure = {self.random.choice(HANDLERS)}\n" if self.chance(0.5) else ""
        return (
            f"for instance in {self.instances()}:\n    task = ctx.local_task(plain, {kwargs}{more})\n"
            f"{handler}    graph.add_task(task)"
        )

    def surgery(self) -> str:
        lines = [
            "listed = graph.tasks if isinstance(graph.tasks, list) else list(graph.tasks.values())",
            "listed = [one for one in listed if not one.is_subgraph]",
            "found = [one for one in listed if type(one).__name__ == 'SetNodeInstanceStateTask']",
        ]
        edit = self.random.choice(
            (
                "for task in found[:1]:\n    graph.remove_task(task)",
                "for task in listed:\n    if task.is_nop():\n        graph.remove_task(task)",
                "for one, two in zip(found, found[1:]):\n    graph.add_dependency(two, one)",
                "for task in listed:\n    task.on_failure = ignored",
                "order = [task.id for task in graph.linearize()]\nassert len(order) == len(graph.tasks)",
                "assert all(graph.get_task(task.id) is task for task in listed)",
                "graph.optimize()",
            )
        )
        return "\n".join((*lines, edit))

    def graph_piece(self) -> str:
        pieces = (
            *(self.sequences, self.sequences, self.one_sequence, self.subgraphs, self.subgraphs, self.links),
            *(self.handled, self.handled, self.local, self.tuned),
        )
        return self.random.choice(pieces)()

    # -- whole functions

    def graph_body(self) -> str:
        lines = ["graph = inside = ctx.graph_mode()"]
        if self.chance(0.25):
            lines.append('inside = graph.subgraph("all")')
            if self.chance(0.4):
                lines.append(f"inside.on_failure = {self.random.choice(HANDLERS[:3])}")
        lines += [self.graph_piece() for _ in range(self.random.randint(1, 3))]
        if self.chance(0.2):
            lines.append(self.surgery())
        lines.append(self.executed())
        return "\n".join(lines)

    def executed(self) -> str:
        return self.random.choice(EXECUTIONS)

    def stored_body(self, functions: list[str]) -> str:
        self.makers += 1
        name = f"make_{self.makers}"
        body = "\n".join(("graph = inside = ctx.graph_mode()", self.graph_piece(), "return graph"))
        functions.append(f"@make_or_get_graph\ndef {name}(ctx):\n" + indent(body, "    "))
        return f'graph = {name}(ctx, name="{name}")\n' + self.executed()

    def update_body(self) -> str:
        return (
            f"for instance in {self.instances()}:\n"
            '    ctx.update_node_instance(instance.id, runtime_properties={"seen": 1}, force=True)\n'
            f"{self.random.choice(('ctx.refresh_node_instances()', 'pass'))}"
        )

    def state_update(self) -> str:
        state = self.random.choice(STATES)
        return (
            f"for instance in {self.instances()}:\n"
            f'    ctx.update_node_instance(instance.id, state="{state}", force=True)\n'
            f"{self.random.choice(('ctx.refresh_node_instances()', 'pass'))}"
        )

    def lifecycle_body(self) -> str:
        head = (
            f"graph = ctx.graph_mode()\nchosen = set({self.instances()})\n"
            "others = set(ctx.node_instances) - chosen\n"
        )
        if self.chance(0.3):
            head += "others = set()\n"
        call = self.random.choice(
            (
                "lifecycle.install_node_instances(graph, chosen, others)",
                'lifecycle.install_node_instances(graph, chosen, related_nodes=others, name_prefix="x_")',
                "lifecycle.uninstall_node_instances(graph, chosen, False, others)",
                "lifecycle.uninstall_node_instances(graph, chosen, True)",
                "lifecycle.reinstall_node_instances(graph, chosen, False, others)",
                "lifecycle.reinstall_node_instances(graph, chosen, True, others)",
                "lifecycle.heal_node_instances(graph, chosen, others)",
                "lifecycle.update_node_instances(graph, chosen)",
                "lifecycle.rollback_node_instances(graph, chosen, others)",
                "lifecycle.execute_establish_relationships(graph, chosen)",
                "lifecycle.execute_unlink_relationships(graph, chosen)",
                "lifecycle.execute_establish_relationships(graph, chosen, "
                "modified_relationship_ids={n.id: [m.id for m in ctx.nodes] for n in ctx.nodes})",
                *(f"for instance in ordered(chosen):\n    {call}\ngraph.execute()" for call in EACH),
            )
        )
        return head + call

    def built_in_body(self) -> str:
        none = "type_names=[], node_ids=[], node_instance_ids=[]"
        return self.random.choice(
            (
                f"workflows.install(ctx=ctx, {none})",
                f"workflows.uninstall(ctx=ctx, ignore_failure=False, {none})",
                f"workflows.execute_operation(ctx, {self.operation()}, {{}}, True, "
                f"{self.chance(0.5)}, [], [], [])",
                f"workflows.restart(ctx, {{}}, {{}}, {self.chance(0.5)}, [], [], [])",
            )
        )

    def modification_body(self) -> str:
        names = [*self.facts.nodes, *self.facts.groups * 3]
        name, count = self.random.choice(names), self.random.randint(0, 3)
        body = self.random.choice(
            (
                "for instance in ordered(changed.added.node_instances):\n"
                "    if instance.modification == 'added':\n"
                f"        graph.sequence().add({self.task()}, {self.task()})\n",
                "for instance in ordered(changed.removed.node_instances):\n"
                f"    graph.sequence().add({self.task()})\n",
                "added = [ctx.get_node_instance(i.id) for i in ordered(changed.added.node_instances)]\n"
                "for instance in added:\n"
                f"    graph.sequence().add({self.task()})\n",
                "",
            )
        )
        end = self.random.choice(("changed.finish()", "changed.finish()", "changed.rollback()"))
        again = "\nctx.refresh_node_instances()\n" + self.one_sequence() + "\ngraph.execute()"
        return (
            f'changed = ctx.deployment.start_modification({{"{name}": {{"instances": {count}}}}})\n'
            f"graph = inside = ctx.graph_mode()\n{body}graph.execute()\n{end}"
            + (again if self.chance(0.5) else "")
        )

    # -- linear mode

    def linear_piece(self) -> str:
        instances = self.instances()
        calls = (
            f"waited({self.call()})",
            self.call(),
            f"results.append({self.call()})",
            f'waited(instance.set_state("{self.random.choice(STATES)}"))',
            f'results.append(instance.set_state("{self.random.choice(STATES)}"))',
            'waited(instance.send_event("linear"))',
            f'if waited(instance.get_state()) == "started":\n    waited({self.call()})',
            'ctx.send_event("stage")',
            'assert waited(ctx.local_task(plain, kwargs={"instance_id": instance.id})) == instance.id',
            f"try:\n    waited({self.call()})\nexcept Exception:\n    waited(instance.send_event('caught'))",
            f"task = {self.call()}\nif hasattr(task, 'get'):\n    task.get(retry_on_failure=False)",
            f"if {self.condition()}:\n    waited({self.call()})",
            "for relationship in instance.relationships:\n"
            f"    waited(relationship.execute_source_operation({self.link_operation()}))",
        )
        body = "\n".join(self.random.choice(calls) for _ in range(self.random.randint(1, 3)))
        body = indent(body, "    ")
        end = "for result in results:\n    waited(result)"
        return f"results = []\nfor instance in {instances}:\n{body}\n{end}"

    def linear_body(self) -> str:
        lines = [self.linear_piece() for _ in range(self.random.randint(1, 2))]
        if self.chance(0.25):
            lines.append(self.random.choice((self.graph_body(), self.update_body(), self.state_update())))
        return "\n".join(lines)

    def script(self) -> str:
        self.has_parameters = False
        body = self.random.choice((self.graph_body, self.linear_body, self.lifecycle_body))()
        end = self.random.choice(
            ('ctx.returns("done")', "", "", 'ctx.abort_operation("no")', "ctx.returns(1)\nctx.returns(2)")
        )
        return f"{PRELUDE}\nfrom cloudify.workflows import ctx\n\n{body}\n{end}\n"

    def function(self, name: str, functions: list[str]) -> str:
        makers = (
            *(self.graph_body,) * 6,
            *(self.linear_body,) * 3,
            *(self.lifecycle_body,) * 3,
            *(self.modification_body,) * 2,
            self.built_in_body,
            lambda: self.stored_body(functions),
            lambda: self.stored_body(functions),
            lambda: self.update_body() + "\n" + self.graph_body(),
            lambda: self.state_update() + "\n" + self.lifecycle_body(),
            lambda: self.graph_body() + "\nctx.refresh_node_instances()\n" + self.lifecycle_body(),
            lambda: self.graph_body() + "\n" + self.graph_body(),
        )
        body = self.random.choice(makers)()
        if self.chance(0.12):
            body = "\n".join(self.random.sample((body, self.random.choice(ENDS)), 2))
        head = self.random.choice(
            ("@workflow\n", "@workflow(resumable=True)\n", "", "@workflow(system_wide=True)\n")
        )
        return f"{head}def {name}(ctx, **kwargs):\n" + indent(body, "    ")


def workflow_module(random: Random, facts: Facts) -> tuple[str, str, dict[str, Any]]:
    """The text of a module, that of a script, and the workflows of a blueprint that are mapped to them."""
    writer = Writer(random, facts)
    functions: list[str] = []
    names = [f"made_{number}" for number in range(2)]
    for name in names:
        functions.append(writer.function(name, functions))
    code = PRELUDE + "\n\n" + "\n\n\n".join(functions) + "\n"
    declared = {"count": {"type": "integer", "default": random.choice((1, 2))}}
    mapped: dict[str, Any] = {
        name: {"mapping": f"flows.flows.{name}", "parameters": declared} for name in names
    }
    mapped["made_script"] = "scripts/flow.py"
    return code, writer.script(), mapped
