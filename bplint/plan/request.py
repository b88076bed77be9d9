"""The request to the child as JSON (`schemas/plan-request.schema.json`): nodes, instances, executions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bplint.deployment.plain_nodes import SCRIPT_WORKFLOW

if TYPE_CHECKING:
    from bplint.deployment.instances import Instances
    from bplint.deployment.plain_nodes import PlanNodes
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Target, Workflow
    from bplint.plan.plan_options import PlanOptions

REQUEST_VERSION: Final = 1  # of what the child is given; `plan.CONTRACT_VERSION` is the plan's

Data = dict[str, Any]


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
        "contract_version": REQUEST_VERSION,
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
