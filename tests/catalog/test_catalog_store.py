"""Which catalogue file an import means, and what is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.catalog.constraint import meets
from bplint.catalog.facts import facts_of
from bplint.catalog.store import Catalog
from tools.catalog import main as build_catalog

Version = tuple[int, int]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog()


TYPES = {
    "follows 1_3": ("cloudify/types/types.yaml", (1, 3), "built-in types for cloudify_dsl_1_3"),
    "follows 1_4": ("cloudify/types/types.yaml", (1, 4), "built-in types for cloudify_dsl_1_4"),
    "newest for 1_5": ("cloudify/types/types.yaml", (1, 5), "built-in types of the newest manager"),
    "newest for old ones too": ("cloudify/types/types.yaml", (1, 2), "built-in types of the newest manager"),
    "newest where unknown": ("cloudify/types/types.yaml", None, "built-in types of the newest manager"),
    "by its file name": (
        "cloudify/types/types_1_3.yaml",
        (1, 5),
        "built-in types for cloudify_dsl_1_3",
    ),
    "by URL": ("http://www.getcloudify.org/spec/cloudify/4.6/types.yaml", (1, 3), "built-in types 4.6"),
    "any host": ("https://mirror.example/a/b/spec/cloudify/5.1.0/types.yaml", None, "built-in types 5.1.0"),
    "development version": ("http://x.example/spec/cloudify/4.5.dev1/types.yaml", None, "built-in types 4.5"),
    "nearest lower": ("http://x.example/spec/cloudify/7.1.0.dev1/types.yaml", None, "built-in types 7.0.4"),
    "trailing zero": ("http://x.example/spec/cloudify/4.6.0/types.yaml", None, "built-in types 4.6"),
    "milestone": ("http://x.example/spec/cloudify/3.2m7/types.yaml", None, "built-in types 3.2"),
    "year": ("http://x.example/spec/cloudify/19.1/types.yaml", None, "built-in types 18.1.11"),
    "before all": ("http://x.example/spec/cloudify/2.7/types.yaml", None, None),
    "no version": ("http://x.example/spec/cloudify/master/types.yaml", None, None),
    "other file": ("http://x.example/spec/cloudify/4.6/other.yaml", None, None),
    "local file": ("types.yaml", (1, 5), None),
}


@pytest.mark.parametrize(("location", "version", "label"), TYPES.values(), ids=TYPES)
def test_types(catalog: Catalog, location: str, version: Version | None, label: str | None) -> None:
    found = catalog.types_for(location, version)
    assert (found.label if found else None) == label


PLUGINS = {
    "1_5 has its own file": ("cloudify-aws-plugin", (1, 5), True),
    "1_3 gets the plain one": ("cloudify-aws-plugin", (1, 3), False),
    "unknown version gets the plain one": ("cloudify-aws-plugin", None, False),
    "no file of its own": ("cloudify-nsx-plugin", (1, 5), False),
}


@pytest.mark.parametrize(("name", "version", "has_properties"), PLUGINS.values(), ids=PLUGINS)
def test_plugin_by_version(
    catalog: Catalog, name: str, version: Version | None, has_properties: bool
) -> None:
    found = catalog.plugin_for(name, version)
    assert found is not None
    plugin = next(iter(found.sections["plugins"]))
    assert ("properties" in found.value("plugins", plugin)) is has_properties


AT = {
    "the one version": (
        "http://www.getcloudify.org/spec/aws-plugin/3.2.4/plugin.yaml",
        "cloudify-aws-plugin 3.2.4",
    ),
    "full name": (
        "https://raw.example/org/cloudify-aws-plugin/3.2.4/v2_plugin.yaml",
        "cloudify-aws-plugin 3.2.4",
    ),
    "another version": ("http://www.getcloudify.org/spec/aws-plugin/1.4.10/plugin.yaml", None),
    "another plugin": ("http://www.getcloudify.org/spec/acme-plugin/3.2.4/plugin.yaml", None),
    "a file it does not have": ("http://www.getcloudify.org/spec/nsx-plugin/1.1/plugin_1_5.yaml", None),
}


@pytest.mark.parametrize(("location", "label"), AT.values(), ids=AT)
def test_plugin_by_url(catalog: Catalog, location: str, label: str | None) -> None:
    found = catalog.plugin_at(location)
    assert (found.label if found else None) == label


def test_unknown_plugin(catalog: Catalog) -> None:
    assert catalog.plugin_for("acme-plugin", (1, 5)) is None


def test_head_of_a_plugin(catalog: Catalog) -> None:
    facts = catalog.plugin_for("cloudify-ansible-plugin", (1, 3))
    assert facts is not None
    assert not facts.is_basic_types
    assert facts.version is None
    assert [gate.feature for gate in facts.gates if gate.version == (1, 4)] == ["availability_rules"]
    assert ("node_types", "cloudify.nodes.Root") in [(need.section, need.name) for need in facts.needs]
    assert "cloudify.nodes.ansible.Executor" in facts.sections["node_types"]
    executor = facts.value("node_types", "cloudify.nodes.ansible.Executor")
    assert executor["derived_from"] == "cloudify.nodes.Root"


def test_basic_types(catalog: Catalog) -> None:
    facts = catalog.built_in_types((1, 5))
    assert facts.is_basic_types
    assert facts.version == "cloudify_dsl_1_4"
    assert list(facts.sections)[:2] == ["node_types", "relationships"]
    assert not facts.needs


def test_values_that_are_not_there(catalog: Catalog) -> None:
    with pytest.raises(KeyError):
        catalog.built_in_types(None).value("node_types", "acme.Server")


def test_facts_of_a_file_at_hand() -> None:
    facts = facts_of(
        "acme 1.0",
        {
            "tosca_definitions_version": "cloudify_dsl_1_5",
            "imports": ["a.yaml", {"plugin:b": {}}],
            "typos": {},
            "plugins": {"acme": {"executor": "host_agent", "package_name": "acme"}},
            "node_types": {
                "acme.Server": {
                    "derived_from": "acme.Base",
                    "properties": {"id": {"type": "node_id"}, "disk": {"type": "acme.Disk"}},
                },
            },
        },
    )
    assert facts.version == "cloudify_dsl_1_5"
    assert facts.imports == ["a.yaml", "plugin:b"]
    assert facts.unknown_keys == ["typos"]
    assert [(need.section, need.name) for need in facts.needs] == [
        ("data_types", "acme.Disk"),
        ("node_types", "acme.Base"),
    ]
    assert ((1, 4), "node_id", "node_types.acme.Server.properties.id.type") in [
        (gate.version, gate.feature, gate.path) for gate in facts.gates
    ]
    assert facts.value("plugins", "acme")["executor"] == "host_agent"


CONSTRAINTS = {
    "none": ("1.2", "", True),
    "exactly": ("1.22.1", "1.22.1", True),
    "exactly another": ("1.22.1", "1.22", False),
    "trailing zeros are equal": ("1.22.0", "1.22", True),
    "at least": ("2.0.7", ">=1.22.1", True),
    "blanks": ("2.0.7", " >= 1.22.1 , < 3 ", True),
    "below": ("2.0.7", ">=1,<2", False),
    "numbers and not texts": ("1.10", ">1.9", True),
    "not": ("1.2", "!=1.2", False),
    "compatible": ("3.2.8", "~=3.2", True),
    "compatible no more": ("4.0", "~=3.2", False),
    "compatible too low": ("3.1", "~=3.2", False),
    "wildcard": ("3.2.8", "==3.2.*", True),
    "wildcard elsewhere": ("3.3", "==3.2.*", False),
    "not a wildcard": ("3.3", "!=3.2.*", True),
    "as text": ("1.0", "===1.0.0", False),
    "release candidate is lower": ("1.0rc1", ">=1.0", False),
    "post release is higher": ("1.0.post1", ">1.0", True),
    "not understood": ("1.0", ">=one", None),
    "version not understood": ("main", ">=1", None),
}


@pytest.mark.parametrize(("version", "constraint", "answer"), CONSTRAINTS.values(), ids=CONSTRAINTS)
def test_constraint(version: str, constraint: str, answer: bool | None) -> None:
    assert meets(version, constraint) is answer


def test_catalogue_is_built_the_same_each_time(tmp_path: Path) -> None:
    source = tmp_path / "facts"
    types = {"tosca_definitions_version": "cloudify_dsl_1_3", "node_types": {"cloudify.nodes.Root": {"a": 1}}}
    plugin = {"plugins": {"p": {"package_version": "1.0"}}, "workflows": {"w": "p.w"}}
    for name in ("1.0", "1.1", "latest"):
        write(source / "builtin-types" / f"{name}.json", types)
    write(source / "plugins" / "acme-plugin" / "plugin.json", plugin)
    build_catalog([str(source), "--target", str(tmp_path / "one")])
    build_catalog([str(source), "--target", str(tmp_path / "two")])
    texts = [
        {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    ]
    assert texts[0] == texts[1]
    assert texts[0]["index"].splitlines() == [
        "types\t1.0\t1.0",
        "types\t1.1\t1.0",
        "types\tlatest\t1.0",
        "plugin\tacme-plugin\t1.0\tplugin",
    ]
    built = Catalog(str(tmp_path / "one"))
    facts = built.plugin_for("acme-plugin", None)
    assert facts is not None
    assert facts.value("workflows", "w") == "p.w"
    assert built.built_in_types(None).is_basic_types


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
