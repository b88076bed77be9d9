"""What `bplint validate` leaves out at the user's word."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bplint.cli.validate_command import command

TEXT = """\
tosca_definitions_version: cloudify_dsl_1_3
imports: [cloudify/types/types.yaml, 'plugin:acme-plugin']
inputs: {a: {}}
node_templates: {a: {type: cloudify.nodes.Compute, properties: {ip: {get_input: b}}}}
"""


@pytest.mark.parametrize(
    ("options", "codes", "exit_code"),
    [
        pytest.param((), ["BP102", "BP501"], 1, id="all"),
        pytest.param(("--min-severity", "error"), ["BP501"], 1, id="errors"),
        pytest.param(
            ("--min-severity", "error", "--ignore", "BP501", "--fail-on", "warning"), [], 1, id="fails"
        ),
    ],
)  # fmt: skip
def test_min_severity(tmp_path: Path, options: tuple[str, ...], codes: list[str], exit_code: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(
        command, [str(path), "--no-config", "--format", "concise", *options], standalone_mode=False
    )
    lines = [line for line in done.output.splitlines() if str(path) in line]
    assert ([line.rpartition("[")[2].split()[0] for line in lines], done.return_value) == (codes, exit_code)
