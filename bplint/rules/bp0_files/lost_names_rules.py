"""Rules on parameters whose names are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Effect, Related
from bplint.rules.rule import rule
from bplint.syntax.yaml_faults import (
    FlattenedMapping,
    LostParameterName,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

FORMAT: Final = ("DSLParsingFormatException", 1)


@rule("BP043", on=FlattenedMapping, effect=Effect.REFUSED, references=(FORMAT,))
def flattened_mapping(fault: FlattenedMapping, ctx: Context) -> Iterator[Diagnostic]:
    """Parameters have lost their names or their indentation.

    Why: `description`, `default` and the like belong below the name of an input, a parameter or a property.
        In text pasted from a web page the names, or the spaces in front of the lines, get lost.
    Bad:
        inputs:
          description: Port of the server
        # ^^^^^^^^^^^ BP043
          default: 80
          description: Name of the server
          default: web
    Good:
        inputs:
          port:
            description: Port of the server
            default: 80
          name:
            description: Name of the server
            default: web
    """
    owner, name, place = fault.owner, fault.name, fault.name_span
    keys = " and ".join(f"'{key}'" for key in fault.keys[:2])
    if name is None or place is None:
        message = f"{keys} stand directly in '{owner}': the name they belong to is missing"
        yield ctx.report(fault, message, help="write 'name:' above them, and indent them below it")
        return
    message = f"{keys} stand beside '{name}' in '{owner}' instead of below it"
    related = [Related("they belong below this name", fault.path, place)]
    yield ctx.report(fault, message, related=related, help=f"indent them below '{name}:'")


@rule("BP044", on=LostParameterName, effect=Effect.FAILS)
def lost_parameter_name(fault: LostParameterName, ctx: Context) -> Iterator[Diagnostic]:
    """The description and default of one parameter are followed by those of another.

    Why: the line with the second name is missing. The manager takes the last of the values for the first
        name, and the second parameter does not exist.
    Bad:
        inputs:
          port:
            description: Port of the server
            default: 80
            description: Name of the server
        #   ^^^^^^^^^^^ BP044
            default: web
    Good:
        inputs:
          port:
            description: Port of the server
            default: 80
          name:
            description: Name of the server
            default: web
    """
    name = fault.name
    keys = " and ".join(f"'{key}'" for key in fault.keys[:2])
    message = f"{keys} are there twice in '{name}': the name of another parameter is missing above this line"
    related = [Related("first here", fault.path, fault.first)]
    yield ctx.report(fault, message, related=related)
