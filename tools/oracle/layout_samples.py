# ruff: noqa: E501  (a table)
"""Layouts of modules behind a mapping, each as a text: `# file` lines begin a file. The first line names the
module that is mapped. Whether it can be imported says a real import (`import_judge.py`)."""

from __future__ import annotations

from itertools import product
from typing import Final

_PACKAGE: Final = "# a/__init__.py\n"
WRITTEN: Final[dict[str, str]] = {
    "plain": "wf\n# wf.py\nimport os, sys\ndef f(ctx): pass",
    "missing sibling": "wf\n# wf.py\nimport helpers\ndef f(ctx): pass\n# other.py\n",
    "missing in package": f"a.wf\n{_PACKAGE}# a/wf.py\nimport a.helpers\ndef f(ctx): pass",
    "missing name": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n# a/h.py\ny = 1",
    "name there": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import y\ndef f(ctx): pass\n# a/h.py\ny = 1",
    "name deleted": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import y\ndef f(ctx): pass\n# a/h.py\ny = 1\ndel y",
    "name in branch": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import y\ndef f(ctx): pass\n"
    "# a/h.py\nimport sys\nif sys.version_info[0] > 2:\n    y = 1",
    "re-export of nothing": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import f\n# a/h.py\nfrom a.g import f\n# a/g.py\n",
    "re-export": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import f\n# a/h.py\nfrom a.g import f\n"
    "# a/g.py\ndef f(ctx): pass",
    "star": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import *\nfrom a.h import f\n# a/h.py\nfrom a.g import *\n"
    "# a/g.py\ndef f(ctx): pass",
    "star hides": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import _f\ndef f(ctx): pass\n# a/h.py\nfrom a.g import *\n"
    "# a/g.py\ndef _f(ctx): pass",
    "star with all": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import g\ndef f(ctx): pass\n# a/h.py\nfrom a.g import *\n"
    "# a/g.py\n__all__ = ['g']\ndef g(): pass",
    "all without the name": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import k\ndef f(ctx): pass\n# a/h.py\n"
    "from a.g import *\n# a/g.py\n__all__ = ['g']\ndef g(): pass\ndef k(): pass",
    "all grows": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import k\ndef f(ctx): pass\n# a/h.py\n"
    "from a.g import *\n# a/g.py\n__all__ = ['g']\ndef g(): pass\ndef k(): pass\n__all__.append('k')",
    "all lists nothing": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.g import *\ndef f(ctx): pass\n# a/g.py\n__all__ = ['k']",
    "submodule as name": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a import h\ndef f(ctx): pass\n# a/h.py\n",
    "no such submodule": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a import k\ndef f(ctx): pass\n# a/h.py\n",
    "init fails": "a.wf\n# a/__init__.py\nimport a.nothing\n# a/wf.py\ndef f(ctx): pass",
    "outer init fails": "a.b.wf\n# a/__init__.py\nfrom a.b.wf import nothing\n# a/b/__init__.py\n"
    "# a/b/wf.py\ndef f(ctx): pass",
    "init of another package": f"a.wf\n{_PACKAGE}# a/wf.py\nimport b.h\ndef f(ctx): pass\n"
    "# b/__init__.py\nimport nothing_of_this_name\n# b/h.py\n",
    "three deep": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom . import h\ndef f(ctx): pass\n# a/h.py\nfrom . import g\n"
    "# a/g.py\nfrom .k import nothing\n# a/k.py\n",
    "guarded": f"a.wf\n{_PACKAGE}# a/wf.py\ntry:\n    import a.nothing\nexcept ImportError:\n    pass\ndef f(ctx): pass",
    "guarded deep": f"a.wf\n{_PACKAGE}# a/wf.py\ntry:\n    import a.h\nexcept ImportError:\n    pass\ndef f(ctx): pass\n"
    "# a/h.py\nimport a.nothing",
    "guarded by value": f"a.wf\n{_PACKAGE}# a/wf.py\ntry:\n    import a.nothing\nexcept ValueError:\n    pass\n"
    "def f(ctx): pass",
    "guarded syntax": f"a.wf\n{_PACKAGE}# a/wf.py\ntry:\n    import a.h\nexcept ImportError:\n    pass\n"
    "def f(ctx): pass\n# a/h.py\ndef (:",
    "guarded by all": f"a.wf\n{_PACKAGE}# a/wf.py\ntry:\n    import a.h\nexcept Exception:\n    pass\n"
    "def f(ctx): pass\n# a/h.py\ndef (:",
    "finally does not guard": f"a.wf\n{_PACKAGE}# a/wf.py\ntry:\n    import a.nothing\nfinally:\n    x = 1\n"
    "def f(ctx): pass",
    "in else of try": f"a.wf\n{_PACKAGE}# a/wf.py\ntry:\n    import os\nexcept ImportError:\n    pass\nelse:\n"
    "    import a.nothing\ndef f(ctx): pass",
    "in class": f"a.wf\n{_PACKAGE}# a/wf.py\nclass C:\n    import a.nothing\ndef f(ctx): pass",
    "in function": f"a.wf\n{_PACKAGE}# a/wf.py\ndef f(ctx):\n    import a.nothing",
    "in with": f"a.wf\n{_PACKAGE}# a/wf.py\nimport warnings\nwith warnings.catch_warnings():\n    import a.nothing\n"
    "def f(ctx): pass",
    "type checking": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    "    import a.nothing\ndef f(ctx): pass",
    "relative at the top": "wf\n# wf.py\nfrom . import h\ndef f(ctx): pass\n# h.py\n",
    "relative name at the top": "wf\n# wf.py\nfrom .h import x\ndef f(ctx): pass\n# h.py\nx = 1",
    "too many dots": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom ..h import x\ndef f(ctx): pass\n# h.py\nx = 1",
    "two dots": "a.b.wf\n# a/__init__.py\n# a/b/__init__.py\n# a/b/wf.py\nfrom ..h import x\ndef f(ctx): pass\n"
    "# a/h.py\nx = 1",
    "three dots": "a.b.wf\n# a/__init__.py\n# a/b/__init__.py\n# a/b/wf.py\nfrom ...h import x\ndef f(ctx): pass\n"
    "# h.py\nx = 1",
    "implicit relative": f"a.wf\n{_PACKAGE}# a/wf.py\nimport helpers\ndef f(ctx): pass\n# a/helpers.py\n",
    "implicit from": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom helpers import x\ndef f(ctx): pass\n# a/helpers.py\nx = 1",
    "implicit and top": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom helpers import x\ndef f(ctx): pass\n# a/helpers.py\n"
    "# helpers.py\nx = 1",
    "implicit, top lacks it": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom helpers import x\ndef f(ctx): pass\n"
    "# a/helpers.py\nx = 1\n# helpers.py\n",
    "namespace package": "a.wf\n# a/wf.py\nfrom a import h\ndef f(ctx): pass\n# a/h.py\n",
    "namespace lacks": "a.wf\n# a/wf.py\nfrom a import k\ndef f(ctx): pass\n# a/h.py\n",
    "package over module": "wf\n# wf.py\nfrom h import x\ndef f(ctx): pass\n# h.py\nx = 1\n# h/__init__.py\n",
    "circle by name": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import g\nX = 1\ndef f(ctx): pass\n"
    "# a/h.py\nfrom a.wf import X\ndef g(): pass",
    "circle bound before": f"a.wf\n{_PACKAGE}# a/wf.py\nX = 1\nfrom a.h import g\ndef f(ctx): pass\n"
    "# a/h.py\nfrom a.wf import X\ndef g(): pass",
    "circle by module": f"a.wf\n{_PACKAGE}# a/wf.py\nimport a.h\nX = 1\ndef f(ctx): pass\n"
    "# a/h.py\nimport a.wf\ndef g(): pass",
    "circle by from module": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a import h\nX = 1\ndef f(ctx): pass\n"
    "# a/h.py\nfrom a import wf\ndef g(): pass",
    "circle of three": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a import h\nX = 1\ndef f(ctx): pass\n"
    "# a/h.py\nfrom a import g\n# a/g.py\nfrom a.wf import X",
    "circle entered elsewhere": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import g\ndef f(ctx): pass\n"
    "# a/h.py\nX = 1\nfrom a.k import y\ndef g(): pass\n# a/k.py\nfrom a.h import X\ny = X",
    "circle through init": "a.wf\n# a/__init__.py\nfrom a.wf import f\nVERSION = 1\n# a/wf.py\nfrom a import VERSION\n"
    "def f(ctx): pass",
    "init first binds": "a.wf\n# a/__init__.py\nVERSION = 1\nfrom a.wf import f\n# a/wf.py\nfrom a import VERSION\n"
    "def f(ctx): pass",
    "circle in function": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import g\nX = 1\ndef f(ctx): pass\n"
    "# a/h.py\ndef g():\n    from a.wf import X",
    "circle guarded": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import g\nX = 1\ndef f(ctx): pass\n"
    "# a/h.py\ntry:\n    from a.wf import X\nexcept ImportError:\n    X = 2\ndef g(): pass",
    "circle star": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import *\nX = 1\ndef f(ctx): pass\n"
    "# a/h.py\nfrom a.wf import *\ndef g(): pass",
    "imports itself": f"a.wf\n{_PACKAGE}# a/wf.py\nimport a.wf\nfrom a import wf\ndef f(ctx): pass",
    "submodule in circle": "a.wf\n# a/__init__.py\nfrom a import wf\n# a/wf.py\nfrom a import h\ndef f(ctx): pass\n"
    "# a/h.py\nfrom a import wf",
    "no syntax": f"a.wf\n{_PACKAGE}# a/wf.py\ndef f(ctx)\n    pass",
    "no syntax below": f"a.wf\n{_PACKAGE}# a/wf.py\nimport a.h\ndef f(ctx): pass\n# a/h.py\nx = = 1",
    "print statement": f"a.wf\n{_PACKAGE}# a/wf.py\ndef f(ctx):\n    print 'x'",
    "except with comma": f"a.wf\n{_PACKAGE}# a/wf.py\ndef f(ctx):\n    try:\n        pass\n    except ValueError, e:\n"
    "        pass",
    "raise with trace": f"a.wf\n{_PACKAGE}# a/wf.py\ndef f(ctx):\n    raise type(1), 2, None",
    "no such codec": f"a.wf\n{_PACKAGE}# a/wf.py\nimport a.h\ndef f(ctx): pass\n# a/h.py\n# coding: no-such-codec\n",
    "module getattr": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n"
    "# a/h.py\ndef __getattr__(name):\n    return 1",
    "globals": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n# a/h.py\nglobals()['x'] = 1",
    "set by global": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n"
    "# a/h.py\ndef g():\n    global x\n    x = 1\ng()",
    "future first": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom __future__ import annotations\nimport os\ndef f(ctx): pass",
    "name in loop": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n# a/h.py\nfor x in (1, 2): pass",
    "name in with": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n"
    "# a/h.py\nimport io\nwith io.StringIO() as x: pass",
    "name by walrus": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n# a/h.py\nprint(x := 1)",
    "name of except": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n"
    "# a/h.py\ntry:\n    1 / 0\nexcept ZeroDivisionError as x:\n    pass",
    "name of class body": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n# a/h.py\nclass C:\n    x = 1",
    "annotated only": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import x\ndef f(ctx): pass\n# a/h.py\nx: int",
    "imported name": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import os, sub\ndef f(ctx): pass\n"
    "# a/h.py\nimport os\nfrom re import sub",
    "dotted import binds the top": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import os\ndef f(ctx): pass\n"
    "# a/h.py\nimport os.path",
    "dotted import does not bind the end": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import path\ndef f(ctx): pass\n"
    "# a/h.py\nimport os.path",
    "imported as": f"a.wf\n{_PACKAGE}# a/wf.py\nfrom a.h import p\ndef f(ctx): pass\n# a/h.py\nimport os.path as p",
}
# names at the top level of the mapped module, and what only the compiler refuses
TOP_LEVEL: Final[dict[str, str]] = {
    "decorator without import": "@operation\ndef f(ctx): pass",
    "decorator misspelt": "from cloudify.decorators import operation\n@operaton\ndef f(ctx): pass",
    "decorator of module misspelt": "from cloudify import decorators\n@decorators.operatoin\ndef f(ctx): pass",
    "decorator of module": "from cloudify import decorators\n@decorators.operation\ndef f(ctx): pass",
    "name of Python 2": "KINDS = (basestring, long)\ndef f(ctx): pass",
    "name of Python 2 with a way out": "try:\n    text = unicode\nexcept NameError:\n    text = str\ndef f(ctx): pass",
    "name of Python 2 by version": "import sys\nif sys.version_info[0] == 2:\n    text = unicode\nelse:\n    text = str\n"
    "def f(ctx): pass",
    "assigned from nothing": "X = foo\ndef f(ctx): pass",
    "assigned from below": "X = foo\nfoo = 1\ndef f(ctx): pass",
    "default from nothing": "def f(ctx, a=DEFAULT): pass",
    "default from below": "def f(ctx, a=DEFAULT): pass\nDEFAULT = 1",
    "default from above": "DEFAULT = 1\ndef f(ctx, a=DEFAULT): pass",
    "base from nothing": "class C(Base): pass\ndef f(ctx): pass",
    "annotation from nothing": "def f(ctx: Context): pass",
    "deferred annotation": "from __future__ import annotations\ndef f(ctx: Context): pass",
    "local annotation": "def f(ctx):\n    x: Nothing = 1",
    "annotation of a name": "x: Nothing = 1\ndef f(ctx): pass",
    "body is not run": "def f(ctx):\n    return nothing",
    "lambda is not run": "X = lambda: nothing\ndef f(ctx): pass",
    "generator is not run": "X = (nothing for x in [1])\ndef f(ctx): pass",
    "comprehension is run": "X = [nothing for x in [1]]\ndef f(ctx): pass",
    "class body is run": "class C:\n    x = nothing\ndef f(ctx): pass",
    "class scope": "class C:\n    a = 1\n    b = a + 1\ndef f(ctx): pass",
    "not reached": "if False:\n    nothing\ndef f(ctx): pass",
    "short cut": "X = True or nothing\ndef f(ctx): pass",
    "deleted and used": "x = 1\ndel x\ntry:\n    x\nexcept NameError:\n    pass\ndef f(ctx): pass",
    "made at run time": "globals()['X'] = 1\nY = X\ndef f(ctx): pass",
    "set by a function": "def g():\n    global X\n    X = 1\ng()\nY = X\ndef f(ctx): pass",
    "loop variable": "for X in (1, 2): pass\nY = X\ndef f(ctx): pass",
    "walrus": "if (X := 1): pass\nY = X\ndef f(ctx): pass",
    "star of a module": "from os.path import *\nY = join('a', 'b')\ndef f(ctx): pass",
    "star lacks": "from os.path import *\nY = joim('a', 'b')\ndef f(ctx): pass",
    "attribute of a module": "import os\nY = os.pth\ndef f(ctx): pass",
    "attribute of a submodule": "import os.path\nY = os.path.join('a', 'b')\ndef f(ctx): pass",
    "attribute with a way out": "import os\ntry:\n    Y = os.getcwdu\nexcept AttributeError:\n    Y = os.getcwd\n"
    "def f(ctx): pass",
    "dunder names": "X = __name__, __file__, __doc__\ndef f(ctx): pass",
    "argument twice": "def f(ctx, ctx): pass",
    "keyword twice": "X = dict(a=1, a=2)\ndef f(ctx): pass",
    "return outside": "return 1\ndef f(ctx): pass",
    "late future": "import os\nfrom __future__ import annotations\ndef f(ctx): pass",
    "await in a plain def": "def f(ctx):\n    await ctx",
    "nonlocal of nothing": "def f(ctx):\n    nonlocal x",
    "global after use": "x = 1\ndef f(ctx):\n    x\n    global x",
    "break outside": "break\ndef f(ctx): pass",
    "star import in a def": "def f(ctx):\n    from os import *",
}
# `from source import name` of the standard library and of cloudify-common
NAMES: Final = (
    *(
        "urllib:urlencode",
        "urllib:parse",
        "urllib.parse:urlencode",
        "collections:Mapping",
        "collections:OrderedDict",
    ),
    *(
        "collections.abc:Mapping",
        "string:maketrans",
        "string:ascii_letters",
        "os:pth",
        "os:path",
        "os:getcwdu",
    ),
    *(
        "os:walk",
        "itertools:izip",
        "itertools:chain",
        "types:StringType",
        "types:FunctionType",
        "inspect:signature",
    ),
    *("inspect:getargspec", "functools:partial", "functools:cache", "time:time", "time:clock", "json:dumps"),
    *(
        "json:dump_s",
        "xml.etree:ElementTree",
        "xml.etree:cElementTree",
        "concurrent:futures",
        "typing:Optional",
    ),
    *(
        "subprocess:check_output",
        "subprocess:STARTUPINFO",
        "email:message_from_string",
        "email:Utils",
        "shutil:which",
    ),
    *("tempfile:mkdtemp", "contextlib:contextmanager", "contextlib:nested", "re:compile", "re:Scanner"),
    *("cloudify:ctx", "cloudify:ctxx", "cloudify.decorators:operation", "cloudify.decorators:operatoin"),
    *(
        "cloudify.exceptions:NonRecoverableError",
        "cloudify.exceptions:NonRecovrableError",
        "cloudify:manager",
    ),
    *("cloudify.utils:exception_to_error_cause", "cloudify.workflows:ctx", "cloudify.workflows:api"),
    *("cloudify.workflows:tasks_graph", "cloudify.state:current_ctx", "cloudify.state:ctx_parameters"),
    *(
        "cloudify_rest_client.exceptions:CloudifyClientError",
        "cloudify_rest_client.exceptions:CloudifyClientErro",
    ),
    *(
        "cloudify_rest_client:CloudifyClient",
        "cloudify.manager:get_rest_client",
        "cloudify.mocks:MockCloudifyContext",
    ),
    *("cloudify.plugins:lifecycle", "cloudify.plugins.lifecycle:LifecycleProcessor", "dsl_parser:functions"),
    *("dsl_parser.constants:NODES", "script_runner.tasks:ProcessException", "script_runner.tasks:run_it"),
)
MODULES: Final = (
    *("urllib2", "urllib", "urlparse", "Queue", "queue", "ConfigParser", "configparser", "os.path", "os.pth"),
    *("xml.etree.ElementTree", "xml.dom.minidom", "collections.abc", "email.MIMEText", "email.mime.text"),
    *(
        "httplib",
        "http.client",
        "cPickle",
        "StringIO",
        "commands",
        "asyncio",
        "dataclasses",
        "imp",
        "distutils",
    ),
    *(
        "cloudify.workflows.workflow_context",
        "cloudify.workflow",
        "cloudify_rest_client.client",
        "logging.handlers",
    ),
)


