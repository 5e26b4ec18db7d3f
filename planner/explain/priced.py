"""A limit with its price, and how reports print it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.explain.figure import Figure
from planner.explain.lever import Lever
from planner.outcome import LimitPrice
from planner.reading.tree.nodes import path_text


@dataclass(frozen=True)
class Priced:
    """A limit with its price beside a plan; gain and loss in the unit of the objective."""

    lever: Lever
    figure: Figure
    raises: bool
    """Whether the change that gains raises the figure."""
    unit: float
    """One unit, as an amount of the figure."""
    gain: float | None
    """What one unit gains; None where only planning again can tell, since it comes in whole numbers."""
    reach: float
    """Units up to which each gains as much; zero where that is not known."""
    loss: float | None
    """What one unit the other way costs; None where it is not known."""
    reach_back: float

    @property
    def stake(self) -> float:
        """What the whole change gains as far as its price holds, at most as much again as there is."""
        if self.gain is None:
            return 0.0
        return self.gain * min(self.reach, max(1.0, abs(self.figure.value) / self.unit))

    def after(self, units: float) -> float:
        """The figure after so many units of the change that gains."""
        new = self.figure.value + (units if self.raises else -units) * self.unit
        return float(f"{new:.12g}")

    def record(self, planned_again: float | None = None) -> LimitPrice:
        """The price as reports print it."""
        unit = f"{self.unit * 100:.4g} %" if self.figure.kind == "share" else self.figure.with_noun(self.unit)
        return LimitPrice(
            path=path_text(self.figure.path),
            keys=self.figure.path,
            words=self.lever.words,
            periods=self.lever.periods,
            unit=f"{'+' if self.raises else '−'}{unit}",
            value=self.figure.with_noun(self.figure.value),
            gain=self.gain,
            reach=self.reach,
            loss=self.loss,
            reach_back=self.reach_back,
            planned_again=planned_again,
        )
