"""The most compute for each unit of public money, by Dinkelbach's method.

A ratio is no linear objective. But whether some plan brings more than ``asked`` compute for each unit of public money
is: it does if ``compute added - asked * public money`` can be more than nothing. So the plan with the most of that
excess is looked for; its own ratio is asked for next, until no plan brings more. Each step is proved like any plan, and
the last bound on the excess, spread over the least public money that will do, bounds the ratio of every plan.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from planner.model.pool import Aim, PoolModel
from planner.outcome import EXACT
from planner.solving.solve import Solution
from planner.studies.pool.outcome import Step

MOST_STEPS = 25
"""Steps after which the best ratio so far is told with its bound; a handful is usual."""
Solve = Callable[[PoolModel], Solution]


@dataclass(frozen=True)
class Ratio:
    """The best ratio that was found, in compute for each unit of currency."""

    model: PoolModel
    solution: Solution
    value: float
    """Infinite where no public money is needed."""
    bound: float
    """No plan has a better one."""
    steps: tuple[Step, ...]


def best_ratio(start: PoolModel, unaided: float, solve: Solve, gap: float) -> Ratio:
    """The plan with the most compute beyond what would stand unaided, for each unit of public money.

    The pool comes with its terms, a least compute or a target among them; its aim is not looked at. A step is good
    enough at the relative gap.
    """
    thrifty = start.aiming_at(Aim(public=-1.0))
    solution = solve(thrifty)
    least_public = max(0.0, -solution.proof.bound)
    added, public = _amounts(thrifty, solution, unaided)
    best, model, steps = solution, thrifty, list[Step]()
    while public > 0 and len(steps) < MOST_STEPS:
        asked = max(0.0, added / public)
        # the same amount is added to the excess of every plan, so that a relative gap is one of the compute added
        stepped = start.aiming_at(Aim(compute=1.0, public=-asked * start.unit, shift=max(added, 1.0) - unaided))
        solution = solve(stepped)
        found_added, found_public = _amounts(stepped, solution, unaided)
        excess, bound = found_added - asked * found_public, solution.proof.bound - max(added, 1.0)
        steps.append(Step(asked, found_added, found_public, excess, bound))
        if excess <= max(gap, EXACT) * max(added, 1.0):
            if excess > 0:
                best, model = solution, stepped
                added, public = found_added, found_public
            return _ratio(model, best, added, public, asked + max(0.0, bound) / max(least_public, 1e-9), steps)
        best, model, added, public = solution, stepped, found_added, found_public
    return _ratio(model, best, added, public, math.inf, steps)


def _ratio(model: PoolModel, solution: Solution, added: float, public: float, bound: float, steps: list[Step]) -> Ratio:
    value = math.inf if public <= 0 else added / public
    return Ratio(model, solution, value, max(bound, value), tuple(steps))


def _amounts(model: PoolModel, solution: Solution, unaided: float) -> tuple[float, float]:
    """Compute beyond what stands anyway, and public money in currency; less than a unit of currency is none."""
    public = model.public_money.value(solution.values) * model.unit
    return model.compute.value(solution.values) - unaided, public if public >= min(1.0, model.unit) else 0.0
