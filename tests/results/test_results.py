"""The plan as tables: every fact once, and money that adds up to the cash flow of the audit, line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from planner.decisions import Decisions
from planner.outcome import INFLOWS, LINES, Outcome
from planner.planning import plan
from planner.reading.budget import read_case
from planner.report.headline import headline
from planner.results.every_table import tables
from tests.places import CASES
from tests.report import example, programmes

if TYPE_CHECKING:
    import pandas as pd

INPUTS = CASES.parents[1] / "inputs"
WITHOUT_A_PLAN = (
    "audit-disagrees-loan", "calendar-year-message", "crash-fleet-beside-offers", "crash-fleet-without-dollar-rate",
    "dear-hall-stops-early", "in-service-before-horizon", "long-names", "min-fleet", "names-nfd-fullwidth",
    "x-no-money", "x-zero",
)  # fmt: skip
"""Cases that are refused, contradict themselves or take long; all others of the folder are planned here."""
FILES = [
    *(path for path in sorted(CASES.rglob("*.yaml")) if not {path.stem, path.parent.name} & set(WITHOUT_A_PLAN)),
    INPUTS / "university-programme.yaml",
]
MADE: dict[str, Callable[[], Outcome]] = {
    "example": example.outcome,
    "programmes": programmes.outcome,
    **{f"{path.parent.name}/{path.stem}": lambda path=path: plan(read_case(path)) for path in FILES},
}


@pytest.fixture(scope="module", params=MADE)
def outcome(request: pytest.FixtureRequest) -> Outcome:
    return MADE[request.param]()


@pytest.fixture(scope="module")
def found(outcome: Outcome) -> dict[str, pd.DataFrame]:
    return tables(outcome)


def by_period(outcome: Outcome, table: pd.DataFrame, column: str) -> list[float]:
    sums = table.groupby("period")[column].sum()
    return [float(sums.get(outcome.case.calendar.label(t), 0.0)) for t in range(outcome.case.calendar.periods)]


def test_every_decision_is_a_row(outcome: Outcome, found: dict[str, pd.DataFrame]) -> None:
    decisions: Decisions = outcome.decisions
    for name, chosen, column in (
        ("orders", decisions.order, "systems"), ("expansions", decisions.expand, "blocks"),
        ("exits", decisions.exit, "systems"), ("serve", decisions.serve, "systems_at_work"),
    ):  # fmt: skip
        assert len(found[name]) == len(chosen)
        assert found[name][column].sum() == pytest.approx(sum(chosen.values()))
    assert len(found["installed"]) == len(outcome.audit.quantities.installed)


def test_periods_are_their_first_months(outcome: Outcome, found: dict[str, pd.DataFrame]) -> None:
    labels = {outcome.case.calendar.label(t) for t in range(outcome.case.calendar.periods)}
    for name, table in found.items():
        for column in {"period", "ordered", "decided"} & set(table.columns):
            assert {value for value in table[column] if isinstance(value, str)} <= labels, name
    assert set(found["orders"]["period"]) <= labels
    months = {str(month) for month in outcome.case.calendar.months}
    assert {month for month in found["tax"]["paid_in"] if isinstance(month, str)} <= months


def test_every_line_of_the_cash_flow_is_made_of_its_payments(outcome: Outcome, found: dict[str, pd.DataFrame]) -> None:
    accounts, unit = outcome.audit.accounts, outcome.case.finance.currency.lower()
    payments = found["payments"]
    assert set(payments["line"]) <= set(LINES)
    for line in outcome.lines:
        ours = payments[payments["line"] == line]
        expected = pytest.approx(accounts.lines[line], rel=1e-12, abs=1e-6)
        assert by_period(outcome, ours, f"amount_{unit}") == expected, line
        assert tuple(found["cash"][f"{line}_{unit}"]) == accounts.lines[line]
        assert set(ours["direction"]) <= {"in" if line in INFLOWS else "out"}
    assert tuple(found["cash"][f"cash_{unit}"]) == accounts.cash


def test_the_tables_of_decisions_add_up_to_their_lines(outcome: Outcome, found: dict[str, pd.DataFrame]) -> None:
    lines, unit = outcome.audit.accounts.lines, outcome.case.finance.currency.lower()
    for table, column, line in (
        ("grants", "grant", "grants"), ("grants_repaid", "repaid", "grants_repaid"), ("exits", "resale", "resale"),
        ("serve", "revenue", "revenue"), ("loans", "drawn", "loans_drawn"), ("loans", "interest", "interest"),
        ("loans", "repaid", "loans_repaid"),
    ):  # fmt: skip
        amounts = by_period(outcome, found[table], f"{column}_{unit}")
        assert amounts == pytest.approx(lines[line], rel=1e-12, abs=1e-6), table
    paid = found["tax"].groupby("paid_in")[f"tax_{unit}"].sum()
    by_month = [float(paid.get(str(month), 0.0)) for month in outcome.case.calendar.months]
    assert by_month == pytest.approx(outcome.audit.accounts.by_month["tax"], rel=1e-12, abs=1e-6)
    for table, line in (("orders", "system_price"), ("orders", "additions"), ("expansions", "expansion")):
        assert found[table][f"{line}_{unit}"].sum() == pytest.approx(sum(lines[line])), line


def test_books_are_the_audit_s(outcome: Outcome, found: dict[str, pd.DataFrame]) -> None:
    books, unit = outcome.audit.accounts.books, outcome.case.finance.currency.lower()
    profit, tax, loans = found["profit"], found["tax"], found["loans"]
    income = sum(profit[f"{line}_{unit}"] for line in ("revenue", "grants", "resale"))
    taken = [c for c in profit.columns[4:] if c not in (f"profit_before_tax_{unit}", f"tax_charge_{unit}")]
    expected = income - profit[taken].sum(axis=1)
    assert list(profit[f"profit_before_tax_{unit}"]) == pytest.approx(list(expected), rel=1e-9, abs=1e-3)
    assert tuple(profit[f"profit_before_tax_{unit}"]) == books.profit
    assert list(tax["fiscal_year"]) == [str(year) for year in books.years]
    assert list(tax[f"tax_{unit}"]) == [one.tax for one in books.years.values()]
    for loan, owed in books.debt.items():
        assert tuple(loans[loans["loan"] == loan][f"owed_{unit}"]) == owed
        assert tuple(loans[loans["loan"] == loan][f"scheduled_{unit}"]) == books.scheduled[loan]
    credited = found["tax_credits"].groupby("fiscal_year")[f"credit_{unit}"].sum()
    assert credited.to_dict() == {str(y): pytest.approx(one.credit) for y, one in books.years.items() if one.credit}


def test_awards_headline_and_limits_are_there(outcome: Outcome, found: dict[str, pd.DataFrame]) -> None:
    facts, unit = headline(outcome), outcome.case.finance.currency.lower()
    figures = {(name, of): value for name, of, _, value, _ in found["headline"].itertuples(index=False)}
    dates = found["headline"].set_index("figure")["when"]
    assert figures["npv", ""] == facts.npv == outcome.audit.accounts.npv
    assert figures["lowest_cash", ""] == facts.lowest_cash
    assert dates["lowest_cash"] == str(facts.lowest_cash_at)
    assert dates["peak_debt"] == outcome.case.calendar.label(facts.peak_debt_period)
    for programme, (t, installed, floor) in facts.first_obligations.items():
        assert figures["first_obligation_installed", programme] == installed
        assert figures["first_obligation_floor", programme] == floor
        mine = found["headline"][found["headline"]["of"] == programme]
        assert set(mine["when"]) == {outcome.case.calendar.label(t)}
        assert set(mine["unit"]) <= {one.metric for one in outcome.case.programmes[programme].obligations}
    assert figures["npv_before_financing", ""] - figures["cost_of_loans", ""] == pytest.approx(facts.npv)
    for system, count in facts.systems_ordered.items():
        assert figures["systems_ordered", system] == count
    assert found["awards"][f"award_{unit}"].sum() == pytest.approx(sum(outcome.audit.quantities.grant.values()))
    assert list(found["limits"]["holds"]) == [True] * len(outcome.audit.limits)
    unmet = found["unmet"].set_index(["workload", "period"])["unmet"]
    for (workload, t), amount in outcome.audit.quantities.unmet.items():
        assert unmet.loc[workload, outcome.case.calendar.label(t)] == amount


def test_tax_credits_are_no_grants() -> None:
    """The first part of a grant is dated when it is paid, not when it was ordered, and a credit is no part of it."""
    found = tables(programmes.outcome())
    kinds = {name: rules["kind"] for name, rules in programmes.CASE["programmes"].items() if "kind" in rules}
    assert "tax_credit" in kinds.values()
    assert "special_depreciation" in kinds.values()
    assert not set(found["grants"]["programme"]) & set(kinds)
    assert set(found["awards"]["programme"]) >= set(kinds)
    assert (found["grants"]["period"] >= found["grants"]["ordered"]).all()
    assert (found["grants"]["period"] > found["grants"]["ordered"]).any()
    assert len(found["grants_repaid"]) > 0
    assert set(found["tax_credits"]["programme"]) == {name for name, kind in kinds.items() if kind == "tax_credit"}
