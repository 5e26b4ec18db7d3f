"""Known answers by hand: what lenders ask of a fiscal year decides what is bought, and when."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest

from planner.case.case import Case
from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.rival.covenanted import covenanted_fields
from tests.rival.currency import restated

PARTS = {"limit": mn(90), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
FLEET = {"system": "cube", "quantity": 1, "arrives": "2024-01"}


def covered(least: float | None, **changes: Any) -> Outcome:
    """The toy with 10 in cash: its cube of 100 is paid with 90 of the bank, back in three parts, at 10 % a year."""
    asked = {} if least is None else {"finance__covenants": {"least_debt_service_cover": least}}
    terms = {"finance__opening_cash": mn(10), "finance__loans": {"bank": PARTS}, **asked}
    return plan_case(toy(**{**terms, **changes}), gap=0.0)


@pytest.mark.parametrize(("least", "bought"), [(None, 1), (1.53, 1), (1.54, 0), (3, 0)])
def test_a_cube_is_bought_where_what_it_earns_serves_the_loan_often_enough(least: float | None, bought: int) -> None:
    """60 over 9 of interest and 30 that fall due is 1.538; what is repaid beyond that does not count."""
    made = covered(least)
    assert sum(made.decisions.order.values()) == bought
    assert not made.audit.broken


@pytest.mark.parametrize(("k", "is_bought"), [(60 / 39, True), (60 / 39 * (1 + 1e-6), False)])
def test_the_covenant_holds_to_the_last_yen(k: float, is_bought: bool) -> None:
    assert bool(covered(k).decisions.order) == is_bought


def test_more_is_waited_for_where_a_covenant_leaves_no_room_for_debt() -> None:
    """A fleet that earns 60 a year pays for a cube of 100 in the second year without the bank, which asks for 9 times.

    With the bank it is bought at once and earns three years: 3 * 60 - 100 more instead of 2 * 60 - 100 less nothing.
    """
    work = {"metric": "accelerators", "amount": 2, "price": yearly(60)}
    there = {"sites__east__fleet": [FLEET], "workloads__training": work, "finance__opening_cash": mn(40)}
    assert list(covered(2, **there).decisions.order) == [("maker", "east", 0)]
    strict = covered(9, **there)
    assert list(strict.decisions.order) == [("maker", "east", 1)]
    assert not strict.decisions.draw
    assert strict.audit.accounts.npv == pytest.approx((3 * 60 + 2 * 60 - 100) * MILLION)


def test_a_year_without_debt_service_keeps_it_whatever_it_earns() -> None:
    """Nothing is asked for in 2025, and the fleet costs 6 in it; in 2026 the bank helps to buy, and is served."""
    losing = {
        "sites__east__fleet": [FLEET],
        "sites__east__operations": "0.5 mn JPY/kW-month",
        "workloads__training__amount": {"2025-01": 0, "2026-01": 2},
        "workloads__training__price": yearly(100),
        "finance__opening_cash": mn(20),
    }
    made = covered(2, **losing)
    assert made.audit.accounts.lines["revenue"][0] == 0
    assert list(made.decisions.order) == [("maker", "east", 1)]
    assert not made.audit.broken
    # What is owed from the start has to be served in the year of the loss.
    owed = {"bank": {**PARTS, "outstanding": mn(3)}}
    with pytest.raises(NoPlanError):
        covered(2, finance__loans=owed, **losing)
    assert not covered(None, finance__loans=owed, **losing).audit.broken


def test_a_part_of_a_fiscal_year_is_not_asked() -> None:
    """60 a quarter pay 90 back within two quarters: debt service that three quarters of a year are not asked about."""
    bridge = {"bank": {**PARTS, "term": "6 months", "repayment": "at_end"}}
    calendar = {"start": "2025-07", "period": "quarter", "periods": 7, "fiscal_year_start_month": 4}
    changes = {"calendar": calendar, "finance__loans": bridge, "workloads__training__price": yearly(240)}
    for least in (None, 9):
        assert [t for _, _, t in covered(least, **changes).decisions.order] == [0]
    whole = {**changes, "calendar": {**calendar, "start": "2025-04"}}
    assert [t for _, _, t in covered(None, **whole).decisions.order] == [0]
    # FY2025 is whole: its last quarter may bear 2.25 of interest, and none may bear 90. FY2026 is cut.
    assert [t for _, _, t in covered(9, **whole).decisions.order] == [3]


def test_asking_for_less_never_makes_a_plan_worse_and_another_currency_changes_nothing() -> None:
    decided = 0
    for number in (2, 3):
        fields = covenanted_fields(number, 200)
        worths = [worth(fields | {"finance": fields["finance"] | {"covenants": one}}) for one in (None, *ASKED)]
        assert all(one >= other - 1 for one, other in itertools.pairwise(worths)), number
        decided += worths[-1] < worths[0] - 1
        rate = 1.0 if fields["objective"]["kind"] == "compute" else 150.0
        dollars = Case.model_validate(restated(fields, "USD", 150.0))
        assert worth(dollars) * rate == pytest.approx(worth(fields), rel=1e-6, abs=1e3), number
    assert decided


ASKED = tuple({"least_debt_service_cover": least} for least in (1, 4))


def worth(case: Any) -> float:
    """What the best plan is worth, more being better; less than anything where there is none."""
    case = Case.model_validate(case) if isinstance(case, dict) else case
    try:
        made = plan_case(case, gap=0.0)
    except NoPlanError:
        return -math.inf
    return made.proof.objective * (-1 if case.objective.kind == "cost" else 1)


def balanced(**asked: Any) -> Outcome:
    """The toy with 20 in cash, a bank as above of 100, and cubes that are written off over four years."""
    bank = {**PARTS, "limit": mn(100)}
    terms = {"finance__opening_cash": mn(20), "finance__loans": {"bank": bank}}
    return plan_case(toy(finance__depreciation={"systems": "4 years"}, finance__covenants=asked, **terms), gap=0.0)


@pytest.mark.parametrize(
    ("asked", "repaid"),
    [
        # 60 come in, 8 are interest: without more to ask for, 52 are paid back.
        ({"least_liquidity": mn(0)}, 52),
        ({"least_liquidity": mn(5)}, 47),
        # 28 are owed then, of 75 in the books, and of 47 of equity: 20 + 60 - 8 - 25.
        ({"most_loan_to_value": 28 / 75 + 1e-6}, 52),
        ({"most_loan_to_value": 28 / 75 - 1e-6}, None),
        ({"most_debt_to_equity": 28 / 47 + 1e-6}, 52),
        ({"most_debt_to_equity": 28 / 47 - 1e-6}, None),
    ],
)
def test_what_is_owed_at_the_end_of_a_year_keeps_to_cash_book_value_and_equity(
    asked: dict[str, Any], repaid: float | None
) -> None:
    made = balanced(**asked)
    assert bool(made.decisions.order) == (repaid is not None)
    if repaid is not None:
        assert made.decisions.repay["bank", 0] == pytest.approx(repaid * MILLION)


def test_cash_is_borrowed_for_the_sake_of_a_covenant_where_that_pays() -> None:
    """80 drawn, and x more: 60 + x less a tenth of 80 + x as interest, less a third of it, is 30 at the year's end."""
    made = balanced(least_liquidity=mn(30))
    drawn = 80 + (30 - 60 + 80 / 10 + 80 / 3) / (1 - 1 / 10 - 1 / 3)
    assert made.decisions.draw["bank", 0] == pytest.approx(drawn * MILLION)


