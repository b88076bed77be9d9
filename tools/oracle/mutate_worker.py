"""Run by the reference parser's own Python: verdicts of cases as they come, one list of cases a line.

The first argument is the folder with the built-in types. The blueprint's folder is the working directory,
where the reference parser looks for imports first.
"""

import json
import pickle
import resource
import signal
import sys
from pathlib import Path

from case_batch import raise_timeout, verdict_of
from dsl_parser import yaml_loader

LIMIT_BYTES = 2_000_000_000  # the parser does not end on some imports


class Loader:
    """The parser's own, which reads the built-in types once: once a case took most of the time."""

    def __init__(self, types):
        self.load = yaml_loader.load
        self.kept = {}
        self.types = {path.read_text() for path in Path(types).rglob("*.yaml")}

    def __call__(self, text, filename):
        plain = text.decode() if isinstance(text, bytes) else text
        if plain not in self.types:
            return self.load(text, filename)
        if (plain, filename) not in self.kept:
            self.kept = {(plain, filename): pickle.dumps(self.load(text, filename))}
        return pickle.loads(self.kept[plain, filename])


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    sys.setrecursionlimit(1000)
    signal.signal(signal.SIGALRM, raise_timeout)
    types = sys.argv[1]
    yaml_loader.load = Loader(types)
    out, sys.stdout = sys.stdout, sys.stderr  # what the parser prints is no answer
    for line in sys.stdin:
        print(json.dumps([verdict_of(case, types) for case in json.loads(line)]), file=out, flush=True)
