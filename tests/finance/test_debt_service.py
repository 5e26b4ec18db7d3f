"""What a lender may ask for, by hand: scheduled repayments, whole fiscal years, and loans that outlive the horizon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.finance.lending import scheduled_repayments
from planner.outcome import Outcome
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from planner.report.headline import headline
from planner.report.workbook.book import lay_book
from planner.report.workbook.engine.keys import OfYear
from tests import loaded
from tests.cases.toy import mn, toy
from tests.places import FAULTS

LONG = FAULTS / "loan-beyond-horizon" / "case.yaml"


@pytest.fixture(scope="module")
def long() -> Outcome:
    return plan(read_case(LONG))


@pytest.fixture(scope="module")
def in_parts() -> Outcome:
    return plan(read_case(FAULTS / "x-dscr.yaml"))


def test_a_loan_that_outlives_the_horizon_is_left_as_debt(long: Outcome) -> None:
    """16 accelerators earn 300 JPY an hour and draw 20 kW x 1.2 at 20 JPY; 1 % of 100 mn is due a year."""
    facts = headline(long)
    # As it was when the loan was paid back in the last period: the same, since what is owed counts at the end.
    assert facts.npv == pytest.approx(-19_844_993.33, abs=0.01)
    assert facts.debt_at_the_end == 100e6
    assert not long.decisions.repay
    # FY2026 has 365 days, FY2027 has 366 and would be covered 37.9 times.
    assert facts.lowest_debt_service_cover == pytest.approx((16 * 300 - 20 * 1.2 * 20) * 8760 / 1e6)
    covers = [(16 * 300 - 20 * 1.2 * 20) * hours / 1e6 for hours in (8760, 8784)]
    assert [f"{cover:.1f}" for cover in covers] == ["37.8", "37.9"]
    grid = lay_book(long).grid
    assert [grid.value_of(OfYear("cover", year)) for year in grid.years] == pytest.approx(covers)


def test_the_command_says_so(tmp_path: Path) -> None:
    run = loaded.run(str(LONG), "--output", "out", cwd=tmp_path, COLUMNS="100")
    assert run.returncode == 0, run.stderr
    (line,) = [line for line in run.stdout.splitlines() if line.startswith("debt ")]
    assert "100.00 mn JPY" in line
    assert "paid 37.84 times in the worst year" in line


def test_voluntary_repayments_and_the_first_month_are_no_debt_service(in_parts: Outcome) -> None:
    """All cash that is left over pays the loan back, long before its 49 months are over; FY2096 is one month."""
    # 20 mn are there and 100 mn are paid; the first month's interest and the first of 49 parts are paid from the draw.
    drawn = 80e6 / (1 - 0.14 / 12 - 1 / 49)
    owed, interest = drawn * (1 - 1 / 49), 0.0
    for month, days in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1):
        earned = 2000 * 24 * days * 2.853881278538813 - 2000 * 416.6666666666666 + (60e6 if month == 6 else 0)
        interest += owed * 0.14 / 12
        owed -= min(owed, earned - owed * 0.14 / 12)
    assert owed == 0
    # A year earns 50 mn and costs 10; it owes its interest and twelve parts. In later years nothing is owed any more.
    cover = 40e6 / (interest + 12 * drawn / 49)
    assert f"{cover:.3f}" == "1.562"
    facts = headline(in_parts)
    assert facts.lowest_debt_service_cover == pytest.approx(cover)
    grid = lay_book(in_parts).grid
    assert grid.value_of("lowest_cover") == pytest.approx(cover)
    assert [grid.value_of(OfYear("cover", year)) for year in grid.years] == [
        "none", pytest.approx(cover), "none", "none", "none",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("due", "repaid", "scheduled"),
    [
        ([0, 0, 0, 100], [0, 0, 0, 100], [0, 0, 0, 100]),
        ([0, 0, 0, 100], [0, 0, 100, 100], [0, 0, 0, 100]),  # early, within the year in which it falls due
        ([0, 0, 0, 100], [0, 100, 100, 100], [0, 0, 0, 0]),  # in the year before: voluntary then, and owed no more
        ([25, 50, 75, 100], [25, 60, 75, 100], [25, 25, 15, 25]),  # set against the next instalment
        ([0, 0, 0, 0], [0, 0, 0, 100], [0, 0, 0, 0]),  # not due before the end of the horizon
    ],
)
def test_scheduled_repayments(due: list[float], repaid: list[float], scheduled: list[float]) -> None:
    assert scheduled_repayments(due, repaid, [(0, 1), (2, 3)]) == scheduled


def owing(**terms: Any) -> Outcome:
    """The toy with money enough and a loan of 100 that is owed from the start."""
    loan = {"limit": mn(100), "outstanding": mn(100), "term": "2 years", "rate": "0 %"} | terms
    finance = {
        "currency": "JPY", "opening_cash": mn(1000), "minimum_cash": mn(0), "discount_rate": loan.pop("discount", 0),
        "terminal_value": False, "loans": {"bank": loan},
    }  # fmt: skip
    return plan_case(toy(finance=finance))


@pytest.mark.parametrize(
    ("terms", "repaid"),
    [
        ({}, {1: 100e6}),  # for nothing it could be repaid at once
        ({"repayment": "equal_parts"}, {0: 50e6, 1: 50e6}),
        ({"term": "3 years"}, {2: 100e6}),
        ({"term": "10 years"}, {}),
        ({"term": "10 years", "rate": "3 %", "discount": "5 %"}, {}),
        ({"term": "10 years", "rate": "9 %", "discount": "5 %"}, {0: 100e6}),  # repaying early pays
    ],
)
def test_a_loan_stays_as_long_as_its_term_unless_repaying_it_early_pays(
    terms: dict[str, Any], repaid: dict[int, float]
) -> None:
    assert owing(**terms).decisions.repay == {("bank", t): pytest.approx(amount) for t, amount in repaid.items()}
