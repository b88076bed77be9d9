"""Plans of executions. The package can be called: `bplint.plan(path)` is the public interface, whether or
not a module of it has been imported before."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> Any:
        from bplint.api import plan

        return plan(*arguments, **options)


sys.modules[__name__].__class__ = _CallablePackage
