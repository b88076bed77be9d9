"""Configuration files: found, read, and every mistake told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.config import Config
from bplint.config.check_config import is_version_allowed
from bplint.config.load import load_config
from bplint.config.toml_places import places_of
from bplint.diagnostic import Severity

FAULTS = {
    "unknown key": ('selct = ["BP2"]', "unknown option 'selct'; did you mean 'select'?", "selct"),
    "underscore": ("fail_on = 'error'", "unknown option 'fail_on'; did you mean 'fail-on'?", "fail_on"),
    "nothing near": ("colour = 1", "unknown option 'colour'", "colour"),
    "no boolean": ('deployment = "yes"', "'deployment' wants true or false", '"yes"'),
    "no string": ("python = 3", "'python' wants a string", "3"),
    "no list": ('plugin-path = "x"', "'plugin-path' wants a list of strings", '"x"'),
    "no string in a list": ('exclude = ["a", 2]', "'exclude' wants a list of strings", "2"),
    "no level": (
        'fail-on = "eror"',
        "'fail-on' wants one of error, warning, info, never; did you mean 'error'?",
        '"eror"',
    ),
    "no rule": (
        'ignore = ["BP980", "BP98O"]',
        "no rule has the code or name 'BP98O'; did you mean 'BP980'?",
        '"BP98O"',
    ),
    "no rule name": (
        'select = ["unused-supression"]',
        "no rule has the code or name 'unused-supression'; did you mean 'unused-suppression'?",
        '"unused-supression"',
    ),
    "no mapping": (
        "per-file-ignores = []",
        "'per-file-ignores' wants a mapping of globs to lists of codes",
        "[]",
    ),
    "no codes in a mapping": (
        'per-file-ignores = {"a/**" = "BP2"}',
        "'per-file-ignores' wants a mapping of globs to lists of codes",
        '"BP2"',
    ),
    "no rule in a mapping": (
        'per-file-ignores = {"a/**" = ["BP9x"]}',
        "no rule has the code or name 'BP9x'",
        '"BP9x"',
    ),
    "no replacement": (
        "import-rules = {a = 1}",
        "'import-rules' wants a mapping of strings to strings",
        "1",
    ),
    "no version": (
        'required-version = "soon"',
        "'required-version' wants a comparison such as '>=0.1' or '>=0.1,<0.3'",
        '"soon"',
    ),
    "other version": ('required-version = ">=99"', "bplint >=99 is required, this is 0.1.0", '">=99"'),
    "no rule package": (
        'rule-plugins = ["nowhere"]',
        "no installed package has an entry point 'nowhere' in the group 'bplint.rules'",
        '"nowhere"',
    ),
    "syntax": ("select = [", "invalid value", ""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_in_toml(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line, message, place = FAULTS[name]
    path = tmp_path / "pyproject.toml"
    path.write_text(f"# bplint's\n[tool.bplint]\n{line}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    loaded = load_config(".", {})
    assert [entry.message for entry in loaded.diagnostics] == [message]
    span = loaded.diagnostics[0].span
    assert loaded.source is not None
    assert loaded.source.text[span.start : span.end] == place


YAML_FAULTS = {
    "unknown key": ("selct: [BP2]", "unknown option 'selct'; did you mean 'select'?", "selct"),
    "no list": ("select: BP2", "'select' wants a list of codes, prefixes or names of rules", "BP2"),
    "no rule": ("select: [BP9x0]", "no rule has the code or name 'BP9x0'", "BP9x0"),
    "no mapping": ("- select", "a configuration is a mapping of options", "- select"),
    "no string key": (
        "import-rules: {1: a}",
        "'import-rules' wants a mapping of strings to strings",
        "1",
    ),
}


@pytest.mark.parametrize("name", YAML_FAULTS)
def test_fault_in_yaml(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line, message, place = YAML_FAULTS[name]
    (tmp_path / ".bplint.yaml").write_text(f"# bplint's\n{line}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    loaded = load_config(".", {})
    assert [entry.message for entry in loaded.diagnostics] == [message]
    span = loaded.diagnostics[0].span
    assert loaded.source is not None
    assert loaded.source.text[span.start : span.end] == place


def test_every_option_of_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text(
        """
