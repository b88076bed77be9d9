"""Timing whole processes side by side, in turn, so that a drifting machine disturbs both alike."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Run:
    """One finished process: CPU seconds of user and system together, wall seconds, peak memory in MiB."""

    cpu_s: float
    wall_s: float
    peak_mib: float | None
    exit_code: int


@dataclass(frozen=True)
class Series:
    """Several runs of one command."""

    runs: tuple[Run, ...]

    @property
    def cpu_s(self) -> float:
        return median(run.cpu_s for run in self.runs)

    @property
    def wall_s(self) -> float:
        return median(run.wall_s for run in self.runs)

    @property
    def peak_mib(self) -> float | None:
        peaks = [run.peak_mib for run in self.runs if run.peak_mib is not None]
        return median(peaks) if peaks else None

    @property
    def exit_codes(self) -> set[int]:
        return {run.exit_code for run in self.runs}


def _environment() -> dict[str, str]:
    """The environment of this process, but one in which modules are compiled once and not at every run."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_once(command: Sequence[str], cwd: str | None = None) -> Run:
    """Run a command to its end with its output thrown away."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        # Linux counts in KiB, macOS in bytes
        scale = 1024.0 if sys.platform != "darwin" else 1024.0 * 1024.0
        return Run(
            usage.ru_utime + usage.ru_stime,
            time.perf_counter() - started,
            usage.ru_maxrss / scale,
            process.returncode,
        )
    process.wait()
    elapsed = time.perf_counter() - started
    return Run(elapsed, elapsed, None, process.returncode)


def side_by_side(
    commands: Mapping[str, Sequence[str]], runs: int, cwd: str | None = None
) -> dict[str, Series]:
    """Run every command once unmeasured, then all in turn, `runs` times.

    Raises RuntimeError where a bare interpreter fails: it would be compared with work that was not done.
    """
    for name, command in commands.items():
        first = run_once(command, cwd)
        if first.exit_code and "-c" in command[:2]:
            raise RuntimeError(f"'{name}' ends with exit code {first.exit_code}")
    collected: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            collected[name].append(run_once(command, cwd))
    return {name: Series(tuple(results)) for name, results in collected.items()}


def ratio(measured: Series, against: Series) -> float:
    """Median of the ratios pair by pair."""
    return median(
        one.cpu_s / max(other.cpu_s, 1e-6) for one, other in zip(measured.runs, against.runs, strict=True)
    )


def growth_exponent(small: tuple[float, float], large: tuple[float, float]) -> float:
    """Slope between two (size, seconds) points in log-log: 1.0 is linear."""
    from math import log

    return log(large[1] / small[1]) / log(large[0] / small[0])
