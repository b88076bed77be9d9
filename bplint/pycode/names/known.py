"""Packages that are part of the platform: always there, whatever is installed here."""

from __future__ import annotations

from typing import Final

# installed in every management worker
PLATFORM: Final = frozenset(
    {
        "cloudify",
        "script_runner",
        "cloudify_agent",
        "cloudify_types",
        "cloudify_system_workflows",
        "cloudify_rest_client",
        "cloudify_async_client",
        "dsl_parser",
        "plugin_installer",
        "worker_installer",
        "windows_agent_installer",
        "windows_plugin_installer",
        "diamond_agent",
        "riemann_controller",
        "manager_rest",
    }
)
MODULE_ALIASES: Final[dict[str, str]] = {"cloudify.workflows.api": "cloudify.workflows.workflow_api"}
DESCRIBED: Final = frozenset(
    {"cloudify", "script_runner", "cloudify_rest_client", "cloudify_async_client", "dsl_parser"}
)
# modules of releases that the table of former names was not made from
_EARLIER: Final = frozenset(
    {
        "cloudify.app",
        "cloudify.celery",
        "cloudify.gate_keeper",
        "cloudify.logger",
        "cloudify.ssl",
        "cloudify.test_utils.mock_context",
        "cloudify.worker",
        "dsl_parser.rel_graph_utils",
    }
)


def module_names(module: str) -> frozenset[str] | None:
    """The names of a platform module, or None where it does not exist or is not known."""
    # a large table that only code with such imports needs
    from bplint.pycode.names.api.module_names import NAMES

    names = NAMES.get(module)
    return None if names is None else frozenset(names.split())


def modules_of(package: str) -> list[str]:
    """The modules and packages directly below a platform package."""
    from bplint.pycode.names.api.module_names import NAMES

    prefix = f"{package}."
    return sorted({name[len(prefix) :].split(".")[0] for name in NAMES if name.startswith(prefix)})


def is_described(module: str) -> bool:
    """Whether the table knows all there is of a platform package."""
    return module.split(".", 1)[0] in DESCRIBED


def is_former(module: str, name: str | None = None) -> bool:
    """Whether an earlier release had a module, or this name in it: code that asks for it is old, and not
    wrong on every manager."""
    from bplint.pycode.names.api.former import FORMER  # a table that only odd imports need

    if module in _EARLIER or module.rpartition(".")[0] in _EARLIER:
        return True
    gone = FORMER.get(module)
    return gone is not None and ("*" if name is None else name) in gone.split()


def lacks(module: str, name: str | None) -> tuple[str, str, list[str]] | None:
    """What the platform lacks of `import module` (without a name) or `from module import name`: ('module'
    or 'name', its name, what there is); None where nothing is missing, or where that is not known."""
    parts = MODULE_ALIASES.get(module, module).split(".")
    for count in range(1, len(parts) + 1):
        part = ".".join(parts[:count])
        if is_former(part):
            return None
        if module_names(part) is None:
            return "module", part, modules_of(".".join(parts[: count - 1]))
    full = ".".join(parts)
    names = module_names(full) or frozenset()
    if name is None or name == "*" or name in names or name in modules_of(full):
        return None
    if is_former(full, name) or is_former(f"{full}.{name}"):
        return None
    return "name", name, [*names, *modules_of(full)]


def was_dropped(module: str, name: str | None) -> str | None:
    """What of an import only earlier releases had: the module's name, or the name's; None where nothing."""
    parts = MODULE_ALIASES.get(module, module).split(".")
    for count in range(1, len(parts) + 1):
        part = ".".join(parts[:count])
        if module_names(part) is None and is_former(part):
            return part
    full = ".".join(parts)
    if name is None or name in (module_names(full) or ()) or name in modules_of(full):
        return None
    is_dropped = is_former(full, name) or is_former(f"{full}.{name}")
    return f"{full}.{name}" if is_dropped else None
