"""Which line of workflow code is running: every fault is told at its line."""

import os
import sys
import sysconfig

_BUILT_IN = os.path.join("stubs", "cloudify", "plugins", "")


class Places(object):
    """Tells workflow code from the stub, the engine and the standard library."""

    def __init__(self, own_folders):
        paths = sysconfig.get_paths()
        self._foreign = tuple(os.path.join(os.path.abspath(folder), "") for folder in own_folders)
        self._library = tuple(os.path.join(paths[name], "") for name in ("stdlib", "platstdlib"))
        self._site = tuple(os.path.join(paths[name], "") for name in ("purelib", "platlib"))
        self._known = {}
        self.is_tracking = True  # off while a built-in workflow runs: nothing there has a place

    def is_workflow_code(self, filename):
        """True for files that are neither the stub's nor the library's; packages of the interpreter count."""
        known = self._known.get(filename)
        if known is None:
            known = self._known[filename] = self._judge(filename)
        return known

    def _judge(self, filename):
        if not filename or filename.startswith("<"):
            return False
        path = os.path.abspath(filename)
        if path.startswith(self._foreign):
            return False
        if path.startswith(self._site):
            return True
        return not path.startswith(self._library)

    def here(self):
        """(file, line) of the innermost frame of workflow code; None where a built-in workflow or its
        parts are between that frame and this call: what they do has no line of its own."""
        if not self.is_tracking:
            return None
        frame = sys._getframe(1)
        while frame is not None:
            filename = frame.f_code.co_filename
            if self.is_workflow_code(filename):
                return (filename, frame.f_lineno)
            if _BUILT_IN in filename:
                return None
            frame = frame.f_back
        return None

    def of_traceback(self, traceback):
        """(file, line) of the innermost frame of workflow code in a traceback, or None."""
        found = None
        while traceback is not None:
            filename = traceback.tb_frame.f_code.co_filename
            if self.is_workflow_code(filename):
                found = (filename, traceback.tb_lineno)
            traceback = traceback.tb_next
        return found


def place_of_function(function):
    """(file, line) of a function's `def`, or None."""
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    if code is None:
        code = getattr(getattr(type(function), "__call__", None), "__code__", None)  # noqa: B004
    return (code.co_filename, code.co_firstlineno) if code is not None else None
