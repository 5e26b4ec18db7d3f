"""Small cases about programmes that spare property tax, and about tax holidays, worked out by hand.

Amounts are in millions of yen. A cube costs 100; its statutory value is 81.55 at first and 51.45805 a year later.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from tests.cases.relieved import TOWN
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import decided
from tests.whole.test_known_answers import best, orders

BOTH = 81.55 + 51.45805


def relieved(rate: str, town: dict[str, Any], **changes: Any) -> Case:
    """A cube that earns 36 a year in three years, and so is worth 8 before property tax."""
    terms: dict[str, Any] = {
        "finance__property_taxes": {"japan": {"rate": rate}},
        "sites__east__property_tax": "japan",
        "workloads__training__price": yearly(36),
        "programmes": {"town": {**TOWN, **town}},
    }
    return toy(**{**terms, **changes})


@pytest.mark.parametrize(
    ("rate", "town", "npv", "plan"),
    [
        # Half of it is spared for two years: 8 / (133.00805 / 2) is 12.029 %.
        ("12.02 %", {}, 8 - 0.1202 * BOTH / 2, {("maker", 0): 1}),
        ("12.04 %", {}, 0, {}),
        # For one year: 8 / (81.55 / 2 + 51.45805) is 8.674 %.
        ("8.67 %", {"relief_years": 1}, 8 - 0.0867 * (81.55 / 2 + 51.45805), {("maker", 0): 1}),
        ("8.68 %", {"relief_years": 1}, 0, {}),
        ("8.68 %", {"property_tax_relief": 1}, 8, {("maker", 0): 1}),
        # Only what comes within the window of the programme; waiting for it costs a year of work.
        ("12.02 %", {"order_window": {"from": "2026-01"}}, 0, {}),
    ],
)
def test_what_a_programme_spares_decides(
    rate: str, town: dict[str, Any], npv: float, plan: dict[tuple[str, int], int]
) -> None:
    assert orders(best(relieved(rate, town), npv)) == plan


@pytest.mark.parametrize(("least", "npv"), [(100, 8 - 0.0602 * BOTH / 2), (101, 0)])
def test_a_programme_that_asks_for_something_has_to_be_joined(least: float, npv: float) -> None:
    plan = best(relieved("6.02 %", {"minimum_investment": mn(least)}), npv)
    assert plan.decisions.join.get("town", False) is (least == 100)


def test_it_is_no_public_money_and_takes_nothing_off_a_cost() -> None:
    plan = best(relieved("8 %", {}, finance__public_money_ceiling=0), 8 - 0.08 * BOTH / 2)
    assert sum(plan.audit.accounts.lines["grants"]) == 0
    paid = plan.audit.accounts.lines["property_tax"]
    assert [one / MILLION for one in paid] == pytest.approx([0, 0.03 * 81.55, 0.01 * 81.55 + 0.03 * 51.45805])
    assert plan.audit.accounts.end_value == pytest.approx(-0.01 * 51.45805 * MILLION)


def test_what_leaves_is_spared_no_more() -> None:
    """Two cubes, one of which leaves before the second day: whose relief goes on is decided, and audited."""
    case = relieved("10 %", {})
    made: dict[str, Any] = {
        "order": {("maker", "east", 0): 2},
        "exit": {("cube", "east", "2025-01 maker", 1): 1},
        "serve": {("training", "cube", "east", t): 1.0 for t in range(3)},
    }
    first, second = 0.1 * 81.55, 0.1 * 51.45805
    for claimed, gone, tax in ((1, 0, 1.5 * first + 0.5 * second), (2, 1, first + 0.5 * second)):
        exits = {("town", "maker", "east", 0, 1): float(gone)} if gone else {}
        audited = audit(case, decided(**made, claim={("town", "maker", "east", 0): float(claimed)}, claimed_exit=exits))
        assert not audited.broken
        owed = sum(audited.accounts.lines["property_tax"]) - audited.accounts.end_value
        assert owed / MILLION == pytest.approx(tax)
    unnamed = audit(case, decided(**made, claim={("town", "maker", "east", 0): 2.0}))
    assert {limit.rule for limit in unnamed.broken} == {"claimed_exits"}


@pytest.mark.parametrize(("until", "npv"), [("2027-01", 180 - 100 - 0.3 * 60), ("2028-01", 180 - 100)])
def test_a_tax_holiday_of_the_company_is_a_rate_by_month(until: str, npv: float) -> None:
    """Nothing is written off within the horizon: profit is 60 a year, taxed at 30 % once the holiday is over."""
    rates = {"2025-01": "0 %", until: "30 %"}
    late = {"systems_method": "table", "systems_table": [{"share": 0}, {"share": 0}, {"share": 0}, {"share": 1}]}
    best(toy(finance__tax={"rate": rates}, finance__depreciation=late), npv)
