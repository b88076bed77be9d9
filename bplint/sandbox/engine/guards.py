"""Guards against accidents in workflow code. They are no security boundary.

What workflow code must not do in a plan (connections, processes, files elsewhere) raises `Forbidden`, a
PermissionError, and is noted; from Python 3.8 on through an audit hook, before by replacing functions.
"""

import os
import sys

_PROCESS_EVENTS = frozenset(
    [
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.fork",
        "os.forkpty",
        "pty.spawn",
    ]
    + ["os.startfile"]
)
_SOCKET_EVENTS = frozenset(
    [
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "socket.sendmsg",
    ]
    + ["socket.__new__"]
)
_FILE_EVENTS = {
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.mkdir": (0,),
    "os.rmdir": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "os.chown": (0,),
    "shutil.rmtree": (0,),
    "shutil.move": (0, 1),
}


class Forbidden(PermissionError):
    """Workflow code tried what a plan does not do."""


class ProcessEnded(BaseException):
    """Workflow code called os._exit or killed the process."""


class Guards(object):
    def __init__(self, places, scratch):
        self._places = places
        self._scratch = os.path.join(os.path.realpath(scratch), "")
        self._home = os.path.join(self._scratch, "home", "")
        self.noted = []
        self.is_on = True
        self._busy = False

    def install(self):
        self._replace_exits()
        add_hook = getattr(sys, "addaudithook", None)
        if add_hook is not None:
            add_hook(self._audit)
        else:
            self._replace_functions()

    # -- judging ------------------------------------------------------------------------------------

    def _audit(self, event, args):
        if not self.is_on or self._busy:
            return
        if event == "open":
            self._check_open(args)
        elif event in _SOCKET_EVENTS:
            self._refuse("connection", self._address(event, args))
        elif event in _PROCESS_EVENTS:
            self._refuse("process", str(args[0] if args else event))
        elif event == "os.kill":
            self._refuse("kill", "process %s" % args[0])
        elif event in _FILE_EVENTS:
            for index in _FILE_EVENTS[event]:
                if index < len(args):
                    self._check_path(args[index])

    @staticmethod
    def _address(event, args):
        if event == "socket.__new__":
            return "a socket"
        parts = [str(one) for one in args if isinstance(one, (str, bytes, tuple, int))]
        return ":".join(parts) or event

    def _check_open(self, args):
        path, mode, flags = (tuple(args) + (None, None, None))[:3]
        writes = any(letter in mode for letter in "wax+") if isinstance(mode, str) else _writes(flags)
        if writes and isinstance(path, (str, bytes)):
            self._check_path(path)

    def _check_path(self, path):
        if not isinstance(path, (str, bytes)):
            return
        full = os.path.realpath(os.fsdecode(path))
        if full == os.devnull or (full.startswith(self._scratch) and not full.startswith(self._home)):
            return
        if full.startswith(self._home):
            full = "~/" + full[len(self._home) :]
        self._refuse("write", full)

    def _refuse(self, what, detail):
        self._busy = True
        try:
            place = self._places.here()
            note = {"what": what, "detail": detail, "place": list(place) if place else None}
            if note not in self.noted and len(self.noted) < 100:
                self.noted.append(note)
        finally:
            self._busy = False
        error = Forbidden("a plan does not do this: %s (%s)" % (what, detail))
        error.bplint_kind = "plan-guard"
        error.bplint_details = {"what": what, "detail": detail}
        raise error

    # -- replacing ----------------------------------------------------------------------------------

    def _replace_exits(self):
        def exit_now(status=0):
            raise ProcessEnded("os._exit(%s)" % status)

        def kill(pid, number):
            if pid in (0, -1, os.getpid(), os.getppid()):
                raise ProcessEnded("os.kill of the own process with signal %s" % int(number))
            self._refuse("kill", "process %s" % pid)

        def abort():
            raise ProcessEnded("os.abort()")

        self.real_exit = os._exit
        os._exit = exit_now
        os.kill = kill
        os.abort = abort

    def _replace_functions(self):
        """Python 3.6 and 3.7 have no audit hooks."""
        import builtins
        import io
        import socket
        import subprocess

        def guard(owner, name, check):
            real = getattr(owner, name)

            def guarded(*args, **kwargs):
                if self.is_on and not self._busy:
                    check(*args, **kwargs)
                return real(*args, **kwargs)

            setattr(owner, name, guarded)

        def opens(path, mode="r", *_args, **_kwargs):
            self._check_open((path, mode, None))

        guard(builtins, "open", opens)
        io.open = builtins.open
        guard(os, "open", lambda path, flags, *_a, **_k: self._check_open((path, None, flags)))
        for event, indexes in _FILE_EVENTS.items():
            module, _, name = event.partition(".")
            if module == "os":
                self._guard_paths(guard, name, indexes)
        for name in ("system", "fork", "execv", "execve", "posix_spawn", "popen"):
            if hasattr(os, name):
                guard(os, name, lambda *args, **_k: self._refuse("process", str(args[:1])))
        guard(subprocess.Popen, "__init__", lambda _self, args, *_a, **_k: self._refuse("process", str(args)))
        guard(socket.socket, "__init__", lambda *_a, **_k: self._refuse("connection", "a socket"))

    def _guard_paths(self, guard, name, indexes):
        def check(*args, **_kwargs):
            for index in indexes:
                if index < len(args):
                    self._check_path(args[index])

        guard(os, name, check)


def _writes(flags):
    if not isinstance(flags, int):
        return False
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))


def limit_resources(limits):
    """Memory, time and file sizes where the platform can (POSIX); the parent watches the time anyway."""
    try:
        import resource
    except ImportError:
        return
    wanted = (
        ("RLIMIT_AS", limits.get("memory_bytes")),
        ("RLIMIT_CPU", limits.get("cpu_s")),
        ("RLIMIT_FSIZE", limits.get("file_bytes")),
        ("RLIMIT_CORE", 0),
    )
    for name, value in wanted:
        if value is None or not hasattr(resource, name):
            continue
        try:
            resource.setrlimit(getattr(resource, name), (int(value), int(value)))
        except (ValueError, OSError):
            pass  # macOS refuses some; a hard limit may be lower already
