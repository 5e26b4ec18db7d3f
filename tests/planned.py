"""A case planned in a test that asks how good the plan is, or whether there is one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from unittest.mock import patch

from planner.case.case import Case
from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.explain.amount_of_work import FULL


def planned(
    case: Case, gap: float = 0.0, time_limit: float = 60.0, *, how: Callable[..., Outcome] = plan_case
) -> Outcome | None:
    """The plan of a case; None where it is proved that there is none.

    Why there is none takes ten times as long to say, and is not asked unless every case is to be explained.
    """
    with nullcontext() if FULL else patch("planner.explain.conflict.no_plan_words", return_value=""):
        try:
            return how(case, gap=gap, time_limit=time_limit)
        except NoPlanError:
            return None
