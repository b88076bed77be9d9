"""Full names, what unread files may hold, targets of implementations, circles."""

from __future__ import annotations

import pytest

from bplint.model.cycles import find_cycles
from bplint.model.full_names import qualify, without_namespace
from bplint.model.implementations import is_odd_url, is_path, scheme_of


@pytest.mark.parametrize(
    ("name", "namespace", "expected"),
    [
        pytest.param("Server", None, "Server", id="no-namespace"),
        pytest.param("Server", "lab", "lab--Server", id="prefixed"),
        pytest.param("Server", "lab--inner", "lab--inner--Server", id="nested"),
        pytest.param("cloudify.nodes.Root", "lab", "cloudify.nodes.Root", id="cloudify"),
        pytest.param("cloudify", "lab", "lab--cloudify", id="cloudify-without-dot"),
        pytest.param("string", "lab", "string", id="primitive"),
        pytest.param("node_id", "lab", "node_id", id="object-based"),
        pytest.param("lab--Server", "lab", "lab--lab--Server", id="prefixed-again"),
    ],
)
def test_qualify(name: str, namespace: str | None, expected: str) -> None:
    assert qualify(name, namespace) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("scripts/a.sh", "scripts/a.sh", id="plain"),
        pytest.param("lab--scripts/a.sh", "scripts/a.sh", id="namespace"),
        pytest.param("a--b--c.sh", "c.sh", id="last-delimiter"),
        pytest.param("x--a\ny--b", "a\nb", id="each-line"),
    ],
)
def test_without_namespace(text: str, expected: str) -> None:
    assert without_namespace(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("http://x/y", "http", id="http"),
        pytest.param("HTTPS://x", "https", id="upper-case"),
        pytest.param("foo:bar", "foo", id="word"),
        pytest.param("a.b-c+d:e", "a.b-c+d", id="all-characters"),
        pytest.param("  http://x", "http", id="leading-blanks"),
        pytest.param("1foo:bar", None, id="digit-first"),
        pytest.param("two words:x", None, id="blank"),
        pytest.param(":bar", None, id="empty"),
        pytest.param("lab--http://x", "lab--http", id="namespace"),
        pytest.param("tasks.create", None, id="no-colon"),
        pytest.param("ä:b", None, id="not-ascii"),
    ],
)
def test_scheme_of(text: str, expected: str | None) -> None:
    assert scheme_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("fabric:tasks.run", True, id="word"),
        pytest.param("http://x", False, id="http"),
        pytest.param("s3://bucket/x", False, id="two-slashes"),
        pytest.param("file:x.sh", False, id="file"),
        pytest.param("plugin.function", False, id="no-scheme"),
    ],
)
def test_is_odd_url(text: str, expected: bool) -> None:
    assert is_odd_url(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("scripts/a.sh", True, id="folder"),
        pytest.param("a.sh", True, id="script"),
        pytest.param("plugin.module.function", False, id="function"),
        pytest.param("a/b\nc", False, id="lines"),
        pytest.param("echo a/b", False, id="words"),
    ],
)
def test_is_path(text: str, expected: bool) -> None:
    assert is_path(text) is expected


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        pytest.param({}, [], id="empty"),
        pytest.param({"a": ["b"], "b": []}, [], id="line"),
        pytest.param({"a": ["a"]}, [["a"]], id="itself"),
        pytest.param({"a": ["b"], "b": ["a"]}, [["a", "b"]], id="two"),
        pytest.param({"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}, [["a", "b", "c"]], id="tail"),
        pytest.param({"a": ["b", "c"], "b": ["a"], "c": ["a"]}, [["a", "b"]], id="one-per-group"),
        pytest.param({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [["a", "b"], ["c", "d"]], id="both"),
        pytest.param({"a": ["nowhere"]}, [], id="unknown-name"),
        pytest.param({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, [], id="diamond"),
    ],
)
def test_find_cycles(graph: dict[str, list[str]], expected: list[list[str]]) -> None:
    assert find_cycles(graph) == expected


def test_a_circle_of_many_names_needs_no_recursion() -> None:
    graph = {str(number): [str((number + 1) % 20_000)] for number in range(20_000)}
    assert [len(cycle) for cycle in find_cycles(graph)] == [20_000]
