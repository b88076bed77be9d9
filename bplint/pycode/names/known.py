"""Packages that are part of the platform: always there, whatever is installed here."""

from __future__ import annotations

from typing import Final

# installed in every management worker; what their modules hold is known for the first two only
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
# what earlier releases had; code that still asks for it is old, and not wrong everywhere
FORMER: Final = frozenset(
    {
        "cloudify._compat",
        "cloudify.celery",
        "cloudify.amqp_client_utils",
        "cloudify.app",
        "cloudify.gate_keeper",
        "cloudify.logger",
        "cloudify.ssl",
        "cloudify.worker",
        "cloudify.test_utils.mock_context",
    }
)
FORMER_NAMES: Final = frozenset({("cloudify.utils", "text_type"), ("cloudify.workflows.tasks_graph", "nop")})


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
    return module.split(".", 1)[0] in ("cloudify", "script_runner")
