"""Code is found in every place where it is looked for, in order, and never run on the way."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\n"
PLUGIN = "plugins:\n  p: {{executor: central_deployment_agent, {source}}}\n"
WORKFLOW = "workflows:\n  w: {mapping: p.pkg.flows.run}\n"
NAMED = "package_name: acme-flows, package_version: '1.0'"
CODE = {"pkg/__init__.py": "", "pkg/flows.py": "def walk(ctx): ...\n"}  # no `run`: found means BP451


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def zipped(files: dict[str, str], prefix: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(prefix + name, text)
    return stream.getvalue()


def blueprint(folder: Path, source: str) -> Path:
    path = folder / "blueprint.yaml"
    path.write_text(HEAD + PLUGIN.format(source=source) + WORKFLOW, encoding="utf-8")
    return path


def in_plugins_folder(folder: Path) -> tuple[Path, Config]:
    write(folder / "plugins" / "acme", CODE)
    return blueprint(folder, "source: acme"), Config()


def in_src_folder(folder: Path) -> tuple[Path, Config]:
    write(folder / "plugins" / "acme" / "src", CODE)
    return blueprint(folder, "source: acme"), Config()


def beside_blueprint(folder: Path) -> tuple[Path, Config]:
    write(folder / "acme", CODE)
    return blueprint(folder, "source: acme"), Config()


def in_zip(folder: Path) -> tuple[Path, Config]:
    (folder / "plugins").mkdir()
    (folder / "plugins" / "acme.zip").write_bytes(zipped(CODE))
    return blueprint(folder, "source: acme"), Config()


def in_zip_with_folder(folder: Path) -> tuple[Path, Config]:
    (folder / "plugins").mkdir()
    content = zipped({**CODE, "setup.py": "import setuptools\n"}, "acme-1.0/")
    (folder / "plugins" / "acme.zip").write_bytes(content)
    return blueprint(folder, "source: acme.zip"), Config()


def beside_plugin_yaml(folder: Path) -> tuple[Path, Config]:
    write(folder, CODE)
    path = folder / "plugin.yaml"
    path.write_text(HEAD + PLUGIN.format(source=NAMED) + WORKFLOW, encoding="utf-8")
    return path, Config()


def imported_plugin_yaml(folder: Path) -> tuple[Path, Config]:
    write(folder / "tools", CODE)
    (folder / "tools" / "plugin.yaml").write_text(PLUGIN.format(source=NAMED) + WORKFLOW, encoding="utf-8")
    path = folder / "blueprint.yaml"
    path.write_text(
        HEAD.replace("types.yaml]", "types.yaml, tools/plugin.yaml]") + "node_templates: {}\n",
        encoding="utf-8",
    )
    return path, Config()


def in_source_root(folder: Path) -> tuple[Path, Config]:
    write(folder / "checkout", CODE)
    return blueprint(folder, NAMED), Config(source_root=(str(folder / "checkout"),))


def in_wagon(folder: Path) -> tuple[Path, Config]:
    wheel = zipped(CODE)
    (folder / "archives").mkdir()
    name = "acme_flows-1.0-py3-none-any"
    with tarfile.open(folder / "archives" / f"{name}.wgn", "w:gz") as archive:
        member = tarfile.TarInfo(f"acme_flows/wheels/{name}.whl")
        member.size = len(wheel)
        archive.addfile(member, io.BytesIO(wheel))
    return blueprint(folder, NAMED), Config(plugin_path=(str(folder / "archives"),))


def in_zip_wagon(folder: Path) -> tuple[Path, Config]:
    (folder / "archives").mkdir()
    path = folder / "archives" / "acme_flows-1.0-py3-none-any.wgn"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("acme_flows/wheels/acme_flows-1.0-py3-none-any.whl", zipped(CODE))
    return blueprint(folder, NAMED), Config(plugin_path=(str(folder / "archives"),))


PLACES = [
    in_plugins_folder,
    in_src_folder,
    beside_blueprint,
    in_zip,
    in_zip_with_folder,
    beside_plugin_yaml,
    imported_plugin_yaml,
    in_source_root,
    in_wagon,
    in_zip_wagon,
]


def codes_of(result: LintResult) -> list[str]:
    return [entry.code for entry in result.diagnostics if entry.code.startswith("BP45")]


@pytest.mark.parametrize("lay_out", PLACES, ids=[place.__name__ for place in PLACES])
def test_code_is_found(tmp_path: Path, lay_out: object) -> None:
    path, config = lay_out(tmp_path)  # type: ignore[operator]
    result = lint(LintRequest((str(path),), config))
    assert codes_of(result) == ["BP451"]
    assert "did you mean" not in result.diagnostics[0].message


def test_installed_packages_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site-packages"
    write(site, CODE)
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    path = blueprint(tmp_path, NAMED)
    assert codes_of(lint(LintRequest((str(path),), Config()))) == ["BP451"]


def test_the_first_place_wins(tmp_path: Path) -> None:
    path, _ = in_plugins_folder(tmp_path)
    write(tmp_path / "checkout", {"pkg/__init__.py": "", "pkg/flows.py": "def run(ctx): ...\n"})
    config = Config(source_root=(str(tmp_path / "checkout"),))
    assert codes_of(lint(LintRequest((str(path),), config))) == ["BP451"]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\x1f\x8b\x08 broken"], ids=["empty", "zip", "gzip"]
)
def test_a_damaged_archive_is_no_code(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "archives").mkdir()
    (tmp_path / "archives" / "acme_flows-1.0.wgn").write_bytes(content)
    path = blueprint(tmp_path, NAMED)
    config = Config(plugin_path=(str(tmp_path / "archives"),))
    assert codes_of(lint(LintRequest((str(path),), config))) == ["BP454"]


def test_nothing_is_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace.txt"
    write(
        tmp_path / "plugins" / "acme",
        {
            "pkg/__init__.py": f"open({str(trace)!r}, 'w').close()\n",
            "pkg/flows.py": f"open({str(trace)!r}, 'w').close()\ndef run(ctx): ...\n",
            "setup.py": f"open({str(trace)!r}, 'w').close()\n",
        },
    )
    path = blueprint(tmp_path, "source: acme")
    result = lint(LintRequest((str(path),), Config()))
    assert [entry.code for entry in result.diagnostics if entry.effect.value != "advice"] == []
    assert not trace.exists()
    lint(LintRequest((str(path),), Config(import_check=True)))
    assert trace.exists()


SNIPPETS = [
    ("raise RuntimeError('no')\n", "RuntimeError: no"),
    ("import sys\nsys.exit(3)\n", "SystemExit: 3"),
    ("import os\nos._exit(3)\n", "crash: the process ended with exit code 3"),
    ("import os\nassert 'SECRET_OF_MINE' not in os.environ, 'leak'\ndef run(ctx): ...\n", None),
    ("print('bplint:{}')\ndef run(ctx): ...\n", None),
]


@pytest.mark.parametrize(("text", "raised"), SNIPPETS, ids=["raises", "exits", "crashes", "clean", "prints"])
def test_import_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, raised: str | None) -> None:
    monkeypatch.setenv("SECRET_OF_MINE", "x")
    write(
        tmp_path / "plugins" / "acme", {"pkg/__init__.py": "", "pkg/flows.py": "def run(ctx): ...\n" + text}
    )
    path = blueprint(tmp_path, "source: acme")
    result = lint(LintRequest((str(path),), Config(import_check=True, select=("BP475",))))
    messages = [entry.message.partition("importable: ")[2] for entry in result.diagnostics]
    assert messages == ([raised] if raised else [])
