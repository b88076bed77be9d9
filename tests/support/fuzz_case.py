"""Blueprints with faults, made by chance, and what has to hold for each of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config
from bplint.dsl.functions import FUNCTIONS
from bplint.dsl.language import blueprint
from bplint.dsl.shape import FIXED, FREE, LEAF, LIST_OF, MAPPING_OF, Shape
from bplint.report import FORMATS, ReportOptions, render

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
EVERYTHING: Final = Config(extend_select=("BP",), deployment=True, inputs=("i=1", "x=[a, {b: c}]"))

VERSIONS: Final = tuple(f"cloudify_dsl_1_{minor}" for minor in range(6))
NAMES: Final = (
    *("n", "m", "t", "r", "i", "x", "a--b", "x--t", "g", "p", "w", "", "ns", "ns--n"),
    *("cloudify.nodes.Root", "cloudify.nodes.Compute", "cloudify.relationships.contained_in"),
    *("cloudify.relationships.connected_to", "cloudify.interfaces.lifecycle", "create", "install", "scale"),
    *("cloudify.datatypes.Blueprint", "cloudify.policies.scaling", "scalable", "script", "p.q.f"),
    *("script.script_runner.tasks.run", "a.sh", "../a.py", "http://x/y", "ip", "default_instances"),
)
TYPES: Final = (
    *("string", "integer", "float", "boolean", "list", "dict", "regex", "textarea", "node_id", "secret_key"),
    *("deployment_id", "blueprint_id", "capability_value", "scaling_group", "node_type", "t", "nothing"),
)
SCALARS: Final = (
    *("1", "0", "-1", "1.5", "true", "no", "null", "~", '""', "'1'", "UNBOUNDED", "0x1F", "0o7", "1:20"),
    *(".nan", ".inf", "-.INF", "1e400", "9" * 30, "9" * 5000, "2020-01-01", "2020-13-45", "'é'", '"\\ud800"'),
    *("<<", "=", "*a", "&a v", "&a {b: 1}", "!!binary aGk=", "!!set {a}", "!!str 1", "!!int x", "!x y"),
    *("+1h", "2020-01-01 10:00", "+3 days +2h", "host_agent", "central_deployment_agent", "SELF", "'(a+)+b'"),
    *("'['", "'%{x}'", '"\\0"', "a b", "|-\n   text", "'>=1.0,<2'", "{}", "[]", "plugin:cloudify-aws-plugin"),
    *("cloudify/types/types.yaml", "ns--cloudify/types/types.yaml", "plugin:x?version=1", "missing.yaml"),
)
KEYS: Final = (
    *NAMES,
    "type",
    "default",
    "<<",
    "1",
    "null",
    "[a]",
    "{a: b}",
    "get_input",
    "concat",
    "é",
    "*a",
)

scalars = st.one_of(st.sampled_from(NAMES), st.sampled_from(TYPES), st.sampled_from(SCALARS))


def _flow(pairs: list[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"? {key} : {value}" for key, value in pairs) + "}"


def _listed(items: list[str]) -> str:
    return "[" + ", ".join(items) + "]"


calls = st.builds(
    lambda name, arguments: f"{{{name}: {_listed(arguments)}}}",
    st.sampled_from(sorted(FUNCTIONS)),
    st.lists(scalars.filter(lambda text: "\n" not in text), max_size=4),
)
flat = scalars.filter(lambda text: "\n" not in text) | calls
values = st.recursive(
    flat,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(_listed),
        st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=3).map(_flow),
        st.builds(lambda name, inside: f"{{{name}: {inside}}}", st.sampled_from(sorted(FUNCTIONS)), inner),
    ),
    max_leaves=6,
)


@st.composite
def blueprints(draw: st.DrawFn) -> str:
    """A blueprint after the table of the language: most of it is right, and something is not."""
    text = f"tosca_definitions_version: {draw(st.sampled_from(VERSIONS))}\n"
    if draw(st.booleans()):
        text += "imports: [cloudify/types/types.yaml]\n"
    sections = blueprint().keys
    names = draw(st.lists(st.sampled_from(sorted(sections)), max_size=5, unique=True))
    for name in names:
        if name not in ("tosca_definitions_version", "imports") or draw(st.integers(0, 9)) == 0:
            text += f"{name}:{_written(draw, sections[name].shape, 1)}\n"
    return text


def _written(draw: st.DrawFn, shape: Shape, depth: int) -> str:
    """The text behind the colon or the dash."""
    if draw(st.integers(0, 24)) == 0 or depth > 9:
        return " " + draw(values)
    if shape.kind == FREE:
        return " " + draw(values)
    if shape.kind == LEAF:
        known = shape.choices or draw(st.sampled_from((NAMES, TYPES, SCALARS)))
        return " " + draw(st.sampled_from(known) if draw(st.integers(0, 3)) else values)
    if shape.short_form and draw(st.integers(0, 3)) == 0:
        return " " + draw(scalars)
    indent = "\n" + " " * depth
    if shape.kind == LIST_OF:
        assert shape.item is not None
        count = draw(st.integers(0, 3))
        return "".join(f"{indent}-{_written(draw, shape.item, depth + 2)}" for _ in range(count)) or " []"
    pairs = [(key, inner) for key, inner in _pairs(draw, shape)]
    return "".join(f"{indent}{key}:{_written(draw, inner, depth + 1)}" for key, inner in pairs) or " {}"


def _pairs(draw: st.DrawFn, shape: Shape) -> list[tuple[str, Shape]]:
    if shape.kind == MAPPING_OF:
        assert shape.item is not None
        names = draw(st.lists(st.sampled_from(NAMES[:12]), max_size=3))
        return [(name or "''", shape.item) for name in names]
    assert shape.kind == FIXED
    keys = [name for name in shape.required if draw(st.integers(0, 14))]
    keys += draw(st.lists(st.sampled_from(sorted(shape.keys)), max_size=4)) if shape.keys else []
    found = [(name, shape.keys[name].shape) for name in dict.fromkeys(keys)]
    if draw(st.integers(0, 19)) == 0:
        found.append((draw(st.sampled_from(KEYS)), Shape(FREE, "anything")))
    return found


def texts_of(pattern: str) -> list[str]:
    """The texts of fixtures, in order."""
    found = sorted((FIXTURES / "rules").glob(pattern))
    return [path.read_bytes().decode("utf-8", "replace") for path in found if path.stat().st_size < 20_000]


@st.composite
def damaged(draw: st.DrawFn, texts: list[str], pieces: tuple[str, ...]) -> str:
    """One of the texts with some of its lines and words exchanged, left out, doubled or moved."""
    lines = draw(st.sampled_from(texts)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.integers(0, 6))
        if change == 0:
            del lines[at : at + draw(st.integers(1, 3))]
        elif change == 1:
            lines.insert(draw(st.integers(0, len(lines))), lines[at])
        elif change == 2:
            lines[at] = " " * draw(st.integers(0, 8)) + lines[at].lstrip()
        elif change == 3:
            head, colon, _ = lines[at].partition(":")
            lines[at] = f"{head}{colon} {draw(st.sampled_from(pieces))}"
        elif change == 4:
            _, colon, rest = lines[at].partition(":")
            lines[at] = f"{draw(st.sampled_from(pieces))}{colon}{rest}"
        elif change == 5:
            words = lines[at].split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(pieces))
            lines[at] = " ".join(words)
        else:
            column = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:column] + draw(st.sampled_from(pieces)) + lines[at][column:]
        lines = lines or [""]
    return "\n".join(lines)


def check(data: bytes) -> None:
    """A run over these bytes raises nothing, says the same twice, and keeps to the text."""
    request = LintRequest((), EVERYTHING, ("nowhere/blueprint.yaml", data))
    check_result(lint(request), lint(request))


def check_request(path: str, texts: Mapping[str, str]) -> None:
    """The same for a file on disk with other texts in the place of some."""
    request = LintRequest((path,), EVERYTHING)
    check_result(lint(request, texts), lint(request, texts))


def check_result(result: LintResult, again: LintResult) -> None:
    assert [entry.message for entry in result.diagnostics if entry.code == "BP000"] == []
    assert result.diagnostics == again.diagnostics
    assert result.files == again.files
    for entry in result.diagnostics:
        length = len(result.sources[entry.path].text)
        assert 0 <= entry.span.start <= entry.span.end <= length, entry
        for edit in entry.fix.edits if entry.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(result.sources[edit.path].text), entry
    for name in FORMATS:
        render(name, result, ReportOptions()).encode("utf-8", "backslashreplace")
