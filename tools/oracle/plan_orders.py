"""Executions for random blueprints: of built-in workflows and of made ones, after others, with failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from random import Random

    from tools.oracle.plan_samples import Facts

Raw = dict[str, Any]
FILTERED = ("install", "uninstall", "reinstall", "check_status", "check_drift", "rollback")


class Failure(NamedTuple):
    """What fails: operations by node, of one instance or all, so often or always."""

    node: str
    index: int | None  # type: ignore[assignment]  # of the instance; hides tuple.index
    operation: str
    error: str
    times: int | None

    def as_option(self) -> str:
        index = "" if self.index is None else f"#{self.index}"
        times = "" if self.times is None else f"*{self.times}"
        return f"{self.node}{index}.{self.operation}={self.error}{times}"


class Order(NamedTuple):
    """An execution: what is run, after what, what fails, when it is cancelled."""

    workflow: str
    parameters: Raw
    after: tuple[str, ...]
    failures: tuple[Failure, ...]
    cancel_after: int | None
    subgraph_retries: int


def orders_of(random: Random, facts: Facts, made: list[str]) -> Order:
    name = chosen_workflow(random, made)
    after = chain_before(random, name, made)
    failures: tuple[Failure, ...] = ()
    if random.random() < 0.3:
        failures = tuple(failure(random, name, facts) for _ in range(random.choice((1, 1, 2))))
    cancel_after = random.randint(1, 6) if random.random() < 0.04 else None
    retries = random.choice((1, 1, 2)) if random.random() < 0.12 else 0
    return Order(name, parameters_of(random, name, facts), after, failures, cancel_after, retries)


def chosen_workflow(random: Random, made: list[str]) -> str:
    if random.random() < 0.4:
        return random.choice(made)
    built_in = (
        *("install", "install", "uninstall", "uninstall", "reinstall", "execute_operation", "heal", "heal"),
        *("restart", "start", "stop", "pull", "check_status", "check_drift", "rollback", "scale", "scale"),
        *("scale", "scale", "validate_agents", "install_new_agents", "grow", "shrink"),
        *("install_part", "uninstall_part"),
    )
    return random.choice(built_in)


def chain_before(random: Random, name: str, made: list[str]) -> tuple[str, ...]:
    if name in ("install", "install_part") and random.random() < 0.8:
        return ()
    if random.random() < 0.1:
        return ()
    if random.random() < 0.12:
        return ("install_part",)
    chain = ["install"]
    while random.random() < 0.3:
        more = (
            "grow",
            "shrink",
            "grow",
            "uninstall_part",
            "install_part",
            "check_status",
            "check_drift",
            "restart",
        )
        chain.append(random.choice((*more, *made, "uninstall", "install")))
    return tuple(chain)


def failure(random: Random, workflow: str, facts: Facts) -> Failure:
    node = random.choice(list(facts.nodes))
    operation = random.choice(facts.operations)
    if workflow == "heal" and random.random() < 0.7:
        checked = ("validation.check_status", "lifecycle.heal", "lifecycle.preheal", "lifecycle.stop")
        operation = f"cloudify.interfaces.{random.choice(checked)}"
    elif random.random() < 0.5:
        names: tuple[str, ...] = ("create", "configure", "start", "stop", "delete")
        operation = f"cloudify.interfaces.lifecycle.{random.choice(names)}"
    elif random.random() < 0.3:
        names = ("establish", "unlink", "preconfigure", "postconfigure")
        operation = f"cloudify.interfaces.relationship_lifecycle.{random.choice(names)}"
    error = random.choice(("recoverable", "nonrecoverable"))
    if random.random() < 0.5:
        return Failure(node, None, operation, error, None)
    return Failure(node, 0, operation, error, random.choice((None, 1, 1, 2)))


def parameters_of(random: Random, name: str, facts: Facts) -> Raw:
    found: Raw = {}
    if name in FILTERED or name in ("execute_operation", "restart", "start", "stop", "pull"):
        found.update(filters(random, facts))
    if name in ("uninstall", "reinstall", "heal", "scale") and random.random() < 0.35:
        found["ignore_failure"] = random.random() < 0.6
    if name == "rollback" and random.random() < 0.4:
        found["full_rollback"] = True
    if name == "execute_operation":
        found.update(operation_parameters(random, facts))
    if name in ("restart", "start", "stop", "pull", "check_status", "check_drift") and random.random() < 0.4:
        found["run_by_dependency_order"] = random.random() < 0.5
    if name == "restart" and random.random() < 0.3:
        found["stop_parms"] = {"p": 2}
    if name == "heal":
        found.update(heal_parameters(random, facts))
    if name == "scale":
        found.update(scale_parameters(random, facts))
    if name in ("made_0", "made_1") and random.random() < 0.3:
        found["count"] = random.choice((1, 2, "2", "two"))
    if name == "install_new_agents":
        found.update({key: False for key in ("validate", "install") if random.random() < 0.3})
    return found


def filters(random: Random, facts: Facts) -> Raw:
    found: Raw = {}
    names = list(facts.nodes)
    if random.random() < 0.15:
        found["node_ids"] = random.sample(names, random.randint(1, len(names)))
    if random.random() < 0.1:
        found["type_names"] = [random.choice(facts.node_types)]
    if random.random() < 0.15:
        found["node_instance_ids"] = [f"{random.choice(names)}#{random.choice((0, 0, 1))}" for _ in range(2)]
    return found


def operation_parameters(random: Random, facts: Facts) -> Raw:
    found: Raw = {"operation": random.choice(facts.operations)}
    if random.random() < 0.5:
        names = ("create", "start", "stop", "configure")
        found["operation"] = f"cloudify.interfaces.lifecycle.{random.choice(names)}"
    if random.random() < 0.4:
        found["operation_kwargs"] = {random.choice("pqrz"): random.choice((1, "text", [1]))}
    if random.random() < 0.4:
        found["allow_kwargs_override"] = random.random() < 0.7
    if random.random() < 0.5:
        found["run_by_dependency_order"] = True
    return found


def heal_parameters(random: Random, facts: Facts) -> Raw:
    # an execution is refused without it: it has no default
    found: Raw = {"node_instance_id": f"{random.choice(list(facts.nodes))}#{random.choice((0, 0, 0, 1))}"}
    if random.random() < 0.2:
        found["node_instance_id"] = None
    for key in ("check_status", "allow_reinstall", "force_reinstall"):
        if random.random() < 0.25:
            found[key] = random.random() < 0.5
    return found


def scale_parameters(random: Random, facts: Facts) -> Raw:
    names = [*facts.nodes, *facts.groups * 3]
    found: Raw = {"scalable_entity_name": random.choice(names)}
    found["delta"] = random.choice((1, 1, 2, -1, -1, -2, 0))
    if random.random() < 0.3:
        found["scale_compute"] = True
    hints = [f"{name}#{random.choice((0, 1))}" for name in random.sample(names, 1)]
    if random.random() < 0.3:
        hints = [f"{found['scalable_entity_name']}#{random.choice((0, 1, 2))}"]
    if random.random() < 0.25:
        found[random.choice(("include_instances", "exclude_instances"))] = hints
    if random.random() < 0.15:
        found["rollback_if_failed"] = False
    if random.random() < 0.15:
        found["abort_started"] = True
    return found
