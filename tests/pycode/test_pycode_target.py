"""Names to definitions, as Python's import system would find them."""

# ruff: noqa: E501  tables of code, one case a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bplint.pycode.files.codebase import CodeBase
from bplint.pycode.files.folders import FolderPlace
from bplint.pycode.names.signature import signature_of
from bplint.pycode.names.target import FOUND, MISSING, UNKNOWN, TargetResolver

if TYPE_CHECKING:
    from pathlib import Path

    from bplint.pycode.names.target import Resolution

FILES = {
    "pkg/__init__.py": "from .tasks import create as make\nfrom . import tasks\nfrom .star import *\n",
    "pkg/tasks.py": "def create(ctx): ...\nasync def wait(ctx): ...\nLIMIT = 3\n",
    "pkg/star.py": "__all__ = ['shown']\ndef shown(ctx): ...\ndef hidden(ctx): ...\n",
    "pkg/open_star.py": "from .plain import *\n",
    "pkg/plain.py": "def public(ctx): ...\ndef _private(ctx): ...\n",
    "pkg/far_star.py": "from nowhere_at_all import *\n",
    "pkg/choice.py": (
        "import sys\nif sys.platform == 'win32':\n    def run(ctx): ...\nelse:\n    def run(ctx, shell): ...\n"
        "try:\n    from fast import go\nexcept ImportError:\n    def go(ctx): ...\n"
        "if TYPE_CHECKING:\n    def typed(ctx): ...\n"
    ),
    "pkg/classes.py": (
        "class Base:\n    def __init__(self, ctx, depth=1): ...\n    def stop(self): ...\n"
        "class Pump(Base):\n    @staticmethod\n    def start(ctx): ...\n    @classmethod\n    def make(cls, ctx): ...\n"
        "start = Pump.start\nstop = Pump.stop\n"
    ),
    "pkg/partials.py": (
        "import functools\nfrom functools import partial\ndef base(ctx, speed, *, depth): ...\n"
        "fast = partial(base, speed=3)\ndeep = functools.partial(base, depth=1)\n"
    ),
    "pkg/alias.py": "from .tasks import create\nagain = create\nshort = lambda ctx, x=1: x\nmade = build()\n",
    "pkg/late.py": "def __getattr__(name):\n    return print\n",
    "pkg/computed.py": "for name in ('a', 'b'):\n    globals()[name] = print\n",
    "pkg/broken.py": "def create(ctx)\n",
    "pkg/round_a.py": "from .round_b import lost\n",
    "pkg/round_b.py": "from .round_a import lost\n",
    "pkg/gone.py": "def late(ctx): ...\ndel late\n",
    "pkg/native.cpython-311-x86_64-linux-gnu.so": "",
    "pkg/compiled.pyc": "",
    "space/inner/mod.py": "def create(ctx): ...\n",
    "single.py": "def create(ctx): ...\nbuilt_in = print\n",
    "no_code/readme.txt": "",
    "pkg/accents.py": "é = 1\ndef créer(ctx): ...\n",
    "pkg/nested.py": "with open('x') as handle:\n    def within(ctx): ...\nwhile True:\n    def looped(ctx): ...\n    break\n",
}

