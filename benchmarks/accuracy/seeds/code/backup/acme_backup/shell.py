"""Programs of the machine."""

import subprocess


class ShellError(Exception):
    """A program ended badly."""


def run(command, timeout=None):
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output, _ = process.communicate(timeout=timeout)
    if process.returncode:
        raise ShellError(command[0])
    return output