[tool.bplint]
select = ["BP9"]
extend-select = ["BP980"]
ignore = ["unknown-suppression"]
mandatory = ["BP982"]
fail-on = "never"
exclude = ["old/**"]
plugin-path = ["plugins", "../shared"]
strict-imports = true
source-root = ["src"]
python = "python3"
import-check = true
deployment = true
inputs = ["inputs.yaml", "port=80"]
baseline = "accepted.json"
required-version = ">=0.1,<2"
[tool.bplint.import-rules]
"https://x/" = "y/"
[tool.bplint.per-file-ignores]
"a/**" = ["BP9"]
[tool.bplint.per-file-extend-select]
"b/**" = ["BP984"]
""",
        encoding="utf-8",
    )
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    loaded = load_config(".", {"fail_on": Severity.INFO})
    config = loaded.config
    assert loaded.diagnostics == ()
    assert loaded.path == "../../pyproject.toml"
    assert config.root == "../.."
    assert config.plugin_path == ("../../plugins", "../../../shared")
    assert config.source_root == ("../../src",)
    assert config.baseline == "../../accepted.json"
    assert config.inputs == ("../../inputs.yaml", "port=80")
    assert config.import_rules == (("https://x/", "y/"),)
    assert config.per_file_ignores == (("a/**", ("BP9",)),)
    assert config.per_file_extend_select == (("b/**", ("BP984",)),)
    assert (config.strict_imports, config.import_check, config.deployment) == (True, True, True)
    assert config.fail_on is Severity.INFO
    assert config.origins["fail_on"] == "command line"
    assert config.origins["select"] == "../../pyproject.toml"


def test_yaml_goes_before_toml_and_the_nearest_before_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = tmp_path / "below"
    below.mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.bplint]\nfail-on = 'info'\n", encoding="utf-8")
    (below / "pyproject.toml").write_text("[tool.other]\n# no bplint\n", encoding="utf-8")
    monkeypatch.chdir(below)
    assert load_config(".", {}).path == "../pyproject.toml"
    (tmp_path / ".bplint.yaml").write_text("fail-on: warning\n", encoding="utf-8")
    assert load_config(".", {}).config.fail_on is Severity.WARNING
    (below / ".bplint.yml").write_text("fail-on: never\n", encoding="utf-8")
    assert load_config(".", {}).config.fail_on is None
    assert load_config(".", {}, is_enabled=False).path is None


def test_search_ends_at_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".bplint.yaml").write_text("fail-on: never\n", encoding="utf-8")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    monkeypatch.chdir(repository)
    assert load_config(".", {}).path is None


def test_file_without_anything_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".bplint.yaml").write_text("# nothing\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    loaded = load_config(".", {})
    assert loaded.diagnostics == ()
    assert loaded.path == ".bplint.yaml"


@pytest.mark.parametrize(
    ("requirement", "is_allowed"),
    [
        (">=0.1", True),
        ("0.1.0", True),
        ("==0.1", True),
        (">0.1", False),
        ("<0.2,>=0.1", True),
        ("<0.1", False),
        ("~=0.1", True),
        ("~=0.1.0", True),
        ("~=0.2", False),
        ("!=0.1", False),
    ],
)
def test_required_version(requirement: str, is_allowed: bool) -> None:
    assert is_version_allowed(requirement, "0.1.0") is is_allowed


TOML = """\
top = "a # b" # comment
[tool.bplint]
list = ["BP2", "BP3", # inside
  'x',]
a.b = 1
"quo ted" = { x = 1, y = [1,2] }
text = \"\"\"
more # lines\"\"\"
[tool.bplint.deep]
"tests/**" = ["BP1"]
[[tool.z]]
k = 2
[[tool.z]]
k = 3
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("top",), "top", '"a # b"'),
        (("tool", "bplint", "list", 1), '"BP3"', '"BP3"'),
        (("tool", "bplint", "list", 2), "'x'", "'x'"),
        (("tool", "bplint", "a", "b"), "b", "1"),
        (("tool", "bplint", "quo ted", "x"), "x", "1"),
        (("tool", "bplint", "quo ted", "y", 1), "2", "2"),
        (("tool", "bplint", "text"), "text", '"""\nmore # lines"""'),
        (("tool", "bplint", "deep", "tests/**"), '"tests/**"', '["BP1"]'),
        (("tool", "z", 0, "k"), "k", "2"),
        (("tool", "z", 1, "k"), "k", "3"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_in_toml(path: tuple[str | int, ...], key: str, value: str, newline: str) -> None:
    text = TOML.replace("\n", newline)
    key_span, value_span = places_of(text)[path]
    assert text[key_span.start : key_span.end] == key
    assert text[value_span.start : value_span.end] == value.replace("\n", newline)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".bplint.yaml", b"fail-on: never\n# \xff\n"),
        ("pyproject.toml", b"[tool.bplint]\nfail-on = 'never'\n# \xff\n"),
    ],
)
def test_text_that_is_no_utf8_is_told_and_not_used(
    name: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    loaded = load_config(".", {})
    assert [entry.message for entry in loaded.diagnostics] == ["bad encoding"]
    assert loaded.config == Config()