CASES = [
    ("pkg.tasks.create", FOUND, "pkg/tasks.py:1"),
    ("pkg.make", FOUND, "pkg/tasks.py:1"),
    ("pkg.tasks.wait", FOUND, "pkg/tasks.py:2"),
    ("pkg.shown", FOUND, "pkg/star.py:2"),
    ("pkg.hidden", MISSING, "attribute hidden"),
    ("pkg.open_star.public", FOUND, "pkg/plain.py:1"),
    ("pkg.open_star._private", MISSING, "attribute _private"),
    ("pkg.far_star.anything", UNKNOWN, "it may come from 'nowhere_at_all', which is not here"),
    ("pkg.choice.run", FOUND, "pkg/choice.py:3 pkg/choice.py:5"),
    ("pkg.choice.go", FOUND, "pkg/choice.py:9 ?"),
    ("pkg.choice.typed", MISSING, "attribute typed"),
    ("pkg.classes.Pump", FOUND, "pkg/classes.py:4"),
    ("pkg.classes.Pump.start", FOUND, "pkg/classes.py:6"),
    ("pkg.classes.Pump.stop", FOUND, "pkg/classes.py:3"),
    ("pkg.classes.Pump.halt", MISSING, "attribute halt"),
    ("pkg.classes.start", FOUND, "pkg/classes.py:6"),
    ("pkg.alias.again", FOUND, "pkg/tasks.py:1"),
    ("pkg.alias.short", FOUND, "pkg/alias.py:3"),
    ("pkg.alias.made", FOUND, "?"),
    ("pkg.partials.fast", FOUND, "pkg/partials.py:4"),
    ("pkg.late.anything", UNKNOWN, "'pkg.late' makes names at run time"),
    ("pkg.computed.a", UNKNOWN, "'pkg.computed' makes names at run time"),
    ("pkg.broken.create", UNKNOWN, "'pkg/broken.py' does not parse"),
    ("pkg.round_a.lost", UNKNOWN, "names are re-exported in a circle"),
    ("pkg.gone.late", MISSING, "attribute late"),
    ("pkg.native.create", UNKNOWN, "'pkg.native' is a C extension"),
    ("pkg.compiled.create", UNKNOWN, "'pkg.compiled' is compiled, without its source"),
    ("pkg.absent.create", MISSING, "module pkg.absent"),
    ("pkg.tasks.deeper.create", MISSING, "module pkg.tasks.deeper"),
    ("pkg.tasks.creat", MISSING, "attribute creat"),
    ("space.inner.mod.create", FOUND, "space/inner/mod.py:1"),
    ("space.outer.mod.create", MISSING, "module space.outer"),
    ("single.create", FOUND, "single.py:1"),
    ("single.built_in", FOUND, "?"),
    ("no_code.create", UNKNOWN, "package 'no_code' is not here"),
    ("nowhere.create", UNKNOWN, "package 'nowhere' is not here"),
    ("pkg.accents.créer", FOUND, "pkg/accents.py:2"),
    ("pkg.nested.within", FOUND, "pkg/nested.py:2"),
    ("pkg.nested.looped", FOUND, "pkg/nested.py:4"),
    ("pkg.tasks", FOUND, "pkg/tasks.py"),
    ("create", MISSING, "attribute create"),
    ("pkg..create", UNKNOWN, "'pkg.' is no name of a module"),
]


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> TargetResolver:
    folder: Path = tmp_path_factory.mktemp("code")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return TargetResolver(CodeBase(), (FolderPlace(str(folder), "", "root", True),))


def told(answer: Resolution) -> str:
    if answer.state == MISSING:
        return f"{answer.part} {answer.name}"
    if answer.state == UNKNOWN:
        return answer.reason
    return " ".join(place_of(definition) for definition in answer.definitions)


def place_of(definition: object) -> str:
    kind = definition.kind  # type: ignore[attr-defined]
    path = definition.module.path  # type: ignore[attr-defined]
    if kind == "opaque":
        return "?"
    return path if kind == "module" else f"{path}:{definition.node.lineno}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "state", "what"), CASES, ids=[case[0] for case in CASES])
def test_name_is_resolved(resolver: TargetResolver, name: str, state: str, what: str) -> None:
    answer = resolver.resolve(name)
    assert (answer.state, told(answer)) == (state, what)


def test_the_nearest_names_are_known(resolver: TargetResolver) -> None:
    assert "create" in resolver.resolve("pkg.tasks.creat").known
    assert "tasks" in resolver.resolve("pkg.taks.create").known


def test_each_file_is_parsed_once(resolver: TargetResolver) -> None:
    for name, _, _ in CASES:
        resolver.resolve(name)
    first = list(resolver.code.modules())
    for name, _, _ in CASES:
        resolver.resolve(name)
    assert [id(module) for module in resolver.code.modules()] == [id(module) for module in first]


