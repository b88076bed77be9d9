"""Run by the reference parser's own Python: a verdict for each line of stdin.

A line is `{"path", "inputs", "types", "answers"}`: the blueprint, inputs of a deployment or null, a folder
with the built-in types, and import → file for what a manager would answer. Verdicts are null where the
blueprint parses and, if inputs are given, a deployment can be planned; else the stage, the exception's
class and its code; the stage is "unanswered" where an import would have to be fetched.
"""

import json
import os
import pickle
import resource
import signal
import sys
from pathlib import Path

from dsl_parser import functions, parser, yaml_loader
from dsl_parser.exceptions import DSLParsingLogicException
from dsl_parser.import_resolver.default_import_resolver import DefaultImportResolver
from dsl_parser.tasks import prepare_deployment_plan

LIMIT_BYTES = 2_000_000_000  # the parser does not end on some imports
LIMIT_S = 20
LONG = 20_000  # characters
MOST_KEPT = 40
REMOTE = ("http:", "https:", "plugin:", "blueprint:", "ftp:")


class Unanswered(BaseException):
    """An import that only a manager could answer: nobody here can say whether the blueprint is valid."""


class Manager:
    """Knows every object that anybody asks for."""

    def has_deployment_id(self):
        return True

    def has_blueprint_id(self):
        return True

    def get(self, type_name, value, **params):
        return [value]


class Resolver(DefaultImportResolver):
    """What a manager would answer, from files; never from the network."""

    def __init__(self, answers):
        super().__init__()
        self.answers = answers

    def fetch_import(self, import_url, **given):
        path = self.answers.get(import_url)
        if path is not None:
            return Path(path).read_text()
        if import_url.startswith(REMOTE):
            raise Unanswered
        if import_url.startswith("resource:"):  # what is no file is asked of the manager
            raise DSLParsingLogicException(13, "there is no such file")
        return super().fetch_import(import_url, **given)


class Loader:
    """The parser's own, which takes what is long and comes again from memory: it took most of the time."""

    def __init__(self):
        self.load = yaml_loader.load
        self.kept = {}

    def __call__(self, text, filename):
        plain = text.decode() if isinstance(text, bytes) else text
        if len(plain) < LONG:
            return self.load(text, filename)
        if (plain, filename) not in self.kept:
            if len(self.kept) > MOST_KEPT:
                self.kept.clear()
            self.kept[plain, filename] = pickle.dumps(self.load(text, filename))
        return pickle.loads(self.kept[plain, filename])


def verdict_of(case):
    stage = "parse"
    signal.alarm(LIMIT_S)
    try:
        os.chdir(Path(case["path"]).parent)
        plan = parser.parse_from_path(case["path"], case["types"], resolver=Resolver(case["answers"]))
        if case["inputs"] is not None:
            stage = "deploy"
            prepare_deployment_plan(plan, lambda key: "secret", case["inputs"], values_getter=Manager())
    except Unanswered:
        return ["unanswered", "", None]
    except Exception as error:
        code = getattr(error, "err_code", None)
        return [stage, type(error).__name__, code if isinstance(code, int) else None]
    finally:
        signal.alarm(0)
        forget_depth()
    return None


def forget_depth():
    """The parser's own count of open evaluations stays too high after an error."""
    for cell in functions._EvaluationHandler.__call__.__closure__:
        if hasattr(cell.cell_contents, "calls_cnt"):
            cell.cell_contents.calls_cnt = 0


def raise_timeout(number, frame):
    raise TimeoutError


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    sys.setrecursionlimit(1000)
    signal.signal(signal.SIGALRM, raise_timeout)
    yaml_loader.load = Loader()
    out, sys.stdout = sys.stdout, sys.stderr  # what the parser prints is no answer
    for line in sys.stdin:
        print(json.dumps(verdict_of(json.loads(line))), file=out, flush=True)