@pytest.mark.parametrize(("until", "repaid"), [("2026-01", 52), ("2025-12", None)])
def test_a_line_that_may_be_drawn_is_liquidity(until: str, repaid: float | None) -> None:
    """A dear line of 30 lets all cash repay the bank, 60 less 8 of interest, without a yen drawn.

    Where it may be drawn no more, what the bank wants back leaves 60 - 8 - 26.7, less than 30: nothing is bought.
    """
    line = {"limit": mn(30), "rate": "15 %", "term": "1 year", "revolving": True, "draw_window": {"to": until}}
    case = toy(
        finance__opening_cash=mn(20),
        finance__loans={"bank": {**PARTS, "limit": mn(80)}, "line": line},
        finance__covenants={"least_liquidity": mn(30)},
    )
    made = plan_case(case, gap=0.0)
    assert made.decisions.repay.get(("bank", 0)) == (None if repaid is None else pytest.approx(repaid * MILLION))
    assert not [loan for loan, _ in made.decisions.draw if loan == "line"]


def test_a_year_that_ends_without_debt_keeps_what_its_books_would_not() -> None:
    """A fleet earns 60 in 2025, of which half is owed as tax and 40 went to the owners: 6 + 60 - 40 - 30 are left."""
    case = toy(
        finance__opening_cash=mn(6),
        finance__funding={"2025-12": mn(-40)},
        finance__tax={"rate": "50 %", "payment_lag": "2 months"},
        sites__east__fleet=[FLEET],
        offers__maker__available=0,
        finance__loans={"bank": PARTS},
        finance__covenants={"most_debt_to_equity": 1, "least_liquidity": mn(100)},
    )
    made = plan_case(case, gap=0.0)
    assert made.audit.accounts.cash[0] - made.audit.accounts.books.tax_payable[0] == pytest.approx(-4 * MILLION)
    assert not made.audit.broken
