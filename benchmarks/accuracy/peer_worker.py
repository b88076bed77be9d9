"""Run by the Python of a peer, which the argument names: what it says of the file of each line of stdin.

A line is a path. Answers `[[rule, line, message, level], …]`, or null where the peer ended without a result.
Each file has a process of its own, for cfy-lint keeps what it saw in global names.
"""

import contextlib
import io
import json
import logging
import os
import signal
import sys
from pathlib import Path

LIMIT_S = 20


def yamllint():
    from yamllint.config import YamlLintConfig
    from yamllint.linter import run

    def check(path):
        text = Path(path).read_bytes().decode("utf-8")
        problems = run(text, YamlLintConfig("extends: default"))
        return [[each.rule or "syntax", each.line, each.desc, each.level] for each in problems]

    return check


def cfy_lint():
    from cfy_lint.commands.lint import create_report_for_file, rules
    from cfy_lint.yamllint_ext.config import YamlLintConfigExt

    def check(path):
        config = YamlLintConfigExt(content=None, yamllint_rules=rules)
        problems = create_report_for_file(path, config, skip_suggestions=())
        return [[each.rule or "syntax", each.line, each.message, each.level] for each in problems]

    return check


def said(check, path):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return check(path)
    except (Exception, SystemExit):
        return None


def answer(check, path):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        signal.alarm(LIMIT_S)
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(said(check, path)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else None


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    peer = {"yamllint": yamllint, "cfy-lint": cfy_lint}[sys.argv[1]]()
    for line in sys.stdin:
        print(json.dumps(answer(peer, json.loads(line))), flush=True)
