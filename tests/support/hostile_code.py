"""Hostile Python modules and scripts behind the mappings of a plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.hostile_case import ACCEPTED, EITHER, REFUSED, Hostile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLUGIN: Final = """\
plugins:
  acme: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
node_types:
  acme.T:
    derived_from: cloudify.nodes.Root
    interfaces:
      cloudify.interfaces.lifecycle:
        create: acme.acme_code.tasks.create
workflows:
  flow: acme.acme_code.tasks.flow
"""
GOOD: Final = """\
from cloudify.decorators import operation, workflow


@operation
def create(ctx, **kwargs):
    pass


@workflow
def flow(ctx, **kwargs):
    pass
"""
SETUP: Final = "from setuptools import setup\n\nsetup(name='acme', version='1.0', packages=['acme_code'])\n"


def code(make: Callable[[], str | bytes], name: str = "acme_code/tasks.py") -> Callable[[Path], None]:
    """A plugin whose module holds this."""

    def write(folder: Path) -> None:
        content = make()
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        (folder / "acme_code").mkdir()
        (folder / "acme_code" / "__init__.py").write_text("")
        (folder / "acme_code" / "tasks.py").write_text(GOOD)
        (folder / "setup.py").write_text(SETUP)
        (folder / "plugin.yaml").write_text(PLUGIN)
        (folder / name).write_bytes(data)

    return write


def _links(folder: Path) -> None:
    code(lambda: GOOD)(folder)
    (folder / "loop").symlink_to(".")
    (folder / "acme_code" / "up").symlink_to("..")


def _module_link(folder: Path) -> None:
    code(lambda: GOOD)(folder)
    (folder / "acme_code" / "tasks.py").unlink()
    (folder / "acme_code" / "tasks.py").symlink_to("tasks.py")


def _module_device(folder: Path) -> None:
    code(lambda: GOOD)(folder)
    (folder / "acme_code" / "tasks.py").unlink()
    (folder / "acme_code" / "tasks.py").symlink_to("/dev/zero")


def _module_pipe(folder: Path) -> None:
    import os

    code(lambda: GOOD)(folder)
    (folder / "acme_code" / "tasks.py").unlink()
    os.mkfifo(folder / "acme_code" / "tasks.py")


def _circle(folder: Path) -> None:
    """Modules that import a name from one another in a circle, and everything with stars."""
    code(lambda: "from .a import *\nfrom .a import create, flow\n")(folder)
    (folder / "acme_code" / "a.py").write_text("from .b import *\nfrom .b import create, flow\n")
    (folder / "acme_code" / "b.py").write_text("from .a import *\nfrom .a import create, flow\n")


def _chain(folder: Path) -> None:
    code(lambda: "from .m0 import create, flow\n")(folder)
    for index in range(2_000):
        (folder / "acme_code" / f"m{index}.py").write_text(f"from .m{index + 1} import create, flow\n")
    (folder / "acme_code" / "m2000.py").write_text(GOOD)


def _fan(folder: Path) -> None:
    """Each of 12 modules takes everything from all others."""
    stars = "".join(f"from .m{index} import *\n" for index in range(12))
    code(lambda: stars)(folder)
    for index in range(12):
        (folder / "acme_code" / f"m{index}.py").write_text(stars)


ARGUMENTS: Final = ("plugin.yaml",)
_DEEP: Final = 5_000


def _case(
    name: str, about: str, outcome: str, make: Callable[[], str | bytes], file: str = "acme_code/tasks.py"
) -> Hostile:
    return Hostile(f"code-{name}", about, outcome, "", code(make, file), ARGUMENTS)


def _nested_blocks(depth: int) -> str:
    return GOOD + "".join("    " * level + "if len:\n" for level in range(depth)) + "    " * depth + "pass\n"


def _called(count: int) -> str:
    """A workflow that calls a function that calls the next two, and so on."""
    lines = GOOD.replace("def flow(ctx, **kwargs):\n    pass", "def flow(ctx, **kwargs):\n    f0(ctx)")
    for index in range(count):
        lines += f"\n\ndef f{index}(ctx):\n    f{index + 1}(ctx)\n    f{index + 1}(ctx)\n"
    return lines + f"\n\ndef f{count}(ctx):\n    ctx.graph_mode()\n    f0(ctx)\n"


def _branches(count: int) -> str:
    lines = GOOD.replace(
        "def flow(ctx, **kwargs):\n    pass", "def flow(ctx, **kwargs):\n    graph = ctx.graph_mode()"
    )
    for index in range(count):
        lines += f"    if ctx.x{index}:\n        graph.add_task(a{index})\n"
        lines += "    else:\n        graph = ctx.graph_mode()\n"
    return lines


def _loops(depth: int) -> str:
    lines = GOOD.replace(
        "def flow(ctx, **kwargs):\n    pass", "def flow(ctx, **kwargs):\n    graph = ctx.graph_mode()"
    )
    for level in range(depth):
        lines += "    " * (level + 1) + f"for x{level} in ctx.nodes:\n"
    return lines + "    " * (depth + 1) + "graph.add_task(x0)\n"


CODE: Final = (
    _case("good", "a module that is harmless", ACCEPTED, lambda: GOOD),
    _case(
        "deep-brackets",
        "brackets 5,000 deep",
        EITHER,
        lambda: GOOD + "x = " + "(" * _DEEP + ")" * _DEEP + "\n",
    ),
    _case(
        "deep-unary",
        "an expression of 100,000 minus signs",
        EITHER,
        lambda: GOOD + "x = " + "-" * 100_000 + "1\n",
    ),
    _case("deep-sum", "a sum of 100,000 parts", EITHER, lambda: GOOD + "x = " + "1+" * 100_000 + "1\n"),
    _case("deep-sum-of-names", "a sum of 3,000 names", EITHER, lambda: GOOD + "x = " + "a+" * 3_000 + "a\n"),
    _case(
        "deep-attributes",
        "an attribute of 3,000 attributes",
        EITHER,
        lambda: GOOD + "x = a" + ".b" * 3_000 + "\n",
    ),
    _case(
        "deep-calls", "a call of 900 calls' results", ACCEPTED, lambda: GOOD + "x = len" + "()" * 900 + "\n"
    ),
    _case(
        "deep-attributes-default",
        "the same as the default of a parameter",
        ACCEPTED,
        lambda: GOOD.replace("def create(ctx,", "def create(ctx, a=len" + ".c" * 900 + ","),
    ),
    _case(
        "deep-decorator",
        "a decorator of 900 attributes",
        ACCEPTED,
        lambda: GOOD.replace("@operation", "@len" + ".b" * 900),
    ),
    _case(
        "deep-else",
        "an elif chain of 2,000",
        ACCEPTED,
        lambda: GOOD + "if len: pass\n" + "elif max: pass\n" * 2_000,
    ),
    _case(
        "deep-else-flow",
        "an elif chain of 900 in a workflow",
        REFUSED,
        lambda: GOOD + "    if a: pass\n" + "    elif b: pass\n" * 900,
    ),
    _case("deep-lambda", "lambdas in lambdas", EITHER, lambda: GOOD + "x = " + "lambda: " * 150 + "1\n"),
    _case("deep-blocks", "blocks 99 deep", ACCEPTED, lambda: _nested_blocks(99)),
    _case("too-deep-blocks", "blocks 500 deep", EITHER, lambda: _nested_blocks(500)),
    _case(
        "string-chain",
        "a hundred thousand strings that make one",
        ACCEPTED,
        lambda: GOOD + "x = (" + "'a' " * 100_000 + ")\n",
    ),
    _case(
        "f-strings",
        "formatted strings in formatted strings",
        EITHER,
        lambda: GOOD + "x = " + "f'{" * 200 + "1" + "}'" * 200 + "\n",
    ),
    _case(
        "huge-integer", "an integer of 100,000 digits", REFUSED, lambda: GOOD + "x = " + "9" * 100_000 + "\n"
    ),
    _case(
        "huge-hexadecimal",
        "the same hexadecimal, as a default",
        EITHER,
        lambda: GOOD.replace("def flow(ctx,", "def flow(ctx, a=0x" + "f" * 100_000 + ","),
    ),
    _case(
        "huge-power",
        "defaults that would take all memory to work out",
        ACCEPTED,
        lambda: GOOD.replace(
            "def flow(ctx,", "def flow(ctx, a=9**9**9**9, b='x' * 10**12, c=1 << 10**12, d=-(-9),"
        ),
    ),
    _case(
        "surrogate-default",
        "a default with a lone surrogate",
        ACCEPTED,
        lambda: GOOD.replace("def flow(ctx,", "def flow(ctx, a='\\ud800',"),
    ),
    _case("nuls", "NUL bytes", REFUSED, lambda: GOOD.encode() + b"x = '\0'\n"),
    _case(
        "encoding-unknown",
        "an encoding that is not there",
        ACCEPTED,
        lambda: b"# coding: owned\n" + GOOD.encode(),
    ),
    _case(
        "encoding-odd",
        "an encoding that is none of text",
        ACCEPTED,
        lambda: b"# coding: zlib\n" + GOOD.encode(),
    ),
    _case(
        "encoding-idna",
        "an encoding of slow time",
        ACCEPTED,
        lambda: b"# coding: idna\n" + GOOD.encode() + b"#" + b"a." * 100_000,
    ),
    _case(
        "encoding-escape",
        "the text is in escapes",
        ACCEPTED,
        lambda: b"# coding: unicode_escape\n" + GOOD.encode(),
    ),
    _case("encoding-utf7", "UTF-7", ACCEPTED, lambda: b"# coding: utf-7\n" + GOOD.encode()),
    _case(
        "encoding-undefined",
        "the codec that always fails",
        ACCEPTED,
        lambda: b"# coding: undefined\n" + GOOD.encode(),
    ),
    _case("bad-utf8", "bytes that are no UTF-8", ACCEPTED, lambda: GOOD.encode() + b"# \xff\xfe\n"),
    _case("binary", "a megabyte of noise", ACCEPTED, lambda: bytes(range(256)) * 4096),
    _case("empty", "a module of no bytes", REFUSED, lambda: b""),
    _case(
        "large",
        "a module of 2 MB",
        ACCEPTED,
        lambda: GOOD + "x = [\n" + "    'some text',\n" * 120_000 + "]\n",
    ),
    _case("too-large", "a module of 40 MB", ACCEPTED, lambda: GOOD + "#" * 40_000_000),
    _case("calls-double", "a workflow of 2^60 calls", ACCEPTED, lambda: _called(60)),
    _case("branches", "a workflow of 2^200 paths", REFUSED, lambda: _branches(200)),
    _case("loops", "loops 19 deep", REFUSED, lambda: _loops(19)),
    _case(
        "definitions",
        "20,000 functions",
        ACCEPTED,
        lambda: GOOD + "".join(f"def f{i}(a, b=1): return a\n" for i in range(20_000)),
    ),
    _case(
        "parameters",
        "a workflow of 5,000 parameters",
        ACCEPTED,
        lambda: GOOD.replace(
            "def flow(ctx,", "def flow(ctx, " + ", ".join(f"p{i}=1" for i in range(5_000)) + ","
        ),
    ),
    _case(
        "executes",
        "a module that would say it was run",
        ACCEPTED,
        lambda: GOOD + "open('owned', 'w').close()\nraise SystemExit(7)\n",
    ),
    _case(
        "setup-executes",
        "a setup.py that would say it was run",
        ACCEPTED,
        lambda: SETUP + "open('owned', 'w').close()\nraise SystemExit(7)\n",
        "setup.py",
    ),
    _case(
        "setup-deep",
        "a setup.py with brackets 5,000 deep",
        ACCEPTED,
        lambda: "x = " + "[" * _DEEP + "]" * _DEEP,
        "setup.py",
    ),
    _case(
        "setup-toml",
        "a pyproject.toml with brackets 100,000 deep",
        ACCEPTED,
        lambda: "[project]\nname = " + "[" * 100_000 + "]" * 100_000,
        "pyproject.toml",
    ),
    Hostile(
        "code-imports-in-circle", "modules that import from one another", REFUSED, "", _circle, ARGUMENTS
    ),
    Hostile(
        "code-imports-chained", "a name that comes through 2,000 modules", ACCEPTED, "", _chain, ARGUMENTS
    ),
    Hostile(
        "code-imports-all", "12 modules that take everything from each other", ACCEPTED, "", _fan, ARGUMENTS
    ),
    Hostile(
        "code-folders-loop",
        "source folders that link to themselves",
        ACCEPTED,
        "",
        _links,
        ARGUMENTS,
        is_posix=True,
    ),
    Hostile(
        "code-link-loop",
        "a module that is a link to itself",
        ACCEPTED,
        "",
        _module_link,
        ARGUMENTS,
        is_posix=True,
    ),
    Hostile(
        "code-device", "a module that is a device", ACCEPTED, "", _module_device, ARGUMENTS, is_posix=True
    ),
    Hostile("code-pipe", "a module that is a pipe", ACCEPTED, "", _module_pipe, ARGUMENTS, is_posix=True),
)
