"""A correct blueprint that has every key of the language, and ways to break it at each of them."""

from __future__ import annotations

import copy
import datetime
from typing import TYPE_CHECKING, Any

import yaml

from bplint.dsl.language import blueprint
from bplint.dsl.shape import FIXED, LIST_OF, MAPPING_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.dsl.shape import Shape

Path = tuple[Any, ...]

SAMPLE = """
tosca_definitions_version: cloudify_dsl_1_5
description: every key of the language
imports: []
metadata: {team: blue}
dsl_definitions: {}
labels: {stage: {values: [test]}}
blueprint_labels: {kind: {values: [demo]}}
resource_tags: {cost: center}
inputs:
  plain:
    type: string
    default: word
    description: a word
    required: true
    display_label: Word
    hidden: false
  several: {type: list, item_type: string, constraints: [{valid_values: [a]}]}
  wide: {type: textarea, display: {rows: 3}}
data_types:
  base: {}
  box:
    derived_from: base
    description: a box
    version: '1'
    properties:
      side: {type: integer, default: 1, description: length, required: false}
node_types:
  root: {}
  server:
    derived_from: root
    properties:
      size: {type: integer, default: 1, description: size, required: false}
    runtime_properties:
      address: {type: string, default: none, description: address, required: false}
    interfaces:
      life:
        start:
          implementation: tool.module.start
          inputs:
            force:
              type: boolean
              default: false
              description: force
              required: false
              display_label: Force
              hidden: false
            names: {type: list, default: [], item_type: string, constraints: [{max_length: 3}]}
            note: {type: textarea, default: x, display: {rows: 3}}
          executor: central_deployment_agent
          max_retries: 1
          retry_interval: 1
          timeout: 1
          timeout_recoverable: true
relationships:
  link: {}
  cable:
    derived_from: link
    properties:
      color: {type: string, default: red, description: color, required: false}
    source_interfaces:
      side:
        join:
          implementation: tool.module.join
          inputs: {}
          executor: central_deployment_agent
          max_retries: 1
          retry_interval: 1
          timeout: 1
          timeout_recoverable: true
    target_interfaces:
      side:
        join: {implementation: tool.module.join}
plugins:
  tool:
    executor: central_deployment_agent
    source: tool
    install: true
    install_arguments: -v
    package_name: tool
    package_version: '1'
    supported_platform: any
    distribution: ubuntu
    distribution_version: '20'
    distribution_release: focal
    properties_description: settings
    properties:
      mode: {description: mode, type: string, display_label: Mode, value: slow}
workflows:
  backup:
    mapping: tool.module.backup
    parameters:
      where: {type: string, default: here, description: place, required: false}
      names: {type: list, default: [], item_type: string, constraints: [{max_length: 3}]}
    is_cascading: false
    availability_rules:
      available: true
      node_instances_active: [all]
      node_types_required: [server]
policy_types:
  watch: {source: watch.clj, properties: {limit: {type: integer, default: 1}}}
policy_triggers:
  ring: {source: ring.clj, parameters: {loud: {type: boolean, default: true}}}
node_templates:
  one:
    type: server
    properties: {size: 2}
    capabilities: {scalable: {properties: {min_instances: 1, max_instances: 2, default_instances: 1}}}
    interfaces:
      life:
        start:
          implementation: tool.module.start
          inputs: {force: true}
          executor: central_deployment_agent
          max_retries: 1
          retry_interval: 1
          timeout: 1
          timeout_recoverable: true
    relationships:
      - type: cable
        target: two
        properties: {color: blue}
        source_interfaces: {side: {join: {implementation: tool.module.join}}}
        target_interfaces: {side: {join: {implementation: tool.module.join}}}
  two: {type: server, instances: {deploy: 1}}
groups:
  pair:
    members: [one, two]
    policies:
      watching:
        type: watch
        properties: {limit: 3}
        triggers: {bell: {type: ring, parameters: {loud: false}}}
policies:
  many:
    type: cloudify.policies.scaling
    properties: {min_instances: 1, max_instances: 2, default_instances: 1}
    targets: [pair]
outputs:
  first: {description: first, value: 1}
capabilities:
  second: {description: second, value: 2}
deployment_settings:
  default_schedules:
    nightly:
      workflow: backup
      since: '+1 day'
      until: '+9 days'
      recurrence: 1 day
      timezone: UTC
      weekdays: [mo]
      count: 1
      default_enabled: true
      stop_after_fail: true
      slip: 1
      execution_arguments:
        force: true
        is_dry_run: true
        wait_after_fail: 1
        allow_custom_parameters: true
      workflow_parameters: {}
  default_groups: []
  id_template: box
  display_name: Box
imported_blueprints: []
namespaces_mapping: {}
"""

VALUES: dict[str, Any] = {
    "text": "word",
    "empty_text": "",
    "integer": 1,
    "negative": -5,
    "decimal": 1.5,
    "boolean": True,
    "null": None,
    "empty_list": [],
    "list": ["word"],
    "list_of_null": [None],
    "list_of_number": [1],
    "list_of_mapping": [{"word": 1}],
    "empty_mapping": {},
    "mapping": {"word": 1},
    "mapping_of_null": {"word": None},
    "mapping_of_date": {"word": datetime.date(2024, 1, 1)},
    "number_key": {1: {}},
    "date": datetime.date(2024, 1, 1),
    "type_1_4": "node_id",
    "type_1_5": "operation_name",
}