DECORATORS = {
    "deco/__init__.py": "",
    "deco/tools.py": (
        "from functools import wraps\n"
        "def loud(function):\n    @wraps(function)\n    def inner(*args, **kwargs):\n"
        "        print(kwargs.get('ctx'))\n        return function(*args, **kwargs)\n    return inner\n"
        "def adding(function):\n    @wraps(function)\n    def inner(*args, **kwargs):\n"
        "        kwargs['more'] = 1\n        return function(*args, **kwargs)\n    return inner\n"
        "def named(text):\n    def outer(function):\n        @wraps(function)\n        def inner(*args, **kwargs):\n"
        "            return function(*args, **kwargs)\n        return inner\n    return outer\n"
        "def same(function):\n    function.marked = True\n    return function\n"
        "def fixed(function):\n    def inner(ctx):\n        return function(ctx)\n    return inner\n"
    ),
    "deco/tasks.py": (
        "from cloudify.decorators import operation, workflow\nfrom cloudify import decorators\n"
        "from elsewhere import strange\nfrom .tools import adding, fixed, loud, named, same\n"
        "@workflow\ndef bare(ctx, a): ...\n@workflow(resumable=True)\ndef called(ctx, a): ...\n"
        "@decorators.operation\ndef dotted(ctx, a): ...\n@decorators.serial_operation(threshold=1)\ndef serial(ctx, a): ...\n"
        "@loud\ndef wrapped(ctx, a): ...\n@named('x')\ndef factory(ctx, a): ...\n@same\ndef kept(ctx, a): ...\n"
        "@strange\ndef unknown(ctx, a): ...\n@adding\ndef added(ctx, a): ...\n@fixed\ndef replaced(ctx, a): ...\n"
        "class Task:\n    def __init__(self, ctx, a, *, b=1): ...\nclass Meta(metaclass=type):\n    def __init__(self, ctx): ...\n"
        "def shapes(ctx, a, /, b, c=2, *rest, d, e=4, **others): ...\nshort = lambda ctx, a: a\n"
        "async def later(ctx): ...\n"
    ),
}
SIGNATURES = [
    ("bare", "bare(ctx, a)", True),
    ("called", "called(ctx, a)", True),
    ("dotted", "dotted(ctx, a)", True),
    ("serial", "serial(ctx, a)", True),
    ("wrapped", "wrapped(ctx, a)", True),
    ("factory", "factory(ctx, a)", True),
    ("kept", "kept(ctx, a)", True),
    ("unknown", "unknown(ctx, a)", False),
    ("added", "added(ctx, a)", True),
    ("replaced", "replaced(ctx, a)", True),
    ("Task", "Task", True),
    ("Meta", "Meta", False),
    ("shapes", "shapes(ctx, a, /, b, c=2, *rest, d, e=4, **others)", True),
    ("short", "short(ctx, a)", True),
    ("later", "later(ctx)", False),
]


@pytest.mark.parametrize(("name", "text", "is_trusted"), SIGNATURES, ids=[case[0] for case in SIGNATURES])
def test_signature(tmp_path: Path, name: str, text: str, is_trusted: bool) -> None:
    for path, content in DECORATORS.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    resolver = TargetResolver(CodeBase(), (FolderPlace(str(tmp_path), "", "root", True),))
    definition = resolver.resolve(f"deco.tasks.{name}").definition
    assert definition is not None
    signature = signature_of(definition, resolver)
    assert (signature.text, not signature.doubt) == (text, is_trusted)


def test_what_a_partial_leaves_open(resolver: TargetResolver) -> None:
    definition = resolver.resolve("pkg.partials.fast").definition
    assert definition is not None
    signature = signature_of(definition, resolver)
    assert [argument.name for argument in signature.required()] == ["ctx", "depth"]
    assert signature.accepts("speed")
    assert not signature.accepts("colour")
