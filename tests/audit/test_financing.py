"""What financing does to the value, worked by hand: what a loan costs, what interest saves in tax, and what owners get.

Amounts are in millions of yen, at 10 % a year unless a test says otherwise. The years 2025 to 2027 have 365 days each,
so that what moves at their ends counts 1/1.1, 1/1.21 and 1/1.331.
"""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import Accounts
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import decided

BOUGHT: dict[str, Any] = {
    "order": {("maker", "east", 0): 1},
    "serve": {("training", "cube", "east", t): 1.0 for t in range(3)},
}
TAX = {"rate": 0.3, "payment_lag": "2 months"}


def case(rate: float, **changes: Any) -> Case:
    """A cube of 100 that earns 60 a year, 10 % of discount, and a loan of 50 at a rate over five years."""
    bank = {"limit": mn(50), "rate": rate, "term": "5 years"}
    return toy(**{"finance__discount_rate": 0.1, "finance__loans": {"bank": bank}, **changes})


def accounts_of(of: Case, **tables: Any) -> Accounts:
    return audit(of, decided(**{**BOUGHT, **tables})).accounts


def month_ends(years: int, first: int = 2025) -> list[datetime.date]:
    """The last days of the months of some years."""
    starts = [datetime.date(first + month // 12, month % 12 + 1, 1) for month in range(1, 12 * years + 1)]
    return [start - datetime.timedelta(days=1) for start in starts]


def factor(date: datetime.date, rate: float = 0.1) -> float:
    return float((1 + rate) ** (-(date - datetime.date(2024, 12, 31)).days / 365))


def annuity(monthly: float, years: int, rate: float = 0.1) -> float:
    """What equal amounts at the end of each month are worth."""
    return monthly * sum(factor(date, rate) for date in month_ends(years))


def revenue(rate: float, yearly: float = 60, years: int = 3) -> float:
    """What so much a year is worth that comes in by the day, and is paid at the ends of months."""
    ends = [datetime.date(2024, 12, 31), *month_ends(years)]
    return sum(yearly / 365 * (date - before).days * factor(date, rate) for before, date in itertools.pairwise(ends))


DRAWN_FOR_TWO_YEARS: dict[str, Any] = {"draw": {("bank", 0): 50 * MILLION}, "repay": {("bank", 1): 50 * MILLION}}


def test_a_loan_dearer_than_capital_costs_what_its_present_value_lacks() -> None:
    # 12 % on 50 are half a million a month; 50 come at once, and 50 go after two years.
    accounts = accounts_of(case(0.12), **DRAWN_FOR_TWO_YEARS)
    cost = annuity(0.5, 2) + 50 / 1.21 - 50
    assert cost == pytest.approx(2.207, abs=0.001)  # 0.5 * 21.765 by even months, less 8.678: 2.204
    assert accounts.loan_costs == {"bank": pytest.approx(cost * MILLION)}
    assert accounts.npv == pytest.approx(accounts.unlevered - cost * MILLION)


def test_a_loan_cheaper_than_capital_adds_nothing_and_costs_nothing() -> None:
    accounts, alone = accounts_of(case(0.02), **DRAWN_FOR_TWO_YEARS), accounts_of(case(0.02))
    assert accounts.present("loans_drawn", "loans_repaid", "interest") > 6 * MILLION
    assert accounts.loan_costs == {"bank": 0.0}
    assert accounts.npv == accounts.unlevered == pytest.approx(alone.npv, rel=1e-12)
    assert accounts.npv == pytest.approx((revenue(0.1) - 100) * MILLION)


def test_the_rate_at_which_a_loan_costs_nothing_is_that_of_capital() -> None:
    # Interest by month at a twelfth of the rate: the same as 10 % a year where every month's share is compounded.
    costs = [accounts_of(case(rate), **DRAWN_FOR_TWO_YEARS).loan_costs["bank"] for rate in (0.094, 0.095, 0.096, 0.097)]
    assert costs == sorted(costs)
    assert costs[0] == costs[1] == 0.0 < costs[2]  # 12 * (1.1 ** (1 / 12) - 1) = 9.57 %


def test_what_is_owed_at_the_start_comes_in_and_what_is_owed_at_the_end_goes_out() -> None:
    # 30 are owed at the start and repaid in 2026; 20 are drawn in 2026 and owed at the end. 12 % a year.
    bank = {"limit": mn(80), "rate": 0.12, "term": "5 years", "outstanding": mn(30)}
    audited = accounts_of(
        case(0.12, finance__loans={"bank": bank}),
        draw={("bank", 1): 20 * MILLION},
        repay={("bank", 1): 30 * MILLION},
    )
    assert audited.debt_at_end == 20 * MILLION
    ends = month_ends(3)
    interest = [0.3] * 12 + [0.5] * 12 + [0.2] * 12
    flows = 30 + 20 / 1.1 - 30 / 1.21 - 20 / 1.331
    flows -= sum(amount * factor(date) for amount, date in zip(interest, ends, strict=True))
    assert audited.loan_costs["bank"] == pytest.approx(-flows * MILLION)


def test_one_loan_that_is_cheap_does_not_pay_for_another_that_is_dear() -> None:
    loans = {name: {"limit": mn(50), "rate": rate, "term": "5 years"} for name, rate in (("dear", 0.12), ("cheap", 0))}
    audited = accounts_of(
        case(0, finance__loans=loans),
        draw={("dear", 0): 50 * MILLION, ("cheap", 0): 50 * MILLION},
        repay={("dear", 1): 50 * MILLION, ("cheap", 1): 50 * MILLION},
    )
    cost = annuity(0.5, 2) + 50 / 1.21 - 50
    assert audited.loan_costs == {"dear": pytest.approx(cost * MILLION), "cheap": 0.0}
    assert audited.unlevered - audited.npv == pytest.approx(cost * MILLION)


def turns(accounts: Accounts) -> dict[int, float]:
    """What interest saves, by turn of months, in millions."""
    return {turn: round(amount / MILLION, 6) for turn, amount in enumerate(accounts.shield) if amount}


def test_interest_saves_tax_when_the_tax_of_its_year_is_paid() -> None:
    # 6 % on 50 are 3 a year, of which 30 % are 0.9. The tax of 2025 is paid at the end of February 2026, which is turn
    # 14; that of 2027 after the horizon, which is turn 36.
    forever = {"draw": {("bank", 0): 50 * MILLION}}
    assert turns(accounts_of(case(0.06, finance__tax=TAX), **forever)) == {14: 0.9, 26: 0.9, 36: 0.9}
    assert turns(accounts_of(case(0.06), **forever)) == {}
    rising = {**TAX, "rate": {"2025-01": 0.3, "2026-04": 0.4}}  # that of the start of a fiscal year holds for all of it
    assert turns(accounts_of(case(0.06, finance__tax=rising), **forever)) == {14: 0.9, 26: 0.9, 36: 1.2}
    at_once = {**TAX, "payment_lag": "0 months"}
    assert turns(accounts_of(case(0.06, finance__tax=at_once), **forever)) == {12: 0.9, 24: 0.9, 36: 0.9}


def test_what_interest_saves_is_no_value_before_financing() -> None:
    # Every year makes a profit of 40 before interest, so tax falls by all of the shield; it is taken out again.
    taxed = {"finance__tax": TAX, "finance__depreciation": {"systems": "5 years"}}
    borrowed = accounts_of(case(0.06, **taxed), draw={("bank", 0): 50 * MILLION})
    alone = accounts_of(case(0.06, **taxed))
    assert sum(alone.lines["tax"]) - sum(borrowed.lines["tax"]) == pytest.approx(1.8 * MILLION)
    assert borrowed.unlevered == pytest.approx(alone.unlevered, rel=1e-12)
    assert borrowed.npv == borrowed.unlevered


def test_a_year_of_loss_has_its_shield_as_well() -> None:
    # Written off within a year, 2025 loses 40 and its interest; 2026 pays tax on what is left of 60.
    written_off = {"finance__tax": {**TAX, "payment_lag": "0 months"}, "finance__depreciation": {"systems": "1 year"}}
    borrowed = accounts_of(case(0.06, **written_off), **DRAWN_FOR_TWO_YEARS)
    alone = accounts_of(case(0.06, **written_off))
    assert [year.tax / MILLION for year in borrowed.books.years.values()] == pytest.approx([0, 0.3 * (60 - 3 - 43), 18])
    assert turns(borrowed) == {12: 0.9, 24: 0.9}
    # Both years' interest saves its tax at the end of 2026, and that of 2025 is taken out a year before.
    assert borrowed.unlevered - alone.unlevered == pytest.approx((1.8 / 1.21 - 0.9 / 1.1 - 0.9 / 1.21) * MILLION)


def test_owners_get_all_lines_less_debt_at_their_own_rate() -> None:
    # Income by day at 15 %; 100 go and 50 come at once, 3 of interest a year, and 50 are owed at the end.
    accounts = accounts_of(case(0.06, finance__cost_of_equity=0.15), draw={("bank", 0): 50 * MILLION})
    value = revenue(0.15) - 50 - annuity(0.25, 3, 0.15) - 50 / 1.15**3
    assert accounts.equity == pytest.approx(value * MILLION)
    assert value == pytest.approx(55.99, abs=0.01)
    assert accounts_of(case(0.06)).equity is None


def test_the_objective_equity_is_the_value_to_the_owners() -> None:
    owners = case(0.06, finance__cost_of_equity=0.15, objective={"kind": "equity"})
    audited = audit(owners, decided(**BOUGHT))
    assert audited.objective == audited.accounts.equity != audited.accounts.npv


@pytest.mark.parametrize("objective", ["npv", "cost"])
def test_what_a_loan_costs_is_part_of_either_objective_at_the_cost_of_capital(objective: str) -> None:
    dear = case(0.12, objective={"kind": objective})
    found = [audit(dear, decided(**{**BOUGHT, **tables})).objective for tables in ({}, DRAWN_FOR_TWO_YEARS)]
    cost = annuity(0.5, 2) + 50 / 1.21 - 50
    assert abs(found[1] - found[0]) == pytest.approx(cost * MILLION)
    assert (found[1] < found[0]) == (objective == "npv")


def sold(of: Case, t: int | None) -> Decisions:
    exits = {} if t is None else {"exit": {("cube", "east", "2025-01 maker", t): 1}}
    return decided(order={("maker", "east", 0): 1}, **exits)


RESALE = {"finance__resale": [{"age": "0 months", "share": 0.5}], "finance__terminal_value": True}


@pytest.mark.parametrize(
    ("life", "earned", "end_tax"),
    [
        ("3 years", 60, 0.3 * 50),  # written off: all of the 50 is a gain
        ("10 years", 60, 0.3 * (50 - 70)),  # 70 in the books: a loss of 20 saves 6, and the year has 0.3 * (60 - 10)
        ("10 years", 12, -0.3 * (12 - 10)),  # the year has no more than 0.6 to save
        ("10 years", 5, 0),  # the year itself makes a loss
    ],
)
def test_the_end_value_is_taxed_as_if_it_were_sold_on_the_last_day(life: str, earned: float, end_tax: float) -> None:
    terms = {"finance__tax": TAX, "finance__depreciation": {"systems": life}, **RESALE}
    accounts = accounts_of(case(0, workloads__training__price=yearly(earned), **terms))
    assert accounts.terminal_value == 50 * MILLION
    assert accounts.books.end_tax == pytest.approx(end_tax * MILLION, abs=1)
    assert accounts.end_value == pytest.approx(
        50 * MILLION - accounts.books.tax_payable[-1] - accounts.books.end_tax, abs=1e-6
    )


def test_without_a_terminal_value_nothing_is_taxed_at_the_end() -> None:
    terms = {"finance__tax": TAX, "finance__depreciation": {"systems": "10 years"}}
    assert accounts_of(case(0, **terms)).books.end_tax == 0.0


BARGAIN = {"system": "cube", "supplier": "other", "price": mn(40), "order_window": {"from": "2026-01", "to": "2026-12"}}


def test_a_used_system_fetches_no_more_of_a_price_than_a_new_one_costs_then() -> None:
    # Half of 100, or of the 40 that the bargain of 2026 asks; that of 2027 is not open any more.
    of = case(0, offers__bargain=BARGAIN, **RESALE)
    for t, price in ((1, 40), (2, 100)):
        audited = audit(of, sold(of, t)).accounts
        assert audited.lines["resale"][t] == pytest.approx(price / 2 * MILLION)
    assert audit(of, sold(of, None)).accounts.terminal_value == pytest.approx(50 * MILLION)


def test_the_price_of_a_new_system_is_that_of_the_sale_and_at_the_end_that_of_the_last_period() -> None:
    steps = {"2025-01": mn(120), "2026-01": mn(90), "2027-01": mn(70)}
    of = case(0, offers__maker__price=steps, **RESALE)
    fetched = [audit(of, sold(of, t)).accounts.lines["resale"][t] for t in (1, 2)]
    assert fetched == pytest.approx([45 * MILLION, 35 * MILLION])
    assert audit(of, sold(of, None)).accounts.terminal_value == pytest.approx(35 * MILLION)
    dearer = case(0, offers__maker__price=mn(120), **RESALE)
    assert audit(dearer, sold(dearer, None)).accounts.terminal_value == pytest.approx(50 * MILLION)


def test_an_offer_in_another_currency_is_compared_at_the_rate_of_the_sale() -> None:
    rates = {"USD": {"2025-01": "100 JPY", "2026-01": "80 JPY", "2027-01": "120 JPY"}}
    of = case(0, finance__exchange_rates=rates, offers__maker__price="1 mn USD", **RESALE)
    fetched = [audit(of, sold(of, t)).accounts.lines["resale"][t] for t in (1, 2)]
    assert fetched == pytest.approx([40 * MILLION, 50 * MILLION])


def test_the_offer_of_another_system_caps_nothing() -> None:
    cheap = {**toy().systems["cube"].model_dump(mode="json", by_alias=True, exclude_defaults=True), "vendor": "another"}
    of = case(0, systems__ball=cheap, offers__balls={"system": "ball", "supplier": "b", "price": mn(10)}, **RESALE)
    assert audit(of, sold(of, 1)).accounts.lines["resale"][1] == pytest.approx(50 * MILLION)
