"""Run by the reference parser's own Python: verdicts of many texts in one process.

Reads a JSON list of texts from stdin and writes a JSON list: null for a text that parses, else the
exception's class name and code.
"""

import json
import signal
import sys

from dsl_parser import parser

LIMIT_S = 10


def verdict_of(text):
    signal.alarm(LIMIT_S)  # the parser does not end on some texts
    try:
        parser.parse(text)
    except Exception as error:
        code = getattr(error, "err_code", None)
        return [type(error).__name__, code if isinstance(code, int) else None]
    finally:
        signal.alarm(0)
    return None


def raise_timeout(number, frame):
    raise TimeoutError


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, raise_timeout)
    json.dump([verdict_of(text) for text in json.load(sys.stdin)], sys.stdout)
