"""The way to the target, year by year: what stands at the end of each fiscal year, and what is paid out in it."""

from __future__ import annotations

from planner.report.compare.tables import Cell, Chart, Column, Section, Table, columns
from planner.report.voice import Voice
from planner.studies.pool.outcome import Member, PoolOutcome
from planner.vocabulary.message import fiscal_year


def by_year(outcome: PoolOutcome, voice: Voice) -> Section:
    """Two tables by fiscal year and operator, each with a chart."""
    years = next(iter(outcome.members.values())).outcome.case.calendar.fiscal_years
    members = outcome.members.values()
    standing: list[tuple[Cell, ...]] = []
    paid: list[tuple[Cell, ...]] = []
    for year, periods in years.items():
        told = voice(fiscal_year(year.number))
        standing.append((told, *(_pflops(one, periods[-1]) for one in members)))
        paid.append((told, *(_paid(outcome, one, periods) for one in members)))
    tables = (
        _table(outcome, "Dense BF16 installed at the end of the fiscal year, PFLOPS", standing, "PFLOPS", voice),
        _table(outcome, "Paid by shared programmes in the fiscal year, less what is repaid", paid, "money", voice),
    )
    series = tuple(range(1, 1 + len(outcome.members)))
    charts = (
        _chart(0, voice("Dense BF16 installed"), "PFLOPS", series, voice),
        _chart(1, voice("Paid by shared programmes"), outcome.currency, series, voice),
    )
    words = voice(
        "A grant is paid months after delivery, so payments follow what stands; what is due later is not here."
    )
    return Section(voice("By year"), voice("Year by year"), (words,), tables, charts)


def _chart(table: int, title: str, vertical: str, series: tuple[int, ...], voice: Voice) -> Chart:
    words = voice("{title} by fiscal year, one part of each column an operator", title=title)
    return Chart("stacked", title, words, table, series, 0, voice("fiscal year"), vertical)


def _table(outcome: PoolOutcome, title: str, rows: list[tuple[Cell, ...]], unit: str, voice: Voice) -> Table:
    operators = columns(unit, *outcome.members)
    total = Column(voice("all operators"), unit, sum_of=tuple(range(1, 1 + len(operators))))
    summed = tuple((*row, sum(float(cell or 0.0) for cell in row[1:])) for row in rows)
    return Table(voice(title), (Column(voice("fiscal year")), *operators, total), summed, wide=True)


def _pflops(member: Member, period: int) -> float:
    case, installed = member.outcome.case, member.outcome.audit.quantities.installed
    return sum((case.systems[s].pflops("bf16") or 0.0) * count for (s, _, t), count in installed.items() if t == period)


def _paid(outcome: PoolOutcome, member: Member, periods: tuple[int, ...]) -> float:
    quantities = member.outcome.audit.quantities
    return sum(
        quantities.grant_paid.get((name, t), 0.0) - quantities.clawback.get((name, t), 0.0)
        for name in outcome.programmes
        for t in periods
    )
