"""Which catalogue file an import means, and what is in it."""

from __future__ import annotations

import pytest

from bplint.catalog.constraint import meets
from bplint.catalog.head import facts_of
from bplint.catalog.releases import ReleaseChoice, choose_at, choose_release
from bplint.catalog.store import Catalog
from bplint.catalog.urls import manager_types_at

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
    "above all, for 1_5": (
        "http://x.example/spec/cloudify/7.1.0.dev1/types.yaml",
        (1, 5),
        "built-in types 7.0.4",
    ),
    "above all, for 1_4": (
        "http://x.example/spec/cloudify/7.1.0.dev1/types.yaml",
        (1, 4),
        "built-in types 6.4.2",
    ),
    "above all, for 1_3": (
        "http://x.example/spec/cloudify/7.1.0.dev1/types.yaml",
        (1, 3),
        "built-in types 6.3.2",
    ),
    "known, for 1_3": ("http://x.example/spec/cloudify/7.0.4/types.yaml", (1, 3), "built-in types 7.0.4"),
    "between, for 1_3": ("http://x.example/spec/cloudify/6.5/types.yaml", (1, 3), "built-in types 6.4.2"),
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


MANY = ">=0"  # any constraint will do
RELEASES = {
    "the newest": ("cloudify-aws-plugin", "", (1, 5), "3.2.4"),
    "the newest that 1_3 can take": ("cloudify-aws-plugin", "", (1, 3), "3.1.6"),
    "exactly one": ("cloudify-aws-plugin", "1.4.10", (1, 3), "1.4.10"),
    "exactly one that is not taken": ("cloudify-aws-plugin", "3.2.4", (1, 3), "3.2.4"),
    "below": ("cloudify-openstack-plugin", ">=2.0,<3", (1, 3), "2.14.26"),
    "compatible": ("cloudify-utilities-plugin", "~=1.12", (1, 4), "1.26.2"),
    "by package name": ("k8splugin", ">=3.4.3,<4.0.0", (1, 3), "3.9.0"),
    "by another of its package names": ("croupier-plugin", "", (1, 3), "2.2.0"),
    "by its name in the catalogue": ("croupier", "", (1, 3), "3.3.0"),
    "without a package name": ("cloudify-script-plugin", "1.2.1", (1, 0), "1.2.1"),
    "version not known": ("cloudify-aws-plugin", MANY, None, "3.2.4"),
}


@pytest.mark.parametrize(("name", "constraint", "version", "release"), RELEASES.values(), ids=RELEASES)
def test_release(catalog: Catalog, name: str, constraint: str, version: Version | None, release: str) -> None:
    choice = choose_release(catalog, name, constraint, version)
    assert isinstance(choice, ReleaseChoice)
    assert choice.judge[0].version == release


def test_releases_that_are_passed_over(catalog: Catalog) -> None:
    choice = choose_release(catalog, "cloudify-aws-plugin", ">=3.0.5", (1, 3))
    assert isinstance(choice, ReleaseChoice)
    assert choice.passed[-1][0].version == "3.1.9"
    assert choice.fitting[-1][0].version == "3.0.5"
    assert all(file.needs is not None and file.needs <= (1, 3) for _, file in choice.fitting)


def test_versions_around_one_that_is_not_known(catalog: Catalog) -> None:
    reason = choose_release(catalog, "cloudify-openstack-plugin", "==2.14.99", (1, 3))
    assert reason == "the catalogue has versions 2.14.24, 2.14.25, 2.14.26, 3.0.0, 3.1.0rc1 and 3.1.0"


