"""Every key of a configuration file: one table for the check, `bplint config` and the documentation."""

from __future__ import annotations

from typing import Final

from bplint.record import Record


class ConfigKey(Record):
    """A key of `[tool.bplint]`.

    shape  'bool', 'string', 'path', 'strings', 'paths', 'codes', 'level', 'version', 'python', 'manager',
           'string-map' (string → string), 'code-map' (glob → codes) or 'policies' (a list of tables)
    """

    key: str
    field: str
    shape: str
    summary: str


OPTIONS: Final = (
    ConfigKey("select", "select", "codes", "rules to run instead of the default ones"),
    ConfigKey("extend-select", "extend_select", "codes", "rules to run beside the others"),
    ConfigKey("ignore", "ignore", "codes", "rules not to run"),
    ConfigKey("per-file-ignores", "per_file_ignores", "code-map", "glob: rules not to run on these files"),
    ConfigKey(
        "per-file-extend-select",
        "per_file_extend_select",
        "code-map",
        "glob: rules to run on these files beside the others",
    ),
    ConfigKey("mandatory", "mandatory", "codes", "rules that no comment and no baseline can silence"),
    ConfigKey("fail-on", "fail_on", "level", "lowest severity that makes the exit code 1"),
    ConfigKey("exclude", "exclude", "strings", "globs of files that a folder argument leaves out"),
    ConfigKey("plugin-path", "plugin_path", "paths", "folders with plugin.yaml files and plugin archives"),
    ConfigKey("import-rules", "import_rules", "string-map", "prefix: replacement, as the manager's rules"),
    ConfigKey("strict-imports", "strict_imports", "bool", "an import that cannot be read is an error"),
    ConfigKey("frozen", "frozen", "bool", "a fetched import that is not as it was fetched is an error"),
    ConfigKey("source-root", "source_root", "paths", "where workflow and operation code is looked for"),
    ConfigKey("python", "python", "string", "interpreter whose packages are searched for that code"),
    ConfigKey("target", "target", "manager", "line of managers that is to take the blueprints, such as 6.4"),
    ConfigKey(
        "target-python", "target_python", "python", "version of Python that runs the code, such as 3.11"
    ),
    ConfigKey("import-check", "import_check", "bool", "import the code in a child process"),
    ConfigKey("deployment", "deployment", "bool", "check what creating a deployment checks"),
    ConfigKey("inputs", "inputs", "strings", "inputs for that: files or KEY=VALUE"),
    ConfigKey("baseline", "baseline", "path", "file of accepted diagnostics"),
    ConfigKey("rule-plugins", "rule_plugins", "strings", "entry points of group bplint.rules to load"),
    ConfigKey("policies", "policies", "policies", "rules of your own, written down here"),
    ConfigKey("rule-url", "rule_url", "string", "address of a rule's page, with {code}: linked in reports"),
    ConfigKey("required-version", "required_version", "version", "versions of bplint that may run here"),
)

BY_KEY: Final = {option.key: option for option in OPTIONS}
