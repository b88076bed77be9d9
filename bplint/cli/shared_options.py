"""Options that several commands share, and how they become a configuration."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from bplint.cli.command import option
from bplint.cli.output import COLOR_CHOICES, is_colored, output_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bplint.config.load import LoadedConfig
    from bplint.diagnostic import Diagnostic
    from bplint.source import Source

F = TypeVar("F", bound="Callable[..., Any]")

_CLAUSE: Final = r"(?:[<>!~=]=?=?)?[^=<>!~&,]+"
_PARAMETER: Final = rf"\w+={_CLAUSE}(?:,{_CLAUSE})*"
_PARAMETERS: Final = rf"plugin:[^?=]*\?{_PARAMETER}(?:&{_PARAMETER})*(?==)"

color_option = option(
    "--color",
    type=click.Choice(COLOR_CHOICES),
    default="auto",
    help="When to use colours.",
    show_default=True,
)


def _codes(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """Comma-separated lists, given once or often."""
    return tuple(code for value in values for code in split_codes(value))


def split_codes(text: str) -> tuple[str, ...]:
    """The codes of a list that commas separate."""
    return tuple(code.strip() for code in text.split(",") if code.strip())


def rule_pairs(
    ctx: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    found = []
    for value in values:
        prefix, separator, replacement = _cut_rule(value)
        if not separator or not prefix:
            raise click.BadParameter(f"'{value}' is not of the form PREFIX=REPLACEMENT")
        found.append((prefix, replacement))
    return tuple(found)


def _cut_rule(value: str) -> tuple[str, str, str]:
    """Prefix, `=` and replacement; the `=` of a parameter (`plugin:NAME?version=>=1.2`) belongs to the prefix
    where another one follows."""
    at = value.find("=")
    if value.startswith("plugin:") and "?" in value[: max(at, 0)]:
        found = re.match(_PARAMETERS, value)
        at = found.end() if found is not None else at
    return (value[:at], "=", value[at + 1 :]) if at >= 0 else (value, "", "")


def complete_rules(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Codes and names of rules that begin with what is typed; the last one of a list."""
    from bplint.app.rule_book import known_rules, rule_names

    before, separator, last = incomplete.rpartition(",")
    return [f"{before}{separator}{name}" for name in rule_names(known_rules(())) if name.startswith(last)]


_FOLDER: Final = click.Path(exists=True)


def _rules_option(name: str, text: str) -> Callable[[F], F]:
    return option(
        name, metavar="CODES", multiple=True, callback=_codes, shell_complete=complete_rules, help=text
    )


_SELECTION: Final = (
    _rules_option("--select", "Run these rules only: codes, prefixes or names, separated by commas."),
    _rules_option("--extend-select", "Run these rules too."),
    _rules_option("--ignore", "Do not run these rules."),
)
_IMPORTS: Final = (
    option("--plugin-path", metavar="DIR", multiple=True, type=_FOLDER,
                 help="Folder with plugin.yaml files, NAME/plugin*.yaml, .wgn or .zip archives."),
    option("--import-rule", "import_rules", metavar="PREFIX=REPLACEMENT", multiple=True,
                 callback=rule_pairs,
                 help="Replace the beginning of imports, as the manager's import rules do."),
    option("--strict-imports", is_flag=True, default=None,
                 help="An import that cannot be read is an error."),
    option("--frozen", is_flag=True, default=None,
                 help="A fetched import that is not as it was fetched is an error."),
)  # fmt: skip
_CODE: Final = (
    option("--source-root", metavar="DIR", multiple=True, type=_FOLDER,
                 help="Where workflow and operation code is looked for."),
    option("--python", metavar="EXE", help="Interpreter whose packages are searched for that code."),
)  # fmt: skip
_CONFIG: Final = (
    option("--config", "config_file", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
                 help="Read this configuration file."),
    option("--no-config", is_flag=True, help="Read no configuration file."),
)  # fmt: skip


def _all(options: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for add in reversed(options):
            function = add(function)
        return function

    return decorate


selection_options = _all(_SELECTION)
import_options = _all(_IMPORTS)
code_options = _all(_CODE)
config_options = _all(_CONFIG)


def overrides_of(given: dict[str, Any]) -> dict[str, Any]:
    """Those options that were given on the command line, by field of Config."""
    return {
        field: tuple(value) if isinstance(value, (list, tuple)) else value
        for field, value in given.items()
        if value is not None and value != ()
    }


def read_config(
    start: str, overrides: dict[str, Any], config_file: str | None, no_config: bool, color: str
) -> LoadedConfig:
    """The configuration of a command. With faults in it they are shown and the command ends with 2."""
    from bplint.config.load import load_config

    if config_file is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other")
    loaded = load_config(start, overrides, file=config_file, is_enabled=not no_config)
    if loaded.diagnostics:
        raise show_faults(loaded.diagnostics, loaded.source, color)
    _check_selectors(loaded, overrides)
    return loaded


def show_faults(faults: Sequence[Diagnostic], source: Source | None, color: str) -> click.exceptions.Exit:
    """Show errors of the configuration on the standard error; raise what this gives to end with 2."""
    from bplint.report import ReportOptions
    from bplint.report.full import diagnostic_text

    options = ReportOptions(color=is_colored(color), width=output_width()[0])
    sources = {source.path: source} if source is not None else {}
    texts = [diagnostic_text(entry, sources, options) for entry in faults]
    click.echo("\n".join(texts), err=True, nl=False, color=options.color)
    return click.exceptions.Exit(2)


def check_baseline(path: str, color: str) -> None:
    """Show what is wrong with a baseline that cannot be used, and end the command with 2."""
    from bplint.app.accepting import BaselineError, read_baseline
    from bplint.config.config_file import ConfigProblem, config_fault

    try:
        read_baseline(path)
    except BaselineError as error:
        fault = config_fault(ConfigProblem.BAD_BASELINE, path, error.span, str(error))
        raise show_faults((fault,), error.source, color) from None


def _check_selectors(loaded: LoadedConfig, overrides: dict[str, Any]) -> None:
    """A code that means nothing on the command line is a mistake of usage."""
    fields = [field for field in ("select", "extend_select", "ignore") if overrides.get(field)]
    if not fields:
        return
    from bplint.app.rule_book import known_rules, rule_names, unknown_selectors
    from bplint.config.load import unknown_rule_message

    rules = known_rules(loaded.config.rule_plugins, loaded.config.policies)
    for field in fields:
        for selector in unknown_selectors(overrides[field], rules):
            message = unknown_rule_message(selector, rule_names(rules))
            raise click.BadParameter(message, param_hint=f"'--{field.replace('_', '-')}'")


def start_folder(paths: Sequence[str]) -> str:
    """The folder from which a configuration is looked for: the deepest one that holds all the paths."""
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    try:
        return os.path.commonpath([os.path.abspath(folder) for folder in folders]) if folders else "."
    except ValueError:  # several drives
        return "."
