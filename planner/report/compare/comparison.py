"""A comparison as tables: an overview of all plans, then one section for each scenario, largest movers first."""

from __future__ import annotations

from planner.defaults import BASE
from planner.report.compare.additionality import additionality_tables
from planner.report.compare.annual import annual_section
from planner.report.compare.figures import figure_names, figures_of, unit_of
from planner.report.compare.flags import binding_section, promises_section, warnings_of
from planner.report.compare.scenario import scenario_section
from planner.report.compare.tables import Cell, Chart, Column, Section, Table, columns
from planner.report.compare.verdict import figure_words, plan_name, unit_words, verdict
from planner.report.steps import Step, Way
from planner.report.voice import Voice
from planner.studies.compare import Comparison
from planner.vocabulary.message import about, joined, verbatim

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


def sections(comparison: Comparison, voice: Voice, *, with_plans: bool = False) -> list[Section]:
    """The overview, what stands side by side of all plans, and every scenario.

    Args:
        comparison: what is told.
        voice: says it.
        with_plans: whether each plan has a folder of its own beside the comparison.
    """
    found = [
        _overview(comparison, voice, with_plans=with_plans),
        annual_section(comparison, voice),
        promises_section(comparison, voice),
    ]
    found += [binding_section(comparison, voice), _all_figures(comparison, voice)]
    if any(one.difference is not None for one in comparison.scenarios):
        found.insert(1, _ways(comparison, voice))
    if comparison.base_additionality:
        tables = tuple(additionality_tables(comparison.base_additionality, comparison.base, voice))
        title = voice("The case as it stands: what its programmes bring about")
        found.append(Section(voice(BASE), title, (), tables))
    return [*found, *(scenario_section(comparison, one, voice) for one in comparison.scenarios)]


def _overview(comparison: Comparison, voice: Voice, *, with_plans: bool) -> Section:
    title = comparison.base.case.title or comparison.base.case.name
    words = tuple(
        voice(about(one.name, verbatim(said)))
        for one in comparison.scenarios
        for said in (verdict(one, comparison.base, voice), *map(voice, one.not_lined_up))
    )
    words = (*words, *warnings_of(comparison, voice))
    if with_plans:
        words = (*words, voice("Each plan in full, with live formulas: plans/SCENARIO/plan.xlsx beside this file."))
    unit = comparison.base.case.finance.currency
    words_of = voice("Columns: net present value of every plan")
    charts = [Chart("column", voice("Net present value"), words_of, 0, (1,), 0, "", unit)]
    tables = [_plans(comparison, voice)]
    if any(one.difference is not None for one in comparison.scenarios):
        tables.append(_parts(comparison, voice))
    return Section(voice("Overview"), title, words, tuple(tables), tuple(charts))


def _ways(comparison: Comparison, voice: Voice) -> Section:
    """From the base to each scenario, step by step."""
    found = []
    for one in comparison.scenarios:
        if one.difference is not None:
            bridge = one.difference.bridge
            moved = [(part, amount) for part, amount in bridge.parts.items() if abs(amount) >= 1.0]
            steps = (
                Step(voice(BASE), bridge.base, is_level=True),
                *(Step(voice(PARTS[part]), amount) for part, amount in moved),
                Step(one.name, bridge.scenario, is_level=True),
            )
            title = voice("From the base to {scenario}", scenario=one.name)
            told = "; ".join(f"{step.name} {voice.short(step.amount)}" for step in steps)
            found.append(Way(title, voice("Bars that hang from one another: {steps}.", steps=told), steps))
    words = voice("Present values; the documentation of `plan compare` says what each part is.")
    title = voice("From the base to each scenario")
    return Section(voice("Bridges"), title, (words,), (), ways=tuple(found), on_screen=False)


def _plans(comparison: Comparison, voice: Voice) -> Table:
    figures = _named_figures(comparison, voice)
    first = figures_of(comparison.base)["npv"]
    units = [unit_of(name, comparison.base) for name in IN_SHORT]
    head = (
        Column(voice("plan")),
        *columns("money", *map(voice, ("net present value", "more than the base"))),
        *(Column(figure_words(name, voice), unit) for name, unit in zip(IN_SHORT, units, strict=True)),
    )
    rows = tuple(
        (name, held["npv"], held["npv"] - first, *(held.get(figure) for figure in IN_SHORT))
        for name, held in figures.items()
    )
    return Table(voice("Plans"), head, rows, whole=True)


def _parts(comparison: Comparison, voice: Voice) -> Table:
    """The bridges of all scenarios, one a row; the last column is the sum of the parts."""
    rows: list[tuple[Cell, ...]] = [
        (one.name, *one.difference.bridge.parts.values(), one.difference.bridge.difference)
        for one in comparison.scenarios
        if one.difference is not None
    ]
    parts = tuple(range(1, 1 + len(PARTS)))
    difference = Column(voice("difference"), "money", sum_of=parts)
    head = (Column(voice("scenario")), *columns("money", *map(voice, PARTS.values())), difference)
    title = voice("Why the net present value differs from that of the base")
    apart = [one.name for one in comparison.scenarios if one.difference and one.difference.bridge.ex_post is None]
    remark = voice(
        "The periods are not those of the base, so all changes count as new decisions: {names}.",
        names=joined(apart, ", "),
    )
    return Table(title, head, tuple(rows), remark if apart else "", whole=True)


def _named_figures(comparison: Comparison, voice: Voice) -> dict[str, dict[str, float]]:
    """The figures of every plan, by its name in the language."""
    return {plan_name(name, voice): figures_of(outcome) for name, outcome in comparison.plans}


def _all_figures(comparison: Comparison, voice: Voice) -> Section:
    figures = _named_figures(comparison, voice)
    names = [name for name in figure_names() if any(name in held for held in figures.values())]
    kinds = {(outcome.proof.kind, outcome.proof.unit) for _, outcome in comparison.plans}
    if comparison.base.proof.kind == "npv" or len(kinds) > 1:  # one row holds one unit
        names.remove("objective")
    rows = [
        (figure_words(name, voice), unit_words(name, comparison.base), *(held.get(name) for held in figures.values()))
        for name in names
    ]
    head = (Column(voice("figure")), Column(voice("unit"), "unit"), *columns("number", *figures))
    title = voice("All figures")
    table = Table(title, head, tuple(rows), whole=True, wide=True)
    return Section(title, voice("All figures of every plan"), (), (table,), on_screen=False)
