"""Time as the workflow sees it: nobody waits, but deadlines pass."""

import threading
import time

MAX_SLEPT_S = 7 * 24 * 3600
MAX_SLEEPS = 100000


class SleepsForEver(BaseException):
    """Workflow code waits for what never happens in a plan. No Exception: nobody shall catch it."""


class Clock(object):
    """Replaces time.sleep, time.time and time.monotonic: sleeping moves the clock and returns at once."""

    def __init__(self):
        self.slept_s = 0.0
        self.sleeps = 0
        self._real = {}

    def install(self):
        main_thread = threading.current_thread()
        real = self._real = {name: getattr(time, name) for name in ("sleep", "time", "monotonic")}

        def sleep(seconds):
            if threading.current_thread() is not main_thread:
                return real["sleep"](min(float(seconds), 0.05))
            self.slept_s += max(float(seconds), 0.0)
            self.sleeps += 1
            if self.slept_s > MAX_SLEPT_S or self.sleeps > MAX_SLEEPS:
                raise SleepsForEver("slept %d times, %d seconds in all" % (self.sleeps, self.slept_s))
            return None

        time.sleep = sleep
        time.time = lambda: real["time"]() + self.slept_s
        time.monotonic = lambda: real["monotonic"]() + self.slept_s
