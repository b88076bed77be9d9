"""`bplint lsp`."""

from __future__ import annotations

from importlib.util import find_spec

import click

from bplint.cli.command import Command, option


@click.command("lsp", cls=Command)
@option("--tcp", is_flag=True, help="Listen on the loopback interface in place of standard input and output.")
@option("--port", type=click.IntRange(0, 65535), default=0, help="Port for --tcp; 0: any free one.")
@option("--log", metavar="FILE", type=click.Path(dir_okay=False), help="Write a log of the session.")
def command(tcp: bool, port: int, log: str | None) -> int:
    """Serve an editor by the language server protocol, on standard input and output."""
    if find_spec("pygls") is None:
        raise click.UsageError("the language server needs the extra lsp: pip install 'bplint[lsp]'")
    import logging  # an editor's session has one; a lint has none

    level = logging.INFO if log else logging.ERROR
    logging.basicConfig(filename=log, level=level, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    from bplint.lsp.server import make_server  # pygls and all that an editor asks for

    server = make_server()
    if tcp:
        server.start_tcp("127.0.0.1", port)
    else:
        server.start_io()
    return 0
