"""Faults of a plugin's folder as a package."""

from __future__ import annotations

from bplint.pycode.code_faults import CodeFault


class PackageNotPacked(CodeFault):
    """The project does not pack a package that mappings need; `file` is where it says what it packs."""

    package: str
    file: str


class _ProjectDiffers(CodeFault):
    written: str  # in the plugin's file
    package: str  # what the project says


class PackageNameDiffers(_ProjectDiffers):
    """The plugin's file and its project give different names of the package."""


class PackageVersionDiffers(_ProjectDiffers):
    """The plugin's file and its project give different versions of the package."""


class PluginFilesDiffer(CodeFault):
    """One of the plugin's files has what another has not, or maps to something else (`mapping`)."""

    what: str
    file: str
    other: str
    mapping: str | None


class PluginFilesDisagree(CodeFault):
    """Two files of one plugin say different things of `what`: `value` and, in `other`, `other_value`; None
    where one says nothing."""

    what: str
    value: str | None
    file: str
    other: str
    other_value: str | None


class SupersededPackage(CodeFault):
    """The project requires a package that another one has taken in."""

    name: str
    instead: str
