"""What random workflow code is made of: what all of it starts with, tasks, conditions, instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from tools.oracle.plan_samples import Facts

PRELUDE = '''
from cloudify.decorators import workflow
from cloudify.exceptions import NonRecoverableError, RecoverableError, WorkflowFailed
from cloudify.plugins import lifecycle, workflows
from cloudify.state import workflow_ctx
from cloudify.workflows import api, ctx as proxied, tasks
from cloudify.workflows.tasks import HandlerResult
from cloudify.workflows.tasks_graph import forkjoin, make_or_get_graph


def go_on(task):
    return HandlerResult.cont()


def ignored(task):
    return HandlerResult.ignore()


def failing(task):
    return HandlerResult.fail()


def retried(task):
    return HandlerResult.retry()


def once_more(task):
    if task.current_retries < 1:
        return HandlerResult.retry(ignore_total_retries=True, retry_after=0)
    return HandlerResult.cont()


class Telling(object):
    def __init__(self, instance_id, word="told"):
        self.instance_id, self.word = instance_id, word

    def dump(self):
        return {"instance_id": self.instance_id, "word": self.word}

    def __call__(self, task):
        instance = workflow_ctx.get_node_instance(self.instance_id)
        told = {"word": self.word}
        workflow_ctx.update_node_instance(self.instance_id, runtime_properties=told, force=True)
        instance.send_event(self.word).apply_async()
        return HandlerResult.ignore()


class Replacing(object):
    def __init__(self, instance_id):
        self.instance_id = instance_id

    def dump(self):
        return {"instance_id": self.instance_id}

    def __call__(self, subgraph):
        for task in list(subgraph.tasks.values()):
            subgraph.remove_task(task)
        instance = workflow_ctx.get_node_instance(self.instance_id)
        result = HandlerResult.retry(ignore_total_retries=subgraph.current_retries < 1)
        again = subgraph.graph.subgraph("again_" + self.instance_id)
        again.sequence().add(instance.send_event("again"), instance.set_state("deleted"))
        again.current_retries = subgraph.current_retries + 1
        result.retried_task = again
        return result


def plain(instance_id="nobody", fail=None):
    if fail:
        raise {"recoverable": RecoverableError, "nonrecoverable": NonRecoverableError}[fail]("local")
    return instance_id


def ordered(instances):
    """A manager lists nodes and instances in no order."""
    return sorted(instances, key=lambda one: (one.node_id, int(one.id.rpartition("#")[2])))


def waited(result):
    return result.get() if hasattr(result, "get") else None
'''

HANDLERS = ("go_on", "ignored", "failing", "retried", "once_more", "Telling(instance.id)")
STATES = ("configuring", "configured", "starting", "started", "stopped", "deleted", "creating")


class Words:
    """Parts of statements."""

    has_parameters = True  # of a function; a script has none

    def __init__(self, random: Random, facts: Facts) -> None:
        self.random = random
        self.facts = facts

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    # -- words

    def operation(self) -> str:
        if self.chance(0.6):
            names = ("create", "start", "stop", "configure", "delete")
            return f'"cloudify.interfaces.lifecycle.{self.random.choice(names)}"'
        return f'"{self.random.choice(self.facts.operations)}"'

    def link_operation(self) -> str:
        names = ("establish", "unlink", "preconfigure", "postconfigure")
        return f'"cloudify.interfaces.relationship_lifecycle.{self.random.choice(names)}"'

    def call(self, who: str = "instance") -> str:
        more = ""
        if self.chance(0.3):
            more = ', kwargs={"p": 7}, allow_kwargs_override=True'
        elif self.chance(0.08):
            more = ', kwargs={"p": 7}'
        return f"{who}.execute_operation({self.operation()}{more})"

    def task(self, who: str = "instance") -> str:
        return self.random.choice(
            (
                self.call(who),
                self.call(who),
                f'{who}.send_event("event {self.random.randint(0, 3)}")',
                f'{who}.set_state("{self.random.choice(STATES)}")',
                f"forkjoin({self.call(who)}, {self.call(who)})",
                f'forkjoin({who}.set_state("{self.random.choice(STATES)}"), {self.call(who)})',
                'ctx.send_event("stage")',
                'ctx.local_task(plain, kwargs={"instance_id": instance.id})',
                "forkjoin()",
            )
        )

    def condition(self) -> str:
        node = self.random.choice(list(self.facts.nodes))
        return self.random.choice(
            (
                f"instance.node.has_operation({self.operation()})",
                f'"{self.random.choice(self.facts.node_types)}" in instance.node.type_hierarchy',
                f'instance.node_id == "{node}"',
                'instance.state == "started"',
                'instance.node.properties.get("size", 0) > 1',
                '"seen" in instance.runtime_properties',
                "not instance.contained_instances",
                "instance.node.number_of_instances > 1",
                "any(r.relationship.is_derived_from('cloudify.relationships.contained_in')"
                " for r in instance.relationships)",
                "instance.node.host_id == instance.node_id",
                "len(instance.scaling_groups) > 0",
                "instance.modification is None",
                "lifecycle.is_host_node(instance)",
                "len(list(instance.node.relationships)) > 1",
                "len(instance.get_contained_subgraph()) > 1",
                "any(r.relationship.properties['connection_type'] == 'all_to_one'"
                " for r in instance.relationships)",
                "any(r.target_node_instance.state == 'started' for r in instance.relationships)",
                "any(r.relationship.target_node.id == 'a' for r in instance.relationships)",
                "instance.node.get_relationship('a') is not None",
                "ctx.get_node_instance('a#1') is None",
                "ctx.deployment.scaling_groups.get('inner', {}).get('properties', {})"
                ".get('current_instances') == 2",
                "kwargs.get('count') == 2" if self.has_parameters else "True",
                "instance.node.host_node is not None and instance.node.host_node.id != instance.node_id",
                "instance.node.type == 'acme.T0'",
                "len(list(instance.node.instances)) == instance.node.number_of_instances",
            )
        )

    def instances(self) -> str:
        node = self.random.choice(list(self.facts.nodes))
        chosen = self.random.choice(
            (
                "ctx.node_instances",
                "ctx.node_instances",
                "[one for node in ctx.nodes for one in node.instances]",
                f'ctx.get_node("{node}").instances',
                f"[instance for instance in ctx.node_instances if {self.condition()}]",
                f'(ctx.get_node_instance("{node}#0") or ordered(ctx.node_instances)[0])'
                ".get_contained_subgraph()",
            )
        )
        return f"ordered({chosen})"
