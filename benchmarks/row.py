"""A line of the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measure import Series


@dataclass(frozen=True)
class Row:
    """One ratio. `ceiling` None: shown, not judged. `at_least` turns the comparison round: a floor."""

    what: str
    against: str
    value: float
    ceiling: float | None = None
    detail: str = ""
    at_least: bool = False
    unit: str = ""
    failure: str = ""  # why there is no figure

    @property
    def is_met(self) -> bool | None:
        """Judged as it is shown: with two decimals."""
        if self.ceiling is None or self.failure:
            return None
        shown = round(self.value, 2)
        return shown >= self.ceiling if self.at_least else shown <= self.ceiling

    @property
    def line(self) -> str:
        """The row in Markdown."""
        goal = "" if self.ceiling is None else f"{'≥' if self.at_least else '≤'} {self.ceiling:g}{self.unit}"
        if self.failure:
            return f"| {self.what} | {self.against} | – |  |  | no result: {self.failure} |"
        met = {None: "", True: "yes", False: "**no**"}[self.is_met]
        return (
            f"| {self.what} | {self.against} | {self.value:.2f}{self.unit} | {goal} | {met} | {self.detail} |"
        )


def detail_of(series: Series) -> str:
    """CPU time and peak memory of a command."""
    peak = f", {series.peak_mib:.0f} MiB" if series.peak_mib is not None else ""
    return f"{series.cpu_s * 1000:.0f} ms{peak}"