def layouts() -> dict[str, str]:
    """Every layout by its name."""
    found = dict(WRITTEN)
    for text in NAMES:
        source, name = text.split(":")
        found[f"from {source} import {name}"] = f"wf\n# wf.py\nfrom {source} import {name}\ndef f(ctx): pass"
    for name, text in TOP_LEVEL.items():
        found[name] = f"wf\n# wf.py\n{text}"
    for module in MODULES:
        found[f"import {module}"] = f"wf\n# wf.py\nimport {module}\ndef f(ctx): pass"
    for guard, deep in product(
        ("ImportError", "Exception", "KeyError"), ("import urllib2", "import a.no", "import os")
    ):
        text = (
            f"a.wf\n{_PACKAGE}# a/wf.py\ntry:\n    import a.h\nexcept {guard}:\n    pass\ndef f(ctx): pass\n"
        )
        found[f"{deep} below {guard}"] = f"{text}# a/h.py\n{deep}"
    return found


def files_of(layout: str) -> tuple[str, dict[str, str]]:
    """The mapped module, and path → text of the files."""
    lines = layout.split("\n")
    files: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines[1:]:
        if line.startswith("# ") and line.endswith(".py"):
            current = files.setdefault(line[2:], [])
        else:
            current.append(line)
    return lines[0], {path: "\n".join(text) + "\n" for path, text in files.items()}
