"""The hooks, run by pre-commit itself on a repository of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}

FILES = {
    "app/blueprint.yaml": """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml, parts/inputs.yaml, plugins/acme/plugin.yaml]
node_templates:
  host:
    type: cloudify.nodes.Compute
    properties: {ip: {get_input: address}}
""",
    "app/parts/inputs.yaml": "inputs: {address: {type: string}}\n",
    "app/plugins/acme/plugin.yaml": """\
plugins:
  acme: {executor: central_deployment_agent, package_name: acme}
workflows:
  greet: {mapping: acme.acme_code.greet, parameters: {name: {default: you}}}
""",
    "app/plugins/acme/acme_code.py": """\
from cloudify.decorators import workflow


@workflow
def greet(ctx, name, **_):
    ctx.logger.info(name)
""",
    "app/plugins/acme/setup.py": (
        "from setuptools import setup\nsetup(name='acme', py_modules=['acme_code'])\n"
    ),
    "other/blueprint.yaml": (
        "tosca_definitions_version: cloudify_dsl_1_5\nnode_templates: {x: {type: nowhere}}\n"
    ),
    "values.yaml": "a: 1\n",
    "script.py": "print('not of a plugin')\n",
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose only fault is in `other`, with the hooks as local ones: the same entries and file
    patterns, and the bplint beside these tests."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name, text in FILES.items():
        write(name, text)
    hooks = []
    for hook in HOOKS.values():
        program, _, rest = hook["entry"].partition(" ")
        assert program == "bplint"
        hooks.append({**hook, "language": "system", "entry": f"{sys.executable} -m bplint {rest}"})
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    write(".pre-commit-config.yaml", yaml.safe_dump(config))
    git("init", "-q")
    git("add", ".")
    git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "first")
    return folder


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True)


def hook(name: str = "bplint") -> tuple[int, str]:
    git("add", ".")
    command = [sys.executable, "-m", "pre_commit", "run", name, "--color", "never", "--verbose"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    return done.returncode, done.stdout + done.stderr


def test_other_yaml_passes(repository: Path) -> None:
    write("values.yaml", "a: 2\n")
    assert hook()[0] == 0


def test_other_code_passes(repository: Path) -> None:
    write("script.py", "print('changed')\n")
    code, output = hook()
    assert code == 0
    assert "no blueprint reaches" not in output


def test_import_is_checked_through_its_blueprint(repository: Path) -> None:
    write("app/parts/inputs.yaml", "inputs: {address: {type: string}, port: {default: 80}}\n")
    code, output = hook()
    assert code == 0, output
    write("app/parts/inputs.yaml", "inputs: {port: {default: 80}}\n")
    code, output = hook()
    assert code == 1
    assert "--> app/blueprint.yaml:6:" in output
    assert "other/" not in output


def test_code_is_checked_through_its_plugin(repository: Path) -> None:
    code_of_plugin = FILES["app/plugins/acme/acme_code.py"]
    write("app/plugins/acme/acme_code.py", code_of_plugin.replace("greet(ctx, name", "greet(ctx, title"))
    code, output = hook()
    assert code == 1
    assert "app/plugins/acme/" in output
    assert "title" in output


def test_blueprint_itself(repository: Path) -> None:
    write("other/blueprint.yaml", FILES["other/blueprint.yaml"] + "# changed\n")
    code, output = hook()
    assert code == 1
    assert "unknown node type 'nowhere'" in output


def test_fix_hook_mends(repository: Path) -> None:
    write("app/blueprint.yaml", FILES["app/blueprint.yaml"] + "# bplint: ignore-file[BP250]\n")
    code, output = hook("bplint-fix")
    assert code == 1
    assert "files were modified by this hook" in output
    assert Path("app/blueprint.yaml").read_text(encoding="utf-8") == FILES["app/blueprint.yaml"]
