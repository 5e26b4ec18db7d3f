"""The audit looks at the loss of every site by itself: a plan that would not survive is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.audit import audit
from planner.errors import AuditError
from planner.planning import plan_case
from planner.vocabulary.keys import Failover
from tests.whole.test_site_loss import two_sites

CASE = two_sites(4, 0.5, systems__cube__availability="95 %")
PLAN = plan_case(CASE, gap=0.0).decisions
EAST = next(key for key in PLAN.failover if key.lost == "east" and key.period == 1)


def broken(**tables: object) -> list[str]:
    return [limit.subject for limit in audit(CASE, replace(PLAN, **tables)).broken if limit.rule == "site_loss"]  # type: ignore[arg-type]


def test_the_plan_holds() -> None:
    assert broken() == []


def test_work_that_would_be_done_nowhere_is_missed() -> None:
    rest = {key: amount for key, amount in PLAN.failover.items() if key != EAST}
    assert broken(failover=rest) == ["training without east, 2026-01: served elsewhere"]
    # Of 3 systems at 95 % just enough are there; a thousandth less is seen.
    least = {**PLAN.failover, EAST: 2 * 0.999}
    assert broken(failover=least) == ["training without east, 2026-01: served elsewhere"]


def test_systems_that_are_not_there_cannot_step_in() -> None:
    assert broken(failover={**PLAN.failover, EAST: 7.0}) == ["cube at west without east, 2026-01: at work"]


def test_what_stands_at_the_lost_site_cannot_step_in() -> None:
    itself = Failover("east", "training", "cube", "east", 1)
    with pytest.raises(AuditError, match="does not suit the workload"):
        audit(CASE, replace(PLAN, failover={**PLAN.failover, itself: 1.0}))
    nowhere = Failover("north", "training", "cube", "east", 1)
    with pytest.raises(AuditError, match="no such workload, system, site or period"):
        audit(CASE, replace(PLAN, failover={**PLAN.failover, nowhere: 1.0}))


def test_work_that_is_done_at_one_site_only_is_at_risk_there_only() -> None:
    """Where nothing works at a site, its loss asks for nothing of the others."""
    serve = {key: amount for key, amount in PLAN.serve.items() if key.site == "east"}
    found = audit(CASE, replace(PLAN, serve=serve)).limits
    lost = {limit.about.names[0] for limit in found if limit.rule == "site_loss" and limit.sense == ">="}
    assert lost == {"east"}
