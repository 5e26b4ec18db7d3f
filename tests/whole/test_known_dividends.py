"""Known answers by hand: what owners are paid, out of what, and what that is worth to them."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from planner.case.case import Case
from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.report.value import equity_returns, to_owners
from tests.cases.paying import BANK, PAYING
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.rival.currency import restated

ALONE: dict[str, Any] = {
    "offers__maker__allocation": 1,
    "finance__opening_cash": mn(100),
    "finance__cost_of_equity": "10 %",
    "finance__depreciation": {"systems": "4 years"},
    "finance__dividends": {},
    "objective": {"kind": "equity"},
}
"""A cube of 100 is paid with all that is there, loses 25 of its value a year and earns 60: 35 of profit."""
LENT = {**ALONE, "finance__opening_cash": mn(10), "finance__loans": {"bank": BANK}}


def made(**changes: Any) -> Outcome:
    outcome = plan_case(toy(**changes), gap=0.0)
    assert not outcome.audit.broken
    return outcome


def paid(outcome: Outcome) -> dict[int, float]:
    """Dividends by fiscal year, in millions."""
    return {key.year.number: round(amount / MILLION, 6) for key, amount in outcome.decisions.dividend.items()}


def test_owners_are_paid_the_profit_of_each_year_and_the_rest_on_the_last_day() -> None:
    """35 each in March 2026 and 2027, 455 and 820 days after the start, and the 110 that are left after 1,095."""
    outcome = made(**ALONE)
    assert paid(outcome) == {2025: 35, 2026: 35}
    value = -100 + 35 / 1.1 ** (455 / 365) + 35 / 1.1 ** (820 / 365) + 110 / 1.1**3
    assert outcome.audit.accounts.equity == pytest.approx(value * MILLION)
    assert outcome.audit.accounts.by_month["dividends"][14] == pytest.approx(35 * MILLION)
    flows = to_owners(outcome.case, outcome.audit.accounts)
    assert [round(flow / MILLION) for flow in flows if flow] == [*FLOWS]
    rate = equity_returns(outcome)
    assert rate is not None and rate.internal_rate_of_return is not None
    worth = sum(f / (1 + rate.internal_rate_of_return) ** (d / 365) for f, d in zip(FLOWS, DAYS, strict=True))
    assert worth == pytest.approx(0, abs=1e-6)


FLOWS, DAYS = (-100, 35, 35, 110), (0, 455, 820, 1095)


@pytest.mark.parametrize(("dividend", "bought"), [(20, 1), (20 + 1e-6, 0)])
def test_a_cube_is_bought_where_a_dividend_leaves_its_price(dividend: float, bought: int) -> None:
    """120 are there, and a cube of 100 is offered from 2027 on, when the dividend for 2025 has been paid."""
    terms = {"opening_retained_profit": mn(50), "most_share_of_profit": 0, "stated": {"FY2025": mn(dividend)}}
    late = {"offers__maker__order_window": {"from": "2027-01"}, "workloads__training__price": yearly(150)}
    outcome = made(**{**ALONE, **late, "finance__opening_cash": mn(120), "finance__dividends": terms})
    assert sum(outcome.decisions.order.values()) == bought
    assert paid(outcome) == {2025: pytest.approx(dividend)}


@pytest.mark.parametrize(("cover", "years"), [(60 / 39, [2025, 2026]), (60 / 39 * (1 + 1e-6), [2026])])
def test_nothing_is_paid_for_a_year_whose_cover_is_below_the_lock_up(cover: float, years: list[int]) -> None:
    """60 over 9 of interest and 30 that fall due is 1.538 in 2025; what is not paid for it is paid for 2026."""
    outcome = made(**{**LENT, "finance__dividends": {"lock_up_cover": cover}})
    assert [*paid(outcome)] == years
    assert sum(paid(outcome).values()) == pytest.approx(31.895, abs=1e-3)


def test_a_lock_up_makes_a_plan_repay_early_to_open_a_year() -> None:
    """Of 60, 9 are interest: 51 go back in 2025, where nothing may be paid for it, and 2026 owes little."""
    outcome = made(**{**LENT, "finance__dividends": {"lock_up_cover": 2}})
    assert paid(outcome).keys() == {2026}
    assert outcome.audit.accounts.lines["loans_repaid"][0] == pytest.approx(51 * MILLION)


def test_a_year_without_debt_service_is_open_whatever_it_earns() -> None:
    """Nobody works in 2025 on what costs 12 a year; 30 are kept from before, and no loan is drawn."""
    idle = {
        "workloads__training__amount": {"2025-01": 0, "2026-01": 1},
        "sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
        "sites__east__operations": "1 mn JPY/kW-month",
        "offers__maker__allocation": 0,
        "finance__opening_cash": mn(60),
        "finance__dividends": {"opening_retained_profit": mn(30), "lock_up_cover": 5},
    }
    outcome = made(**{**LENT, **idle})
    assert paid(outcome)[2025] == pytest.approx(30 - 12)
    owing = {"bank": {**BANK, "outstanding": mn(3)}}
    assert 2025 not in paid(made(**{**LENT, **idle, "finance__loans": owing}))


def test_losses_come_before_dividends_and_a_year_that_pays_none_keeps_everything() -> None:
    """35 a year: 40 of losses from before leave nothing for 2025 and 30 for 2026; with 80 there is none at all."""
    for before, years in ((-40, {2026: 30}), (-80, {}), (15, {2025: 50, 2026: 35})):
        terms = {"opening_retained_profit": mn(before)}
        assert paid(made(**{**ALONE, "finance__opening_cash": mn(130), "finance__dividends": terms})) == years


def test_a_share_of_profit_is_of_each_year_after_tax_and_what_is_stated_stands_beside_it() -> None:
    """35 less 30 % of tax are 24.5; half of that is 12.25."""
    tax = {"finance__tax": {"rate": "30 %"}, "finance__opening_cash": mn(130)}
    half = {"most_share_of_profit": "50 %"}
    assert paid(made(**{**ALONE, **tax, "finance__dividends": half})) == {2025: 12.25, 2026: 12.25}
    beside = half | {"stated": {"FY2025": mn(20)}}
    assert paid(made(**{**ALONE, **tax, "finance__dividends": beside})) == {2025: 20, 2026: 12.25}


def test_more_than_there_is_of_profit_cannot_be_stated() -> None:
    for stated, fits in ((35, True), (38, False)):
        terms = {**ALONE, "finance__opening_cash": mn(200), "finance__dividends": {"stated": {"FY2025": mn(stated)}}}
        if fits:
            assert paid(made(**terms))[2025] == 35
        else:
            with pytest.raises(NoPlanError, match=r"finance\.dividends\.stated\.FY2025: 38 mn JPY are paid"):
                made(**terms)


def test_where_owners_expect_nothing_waiting_costs_nothing() -> None:
    for more in ({}, {"finance__funding": {"2026-03": mn(7)}}, {"finance__tax": {"rate": "30 %"}}):
        case = {**ALONE, "finance__opening_cash": mn(130), "finance__cost_of_equity": 0, **more}
        with_them, without = made(**case), made(**{**case, "finance__dividends": None})
        assert with_them.audit.accounts.equity == pytest.approx(without.audit.accounts.equity)
        assert with_them.audit.accounts.npv == pytest.approx(without.audit.accounts.npv)


def test_interest_on_cash_is_worth_what_owners_get_of_it() -> None:
    earning = {**ALONE, "finance__opening_cash": mn(150), "finance__cost_of_equity": 0}
    rich = made(**{**earning, "finance__interest_on_cash": "5 %"}).audit.accounts
    more = sum(rich.lines["interest_on_cash"])
    assert rich.equity == pytest.approx(made(**earning).audit.accounts.equity + more)


def test_a_plan_that_is_judged_before_financing_pays_out_what_it_does_not_need() -> None:
    """Its value is what it was, and no loan is drawn for the owners."""
    npv = {"objective": {"kind": "npv"}, "finance__opening_cash": mn(100)}
    outcome = made(**{**LENT, **npv})
    assert paid(outcome) == {2025: 35, 2026: 35} and not outcome.decisions.draw
    assert outcome.audit.accounts.npv == pytest.approx(80 * MILLION)


def test_equity_in_the_books_falls_with_the_payment() -> None:
    """Assets less debt at the end of 2026: the cube at 50, cash, and nothing that is owed but what the bank gets."""
    outcome = made(**{**LENT, "finance__covenants": {"most_debt_to_equity": 4}})
    accounts = outcome.audit.accounts
    equity = accounts.cash[1] + 50 * MILLION - accounts.books.debt["bank"][1]
    assert equity == pytest.approx((10 + 26 + accounts.books.profit[1] / MILLION - paid(outcome)[2025]) * MILLION)


LOOSER: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("most_share_of_profit", ("10 %", "40 %", None)),
    ("lock_up_cover", (3, 1.54, 1.4)),
    ("opening_retained_profit", (mn(-30), mn(0), mn(20))),
)


@pytest.mark.parametrize(("field", "values"), LOOSER)
def test_asking_for_less_never_makes_owners_poorer(field: str, values: tuple[Any, ...]) -> None:
    worths = []
    for value in values:
        terms = {"lock_up_cover": 1.45, "most_share_of_profit": "80 %", field: value}
        worths.append(made(**{**LENT, "finance__dividends": terms}).audit.accounts.equity or 0.0)
    assert all(one <= other + 1 for one, other in itertools.pairwise(worths))
    assert worths[0] < worths[-1] - 1


def test_another_currency_changes_nothing() -> None:
    case = toy(**PAYING)
    dollars = Case.model_validate(restated(case.model_dump(mode="json", by_alias=True), "USD", 150.0))
    worth = plan_case(dollars, gap=0.0).audit.accounts.equity
    assert worth is not None
    assert worth * 150 == pytest.approx(plan_case(case, gap=0.0).audit.accounts.equity, rel=1e-9)
