"""All rules of bplint, by code and by name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from bplint.fault import Fault
from bplint.rules.rule import Rule, declared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FAMILIES: Final = (
    "bp0_files.internal_rules",
    "bp0_files.files_rules",
    "bp0_files.syntax_rules",
    "bp0_files.indentation_rules",
    "bp0_files.yaml_rules",
    "bp0_files.lost_names_rules",
    "bp1_imports.imports_rules",
    "bp1_imports.import_namespaces_rules",
    "bp1_imports.import_properties_rules",
    "bp1_imports.import_versions_rules",
    "bp1_imports.merging_rules",
    "bp1_imports.releases_rules",
    "bp1_imports.versions_rules",
    "bp2_types.structure_rules",
    "bp2_types.contents_rules",
    "bp2_types.types_rules",
    "bp3_values.values_rules",
    "bp4_operations.operations_rules",
    "bp4_operations.operation_names_rules",
    "bp4_operations.operation_inputs_rules",
    "bp4_operations.relationships_rules",
    "bp4_operations.topology_rules",
    "bp4_operations.operation_targets_rules",
    "bp4_operations.target_imports_rules",
    "bp4_operations.module_imports_rules",
    "bp4_operations.module_names_rules",
    "bp4_operations.scripts_rules",
    "bp4_operations.operation_signatures_rules",
    "bp4_operations.operation_code_rules",
    "bp5_functions.functions_rules",
    "bp5_functions.misused_functions_rules",
    "bp6_inputs.inputs_rules",
    "bp6_inputs.constraints_rules",
    "bp6_inputs.schedules_rules",
    "bp6_inputs.scheduled_workflows_rules",
    "bp6_inputs.deployment_rules",
    "bp7_workflows.workflows_rules",
    "bp7_workflows.signatures_rules",
    "bp7_workflows.signature_defaults_rules",
    "bp7_workflows.workflow_graphs_rules",
    "bp7_workflows.workflow_tasks_rules",
    "bp7_workflows.workflow_cancellation_rules",
    "bp7_workflows.workflow_usage_rules",
    "bp7_workflows.workflow_names_rules",
    "bp7_workflows.mistakes_rules",
    "bp7_workflows.workflow_calls_rules",
    "bp7_workflows.workflow_blueprint_rules",
    "bp7_workflows.plan_graphs_rules",
    "bp7_workflows.plan_modifications_rules",
    "bp7_workflows.plan_operations_rules",
    "bp7_workflows.plan_runs_rules",
    "bp7_workflows.plan_tasks_rules",
    "bp8_groups.packaging_rules",
    "bp8_groups.groups_rules",
    "bp8_groups.policies_rules",
    "bp8_groups.scaling_rules",
    "bp9_style.unused_rules",
    "bp9_style.style_rules",
    "bp9_style.suppressions_rules",
)


def all_rules() -> tuple[Rule, ...]:
    """Every rule of the families, sorted by code. Raises ValueError where a code or name is used twice."""
    for family in FAMILIES:
        import_module(f"bplint.rules.{family}")
    own = [entry for entry in declared() if entry.check.__module__.startswith("bplint.rules.")]
    rules = sorted(own, key=lambda entry: entry.code)
    unheard = [entry.code for entry in rules if not issubclass(entry.on, Fault)]
    if unheard:
        raise ValueError(f"rules of bplint word faults; these are on elements: {', '.join(unheard)}")
    for attribute in ("code", "name"):
        values = [getattr(entry, attribute) for entry in rules]
        if len(set(values)) < len(values):
            twice = {value for value in values if values.count(value) > 1}
            raise ValueError(f"rule {attribute} used twice: {', '.join(sorted(twice))}")
    return tuple(rules)


class RuleBook(Sequence[Rule]):
    """All rules of bplint and those of other packages, by code. A family is imported when one of its rules
    is asked for: most lints need few of them, and importing them all costs as much as a small lint."""

    __slots__ = ("_all", "_by_code", "_extra", "_given_families")

    def __init__(self, extra: Iterable[Rule] = (), families: Mapping[str, str] | None = None) -> None:
        """`families`: name and code of every rule → the module of this package that declares it; those of
        bplint where nothing is said."""
        self._extra = tuple(extra)
        self._given_families = families
        self._all: tuple[Rule, ...] | None = None
        self._by_code: dict[str, Rule] = {}

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> RuleBook:
        """A book of these rules and no others."""
        return cls(rules, {})

    def with_names(self, names: Iterable[str]) -> list[Rule]:
        """The rules of these names or codes; those that do not exist are left out."""
        wanted = set(names)
        for family in sorted({self._families[name] for name in wanted if name in self._families}):
            import_module(f"bplint.rules.{family}")
        found = [entry for entry in declared() if self._families.get(entry.name) is not None]
        return [entry for entry in (*found, *self._extra) if entry.name in wanted or entry.code in wanted]

    def with_code(self, code: str) -> Rule | None:
        """The rule of a code, or None."""
        if code not in self._by_code:
            for entry in self.with_names((code,)):
                self._by_code[entry.code] = entry
        return self._by_code.get(code)

    def on_elements(self) -> list[Rule]:
        """The rules that do not word faults but look at elements: only other packages have such."""
        return [entry for entry in self._extra if not issubclass(entry.on, Fault)]

    @property
    def _families(self) -> Mapping[str, str]:
        if self._given_families is None:
            from bplint.rules.index import RULES  # a table that a lint without faults does not need

            words = RULES.split()
            codes, names, families = words[::3], words[1::3], words[2::3]
            self._given_families = dict(zip((*codes, *names), families * 2, strict=True))
        return self._given_families

    def __getitem__(self, index: Any) -> Any:
        return self._rules()[index]

    def __len__(self) -> int:
        return len(self._rules())

    def _rules(self) -> tuple[Rule, ...]:
        if self._all is None:
            own = all_rules() if self._families else ()
            self._all = tuple(sorted((*own, *self._extra), key=lambda entry: entry.code))
        return self._all
