"""Stand-ins for modules that are not here, so that a workflow module can be imported and read."""

import importlib.machinery
import sys
import types

from .platform_names import PACKAGES
from .unknown import Unknown


class StandIn(types.ModuleType):
    """A module without anything in it: every name in it is unknown."""

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        value = Unknown("%s.%s" % (self.__name__, name))
        setattr(self, name, value)
        return value


class StandIns(object):
    """A finder for the end of sys.meta_path. It steps in where workflow code itself imports a package that
    is not here, unless that code is prepared for it (`try: import x` with a handler)."""

    def __init__(self, places, own_roots):
        self._places = places
        self._own_roots = own_roots
        self.made = []
        self._handled = {}

    def install(self):
        sys.meta_path.append(self)

    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if not self._may_stand_in(name, top):
            return None
        self.made.append(name)
        spec = importlib.machinery.ModuleSpec(name, self, is_package=True)
        spec.submodule_search_locations = []
        return spec

    def _may_stand_in(self, name, top):
        if top in PACKAGES:
            return False  # what cloudify-common has is known; see platform_names.py
        parent = sys.modules.get(top)
        if name != top and not isinstance(parent, StandIn):
            return False  # a module that is missing from a package that is here
        if isinstance(parent, StandIn):
            return True
        importer = self._importer()
        return importer is not None and not self._is_prepared(*importer)

    def _importer(self):
        """(file, line) of the import statement, if workflow code contains it."""
        frame = sys._getframe(1)
        while frame is not None:
            filename = frame.f_code.co_filename
            if self._places.is_workflow_code(filename):
                return filename, frame.f_lineno
            if "importlib" not in filename and filename != __file__:
                return None
            frame = frame.f_back
        return None

    def _is_prepared(self, filename, line):
        if filename not in self._handled:
            self._handled[filename] = _lines_with_handlers(filename)
        return line in self._handled[filename]

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        module.__path__ = []


def _lines_with_handlers(filename):
    """Lines inside a `try` body whose handlers catch ImportError."""
    import ast

    try:
        with open(filename, "rb") as source:
            tree = ast.parse(source.read())
    except (OSError, SyntaxError, ValueError):
        return frozenset()
    lines = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Try) and any(_catches_import(handler) for handler in node.handlers):
            last = node.handlers[0].lineno
            lines.update(range(node.body[0].lineno, last))
    return frozenset(lines)


def _catches_import(handler):
    import ast

    if handler.type is None:
        return True
    names = [getattr(one, "id", getattr(one, "attr", "")) for one in ast.walk(handler.type)]
    return any(name in ("ImportError", "ModuleNotFoundError", "Exception", "BaseException") for name in names)
