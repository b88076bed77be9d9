"""One run over the code of one blueprint: what mappings lead to, and the faults found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.diagnostic import Related
from bplint.pycode.checks.other_callers import OtherCallers
from bplint.pycode.names.signature import Signature, signature_of
from bplint.pycode.names.target import FOUND, Resolution, TargetResolver
from bplint.pycode.names.target_python import target_python

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.config import Config
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Element, Plugin, Target
    from bplint.pycode.code_faults import CodeFault, CodeKind, P
    from bplint.pycode.files.codebase import CodeBase, Places
    from bplint.pycode.files.layout import Layout
    from bplint.pycode.files.module import Module
    from bplint.pycode.uses import Uses
    from bplint.span import Span


class Aim:
    """What a mapping leads to: the resolution, the resolver that found it, and the signature where
    there is one definition."""

    __slots__ = ("function", "plugin", "resolution", "resolver", "signature")

    def __init__(
        self, plugin: Plugin, function: str, resolver: TargetResolver, resolution: Resolution
    ) -> None:
        self.plugin = plugin
        self.function = function
        self.resolver = resolver
        self.resolution = resolution
        self.signature: Signature | None = None
        definition = resolution.definition
        if resolution.state == FOUND and definition is not None and definition.kind != "module":
            self.signature = signature_of(definition, resolver)

    @property
    def trusted(self) -> Signature | None:
        """The signature, where reading is enough to know it."""
        if self.signature is None or self.signature.doubt:
            return None
        return self.signature


class Reading:
    """State of one run; local to `check_code` and `describe_workflows`."""

    __slots__ = (
        "_aims",
        "_resolvers",
        "blueprint",
        "callers",
        "code",
        "config",
        "faults",
        "is_plugin_side",
        "layout",
        "target_python",
        "uses",
    )

    def __init__(
        self, blueprint: Blueprint, config: Config, code: CodeBase, uses: Uses, layout: Layout
    ) -> None:
        main = blueprint.graph.main.document
        self.blueprint = blueprint
        self.callers = OtherCallers(self)
        self.config = config
        self.code = code
        self.layout = layout
        self.target_python = target_python(blueprint, config)
        self.uses = uses
        self.faults: list[CodeFault] = []
        # who lints a plugin's own file looks at its code; who lints a blueprint looks at the YAML
        self.is_plugin_side = main.kind.value == "plugin"
        self._aims: dict[tuple[Plugin, str], Aim] = {}
        self._resolvers: dict[Places, TargetResolver] = {}

    def resolver(self, plugin: Plugin | None) -> TargetResolver:
        places = self.layout.places(plugin)
        found = self._resolvers.get(places)
        if found is None:
            found = self._resolvers[places] = TargetResolver(self.code, places)
        return found

    def aim(self, target: Target) -> Aim | None:
        """What a `plugin.module.function` leads to; None for scripts and for what is no such mapping."""
        plugin = target.plugin
        if target.kind != "plugin" or plugin is None or not target.function:
            return None
        key = (plugin, target.function)
        found = self._aims.get(key)
        if found is None:
            resolver = self.resolver(plugin)
            resolution = resolver.resolve(target.function)
            found = self._aims[key] = Aim(plugin, target.function, resolver, resolution)
        return found

    def modules(self) -> list[Module]:
        """The modules read so far from the places of this blueprint, by path. The cache holds those of all
        files of a run: to look at them all for each file takes the square of their number."""
        places = {place for searched in self._resolvers for place in searched}
        found = [module for module in self.code.modules() if module.place in places]
        return sorted(found, key=lambda module: module.path)

    def aims(self) -> Iterable[Aim]:
        """Every different target asked for so far."""
        return self._aims.values()

    def report(self, kind: CodeKind[P], place: tuple[str, Span], *rest: P.args, **fields: P.kwargs) -> None:
        """Record a fault of a kind at (path, span)."""
        self.faults.append(kind(*place, *rest, **fields))

    def both_sides(
        self, yaml: tuple[str, Span, str], code: tuple[Module, Span, str]
    ) -> tuple[tuple[str, Span], tuple[Related, ...]]:
        """The place of a fault that has one in the YAML and one in the code, each (…, span, what it is), and
        the other one as related to it.

        The code's is the first where the plugin's own file is linted and the code is the user's.
        """
        module, code_span, code_message = code
        path, span, message = yaml
        if self.is_plugin_side and module.is_own:
            return (module.path, code_span), (Related(message, path, span),)
        return (path, span), (related_code(code_message, module, code_span),)


def related_code(message: str, module: Module, span: Span) -> Related:
    """A place in code, or the import of the release that the code is recorded of."""
    if module.is_recorded:
        from bplint.pycode.files.recorded import RecordedPlace  # only for plugins of the catalogue

        assert isinstance(module.place, RecordedPlace)
        return module.place.related
    return Related(message, module.path, span)


def place_of(element: Element, node: Any = None) -> tuple[str, Span]:
    """Path and span of an element's key, or of one of its nodes."""
    shown = element.key if node is None else node
    return element.path, shown.span