VERSIONS = tuple(f"cloudify_dsl_1_{minor}" for minor in range(6))


def sample() -> dict[str, Any]:
    """The correct blueprint, to be changed at will."""
    found: dict[str, Any] = yaml.safe_load(SAMPLE)
    return found


def text_of(value: Any) -> str:
    return yaml.safe_dump(value, sort_keys=False, width=200)


def places(value: Any, shape: Shape | None = None, path: Path = ()) -> Iterator[tuple[Path, Shape]]:
    """Every value of the sample that the table knows, with its shape."""
    shape = shape or blueprint()
    yield path, shape
    if shape.kind == FIXED and isinstance(value, dict):
        for name, key in shape.keys.items():
            if name in value:
                yield from places(value[name], key.shape, (*path, name))
    elif shape.kind == MAPPING_OF and isinstance(value, dict) and shape.item is not None:
        for name, item in value.items():
            yield from places(item, shape.item, (*path, name))
    elif shape.kind == LIST_OF and isinstance(value, list) and shape.item is not None:
        for index, item in enumerate(value):
            yield from places(item, shape.item, (*path, index))


def variants(base: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sample with one value replaced, one key dropped, one key added, everywhere; each with a name."""
    for path, shape in places(base):
        where = ".".join(str(part) for part in path) or "root"
        if path:
            for name, value in VALUES.items():
                yield f"{where} = {name}", changed(base, path, value)
            if isinstance(path[-1], str):
                yield f"{where} dropped", without(base, path)
        if shape.kind == FIXED:
            yield f"{where} with a strange key", changed(base, (*path, "strange"), 1)
            yield f"{where} with a strange null", changed(base, (*path, "strange"), None)
        if shape.kind in (FIXED, MAPPING_OF):
            yield f"{where} with a number as key", changed(base, (*path, 1), {})
            yield f"{where} with a boolean as key", changed(base, (*path, True), None)


def changed(base: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    if not path:
        return value  # type: ignore[no-any-return]
    result = copy.deepcopy(base)
    parent_of(result, path)[path[-1]] = copy.deepcopy(value)
    return result


def without(base: dict[str, Any], path: Path) -> dict[str, Any]:
    result = copy.deepcopy(base)
    del parent_of(result, path)[path[-1]]
    return result


def by_version(base: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sample without anything that a version adds, and each such key and type alone, in every version."""
    old = without_gated(base, blueprint())
    for path in ((), *gated_paths(base, blueprint())):
        for version in VERSIONS:
            found = restored(base, old, path)
            found["tosca_definitions_version"] = version
            yield f"{'.'.join(map(str, path)) or 'nothing'} in {version}", found
    for path, shape in places(old):
        if shape.check == "type":
            for version in VERSIONS:
                for name in ("node_id", "operation_name"):
                    found = changed(old, path, name)
                    parent_of(found, path).pop("default", None)
                    found["tosca_definitions_version"] = version
                    yield f"{'.'.join(map(str, path))} = {name} in {version}", found


def gated_paths(value: Any, shape: Shape, path: Path = ()) -> Iterator[Path]:
    for found, _ in places(value, shape, path):
        if found and (parent := shape_at(found[:-1])).kind == FIXED and parent.keys[found[-1]].since:
            yield found


def shape_at(path: Path) -> Shape:
    shape = blueprint()
    for part in path:
        below = shape.keys[part].shape if shape.kind == FIXED else shape.item
        assert below is not None
        shape = below
    return shape


def without_gated(value: Any, shape: Shape) -> Any:
    """A value without the keys, at any depth, that came with a version."""
    if shape.kind == FIXED and isinstance(value, dict):
        return {
            name: without_gated(item, shape.keys[name].shape)
            for name, item in value.items()
            if not shape.keys[name].since
        }
    if shape.kind == MAPPING_OF and isinstance(value, dict) and shape.item is not None:
        return {name: without_gated(item, shape.item) for name, item in value.items()}
    if shape.kind == LIST_OF and isinstance(value, list) and shape.item is not None:
        return [without_gated(item, shape.item) for item in value]
    return value


def restored(base: dict[str, Any], old: dict[str, Any], path: Path) -> dict[str, Any]:
    """The old sample with one path of the whole one put back, and with nothing new below it."""
    result = copy.deepcopy(old)
    target, source = result, base
    for depth, part in enumerate(path, 1):
        shape = shape_at(path[:depth])
        source = source[part]
        if isinstance(target, list) or part in target:
            target = target[part]
            continue
        target[part] = copy.deepcopy(without_gated(source, shape))
        target = target[part]
    return result


def parent_of(value: Any, path: Path) -> Any:
    for part in path[:-1]:
        value = value[part]
        if not isinstance(value, (dict, list)):
            raise TypeError(path)
    return value
