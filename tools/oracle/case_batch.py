"""Run by the reference parser's own Python: blueprints of several files, parsed and made a deployment of.

Reads a JSON list of `{"files": {path: text}, "inputs": null or mapping}` from stdin; the first file is the
blueprint. Writes a JSON list: null where all is well, else the stage ('parse' or 'deploy'), the
exception's class name and its code. Without `inputs` nothing is deployed.
"""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from dsl_parser import functions, parser
from dsl_parser.tasks import prepare_deployment_plan

LIMIT_S = 5


class Manager:
    """Knows every object that anybody asks for."""

    def has_deployment_id(self):
        return True

    def has_blueprint_id(self):
        return True

    def get(self, type_name, value, **params):
        return [value]


def verdict_of(case, types=None):
    """`types`: a folder where imports are looked for too; one works in the blueprint's folder then."""
    stage = "parse"
    signal.alarm(LIMIT_S)  # the parser does not end on some texts
    try:
        with tempfile.TemporaryDirectory() as folder:
            for path, text in case["files"].items():
                Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
                Path(folder, path).write_bytes(text.encode())
            if types is not None:
                os.chdir(folder)
            plan = parser.parse_from_path(str(Path(folder, next(iter(case["files"])))), types)
        if case.get("inputs") is not None:
            stage = "deploy"
            getter = None if types is None else Manager()
            prepare_deployment_plan(plan, lambda key: "secret", case["inputs"], values_getter=getter)
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
    signal.signal(signal.SIGALRM, raise_timeout)
    json.dump([verdict_of(case) for case in json.load(sys.stdin)], sys.stdout)
