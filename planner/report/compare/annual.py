"""Annual figures of every plan side by side, by the fiscal years of the base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.outcome import CLAWBACKS, INVESTMENTS, OPERATING_COSTS, REVENUES, Outcome
from planner.report.compare.tables import Cell, Chart, Column, Section, Table, columns, still
from planner.report.compare.verdict import plan_name
from planner.report.value import cover_in
from planner.report.voice import Voice
from planner.studies.compare import Comparison
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.keys import FiscalYear
from planner.vocabulary.message import fiscal_year

AID = tuple(key for key, line in CASH_LINES.items() if line.group == "aid")
Figure = Callable[[Outcome, Sequence[int]], float | None]
"""A figure of a plan over some of its periods, which are those of a fiscal year."""


@dataclass(frozen=True)
class Row:
    """A figure by fiscal year."""

    title: str
    figure: Figure
    is_sum: bool = True
    """Whether the years add up to something; balances and ratios do not."""
    unit: str = "money"


def _sum(outcome: Outcome, lines: Sequence[str], periods: Sequence[int]) -> float:
    return sum(outcome.audit.accounts.lines[line][t] for line in lines for t in periods)


def _sum_of(*lines: str) -> Figure:
    return lambda outcome, periods: _sum(outcome, lines, periods)


def _granted(outcome: Outcome, periods: Sequence[int]) -> float:
    return _sum(outcome, AID, periods) - _sum(outcome, CLAWBACKS, periods)


def _earned(outcome: Outcome, periods: Sequence[int]) -> float:
    """Profit after tax, and after what is put off of it; interest on cash is apart, as in the profit statement."""
    books = outcome.audit.accounts.books
    return sum(books.profit[t] - books.tax_charge[t] - books.deferred_in(t) for t in periods)


def _cash(outcome: Outcome, periods: Sequence[int]) -> float:
    return outcome.audit.accounts.cash[periods[-1]]


def _debt(outcome: Outcome, periods: Sequence[int]) -> float:
    return outcome.audit.accounts.debt_at(periods[-1])


def _cover(outcome: Outcome, periods: Sequence[int]) -> float | None:
    """Debt service cover of a year that lies in the horizon as a whole."""
    is_whole = len(periods) * outcome.case.calendar.months_per_period == MONTHS_A_YEAR
    return cover_in(outcome.audit.accounts, periods) if is_whole else None


MONTHS_A_YEAR = 12
ROWS = (
    Row("Revenue", _sum_of(*REVENUES)),
    Row("Running costs", _sum_of(*OPERATING_COSTS)),
    Row("Capital expenditure", _sum_of(*INVESTMENTS)),
    Row("Grants received, less what goes back", _granted),
    Row("Profit after tax", _earned),
    Row("Cash at the end of the fiscal year", _cash, is_sum=False),
    Row("Debt at the end of the fiscal year", _debt, is_sum=False),
    Row("Debt service cover", _cover, is_sum=False, unit="times"),
)
"""Figures by fiscal year; what no plan has is left out."""
DRAWN = ("Profit after tax", "Cash at the end of the fiscal year")


def annual_section(comparison: Comparison, voice: Voice) -> Section:
    """A table for each figure, a row for each plan, a column for each fiscal year."""
    calendar = comparison.base.case.calendar
    by_plan = [(plan_name(name, voice), outcome) for name, outcome in comparison.plans]
    periods = [_periods(outcome, calendar.fiscal_year) for _, outcome in by_plan]
    years = sorted({year for of in periods for year in of}, key=lambda year: year.number)
    tables, charts = list[Table](), list[Chart]()
    for row in ROWS:
        found: list[tuple[Cell, ...]] = []
        for (name, outcome), of in zip(by_plan, periods, strict=True):
            known = [row.figure(outcome, of[year]) if year in of else None for year in years]
            figures = [None if figure is None else still(figure) for figure in known]
            total = (sum(figure or 0.0 for figure in figures),) if row.is_sum else ()
            found.append((name, *figures, *total))
        if not any(figure for _, *figures in found for figure in figures):
            continue
        last = 1 + len(years)
        head = (Column(voice("plan")), *columns(row.unit, *(voice(fiscal_year(year.number)) for year in years)))
        if row.is_sum:
            head = (*head, Column(voice("total"), row.unit, sum_of=tuple(range(1, last))))
        title = voice(row.title)
        if row.title in DRAWN:
            told = voice("Columns: {figure} of every plan, by fiscal year", figure=title)
            currency, series = comparison.base.case.finance.currency, tuple(range(1, last))
            charts.append(Chart("column", title, told, len(tables), series, 0, "", currency, across=True))
        tables.append(Table(title, head, tuple(found), whole=True, wide=True))
    words = (voice("By the fiscal years of the base; a period belongs to the year in which it begins."),)
    title = voice("Every plan, year by year")
    return Section(voice("Annual figures"), title, words, tuple(tables), tuple(charts), on_screen=False)


def _periods(outcome: Outcome, year_of: Callable[..., FiscalYear]) -> dict[FiscalYear, list[int]]:
    """The periods of a plan by the fiscal years of another calendar."""
    found: dict[FiscalYear, list[int]] = {}
    for t, start in enumerate(outcome.case.calendar.starts):
        found.setdefault(year_of(start), []).append(t)
    return found
