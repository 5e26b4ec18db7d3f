"""What a plan is worth, what loans and owners cost, and what doing nothing comes to: planner and witness agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planner.case.case import Case
from planner.case.doing_nothing import doing_nothing
from planner.planning import plan_beside_nothing
from tests.cases.toy import mn, toy, yearly
from tests.planned import planned
from tests.rival.agreement import agree, agree_on_the_accounts, tolerance
from tests.rival.books import Books
from tests.rival.financed import financed_case
from tests.rival.generator import tiny_case
from tests.rival.known import agree_on, witnessed
from tests.rival.rival import best_plan
from tests.rival.statement import Statement, statement
from tests.rival.test_rival import CASES, CHUNK

BESIDE_NOTHING = 20
"""So many cases of either kind are held against doing nothing."""


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_value(first: int) -> None:
    agree_on(financed_case, range(first, first + CHUNK))


@pytest.mark.parametrize("draw", [tiny_case, financed_case])
def test_planner_and_witness_agree_on_doing_nothing(draw: Callable[[int], Case]) -> None:
    """Both find what it comes to at best, or neither can do nothing."""
    outcomes = [(number, planned(draw(number), how=plan_beside_nothing)) for number in range(BESIDE_NOTHING)]
    found = [(number, outcome) for number, outcome in outcomes if outcome is not None]
    assert len(found) >= BESIDE_NOTHING // 2
    counted = 0
    for number, outcome in found:
        case = doing_nothing(outcome.case)
        witness, nothing = best_plan(case), outcome.doing_nothing
        if witness is None or nothing is None:
            assert witness is None, f"{number}: only the witness can do nothing"
            assert nothing is None, f"{number}: only the planner can do nothing"
            continue
        near = tolerance(case, witness.objective)
        assert nothing.proof.objective == pytest.approx(witness.objective, abs=near), number
        if case.objective.kind == "npv":
            assert nothing.audit.accounts.npv == pytest.approx(witness.objective, abs=near), number
        agree_on_the_accounts(case, nothing.decisions, nothing.audit)
        counted += abs(witness.objective) > near
    assert counted >= BESIDE_NOTHING // 4


TAX = {"rate": "30 %", "payment_lag": "2 months"}
DEAR = {"limit": mn(80), "rate": "12 %", "term": "5 years"}
CHEAP = {**DEAR, "rate": "1 %"}
POOR: dict[str, Any] = {"finance__opening_cash": mn(40), "finance__discount_rate": "6 %", "finance__tax": TAX}
STANDS: dict[str, Any] = {"finance__terminal_value": True, "offers__maker__allocation": 2}
FALLING: dict[str, Any] = {
    "workloads__training__amount": {"2025-01": 2, "2026-01": 1},
    "offers__maker__price": {"2025-01": mn(100), "2026-01": mn(30)},
    "finance__resale": [{"age": "0 months", "share": "90 %"}],
}
OWNERS: dict[str, Any] = {"objective": {"kind": "equity"}, "finance__cost_of_equity": "15 %"}


@pytest.mark.parametrize(
    "changes",
    [
        {**POOR, "finance__loans": {"bank": DEAR}},
        {**POOR, "finance__loans": {"bank": CHEAP}},
        {**POOR, "finance__loans": {"dear": {**DEAR, "outstanding": mn(30)}, "cheap": {**CHEAP, "limit": mn(30)}}},
        {**POOR, "finance__loans": {"bank": {**CHEAP, "outstanding": mn(20)}}, "finance__opening_cash": mn(150)},
        # Tax of no year is paid in the horizon, and all of it long before its end.
        {**POOR, "finance__tax": {**TAX, "payment_lag": "40 months"}, "finance__loans": {"bank": DEAR}},
        {**POOR, "finance__tax": {**TAX, "payment_lag": "0 months"}, "finance__loans": {"bank": DEAR}},
        # A loss at the end, within the tax of the last year and beyond it, and in a year without tax.
        {**POOR, **STANDS, "finance__opening_cash": mn(200)},
        {**POOR, **STANDS, "finance__opening_cash": mn(200), "finance__depreciation": {"systems": "20 years"}},
        {**POOR, **STANDS, "finance__opening_cash": mn(200), "workloads__training__price": {
            "2025-01": yearly(90), "2027-01": yearly(2)}},
        {**FALLING, **STANDS, "finance__opening_cash": mn(200)},
        # Cheaper than what is used, but sold no more, or not yet.
        {**FALLING, **STANDS, "offers__maker__order_window": {"to": "2025-06"}},
        {**FALLING, **STANDS, "offers__late": {
            "system": "cube", "supplier": "late", "price": mn(10), "order_window": {"from": "2027-01"}}},
        # Dearer new ones than the catalogue says.
        {**FALLING, **STANDS, "offers__maker__price": mn(110)},
        {**POOR, **OWNERS, "finance__loans": {"bank": DEAR}},
        {**POOR, **OWNERS, "finance__loans": {"bank": {**DEAR, "outstanding": mn(30)}}, **STANDS},
        {**POOR, **OWNERS, "finance__cost_of_equity": "1 %", "finance__loans": {"bank": CHEAP}},
        {**POOR, "objective": {"kind": "cost"}, "finance__loans": {"bank": DEAR}, "workloads__training__must_serve": 1},
        {**POOR, "objective": {"kind": "compute"}, "finance__loans": {"bank": DEAR}, "finance__cost_of_equity": "9 %"},
    ],
)  # fmt: skip
def test_planner_and_witness_agree_on_value_at_the_edges(changes: dict[str, Any]) -> None:
    agree(toy(**{"offers__maker__allocation": 3, **changes}))


def test_the_cases_about_value_are_worth_solving() -> None:
    """Guards the draw: loans of either side of what capital costs, shields, losses at the end, owners, capped sales."""
    answers = [witnessed(financed_case, number) for number in range(60)]
    plans = [(case, answer.decisions) for case, answer in answers if answer is not None]
    seen: list[tuple[Case, Statement]] = [(case, statement(case, plan)) for case, plan in plans]
    figures = {
        "dear loans": sum(max(one.loan_costs.values(), default=0.0) > 0 for _case, one in seen),
        "cheap loans": sum(cheaper(one) for _case, one in seen),
        "shields": sum(one.shield.max() > 0 for _case, one in seen),
        "gains at the end": sum(one.end_tax > 0 for _case, one in seen),
        "losses at the end": sum(one.end_tax < 0 for _case, one in seen),
        "losses beyond the tax": sum(-one.end_tax > 0.999 * one.tax_charge[-1] > 0 for _case, one in seen),
        "capped sales": sum(capped(case) and one.lines["resale"].max() > 0 for case, one in seen),
        "capped ends": sum(capped(case) and case.finance.terminal_value for case, _one in seen),
        "equity": sum(case.objective.kind == "equity" for case, _one in seen),
    }
    assert min(figures.values()) >= 2, figures
    assert sum(figures.values()) >= 100, figures


def cheaper(seen: Statement) -> bool:
    """Whether money is borrowed and no loan costs anything."""
    return bool(seen.lines["loans_drawn"].max() > 0) and not any(seen.loan_costs.values())


def capped(case: Case) -> bool:
    """Whether a new system costs less than its typical price in some period."""
    figures = Books(case)
    return any(
        figures.used_price(name, t) < figures.money(case.systems[name].price.typical, t)
        for name in case.systems
        for t in figures.periods
    )
