"""Customers and suppliers who pay later: plans worked out by hand in which that decides."""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.toy import mn, toy
from tests.rival.currency import reported_in, restated

RENT: dict[str, Any] = {"sites__east__rent": "2 mn JPY/kW-month"}
"""72 in three years: with 180 of revenue and a price of 100, a cube is worth 8."""


def planned(cash: float, **changes: Any) -> Outcome:
    """The best plan with so many millions of cash."""
    return plan_case(toy(**{**RENT, "finance__opening_cash": mn(cash), **changes}), gap=0.0, time_limit=60.0)


def bought(outcome: Outcome) -> int:
    return sum(outcome.decisions.order.values())


def late(**terms: Any) -> dict[str, Any]:
    return {"finance__working_capital": terms}


def test_two_months_of_rent_have_to_be_there_where_customers_pay_two_months_later() -> None:
    """The first revenue comes in March; until then 100 and twice 2 of rent are paid."""
    assert bought(planned(100)) == 1
    just, short = planned(104, **late(customer_days=60)), planned(103.9, **late(customer_days=60))
    assert (bought(just), bought(short)) == (1, 0)
    assert just.audit.accounts.cash_at_end[:2] == pytest.approx((2e6, 0.0), abs=1)
    assert just.npv == pytest.approx(8e6), "without discounting it is worth as much, whenever it is paid"


def test_a_landlord_who_waits_as_long_is_as_good_as_that_cash() -> None:
    assert bought(planned(100, **late(customer_days=60, rent_days=60))) == 1
    # Half of January's rent is paid in February, before any revenue.
    assert bought(planned(101, **late(customer_days=60, rent_days=45))) == 1
    assert bought(planned(100.9, **late(customer_days=60, rent_days=45))) == 0


def test_days_between_two_months_split_what_is_paid() -> None:
    """After 50 days a third of January's revenue comes in February: 60 x 31 / 365 / 3 = 1.70, less 4 of rent so far."""
    need = 104 - 60 * 31 / 365 / 3
    assert bought(planned(need + 1e-3, **late(customer_days=50))) == 1
    assert bought(planned(need - 1e-3, **late(customer_days=50))) == 0


def test_a_workload_may_have_terms_of_its_own() -> None:
    assert bought(planned(103.9, **late(customer_days=60), workloads__training__customer_days=0)) == 1
    assert bought(planned(103.9, workloads__training__customer_days=60)) == 0


def test_what_is_open_at_the_end_counts_at_its_nominal_on_the_last_day() -> None:
    """At 10 %: each month's revenue two months later, that of the last two months on the last day of the horizon."""
    outcome = planned(200, **late(customer_days=60), finance__discount_rate="10 %")
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 3
    ends = [sum(days[: m + 1]) for m in range(36)]
    income = [60e6 * days[m] / 365 * 1.1 ** (-ends[min(m + 2, 35)] / 365) for m in range(36)]
    rent = [2e6 * 1.1 ** (-ends[m] / 365) for m in range(36)]
    cheap = {**RENT, "sites__east__rent": "1 mn JPY/kW-month"}
    assert bought(outcome) == 0, "at 10 % it is not worth its price"
    outcome = planned(200, **late(customer_days=60), **{**cheap, "finance__discount_rate": "10 %"})
    assert outcome.npv == pytest.approx(sum(income) - sum(rent) / 2 - 100e6)
    books = outcome.audit.accounts.books
    assert books.receivables[-1] == pytest.approx(60e6 * (30 + 31) / 365)
    assert outcome.audit.accounts.end_value == pytest.approx(books.receivables[-1])


def test_what_is_open_at_the_start_is_paid_in_its_month() -> None:
    opening = {"opening_receivables": {"2025-01": mn(2), "2028-03": mn(5)}, "opening_payables": {"2025-02": mn(1)}}
    assert bought(planned(103, **late(customer_days=60, **opening))) == 1
    assert bought(planned(102.9, **late(customer_days=60, **opening))) == 0
    # The 5 that are due after the horizon count on its last day.
    assert planned(103, **late(customer_days=60, **opening)).npv == pytest.approx((8 + 2 + 5 - 1) * 1e6)


def test_profit_and_tax_do_not_ask_when_it_is_paid() -> None:
    tax = {"finance__tax": {"rate": "30 %"}, "finance__depreciation": {"systems": "3 years"}}
    at_once, later = planned(200, **tax), planned(200, **tax, **late(customer_days=100, rent_days=30))
    assert later.audit.accounts.books.profit == pytest.approx(at_once.audit.accounts.books.profit)
    assert later.audit.accounts.books.tax_charge == pytest.approx(at_once.audit.accounts.books.tax_charge)


def test_customers_who_pay_sooner_never_hurt_and_suppliers_who_wait_never_do() -> None:
    terms = {"finance__discount_rate": "3 %", "offers__maker__allocation": 3, "workloads__training__amount": 3}
    customers = [planned(109, **terms, **late(customer_days=days)).npv for days in (120, 75, 45, 10, 0)]
    assert customers == sorted(customers)
    assert customers[0] < customers[-1]
    suppliers = [planned(109, **terms, **late(customer_days=90, rent_days=days)).npv for days in (0, 20, 45, 90, 150)]
    assert suppliers == sorted(suppliers)
    assert suppliers[0] < suppliers[-1]


def test_the_currency_does_not_matter() -> None:
    """The same in dollars of 150 yen, and told in dollars while prices stay in yen."""
    opening = {"opening_receivables": {"2025-02": mn(3)}, "opening_payables": {"2025-03": mn(1)}}
    terms = late(customer_days=50, rent_days=20, **opening)
    fields = toy(**{**RENT, "finance__opening_cash": mn(104), **terms}).model_dump(mode="json", by_alias=True)
    for changed in (restated(fields, "USD", 150.0), reported_in(fields, "USD", 150.0)):
        outcome = plan_case(Case.model_validate(changed), gap=0.0, time_limit=60.0)
        assert outcome.npv * 150 == pytest.approx((8 + 3 - 1) * 1e6)
