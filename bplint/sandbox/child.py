"""Entry of the child: `python child.py SCRATCH` reads SCRATCH/request.json and writes SCRATCH/plan.jsonl.

Runs under the interpreter of the plugin's choice, Python 3.6 and newer, with nothing but the standard
library. Imported by nobody.
"""

import gc
import json
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def _load_engine():
    import importlib.util

    folder = os.path.join(_HERE, "engine")
    spec = importlib.util.spec_from_file_location(
        "_bplint_engine", os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["_bplint_engine"] = module
    spec.loader.exec_module(module)


def main(scratch):
    sys.dont_write_bytecode = True
    gc.disable()  # a plan is all growth: collecting costs a third of the time and finds nothing
    with open(os.path.join(scratch, "request.json"), encoding="utf-8") as source:
        request = json.load(source)
    _load_engine()
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != _HERE]
    sys.path.insert(0, os.path.join(_HERE, "stubs"))
    sys.path[1:1] = (request.get("code") or {}).get("source_paths") or []
    if "sweep" in request:
        from _bplint_engine.sweep import SweepSession as Session
    else:
        from _bplint_engine.session import Session

    Session(request, scratch, _HERE).run()


if __name__ == "__main__":
    main(sys.argv[1])
