"""The console script. It imports no more than the command line asks for: `--version` not even click."""

from __future__ import annotations

import gc
import sys


def run() -> None:
    """Run the command line of this process and end it with the exit code."""
    # trees of nodes are no garbage while they are in use, and a command is over soon
    gc.disable()
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from bplint import __version__

        print(f"bplint {__version__}")
        sys.exit(0)
    from bplint.cli.group import main

    sys.exit(main(arguments))
