"""Ways to get consumption tax wrong: each is a rule of the witness, changed while code runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import numpy as np

from planner.case.offer import Offer
from tests.rival import effect, effects, passed_on
from tests.rival.books import Books
from tests.rival.effect import Effect
from tests.rival.figures import Figures
from tests.rival.month_mutations import Wrong

_factor, _period_end, _settle = passed_on.factor, passed_on.period_end, passed_on.settle


def _not_on(*lines: str) -> Wrong:
    def factor(figures: Books, line: str) -> np.ndarray:
        return _factor(figures, line) * (line not in lines)

    return lambda: patch.object(effect, "factor", factor)


def _first_rate(figures: Books, line: str) -> np.ndarray:
    """The rate at the start holds for ever."""
    found = _factor(figures, line)
    return np.full(len(found), found[0])


def _calendar_years(figures: Books, m: int) -> int:
    """Every tax period is a year of the calendar."""
    return m + 12 - figures.moments.first.plus(m).month


def _each_month(_figures: Books, m: int) -> int:
    return m


def _lost(figures: Books, one: Effect) -> None:
    """What is not settled at the end is forgotten."""
    _settle(figures, one)
    one.owed_to_state = 0.0


def _never(_figures: Books, _one: Effect) -> None:
    """Nothing is ever settled."""


def _no_duty(_figures: Figures, _offer: Offer, amount: Any, _ordered: int) -> Any:
    return amount


_with_duty = Figures.with_duty


def _first_duty(figures: Figures, offer: Offer, amount: Any, _ordered: int) -> Any:
    """The duty of the first month holds for all."""
    return _with_duty(figures, offer, amount, 0)


def _settling(settle: Callable[[Books, Effect], None]) -> Wrong:
    return lambda: patch.multiple(effects, settle=settle)


WRONG_TAX: dict[str, Wrong] = {
    "sales bear none": _not_on("revenue"),
    "investments bear none": _not_on("system_price", "additions", "expansion", "contracted"),
    "energy bears none": _not_on("energy"),
    "rent and operations bear none": _not_on("rent", "operations"),
    "the first rate holds for ever": lambda: patch.object(effect, "factor", _first_rate),
    "a tax period is a year of the calendar": lambda: patch.object(passed_on, "period_end", _calendar_years),
    "every month is settled": lambda: patch.object(passed_on, "period_end", _each_month),
    "what is not settled at the end is lost": _settling(_lost),
    "systems bear no duty": lambda: patch.object(Figures, "with_duty", _no_duty),
    "the duty of the first month holds for all": lambda: patch.object(Figures, "with_duty", _first_duty),
    "nothing is settled": _settling(_never),
}
"""The rules by what is wrong about them."""
