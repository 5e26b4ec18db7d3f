"""The reason why there is no plan has the time that is left of the limit, and hardly more than that."""

from __future__ import annotations

import time

import pytest

from planner import planning as plan
from planner.errors import NoPlanError
from planner.explain import conflict
from planner.explain.conflict import SECONDS
from planner.session.timetable import GRACE_SECONDS, SEARCH_SHARE
from tests.cases.toy import toy
from tests.explain.planted import PLANTED


@pytest.mark.parametrize(("limit", "least", "most"), [(1000.0, SECONDS, SECONDS), (60.0, 40.0, 60.0), (0.5, 5.0, 5.0)])
def test_the_reason_has_the_time_that_is_left(monkeypatch, limit, least, most):
    given = []
    monkeypatch.setattr(conflict, "no_plan_words", lambda case, provenance, seconds: given.append(seconds) or "why")
    with pytest.raises(NoPlanError, match="why"):
        plan.plan_case(toy(**PLANTED["power"][0]), time_limit=limit)
    assert least <= given[0] <= most


def test_the_least_that_the_reason_has_is_within_what_a_run_may_take_after_its_limit():
    assert plan.LEAST_SECONDS_OF_REASON < (1 - SEARCH_SHARE) * GRACE_SECONDS


def test_with_hardly_any_time_the_statements_are_still_named():
    began = time.monotonic()
    with pytest.raises(NoPlanError, match=r"sites\.east\.capacity\.power: east has 3 kW of power"):
        plan.plan_case(toy(**PLANTED["power"][0]), time_limit=1.0)
    assert time.monotonic() - began < 60
