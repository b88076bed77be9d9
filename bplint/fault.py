"""What the engines find: a class for each kind of fault. The rule that names the class puts it into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import dataclass_transform

    from bplint.diagnostic import Reference
    from bplint.span import Span

    def _by_place(*, kw_only: bool) -> Any: ...

else:  # what the type checker knows of fields costs nothing at run time

    def dataclass_transform(**_options):
        return lambda decorated: decorated

    def _by_place(kw_only):
        return kw_only


@dataclass_transform(
    eq_default=False, kw_only_default=True, frozen_default=True, field_specifiers=(_by_place,)
)
class _FaultType(type):
    """Makes the annotations of a class body its slots: a class a kind costs 5 µs this way, and a data class
    twenty times as much."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        names = [each for each in body.get("__annotations__", ()) if each.islower()]
        body["__slots__"] = names
        # a slot cannot stand beside a class attribute of its name
        body["DEFAULTS"] = {each: body.pop(each) for each in names if each in body}
        return super().__new__(mcs, name, bases, body)


class Fault(metaclass=_FaultType):
    """A fault of one kind at one place. Kinds are derived from it, beside the engine that finds them.

    path       the file, as the result names it
    span       what the user has to look at in it
    reference  what the reference parser raises, where the rule covers several codes; else the rule's own

    The fields of a kind are annotations in lower case, given by keyword, and never set again. The kind
    `UnknownNodeType` is told by the rule `unknown-node-type`.
    """

    DEFAULTS: ClassVar[dict[str, Any]]

    path: str = _by_place(kw_only=False)
    span: Span = _by_place(kw_only=False)
    reference: Reference | None = None

    if not TYPE_CHECKING:  # the type checker makes the constructor of the annotations

        def __init__(self, path, span, *, reference=None, **given):
            put = object.__setattr__
            put(self, "path", path)
            put(self, "span", span)
            put(self, "reference", reference)
            for kind in type(self).__mro__[:-2]:  # up to this class and `object`
                for name in kind.__slots__:
                    if name in given:
                        put(self, name, given.pop(name))
                    elif name in kind.DEFAULTS:
                        put(self, name, kind.DEFAULTS[name])
                    else:
                        raise TypeError(f"{type(self).__name__} needs {name}")
            if given:
                raise TypeError(f"{type(self).__name__} has no {', '.join(given)}")

        def __setattr__(self, name, value):
            raise AttributeError(f"{type(self).__name__}.{name} is set once, by the constructor")

    @property
    def rule(self) -> str:  # many kinds have a field `name`
        """The name of the rule that words it."""
        return rule_name(type(self))

    def moved_to(self, reference: Reference | None) -> Fault:
        """The same fault, told with another exception of the reference parser."""
        moved = object.__new__(type(self))
        for kind in type(self).__mro__[:-1]:
            for name in kind.__dict__["__slots__"]:
                object.__setattr__(moved, name, reference if name == "reference" else getattr(self, name))
        return moved

    def __repr__(self) -> str:
        names = [name for kind in type(self).__mro__[:-2] for name in kind.__dict__["__slots__"]]
        fields = "".join(f", {name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({self.path!r}, {tuple(self.span)}{fields})"


if TYPE_CHECKING:
    # whether a kind of fault is told anywhere: what is not told need not be looked for
    Hears = Callable[[type[Fault]], bool]


def hear_all(_kind: type[Fault]) -> bool:
    """Every kind of fault is told."""
    return True


def rule_name(kind: type[Fault]) -> str:
    """The name of the rule for a kind of fault: `UnknownNodeType` is `unknown-node-type`."""
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in kind.__name__)[1:]
