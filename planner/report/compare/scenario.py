"""The section of one scenario: what was changed, what the plan does otherwise, and why it is worth more or less."""

from __future__ import annotations

from dataclasses import replace

from planner.outcome import Outcome
from planner.report.compare.additionality import additionality_tables
from planner.report.compare.changed_inputs import changed_inputs
from planner.report.compare.figures import figure_names, figures_of
from planner.report.compare.flags import bound_words
from planner.report.compare.tables import Cell, Column, Section, Table, columns, still
from planner.report.compare.verdict import figure_words, line_title, plain, unit_words, verdict
from planner.report.voice import Voice
from planner.studies.bridge import Bridge, part_of
from planner.studies.compare import Compared, Comparison, Difference
from planner.vocabulary.message import fiscal_year

LEGS = ("new figures", "new figures, timing", "new decisions", "new decisions, timing")
"""Columns of the bridge by line."""
SPLIT = "split"
"""The part of lines that are split over three."""
ALIKE = 1e-9
"""Figures that differ by less, as a share, are alike."""


def scenario_section(comparison: Comparison, one: Compared, voice: Voice) -> Section:
    """The tables of a scenario, or where it has no plan what was changed and why there is none."""
    apart = map(voice, one.not_lined_up)
    words = tuple(part for part in (one.title, verdict(one, comparison.base, voice), *apart) if part)
    title = voice("Scenario {name}", name=one.name)
    inputs = changed_inputs(one, comparison.base.case, voice)
    if one.difference is None:
        return Section(one.name, title, words, (inputs,))
    behind = (
        _results(comparison.base, one.run.plan, voice),
        _limits(one.difference, voice),
        _bridge(one.difference.bridge, voice),
    )
    tables = (
        replace(inputs, behind=True),
        _decisions(one.difference, voice),
        *(replace(table, behind=True) for table in behind),
        *additionality_tables(one.additionality, one.run.plan, voice),
    )
    return Section(one.name, title, words, tables)


def _decisions(difference: Difference, voice: Voice) -> Table:
    is_tie = difference.likeness.verdict == "equally good"
    return Table(
        voice("Decisions that differ, although both plans are equally good" if is_tie else "Changed decisions"),
        (
            *columns("text", *map(voice, ("decision", "about", "fiscal year"))),
            Column(voice("unit"), "unit"),
            *columns("number", *map(voice, ("base", "scenario"))),
            Column(voice("change"), "number", difference=(5, 4)),
        ),
        tuple(
            (
                voice(one.kind),
                voice(one.words),
                "" if one.year is None else voice(fiscal_year(one.year.number)),
                one.unit,
                one.base,
                one.scenario,
                one.change,
            )
            for one in difference.decisions
        ),
        voice("Decisions that are the same in both plans: {count}.", count=difference.decisions_alike),
    )


def _results(base: Outcome, scenario: Outcome, voice: Voice) -> Table:
    """Headline figures and lines of the cash flow that differ, by how much of themselves they move."""
    one, other = _all_figures(base, voice), _all_figures(scenario, voice)
    rows: list[tuple[float, tuple[Cell, ...]]] = []
    alike = 0
    for key in dict.fromkeys((*one, *other)):
        here, there = one.get(key), other.get(key)
        move = _move(here, there)
        if move <= ALIKE:
            alike += 1
            continue
        change = None if here is None or there is None else there - here
        rows.append((move, (*key, here, there, change)))
    rows.sort(key=lambda row: -row[0])
    change_of = Column(voice("change"), "number", difference=(3, 2))
    named = (Column(voice("figure")), Column(voice("unit"), "unit"))
    head = (*named, *columns("number", *map(voice, ("base", "scenario"))), change_of)
    remark = voice("Figures that are the same: {count}.", count=alike)
    return Table(voice("Changed results"), head, tuple(row for _, row in rows), remark)


def _all_figures(outcome: Outcome, voice: Voice) -> dict[tuple[str, str], float]:
    is_npv = outcome.proof.kind == "npv"
    found = {
        (figure_words(name, voice), unit_words(name, outcome)): value
        for name, value in figures_of(outcome).items()
        if not (is_npv and name == "objective")
    }
    currency = outcome.case.finance.currency
    for line, amounts in outcome.lines.items():
        if not {line, f"{line}_paid"} & {*figure_names()}:
            found[line_title(line, voice), currency] = sum(amounts)
    return found


def _move(here: float | None, there: float | None) -> float:
    if here is None or there is None:
        return float("inf")
    return abs(there - here) / max(1.0, abs(here), abs(there)) if here != there else 0.0


def _limits(difference: Difference, voice: Voice) -> Table:
    def when(periods: tuple[str, ...] | None) -> str:
        return "–" if periods is None else bound_words(periods, voice)

    both = [one for one in difference.limits if one.alike]
    return Table(
        voice("What binds now: limits without any room left"),
        columns("text", *map(voice, ("rule", "about", "in the base", "in the scenario"))),
        tuple(
            (voice(plain(one.rule)), voice(one.words), when(one.base), when(one.scenario))
            for one in difference.limits
            if not one.alike
        ),
        voice("Limits that bind in both plans, in the same periods: {count}.", count=len(both)),
    )


def _bridge(bridge: Bridge, voice: Voice) -> Table:
    """Every line of the cash flow that moves, the largest first; the sum is the difference to the base."""
    effects = sorted((one for one in bridge.effects if still(one.total)), key=lambda one: -abs(one.total))
    there = bridge.ex_post
    if there is None:
        remark = voice(
            "The periods differ, so the base decisions cannot be carried over: all changes count as new decisions."
        )
    elif there.whole:
        remark = voice("The base decisions are allowed in the scenario as they stand.")
    else:
        remark = voice(
            "Of the base decisions {dropped} are not allowed in the scenario, and {cut} were cut: work to what stands "
            "and what is asked for, tax credits to the tax: that counts as new decisions. The rest breaks {broken} "
            "limits of the scenario.",
            dropped=there.dropped,
            cut=there.cut,
            broken=there.broken,
        )
    quiet = len(bridge.effects) - len(effects)
    return Table(
        voice("Bridge of net present value, by line of the cash flow"),
        (
            *columns("text", *map(voice, ("line", "part"))),
            *columns("money", *map(voice, LEGS)),
            Column(voice("total"), "money", sum_of=(2, 3, 4, 5)),
        ),
        tuple(
            (
                line_title(one.line, voice),
                voice(plain(part_of(one.line) or SPLIT)),
                *(still(amount) for amount in (one.figures, one.figures_timing, one.decisions, one.decisions_timing)),
                one.total,
            )
            for one in effects
        ),
        voice("{remark} Lines that do not move: {count}.", remark=remark, count=quiet),
        totals=(2, 3, 4, 5, 6),
    )
