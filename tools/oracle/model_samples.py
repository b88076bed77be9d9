"""Small blueprints around every rule of the model: a fixed table and seeded combinations."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Sample = tuple[str, str]  # id, text

HEAD = """\
tosca_definitions_version: cloudify_dsl_1_5
inputs: {any: {default: 1}}
plugins:
  script: {executor: central_deployment_agent, install: false}
  p: {executor: central_deployment_agent, install: false}
  h: {executor: host_agent, install: false}
relationships:
  cloudify.relationships.depends_on: {properties: {connection_type: {default: all_to_all}}}
  cloudify.relationships.contained_in: {derived_from: cloudify.relationships.depends_on}
  cloudify.relationships.connected_to: {derived_from: cloudify.relationships.depends_on}
  cloudify.relationships.depends_on_lifecycle_operation:
    derived_from: cloudify.relationships.depends_on
    properties: {operation: {type: string, default: ""}}
"""
DATA_TYPES = """\
data_types:
  Flat: {properties: {k: {type: string}, n: {type: integer, default: 1}, o: {required: false}}}
  Full: {properties: {k: {default: a}, n: {type: integer, default: 1}}}
  Deep: {properties: {flat: {type: Flat, required: false}, full: {type: Full}, x: {default: 2}}}
  Given:
    derived_from: Flat
    properties: {k: {type: string, default: z}, use_external_resource: {default: false}}
