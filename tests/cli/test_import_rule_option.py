"""Where `--import-rule PREFIX=REPLACEMENT` is cut."""

from __future__ import annotations

import click
import pytest

from bplint.cli.shared_options import rule_pairs

PARAMETER = click.Option(["--import-rule"])
CTX = click.Context(click.Command("validate"))
CUTS = {
    "URL": ("http://a/b=/c", ("http://a/b", "/c")),
    "plugin": ("plugin:a=plugin:b?version=1", ("plugin:a", "plugin:b?version=1")),
    "version": ("plugin:a?version=1.0=/b", ("plugin:a?version=1.0", "/b")),
    "constraint": ("plugin:a?version=>=1.2,<2=/b", ("plugin:a?version=>=1.2,<2", "/b")),
    "equal": ("plugin:a?version===1.0=plugin:b?version=2", ("plugin:a?version===1.0", "plugin:b?version=2")),
    "several parameters": ("plugin:a?version=1&platform=any=/b", ("plugin:a?version=1&platform=any", "/b")),
    "path with a sign": ("plugin:a?version=1=/b=c", ("plugin:a?version=1", "/b=c")),
    "no replacement beside it": ("plugin:a?version=1", ("plugin:a?version", "1")),
}


@pytest.mark.parametrize(("value", "pair"), CUTS.values(), ids=CUTS)
def test_cut(value: str, pair: tuple[str, str]) -> None:
    assert rule_pairs(CTX, PARAMETER, (value,)) == (pair,)


@pytest.mark.parametrize("value", ["", "=b", "plugin:a"])
def test_refused(value: str) -> None:
    with pytest.raises(click.BadParameter):
        rule_pairs(CTX, PARAMETER, (value,))
