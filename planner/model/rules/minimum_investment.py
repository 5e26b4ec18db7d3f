"""Who joins a programme invests at least its minimum."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Comparison, Key, total
from planner.model.sets import Sets
from planner.model.variables import Variables


def minimum_investment(
    sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions
) -> Iterator[tuple[Key, Comparison]]:
    """Claimed eligible cost reaches the minimum of a joined programme; by programme j; money units.

    ``sum_i eligible[j,i] * claim[j,i] >= minimum[j] * join[j]``
    """
    for j, minimum in figures.minimum.items():
        claimed = total((figures.eligible[j, i], decide.claim[j, i]) for i in sets.programme_claims.get(j, []))
        yield (j,), claimed >= minimum * decide.join[j,]
