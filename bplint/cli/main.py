"""The console script. It imports no more than the command line asks for: `--version` not even click."""

from __future__ import annotations

import gc
import os
import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, NoReturn


def run() -> NoReturn:
    """Run the command line of this process and end it with the exit code."""
    # trees of nodes are no garbage while they are in use, and a command is over soon
    gc.disable()
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from bplint import __version__

        print(f"bplint {__version__}")
        _leave(0)
    # click needs it for help only; with ast, dis and tokenize behind it, it is a twentieth of a small lint
    _load_at_first_use("inspect")
    from bplint.cli.group import main

    _leave(main(arguments))


class _LaterModule(ModuleType):
    """A module that is loaded when something of it is asked for. The one that `importlib.util.LazyLoader`
    makes would be loaded by the `import` statements themselves."""

    def __getattr__(self, name: str) -> Any:
        """What the module has by the name, once it is loaded."""
        self.__class__ = ModuleType  # type: ignore[assignment]
        assert self.__spec__ is not None
        assert self.__spec__.loader is not None
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def _load_at_first_use(name: str) -> None:
    """Put off a module of the standard library that others import before anybody needs it."""
    spec = None if name in sys.modules else find_spec(name)
    if spec is not None:
        module = module_from_spec(spec)
        module.__class__ = _LaterModule
        sys.modules[name] = module


def _leave(code: int) -> NoReturn:
    """End the process at once. To take apart every module and tree first is a sixth of a small lint."""
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105  contextlib would be one more import for --version
            stream.flush()
        except (OSError, ValueError):  # its reader has gone, or it was closed: nothing left to say
            pass
    os._exit(code)
