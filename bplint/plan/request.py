"""The request to the child as JSON (`schemas/plan-request.schema.json`): nodes, instances, executions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bplint.deployment.nodes import SCRIPT_WORKFLOW

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.deployment.instances import Instances
    from bplint.deployment.nodes import PlanNodes
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Target, Workflow
    from bplint.plan.options import PlanOptions

CONTRACT_VERSION: Final = 1

Data = dict[str, Any]


class Code:
    """Where the workflows' code lies: folders by their full path → the path to show."""

    __slots__ = ("folders", "resource_root")

    def __init__(self, resource_root: str) -> None:
        self.folders: dict[str, str] = {}
        self.resource_root = resource_root

    def holds(self, path: str) -> bool:
        """Whether a file is below one of the folders."""
        return any(path.startswith(os.path.join(folder, "")) for folder in self.folders)

    def shown(self, path: str) -> str:
        """The path as it is shown: below the folder it was found in, else as it is."""
        for folder, label in self.folders.items():
            if path.startswith(os.path.join(folder, "")):
                relative = path[len(folder) + 1 :].replace(os.sep, "/")
                return f"{label}/{relative}" if label not in ("", ".") else relative
        return path.replace(os.sep, "/")


def find_code(blueprint: Blueprint, config: Config) -> Code:
    """The folders that go onto the child's import path, in the order in which code is looked for."""
    # list folders: only where code is run
    from bplint.pycode.codebase import CodeBase
    from bplint.pycode.layout import Layout

    main = blueprint.graph.main.document.path
    root = os.path.dirname(main)
    code = Code(os.path.abspath(root))
    layout = Layout(main, config, CodeBase())
    plugins = [found for name in blueprint.plugins.names() if (found := blueprint.plugins.lookup(name))]
    for plugin in plugins:
        for place in layout.places(plugin):
            if place.kind in ("source", "plugin", "root") and os.path.exists(place.label or "."):
                code.folders.setdefault(os.path.abspath(place.label or "."), place.label)
    code.folders.setdefault(os.path.abspath(root), root.replace(os.sep, "/"))
    return code


def order_of(workflow: Workflow, target: Target, parameters: Data) -> Data:
    """An execution of the request: which function with which parameters."""
    if target.kind == "plugin":
        return {"workflow": workflow.name, "mapping": target.function, "parameters": parameters}
    key = "script_source" if target.kind == "inline" else "script_path"
    return {
        "workflow": workflow.name,
        "mapping": SCRIPT_WORKFLOW,
        "parameters": {**parameters, key: target.function},
    }


def make_request(
    blueprint: Blueprint, plan: PlanNodes, instances: Instances, options: PlanOptions, inputs: Data
) -> Data:
    """Everything but the executions."""
    deployment = options.deployment or deployment_name(blueprint)
    return {
        "contract_version": CONTRACT_VERSION,
        "deployment": {
            "id": deployment,
            "blueprint_id": deployment,
            "display_name": deployment,
            "tenant": "default_tenant",
            "inputs": inputs,
            "workflows": sorted(blueprint.workflows.names()),
        },
        "plugins": plan.plugins,
        "operation_tables": plan.operation_tables,
        "nodes": [
            {**node, "number_of_instances": node["scalable"]["default_instances"]} for node in plan.nodes
        ],
        "node_instances": instances.rows,
        "scaling_groups": plan.groups,
        "executions": [],
        "limits": {},
    }


def deployment_name(blueprint: Blueprint) -> str:
    """A name for the deployment: the blueprint's, or its folder's where that says more."""
    path = os.path.abspath(blueprint.graph.main.document.path)
    stem = os.path.splitext(os.path.basename(path))[0]
    name = os.path.basename(os.path.dirname(path)) if stem == "blueprint" else stem
    kept = "".join(char if char.isalnum() or char in "-_." else "-" for char in name)
    return kept.strip("-.") or "deployment"
