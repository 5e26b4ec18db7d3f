"""Rate of return and payback of a plan before financing, as the witness sees them."""

from __future__ import annotations

import numpy as np

from planner.case.case import Case
from tests.rival.moments import INVESTMENTS, Moments
from tests.rival.statement import Statement


def worth_at(case: Case, moved: np.ndarray, left: float, rate: float) -> tuple[float, float]:
    """What flows, and what is left at the end, are worth at a rate; and the same as if all of it came in."""
    factors = Moments(case.calendar).factors(rate)
    flows = np.append(moved, left)
    weights = np.append(factors, factors[-1])
    return float(weights @ flows), float(weights @ np.abs(flows))


def years_to_pay_back(case: Case, seen: Statement) -> float | None:
    """From the day of the first payment to the day from which no more is out than came in; None where there is none.

    What moves at the end of a month and at the start of the next has one day. Between days, straight lines.
    """
    if not any(seen.lines[line].any() for line in INVESTMENTS):
        return None
    ages = Moments(case.calendar).age
    days = np.unique(ages)
    flows = np.array([seen.unborrowed[ages == day].sum() for day in days])
    balance = flows.cumsum()
    # A balance or a flow of nothing may round to a hair below it, and is none that is out.
    hair = 1e-12 * np.abs(flows).sum()
    is_out = balance < -hair
    if is_out[-1]:
        return None
    out = np.flatnonzero(is_out)
    if not len(out):
        return 0.0
    before = out[-1]
    back = days[before] + (days[before + 1] - days[before]) * -balance[before] / flows[before + 1]
    return float(back - days[np.flatnonzero(flows < -hair)[0]]) / 365
