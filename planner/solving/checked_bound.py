"""Holds the bound that a search tells against the one that exact arithmetic proves; the tighter of the two counts."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from planner.errors import AuditError
from planner.outcome import EXACT, Proof, label_of
from planner.solving.dual_bound import dual_bound
from planner.solving.implied_bounds import outwards
from planner.solving.matrix import Floats
from planner.solving.solvable import Solvable

NEAR = EXACT / 100
"""A told bound that is tighter by less, as a share, is the same but for rounding; the one that is proven is told."""


def with_checked_bound(model: Solvable, proof: Proof, prices: Floats | None) -> Proof:
    """The proof with the bound that the prices of the linear programme prove, told too where it is the tighter one.

    Args:
        model: what was solved.
        proof: as the search has it.
        prices: of the rows at the optimum in fractions, as the solver proposes them; None where it came to none.

    Raises:
        AuditError: the plan is better than any plan can be.
    """
    if prices is None:
        return proof
    more = model.more_is_better
    exact = dual_bound(model.columns, model.rows, model.objective, prices.tolist(), more_is_better=more)
    return proof if exact is None else held_against(proof, exact, model.goal.size, more_is_better=more)


def held_against(proof: Proof, exact: Fraction, size: float, *, more_is_better: bool) -> Proof:
    """The proof, held against a bound in the unit of the model, of which one is ``size`` in the unit of the proof.

    Raises:
        AuditError: the plan is better than the bound allows.
    """
    sign = 1.0 if more_is_better else -1.0
    checked = outwards(exact * Fraction(size), up=more_is_better)
    if not math.isfinite(checked):
        return proof
    one = max(size, abs(proof.objective))
    if sign * (proof.objective - checked) > EXACT * one:
        raise AuditError(
            f"the plan is worth {proof.objective:,.6g} {proof.unit}, but exact arithmetic proves that none is better "
            f"than {checked:,.6g} {proof.unit}: a defect of the program; nothing was written"
        )
    tighter = sign * (checked - proof.bound)
    bound = checked if tighter <= NEAR * one else proof.bound
    bound = sign * max(sign * bound, sign * proof.objective)
    return replace(
        proof, bound=bound, checked_bound=checked, label=label_of(objective=proof.objective, bound=bound, size=size)
    )
