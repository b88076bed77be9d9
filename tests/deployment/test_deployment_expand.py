"""Node instances from nodes: numbers, containers, groups, relationships, modifications."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from bplint.deployment.expand import (
    CONNECTED_TO,
    CONTAINED_IN,
    DEPENDS_ON,
    Expansion,
    ExpansionError,
    Topology,
)


def node(
    name: str, *relationships: tuple[str, str], count: int = 1, host: str | None = None
) -> dict[str, Any]:
    """A node; a relationship is (kind, target), the kind `in`, `to`, `one` (all_to_one) or another type."""
    types = {"in": CONTAINED_IN, "to": CONNECTED_TO, "one": CONNECTED_TO}
    return {
        "id": name,
        "instances": count,
        "host_id": host,
        "relationships": [
            {
                "type": types.get(kind, kind),
                "type_hierarchy": [DEPENDS_ON, types[kind]] if kind in types else [kind],
                "target_id": target,
                "properties": {"connection_type": "all_to_one" if kind == "one" else "all_to_all"},
            }
            for kind, target in relationships
        ],
    }


def expand(nodes: list[dict[str, Any]], groups: dict[str, tuple[list[str], int]] | None = None) -> Expansion:
    topology = Topology(
        nodes,
        {name: {"members": members, "instances": count} for name, (members, count) in (groups or {}).items()},
    )
    expansion = Expansion(topology)
    expansion.fill()
    return expansion


def edges(expansion: Expansion) -> set[str]:
    return {
        f"{source} {row['target_id']}" for source, rows in expansion.relationships().items() for row in rows
    }


class Case(NamedTuple):
    name: str
    nodes: list[dict[str, Any]]
    groups: dict[str, tuple[list[str], int]]
    edges: set[str]


CASES = [
    Case("all to all", [node("a", ("to", "b"), count=2), node("b", count=2)], {},
         {"a#0 b#0", "a#0 b#1", "a#1 b#0", "a#1 b#1"}),
    Case("all to one", [node("a", ("one", "b"), count=2), node("b", count=2)], {}, {"a#0 b#0", "a#1 b#0"}),
    Case("contained", [node("a", ("in", "b"), count=2), node("b", count=2)], {},
         {"a#0 b#0", "a#1 b#0", "a#2 b#1", "a#3 b#1"}),
    Case("none of the target", [node("a", ("to", "b")), node("b", count=0)], {}, set()),
    Case("the last of two relationships to one node", [node("a", ("to", "b"), ("in", "b")), node("b")], {},
         {"a#0 b#0"}),
    Case("group", [node("a", ("to", "b")), node("b")], {"g": (["a", "b"], 2)}, {"a#0 b#0", "a#1 b#1"}),
    Case("group inside a node",
         [node("a", ("in", "h"), ("to", "b")), node("b", ("in", "h")), node("h", count=2)],
         {"g": (["a", "b"], 2)},
         {"a#0 h#0", "a#1 h#0", "a#2 h#1", "a#3 h#1", "b#0 h#0", "b#1 h#0", "b#2 h#1", "b#3 h#1",
          "a#0 b#0", "a#1 b#1", "a#2 b#2", "a#3 b#3"}),
    Case("nested groups", [node("a", ("to", "b"), ("to", "c")), node("b"), node("c")],
         {"inner": (["a", "b"], 2), "outer": (["inner", "c"], 2)},
         {"a#0 b#0", "a#1 b#1", "a#2 b#2", "a#3 b#3", "a#0 c#0", "a#1 c#0", "a#2 c#1", "a#3 c#1"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_relationships(case: Case) -> None:
    assert edges(expand(case.nodes, case.groups)) == case.edges


def test_a_member_of_a_group_keeps_two_relationships_to_its_container() -> None:
    expansion = expand([node("a", ("in", "b"), ("to", "b")), node("b")], {"g": (["a"], 1)})
    assert [row["type"] for row in expansion.relationships()["a#0"]] == [CONTAINED_IN, CONNECTED_TO]


REFUSED = [
    pytest.param([node("a", ("acme.odd", "b")), node("b")], {}, "unsupported-relationship", id="odd type"),
    pytest.param([node("a", ("in", "b")), node("b", ("in", "a"))], {}, "containment-cycle", id="cycle"),
    pytest.param(
        [node("a", ("one", "b")), node("b")],
        {"g": (["a", "b"], 1)},
        "all-to-one-in-group",
        id="one in a group",
    ),
]


@pytest.mark.parametrize(("nodes", "groups", "kind"), REFUSED)
def test_refused(nodes: list[dict[str, Any]], groups: dict[str, tuple[list[str], int]], kind: str) -> None:
    with pytest.raises(ExpansionError) as refusal:
        expand(nodes, groups).relationships()
    assert refusal.value.kind == kind


def test_hosts() -> None:
    expansion = expand(
        [node("app", ("in", "host"), host="host"), node("host", count=2, host="host"), node("free")]
    )
    hosts = {one.id: one.host_id for ones in expansion.alive.values() for one in ones}
    assert hosts == {
        "app#0": "host#0",
        "app#1": "host#1",
        "host#0": "host#0",
        "host#1": "host#1",
        "free#0": None,
    }


def test_containment_that_is_lost_gives_no_host_to_contents() -> None:
    box = node("box", ("in", "host"), ("to", "host"), host="host")
    expansion = expand(
        [
            node("host", host="host"),
            box,
            node("inner", ("in", "box"), host="inner"),
            node("app", ("in", "box")),
        ]
    )
    hosts = {one: expansion.by_id[one].host_id for one in ("box#0", "inner#0", "app#0")}
    assert hosts == {"box#0": "host", "inner#0": "inner#0", "app#0": None}


def test_what_grows_in_a_group_lies_on_the_host_of_its_last_instance() -> None:
    expansion = expand([node("host", host="host")], {"g": (["host"], 1)})
    assert [one.host_id for one in expansion.grow("host", 2)] == ["host#0"]


def test_the_last_instance_of_a_group_is_one_of_its_last_node() -> None:
    nodes = [node("app"), node("host", host="host")]
    expansion = expand(nodes, {"inner": (["app"], 1), "outer": (["inner", "host"], 1)})
    assert [one.host_id for one in expansion.grow("inner", 2)] == ["host#0", "host#0"]


def test_growing_copies_what_is_contained() -> None:
    expansion = expand([node("app", ("in", "host"), count=2), node("host")])
    assert [one.id for one in expansion.grow("host", 2)] == ["host#1", "app#2", "app#3"]


def test_growing_what_is_contained_grows_in_each_container() -> None:
    expansion = expand([node("app", ("in", "host")), node("host", count=2)])
    assert [one.id for one in expansion.grow("app", 2)] == ["app#2", "app#3"]


def test_hints_choose_what_goes() -> None:
    expansion = expand([node("a", count=4)])
    gone = expansion.doomed("a", 2, {"a#2"}, {"a#0"})
    assert sorted(one.id for one in gone) == ["a#1", "a#2"]


def test_members_stand_for_their_group_instance() -> None:
    expansion = expand([node("a"), node("b")], {"g": (["a", "b"], 2)})
    assert sorted(one.id for one in expansion.doomed("g", 1, {"b#1"}, set())) == ["a#1", "b#1", "g#1"]


HELD = [
    pytest.param([node("a", ("one", "b")), node("b", count=2)], "b", 1, {"b#0"}, id="a source stays"),
    pytest.param([node("a", ("to", "b")), node("b", count=2)], "b", 1, set(), id="all to all"),
    pytest.param([node("a", ("one", "b")), node("b", count=2)], "b", 0, set(), id="no other target stays"),
    pytest.param(
        [node("a", ("one", "b")), node("b"), node("c")], "g", 1, {"b#0", "g#0"}, id="with the group around it"
    ),
]


@pytest.mark.parametrize(("nodes", "entity", "number", "held"), HELD)
def test_one_target_is_held(nodes: list[dict[str, Any]], entity: str, number: int, held: set[str]) -> None:
    expansion = expand(nodes, {"g": (["b", "c"], 2)} if entity == "g" else {})
    expansion.relationships()
    assert set(expansion.held(expansion.doomed(entity, number, set(), set()))) == held


def test_members_stand_for_the_groups_around_theirs() -> None:
    expansion = expand([node("a")], {"inner": (["a"], 2), "outer": (["inner"], 2)})
    gone = expansion.doomed("outer", 1, set(), {"a#1"})
    assert sorted(one.id for one in gone) == ["a#2", "a#3", "inner#2", "inner#3", "outer#1"]


def test_indexes_are_never_used_again() -> None:
    expansion = expand([node("a", count=2)])
    expansion.remove(expansion.doomed("a", 1, set(), set()))
    assert [one.id for one in expansion.grow("a", 2)] == ["a#2"]


def test_rows_restore_an_expansion() -> None:
    nodes = [node("app", ("in", "host")), node("host", count=2)]
    first = expand(nodes)
    rows = [
        {"id": one.id, "contained_in": one.parent.id if one.parent else None, "host_id": one.host_id}
        for one in sorted(first.by_id.values(), key=lambda one: one.parent is not None)
    ]
    second = Expansion(Topology(nodes, {}))
    second.restore(rows)
    assert edges(second) == edges(first)
    assert [one.id for one in second.grow("host", 3)] == ["host#2", "app#2"]
