"""The table behind `dsl/shape.py`: the language, element by element."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import LOGIC
from bplint.dsl.shape import (
    BOOLEAN,
    COUNT,
    FIXED,
    FORMAT,
    FREE,
    LEAF,
    LIST_OF,
    MAPPING,
    MAPPING_OF,
    NUMBER,
    OTHER,
    SEQUENCE,
    STRING,
    VALUE,
    VALUE_ERROR,
    Key,
    Shape,
    walk_shapes,
)
from bplint.dsl.versions import V1_1, V1_2, V1_3, V1_4, V1_5

if TYPE_CHECKING:
    from bplint.dsl.shape import Raises
    from bplint.dsl.versions import Version

EXECUTORS: Final = ("central_deployment_agent", "host_agent")
ACTIVE: Final = ("all", "partial", "none")

_KEY_ERROR: Final[Raises] = ("KeyError", None)
_TYPE_ERROR: Final[Raises] = ("TypeError", None)
_ATTRIBUTE_ERROR: Final[Raises] = ("AttributeError", None)
_NO_MATCH: Final[Raises] = ("DSLParsingElementMatchException", None)
_LABEL: Final[Raises] = ("DSLParsingException", 1)


def key(
    shape: Shape,
    doc: str,
    since: Version | None = None,
    *,
    required: bool = False,
    null: Raises | None = None,
) -> tuple[Shape, str, Version | None, bool, Raises | None]:
    return shape, doc, since, required, null


def fixed(
    name: str,
    title: str,
    keys: dict[str, tuple[Shape, str, Version | None, bool, Raises | None]],
    *,
    short_form: bool = False,
    wrong: Raises = FORMAT,
    check: str = "",
) -> Shape:
    shape = Shape(FIXED, title, name)
    shape.keys = {name: Key(name, *row) for name, row in keys.items()}
    shape.required = tuple(entry.name for entry in shape.keys.values() if entry.is_required)
    shape.short_form = short_form
    shape.wrong = wrong
    shape.check = check
    return shape


def mapping_of(item: Shape, title: str, *, null_item: Raises | None = None, wrong: Raises = FORMAT) -> Shape:
    shape = Shape(MAPPING_OF, title)
    shape.item = item
    shape.null_item = null_item
    shape.wrong = wrong
    return shape


def list_of(item: Shape, title: str, *, null_item: Raises | None = None, fewest: int = 0) -> Shape:
    shape = Shape(LIST_OF, title)
    shape.item = item
    shape.null_item = null_item
    shape.fewest = fewest
    return shape


def leaf(
    types: int, title: str, *, wrong: Raises = FORMAT, fault: str = "wrong-shape", check: str = ""
) -> Shape:
    shape = Shape(LEAF, title)
    shape.types = types
    shape.wrong = wrong
    shape.fault = fault
    shape.check = check
    shape.is_simple = not check
    return shape


def one_of(choices: tuple[str, ...], fault: str, wrong: Raises = FORMAT) -> Shape:
    shape = leaf(STRING, "one of " + ", ".join(choices), wrong=wrong, fault=fault)
    shape.is_simple = False
    shape.choices = choices
    return shape


def at_least(minimum: int, types: int, title: str, *, wrong: Raises, raises: Raises = VALUE_ERROR) -> Shape:
    shape = leaf(types, title, wrong=wrong)
    shape.is_simple = False
    shape.minimum = minimum
    shape.minimum_raises = raises
    return shape


@cache
def blueprint() -> Shape:
    """The shape of a whole file; every other shape hangs on it. Making it costs 0.3 ms."""
    return _ShapeBuilder().blueprint()


@cache
def shapes() -> dict[str, Shape]:
    """Every named shape by its name, in the order in which a reader of the language meets them."""
    found: dict[str, Shape] = {}
    for shape in walk_shapes(blueprint()):
        if shape.name:
            found.setdefault(shape.name, shape)
    return found


class _ShapeBuilder:
    """Shapes that are used in several places are made once."""

    def __init__(self) -> None:
        self.text = leaf(STRING, "a string")
        self.flag = leaf(BOOLEAN, "true or false")
        self.count = leaf(COUNT, "an integer")
        self.any_value = leaf(VALUE, "a string, number, boolean, list or mapping")
        self.free_mapping = leaf(MAPPING, "a mapping")
        self.free_list = leaf(SEQUENCE, "a list")
        self.type_name = leaf(STRING, "the name of a type", check="type")
        definition = self._schema_property(self.type_name)
        self.properties = mapping_of(definition, "a mapping of property definitions", null_item=_NO_MATCH)
        self.parameters = mapping_of(definition, "a mapping of property definitions")
        self.inputs = mapping_of(self._input(), "a mapping of input definitions")
        self.type_interfaces = self._interfaces("type_operation", self.inputs)
        self.interfaces = self._interfaces("operation", self.free_mapping)
        self.scaling = self._scaling()

    def blueprint(self) -> Shape:
        text = self.text
        return fixed(
            "blueprint",
            "a blueprint",
            {
                "tosca_definitions_version": key(text, "Version of the language, such as cloudify_dsl_1_5."),
                "description": key(text, "What the blueprint is for.", V1_2),
                # its entries are judged where imports are read
                "imports": key(
                    Shape(FREE, "a list of imports"),
                    "Files, plugins and blueprints to merge in.",
                    null=_TYPE_ERROR,
                ),
                "metadata": key(
                    leaf(MAPPING, "a mapping", wrong=VALUE_ERROR),
                    "Free content for people and tools.",
                    null=VALUE_ERROR,
                ),
                "dsl_definitions": key(
                    leaf(MAPPING | SEQUENCE, "a mapping or a list"),
                    "A place for YAML anchors; only the main file's version counts.",
                    V1_2,
                ),
                "labels": key(self._labels(), "Labels of every deployment."),
                "blueprint_labels": key(self._blueprint_labels(), "Labels of the blueprint itself."),
                "resource_tags": key(
                    mapping_of(self.any_value, "a mapping of tags"),
                    "Tags for the resources that plugins create.",
                    V1_3,
                ),
                "inputs": key(self.inputs, "What a deployment is asked for."),
                "data_types": key(
                    mapping_of(self._data_type(), "a mapping of data types", null_item=_ATTRIBUTE_ERROR),
                    "Types of structured values.",
                    V1_2,
                ),
                "node_types": key(
                    mapping_of(
                        self._node_type(), "a mapping of node types", null_item=_KEY_ERROR, wrong=VALUE_ERROR
                    ),
                    "Types of node templates.",
                    null=VALUE_ERROR,
                ),
                "relationships": key(
                    mapping_of(
                        self._relationship_type(), "a mapping of relationship types", null_item=_KEY_ERROR
                    ),
                    "Types of relationships.",
                ),
                "plugins": key(
                    mapping_of(
                        self._plugin(), "a mapping of plugins", null_item=VALUE_ERROR, wrong=VALUE_ERROR
                    ),
                    "Plugins that run the operations and workflows.",
                    null=VALUE_ERROR,
                ),
                "workflows": key(
                    mapping_of(self._workflow(), "a mapping of workflows", null_item=FORMAT),
                    "Workflows that a deployment offers.",
                ),
                "policy_types": key(
                    mapping_of(self._policy_type(), "a mapping of policy types"), "Types of group policies."
                ),
                "policy_triggers": key(
                    mapping_of(self._policy_trigger(), "a mapping of policy triggers"),
                    "What a group policy can set off.",
                ),
                "node_templates": key(
                    mapping_of(self._node_template(), "a mapping of node templates", null_item=FORMAT),
                    "The parts of the deployment.",
                ),
                "groups": key(
                    mapping_of(self._group(), "a mapping of groups"), "Node templates that belong together."
                ),
                "policies": key(
                    mapping_of(self._policy(), "a mapping of policies", null_item=_KEY_ERROR),
                    "Policies on groups; scaling is the only kind.",
                    V1_3,
                ),
                "outputs": key(
                    mapping_of(self._value("output", "an output"), "a mapping of outputs"),
                    "Values a deployment shows.",
                ),
                "capabilities": key(
                    mapping_of(self._value("capability", "a capability"), "a mapping of capabilities"),
                    "Values a deployment offers to others.",
                ),
                "deployment_settings": key(self._deployment_settings(), "Defaults for deployments."),
                "imported_blueprints": key(
                    # a text is gone through too, which only an empty one survives
                    leaf(MAPPING | SEQUENCE | STRING | OTHER, "a list", wrong=_TYPE_ERROR, check="imported"),
                    "Written by the manager; not for people.",
                    null=_TYPE_ERROR,
                ),
                "namespaces_mapping": key(
                    mapping_of(text, "a mapping of names", wrong=_ATTRIBUTE_ERROR),
                    "Written by the manager; not for people.",
                    null=_ATTRIBUTE_ERROR,
                ),
            },
        )

    def _schema_property(self, type_name: Shape) -> Shape:
        return fixed(
            "property_definition",
            "a property definition",
            {
                "type": key(type_name, "Primitive, object-based or data type of the value."),
                "default": key(self.any_value, "Value where none is given."),
                "description": key(self.text, "What it is for."),
                "required": key(self.flag, "Whether a value must be given; true where absent.", V1_2),
            },
            check="property",
        )

    def _constraints(self) -> Shape:
        return list_of(self.free_mapping, "a list of constraints", null_item=_TYPE_ERROR)

    def _input(self) -> Shape:
        display = fixed(
            "display", "a display hint", {"rows": key(self.count, "Height of the text area in lines.")}
        )
        return fixed(
            "input",
            "an input definition",
            {
                "type": key(self.type_name, "Primitive, object-based or data type of the value."),
                "default": key(self.any_value, "Value where none is given."),
                "description": key(self.text, "What it is for."),
                "required": key(self.flag, "Whether a value must be given; true where absent.", V1_2),
                "item_type": key(self.text, "Type of the items where the type is list.", V1_4),
                "constraints": key(self._constraints(), "What a value must fulfil."),
                "display_label": key(self.text, "Name shown to people.", V1_3),
                "hidden": key(self.flag, "Whether it is kept from the user interface.", V1_3),
                "display": key(display, "How it is shown; for textarea."),
            },
            check="input",
        )

    def _interfaces(self, name: str, inputs: Shape) -> Shape:
        operation = fixed(
            name,
            "an operation",
            {
                "implementation": key(self.text, "PLUGIN.module.function, a script, or nothing."),
                "inputs": key(inputs, "Inputs of the operation."),
                "executor": key(one_of(EXECUTORS, "unknown-operation-executor"), "Where it runs."),
                "max_retries": key(
                    at_least(-1, COUNT, "an integer", wrong=FORMAT), "Retries; -1 for no end.", V1_1
                ),
                "retry_interval": key(
                    at_least(0, NUMBER, "a number", wrong=VALUE_ERROR), "Seconds between retries.", V1_1
                ),
                "timeout": key(at_least(0, NUMBER, "a number", wrong=VALUE_ERROR), "Seconds it may take."),
                "timeout_recoverable": key(self.flag, "Whether it is retried after a timeout."),
            },
            short_form=True,
        )
        interface = mapping_of(operation, "a mapping of operations")
        return mapping_of(interface, "a mapping of interfaces")

    def _data_type(self) -> Shape:
        # names of data types are looked up before their shape is checked
        type_name = leaf(STRING, "the name of a type", check="type")
        base = leaf(STRING, "the name of a data type")
        type_name.wrong_collection = base.wrong_collection = _TYPE_ERROR
        properties = mapping_of(
            self._schema_property(type_name), "a mapping of property definitions", null_item=_NO_MATCH
        )
        return fixed(
            "data_type",
            "a data type",
            {
                "derived_from": key(base, "Data type it inherits from."),
                "description": key(self.text, "What it is for."),
                "version": key(self.text, "Version of the type, for people."),
                "properties": key(properties, "Keys of its values."),
            },
            wrong=_ATTRIBUTE_ERROR,
        )

    def _node_type(self) -> Shape:
        return fixed(
            "node_type",
            "a node type",
            {
                "derived_from": key(self.text, "Node type it inherits from."),
                "properties": key(self.properties, "Properties of its templates."),
                "runtime_properties": key(self.properties, "Attributes its instances have at run time."),
                "interfaces": key(self.type_interfaces, "Operations by interface."),
            },
        )

    def _relationship_type(self) -> Shape:
        return fixed(
            "relationship_type",
            "a relationship type",
            {
                "derived_from": key(self.text, "Relationship type it inherits from."),
                "properties": key(self.properties, "Properties of its relationships."),
                "source_interfaces": key(self.type_interfaces, "Operations that run for the source."),
                "target_interfaces": key(self.type_interfaces, "Operations that run for the target."),
            },
        )

    def _plugin(self) -> Shape:
        text = self.text
        prop = fixed(
            "plugin_property",
            "a plugin property",
            {
                "description": key(text, "What it is for."),
                "type": key(self.type_name, "Type of the value."),
                "display_label": key(text, "Name shown to people.", V1_3),
                "value": key(self.any_value, "Its value; an import entry can set another."),
            },
            wrong=VALUE_ERROR,
        )
        properties = mapping_of(
            prop, "a mapping of plugin properties", null_item=VALUE_ERROR, wrong=VALUE_ERROR
        )
        return fixed(
            "plugin",
            "a plugin",
            {
                "executor": key(
                    one_of(EXECUTORS, "unknown-plugin-executor"), "Where it runs.", required=True
                ),
                "source": key(text, "Folder or archive with its code."),
                "install": key(self.flag, "Whether it is installed; true where absent."),
                "install_arguments": key(text, "Arguments for pip.", V1_1),
                "package_name": key(text, "Name of its Python package.", V1_2),
                "package_version": key(text, "Version of its Python package.", V1_2),
                "supported_platform": key(text, "Platform tag of its wheels.", V1_2),
                "distribution": key(text, "Linux distribution it is made for.", V1_2),
                "distribution_version": key(text, "Version of that distribution.", V1_2),
                "distribution_release": key(text, "Release name of that distribution.", V1_2),
                "properties_description": key(text, "What the properties are for.", V1_5),
                "properties": key(properties, "Settings of the plugin.", V1_5, null=VALUE_ERROR),
            },
            check="plugin",
            wrong=VALUE_ERROR,
        )

    def _workflow(self) -> Shape:
        parameter = fixed(
            "workflow_parameter",
            "a workflow parameter",
            {
                "type": key(self.type_name, "Primitive, object-based or data type of the value."),
                "default": key(self.any_value, "Value where none is given."),
                "description": key(self.text, "What it is for."),
                "required": key(self.flag, "Whether a value must be given; true where absent.", V1_2),
                "item_type": key(self.text, "Type of the items where the type is list.", V1_4),
                "constraints": key(self._constraints(), "What a value must fulfil."),
            },
            check="input",
        )
        active = one_of(ACTIVE, "unknown-availability", (LOGIC, 103))
        rules = fixed(
            "availability_rules",
            "the availability rules of a workflow",
            {
                "available": key(self.flag, "Whether it can be started at all."),
                "node_instances_active": key(
                    list_of(active, "a list of all, partial, none", null_item=(LOGIC, 103)),
                    "How many node instances must be active.",
                ),
                "node_types_required": key(
                    list_of(self.text, "a list of node types"), "Node types that the deployment must have."
                ),
            },
        )
        return fixed(
            "workflow",
            "a workflow",
            {
                "mapping": key(self.text, "PLUGIN.module.function or a script.", required=True),
                "parameters": key(
                    mapping_of(parameter, "a mapping of workflow parameters"),
                    "What an execution is asked for.",
                ),
                "is_cascading": key(self.flag, "Whether it runs in contained deployments too."),
                "availability_rules": key(rules, "When it is offered.", V1_4),
            },
            short_form=True,
        )

    def _policy_type(self) -> Shape:
        return fixed(
            "policy_type",
            "a policy type",
            {
                "source": key(self.text, "File with the policy.", required=True),
                "properties": key(self.parameters, "Properties of its policies."),
            },
        )

    def _policy_trigger(self) -> Shape:
        return fixed(
            "policy_trigger",
            "a policy trigger",
            {
                "source": key(self.text, "File with the trigger.", required=True),
                "parameters": key(self.parameters, "Parameters of its uses."),
            },
        )

    def _scaling(self) -> Shape:
        # what the numbers mean, and what a mapping must be, is judged where values are
        instances = leaf(COUNT | MAPPING, "an integer or an intrinsic function")
        most = leaf(COUNT | STRING | MAPPING, "an integer, UNBOUNDED or an intrinsic function")
        return fixed(
            "scaling_properties",
            "scaling properties",
            {
                "min_instances": key(instances, "Least number of instances; 0 where absent."),
                "max_instances": key(most, "Largest number of instances; no limit where absent."),
                "default_instances": key(instances, "Number of instances to begin with; 1 where absent."),
            },
        )

    def _node_template(self) -> Shape:
        deploy = at_least(0, COUNT, "an integer", wrong=FORMAT, raises=FORMAT)
        instances = fixed(
            "instances", "instances", {"deploy": key(deploy, "Number of instances.", required=True)}
        )
        scalable = fixed(
            "scalable", "a scalable capability", {"properties": key(self.scaling, "Numbers of instances.")}
        )
        capabilities = fixed(
            "node_capabilities",
            "the capabilities of a node template",
            {"scalable": key(scalable, "How many instances there may be.")},
        )
        return fixed(
            "node_template",
            "a node template",
            {
                "type": key(self.text, "Node type it is made of.", required=True),
                "properties": key(self.free_mapping, "Values for the properties of the type."),
                "instances": key(instances, "Deprecated: number of instances; use capabilities."),
                "capabilities": key(capabilities, "How many instances there may be.", V1_3),
                "interfaces": key(self.interfaces, "Operations that differ from the type's."),
                "relationships": key(
                    list_of(self._relationship(), "a list of relationships", null_item=FORMAT),
                    "Other node templates it depends on.",
                ),
            },
        )

    def _relationship(self) -> Shape:
        return fixed(
            "relationship",
            "a relationship",
            {
                "type": key(self.text, "Relationship type.", required=True),
                "target": key(self.text, "Node template it leads to.", required=True),
                "properties": key(self.free_mapping, "Values for the properties of the type."),
                "source_interfaces": key(self.interfaces, "Operations that run for the source."),
                "target_interfaces": key(self.interfaces, "Operations that run for the target."),
            },
        )

    def _group(self) -> Shape:
        trigger = fixed(
            "group_policy_trigger",
            "a trigger of a group policy",
            {
                "type": key(self.text, "Policy trigger.", required=True),
                "parameters": key(self.free_mapping, "Values for its parameters."),
            },
        )
        policy = fixed(
            "group_policy",
            "a group policy",
            {
                "type": key(self.text, "Policy type.", required=True),
                "properties": key(self.free_mapping, "Values for the properties of the type."),
                "triggers": key(mapping_of(trigger, "a mapping of triggers"), "What it sets off."),
            },
        )
        members = list_of(self.text, "a list of node templates and groups", null_item=(LOGIC, 40), fewest=1)
        return fixed(
            "group",
            "a group",
            {
                "members": key(members, "Node templates and groups in it.", required=True),
                "policies": key(mapping_of(policy, "a mapping of group policies"), "Policies on the group."),
            },
        )

    def _policy(self) -> Shape:
        targets = list_of(self.text, "a list of groups", null_item=(LOGIC, 205))
        return fixed(
            "policy",
            "a policy",
            {
                "type": key(self.text, "cloudify.policies.scaling.", required=True),
                "properties": key(self.scaling, "Numbers of instances."),
                "targets": key(targets, "Groups it applies to.", required=True),
            },
        )

    def _value(self, name: str, title: str) -> Shape:
        return fixed(
            name,
            title,
            {
                "description": key(self.text, "What it is for."),
                "value": key(self.any_value, "The value, often an intrinsic function.", required=True),
            },
        )

    def _labels(self) -> Shape:
        value = leaf(
            STRING | MAPPING,
            "a string or an intrinsic function",
            wrong=_LABEL,
            fault="label-value",
            check="label",
        )
        label = fixed(
            "label",
            "a label",
            {
                "values": key(
                    list_of(value, "a list of label values", null_item=_LABEL),
                    "Values of the label.",
                    required=True,
                )
            },
        )
        return mapping_of(label, "a mapping of labels", null_item=_TYPE_ERROR)

    def _blueprint_labels(self) -> Shape:
        value = leaf(STRING, "a string", wrong=_LABEL, fault="blueprint-label-value")
        label = fixed(
            "blueprint_label",
            "a blueprint label",
            {
                "values": key(
                    list_of(value, "a list of strings", null_item=_LABEL),
                    "Values of the label; no intrinsic functions.",
                    required=True,
                )
            },
        )
        return mapping_of(label, "a mapping of labels", null_item=_TYPE_ERROR)

    def _deployment_settings(self) -> Shape:
        text = self.text
        arguments = fixed(
            "execution_arguments",
            "execution arguments",
            {
                "force": key(self.flag, "Whether it starts while another execution runs."),
                "is_dry_run": key(self.flag, "Whether nothing is really done."),
                "wait_after_fail": key(self.count, "Seconds that tasks may still take after a failure."),
                "allow_custom_parameters": key(self.flag, "Whether undeclared parameters are taken."),
            },
        )
        schedule = fixed(
            "schedule",
            "a schedule",
            {
                "workflow": key(text, "Workflow to start.", required=True),
                "since": key(text, "First time.", required=True),
                "until": key(text, "Last time."),
                "recurrence": key(text, "Time between starts, such as 2 days."),
                "timezone": key(text, "Time zone of since and until."),
                "weekdays": key(
                    list_of(text, "a list of weekdays", null_item=_ATTRIBUTE_ERROR),
                    "Days on which it starts.",
                ),
                "count": key(self.count, "Number of starts."),
                "default_enabled": key(self.flag, "Whether it is on from the beginning."),
                "stop_after_fail": key(self.flag, "Whether a failed execution ends it."),
                "slip": key(self.count, "Minutes a start may be late."),
                "execution_arguments": key(arguments, "How the workflow is started."),
                "workflow_parameters": key(self.free_mapping, "Parameters of the workflow."),
            },
        )
        return fixed(
            "deployment_settings",
            "deployment settings",
            {
                "default_schedules": key(
                    mapping_of(schedule, "a mapping of schedules", null_item=_ATTRIBUTE_ERROR),
                    "Workflows that start by themselves.",
                ),
                "default_groups": key(self.free_list, "Deployment groups to join."),
                "id_template": key(text, "Pattern of deployment ids."),
                "display_name": key(
                    leaf(STRING | MAPPING, "a string or an intrinsic function"), "Name of the deployment."
                ),
            },
        )
