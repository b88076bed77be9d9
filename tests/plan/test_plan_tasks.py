"""What a task asks for is what workflow code then reads from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.plan.plan_options import PlanOptions
from tests.support.plan_case import plan_of

BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_4
imports: [cloudify/types/types.yaml]
plugins:
  flows: {executor: central_deployment_agent, source: flows}
node_templates:
  a: {type: cloudify.nodes.Root}
workflows:
  own: flows.own.own
"""
CODE = """\
from cloudify.decorators import workflow


def nothing():
    pass


@workflow
def own(ctx, **_):
    ctx.graph_mode()
    task = ctx.local_task(nothing, name='one'%s)
    ctx.logger.info('%%s retries, every %%s s', task.total_retries, task.retry_interval)
"""


@pytest.mark.parametrize(
    ("asked", "max_retries", "retry_interval"),
    [
        ("", 60, 15),
        (", retry_interval=7", 60, 7),
        (", total_retries=2", 2, 15),
        (", total_retries=0, retry_interval=0", 0, 0),
    ],
)
def test_a_local_task_is_retried_as_it_asks(
    asked: str, max_retries: int, retry_interval: int, tmp_path: Path
) -> None:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, encoding="utf-8")
    (tmp_path / "plugins" / "flows").mkdir(parents=True)
    (tmp_path / "plugins" / "flows" / "own.py").write_text(CODE % asked, encoding="utf-8")
    plan = plan_of(str(tmp_path / "blueprint.yaml"), PlanOptions("own")).plan
    assert plan is not None
    messages = [event.message for event in plan.events]
    assert f"{max_retries} retries, every {retry_interval} s" in messages
