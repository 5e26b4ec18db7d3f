"""Which way the tax of each fiscal year goes, read off a plan in which that was left open.

Losing money and making it in one year, or leaving losses unused, hardly ever pays: it means to pay tax earlier than one
must. So a plan found without these whole numbers nearly always obeys them, and they need no search.
"""

from __future__ import annotations

import numpy as np

from planner.model.build import Model
from planner.solving.matrix import Floats
from planner.solving.solvable import Solvable

SIGNS = ("profitable", "exhausted")
"""Kinds of whole-number decisions that only say which way the tax of a year goes."""
ROUNDING = 1e-7
"""How far the figures of a plan may be off, as a share of the largest of its year."""


def with_signs(model: Solvable, values: Floats) -> Floats | None:
    """The same plan with the whole numbers of its tax years filled in; None where it breaks what they stand for."""
    signed = [_of_part(part, values[first : first + len(part.columns)]) for first, part in model.parts]
    kept = [part for part in signed if part is not None]
    return np.concatenate(kept) if len(kept) == len(signed) else None


def _of_part(model: Model, values: Floats) -> Floats | None:
    """The same for the tax years of one operator."""
    decide, figures, found = model.decide, model.figures, values.copy()
    before = figures.opening_loss
    for year in figures.tax_years:
        y = (year.name,)
        gain, loss = values[decide.gain[y].index], values[decide.loss[y].index]
        used, usable = values[decide.loss_used[y].index], figures.loss_use_limit * gain
        tolerance = ROUNDING * max(1.0, gain, loss, before)
        if min(gain, loss) > tolerance or used < min(before, usable) - tolerance:
            return None
        found[decide.profitable[y].index] = float(gain > loss)
        found[decide.exhausted[y].index] = float(before <= usable)
        before = values[decide.loss_carried[y].index]
    return found
