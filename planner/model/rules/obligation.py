"""Who joins a programme delivers what it demands."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, total
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.awards import OBLIGATION
from planner.vocabulary.keys import Stand


def obligation(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What is installed reaches the floor of a joined programme; by programme j, number of the obligation, period t.

    ``sum_(s,d) metric[s] * installed[s,d,t] >= floor[j] * join[j]`` in every period from that of its first month on

    The period that contains the first month counts as a whole, and so does that of the last month.

    Unit: the metric of the obligation. The Japanese programme counts dense BF16; never sparse, never FP8.
    """
    for number, duty in enumerate(coefficients.aid.obligations, start=1):
        for t in duty.periods:
            here = [key for s, d in sets.placements if (key := Stand(s, d, t)) in decide.installed]
            standing = total((duty.value[key.system], decide.installed[key]) for key in here)
            yield Row(
                OBLIGATION, (duty.programme, str(number), t), standing >= duty.floor * decide.join[duty.programme,]
            )
