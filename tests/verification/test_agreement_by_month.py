"""Model and audit agree on every line and on cash in every month, although deliveries and lags fall inside periods."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.model.build import Model, build
from planner.outcome import Audit
from planner.solution import decisions_of
from planner.solving.solve import solve
from planner.verification.agreement import disagreements
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.keys import CashPoint
from tests.audit.test_every_family import a_little_of_everything
from tests.cases.aid import aid_case
from tests.cases.aided import aided_case
from tests.cases.books import books_case
from tests.cases.toy import CUBE, mn, programme, toy

UP_TO = 0.01
"""How far an amount of a month may differ, in yen."""


def within_periods(period: str = "quarter", periods: int = 8, **changes: Any) -> Case:
    """Payments, lags and deliveries in months that start no period, in two currencies, and tight cash."""
    return toy(
        **{
            "calendar": {"start": "2024-07", "period": period, "periods": periods, "fiscal_year_start_month": 7},
            "systems__cube": CUBE | {"maintenance_per_year": 0.05, "price": {"typical": "1 mn USD"}},
            "finance__exchange_rates": {"USD": {"2024-07": "95 JPY", "2024-12": "100 JPY", "2025-08": "105 JPY"}},
            "finance__discount_rate": 0.08,
            "finance__opening_cash": mn(200),
            "finance__minimum_cash": mn(1),
            "finance__funding": {"2024-09": mn(20), "2025-02": "0.1 mn USD"},
            "finance__terminal_value": True,
            "finance__resale": [{"age": "0 months", "share": 0.9}, {"age": "3 years", "share": 0.5}],
            "finance__tax": {"rate": 0.3, "payment_lag": "4 months"},
            "finance__loans": {"bank": {"limit": mn(80), "rate": 0.03, "term": "7 months", "revolving": True}},
            "offers__maker__lead_time": "1 month",
            "offers__maker__payment": {"at_order": 0.3},
            "offers__maker__additions": 0.1,
            "offers__slow": {"system": "cube", "supplier": "slow", "price": "0.9 mn USD", "lead_time": "5 months"},
            "expansions": {
                "hall": {
                    "site": "east", "adds": {"power": "2 kW"}, "capex": mn(10), "lead_time": "2 months", "blocks": 2,
                    "payment": {"at_order": 0.5},
                }
            },
            "sites__east__capacity": {"power": "2 kW"},
            "sites__east__rent": "100_000 JPY/kW-month",
            "sites__east__operations": "50_000 JPY/kW-month",
            "sites__east__energy_price": "30 JPY/kWh",
            "sites__east__fleet": [
                {"system": "cube", "quantity": 1, "arrives": month, "book_value": mn(5), "unpaid": "0.3 mn USD"}
                for month in ("2024-05", "2024-08", "2026-05", "2026-07")  # the third never works, the last never comes
            ],
            "workloads__training": {
                "metric": "accelerators",
                "amount": {"2024-07": 3, "2025-07": 1},
                "price": "20_000 JPY/accelerator-hour",
            },
            "programmes": {
                "grant": programme(
                    0.4,
                    milestones=[
                        {"share": 0.3, "event": "order", "lag": "2 months"},
                        {"share": 0.4, "lag": "1 month"},
                        {"share": 0.3, "lag": "8 months"},
                    ],
                    retention="2 years",
                    early_exit="repay_remaining",
                )
            },
            **changes,
        }
    )  # fmt: skip


def in_halves() -> Case:
    """The same in four half years."""
    return within_periods("half", 4)


def in_years() -> Case:
    """The same in two years."""
    return within_periods("year", 2)


def off_book_value() -> Case:
    """The same with grants off book value, which none may be that is paid with the order."""
    parts = [{"share": 0.7, "lag": "1 month"}, {"share": 0.3, "lag": "8 months"}]
    rules = programme(0.4, milestones=parts, retention="2 years", early_exit="repay_all")
    return within_periods(finance__asset_grants="reduce_book_value", programmes={"grant": rules})


def for_owners() -> Case:
    """The same for owners who expect so much that they borrow."""
    return within_periods(finance__cost_of_equity=0.2, objective={"kind": "equity"})


def dear() -> Case:
    """The same with so little cash that a dear loan is drawn."""
    bank = {"limit": mn(80), "rate": 0.12, "term": "7 months", "revolving": True}
    return within_periods(finance__opening_cash=mn(60), finance__loans={"bank": bank})


_BANK = {"limit": mn(80), "rate": 0.03, "term": "7 months", "revolving": True}


def of_costs() -> Case:
    """Further terms of cost."""
    parts = [{"share": 0.2, "event": "order"}, {"share": 0.5, "advance": "1 month"}, {"share": 0.3, "lag": "7 months"}]
    return within_periods(
        finance__working_capital={"customer_days": 45, "maintenance_days": 30},
        finance__resale_factor={"2024-07": 0.9, "2025-02": 1.2},
        workloads__training__selling_costs={"2024-07": 0.03, "2025-02": 0.1},
        systems__cube__maintenance_by_age=[{"age": "2 months", "factor": 0.5}, {"age": "7 months", "factor": 2}],
        finance__loans={"bank": {**_BANK, "arrangement_fee": 0.01, "commitment_fee": 0.005}},
        offers__maker__payment={"instalments": parts},
        expansions__hall__payment={"instalments": parts},
    )


def taxed() -> Case:
    """The same under a property tax that is assessed and due inside periods, before, within and after the horizon."""
    parts = [{"share": 0.4, "lag": "1 month"}, {"share": 0.6, "lag": "16 months"}]
    tax = {"rate": {"2023-01": 0.01, "2025-03": 0.03}, "assessed_in": 2, "instalments": parts}
    return within_periods(finance__property_taxes={"town": tax}, sites__east__property_tax="town")


def in_advance() -> Case:
    """The same with tax in advance within a period, by the tax of the year before the horizon at first."""
    interim = {"after": "5 months", "share": 0.8, "tax_of_year_before": "0.1 mn USD"}
    return within_periods(finance__tax={"rate": 0.3, "payment_lag": "3 months", "interim": interim})


def passed_on() -> Case:
    """The same with consumption tax on all of it, interest on cash, and interest that is added to what is owed."""
    owed = {"outstanding": mn(20), "term": "9 years", "interest_capitalised_until": "2025-03"}
    bank = {"limit": mn(80), "rate": 0.03, **owed}
    return within_periods(
        finance__consumption_tax={"rate": "10 %"}, finance__interest_on_cash=0.01, finance__loans={"bank": bank}
    )


def owners_and_customers() -> Case:
    """The same with owners who are paid two months after a year, and customers who pay four months before the work."""
    return within_periods(
        finance__dividends={"payment_lag": "2 months", "opening_retained_profit": mn(40)},
        finance__cost_of_equity=0.2,
        finance__working_capital={"opening_prepayments": {"2024-08": mn(2), "2026-08": "0.1 mn USD"}},
        workloads__training__paid_in_advance="4 months",
        objective={"kind": "equity"},
    )


CASES: tuple[Callable[[], Case], ...] = (
    within_periods, in_halves, in_years, off_book_value, for_owners, dear, a_little_of_everything, aid_case, aided_case,
    books_case, of_costs, taxed, in_advance, passed_on, owners_and_customers,
)  # fmt: skip


@cache
def planned(made: Callable[[], Case]) -> tuple[Model, list[float], Audit]:
    """The model of a case, the values of its plan, and what the audit says of it."""
    case = made()
    model = build(coefficients_of(case))
    solution = solve(model, gap=1e-3, time_limit=20.0)
    audited = audit(case, decisions_of(model, solution.values))
    assert disagreements(case, model, solution.values, audited, solution.proof.objective) == []
    return model, solution.values, audited


@pytest.mark.parametrize("made", CASES, ids=lambda one: one.__name__)
def test_every_dated_line_comes_to_the_same_in_every_month(made: Callable[[], Case]) -> None:
    model, values, audited = planned(made)
    months = range(len(audited.accounts.cash_at_end))
    dated = model.sums.cash_flow.dated
    assert {*dated} == {key for key, line in CASH_LINES.items() if line.is_dated}
    for line, amounts in dated.items():
        assert {*amounts} <= {*months}
        modelled = [model.coefficients.money_unit * amounts[m].value(values) if m in amounts else 0.0 for m in months]
        assert modelled == pytest.approx(audited.accounts.by_month[line], abs=UP_TO), line


@pytest.mark.parametrize("made", CASES, ids=lambda one: one.__name__)
def test_cash_comes_to_the_same_after_payments_and_at_the_end_of_every_month(made: Callable[[], Case]) -> None:
    model, values, audited = planned(made)
    unit, accounts = model.coefficients.money_unit, audited.accounts
    for at_end, audited_cash in ((False, accounts.cash_after_payments), (True, accounts.cash_at_end)):
        points = [CashPoint(month, at_end) for month in model.coefficients.calendar.months]
        modelled = [unit * values[model.decide.cash[point,].index] for point in points]
        assert modelled == pytest.approx(audited_cash, abs=UP_TO)


def test_a_loan_that_costs_is_among_the_cases() -> None:
    accounts = planned(dear)[2].accounts
    assert accounts.loan_costs["bank"] > 10_000
    assert sum(accounts.shield) > 0


def test_every_line_moves_in_a_month_that_starts_no_period_as_far_as_it_may() -> None:
    """The cases ask something: each line that may move within a period does so in one of them."""
    of_all = {line for made in CASES for line, amounts in planned(made)[2].accounts.by_month.items() if any(amounts)}
    assert of_all == {*CASH_LINES}
    within = set()
    for made in CASES:
        model, _, audited = planned(made)
        months = model.coefficients.calendar.months_per_period
        within |= {
            line
            for line, amounts in audited.accounts.by_month.items()
            if any(amount for m, amount in enumerate(amounts) if m % months)
        }
    assert {*CASH_LINES} - within == {"loans_drawn", "arrangement_fees", "resale"}
