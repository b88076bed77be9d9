"""The one place that starts a Python interpreter the user named, to ask where its packages are."""

from __future__ import annotations

import os
import subprocess
from typing import Final

from bplint.pycode.files.folders import third_party

TIMEOUT_S: Final = 20
_QUESTION: Final = "import sys; sys.stdout.write('\\n'.join(sys.path))"


def site_packages_of(executable: str) -> list[str] | str:
    """The folders of installed packages of an interpreter, or the reason why it cannot be asked.

    It runs isolated (`-I`): the current folder and PYTHONPATH add nothing.
    """
    command = [executable, "-I", "-c", _QUESTION]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=TIMEOUT_S, check=False, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        return error.strerror or type(error).__name__
    except subprocess.TimeoutExpired:
        return f"it did not answer within {TIMEOUT_S} s"
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return last or f"it ended with exit code {done.returncode}"
    return third_party(done.stdout.decode("utf-8", "replace").replace("/", os.sep).split("\n"))
