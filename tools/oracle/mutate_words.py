"""Words of the language that mutants are made with."""

from __future__ import annotations

from bplint.dsl.functions import FUNCTIONS
from bplint.dsl.language import blueprint
from bplint.dsl.shape import walk_shapes

KEYS = sorted({key for shape in walk_shapes(blueprint()) for key in shape.keys})
FUNCTION_NAMES = sorted(FUNCTIONS)
VERSIONS = [f"cloudify_dsl_1_{minor}" for minor in range(7)]
NAMESPACES = ["", "ns--", "net--", "a--b--", "--", "cloudify--", "app--"]
CHARACTERS = [*":{}[]-\"'&*#\t\n!|>%@`,? é~=\\\x07\u2028\ufeff/.<", ": ", "- ", " #", "<<: ", "--", "!!str "]

VALUES = [
    *("5", "-1", "0", "1.5", "true", "null", "''", "word", "'5'", "[]", "{}", "[word]", "[1, two, {a: b}]"),
    *(
        "{a: b}",
        "{5: b}",
        "[null]",
        "[[]]",
        "2020-01-01",
        "2020-01-01 10:00:00",
        "1_000",
        "0o7",
        "1e3",
        ".inf",
    ),
    *("{get_input: nowhere}", "{get_secret: s}", "{get_input: [a, b]}", "{get_attribute: [SELF, a]}", "'é'"),
    *(
        "{get_property: [SELF, a]}",
        "{get_property: [nowhere, a]}",
        "{concat: [a, b]}",
        "{concat: a}",
        "!!str 5",
    ),
    *(
        "{get_input: i, extra: 1}",
        "{get_inputs: i}",
        "{get_label: l}",
        "SELF",
        "cloudify.nodes.Root",
        "a.b.c",
    ),
    *("cloudify.relationships.contained_in", "string", "integer", "list", "UNBOUNDED", "host_agent", "all"),
    *("123456789012345678901234567890", "1:30", "!!binary aGk=", "!!set {a}", "!!omap [a: 1]", ".nan", "~"),
    *(
        "!!float 1",
        "2020-01-01T00:00:00Z",
        '"two\\nlines"',
        "!!str",
        "{a: {}}",
        "{'': ''}",
        "[a, a]",
        "{a: []}",
    ),
    *("{get_input: {get_input: a}}", "{concat: [{get_property: [SELF, a]}, b]}", "[{get_input: a}]"),
    *("{get_attribute: [SELF, {get_input: a}]}", "{merge: [{a: 1}, {get_input: a}]}", "{a: {get_secret: s}}"),
    *(
        "{string_split: [a, b, 0]}",
        "{string_lower: {get_input: a}}",
        "{get_label: [k, 0]}",
        "{get_secret: [s, a]}",
    ),
    *(
        "{get_sys: [deployment, id]}",
        "{get_capability: [d, c]}",
        "{get_environment_capability: c}",
        "{a: []}",
    ),
    *("cloudify.policies.scaling", "cloudify.relationships.depends_on", "http://example.org/x", "'('", "' '"),
]

# values for the inputs of a deployment, as JSON
GIVEN = [
    *(
        "1",
        "0",
        "1.5",
        "true",
        "null",
        '""',
        '"word"',
        '"5"',
        "[]",
        "{}",
        '[1, "a"]',
        '{"a": 1}',
        '{"cpus": 2}',
    ),
    *(
        '{"get_input": "a"}',
        '{"get_secret": "s"}',
        '{"concat": ["a", "b"]}',
        "[[]]",
        "12345678901234567890",
        '{"a": 1}',
    ),
]

