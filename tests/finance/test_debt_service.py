"""What a lender may ask for, by hand: scheduled repayments, whole fiscal years, and loans that outlive the horizon."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.finance.lending import scheduled_repayments
from planner.outcome import Outcome
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from planner.report.headline import headline
from planner.report.workbook.book import lay_book
from planner.report.workbook.engine.keys import OfYear
from tests import loaded
from tests.cases.toy import mn, toy
from tests.decided import with_tables
from tests.places import FAULTS

LONG = FAULTS / "loan-beyond-horizon" / "case.yaml"


@pytest.fixture(scope="module")
def long() -> Outcome:
    """The plan without its repayments: idle cash would pay a loan back that costs anything."""
    made = plan(read_case(LONG))
    decisions = with_tables(made.decisions, repay={})
    return replace(made, decisions=decisions, audit=audit(made.case, decisions))


@pytest.fixture(scope="module")
def in_parts() -> Outcome:
    return plan(read_case(FAULTS / "x-dscr.yaml"))


def test_a_loan_that_outlives_the_horizon_is_left_as_debt(long: Outcome) -> None:
    """16 accelerators earn 300 JPY an hour and draw 20 kW x 1.2 at 20 JPY; 1 % of 100 mn is due a year."""
    facts = headline(long)
    day, date, value = (16 * 300 - 20 * 1.2 * 20) * 24, datetime.date(2026, 4, 1), 0.0
    for month in range(4, 28):
        end = datetime.date(2026 + month // 12, month % 12 + 1, 1)
        value += day * (end - date).days * 1.06 ** (-(end - datetime.date(2026, 4, 1)).days / 365)
        date = end
    assert facts.npv == facts.npv_before_financing == pytest.approx(value)  # a cheap loan counts nothing
    assert facts.debt_at_the_end == 100e6
    assert not long.audit.broken
    # FY2026 has 365 days, FY2027 has 366 and would be covered 37.9 times.
    assert facts.lowest_debt_service_cover == pytest.approx((16 * 300 - 20 * 1.2 * 20) * 8760 / 1e6)
    covers = [(16 * 300 - 20 * 1.2 * 20) * hours / 1e6 for hours in (8760, 8784)]
    assert [f"{cover:.1f}" for cover in covers] == ["37.8", "37.9"]
    grid = lay_book(long).grid
    assert [grid.value_of(OfYear("cover", year)) for year in grid.years] == pytest.approx(covers)


def test_the_command_says_so(tmp_path: Path) -> None:
    """To owners who expect 9 %, a loan at 1 % is worth keeping."""
    text = LONG.read_text(encoding="utf-8").replace("rate: 6 %", "rate: 6 %\n  cost_of_equity: 9 %")
    (tmp_path / "long.yaml").write_text(text, encoding="utf-8")
    run = loaded.run("long.yaml", "--objective", "equity", "--output", "out", cwd=tmp_path, COLUMNS="100")
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


def owing(owners_expect: str | None = None, **terms: Any) -> Outcome:
    """The toy with money enough and a loan of 100 that is owed from the start."""
    loan = {"limit": mn(100), "outstanding": mn(100), "term": "2 years", "rate": "0 %"} | terms
    finance = {
        "currency": "JPY", "opening_cash": mn(1000), "minimum_cash": mn(0), "discount_rate": loan.pop("discount", 0),
        "terminal_value": False, "loans": {"bank": loan}, "cost_of_equity": owners_expect,
    }  # fmt: skip
    return plan_case(toy(finance=finance, objective={"kind": "npv" if owners_expect is None else "equity"}))


@pytest.mark.parametrize(
    "terms",
    [
        {"rate": "3 %", "discount": "5 %"},  # cheap, and yet nobody pays interest beside idle cash
        {"rate": "3 %", "discount": "5 %", "term": "10 years"},
        {"rate": "3 %", "discount": "5 %", "repayment": "equal_parts"},
        {"rate": "9 %", "discount": "5 %", "term": "10 years"},  # dear
    ],
)
def test_idle_cash_repays_a_loan(terms: dict[str, Any]) -> None:
    assert owing(**terms).decisions.repay == {("bank", 0): pytest.approx(100e6)}


@pytest.mark.parametrize(
    ("terms", "repaid"),
    [
        ({"rate": "3 %"}, {1: 100e6}),
        ({"rate": "3 %", "repayment": "equal_parts"}, {0: 50e6, 1: 50e6}),
        ({"rate": "3 %", "term": "3 years"}, {2: 100e6}),
        ({"rate": "12 %", "term": "10 years"}, {0: 100e6}),  # dearer than what owners expect
    ],
)
def test_for_its_owners_a_loan_stays_for_its_term_unless_it_is_dearer_than_what_they_expect(
    terms: dict[str, Any], repaid: dict[int, float]
) -> None:
    made = owing("10 %", discount="5 %", **terms)
    assert made.decisions.repay == {("bank", t): pytest.approx(amount) for t, amount in repaid.items()}
