"""Hostile folders: imports, what is no regular file, configuration, inputs, ignore files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.support.hostile_case import ACCEPTED, REFUSED, USAGE, Hostile
from tests.support.hostile_texts import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL: Final = HEAD + "node_types: {t: {}}\nnode_templates: {n: {type: t}}\n"


def files(**contents: str | bytes) -> Callable[[Path], None]:
    """A maker of files; `__` in a name stands for a slash, `_yaml` for the extension."""

    def write(folder: Path) -> None:
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


def importing(*locations: str, **others: str) -> Callable[[Path], None]:
    text = HEAD + "imports:\n" + "".join(f"  - {json.dumps(location)}\n" for location in locations)
    return files(**{"blueprint.yaml": text, **others})


def _fan(folder: Path) -> None:
    """Each of 20 files imports all others under a namespace of its own."""
    names = [f"f{index}.yaml" for index in range(20)]
    for name in [*names, "blueprint.yaml"]:
        entries = "".join(f"  - {other[:-5]}--{other}\n" for other in names)
        (folder / name).write_text(f"{HEAD if name == 'blueprint.yaml' else ''}imports:\n{entries}")


def _chain(count: int, namespace: str = "") -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        for index in range(count):
            name = "blueprint.yaml" if index == 0 else f"f{index}.yaml"
            (folder / name).write_text(f"{HEAD}imports: ['{namespace}f{index + 1}.yaml']\n")
        (folder / f"f{count}.yaml").write_text("node_types: {t: {}}\n")

    return write


def _many_imports(folder: Path) -> None:
    for index in range(2_500):
        (folder / f"f{index}.yaml").write_text(f"node_types: {{t{index}: {{}}}}\n")
    entries = "".join(f"  - f{index}.yaml\n" for index in range(2_500))
    (folder / "blueprint.yaml").write_text(f"{HEAD}imports:\n{entries}")


def _same_import(folder: Path) -> None:
    (folder / "f.yaml").write_text("node_types: {t: {}}\n")
    (folder / "blueprint.yaml").write_text(f"{HEAD}imports:\n" + "  - f.yaml\n" * 20_000)


def _spellings(folder: Path) -> None:
    """One file that imports itself by ever new spellings."""
    (folder / "f.yaml").write_text("imports: [./f.yaml, ././f.yaml, .//f.yaml, ../here/f.yaml]\n")
    (folder / "blueprint.yaml").write_text(f"{HEAD}imports: [f.yaml]\n")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    importing("pipe.yaml")(folder)


def _pipe_as_main(folder: Path) -> None:
    os.mkfifo(folder / "blueprint.yaml")


def _links(folder: Path) -> None:
    (folder / "a.yaml").symlink_to("b.yaml")
    (folder / "b.yaml").symlink_to("a.yaml")
    importing("a.yaml")(folder)


def _folder_links(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to("..")
    (folder / "sub" / "here").symlink_to(".")
    (folder / "blueprint.yaml").write_text(SMALL)


def _link_out(folder: Path) -> None:
    (folder / "f.yaml").symlink_to("/etc/passwd")
    importing("f.yaml")(folder)


def _deep_folders(folder: Path) -> None:
    here = folder
    (folder / "blueprint.yaml").write_text(SMALL)
    start = Path.cwd()
    try:
        for _ in range(1_500):
            os.chdir(here)
            Path("d").mkdir()
            here = Path("d")
    finally:
        os.chdir(start)


def _many_files(folder: Path) -> None:
    for index in range(3_000):
        (folder / f"f{index}.yaml").write_text("a: 1\n")
    (folder / "blueprint.yaml").write_text(SMALL)


def _ignore_file(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / ".git").mkdir()
        (folder / ".gitignore").write_text(text)
        (folder / ("a" * 200 + ".yaml")).write_text("a: 1\n")
        (folder / "blueprint.yaml").write_text(SMALL)

    return write


def _config(text: str | bytes, name: str = ".bplint.yaml") -> Callable[[Path], None]:
    return files(**{"blueprint.yaml": SMALL, name: text})


def _inputs(text: str | bytes, name: str = "inputs.yaml") -> Callable[[Path], None]:
    blueprint = HEAD + "inputs: {a: {type: integer}}\n"
    return files(**{"blueprint.yaml": blueprint, name: text})


def _plugin(content: str, name: str = "plugin.yaml") -> Callable[[Path], None]:
    return files(**{"blueprint.yaml": HEAD + "imports: ['plugin:acme']\n", f"plugins/acme/{name}": content})


def _plugin_links(folder: Path) -> None:
    _plugin("plugins: {acme: {executor: host_agent, package_name: acme}}\n")(folder)
    (folder / "plugins" / "loop").symlink_to(".")
    (folder / "plugins" / "acme" / "plugin_1_4.yaml").symlink_to("plugin_1_4.yaml")


def _baseline(text: str | bytes) -> Callable[[Path], None]:
    return files(**{"blueprint.yaml": SMALL, "baseline.json": text})


WITH_INPUTS: Final = ("blueprint.yaml", "-i", "inputs.yaml")
WITH_PLUGINS: Final = ("blueprint.yaml", "--plugin-path", "plugins")
WITH_BASELINE: Final = ("blueprint.yaml", "--baseline", "baseline.json")
DEEP_JSON: Final = "[" * 100_000 + "]" * 100_000

FILES: Final = (
    Hostile("import-itself", "a file that imports itself", ACCEPTED, "", importing("blueprint.yaml")),
    Hostile(
        "import-circle",
        "two files that import each other",
        ACCEPTED,
        "",
        importing("f.yaml", **{"f.yaml": "imports: [blueprint.yaml]\n"}),
    ),
    Hostile(
        "import-circle-namespaced",
        "two files that import each other under namespaces: the reference parser never ends",
        REFUSED,
        "BP116",
        importing("x--f.yaml", **{"f.yaml": "imports: [y--g.yaml]\n", "g.yaml": "imports: [z--f.yaml]\n"}),
    ),
    Hostile(
        "import-itself-namespaced",
        "a file that imports itself under a namespace",
        REFUSED,
        "BP116",
        importing("a--f.yaml", **{"f.yaml": "imports: [b--f.yaml]\n"}),
    ),
    Hostile(
        "import-fan-namespaced",
        "20 files, each importing all under namespaces: 20^50 paths",
        REFUSED,
        "BP116",
        _fan,
    ),
    Hostile(
        "import-spellings",
        "a file that imports itself by other spellings of its name",
        REFUSED,
        "BP117",
        _spellings,
    ),
    Hostile("import-chain", "a chain of 1,000 imports", ACCEPTED, "", _chain(1_000)),
    Hostile("import-chain-namespaced", "a chain of 100 namespaces", REFUSED, "BP117", _chain(100, "n--")),
    Hostile("imports-many", "2,500 imported files", REFUSED, "BP117", _many_imports),
    Hostile("imports-repeated", "one import 20,000 times", REFUSED, "BP105", _same_import),
    Hostile(
        "import-device",
        "an import of a device that never ends",
        REFUSED,
        "BP101",
        importing("/dev/zero"),
        is_posix=True,
    ),
    Hostile(
        "import-device-url",
        "the same as a file: location",
        REFUSED,
        "BP101",
        importing("file:///dev/zero"),
        is_posix=True,
    ),
    Hostile(
        "import-stdin",
        "an import of the standard input",
        REFUSED,
        "BP101",
        importing("/dev/stdin"),
        is_posix=True,
    ),
    Hostile(
        "import-process",
        "an import of what the kernel shows of the process",
        REFUSED,
        "BP101",
        importing("/proc/self/environ", "/proc/self/mem"),
        is_posix=True,
    ),
    Hostile(
        "import-pipe", "an import of a pipe that nobody writes to", REFUSED, "BP100", _pipe, is_posix=True
    ),
    Hostile("import-folder", "an import of a folder", REFUSED, "BP101", importing(".", "..", "/")),
    Hostile(
        "import-links", "an import of a link that leads to itself", REFUSED, "BP100", _links, is_posix=True
    ),
    Hostile(
        "import-link-out",
        "an import of a link that leads out of the tree",
        REFUSED,
        "BP101",
        _link_out,
        is_posix=True,
    ),
    Hostile(
        "import-outside",
        "an import of a file above the tree",
        REFUSED,
        "BP101",
        importing("../../../../../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"),
        is_posix=True,
    ),
    Hostile("import-odd-names", "imports of names that no system takes", REFUSED, "BP100"),
    Hostile(
        "import-long-name",
        "an import of a name of 100,000 characters",
        REFUSED,
        "BP100",
        importing("x" * 100_000),
    ),
    Hostile("import-urls", "imports of every scheme", REFUSED, "BP113"),
    Hostile(
        "main-device", "a device as the blueprint", REFUSED, "BP001", files(), ("/dev/zero",), is_posix=True
    ),
    Hostile("main-pipe", "a pipe as the blueprint", REFUSED, "BP001", _pipe_as_main, is_posix=True),
    Hostile(
        "main-link-loop",
        "a link to itself as the blueprint",
        REFUSED,
        "BP001",
        _links,
        ("a.yaml",),
        is_posix=True,
    ),
    Hostile("main-missing", "a blueprint that is not there", REFUSED, "BP001", files()),
    Hostile(
        "folder-links",
        "folders that link to those above them",
        ACCEPTED,
        "",
        _folder_links,
        (".",),
        is_posix=True,
    ),
    Hostile(
        "folders-deep", "1,500 folders in one another", ACCEPTED, "", _deep_folders, (".",), is_posix=True
    ),
    Hostile("files-many", "a folder of 3,000 other YAML files", ACCEPTED, "", _many_files, (".",)),
    Hostile(
        "gitignore-stars",
        "an ignore pattern that backtracks for ever",
        ACCEPTED,
        "",
        _ignore_file("*a" * 30 + "b\n"),
        (".",),
    ),
    Hostile(
        "gitignore-folders",
        "an ignore pattern of 30 '**/'",
        ACCEPTED,
        "",
        _ignore_file("**/a*/" * 30 + "b\n"),
        (".",),
    ),
    Hostile(
        "gitignore-sets",
        "ignore patterns with broken and reversed sets",
        ACCEPTED,
        "",
        _ignore_file(
            "[z-a]\n[[:x:]]\n[\n\\\n[]-a]\n[\\d-a]\n!\n/\n**\n[a-\\\\]x\n[^]\n[!\n[[:alpha:]-z]\nx\0y\n"
            + "!blueprint.yaml\n"
        ),
        (".",),
    ),
    Hostile(
        "gitignore-large",
        "100,000 ignore patterns",
        ACCEPTED,
        "",
        _ignore_file("".join(f"name_{index}*\n" for index in range(100_000))),
        (".",),
    ),
    Hostile("config-deep", "a configuration with 100,000 brackets", USAGE, "", _config(DEEP_JSON)),
    Hostile(
        "config-object",
        "a configuration with Python tags",
        USAGE,
        "",
        _config("exclude: !!python/object/apply:os.system ['touch owned']\n"),
    ),
    Hostile(
        "config-bomb",
        "a configuration with an alias bomb",
        USAGE,
        "",
        _config(
            "a: &a [x]\n"
            + "".join(f"a{i}: &a{i} [{', '.join(['*a' + str(i - 1 or '')] * 10)}]\n" for i in range(1, 30))
        ),
    ),
    Hostile(
        "config-bytes", "a configuration of bytes that are no text", USAGE, "", _config(b"\xff\xfe\0\xd8\0\n")
    ),
    Hostile(
        "config-toml",
        "a pyproject.toml that nests 100,000 deep",
        USAGE,
        "",
        _config("[tool.bplint]\nexclude = " + DEEP_JSON, "pyproject.toml"),
    ),
    Hostile(
        "config-toml-integer",
        "a pyproject.toml with an integer of 10,000 digits",
        USAGE,
        "",
        _config("[tool.bplint]\nexclude = " + "9" * 10_000, "pyproject.toml"),
    ),
    Hostile("config-odd-values", "a configuration of values that nobody expects", USAGE, ""),
    Hostile(
        "inputs-deep",
        "an inputs file with 100,000 brackets",
        REFUSED,
        "BP006",
        _inputs("a: " + DEEP_JSON),
        WITH_INPUTS,
    ),
    Hostile(
        "inputs-json-deep",
        "the same as JSON",
        REFUSED,
        "BP006",
        _inputs('{"a": ' + DEEP_JSON + "}", "inputs.json"),
        ("blueprint.yaml", "-i", "inputs.json"),
    ),
    Hostile(
        "inputs-bomb",
        "an inputs file with an alias bomb",
        REFUSED,
        "BP007",
        _inputs(
            "a0: &a0 [x]\n"
            + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30))
        ),
        WITH_INPUTS,
    ),
    Hostile(
        "inputs-object",
        "an inputs file with Python tags",
        REFUSED,
        "BP031",
        _inputs("a: !!python/object/apply:os.system ['touch owned']\n"),
        WITH_INPUTS,
    ),
    Hostile(
        "inputs-device",
        "a device as the inputs file",
        REFUSED,
        "BP001",
        _inputs("a: 1\n"),
        ("blueprint.yaml", "-i", "/dev/zero"),
        is_posix=True,
    ),
    Hostile(
        "inputs-integer",
        "an input of 100,000 digits on the command line",
        REFUSED,
        "BP682",
        _inputs(""),
        ("blueprint.yaml", "-i", "a=" + "9" * 100_000),
    ),
    Hostile(
        "inputs-bytes",
        "an inputs file of bytes that are no text",
        REFUSED,
        "BP003",
        _inputs(b"\xff\xfe\xfd"),
        WITH_INPUTS,
    ),
    Hostile(
        "inputs-list", "an inputs file that is no mapping", REFUSED, "BP687", _inputs("- 1\n"), WITH_INPUTS
    ),
    Hostile(
        "inputs-pattern",
        "an input for a pattern that backtracks for ever",
        ACCEPTED,
        "",
        files(
            **{
                "blueprint.yaml": HEAD + "inputs: {a: {type: string, constraints: [{pattern: '(x+)+y'}]}}\n",
                "inputs.yaml": f"a: {'x' * 5000}\n",
            }
        ),
        WITH_INPUTS,
    ),
    Hostile(
        "plugin-json-deep",
        "a plugin.json with 100,000 brackets",
        REFUSED,
        "BP006",
        _plugin(DEEP_JSON, "plugin.json"),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-json-odd",
        "a plugin.json with lone surrogates, NaN and integers of 5,000 digits",
        REFUSED,
        "BP039",
        _plugin('{"plugins": {"acme": {"a": "\\ud800", "b": NaN, "c": ' + "9" * 5_000 + "}}}", "plugin.json"),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-bomb",
        "a plugin.yaml with an alias bomb",
        REFUSED,
        "BP007",
        _plugin(
            "a0: &a0 [x]\n"
            + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30))
        ),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-list", "a plugin.yaml that is no mapping", REFUSED, "BP008", _plugin("- 1\n"), WITH_PLUGINS
    ),
    Hostile(
        "plugin-links",
        "plugin folders that link to themselves",
        ACCEPTED,
        "",
        _plugin_links,
        WITH_PLUGINS,
        is_posix=True,
    ),
    Hostile(
        "baseline-deep", "a baseline with 100,000 brackets", USAGE, "", _baseline(DEEP_JSON), WITH_BASELINE
    ),
    Hostile(
        "baseline-odd",
        "a baseline of values that nobody expects",
        USAGE,
        "",
        _baseline('{"version": 1, "files": {"a": [1, null, {"b": 1e999}], "c": 9}}'),
        WITH_BASELINE,
    ),
    Hostile(
        "baseline-integer",
        "a baseline with an integer of 5,000 digits",
        USAGE,
        "",
        _baseline("9" * 5_000),
        WITH_BASELINE,
    ),
    Hostile(
        "baseline-bytes",
        "a baseline of bytes that are no text",
        USAGE,
        "",
        _baseline(b"\xff\xfe"),
        WITH_BASELINE,
    ),
    Hostile(
        "baseline-device",
        "a device as the baseline",
        USAGE,
        "",
        _baseline(b""),
        ("blueprint.yaml", "--baseline", "/dev/zero"),
        is_posix=True,
    ),
)
