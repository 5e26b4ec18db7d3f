"""Who joins a programme invests at least its minimum."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.awards import MINIMUM_INVESTMENT


def minimum_investment(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Claimed eligible cost reaches the minimum of a joined programme; by programme j; money units.

    ``sum_i eligible[j,i] * claim[j,i] - sum_(j',i) deducted[j,j',i] * overlap[j,j',i] >= minimum[j] * join[j]``

    What an earlier programme j' pays for the same unit is not eligible here.
    """
    for j, minimum in coefficients.aid.minimum.items():
        yield Row(MINIMUM_INVESTMENT, (j,), sums.pieces.eligible(j) >= minimum * decide.join[j,])
