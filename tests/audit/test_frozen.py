"""The audit looks for what is frozen by itself: a plan that does otherwise is refused."""

from __future__ import annotations

from dataclasses import replace

from planner.audit import audit
from planner.planning import plan_case
from planner.vocabulary.keys import Balance, Claim, Draw, Investment, Start
from tests.model.test_rows_of_frozen import everything_frozen

CASE = everything_frozen()
PLAN = plan_case(CASE, gap=0.0).decisions
ORDER = Investment("maker", "east", 0)


def broken(**tables: object) -> list[str]:
    return [limit.subject for limit in audit(CASE, replace(PLAN, **tables)).broken if limit.rule == "frozen"]  # type: ignore[arg-type]


def test_the_plan_holds() -> None:
    assert broken() == []
    assert {limit.subject for limit in audit(CASE, PLAN).limits if limit.rule == "frozen"} == {
        "maker for east, 2025-01: ordered as frozen",
        "maker, up to 2026-12: ordered besides what is frozen",
        "hall, 2026-01: started as frozen",
        "hall, up to 2026-12: started besides what is frozen",
        "cube at east that arrived 2025-01 from maker, 2026-01: leaving as frozen",
        "town for maker at east, 2025-01: claimed as frozen",
        "bank, 2025-01: drawn as frozen",
        "bank, 2026-01: repaid as frozen",
        "state: entered as frozen",
    }


def test_another_number_is_no_longer_what_was_decided() -> None:
    for systems in (1, 3):
        assert "maker for east, 2025-01: ordered as frozen" in broken(order={ORDER: systems})
    assert "hall, 2026-01: started as frozen" in broken(expand={})
    assert broken(claim={}) == ["town for maker at east, 2025-01: claimed as frozen"]
    assert broken(draw={Draw("bank", 0): 20e6 + 2}) == ["bank, 2025-01: drawn as frozen"]
    assert broken(repay={**PLAN.repay, Balance("bank", 1): 4e6}) == ["bank, 2026-01: repaid as frozen"]
    assert broken(exit={}) == ["cube at east that arrived 2025-01 from maker, 2026-01: leaving as frozen"]
    assert broken(join={"state": True}) == ["state: entered as frozen"]


def test_a_complete_list_leaves_nothing_open() -> None:
    complete = everything_frozen(complete=True)
    plan = plan_case(complete, gap=0.0).decisions

    def besides(**tables: object) -> list[str]:
        found = audit(complete, replace(plan, **tables)).broken  # type: ignore[arg-type]
        return [limit.subject for limit in found if limit.rule == "frozen"]

    assert besides() == []
    assert besides(draw={**plan.draw, Draw("bank", 1): 1e6}) == ["up to 2026-12: moved by loans besides what is frozen"]
    assert besides(repay={**plan.repay, Balance("bank", 0): 1e6}) == [
        "up to 2026-12: moved by loans besides what is frozen"
    ]
    claims = {**plan.claim, Claim("state", ORDER): 0.5}
    assert "up to 2026-12: claimed besides what is frozen" in besides(claim=claims)


def test_nothing_may_be_done_besides_up_to_the_month_and_anything_after_it() -> None:
    second = {ORDER: 2, Investment("maker", "east", 1): 1}
    assert broken(order=second) == ["maker, up to 2026-12: ordered besides what is frozen"]
    assert broken(order={ORDER: 2, Investment("maker", "east", 2): 1}) == []
    twice = {Start("hall", 0): 1, Start("hall", 1): 1}
    assert broken(expand=twice) == ["hall, up to 2026-12: started besides what is frozen"]
