"""Forks of the running simulation: each goes on with something that goes wrong, and has what came before."""

import os
import select
import signal
import sys
import time
import warnings

# before the guards replace them
_FORK = getattr(os, "fork", None)
_KILL = os.kill
_PERF = time.perf_counter

CAN_FORK = _FORK is not None
_MAX_SIDE_BY_SIDE = 4


class Forks(object):
    """Forks of this process and what they tell. In a fork `index` is that of its variant, else None."""

    def __init__(self, guards, tell, end_s, limit_s):
        self._guards = guards
        self._tell = tell
        self._end_s = end_s
        self._limit_s = limit_s
        self._running = {}  # the end of a pipe → what is known of the fork that writes to its other end
        self._most = max(1, min(os.cpu_count() or 1, _MAX_SIDE_BY_SIDE))
        self._writer = None
        self.index = None

    def branch(self, index):
        """True in a fork that was made for the variant; False here, and where there is no time left."""
        if self.index is not None:
            return False
        while len(self._running) >= self._most:
            self._collect()
        if _PERF() >= self._end_s:
            return False
        reader, writer = os.pipe()
        self._guards.is_on = False
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the watching thread only waits
            process_id = _FORK()
        self._guards.is_on = True
        if process_id == 0:
            for other in self._running:
                os.close(other)
            os.close(reader)
            self._running = {}
            self.index, self._writer = index, writer
            return True
        os.close(writer)
        end_s = min(_PERF() + self._limit_s, self._end_s)
        self._running[reader] = {"index": index, "process": process_id, "end_s": end_s, "parts": []}
        return False

    def answer(self, row):
        """The fork tells its row, JSON, and ends."""
        self._guards.is_on = False
        try:
            with os.fdopen(self._writer, "w", encoding="utf-8") as target:
                target.write(row)
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        finally:
            self.leave()

    def leave(self):
        """The fork ends without a word."""
        self._guards.real_exit(0)

    def finish(self):
        """Wait for all that are under way."""
        while self._running:
            self._collect()

    def _collect(self):
        """Read what comes, end what takes too long."""
        first_s = min(fork["end_s"] for fork in self._running.values())
        ready, _, _ = select.select(list(self._running), [], [], max(first_s - _PERF(), 0))
        for reader in ready:
            part = os.read(reader, 1 << 16)
            if part:
                self._running[reader]["parts"].append(part)
            else:
                self._close(reader, b"".join(self._running[reader]["parts"]).decode("utf-8"))
        for reader in [one for one, fork in self._running.items() if fork["end_s"] <= _PERF()]:
            self._close(reader, None)

    def _close(self, reader, row):
        """`row` is None where time was over, empty where the fork ended without a word."""
        fork = self._running.pop(reader)
        os.close(reader)
        if row is None:
            _KILL(fork["process"], signal.SIGKILL)
        os.waitpid(fork["process"], 0)
        self._tell(fork["index"], row)
