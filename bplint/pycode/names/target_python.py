"""Which Python runs the code of a blueprint.

Facts: managers up to 5.0 run plugins under Python 2.7, 5.1 to 6.2 under 3.6, 6.3 and 6.4 under 3.10, 7 under
3.11. Which manager is meant shows in the version of the types that the blueprint imports; newer managers
take the types of older ones too, so what only their Python refuses is worth advice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.model.blueprint import Blueprint

CURRENT: Final = "3.11"
OLD: Final = "2.7"
_SPEC: Final = r"spec/cloudify/(\d+)\.(\d+)"
_BY_MANAGER: Final = (((5, 1), OLD), ((6, 3), "3.6"), ((7, 0), "3.10"))  # below this: that


class TargetPython:
    """`versions` are the Pythons that the code has to run under as far as is known: what is missing from
    all of them is an error. `newest` is the last of them. `is_given` where an option says so, `manager` the
    version of the types where they say it."""

    __slots__ = ("is_given", "manager", "versions")

    def __init__(self, versions: tuple[str, ...], is_given: bool, manager: str = "") -> None:
        self.versions = versions
        self.is_given = is_given
        self.manager = manager

    @property
    def newest(self) -> str:
        return self.versions[-1]

    @property
    def may_be_python2(self) -> bool:
        return self.versions[0].startswith("2")

    @property
    def is_python2(self) -> bool:
        """Whether nothing but Python 2 runs the code."""
        return self.newest.startswith("2")

    def __str__(self) -> str:
        return "Python " + " and ".join(self.versions)


def target_python(blueprint: Blueprint, config: Config) -> TargetPython:
    """The Pythons of `--target-python`, else those of the manager whose types are imported, else that of
    the current release."""
    if config.target_python is not None:
        return TargetPython((config.target_python,), True)
    locations = [entry.location for entry in blueprint.graph.entries]
    if config.target is not None:
        locations.insert(0, f"spec/cloudify/{config.target}")
    for location in locations:
        match = re.search(_SPEC, location)
        if match is not None:
            manager = (int(match.group(1)), int(match.group(2)))
            for limit, version in _BY_MANAGER:
                if manager < limit:
                    return TargetPython((version, CURRENT), False, ".".join(match.groups()))
    return TargetPython((CURRENT,), False)
