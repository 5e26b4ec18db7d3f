"""A comparison as tables: an overview of all plans, then one section for each scenario, largest movers first."""

from __future__ import annotations

from planner.defaults import BASE
from planner.report.compare.additionality import additionality_tables
from planner.report.compare.figures import figure_names, figures_of, unit_of
from planner.report.compare.scenario import scenario_section
from planner.report.compare.tables import Cell, Chart, Column, Section, Table, columns
from planner.report.compare.verdict import plain, unit_words, verdict
from planner.studies.compare import Comparison

PARTS = {
    "price": "prices and terms",
    "volume": "volume",
    "timing": "timing",
    "grants": "grants",
    "tax": "tax",
    "financing": "financing",
    "end_value": "end value",
}
"""The parts of a bridge in words; the documentation says what each one is."""
IN_SHORT = ("value_added", "added_rate_of_return", "grants", "capex", "lowest_cash", "accelerators_ordered", "gap")
"""Figures that stand beside the net present value where plans are listed."""


def sections(comparison: Comparison) -> list[Section]:
    """The overview and every scenario."""
    found = [_overview(comparison)]
    if comparison.base_additionality:
        tables = tuple(additionality_tables(comparison.base_additionality, comparison.base))
        found.append(Section(BASE, "The case as it stands: what its programmes bring about", (), tables))
    return [*found, *(scenario_section(comparison, one) for one in comparison.scenarios)]


def _overview(comparison: Comparison) -> Section:
    title = comparison.base.case.title or comparison.base.case.name
    words = tuple(
        f"{one.name}: {said}"
        for one in comparison.scenarios
        for said in (verdict(one, comparison.base), *one.not_lined_up)
    )
    unit = comparison.base.case.finance.currency
    npv = "Net present value"
    charts = [Chart("column", npv, f"Columns: {npv.lower()} of every plan", 0, (1,), 0, "", unit)]
    tables = [_plans(comparison), _all_results(comparison)]
    if any(one.difference is not None for one in comparison.scenarios):
        tables.insert(1, _parts(comparison))
        why = "Stacked columns: parts of the difference in net present value, by scenario"
        charts.append(Chart("stacked", tables[1].title, why, 1, tuple(range(1, 1 + len(PARTS))), 0, "", unit))
    return Section("Overview", title, words, tuple(tables), tuple(charts))


def _plans(comparison: Comparison) -> Table:
    figures = {name: figures_of(outcome) for name, outcome in comparison.plans}
    first = figures[BASE]["npv"]
    units = [unit_of(name, comparison.base) for name in IN_SHORT]
    head = (
        Column("plan"),
        *columns("money", "net present value", "more than the base"),
        *(Column(plain(name), unit) for name, unit in zip(IN_SHORT, units, strict=True)),
    )
    rows = tuple(
        (name, held["npv"], held["npv"] - first, *(held.get(figure) for figure in IN_SHORT))
        for name, held in figures.items()
    )
    return Table("Plans", head, rows, whole=True)


def _parts(comparison: Comparison) -> Table:
    """The bridges of all scenarios, one a row; the last column is the sum of the parts."""
    rows: list[tuple[Cell, ...]] = [
        (one.name, *one.difference.bridge.parts.values(), one.difference.bridge.difference)
        for one in comparison.scenarios
        if one.difference is not None
    ]
    parts = tuple(range(1, 1 + len(PARTS)))
    difference = Column("difference", "money", sum_of=parts)
    head = (Column("scenario"), *columns("money", *PARTS.values()), difference)
    title = "Why the net present value differs from that of the base"
    apart = [one.name for one in comparison.scenarios if one.difference and one.difference.bridge.ex_post is None]
    remark = f"The periods are not those of the base, so all changes count as new decisions: {', '.join(apart)}."
    return Table(title, head, tuple(rows), remark if apart else "", whole=True)


def _all_results(comparison: Comparison) -> Table:
    figures = {name: figures_of(outcome) for name, outcome in comparison.plans}
    names = [name for name in figure_names() if any(name in held for held in figures.values())]
    kinds = {(outcome.proof.kind, outcome.proof.unit) for _, outcome in comparison.plans}
    if comparison.base.proof.kind == "npv" or len(kinds) > 1:  # one row holds one unit
        names.remove("objective")
    rows = [
        (plain(name), unit_words(name, comparison.base), *(held.get(name) for held in figures.values()))
        for name in names
    ]
    head = (Column("figure"), Column("unit", "unit"), *columns("number", *figures))
    return Table("All figures", head, tuple(rows), whole=True, wide=True)
