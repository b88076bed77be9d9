"""`bplint config`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, write_document, write_text
from bplint.cli.shared_options import color_option, config_options, read_config, start_folder

if TYPE_CHECKING:
    from bplint.config.load import LoadedConfig


@click.command("config", cls=Command)
@click.argument("path", metavar="[PATH]", required=False)
@option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@config_options
@color_option
def command(path: str | None, format_name: str, config_file: str | None, no_config: bool, color: str) -> int:
    """Show the effective configuration for PATH (default: the current folder), and where each value
    comes from."""
    start = start_folder([path]) if path else "."
    loaded = read_config(start, {}, config_file, no_config, color)
    if format_name == "json":
        import json

        write_document(json.dumps(_data(loaded), indent=2, ensure_ascii=False) + "\n")
    else:
        write_text(_text(loaded, is_colored(color)))
    return 0


def _data(loaded: LoadedConfig) -> dict[str, Any]:
    from bplint.config.keys import OPTIONS

    config = loaded.config
    return {
        "file": loaded.path,
        "options": {
            option.key: {
                "value": _plain(getattr(config, option.field)),
                "origin": config.origins.get(option.field, "default"),
            }
            for option in OPTIONS
        },
    }


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):  # a policy: what it says, by the keys of the file
        defaults = value._field_defaults
        given = {name: item for name, item in value._asdict().items() if item != defaults.get(name)}
        return {name.replace("_", "-"): _plain(item) for name, item in given.items()}
    if isinstance(value, tuple):
        if value and all(isinstance(item, tuple) and len(item) == 2 for item in value):
            return {key: _plain(item) for key, item in value}
        return [_plain(item) for item in value]
    return getattr(value, "value", value)


def _text(loaded: LoadedConfig, color: bool) -> str:
    import json

    from bplint.config.keys import OPTIONS
    from bplint.terminal.colors import styler

    style = styler(color)
    config = loaded.config
    lines = [style(f"# configuration file: {loaded.path or 'none'}", dim=True)]
    for each in OPTIONS:
        value = _plain(getattr(config, each.field))
        if each.shape == "level" and value is None:
            value = "never"
        origin = config.origins.get(each.field, "default")
        shown = "(none)" if value is None else json.dumps(value, ensure_ascii=False)
        is_set = origin != "default"
        lines.append(f"{style(each.key, bold=is_set)} = {shown}  {style('# ' + origin, dim=True)}")
    return "".join(line + "\n" for line in lines)
