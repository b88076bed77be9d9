"""Imports modules for real: reads [[folder, module], …] from standard input, prints what each import raised
(null where it did not). Each import has a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

CHILD = """
import sys, importlib
sys.path.append(sys.argv[1])  # as installed packages: behind the standard library
sys.dont_write_bytecode = True
try:
    importlib.import_module(sys.argv[2])
except BaseException as error:
    print(f"\\nRAISED {type(error).__name__}: {error}")
"""


def raised(folder: str, module: str) -> str | None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHILD, folder, module],
        capture_output=True,
        text=True,
        timeout=60,
    )
    _, separator, told = done.stdout.rpartition("\nRAISED ")
    return told.strip() if separator else None


if __name__ == "__main__":
    json.dump([raised(folder, module) for folder, module in json.load(sys.stdin)], sys.stdout)
