"""`bplint vendor`."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import click

from bplint.cli.command import Command, option
from bplint.cli.shared_options import (
    color_option,
    config_options,
    import_options,
    overrides_of,
    read_config,
    start_folder,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.app.vendoring import VendorFolder
    from bplint.cli.fetch import Fetcher
    from bplint.config import Config

_MAX_ROUNDS: Final = 10  # fetched files import others
_MAX_URLS: Final = 200


@click.command("vendor", cls=Command)
@click.argument("paths", metavar="BLUEPRINT…", nargs=-1, required=True)
@option("--folder", metavar="DIR", type=click.Path(file_okay=False),
        help="Where .bplint/imports is.  [default: with the configuration, else the blueprints]")  # fmt: skip
@option("--update", "is_update", is_flag=True, help="Fetch what was fetched before once more.")
@option("--ca-file", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
        help="Trust the certificates in this file, and no others.")  # fmt: skip
@option("--private-addresses", "is_private", is_flag=True, help="Addresses of private networks may be asked.")
@import_options
@config_options
@color_option
def command(
    paths: tuple[str, ...],
    folder: str | None,
    is_update: bool,
    ca_file: str | None,
    is_private: bool,
    config_file: str | None,
    no_config: bool,
    color: str,
    **given: Any,
) -> int:
    """Fetch the imports of blueprints that cannot be read, over https, into .bplint/imports.

    Each is fetched once. The lock file there says what it was (URL, sha256, day); commit both. validate reads
    them offline and checks them; with --frozen it fails on a difference.
    """
    import ssl

    from bplint.app.vendoring import LockError, VendorFolder
    from bplint.cli.fetch import Fetcher

    loaded = read_config(start_folder(paths), overrides_of(given), config_file, no_config, color)
    config = loaded.config
    root = folder or (os.path.dirname(loaded.path) if loaded.path else start_folder(paths))
    try:
        vendored = VendorFolder(os.path.join(root, ".bplint", "imports"))
    except LockError as error:
        raise click.UsageError(str(error)) from error
    fetcher = Fetcher(ssl.create_default_context(cafile=ca_file), is_private=is_private)
    failed = _fetch_all(paths, config, vendored, fetcher, is_update=is_update)
    for url, reason in failed:
        click.echo(f"bplint: '{url}' is not fetched: {reason}", err=True)
    return 1 if failed else 0


def _fetch_all(
    paths: Sequence[str], config: Config, vendored: VendorFolder, fetcher: Fetcher, *, is_update: bool
) -> list[tuple[str, str]]:
    """Fetch until nothing is left that can be; what could not be, with the reason."""
    from bplint.app.vendoring import unread_urls

    failed: dict[str, str] = {}
    done: set[str] = set()
    waiting = list(vendored.locked) if is_update else []
    for _ in range(_MAX_ROUNDS):
        waiting += [url for url in unread_urls(paths, config) if url not in done]
        waiting = [url for url in dict.fromkeys(waiting) if url not in done]
        if not waiting:
            break
        for url in waiting[: _MAX_URLS - len(done)]:
            reason = _fetch(url, vendored, fetcher)
            if reason is not None:
                failed[url] = reason
        done.update(waiting)
        waiting = []
    return sorted(failed.items())


def _fetch(url: str, vendored: VendorFolder, fetcher: Fetcher) -> str | None:
    """Fetch one file and keep it; why not, where that fails."""
    from bplint.app.vendoring import UnfitError, WriteError
    from bplint.cli.fetch import FetchError

    before = vendored.locked.get(url)
    try:
        locked = vendored.add(url, fetcher.fetch(url), date.today().isoformat())
    except (FetchError, UnfitError, WriteError) as error:
        return str(error)
    word = "the same" if locked is before else "changed" if before is not None else "fetched"
    click.echo(f"{word}: {url} (sha256 {locked.sha256[:16]}…)")
    return None
