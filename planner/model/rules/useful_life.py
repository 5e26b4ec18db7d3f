"""Systems leave once, and at the end of their life at the latest."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import END_OF_LIFE, LEAVE_ONCE


def useful_life(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Everything that arrived a useful life ago has left; by system s, site d, vintage k; systems.

    ``sum_t exit[s,d,k,t] = arrived[s,d,k]`` where the life of the vintage ends within the horizon, and
    ``sum_t exit[s,d,k,t] <= arrived[s,d,k]`` where it does not.

    Exits are counted by vintage, the month of arrival and the offer, because age decides how long a system serves and
    what it fetches: counted over all vintages together, an early exit of young systems would pass for that of old ones.
    """
    for vintage in sets.vintages:
        gone, arrived = count(decide.exit[key] for key in sets.vintage_exits[vintage]), sums.arrived(vintage)
        if sets.life_end(vintage) in sets.periods:
            yield Row(END_OF_LIFE, vintage, gone.equals(arrived))
        else:
            yield Row(LEAVE_ONCE, vintage, gone <= arrived)
