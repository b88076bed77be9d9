"""Edits in an editor: how long the diagnostics of one take, against a bare parse of the buffer."""

from __future__ import annotations

import random
import resource
import time
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.row import Row
from bplint.app.editor_project import Project
from bplint.source import Source
from bplint.syntax.parser import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD: Final = """\
tosca_definitions_version: cloudify_dsl_1_5
imports:
  - cloudify/types/types.yaml
  - plugin:cloudify-aws-plugin
inputs:
  region: {type: string}
node_templates:
"""
TEMPLATE: Final = """\
  subnet_{0}:
    type: cloudify.nodes.aws.ec2.Subnet
    properties:
      client_config:
        region_name: {{ get_input: region }}
      resource_config:
        CidrBlock: 10.0.{1}.0/24
    relationships:
      - type: cloudify.relationships.depends_on
        target: {2}
"""
TYPED: Final = ("x", " ", "\n", ":", "{", "'")


def aws_blueprint(count: int) -> str:
    """A blueprint of AWS with so many node templates, ten lines each."""
    return HEAD + "".join(
        TEMPLATE.format(number, number % 250, f"subnet_{max(number - 1, 0)}")
        for number in range(1, count + 1)
    ).replace("target: subnet_0", "target: subnet_2")


def editing(scratch: Path, counts: tuple[tuple[int, int, float], ...]) -> Iterator[Row]:
    """For each (node templates, edits, ceiling in milliseconds): the median edit, and the memory at the end
    against that after the first tenth."""
    for count, edits, ceiling_ms in counts:
        yield from _one(scratch / f"edited_{count}", count, edits, ceiling_ms)


def _one(folder: Path, count: int, edits: int, ceiling_ms: float) -> Iterator[Row]:
    folder.mkdir(parents=True)
    path = folder / "blueprint.yaml"
    text = aws_blueprint(count)
    path.write_text(text, encoding="utf-8")
    project = Project(folder.as_posix())
    project.lint()
    chance = random.Random(1)
    spent: list[float] = []
    parsing: list[float] = []
    early_kib = 0
    for number in range(edits):
        at = chance.randrange(len(text))
        edited = text[:at] + chance.choice(TYPED) + text[at:]
        begun = time.perf_counter()
        project.set_text(path.as_posix(), edited)
        project.lint(is_hurried=True)  # what an editor is told at once
        judged = time.perf_counter()
        parse(Source("", edited))
        parsing.append(time.perf_counter() - judged)
        spent.append(judged - begun)
        if number == edits // 10:
            early_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = text.count("\n")
    what = f"an edit in {lines:,} lines with the aws plugin"
    ratio = median(a / b for a, b in zip(spent, parsing, strict=True))
    yield Row(what, "a bare parse of the buffer", ratio, None, f"median of {edits} edits")
    yield Row(f"{what}: median", "the clock", median(spent) * 1000, ceiling_ms, "", unit=" ms")
    if edits < 100:
        return
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / early_kib
    yield Row(f"peak memory after {edits:,} of them", "after a tenth of them", grown, 1.25, "")
