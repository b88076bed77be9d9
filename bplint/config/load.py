"""Find, read and check the configuration file, and lay the command line over it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

from bplint.config import Config
from bplint.diagnostic import Severity
from bplint.record import Record
from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bplint.config.config_file import ConfigFile
    from bplint.config.keys import ConfigKey
    from bplint.diagnostic import Diagnostic
    from bplint.source import Source

YAML_NAMES: Final = (".bplint.yaml", ".bplint.yml")
TOML_NAME: Final = "pyproject.toml"
# a header of the table, or one of those that the table may be written below: [tool], or a dotted key
_TABLE: Final = lazy_pattern(rb"""^\s*\[*\s*["']?tool["']?\s*(?:\.\s*["']?bplint|\]|=)""", re.MULTILINE)
COMMAND_LINE: Final = "command line"


class LoadedConfig(Record):
    """The configuration of a run. With `diagnostics` it must not be used: they say why, in `source`."""

    config: Config
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source | None = None
    path: str | None = None


def load_config(
    start: str, overrides: Mapping[str, Any], *, file: str | None = None, is_enabled: bool = True
) -> LoadedConfig:
    """The configuration for files in the folder `start`.

    overrides  options of the command line: field of Config → value; they replace those of the file
    file       the configuration file to read; without it one is looked for, from `start` upward
    """
    loaded = LoadedConfig(Config())
    if is_enabled:
        path = file if file is not None else find_config(start)
        if path is not None:
            loaded = _load_file(path)
    config = loaded.config
    if overrides:
        origins = {**config.origins, **dict.fromkeys(overrides, COMMAND_LINE)}
        config = config._replace(**overrides, origins=origins)
    return loaded._replace(config=config)


def find_config(start: str) -> str | None:
    """The nearest configuration file from a folder upward, no further than the repository's root.
    `.bplint.yaml` goes before a `pyproject.toml` beside it, which counts where it has [tool.bplint]."""
    folder = os.path.abspath(start)
    while True:
        for name in YAML_NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                return _shown(path)
        path = os.path.join(folder, TOML_NAME)
        if os.path.isfile(path) and _has_table(path):
            return _shown(path)
        parent = os.path.dirname(folder)
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = parent


def _shown(path: str) -> str:
    """A path relative to the current folder where it lies in or near it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = path
    return relative.replace(os.sep, "/")


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml may have bplint's table: cheap, so that TOML is only read for a reason."""
    try:
        with open(path, "rb") as stream:
            text = stream.read()
    except OSError:
        return False
    if b"bplint" not in text or not _TABLE.search(text):
        return False
    from bplint.config.read_file import read_toml

    read = read_toml(path)
    return bool(read.diagnostics) or (read.file is not None)


def _load_file(path: str) -> LoadedConfig:
    # the checks and a TOML or YAML reader: only for who has a configuration file
    from bplint.config.check_config import check_values
    from bplint.config.read_file import read_toml, read_yaml

    read = (read_toml if path.endswith(".toml") else read_yaml)(path)
    if read.file is None:
        return LoadedConfig(Config(), read.diagnostics, read.source, path)
    found = tuple(check_values(read.file)) or _check_version(read.file)
    if found:
        return LoadedConfig(Config(), found, read.source, path)
    config = _config_of(read.file)
    return LoadedConfig(config, _check_selectors(config, read.file), read.source, path)


def _config_of(file: ConfigFile) -> Config:
    from bplint.config.keys import BY_KEY

    folder = os.path.dirname(file.path)
    values: dict[str, Any] = {
        BY_KEY[key].field: _effective(BY_KEY[key], value, folder) for key, value in file.values.items()
    }
    origins = dict.fromkeys(values, file.path)
    return Config(**values, root=folder or ".", origins=origins)


def _effective(option: ConfigKey, value: Any, folder: str) -> Any:
    shape = option.shape
    if shape == "level":
        return None if value == "never" else Severity(value)
    if shape == "path":
        return _joined(folder, value)
    if shape == "paths":
        return tuple(_joined(folder, item) for item in value)
    if shape == "string-map":
        return tuple(value.items())
    if shape == "code-map":
        return tuple((glob, tuple(codes)) for glob, codes in value.items())
    if shape == "policies":
        from bplint.config.check_policies import policies_of  # only for who has policies

        return policies_of(value)
    if option.field == "inputs":
        return tuple(item if "=" in item else _joined(folder, item) for item in value)
    return tuple(value) if isinstance(value, list) else value


def _joined(folder: str, path: str) -> str:
    return os.path.normpath(os.path.join(folder, path)).replace(os.sep, "/") if folder else path


def _check_version(file: ConfigFile) -> tuple[Diagnostic, ...]:
    requirement = file.values.get("required-version")
    if requirement is None:
        return ()
    from bplint import __version__
    from bplint.config.check_config import is_version_allowed
    from bplint.config.config_file import ConfigProblem

    if is_version_allowed(requirement, __version__):
        return ()
    message = f"bplint {requirement} is required, this is {__version__}"
    return (file.fault(ConfigProblem.REQUIRED_VERSION, ("required-version",), message),)


def _check_selectors(config: Config, file: ConfigFile) -> tuple[Diagnostic, ...]:
    """Codes and names that mean no rule, and rule packages that cannot be used."""
    from bplint.lint.third_party import PolicyClashError, RulePluginError, known_rules

    try:
        rules = known_rules(config.rule_plugins, config.policies)
    except PolicyClashError as error:
        index = next(n for n, policy in enumerate(config.policies) if policy is error.policy)
        return (_policy_fault(file, index, str(error)),)
    except RulePluginError as error:
        return (_rule_plugin_fault(config, file, str(error)),)
    from bplint.config.config_file import ConfigProblem
    from bplint.config.keys import OPTIONS
    from bplint.lint.select import rule_names, unknown_selectors

    found: list[Diagnostic] = []
    for option in OPTIONS:
        value = file.values.get(option.key)
        for where, codes in _code_lists(option, value):
            unknown = set(unknown_selectors(codes, rules))
            for index, code in enumerate(codes):
                if code in unknown:
                    message = unknown_rule_message(code, rule_names(rules))
                    found.append(file.fault(ConfigProblem.UNKNOWN_RULE, (*where, index), message))
    return tuple(found)


def _code_lists(option: ConfigKey, value: Any) -> list[tuple[tuple[str, ...], Sequence[str]]]:
    if value is None:
        return []
    if option.shape == "codes":
        return [((option.key,), value)]
    if option.shape == "code-map":
        return [((option.key, glob), codes) for glob, codes in value.items()]
    return []


def unknown_rule_message(selector: str, names: Sequence[str]) -> str:
    """What to say of a code, prefix or name that means no rule."""
    from bplint.lint.select import nearest_selector

    best = nearest_selector(selector, names)
    return f"no rule has the code or name '{selector}'" + (f"; did you mean '{best}'?" if best else "")


def _rule_plugin_fault(config: Config, file: ConfigFile, message: str) -> Diagnostic:
    from bplint.config.config_file import ConfigProblem  # the file is read by it

    index = next((n for n, name in enumerate(config.rule_plugins) if f"'{name}'" in message), 0)
    return file.fault(ConfigProblem.RULE_PLUGIN, ("rule-plugins", index), message)


def _policy_fault(file: ConfigFile, index: int, message: str) -> Diagnostic:
    from bplint.config.config_file import ConfigProblem  # the file is read by it

    return file.fault(ConfigProblem.WRONG_VALUE, ("policies", index), message)
