"""The case of every kind of programme, worked by hand, against the plan, the audit and the model."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from planner.audit import audit
from planner.outcome import CHARGES, Outcome
from planner.planning import plan_case
from planner.vocabulary.keys import FiscalYear
from tests.cases.aided import (
    ADVANCES,
    ARRIVAL,
    AT_STARTS,
    BY_CHARGE,
    BY_LINE,
    BY_MONTH,
    CASH,
    END_TAX,
    END_VALUE,
    EQUITY,
    FIXED_ASSETS,
    MINISTRY,
    MINISTRY_BACK,
    NET,
    NPV,
    OPENING,
    ORDER,
    PREFECTURE,
    PREFECTURE_BACK,
    PROFIT,
    TAX_CHARGE,
    TAX_PAYABLE,
    TERMINAL_VALUE,
    TURNS,
    YEARS,
    aided_case,
)
from tests.cases.paper import model_comes_to
from tests.cases.toy import MILLION
from tests.decided import laid_flat, plan_laid_flat, with_tables


def millions(amounts: Iterable[float]) -> list[object]:
    """Amounts that have to agree with the figures on paper to a hundredth of a yen."""
    return [pytest.approx(amount * MILLION, abs=0.01) for amount in amounts]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return plan_case(aided_case(), gap=0.0)


def test_the_figures_on_paper_agree_with_each_other() -> None:
    for t in range(8):
        assert CASH[t] + ADVANCES[t] + FIXED_ASSETS[t] == pytest.approx(TAX_PAYABLE[t] + EQUITY[t]), t
        assert CASH[t] - (CASH[t - 1] if t else OPENING) == pytest.approx(NET[t]), t
    assert pytest.approx(END_VALUE) == TERMINAL_VALUE - TAX_PAYABLE[-1] - END_TAX
    for t in range(8):
        months = range(6 * t, 6 * t + 6)
        assert sum(BY_MONTH[m] + AT_STARTS.get(m, 0) for m in months) == pytest.approx(NET[t]), t
    assert TURNS[::6] == [0, 183, 365, 548, 730, 913, 1096, 1279, 1461]
    assert list(aided_case().calendar.days_at_turns) == TURNS


def test_the_plan_is_the_one_that_was_meant(outcome: Outcome) -> None:
    made = plan_laid_flat(outcome.decisions)
    assert made.order == {ORDER: 2}
    assert made.exit == {("cube", "east", ARRIVAL, 4): 1}
    assert made.claim == {(name, *ORDER): pytest.approx(1 if name == "act" else 2) for name in aided_case().programmes}
    assert made.overlap == {("prefecture", "ministry", *ORDER): pytest.approx(2)}
    assert made.claimed_exit == {(name, *ORDER, 4): pytest.approx(1) for name in ("ministry", "prefecture")}
    assert made.overlap_exit == {("prefecture", "ministry", *ORDER, 4): pytest.approx(1)}
    assert made.credit == {("law", year): pytest.approx(YEARS[year][1] * MILLION) for year in (2025, 2026)}
    assert made.join == {"law": True}


def test_the_audit_comes_to_the_figures_on_paper(outcome: Outcome) -> None:
    audited = outcome.audit
    accounts, books, quantities = audited.accounts, audited.accounts.books, audited.quantities
    assert audited.broken == ()
    for line in outcome.lines:
        assert list(accounts.lines[line]) == millions(BY_LINE[line]), line
    for charge in CHARGES:
        assert list(books.charges[charge]) == millions(BY_CHARGE[charge]), charge
    assert list(accounts.cash) == millions(CASH)
    paid = [AT_STARTS.get(m, 0) for m in range(48)]
    at_ends = [*itertools.accumulate(map(sum, zip(paid, BY_MONTH, strict=True)), initial=OPENING)]
    assert list(accounts.cash_at_end) == millions(at_ends[1:])
    assert list(accounts.cash_after_payments) == millions(map(sum, zip(at_ends[:-1], paid, strict=True)))
    assert min(accounts.cash_after_payments) == pytest.approx(10 * MILLION)  # October 2025, as the cubes come
    assert list(accounts.net) == millions(NET)
    assert list(books.profit) == millions(PROFIT)
    assert list(books.tax_charge) == millions(TAX_CHARGE)
    for table, by_programme in (
        (quantities.grant_paid, {"ministry": MINISTRY, "prefecture": PREFECTURE}),
        (quantities.clawback, {"ministry": MINISTRY_BACK, "prefecture": PREFECTURE_BACK}),
    ):
        for name in aided_case().programmes:
            on_paper = by_programme.get(name, [0.0] * 8)
            assert [table.get((name, t), 0.0) for t in range(8)] == millions(on_paper), name
    granted = {"ministry": 120, "prefecture": 30, "law": 24, "act": 24}
    assert [laid_flat(quantities.grant)[name, *ORDER] for name in granted] == millions(granted.values())


def test_the_audit_comes_to_the_balances_on_paper(outcome: Outcome) -> None:
    accounts = outcome.audit.accounts
    books = accounts.books
    assert list(books.advances) == millions(ADVANCES)
    assert list(books.fixed_assets) == millions(FIXED_ASSETS)
    assert list(books.tax_payable) == millions(TAX_PAYABLE)
    assert [year.number for year in books.years] == list(YEARS)
    for name, (profit, credit, tax, paid_in) in YEARS.items():
        year = books.years[FiscalYear(name)]
        assert [year.profit, year.credit, year.tax, year.loss_carried] == millions([profit, credit, tax, 0]), name
        assert year.paid_in == paid_in, name
    ends = [accounts.terminal_value, books.end_tax, accounts.end_value, accounts.npv, outcome.proof.objective]
    assert ends == millions([TERMINAL_VALUE, END_TAX, END_VALUE, NPV, NPV])


def test_the_model_comes_to_the_figures_on_paper() -> None:
    model_comes_to(aided_case(), BY_LINE, NPV)


def test_what_is_left_of_the_credit_is_lost_and_two_yen_more_are_too_much(outcome: Outcome) -> None:
    case, made = outcome.case, plan_laid_flat(outcome.decisions)
    for year in YEARS:
        more = {**made.credit, ("law", year): made.credit.get(("law", year), 0.0) + 2.0}
        broken = {limit.rule for limit in audit(case, with_tables(made, credit=more)).broken}
        assert broken == {"tax_credit"}, year


def test_neither_keeping_the_idle_cube_nor_leaving_out_a_programme_is_worth_more(outcome: Outcome) -> None:
    best = outcome.audit.accounts.npv
    for name in outcome.case.programmes:
        others = {other: terms for other, terms in outcome.case.programmes.items() if other != name}
        if name == "ministry":
            others["prefecture"] = others["prefecture"].model_copy(update={"after": ()})
        without = outcome.case.model_copy(update={"programmes": others})
        assert plan_case(without, gap=0.0).proof.objective < best - 0.1 * MILLION, name
    made = plan_laid_flat(outcome.decisions)
    for t in (5, 6, 7):
        later = with_tables(
            made,
            exit={("cube", "east", ARRIVAL, t): 1},
            claimed_exit={(*key[:-1], t): units for key, units in made.claimed_exit.items()},
            overlap_exit={(*key[:-1], t): units for key, units in made.overlap_exit.items()},
        )
        audited = audit(outcome.case, later)
        assert {limit.rule for limit in audited.broken} <= {"tax_credit", "claimed_exits", "stacking_order"}
        assert audited.accounts.npv < best - MILLION, t
