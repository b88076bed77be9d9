"""Blueprints, workflow code and executions, made at random: the same seed makes the same sample."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.oracle.plan_code import workflow_module
from tools.oracle.plan_orders import Order, orders_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

Raw = dict[str, Any]

VERSIONS = ("1_5", "1_5", "1_5", "1_5", "1_4", "1_3")
LIFECYCLE = "cloudify.interfaces.lifecycle"
VALIDATION = "cloudify.interfaces.validation"
MONITORING = "cloudify.interfaces.monitoring"
HOST = "cloudify.interfaces.host"
AGENT = "cloudify.interfaces.monitoring_agent"
LINK = "cloudify.interfaces.relationship_lifecycle"
INTERFACES = {
    LIFECYCLE: (
        *(
            "precreate",
            "create",
            "configure",
            "start",
            "poststart",
            "prestop",
            "stop",
            "delete",
            "postdelete",
        ),
        *("preheal", "heal", "postheal", "pull", "check_drift", "update"),
    ),
    VALIDATION: ("create", "delete", "check_status"),
    MONITORING: ("start", "stop"),
    "acme.maintenance": ("check", "patch"),
}
HOST_INTERFACES = {HOST: ("get_state",), AGENT: ("install", "start", "stop", "uninstall")}
LINK_INTERFACES = {LINK: ("preconfigure", "postconfigure", "establish", "unlink", "check_drift")}
BASES = ("Root", "SoftwareComponent", "Tier", "Container", "Database", "ApplicationModule", "Network")
LINK_BASES = ("depends_on", "connected_to", "contained_in", "depends_on_lifecycle_operation")


class Sample(NamedTuple):
    """A blueprint with its files, and what is run on it."""

    name: str
    files: dict[str, str]
    order: Order


def sample(name: str, random: Random) -> Sample:
    maker = Maker(random)
    content = maker.blueprint()
    code, script, workflows = workflow_module(random, maker.facts())
    content["workflows"] = {**workflows, **maker.parts()}
    order = orders_of(random, maker.facts(), list(workflows))
    files = {
        "blueprint.yaml": json.dumps(content, indent=1),
        "plugins/flows/flows.py": code,
        "scripts/run.sh": "#!/bin/sh\n",
        "scripts/flow.py": script,
    }
    return Sample(name, files, order)


class Facts(NamedTuple):
    """What executions and code are made from."""

    nodes: dict[str, Raw]
    counts: dict[str, int]
    groups: list[str]
    hosts: list[str]
    node_types: list[str]
    operations: list[str]


class Maker:
    """Makes one blueprint."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.node_types: Raw = {}
        self.links: dict[str, list[str]] = {"contained": [], "wired": []}
        self.link_types: Raw = {}
        self.nodes: dict[str, Raw] = {}
        self.counts: dict[str, int] = {}
        self.groups: dict[str, Raw] = {}
        self.policies: Raw = {}
        self.hosts: list[str] = []
        self.inside: dict[str, str] = {}
        self.hosted: set[str] = set()
        self.on_host = False
        self.me = "SELF"

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def facts(self) -> Facts:
        operations = [f"{interface}.{name}" for interface, names in INTERFACES.items() for name in names]
        types = [*self.node_types, "cloudify.nodes.Root", "cloudify.nodes.Compute"]
        groups = [name for policy in self.policies.values() for name in policy["targets"]]
        return Facts(self.nodes, self.counts, groups, self.hosts, types, operations)

    def blueprint(self) -> Raw:
        self.make_types()
        self.make_link_types()
        for number in range(self.random.choice((1, 2, 3, 3, 4, 4, 5, 6, 7))):
            self.make_node("abcdefg"[number])
        if self.chance(0.45):
            self.make_groups()
        return {
            "tosca_definitions_version": f"cloudify_dsl_{self.random.choice(VERSIONS)}",
            "imports": ["cloudify/types/types.yaml"],
            "plugins": {
                "acme": {"executor": "central_deployment_agent", "install": False},
                "local": {"executor": "host_agent", "install": self.chance(0.5), "package_name": "local"},
                "script": {"executor": "host_agent", "install": False},
                "flows": {"executor": "central_deployment_agent", "source": "flows", "install": False},
            },
            "inputs": {"given": {"default": "in"}},
            "node_types": self.node_types,
            "relationships": self.link_types,
            "node_templates": self.nodes,
            "groups": self.groups,
            "policies": self.policies,
        }

    # -- operations

    def operation(self, where: str, name: str) -> Any:
        random = self.random
        self.me = "SOURCE" if where in ("source", "target", "r_source", "r_target") else "SELF"
        if self.chance(0.07):
            return random.choice(("", {}))
        if self.chance(0.08):
            return random.choice(("scripts/run.sh", {"implementation": "scripts/run.sh"}))
        plugin = "local" if self.on_host and self.chance(0.3) else "acme"
        mapping = f"{plugin}.{where}.{name}"
        if self.chance(0.55):
            return mapping
        found: Raw = {"implementation": mapping}
        if self.chance(0.5):
            found["inputs"] = {key: self.value() for key in random.sample("pqr", random.randint(1, 2))}
            if self.chance(0.3):
                found["inputs"] = {"p": {"default": self.value()}, "t": {"type": "integer", "default": 3}}
        if self.chance(0.3):
            executors = ("central_deployment_agent", "host_agent")
            found["executor"] = random.choice(executors if self.on_host else executors[:1])
        if self.chance(0.3):
            found["max_retries"] = random.choice((0, 1, 2))
            found["retry_interval"] = 0
        if self.chance(0.15):
            found["timeout"] = 5
        return found

    def value(self) -> Any:
        if self.chance(0.15):
            return self.random.choice(
                (
                    {"get_input": "given"},
                    {"concat": ["a-", {"get_input": "given"}]},
                    {"get_attribute": [self.me, "port"]},
                    {"get_sys": ["deployment", "id"]},
                )
            )
        return self.random.choice((1, "x", True, [1, 2], {"k": "v"}, "", None, 1.5))

    def interfaces(self, known: Mapping[str, tuple[str, ...]], density: float, where: str) -> Raw:
        found: Raw = {}
        for interface, names in known.items():
            for name in names:
                if self.chance(density):
                    found.setdefault(interface, {})[name] = self.operation(where, name)
        return found

    def template_interfaces(self, known: Mapping[str, tuple[str, ...]], density: float, where: str) -> Raw:
        """A template gives values of inputs, where a type declares them."""
        found = self.interfaces(known, density, where)
        for operations in found.values():
            for body in operations.values():
                if isinstance(body, dict) and "t" in body.get("inputs", {}):
                    body["inputs"] = {"p": 1}
        return found

    # -- types

    def make_types(self) -> None:
        for number in range(self.random.randint(1, 4)):
            name = f"acme.T{number}"
            base = f"cloudify.nodes.{self.random.choice(BASES)}"
            if number and self.chance(0.35):
                base = f"acme.T{self.random.randrange(number)}"
            body: Raw = {
                "derived_from": base,
                "interfaces": self.declared(
                    INTERFACES, self.random.choice((0, 0.1, 0.3, 0.6, 0.9)), f"t{number}"
                ),
            }
            if self.chance(0.4):
                body["properties"] = {"size": {"default": self.random.randint(0, 3)}}
            self.node_types[name] = body
        if self.chance(0.6):
            self.make_host_type()

    def declared(self, known: Mapping[str, tuple[str, ...]], density: float, where: str) -> Raw:
        """A type declares inputs: each has a default."""
        found = self.interfaces(known, density, where)
        for operations in found.values():
            for body in operations.values():
                if isinstance(body, dict) and "inputs" in body and "t" not in body["inputs"]:
                    body["inputs"] = {key: {"default": value} for key, value in body["inputs"].items()}
        return found

    def make_host_type(self) -> None:
        density = self.random.choice((0.2, 0.5, 0.9))
        self.on_host = True
        body: Raw = {
            "derived_from": "cloudify.nodes.Compute",
            "interfaces": {
                **self.declared(INTERFACES, density, "host"),
                **self.declared(HOST_INTERFACES, density, "host"),
            },
        }
        method = self.random.choice(("none", "remote", "init_script", "plugin", "provided", None))
        if method:
            body["properties"] = {"agent_config": {"default": {"install_method": method, "port": 22}}}
        self.node_types["acme.Host"] = body
        self.on_host = False

    def make_link_types(self) -> None:
        for number in range(self.random.randint(1, 3)):
            base = self.random.choice(LINK_BASES)
            name = f"acme.l{number}"
            density = self.random.choice((0, 0.3, 0.7))
            body: Raw = {
                "derived_from": f"cloudify.relationships.{base}",
                "source_interfaces": self.declared(LINK_INTERFACES, density, "source"),
                "target_interfaces": self.declared(LINK_INTERFACES, density, "target"),
            }
            if base == "depends_on_lifecycle_operation":
                body["properties"] = {"operation": {"default": self.random.choice(("create", "start"))}}
            self.links["contained" if base == "contained_in" else "wired"].append(name)
            self.link_types[name] = body
        self.links["contained"].append("cloudify.relationships.contained_in")
        self.links["wired"] += [f"cloudify.relationships.{one}" for one in ("connected_to", "depends_on")]

    # -- nodes

    def make_node(self, name: str) -> None:
        random = self.random
        types = [one for one in self.node_types if one != "acme.Host"]
        is_host = self.chance(0.3)
        type_name = "acme.Host" if is_host and "acme.Host" in self.node_types else random.choice(types)
        if is_host and type_name != "acme.Host":
            type_name = "cloudify.nodes.Compute"
        body: Raw = {"type": type_name}
        if is_host and self.chance(0.5):
            body["properties"] = {"install_agent": random.choice((False, True, ""))}
        relationships = self.relationships(name)
        if relationships:
            body["relationships"] = relationships
        self.on_host = is_host or self.inside.get(name) in self.hosted
        if self.on_host:
            self.hosted.add(name)
        if is_host:
            self.hosts.append(name)
        if self.chance(0.3):
            body["interfaces"] = self.template_interfaces(INTERFACES, 0.15, f"n_{name}")
        self.on_host = False
        self.counts[name] = random.choice((1, 1, 1, 1, 2, 2, 3, 0)) if self.chance(0.5) else 1
        if self.counts[name] != 1 and self.chance(0.5):
            body["instances"] = {"deploy": self.counts[name]}
        elif self.counts[name] != 1:
            body["capabilities"] = {"scalable": {"properties": {"default_instances": self.counts[name]}}}
        self.nodes[name] = body

    def relationships(self, name: str) -> list[Raw]:
        found = []
        earlier = list(self.nodes)
        if earlier and self.chance(0.45):
            target = self.random.choice(self.hosts if self.hosts and self.chance(0.6) else earlier)
            self.inside[name] = target
            found.append(self.relationship(self.random.choice(self.links["contained"]), target))
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 3)) if earlier else 0):
            target = self.random.choice(earlier)
            if target == self.inside.get(name) and self.chance(0.9):
                continue
            link = self.relationship(self.random.choice(self.links["wired"]), target)
            if self.chance(0.15):
                link["properties"] = {"connection_type": "all_to_one"}
            found.append(link)
        self.random.shuffle(found)
        return found

    def relationship(self, type_name: str, target: str) -> Raw:
        body: Raw = {"type": type_name, "target": target}
        for side in ("source", "target"):
            if self.chance(0.15):
                made = self.template_interfaces(LINK_INTERFACES, 0.3, f"r_{side}")
                if made:
                    body[f"{side}_interfaces"] = made
        return body

    # -- groups

    def make_groups(self) -> None:
        """Groups of nodes that lie in the same container, and groups of these groups."""
        by_container: dict[str | None, list[str]] = {}
        for node in self.nodes:
            by_container.setdefault(self.inside.get(node), []).append(node)
        members = self.random.choice(list(by_container.values()))
        members = self.random.sample(members, self.random.randint(1, len(members)))
        if self.chance(0.25):
            members += [
                node for node, holder in self.inside.items() if holder in members and node not in members
            ]
        self.groups["inner"] = {"members": members}
        targets = ["inner"]
        if self.chance(0.35):
            rest = [
                node
                for node in self.nodes
                if node not in members and self.inside.get(node) == self.inside.get(members[0])
            ]
            self.groups["outer"] = {"members": ["inner", *rest[:1]]}
            targets.append("outer")
        for name in targets:
            self.policies[f"scale_{name}"] = {
                "type": "cloudify.policies.scaling",
                "targets": [name],
                "properties": {"default_instances": self.random.choice((1, 1, 2, 2, 3))},
            }

    def parts(self) -> Raw:
        """Workflows with defaults, so that they can run before others."""
        names = list(self.nodes)
        scalable = [*names, *self.facts().groups]
        base = "default_workflows.cloudify.plugins.workflows"
        filters: Raw = {"type_names": {"default": []}, "node_instance_ids": {"default": []}}
        part = {"node_ids": {"default": self.random.sample(names, (len(names) + 1) // 2)}, **filters}
        scaled = {"scalable_entity_name": {"default": self.random.choice(scalable)}}
        flags = {"scale_compute": {"default": self.chance(0.3)}}
        return {
            "install_part": {"mapping": f"{base}.install", "parameters": part},
            "uninstall_part": {
                "mapping": f"{base}.uninstall",
                "parameters": {**part, "ignore_failure": {"default": False}},
            },
            "grow": {
                "mapping": f"{base}.scale_entity",
                "parameters": {**scaled, **flags, "delta": {"default": 1}},
            },
            "shrink": {
                "mapping": f"{base}.scale_entity",
                "parameters": {**scaled, **flags, "delta": {"default": -1}},
            },
        }
