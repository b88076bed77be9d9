"""Run by the Python of the peers: what yamllint and cfy-lint say of the file of each line of stdin.

A line is a path. Answers `{"yamllint": [[rule, line, message, level], …], "cfy-lint": …}`; null for one that
ended without a result. Each file has a process of its own, for cfy-lint keeps what it saw in global names.
"""

import contextlib
import io
import json
import os
import signal
import sys
from pathlib import Path

import yamllint.linter
from cfy_lint.commands.lint import create_report_for_file, rules
from cfy_lint.yamllint_ext.config import YamlLintConfigExt
from yamllint.config import YamlLintConfig

LIMIT_S = 20


def by_yamllint(path):
    text = Path(path).read_bytes().decode("utf-8")
    problems = yamllint.linter.run(text, YamlLintConfig("extends: default"))
    return [[each.rule or "syntax", each.line, each.desc, each.level] for each in problems]


def by_cfy_lint(path):
    config = YamlLintConfigExt(content=None, yamllint_rules=rules)
    problems = create_report_for_file(path, config, skip_suggestions=())
    return [[each.rule or "syntax", each.line, each.message, each.level] for each in problems]


def said(path):
    found = {}
    for name, run in (("yamllint", by_yamllint), ("cfy-lint", by_cfy_lint)):
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                found[name] = run(path)
        except (Exception, SystemExit):
            found[name] = None
    return found


def answer(path):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        signal.alarm(LIMIT_S)
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(said(path)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else {"yamllint": None, "cfy-lint": None}


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
