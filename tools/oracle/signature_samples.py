# ruff: noqa: E501  (a table)
"""Functions behind mappings: decorators, signatures and what is handed over. Whether a call fails says a real
call (`signature_calls.py`)."""

from __future__ import annotations

from itertools import product
from typing import Final

# the text of a decorator, and how it is applied
DECORATORS: Final[dict[str, tuple[str, str]]] = {
    "none": ("", ""),
    "operation": ("from cloudify.decorators import operation", "@operation"),
    "operation with arguments": ("from cloudify.decorators import operation", "@operation(resumable=True)"),
    "wraps": (
        "import functools\ndef deco(fn):\n    @functools.wraps(fn)\n    def inner(*args, **kwargs):\n"
        "        return fn(*args, **kwargs)\n    return inner",
        "@deco",
    ),
    "keywords only": (
        "def deco(fn):\n    def inner(**kwargs):\n        return fn(**kwargs)\n    return inner",
        "@deco",
    ),
    "named ctx": (
        "def deco(fn):\n    def inner(ctx, **kwargs):\n        return fn(ctx=ctx, **kwargs)\n    return inner",
        "@deco",
    ),
    "ctx by position": (
        "def deco(fn):\n    def inner(ctx, **kw):\n        return fn(ctx, **kw)\n    return inner",
        "@deco",
    ),
    "adds a client": (
        "def deco(fn):\n    def inner(**kwargs):\n        kwargs['client'] = 1\n        return fn(**kwargs)\n"
        "    return inner",
        "@deco",
    ),
    "adds by keyword": (
        "def deco(fn):\n    def inner(**kwargs):\n        return fn(client=1, **kwargs)\n    return inner",
        "@deco",
    ),
    "adds by update": (
        "def deco(fn):\n    def inner(**kwargs):\n        kwargs.update({'client': 1})\n        return fn(**kwargs)\n"
        "    return inner",
        "@deco",
    ),
    "removes": (
        "def deco(fn):\n    def inner(**kwargs):\n        kwargs.pop('speed', None)\n        return fn(**kwargs)\n"
        "    return inner",
        "@deco",
    ),
    "named speed kept": (
        "def deco(fn):\n    def inner(speed=1, **kwargs):\n        return fn(**kwargs)\n    return inner",
        "@deco",
    ),
    "needs a name": (
        "def deco(fn):\n    def inner(ctx, name, **kwargs):\n        return fn(ctx=ctx, **kwargs)\n    return inner",
        "@deco",
    ),
    "hands nothing on": (
        "def deco(fn):\n    def inner(**kwargs):\n        return None\n    return inner",
        "@deco",
    ),
    "ctx alone": ("def deco(fn):\n    def inner(ctx):\n        return fn(ctx)\n    return inner", "@deco"),
    "factory": (
        "def deco(kind, deep=False):\n    def outer(fn):\n        def inner(**kwargs):\n            kwargs['client'] = kind\n"
        "            return fn(**kwargs)\n        return inner\n    return outer",
        "@deco('x')",
    ),
    "factory that keeps it": (
        "def deco(kind):\n    def outer(fn):\n        fn.kind = kind\n        return fn\n    return outer",
        "@deco(1)",
    ),
    "two of them": (
        "def one(fn):\n    def inner(**kwargs):\n        kwargs['client'] = 1\n        return fn(**kwargs)\n"
        "    return inner\ndef deco(fn):\n    def inner(ctx, **kwargs):\n        return fn(ctx=ctx, **kwargs)\n"
        "    return inner",
        "@deco\n@one",
    ),
    "made by another": (
        "def one(fn):\n    def inner(**kwargs):\n        kwargs['client'] = 1\n        return fn(**kwargs)\n"
        "    return inner\ndef deco(fn):\n    return one(fn)",
        "@deco",
    ),
    "dynamic key": (
        "KEY = 'client'\ndef deco(fn):\n    def inner(**kwargs):\n        kwargs[KEY] = 1\n        return fn(**kwargs)\n"
        "    return inner",
        "@deco",
    ),
    "helper changes them": (
        "def fill(kw):\n    kw['client'] = 1\n    kw.pop('speed', None)\ndef deco(fn):\n    def inner(**kwargs):\n"
        "        fill(kwargs)\n        return fn(**kwargs)\n    return inner",
        "@deco",
    ),
    "new mapping": (
        "def deco(fn):\n    def inner(**kwargs):\n        new = {'ctx': kwargs['ctx'], 'client': 1}\n"
        "        return fn(**new)\n    return inner",
        "@deco",
    ),
    "class with call": (
        "class Deco:\n    def __init__(self, kind):\n        self.kind = kind\n    def __call__(self, fn):\n"
        "        def inner(**kwargs):\n            return fn(client=1, **kwargs)\n        return inner",
        "@Deco(1)",
    ),
    "optional arguments": (
        "def deco(fn=None, kind=None):\n    def outer(function):\n        def inner(**kwargs):\n"
        "            return function(**kwargs)\n        return inner\n    if fn is not None:\n        return outer(fn)\n"
        "    return outer",
        "@deco(kind=1)",
    ),
    "retries": (
        "import time\nfrom functools import wraps\ndef deco(times):\n    def outer(fn):\n        @wraps(fn)\n"
        "        def inner(*args, **kwargs):\n            for _ in range(times):\n                try:\n"
        "                    return fn(*args, **kwargs)\n                except ValueError:\n"
        "                    time.sleep(0)\n        return inner\n    return outer",
        "@deco(2)",
    ),
    "lambda": ("deco = lambda fn: lambda **kw: fn(**kw)", "@deco"),
    "inner is decorated": (
        "from cloudify.decorators import operation\ndef deco(fn):\n    @operation\n    def inner(**kwargs):\n"
        "        return fn(**kwargs)\n    return inner",
        "@deco",
    ),
}
FUNCTIONS: Final = (
    "def f(ctx, **kwargs): pass",
    "def f(ctx): pass",
    "def f(speed, ctx): pass",
    "def f(ctx, client, **_): pass",
    "def f(ctx, name, speed=2): pass",
    "def f(**kwargs): pass",
)
GIVEN: Final = ((), ("speed",), ("name", "speed"))
# shapes without decorators
OTHERS: Final[dict[str, str]] = {
    "partial": "import functools\ndef g(ctx, a, speed): pass\nf = functools.partial(g, a=1)",
    "partial by position": "import functools\ndef g(a, ctx, speed): pass\nf = functools.partial(g, 1)",
    "instance": "class C:\n    def __call__(self, ctx, speed): pass\nf = C()",
    "instance with more": "class C:\n    def __init__(self, a): pass\n    def __call__(self, ctx, name): pass\nf = C(1)",
    "bound method": "class C:\n    def run(self, ctx, speed=1): pass\nc = C()\nf = c.run",
    "function of a class": "class C:\n    def run(self, ctx, speed=1): pass\nf = C.run",
    "static method": "class C:\n    @staticmethod\n    def run(ctx, speed): pass\nf = C.run",
    "class method": "class C:\n    @classmethod\n    def run(cls, ctx, speed): pass\nf = C.run",
    "inherited method": "class B:\n    def run(self, ctx): pass\nclass C(B): pass\nf = C().run",
    "class": "class f:\n    def __init__(self, ctx, speed): pass",
    "class without init": "class f: pass",
    "lambda": "f = lambda ctx, speed=1: None",
    "positional only": "def f(ctx, /, speed=1): pass",
    "keyword only": "def f(*, ctx, speed): pass",
    "alias": "def g(ctx, name): pass\nf = g",
    "either": "import os\nif os.name:\n    def f(ctx, name): pass\nelse:\n    def f(ctx, speed): pass",
}


def samples() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name → the text of the module, and the names that are handed over beside ctx."""
    found = {}
    for (name, (text, applied)), function, given in product(DECORATORS.items(), FUNCTIONS, GIVEN):
        module = "\n".join(part for part in (text, applied, function) if part)
        found[f"{name}: {function} {', '.join(given)}"] = (module + "\n", given)
    for (name, text), given in product(OTHERS.items(), GIVEN):
        found[f"{name} {', '.join(given)}"] = (text + "\n", given)
    return found
