"""When the solver says that it does not know: other methods, one after the other.

At the edge of what is possible one method may stop between "there is a plan" and "there is none" where another decides.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.solving.highs import Solver

OTHER_WAYS: tuple[dict[str, str | int], ...] = (
    {"solver": "simplex"},
    {"solver": "simplex", "presolve": "off"},
    {"solver": "ipx"},
    {"solver": "ipx", "presolve": "off"},
    {"solver": "simplex", "presolve": "off", "simplex_strategy": 4},
    {"solver": "simplex", "presolve": "off", "simplex_scale_strategy": 0},
)
"""The dual simplex method anew, without presolve, interior points, the primal simplex method, without scaling."""
LEAST_SECONDS = 1.0
"""What each of them has at least; beyond that, half of the time that is left, since one may run on without end."""
SETTLED = ("optimal", "unbounded")


def settled_otherwise(solver: Solver, ends: float) -> bool:
    """Whether one of the other ways settled it; the solver stands as that one left it, with its options as before.

    Args:
        solver: has just run, to no avail.
        ends: when the time is over.
    """
    before = {option: solver.highs.getOptionValue(option)[1] for way in OTHER_WAYS for option in way}
    settled = False
    for way in OTHER_WAYS:
        left = ends - time.monotonic()
        if left <= 0:
            break
        for option, value in {**before, **way}.items():
            solver.set(option, value)
        word = solver.again(max(LEAST_SECONDS, left / 2))
        # Only the simplex method is believed that there is no plan.
        settled = word in SETTLED or (word.startswith("infeasible") and way["solver"] == "simplex")
        if settled:
            break
    for option, value in before.items():
        solver.set(option, value)
    return settled
