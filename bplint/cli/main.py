"""The console script. It imports no more than the command line asks for: `--version` not even click."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line of this process and end it with the exit code."""
    # trees of nodes are no garbage while they are in use, and a command is over soon
    gc.disable()
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from bplint import __version__

        print(f"bplint {__version__}")
        _leave(0)
    from bplint.cli.group import main

    _leave(main(arguments))


def _leave(code: int) -> NoReturn:
    """End the process at once. To take apart every module and tree first is a sixth of a small lint."""
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105  contextlib would be one more import for --version
            stream.flush()
        except (OSError, ValueError):  # its reader has gone, or it was closed: nothing left to say
            pass
    os._exit(code)
