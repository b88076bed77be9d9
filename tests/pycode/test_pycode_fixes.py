"""Fixes on code: what they write, in the YAML and in the Python file."""

# ruff: noqa: E501  tables of code, one case a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config
from bplint.fix.fixpoint import Judged, fix_until_stable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nplugins:\n  p: {executor: central_deployment_agent, package_name: p}\n"

CASES = [
    pytest.param(
        "workflows:\n  w: p.wf.w\n",
        "def w(ctx, speed=3):\n    ctx.logger.info(speed)\n",
        "workflows:\n  w: {mapping: p.wf.w, parameters: {speed: {type: integer, default: 3}}}\n",
        "def w(ctx, speed):\n    ctx.logger.info(speed)\n",
        id="undeclared default, short form",
    ),
    pytest.param(
        "workflows:\n  w:\n    mapping: p.wf.w\n    parameters:\n      depth: {type: integer, default: 1}\n",
        "def w(ctx, depth, speed: str = 'fast'):\n    ctx.logger.info(speed, depth)\n",
        "workflows:\n  w:\n    mapping: p.wf.w\n    parameters:\n      depth: {type: integer, default: 1}\n"
        "      speed: {type: string, default: fast}\n",
        "def w(ctx, depth, speed: str):\n    ctx.logger.info(speed, depth)\n",
        id="undeclared default, block form",
    ),
    pytest.param(
        "workflows:\n  w:\n    mapping: p.wf.w\n",
        "def w(ctx, a='yes', b=None, *, c=[1]):\n    ctx.logger.info(a, b, c)\n",
        "workflows:\n  w:\n    mapping: p.wf.w\n"
        '    parameters: {a: {type: string, default: "yes"}, b: {default: null}, c: {type: list, default: [1]}}\n',
        "def w(ctx, a, b, *, c):\n    ctx.logger.info(a, b, c)\n",
        id="several defaults, round by round",
    ),
    pytest.param(
        "workflows:\n  w: {mapping: p.wf.w, parameters: {speed: {type: integer, default: 3}}}\n",
        "def w(ctx, speed=5):\n    ctx.logger.info(speed)\n",
        "workflows:\n  w: {mapping: p.wf.w, parameters: {speed: {type: integer, default: 3}}}\n",
        "def w(ctx, speed):\n    ctx.logger.info(speed)\n",
        id="different default",
    ),
    pytest.param(
        "workflows:\n  w: {mapping: p.wf.w, parameters: {speed: {type: integer, required: false}}}\n",
        "def w(ctx, speed=5):\n    ctx.logger.info(speed)\n",
        "workflows:\n  w: {mapping: p.wf.w, parameters: {speed: {type: integer, required: false, default: 5}}}\n",
        "def w(ctx, speed):\n    ctx.logger.info(speed)\n",
        id="declared without default",
    ),
    pytest.param(
        "workflows:\n  w:\n    mapping: p.wf.w\n    parameters: {depth: {}}\n",
        "def w(ctx, depth, speed):\n    ctx.logger.info(speed, depth)\n",
        "workflows:\n  w:\n    mapping: p.wf.w\n    parameters: {depth: {}, speed: {}}\n",
        "def w(ctx, depth, speed):\n    ctx.logger.info(speed, depth)\n",
        id="missing parameter",
    ),
    pytest.param(
        "workflows:\n  w: p.wf.w\n",
        "def w(ctx):\n    é = ctx.node_instances\n    for i in é:\n        i.execute_opeartion('a.b').get()\n",
        "workflows:\n  w: p.wf.w\n",
        "def w(ctx):\n    é = ctx.node_instances\n    for i in é:\n        i.execute_operation('a.b').get()\n",
        id="misspelt member",
    ),
]


@pytest.mark.parametrize(("yaml", "code", "fixed_yaml", "fixed_code"), CASES)
def test_fix(tmp_path: Path, yaml: str, code: str, fixed_yaml: str, fixed_code: str) -> None:
    main, module = tmp_path / "plugin.yaml", tmp_path / "wf.py"
    main.write_text(HEAD + yaml, encoding="utf-8")
    module.write_text(code, encoding="utf-8")

    def judge(texts: Mapping[str, str]) -> Judged:
        result = lint(LintRequest((str(main),), Config(select=("BP7",))), texts)
        return Judged(result.diagnostics, result.sources)

    fixed = fix_until_stable(judge, lambda fix: True)
    texts = {path.rsplit("/", 1)[-1]: text for path, (_, text) in fixed.texts.items()}
    assert texts.get("plugin.yaml", HEAD + yaml) == HEAD + fixed_yaml
    assert texts.get("wf.py", code) == fixed_code
