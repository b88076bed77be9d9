"""Modules that are imported when something of them is asked for."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands in for a module until something of it is asked for, and then has all that it has."""

    def __getattr__(self, name: str) -> Any:
        module = import_module(self.__name__)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


def later(name: str) -> ModuleType:
    """The module of a full name, imported at its first use. For what only some inputs need, such as the
    kinds of faults, of which a correct file has none:

        if TYPE_CHECKING:
            from bplint.syntax import yaml_faults
        else:
            yaml_faults = later("bplint.syntax.yaml_faults")
    """
    return _Later(name)
