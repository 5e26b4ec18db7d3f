"""A model that forgets what operators share is caught by the audit, and no plan is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import AuditError, NoPlanError, NoProofError
from planner.model.pool import Aim, PoolModel
from planner.solving.solve import Infeasible, Solution
from planner.studies.pool.best import best_plan
from planner.studies.pool.terms import model_of, terms_of
from tests.pool.pools import grant, operator, planned, pool, reading_of


@pytest.mark.parametrize("rule", ["shared_supply", "shared_cap", "participation", "pool_target", "least_compute"])
def test_a_forgotten_row_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    maker = {"system": "cube", "supplier": "maker", "order_window": {"to": "2025-12"}, "allocation": 3}
    objective = {"kind": "compute", "installed_by": "2025-06"}
    content = pool(
        {"a": operator(amount=2), "b": operator(amount=2)},
        programmes={"aid": grant(0.5, total_cap="50 mn JPY")},
        offers={"maker": maker},
        objective={"kind": "npv"} if rule in ("pool_target", "shared_supply", "shared_cap") else objective,
    )
    if rule == "participation":
        content["offers"]["maker"]["allocation"] = 9
    if rule == "pool_target":
        content |= {"target": {"floor": 5, "by": "2025-06", "must_hold": True}, "participation": False}
        content["offers"]["maker"]["allocation"] = 9
    if rule == "least_compute":
        content["objective"] = objective | {"kind": "compute_per_public_yen", "least": 5}
        content["offers"]["maker"]["allocation"] = 9
        content["programmes"]["aid"]["total_cap"] = "500 mn JPY"
    whole = PoolModel._rows_between
    monkeypatch.setattr(PoolModel, "_rows_between", lambda self: (row for row in whole(self) if row.rule != rule))
    with pytest.raises(AuditError, match=rule):
        planned(tmp_path, content)


@pytest.mark.parametrize("name", ["compute", "public_money"])
def test_a_sum_that_the_model_gets_wrong_is_noticed_behind_a_ratio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    content = pool(
        {"a": operator(amount=2, earns=30)},
        programmes={"aid": grant(0.5, total_cap="500 mn JPY")},
        objective={"kind": "compute_per_public_yen", "installed_by": "2025-06", "least": 2},
    )
    right = getattr(PoolModel, name).func
    monkeypatch.setattr(PoolModel, name, property(lambda self: right(self) * 1.5))
    with pytest.raises(AuditError, match=f"{name.replace('_', ' ')} of all operators"):
        planned(tmp_path, content)


def test_no_plan_stays_proven_where_saying_why_takes_too_long(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, pool({"a": operator()}))
    cases, terms = {name: one.reading.case for name, one in reading.members.items()}, terms_of(reading, {})
    asked = []

    def slow(model: PoolModel) -> Solution:
        asked.append(model.terms)
        if model.terms == terms:
            raise Infeasible
        raise NoProofError("too slow")

    with pytest.raises(NoPlanError, match="without the shared supply was not found out in time"):
        best_plan("npv", model_of(cases, terms, Aim()), 0.0, slow, 0.0)
    assert len(asked) == 2