"""
TYPES = ("integer", "float", "boolean", "string", "regex", "list", "dict", "node_id", "Flat", "Full", "Deep")
VALUES = (
    "1",
    "1.5",
    "yes",
    '"1"',
    '"("',
    "[]",
    "{}",
    "",
    "{get_input: any}",
    "{k: a}",
    "{k: a, zz: 1}",
    "{flat: {k: b}}",
    "{flat: {n: 2}, full: {n: x}}",
)
MORE_TYPES = ("Given", "textarea", "Nowhere")
DEFAULTS = (None, "", "{}", "{k: q}", "{n: 5}", "3", "{get_input: any}")


def values() -> Iterator[Sample]:
    """Values of every kind for properties of every type."""
    for kind in TYPES + MORE_TYPES:
        for number, value in enumerate(VALUES):
            schema = f"{{type: {kind}}}"
            base = HEAD + DATA_TYPES
            name = f"{kind}-{number}"
            yield (
                f"property-{name}",
                f"{base}node_types: {{T: {{properties: {{a: {schema}}}}}}}\n"
                f"node_templates: {{t: {{type: T, properties: {{a: {value}}}}}}}\n",
            )
            default = f"{{type: {kind}, default: {value}}}"
            yield (
                f"type-default-{name}",
                f"{base}node_types: {{T: {{properties: {{a: {default}}}}}}}\n"
                f"node_templates: {{t: {{type: T}}}}\n",
            )
            yield (
                f"operation-input-default-{name}",
                f"{base}node_types: {{T: {{interfaces: {{i: {{o: "
                f"{{implementation: p.f, inputs: {{a: {default}}}}}}}}}}}}}\n"
                f"node_templates: {{t: {{type: T}}}}\n",
            )
            yield (
                f"parameter-default-{name}",
                f"{base}workflows: {{w: {{mapping: p.f, parameters: {{a: {default}}}}}}}\n",
            )


def defaults() -> Iterator[Sample]:
    """What a type, its parent and the template give for one property of a data type."""
    for kind in ("Flat", "Full", "Deep", "Given"):
        for upper, parent in enumerate(DEFAULTS):
            for lower, child in enumerate((*DEFAULTS, "absent")):
                for given in (None, "{}", "{k: v}", "{use_external_resource: true}"):
                    text = [HEAD + DATA_TYPES, "node_types:\n"]
                    text.append(f"  R: {{properties: {{a: {_schema(kind, parent)}}}}}\n")
                    own = "" if child == "absent" else f", properties: {{a: {_schema(kind, child)}}}"
                    text.append(f"  T: {{derived_from: R{own}}}\n")
                    values_ = "" if given is None else f", properties: {{a: {given}}}"
                    text.append(f"node_templates: {{t: {{type: T{values_}}}}}\n")
                    yield f"default-{kind}-{upper}-{lower}-{given}", "".join(text)


def _schema(kind: str, default: str | None) -> str:
    return f"{{type: {kind}}}" if default is None else f"{{type: {kind}, default: {default}}}"


OPERATIONS = (
    "",
    '""',
    "{}",
    "p.f",
    "q.f",
    "p.",
    "missing.sh",
    "http://example.com/x",
    "foo:bar",
    "h.f",
    '"a\\nb"',
    "{implementation: p.f}",
    "{implementation: h.f, executor: central_deployment_agent}",
    "{executor: host_agent}",
    "{max_retries: 1}",
)
TYPE_OPERATIONS = (
    *OPERATIONS,
    "{inputs: {a: {}}}",
    "{implementation: p.f, inputs: {a: {required: false}}}",
    "{implementation: p.f, inputs: {a: {default: 1}, b: }}",
    "{implementation: 'http://x/y', inputs: {script_path: {default: 1}}}",
)
TEMPLATE_OPERATIONS = (
    *OPERATIONS,
    "{inputs: {a: 1}}",
    "{implementation: p.f, inputs: {b: 2}}",
    "{implementation: p.g, inputs: {}}",
    "{implementation: 'http://x/y', inputs: {script_source: 1}}",
)


def operations() -> Iterator[Sample]:
    """Every form of an operation of a type under every form of a template, a relationship, a subtype."""
    for upper, base in enumerate(TYPE_OPERATIONS):
        types = f"node_types: {{R: {{interfaces: {{i: {{o: {base}}}}}}}, T: {{derived_from: R}}"
        yield f"unused-{upper}", f"{HEAD}{types}}}\n"
        parent = "cloudify.relationships.depends_on"
        kind = f"  r: {{derived_from: {parent}, source_interfaces: {{i: {{o: {base}}}}}}}\n"
        yield f"unused-relationship-{upper}", f"{HEAD}{kind}"
        for lower, own in enumerate((None, *TEMPLATE_OPERATIONS)):
            written = "" if own is None else f", interfaces: {{i: {{o: {own}}}}}"
            yield (
                f"template-{upper}-{lower}",
                f"{HEAD}{types}}}\nnode_templates: {{t: {{type: T{written}}}}}\n",
            )
            written = "" if own is None else f", source_interfaces: {{i: {{o: {own}}}}}"
            yield (
                f"relationship-{upper}-{lower}",
                f"{HEAD}{kind}node_types: {{N: {{}}}}\nnode_templates:\n  a: {{type: N}}\n"
                f"  b: {{type: N, relationships: [{{type: r, target: a{written}}}]}}\n",
            )
        for lower, own in enumerate(TYPE_OPERATIONS):
            yield (
                f"subtype-{upper}-{lower}",
                f"{HEAD}node_types: {{R: {{interfaces: {{i: {{o: {base}}}}}}}, "
                f"T: {{derived_from: R, interfaces: {{i: {{o: {own}}}}}}}}}\n"
                "node_templates: {t: {type: T}}\n",
            )


INSTANCES = ("", "-2", "-1", "0", "1", "2", "3", "true", "UNBOUNDED", "many", "{get_input: any}", "{x: 1}")


def instances() -> Iterator[Sample]:
    """Numbers of instances of a node template and of a scaling policy."""
    for least in INSTANCES[:7] + INSTANCES[9:]:
        for first in INSTANCES[:7] + INSTANCES[10:]:
            for most in INSTANCES:
                written = ", ".join(
                    f"{name}: {value}"
                    for name, value in (
                        ("min_instances", least),
                        ("default_instances", first),
                        ("max_instances", most),
                    )
                    if value
                )
                yield (
                    f"instances-{least}-{first}-{most}",
                    f"{HEAD}node_types: {{N: {{}}}}\nnode_templates: {{a: {{type: N, capabilities: "
                    f"{{scalable: {{properties: {{{written}}}}}}}}}}}\n",
                )


def graphs(count: int, seed: int) -> Iterator[Sample]:
    """Node templates with random relationships, groups and scaling policies."""
    random = Random(seed)
    kinds = ("depends_on", "contained_in", "connected_to")
    for number in range(count):
        names = [f"n{index}" for index in range(random.randint(2, 6))]
        text = [HEAD, "node_types: {N: {}, cloudify.nodes.Compute: {}}\nnode_templates:\n"]
        for index, name in enumerate(names):
            pool = names if random.random() < 0.15 else names[:index]
            relationships = []
            for _ in range(random.choice((0, 0, 1, 1, 2)) if pool else 0):
                kind = random.choice(kinds)
                target = random.choice(pool) if random.random() < 0.97 else "nowhere"
                relationships.append(f"{{type: cloudify.relationships.{kind}, target: {target}}}")
            type_name = random.choice(("N", "N", "N", "cloudify.nodes.Compute"))
            runs = ", interfaces: {i: {o: h.f}}" if random.random() < 0.1 else ""
            text.append(
                f"  {name}: {{type: {type_name}{runs}, relationships: [{', '.join(relationships)}]}}\n"
            )
        groups = [f"g{index}" for index in range(random.randint(0, 3))]
        if groups:
            text.append("groups:\n")
        for group in groups:
            pool = [*names, *groups] if random.random() < 0.3 else names
            members = random.sample(pool, random.randint(1, min(3, len(pool))))
            text.append(f"  {group}: {{members: [{', '.join(members)}]}}\n")
        if groups:
            targets = random.sample(groups, random.randint(1, len(groups)))
            policy = f"type: cloudify.policies.scaling, targets: [{', '.join(targets)}]"
            text.append(f"policies: {{s: {{{policy}}}}}\n")
        yield f"graph-{seed}-{number}", "".join(text)


def hierarchies(count: int, seed: int) -> Iterator[Sample]:
    """Types derived from each other and data types made of each other, at random."""
    random = Random(seed)
    for number in range(count):
        names = [f"t{index}" for index in range(random.randint(1, 5))]
        text = [HEAD, "data_types:\n"]
        for index, name in enumerate(names):
            pool = names if random.random() < 0.2 else [*names[:index], "string", "integer"]
            parent = random.choice([None, None, *pool[:index]])
            derived = "" if parent is None else f"derived_from: {parent}, "
            kinds = [random.choice(pool) for _ in range(random.randint(0, 2))]
            properties = ", ".join(f"p{at}: {{type: {kind}}}" for at, kind in enumerate(kinds))
            text.append(f"  {name}: {{{derived}properties: {{{properties}}}}}\n")
        text.append(f"node_types: {{T: {{properties: {{a: {{type: {random.choice(names)}}}}}}}}}\n")
        if random.random() < 0.6:
            text.append("node_templates: {n: {type: T}}\n")
        yield f"hierarchy-{seed}-{number}", "".join(text)


def table() -> Iterator[Sample]:
    """One blueprint for each remaining row of the rules."""
    nodes = "node_types: {N: {}}\nnode_templates:\n  a: {type: N}\n"
    external = "node_types: {N: {properties: {use_external_resource: {default: false}, a: {}}}}\n"
    rows = {
        "unknown-type": "node_templates: {a: {type: X}}\n",
        "unknown-parent": "node_types: {N: {derived_from: M}}\n",
        "unknown-data-parent": "data_types: {N: {derived_from: string}}\n",
        "primitive-name": "data_types: {list: {properties: {a: {}}}}\n",
        "unknown-member": nodes + "groups: {g: {members: [b]}}\n",
        "group-node-name": nodes + "groups: {a: {members: [a]}}\n",
        "policy-type": nodes + "groups: {g: {members: [a], policies: {p: {type: x}}}}\n",
        "trigger-type": nodes
        + "policy_types: {x: {source: s}}\n"
        + "groups: {g: {members: [a], policies: {p: {type: x, triggers: {t: {type: y}}}}}}\n",
        "policy-values": nodes
        + "policy_types: {x: {source: s, properties: {a: {type: integer}}}}\n"
        + "groups: {g: {members: [a], policies: {p: {type: x, properties: {a: b}}}}}\n",
        "policy-missing": nodes
        + "policy_types: {x: {source: s, properties: {a: {type: integer}}}}\n"
        + "groups: {g: {members: [a], policies: {p: {type: x}}}}\n",
        "trigger-undefined": nodes
        + "policy_types: {x: {source: s}}\npolicy_triggers: {y: {source: s}}\n"
        + "groups: {g: {members: [a], policies: {p: {type: x, "
        + "triggers: {t: {type: y, parameters: {b: 1}}}}}}}\n",
        "scaling-type": nodes + "groups: {g: {members: [a]}}\npolicies: {s: {type: grow, targets: [g]}}\n",
        "scaling-node": nodes + "policies: {s: {type: cloudify.policies.scaling, targets: [a]}}\n",
        "scaling-none": nodes + "policies: {s: {type: cloudify.policies.scaling, targets: []}}\n",
        "both-instances": nodes + "  b: {type: N, instances: {deploy: 1}, capabilities: {}}\n",
        "null-capabilities": nodes + "  b: {type: N, instances: {deploy: 1}, capabilities: }\n",
        "unknown-relationship": nodes + "  b: {type: N, relationships: [{type: r, target: a}]}\n",
        "to-itself": nodes
        + "  b: {type: N, relationships: [{type: cloudify.relationships.depends_on, target: b}]}\n",
        "workflow-mapping": "workflows: {w: q.f}\n",
        "workflow-empty": "workflows: {w: ''}\n",
        "workflow-script": "workflows: {w: {mapping: 'http://x/y', "
        + "parameters: {script_path: {default: 1}}}}\n",
        "ambiguous": "workflows: {w: p.q.r}\n",
        "lifecycle-none": nodes + _waits("{}"),
        "lifecycle-other": nodes
        + "  c: {type: N, interfaces: {i: {}}}\n"
        + _waits("{operation: create}", "c"),
        "lifecycle-absent": nodes + _waits("{operation: create}"),
        "lifecycle-there": nodes
        + "  c: {type: N, interfaces: {cloudify.interfaces.lifecycle: {create: }}}\n"
        + _waits("{operation: create}", "c"),
        "relationship-values": nodes
        + "  b: {type: N, relationships: [{type: cloudify.relationships.depends_on, target: a, "
        + "properties: {x: 1}}]}\n",
        "external-function": external
        + "node_templates: {a: {type: N, properties: {use_external_resource: {get_input: any}}}}\n",
        "external-word": external
        + "node_templates: {a: {type: N, properties: {use_external_resource: 'no'}}}\n",
    }
    for name, text in rows.items():
        head = HEAD.replace("  p: {", "  p.q: {executor: host_agent, install: false}\n  p: {")
        yield name, (head if name == "ambiguous" else HEAD) + text


def _waits(properties: str, target: str = "a") -> str:
    kind = "cloudify.relationships.depends_on_lifecycle_operation"
    return (
        f"  b: {{type: N, relationships: [{{type: {kind}, target: {target}, properties: {properties}}}]}}\n"
    )
