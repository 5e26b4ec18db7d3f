"""What stands at a site is what stood there, plus what arrives, less what leaves."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.sites import FLEET_BALANCE
from planner.vocabulary.keys import Stand


def fleet_balance(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What stands is what stood before, plus what arrives, less what leaves; by system s, site d, period t; systems.

    ``installed[s,d,t] = installed[s,d,t-1] + arriving[s,d,t] - exit[s,d,t]``

    ``arriving`` is what was ordered a lead time ago, what is under contract, and in the first period what is there.
    """
    for s, d, t in sets.standing:
        stood, arriving, leaving = sums.standing_before(s, d, t), sums.arriving(s, d, t), sums.leaving(s, d, t)
        key = Stand(s, d, t)
        yield Row(FLEET_BALANCE, key, decide.installed[key].equals(stood + arriving - leaving))
