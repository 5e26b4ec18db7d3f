"""Consumption tax: plans worked out by hand in which paying it before it comes back decides."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.toy import mn, toy
from tests.decided import decided
from tests.rival.currency import reported_in, restated


def planned(cash: float, terms: dict[str, Any], **changes: Any) -> Outcome:
    """The best plan with so many millions of cash, under a tax of 10 %."""
    taxed = {"finance__consumption_tax": {"rate": "10 %", **terms}, "finance__opening_cash": mn(cash)}
    return plan_case(toy(**taxed, **changes), gap=0.0, time_limit=60.0)


def bought(outcome: Outcome) -> int:
    return sum(outcome.decisions.order.values())


def test_the_tax_on_a_cube_has_to_be_there_before_it_comes_back() -> None:
    """A cube of 100 takes 110 in January, though all of it comes back; it is worth 80 whenever that is."""
    just, short = planned(110, {}), planned(109.9, {})
    assert (bought(just), bought(short)) == (1, 0)
    assert just.npv == pytest.approx(80e6), "without discounting the tax is worth nothing"
    assert just.audit.accounts.cash_after_payments[0] == pytest.approx(0, abs=1)


def test_a_floor_of_cash_can_be_broken_by_one_settlement() -> None:
    """In its second year a cube earns 60 and 6 of tax, paid to the state in February of the third.

    In the third year nothing is earned. Of 110 in hand 110 are paid; 4 come back for the first year, and the 6 of the
    second are there until they are paid. Owners take 130 out in January of the third year: all but what is owed.
    """
    changes = {"workloads__training__amount": {"2025-01": 1, "2027-01": 0}, "finance__minimum_cash": mn(0)}
    taken = {"finance__funding": {"2027-01": "-130 mn JPY"}}
    assert bought(planned(110, {}, **changes, **taken)) == 1
    more = {"finance__funding": {"2027-01": "-130.1 mn JPY"}}
    with pytest.raises(NoPlanError, match="back to owners in 2027-01"):
        planned(110, {}, **changes, **more)  # without a cube there are but 110 to take out
    late = {"settlement_lag": "5 months"}
    flows = planned(110, late, **changes, **taken).audit.accounts
    assert flows.by_month["tax_settled"][12 + 4] == pytest.approx(60e6 * 0.1 - 10e6)
    assert flows.by_month["tax_settled"][24 + 4] == pytest.approx(6e6)


def test_what_is_not_settled_counts_at_its_nominal_on_the_last_day() -> None:
    """Of the last year 6 are owed; at 10 % they count as on the last day, 1095 days after the first."""
    outcome = planned(200, {}, finance__discount_rate="10 %")
    books = outcome.audit.accounts.books
    # In its first year 10 are paid and 6 received, so 4 are to come back.
    assert books.consumption_tax == pytest.approx((-4e6, 6e6, 6e6))
    assert outcome.audit.accounts.end_value == pytest.approx(-6e6)
    plain = plan_case(toy(finance__opening_cash=mn(200), finance__discount_rate="10 %"), gap=0.0)
    days, back = (31 + 28 + 365, 730 + 31 + 28), [4e6, -6e6]
    received = plain.audit.accounts.present("revenue") / 10
    settled = sum(amount * 1.1 ** (-day / 365) for amount, day in zip(back, days, strict=True)) - 6e6 * 1.1**-3
    assert outcome.npv - plain.npv == pytest.approx(received - 10e6 + settled)


def test_tax_on_an_investment_may_count_later() -> None:
    """Paid in January 2025 and counted a year later, it comes back with the second year."""
    outcome = planned(200, {"deduction_lag": "12 months"})
    settled = outcome.audit.accounts.by_month["tax_settled"]
    assert {month: round(amount) for month, amount in enumerate(settled) if amount} == {13: 6_000_000, 25: -4_000_000}


def test_customers_pay_the_tax_as_late_as_the_price() -> None:
    outcome = planned(200, {}, finance__working_capital={"customer_days": 60})
    books = outcome.audit.accounts.books
    assert books.receivables[-1] == pytest.approx(66e6 * 61 / 365)
    assert outcome.npv == pytest.approx(80e6)
    assert outcome.audit.broken == ()


def test_profit_and_tax_on_it_do_not_change() -> None:
    tax = {"finance__tax": {"rate": "30 %"}}
    plain = plan_case(toy(finance__opening_cash=mn(200), **tax), gap=0.0)
    taxed = planned(200, {}, **tax)
    assert taxed.audit.accounts.books.profit == pytest.approx(plain.audit.accounts.books.profit)
    assert taxed.audit.accounts.books.tax_charge == pytest.approx(plain.audit.accounts.books.tax_charge)


@pytest.mark.parametrize(("length", "settled"), [("1 month", 2), ("3 months", 4), ("6 months", 7), ("1 year", 13)])
def test_the_tax_of_a_tax_period_is_settled_after_its_end(length: str, settled: int) -> None:
    """January counts with its period from the start of the fiscal year; two months after that it is settled."""
    outcome = planned(200, {"tax_period": length})
    flows = outcome.audit.accounts.by_month["tax_settled"]
    assert next(month for month, amount in enumerate(flows) if amount) == settled


def test_a_plan_that_forgets_the_tax_is_refused() -> None:
    decisions = plan_case(toy(finance__opening_cash=mn(105)), gap=0.0).decisions
    case = toy(finance__opening_cash=mn(105), finance__consumption_tax={"rate": "10 %"})
    broken = audit(case, decisions).broken
    assert {limit.rule for limit in broken} == {"cash_balance"}
    assert str(broken[0].subject) == "cash at the start of 2025-01, after payments"


def test_every_month_is_the_same_whatever_the_length_of_the_periods() -> None:
    found = []
    for period, count in (("month", 36), ("quarter", 12), ("year", 3)):
        case = toy(
            calendar={"start": "2025-01", "period": period, "periods": count, "fiscal_year_start_month": 1},
            finance__consumption_tax={"rate": "10 %", "tax_period": "3 months"},
            sites__east__rent="1 mn JPY/kW-month",
        )
        serve = {("training", "cube", "east", t): 1.0 for t in range(count)}
        found.append(audit(case, decided(order={("maker", "east", 0): 1}, serve=serve)).accounts.cash_at_end)
    assert found[0] == pytest.approx(found[2])
    assert found[1] == pytest.approx(found[2])


def test_a_later_settlement_never_hurts_who_pays_and_the_currency_does_not_matter() -> None:
    changes = {"finance__discount_rate": "5 %", "workloads__training__price": "10_000 JPY/accelerator-hour"}
    values = [
        planned(200, {"settlement_lag": f"{lag} months", "taxed_investment": 0}, **changes).npv for lag in (0, 2, 6)
    ]
    assert values == sorted(values)
    assert values[0] < values[-1]
    fields = toy(finance__opening_cash=mn(110), finance__consumption_tax={"rate": "10 %"}).model_dump(
        mode="json", by_alias=True
    )
    for changed in (restated(fields, "USD", 150.0), reported_in(fields, "USD", 150.0)):
        assert plan_case(Case.model_validate(changed), gap=0.0).npv * 150 == pytest.approx(80e6)