ADDITIONS: list[tuple[str, list[str]]] = [
    ("required", ["true", "false", "null", "1", "'no'"]),
    ("hidden", ["true", "false", "null", "1"]),
    ("default", ["1", "null", "{}", "[]", "x", "{get_input: i}", "{get_secret: s}", "true"]),
    (
        "type",
        [
            "string",
            "integer",
            "list",
            "dict",
            "regex",
            "textarea",
            "node_id",
            "operation_name",
            "nowhere",
            "''",
        ],
    ),
    ("item_type", ["string", "integer", "node_id", "list", "nowhere", "null"]),
    ("description", ["text", "5", "null", "[]"]),
    ("display", ["{rows: 3}", "{}", "null", "{rows: x}", "{columns: 1}"]),
    ("display_label", ["Label", "5", "null"]),
    (
        "constraints",
        [
            *(
                "[{in_range: [1, 2]}]",
                "[{max_length: 2}]",
                "[{pattern: '('}]",
                "[{valid_values: [1, a]}]",
                "[{}]",
            ),
            *(
                "[{equal: 5}]",
                "[]",
                "null",
                "{length: 1}",
                "[{filter_id: x}]",
                "[{less_than: 2, error_message: m}]",
            ),
            *("[{nothing: 1}]", "[{length: {get_input: i}}]", "[{labels: [{a: b}]}]", "[{error_message: m}]"),
        ],
    ),
    ("derived_from", ["nowhere", "null", "''", "cloudify.nodes.Root", "string", "5", "base"]),
    ("properties", ["{}", "null", "{a: {}}", "{a: 1}", "{a: {type: nowhere}}", "[]", "{5: 1}", "{a: null}"]),
    (
        "interfaces",
        ["{}", "null", "{own: {run: p.run}}", "{own: null}", "{own: {run: {}}}", "{own: {run: [x]}}"],
    ),
    ("relationships", ["[]", "null", "{}", "[{type: nowhere, target: one}]", "[null]"]),
    ("instances", ["{deploy: 1}", "{deploy: -1}", "{}", "null", "{deploy: {get_input: i}}"]),
    (
        "capabilities",
        [
            *(
                "{}",
                "null",
                "{scalable: {properties: {min_instances: 2}}}",
                "{scalable: null}",
                "{other: {}}",
            ),
            *(
                "{scalable: {properties: {max_instances: 0}}}",
                "{scalable: {properties: {default_instances: '3'}}}",
            ),
        ],
    ),
    ("targets", ["[]", "null", "[nowhere]", "word", "[[x]]"]),
    ("members", ["[]", "null", "[nowhere]", "word", "[null]"]),
    ("policies", ["{}", "null", "{a: null}", "{a: {type: nowhere}}"]),
    ("triggers", ["{}", "null", "{a: null}", "{a: {type: nowhere}}"]),
    ("parameters", ["{}", "null", "{a: null}", "{a: {}}", "{a: {type: integer, default: x}}", "{5: {}}"]),
    ("mapping", ["p.w", "null", "''", "nowhere.w", "5"]),
    ("implementation", ["p.run", "null", "''", "nowhere.run", "5", "'http://x'", "scripts/start.sh", "p."]),
    ("executor", ["host_agent", "central_deployment_agent", "null", "auto", "5"]),
    ("max_retries", ["-1", "-2", "null", "1.5", "true", "x"]),
    ("retry_interval", ["-1", "1.5", "null", "true", "x"]),
    ("timeout", ["-1", "1.5", "null", "x"]),
    ("inputs", ["{}", "null", "{a: 1}", "{a: {default: 1}}", "{a: {}}", "{script_path: {default: x}}", "[]"]),
    ("install", ["true", "false", "null", "'no'"]),
    ("use_external_resource", ["true", "false", "'no'", "{get_input: i}", "null", "{default: true}"]),
    ("value", ["1", "null", "{get_input: i}", "2020-01-01", "[]"]),
    (
        "values",
        ["[a]", "[]", "null", "[1]", "[{a: b}]", "[{get_input: i}]", "[{get_attribute: [a, b]}]", "a"],
    ),
    ("is_cascading", ["true", "null", "1"]),
    ("availability_rules", ["{}", "null", "{available: x}", "{node_instances_active: [some]}", "{other: 1}"]),
    ("since", ["'+1 day'", "'25:00'", "null", "'2030-13-01 10:00'", "later"]),
    ("weekdays", ["[mo]", "[monday]", "[]", "null", "[5]"]),
    ("recurrence", ["1 day", "often", "null", "5"]),
    ("timezone", ["UTC", "Nowhere", "null"]),
    ("source", ["x", "null", "5", "''"]),
    ("package_version", ["'1'", "1.0", "null"]),
    ("metadata", ["{}", "null", "{a: 1}", "[]", "{cloudify_types: true}"]),
    ("runtime_properties", ["{}", "null", "{a: {type: string}}", "{a: 1}"]),
    ("<<", ["{a: 1}", "[{a: 1}, {b: 2}]", "1", "null", "{type: integer}"]),
    *(
        (section, ["{}", "null", "[]", "word", "{a: null}", "{a: {}}", "{a: 1}"])
        for section in blueprint().keys
    ),
]
