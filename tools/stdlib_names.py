"""Generate `bplint/pycode/names/api/stdlib_names.txt`: modules and names of the standard library by version.

Run as `python -m tools.stdlib_names PYTHON…` with one interpreter of each version. Each is asked what its
standard library has (`tools/stdlib_probe.py`); only names are taken. The first line of the file holds the
versions; then a line a module: its name, a mask of the versions that have it, a mask of those in which its
names are not known, and groups `mask:name,name` of the names that these versions have. Masks are
hexadecimal, bit 0 is the first version.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "bplint" / "pycode" / "names" / "api" / "stdlib_names.txt"
PROBE = Path(__file__).parent / "stdlib_probe.py"
# modules of other systems than the one this runs on; what they hold is not known here
ELSEWHERE = {"_winapi": "3", "_winreg": "2", "msvcrt": "23", "nt": "23", "winreg": "3", "winsound": "23"}
# names of other systems that come from C code, or are put together when the module is imported
NAMES_ELSEWHERE = {
    "os": """startfile add_dll_directory O_BINARY O_NOINHERIT O_RANDOM O_SEQUENTIAL O_SHORT_LIVED O_TEMPORARY
    O_TEXT get_handle_inheritable set_handle_inheritable
    P_DETACH P_OVERLAY chflags lchflags lchmod O_EXLOCK O_SHLOCK plock getresgid""",
    "signal": "CTRL_C_EVENT CTRL_BREAK_EVENT SIGBREAK SIGINFO SIGEMT",
    "socket": """SIO_RCVALL SIO_KEEPALIVE_VALS SIO_LOOPBACK_FAST_PATH RCVALL_OFF RCVALL_ON
    RCVALL_SOCKETLEVELONLY SO_EXCLUSIVEADDRUSE SO_USELOOPBACK AF_SYSTEM SYSPROTO_CONTROL LOCAL_PEERCRED""",
    "select": """kqueue kevent devpoll KQ_EV_ADD KQ_EV_DELETE KQ_EV_ENABLE KQ_EV_DISABLE KQ_FILTER_READ
    KQ_FILTER_WRITE""",
    "asyncio": "ProactorEventLoop IocpProactor WindowsProactorEventLoopPolicy WindowsSelectorEventLoopPolicy",
    "subprocess": """STARTUPINFO STARTF_USESHOWWINDOW STARTF_USESTDHANDLES SW_HIDE CREATE_NEW_CONSOLE
    CREATE_NEW_PROCESS_GROUP CREATE_NO_WINDOW DETACHED_PROCESS""",
    "ctypes": """WinDLL OleDLL windll oledll WinError FormatError GetLastError HRESULT WINFUNCTYPE
    get_last_error set_last_error""",
    "time": "clock_settime",
    "sys": """getwindowsversion winver dllhandle last_exc last_type last_value last_traceback ps1 ps2
    exc_clear setdefaultencoding gettotalrefcount""",
}
COMMON = {
    "__builtins__",
    "__cached__",
    "__doc__",
    "__file__",
    "__loader__",
    "__name__",
    "__package__",
    "__path__",
}
COMMON |= {"__spec__"}


# prints which names a module gives that only its __getattr__ knows
_GIVEN = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
wanted = json.load(sys.stdin)
has = lambda module, name: hasattr(importlib.import_module(module), name)
json.dump({m: [n for n in names if has(m, n)] for m, names in wanted.items()}, sys.stdout)
"""
Asked = list[tuple[str, dict[str, list[str] | None]]]


def add_given(python: str, modules: dict[str, list[str] | None], everywhere: dict[str, set[str]]) -> None:
    """Add the names that modules make when they are asked: those that any version lists are tried."""
    wanted = {
        module: sorted(everywhere[module] - set(names))
        for module, names in modules.items()
        if names is not None and "__getattr__" in names
    }
    done = subprocess.run(
        [python, "-S", "-E", "-c", _GIVEN],
        input=json.dumps(wanted),
        capture_output=True,
        check=True,
        text=True,
    )
    for module, names in json.loads(done.stdout).items():
        known = modules[module]
        assert known is not None
        known.extend(names)


def ask(python: str) -> tuple[str, dict[str, list[str] | None]]:
    """The version of an interpreter, such as '3.11', and its modules with their names."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    version = subprocess.run([python, "-c", code], capture_output=True, check=True, text=True).stdout.strip()
    done = subprocess.run([python, "-S", "-E", str(PROBE)], capture_output=True, check=True, text=True)
    modules: dict[str, list[str] | None] = json.loads(done.stdout)
    for name, majors in ELSEWHERE.items():
        if version[0] in majors:
            modules.setdefault(name, None)
    for name, words in NAMES_ELSEWHERE.items():
        known = modules.get(name)
        if known is not None:
            known.extend(words.split())
    return version, modules


def table(asked: Asked) -> str:
    """The text of the file."""
    lines = [" ".join(version for version, _ in asked)]
    for module in sorted({name for _, modules in asked for name in modules}):
        has = unknown = 0
        masks: dict[str, int] = {}
        for index, (_, modules) in enumerate(asked):
            if module not in modules:
                continue
            has |= 1 << index
            names = modules[module]
            if names is None:
                unknown |= 1 << index
            for name in names or ():
                if name not in COMMON:
                    masks[name] = masks.get(name, 0) | 1 << index
        groups: dict[int, list[str]] = {}
        for name, mask in masks.items():
            groups.setdefault(mask, []).append(name)
        parts = [f"{mask:x}:{','.join(sorted(names))}" for mask, names in sorted(groups.items())]
        lines.append(" ".join([module, f"{has:x}", f"{unknown:x}", *parts]))
    return "\n".join(lines) + "\n"


def main(*pythons: str) -> None:
    asked = [ask(python) for python in pythons]
    everywhere: dict[str, set[str]] = {}
    for _, modules in asked:
        for module, names in modules.items():
            everywhere.setdefault(module, set()).update(names or ())
    for python, (version, modules) in zip(pythons, asked, strict=True):
        if version >= "3":
            add_given(python, modules, everywhere)
    asked.sort(key=lambda pair: [int(part) for part in pair[0].split(".")])
    OUTPUT.write_text(table(asked), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
