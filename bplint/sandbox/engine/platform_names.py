"""Names of cloudify-common that the stub does not model: stand-ins of the right kind.

`platform_names.json` says for each name of cloudify-common what it stands for (`tools/platform_kinds.py`
explains the words). It is read when the first such name is asked for. A name that cloudify-common has not
stays missing.
"""

import importlib
import importlib.machinery
import json
import os
import sys
import types

from .unknown import StandInBase, Unknown

PACKAGES = frozenset(
    ("cloudify", "cloudify_rest_client", "cloudify_async_client", "script_runner", "dsl_parser")
)


class PlatformNames(object):
    """The table, read once."""

    def __init__(self):
        self._modules = None

    def of(self, module):
        """Name → its word, of a module of cloudify-common; None where there is no such module."""
        if self._modules is None:
            path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "platform_names.json")
            with open(path, encoding="utf-8") as source:
                self._modules = json.load(source)["modules"]
        return self._modules.get(module)


NAMES = PlatformNames()


class PlatformModule(types.ModuleType):
    """A module of the stub, or in place of one it has not. (Python 3.6 knows no `__getattr__` of modules.)"""

    def __getattr__(self, name):
        module = self.__name__
        is_system = name.startswith("__") and name.endswith("__")
        known = None if is_system else NAMES.of(module)
        word = known.get(name) if known is not None else None
        if word is None:
            raise AttributeError("module '%s' has no attribute '%s'" % (module, name))
        value = _made(module, name, word)
        setattr(self, name, value)
        return value


def _made(module, name, word):
    kind, _, rest = word.partition(":")
    full = "%s.%s" % (module, name)
    if kind == "v":
        return json.loads(rest)
    if kind == "m":
        return _imported(rest, full)
    if kind == "r":
        home, _, own_name = rest.rpartition(".")
        return getattr(_imported(home, full), own_name, None) or Unknown(full)
    if kind == "e":
        home, _, own_name = rest.rpartition(".")
        base = getattr(_imported(home, full), own_name, None)
        is_fit = isinstance(base, type) and issubclass(base, BaseException)
        return type(str(name), (base if is_fit else Exception,), {"__module__": module})
    if kind == "c":
        return type(str(name), (StandInBase,), {"__module__": module})
    return Unknown(full)


def _imported(module, full):
    """A module by its name; unknown where this Python has none of this name."""
    try:
        return importlib.import_module(module)
    except ImportError:
        return Unknown(full)


class PlatformFinder(object):
    """The first finder: modules of the stub get the names that they do not define, and modules that
    cloudify-common has and the stub has not come into being empty (`made` are their names)."""

    def __init__(self):
        self.made = []

    def install(self):
        sys.meta_path.insert(0, self)

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in PACKAGES:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
            return spec
        if spec is not None or NAMES.of(name) is None:
            return spec
        self.made.append(name)
        spec = importlib.machinery.ModuleSpec(name, self, is_package=True)
        spec.submodule_search_locations = []
        return spec

    def create_module(self, spec):
        return PlatformModule(spec.name)

    def exec_module(self, module):
        module.__path__ = []


class _Loader(object):
    """Loads a module of the stub as what answers for the rest of its names."""

    def __init__(self, loader):
        self._loader = loader

    def create_module(self, spec):
        return PlatformModule(spec.name)

    def exec_module(self, module):
        self._loader.exec_module(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)
