"""Terms of finance that decide a plan together, worked out by hand; money in millions of yen.

A cube costs 100 and earns 60 a year where there is work for one. Most of these terms change nothing without the other.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.toy import MILLION, TOY, mn, programme, toy, yearly

QUARTERS = {"calendar__period": "quarter", "calendar__periods": 12}
WEST = {**TOY["sites"]["east"], "region": "south"}
COVER, TO_VALUE, LIQUIDITY = "least_debt_service_cover", "most_loan_to_value", "least_liquidity"


def best(**changes: Any) -> Outcome:
    outcome = plan_case(toy(**changes), gap=0.0)
    assert outcome.proof.relative_gap < 1e-6 and not outcome.audit.broken
    return outcome


def line(outcome: Outcome, name: str) -> list[float]:
    return [round(amount / MILLION, 2) for amount in outcome.audit.accounts.lines[name]]


def bought(outcome: Outcome) -> int:
    return sum(outcome.decisions.bought.values())


def bank(**terms: Any) -> dict[str, Any]:
    return {"finance__loans": {"bank": {"limit": mn(100), "rate": 0, "term": "3 years", **terms}}}


@pytest.mark.parametrize(("terms", "count"), [({"term": "1 year"}, 0), ({"repayment": "equal_parts"}, 1)])
def test_a_covenant_asks_for_a_loan_that_is_repaid_in_parts(terms: dict[str, str], count: int) -> None:
    # 50 are missing. Due at the end of a year, 60 pay for them 1.2 times; a third of them, 3.6 times.
    lent = {"finance__opening_cash": mn(50), "finance__covenants": {COVER: 1.5}, **bank(**terms)}
    assert bought(best(**lent)) == count


@pytest.mark.parametrize(("selling", "count"), [("0 %", 1), ("10 %", 1), ("20 %", 0)])
def test_what_selling_takes_is_missing_for_debt_service(selling: str, count: int) -> None:
    # 60, 54 or 48 pay for a third of 50: 3.6, 3.24 or 2.88 times; three times is asked.
    lent = {"finance__opening_cash": mn(50), "finance__covenants": {COVER: 3}, **bank(repayment="equal_parts")}
    assert bought(best(**lent, workloads__training__selling_costs=selling)) == count


@pytest.mark.parametrize(("method", "count"), [("straight_line", 0), ("declining_balance", 1)])
def test_tax_books_that_write_off_faster_keep_a_covenant(method: str, count: int) -> None:
    # Tax of 30 % on 60 less 20, or less 40 by the tax books: 48 or 54 pay for a quarter of 50, 3.84 or 4.32 times.
    tax = {"rate": "30 %", "payment_lag": "0 months", "depreciation": {"systems": "5 years", "systems_method": method}}
    lent = {"finance__opening_cash": mn(50), "finance__covenants": {COVER: 4}, "calendar__periods": 4}
    outcome = best(**lent, **bank(term="4 years", repayment="equal_parts"), finance__tax=tax)
    assert bought(outcome) == count
    if count:
        # 40 and 24 %, then 40 % of 36, then half of what is left, the revised rate.
        assert line(outcome, "tax")[:3] == [6.0, 10.8, 13.68]


@pytest.mark.parametrize(("method", "count"), [("straight_line", 1), ("declining_balance", 0)])
def test_customers_who_pay_late_and_books_that_fall_fast_break_loan_to_value(method: str, count: int) -> None:
    # Nothing is paid in 2025, so the 50 are still owed at its end: of 80 in the books 62.5 %, of 60 83.3 %.
    late = {"finance__opening_cash": mn(50), "finance__working_capital": {"customer_days": 360}}
    books = {"finance__depreciation": {"systems": "5 years", "systems_method": method}}
    assert bought(best(**late, **books, **bank(), finance__covenants={TO_VALUE: "70 %"})) == count


@pytest.mark.parametrize(("limit", "count"), [(65, 1), (64, 0)])
def test_cash_that_lenders_want_to_see_is_borrowed_too(limit: float, count: int) -> None:
    # Customers pay a year late, so of 50 that are there and 65 that are drawn 15 are left at the end of the year.
    late = {"finance__opening_cash": mn(50), "finance__working_capital": {"customer_days": 360}}
    outcome = best(**late, **bank(limit=mn(limit)), finance__covenants={LIQUIDITY: mn(15)})
    assert bought(outcome) == count
    assert line(outcome, "loans_drawn")[0] == 65 * count


@pytest.mark.parametrize(("days", "count"), [((0, 0), 1), ((120, 0), 0), ((120, 90), 1)])
def test_suppliers_who_wait_carry_customers_who_do(days: tuple[int, int], count: int) -> None:
    # 2 are left after the cube, and running it takes 1 a month. Customers who pay after four months leave four months
    # to bridge, suppliers who wait for three of them one.
    customers, suppliers = days
    waiting = {"finance__working_capital": {"customer_days": customers, "operations_days": suppliers}}
    running = {"finance__opening_cash": mn(102), "sites__east__operations": "1 mn JPY/kW-month"}
    outcome = best(**QUARTERS, **running, **waiting)
    assert bought(outcome) == count
    assert outcome.npv == pytest.approx(count * (180 - 36 - 100) * MILLION)


@pytest.mark.parametrize(("days", "count"), [(0, 1), (60, 1), (180, 0)])
def test_the_second_instalment_is_paid_by_customers_unless_they_are_late(days: int, count: int) -> None:
    # 50 on delivery and 50 a year later: by then 60 have come in, after two months of waiting 50, after six 30.
    halves = [{"share": 0.5, "event": "delivery"}, {"share": 0.5, "event": "delivery", "lag": "12 months"}]
    paid = {"finance__opening_cash": mn(51), "offers__maker__payment": {"instalments": halves}}
    assert bought(best(**QUARTERS, **paid, finance__working_capital={"customer_days": days})) == count


@pytest.mark.parametrize(("interim", "count"), [(None, 1), ({}, 0)])
def test_tax_paid_in_advance_of_a_year_with_a_loss_is_missing_in_between(
    interim: dict[str, str] | None, count: int
) -> None:
    # All is written off in 2026: 18 of tax for 2025, none for 2026. Owners take 76 of the 82 that are there in
    # September; the 9 that were paid in August in advance come back in February, too late for that.
    table = {"systems_method": "table", "systems_table": [{"share": "0 %"}, {"share": "100 %"}]}
    tax = {"rate": "30 %", "payment_lag": "2 months", "interim": interim}
    paid = {"finance__opening_cash": mn(100), "finance__funding": {"2026-09": mn(-76)}}
    outcome = best(**paid, finance__tax=tax, finance__depreciation=table)
    assert bought(outcome) == count
    if count:
        assert line(outcome, "tax") == [0, 18, 0]
        advance = best(finance__opening_cash=mn(100), finance__tax={**tax, "interim": {}}, finance__depreciation=table)
        assert line(advance, "tax") == [0, 27, -9]


def test_property_tax_is_due_on_what_a_grant_has_paid_for() -> None:
    # Half is paid by the state and off the books; assessed are 81.55 % of the whole in 2026, and 51.46 % in 2027.
    town = {"finance__property_taxes": {"town": {"rate": "1.4 %"}}, "sites__east__property_tax": "town"}
    state = {"programmes": {"state": programme(0.5)}, "finance__asset_grants": "reduce_book_value"}
    tax = {"finance__tax": {"rate": "30 %", "payment_lag": "0 months"}}
    alone, granted = best(**town, **tax), best(**town, **tax, **state)
    assert line(alone, "property_tax") == line(granted, "property_tax") == [0, 0.86, 0.83]
    # It lowers profit: 30 % of 60, less 10 of what is left in the books, less the tax.
    assert line(granted, "tax") == [15.0, 14.74, 14.75]


def test_a_site_with_property_tax_is_used_for_what_must_survive_only() -> None:
    # Two cubes go where nothing is taxed, unless half of their work must survive the loss of that site.
    town = {"finance__property_taxes": {"town": {"rate": "10 %"}}, "sites__west": {**WEST, "property_tax": "town"}}
    work = {"workloads__training__amount": 2, "workloads__training__must_serve": 0.5}
    free = best(**town, **work)
    assert {site: count for (_, site), count in free.decisions.ordered.items()} == {"east": 2}
    safe = best(**town, **work, workloads__training__survives_site_loss=True)
    assert {site: count for (_, site), count in safe.decisions.ordered.items()} == {"east": 1, "west": 1}
    # 10 % of 81.55 and of 51.458, what of it is due after the end included.
    assert free.npv - safe.npv == pytest.approx(13.3008 * MILLION, rel=1e-4)


def test_repairs_that_get_dear_and_a_market_for_used_cubes_renew_the_fleet() -> None:
    # 40 a year. From the third year on repairs take 50: for 50 the cube is sold and a new one bought, which fetches 50
    # at the end. 40 + 40 + 50 - 100 + 40 + 40 + 50 against 160 - 100 + 30, less 100 for the first one.
    falls = [{"age": f"{age} years", "share": share} for age, share in enumerate([0.8, 0.6, 0.5, 0.4, 0.3])]
    aged = [{"age": "0 years", "factor": 0}, {"age": "2 years", "factor": 5}]
    market = {"finance__terminal_value": True, "finance__resale": falls, "calendar__periods": 4}
    kept = {**market, "workloads__training__price": yearly(40), "systems__cube__maintenance_per_year": "10 %"}
    assert bought(best(**kept)) == 1
    assert bought(best(**kept, systems__cube__maintenance_by_age=aged)) == 2
    no_market = {**kept, "finance__resale": [], "systems__cube__maintenance_by_age": aged}
    outcome = best(**no_market)
    assert bought(outcome) == 0 or len(outcome.decisions.exit) == 1


@pytest.mark.parametrize(("fee", "drawn"), [("0 %", 50.0), ("3 %", 51.55)])
def test_a_draw_pays_its_own_fee_and_a_cheap_loan_still_adds_no_value(fee: str, drawn: float) -> None:
    # 50 are missing, of which a fee of 3 % takes its part: 50 / 0.97. At 5 % the loan without interest stays cheap.
    lent = {"finance__opening_cash": mn(50), "finance__discount_rate": 0.05, **bank(term="1 year", arrangement_fee=fee)}
    outcome = best(**lent)
    assert line(outcome, "loans_drawn")[0] == pytest.approx(drawn)
    assert outcome.audit.accounts.loan_costs == {"bank": 0}
    dear = best(**{**lent, **bank(term="1 year", arrangement_fee="15 %")})
    # 50 / 0.85 are drawn, and cost 15 % of it less what a year without interest is worth: 58.82 * (0.15 - 0.0476).
    assert dear.audit.accounts.loan_costs["bank"] == pytest.approx(6.02 * MILLION, rel=1e-3)
    assert outcome.npv - dear.npv == pytest.approx(dear.audit.accounts.loan_costs["bank"], rel=1e-6)