RAW = "https://raw.githubusercontent.com"
GITHUB = "https://github.com"
AT = {
    "short name": ("http://www.getcloudify.org/spec/aws-plugin/1.4.10/plugin.yaml", "1.4.10", False),
    "full name": ("https://cloudify.co/spec/cloudify-aws-plugin/3.2.4/v2_plugin.yaml", "3.2.4", False),
    "any host": ("https://mirror.example/a/aws-plugin/1.2/plugin.yaml", "1.2", False),
    "raw": (f"{RAW}/cloudify-incubator/cloudify-kubernetes-plugin/2.2.2/plugin.yaml", "2.2.2", False),
    "owners do not count": (f"{RAW}/me/cloudify-kubernetes-plugin/2.2.2/plugin.yaml", "2.2.2", False),
    "nor does a v": (f"{RAW}/me/cloudify-kubernetes-plugin/v2.2.2/plugin.yaml", "2.2.2", False),
    "with its kind": (f"{RAW}/me/cloudify-aws-plugin/refs/tags/2.0.0/plugin.yaml", "2.0.0", False),
    "blob": (f"{GITHUB}/cloudify-cosmo/cloudify-aws-plugin/blob/2.0.0/plugin.yaml", "2.0.0", False),
    "raw on the site": (f"{GITHUB}/cloudify-cosmo/cloudify-aws-plugin/raw/2.0.0/plugin.yaml", "2.0.0", False),
    "download": (f"{GITHUB}/x/cloudify-utilities-plugin/releases/download/1.2.5/plugin.yaml", "1.2.5", False),
    "query": (f"{RAW}/me/cloudify-aws-plugin/2.0.0/plugin.yaml?token=abc", "2.0.0", False),
    "tag of another version": (f"{RAW}/me/cloudify-openstack-plugin/3.2.20/plugin.yaml", "3.2.19", False),
    "commit": (f"{RAW}/onap/dcaegen2-platform-plugins/cc43f20558aa/k8s/k8splugin_types.yaml", "3.5.0", False),
    "several plugins in a repository": (
        "https://nexus.example/R6/dcaepolicyplugin/2.4.0/dcaepolicyplugin_types.yaml", "2.4.0", False,
    ),
    "branch": (f"{RAW}/me/cloudify-aws-plugin/master/plugin.yaml", "3.2.4", True),
    "branch with a slash": (f"{RAW}/me/cloudify-aws-plugin/fix/a-b/plugin.yaml", "3.2.4", True),
    "branch of a version": (f"{RAW}/me/cloudify-aws-plugin/1.4.10-build/plugin.yaml", "1.4.10", True),
    "branch of a line": (f"{RAW}/me/cloudify-openstack-plugin/2.x/plugin.yaml", "2.14.26", True),
    "newest": (f"{GITHUB}/me/cloudify-aws-plugin/releases/latest/download/plugin.yaml", "3.2.4", True),
}  # fmt: skip


@pytest.mark.parametrize(("location", "release", "is_moving"), AT.values(), ids=AT)
def test_plugin_by_url(catalog: Catalog, location: str, release: str, is_moving: bool) -> None:
    choice = choose_at(catalog, location, (1, 5))
    assert isinstance(choice, ReleaseChoice)
    assert (choice.judge[0].version, choice.is_moving) == (release, is_moving)


NOT_AT = {
    "unknown version": (
        "http://www.getcloudify.org/spec/aws-plugin/1.4.99/plugin.yaml",
        "the catalogue has versions 1.4.11, 1.4.12, 1.4.13, 1.5, 1.5.1 and 1.5.1.1",
    ),
    "unknown commit": (
        f"{RAW}/me/cloudify-versa-plugin/0123456789abcdef/plugin.yaml",
        "the catalogue has version 1.0",
    ),
    "unknown plugin": ("http://www.getcloudify.org/spec/acme-plugin/3.2.4/plugin.yaml", None),
    "a file it does not have": ("http://www.getcloudify.org/spec/nsx-plugin/1.1/types.yaml", None),
    "no path": ("https://example.com/plugin.yaml", None),
}


@pytest.mark.parametrize(("location", "answer"), NOT_AT.values(), ids=NOT_AT)
def test_url_without_an_answer(catalog: Catalog, location: str, answer: str | None) -> None:
    assert choose_at(catalog, location, (1, 5)) == answer


MANAGER = f"{RAW}/cloudify-cosmo/cloudify-manager/"
FILE = "/resources/rest-service/cloudify/types/types.yaml"
SOURCES = {
    "tag": (f"{MANAGER}4.2{FILE}", "built-in types 4.2", False),
    "build": (f"{MANAGER}4.2-build{FILE}", "built-in types 4.2", True),
    "branch": (f"{MANAGER}master{FILE}", "built-in types of the newest manager", True),
}


@pytest.mark.parametrize(("location", "label", "is_moving"), SOURCES.values(), ids=SOURCES)
def test_types_in_the_sources_of_a_manager(
    catalog: Catalog, location: str, label: str, is_moving: bool
) -> None:
    found = manager_types_at(location, catalog, (1, 5))
    assert found is not None
    assert (found[0].label, found[1]) == (label, is_moving)


def test_unknown_plugin(catalog: Catalog) -> None:
    assert catalog.plugin_for("acme-plugin", (1, 5)) is None


def test_head_of_a_plugin(catalog: Catalog) -> None:
    facts = catalog.plugin_for("cloudify-ansible-plugin", (1, 4))
    assert facts is not None
    assert not facts.is_basic_types
    assert facts.version is None
    assert [gate.feature for gate in facts.gates if gate.version == (1, 4)] == [
        "availability_rules",
        "item_type",
    ]
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
    "a post release is none of a later one": ("1.0.post1", ">1.0", False),
    "a post release is at least its release": ("1.0.post1", ">=1.0", True),
    "a pre-release meets what names one": ("2.0rc1", ">=2.0rc1", True),
    "a pre-release meets nothing else": ("2.0rc1", ">=1.0", False),
    "not understood": ("1.0", ">=one", None),
    "version not understood": ("main", ">=1", None),
}


@pytest.mark.parametrize(("version", "constraint", "answer"), CONSTRAINTS.values(), ids=CONSTRAINTS)
def test_constraint(version: str, constraint: str, answer: bool | None) -> None:
    assert meets(version, constraint) is answer
