"""What the texts of a blueprint name, by their place: one table for hover, definition, rename, completion."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Key = str | int
    Pattern = tuple[str, ...]

# roles of names of elements are the names of their sections
NODE_TEMPLATE: Final = "node_templates"
NODE_TYPE: Final = "node_types"
RELATIONSHIP_TYPE: Final = "relationships"
DATA_TYPE: Final = "data_types"
INPUT: Final = "inputs"
GROUP: Final = "groups"
POLICY: Final = "policies"
POLICY_TYPE: Final = "policy_types"
POLICY_TRIGGER: Final = "policy_triggers"
WORKFLOW: Final = "workflows"
PLUGIN: Final = "plugins"
OUTPUT: Final = "outputs"
CAPABILITY: Final = "capabilities"
LABEL: Final = "labels"
BLUEPRINT_LABEL: Final = "blueprint_labels"
ELEMENTS: Final = (
    INPUT, DATA_TYPE, NODE_TYPE, RELATIONSHIP_TYPE, PLUGIN, WORKFLOW, POLICY_TYPE, POLICY_TRIGGER,
    NODE_TEMPLATE, GROUP, POLICY, OUTPUT, CAPABILITY, LABEL, BLUEPRINT_LABEL,
)  # fmt: skip

MEMBER: Final = "member"  # a node template or a group
PROPERTY: Final = "property"  # of a type, a data type, an operation's inputs, a workflow's parameters
ATTRIBUTE: Final = "attribute"  # of a node instance
INTERFACE: Final = "interface"
OPERATION: Final = "operation"
IMPLEMENTATION: Final = "implementation"  # of an operation or a workflow
IMPORT: Final = "import"
KEY: Final = "key"  # a key of the language
FUNCTION: Final = "function"
RUN_TIME_NODE: Final = "run-time node"  # SELF, SOURCE, TARGET
SECRET: Final = "secret"
FOREIGN_CAPABILITY: Final = "foreign capability"  # of another deployment
WORD: Final = "word"  # one of a few that a function takes
VERSION: Final = "version"
SCALING: Final = "scaling"

ANY: Final = "*"

_INTERFACES: Final = ("interfaces", "source_interfaces", "target_interfaces")

# what a text that is the value at a path names
_VALUES: Final[dict[str, str]] = {
    "tosca_definitions_version": VERSION,
    "imports/*": IMPORT,
    "node_templates/*/type": NODE_TYPE,
    "node_templates/*/relationships/*/type": RELATIONSHIP_TYPE,
    "node_templates/*/relationships/*/target": NODE_TEMPLATE,
    "node_types/*/derived_from": NODE_TYPE,
    "relationships/*/derived_from": RELATIONSHIP_TYPE,
    "data_types/*/derived_from": DATA_TYPE,
    "data_types/*/properties/*/type": DATA_TYPE,
    "node_types/*/properties/*/type": DATA_TYPE,
    "node_types/*/runtime_properties/*/type": DATA_TYPE,
    "node_types/*/interfaces/*/*/inputs/*/type": DATA_TYPE,
    "relationships/*/properties/*/type": DATA_TYPE,
    "relationships/*/source_interfaces/*/*/inputs/*/type": DATA_TYPE,
    "relationships/*/target_interfaces/*/*/inputs/*/type": DATA_TYPE,
    "inputs/*/type": DATA_TYPE,
    "inputs/*/item_type": DATA_TYPE,
    "workflows/*/parameters/*/type": DATA_TYPE,
    "workflows/*/parameters/*/item_type": DATA_TYPE,
    "policy_types/*/properties/*/type": DATA_TYPE,
    "policy_triggers/*/parameters/*/type": DATA_TYPE,
    "plugins/*/properties/*/type": DATA_TYPE,
    "workflows/*": IMPLEMENTATION,
    "workflows/*/mapping": IMPLEMENTATION,
    "workflows/*/availability_rules/node_types_required/*": NODE_TYPE,
    "groups/*/members/*": MEMBER,
    "groups/*/policies/*/type": POLICY_TYPE,
    "groups/*/policies/*/triggers/*/type": POLICY_TRIGGER,
    "policies/*/type": SCALING,
    "policies/*/targets/*": GROUP,
    "deployment_settings/default_schedules/*/workflow": WORKFLOW,
    **{
        f"{owner}/{side}/*/*{rest}": IMPLEMENTATION
        for owner in (
            "node_templates/*",
            "node_templates/*/relationships/*",
            "node_types/*",
            "relationships/*",
        )
        for side in _INTERFACES
        for rest in ("", "/implementation")
    },
}

# what a key at a path names; the keys of sections name their elements
_KEYS: Final[dict[str, str]] = {
    **{f"{section}/*": section for section in ELEMENTS},
    "imports/*/*": IMPORT,
    "data_types/*/properties/*": PROPERTY,
    "node_types/*/properties/*": PROPERTY,
    "node_types/*/runtime_properties/*": ATTRIBUTE,
    "relationships/*/properties/*": PROPERTY,
    "policy_types/*/properties/*": PROPERTY,
    "policy_triggers/*/parameters/*": PROPERTY,
    "workflows/*/parameters/*": PROPERTY,
    **{
        f"{owner}/{side}/{rest}": role
        for owner in (
            "node_templates/*",
            "node_templates/*/relationships/*",
            "node_types/*",
            "relationships/*",
        )
        for side in _INTERFACES
        for rest, role in (("*", INTERFACE), ("*/*", OPERATION))
    },
    **{
        f"{owner}/{side}/*/*/inputs/*": PROPERTY
        for owner in ("node_types/*", "relationships/*")
        for side in _INTERFACES
    },
}

# below these places stand values for declared properties: given by name, nested by data type
_GIVEN: Final = (
    "node_templates/*/properties",
    "node_templates/*/relationships/*/properties",
    *(
        f"node_templates/*{relation}/{side}/*/*/inputs"
        for relation in ("", "/relationships/*")
        for side in _INTERFACES
    ),
    "groups/*/policies/*/properties",
    "groups/*/policies/*/triggers/*/parameters",
    "deployment_settings/default_schedules/*/workflow_parameters",
)

# the value here is one of a declared type itself
_DEFAULTS: Final = (
    "inputs/*/default",
    "workflows/*/parameters/*/default",
    "data_types/*/properties/*/default",
    "node_types/*/properties/*/default",
    "relationships/*/properties/*/default",
    "node_types/*/interfaces/*/*/inputs/*/default",
    "relationships/*/source_interfaces/*/*/inputs/*/default",
    "relationships/*/target_interfaces/*/*/inputs/*/default",
)

# elsewhere, values that may be calls
_FREE: Final = (
    "outputs/*/value",
    "capabilities/*/value",
    "labels/*/values",
    "policies/*/properties",
    "deployment_settings/display_name",
    "node_templates/*/capabilities/scalable/properties",
    "dsl_definitions",
)


class _Step:
    """A node of the tree that the patterns make."""

    __slots__ = ("below", "key_role", "value_role", "zone")

    def __init__(self) -> None:
        self.below: dict[str, _Step] = {}
        self.key_role: str | None = None
        self.value_role: str | None = None
        self.zone: str | None = None

    def at(self, pattern: str) -> _Step:
        found = self
        for part in pattern.split("/"):
            found = found.below.setdefault(part, _Step())
        return found


GIVEN: Final = "given"
DEFAULT: Final = "default"
FREE: Final = "free"


@lru_cache(maxsize=1)
def _tree() -> _Step:
    root = _Step()
    for pattern, role in _VALUES.items():
        root.at(pattern).value_role = role
    for pattern, role in _KEYS.items():
        root.at(pattern).key_role = role
    for zone, patterns in ((GIVEN, _GIVEN), (DEFAULT, _DEFAULTS), (FREE, _FREE)):
        for pattern in patterns:
            root.at(pattern).zone = zone
    return root


def _walk(path: Sequence[Key]) -> Iterator[_Step | None]:
    current: _Step | None = _tree()
    for part in path:
        if current is not None:
            current = current.below.get(str(part)) or current.below.get(ANY)
        yield current


def value_role(path: Sequence[Key]) -> str | None:
    """What a text that is the value at a path names, or None where it names nothing that is declared."""
    last = None
    for last in _walk(path):  # noqa: B007
        pass
    return last.value_role if last is not None else None


def key_role(path: Sequence[Key]) -> str | None:
    """What the key at the end of a path names, or None for keys of the language and of values."""
    last = None
    for last in _walk(path):  # noqa: B007
        pass
    return last.key_role if last is not None else None


def zone_of(path: Sequence[Key]) -> tuple[str, int] | None:
    """Where a path leads into values: GIVEN, DEFAULT or FREE, and the length of the part of the path that
    leads to the value; None where it stays in what the language fixes."""
    for length, step in enumerate(_walk(path), 1):
        if step is not None and step.zone is not None:
            return step.zone, length
    return None
