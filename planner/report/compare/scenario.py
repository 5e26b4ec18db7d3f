"""The section of one scenario: what was changed, what the plan does otherwise, and why it is worth more or less."""

from __future__ import annotations

from planner.outcome import Outcome
from planner.report.compare.additionality import additionality_tables
from planner.report.compare.figures import figure_names, figures_of
from planner.report.compare.tables import Cell, Column, Section, Table, columns
from planner.report.compare.verdict import plain, unit_words, verdict
from planner.studies.bridge import Bridge, part_of
from planner.studies.compare import Compared, Comparison, Difference

SPLIT = "split"
"""The part of lines that are split over three."""
STILL = 1e-3
"""A line that moves by less, in currency, does not move: rounding."""
ALIKE = 1e-9
"""Figures that differ by less, as a share, are alike."""


def scenario_section(comparison: Comparison, one: Compared) -> Section:
    """The tables of a scenario, or where it has no plan what was changed and why there is none."""
    words = tuple(part for part in (one.title, verdict(one, comparison.base), *one.not_lined_up) if part)
    inputs = Table(
        "Changed inputs",
        columns("text", "input", "base", "scenario"),
        tuple((change.path, change.base, change.scenario) for change in one.inputs),
        "" if one.inputs else "none",
    )
    if one.difference is None:
        return Section(one.name, f"Scenario {one.name}", words, (inputs,))
    tables = (
        inputs,
        _decisions(one.difference),
        _results(comparison.base, one.run.plan),
        _limits(one.difference),
        _bridge(one.difference.bridge),
        *additionality_tables(one.additionality, one.run.plan),
    )
    return Section(one.name, f"Scenario {one.name}", words, tables)


def _decisions(difference: Difference) -> Table:
    is_tie = difference.likeness.verdict == "equally good"
    return Table(
        "Decisions that differ, although both plans are equally good" if is_tie else "Changed decisions",
        (
            *columns("text", "decision", "about", "fiscal year"),
            Column("unit", "unit"),
            *columns("number", "base", "scenario"),
            Column("change", "number", difference=(5, 4)),
        ),
        tuple(
            (
                one.kind,
                one.name,
                "" if one.year is None else str(one.year),
                one.unit,
                one.base,
                one.scenario,
                one.change,
            )
            for one in difference.decisions
        ),
        f"Decisions that are the same in both plans: {difference.decisions_alike}.",
    )


def _results(base: Outcome, scenario: Outcome) -> Table:
    """Headline figures and lines of the cash flow that differ, by how much of themselves they move."""
    one, other = _all_figures(base), _all_figures(scenario)
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
    change_of = Column("change", "number", difference=(3, 2))
    head = (Column("figure"), Column("unit", "unit"), *columns("number", "base", "scenario"), change_of)
    return Table("Changed results", head, tuple(row for _, row in rows), f"Figures that are the same: {alike}.")


def _all_figures(outcome: Outcome) -> dict[tuple[str, str], float]:
    is_npv = outcome.proof.kind == "npv"
    found = {
        (plain(name), unit_words(name, outcome)): value
        for name, value in figures_of(outcome).items()
        if not (is_npv and name == "objective")
    }
    currency = outcome.case.finance.currency
    for line, amounts in outcome.lines.items():
        if not {line, f"{line}_paid"} & {*figure_names()}:
            found[plain(line), currency] = sum(amounts)
    return found


def _move(here: float | None, there: float | None) -> float:
    if here is None or there is None:
        return float("inf")
    return abs(there - here) / max(1.0, abs(here), abs(there)) if here != there else 0.0


def _limits(difference: Difference) -> Table:
    def when(periods: tuple[str, ...] | None) -> str:
        if periods is None:
            return "–"
        if not periods:
            return "binds"
        if len(periods) == 1:
            return periods[0]
        return f"{len(periods)} periods, {periods[0]} to {periods[-1]}"

    both = [one for one in difference.limits if one.alike]
    return Table(
        "What binds now: limits without any room left",
        columns("text", "rule", "limit", "in the base", "in the scenario"),
        tuple(
            (plain(one.rule), one.subject, when(one.base), when(one.scenario))
            for one in difference.limits
            if not one.alike
        ),
        f"Limits that bind in both plans, in the same periods: {len(both)}.",
    )


def _bridge(bridge: Bridge) -> Table:
    """Every line of the cash flow that moves, the largest first; the sum is the difference to the base."""
    effects = sorted((one for one in bridge.effects if abs(one.total) > STILL), key=lambda one: -abs(one.total))
    there = bridge.ex_post
    if there is None:
        remark = "The periods differ, so the base decisions cannot be carried over: all changes count as new decisions."
    elif there.whole:
        remark = "The base decisions are allowed in the scenario as they stand."
    else:
        remark = (
            f"Of the base decisions {there.dropped} are not allowed in the scenario, and {there.cut} were cut: work to "
            f"what stands and what is asked for, tax credits to the tax: that counts as new decisions. The rest breaks "
            f"{there.broken} limits of the scenario."
        )
    quiet = len(bridge.effects) - len(effects)
    return Table(
        "Bridge of net present value, by line of the cash flow",
        (
            *columns("text", "line", "part"),
            *columns("money", "new figures", "new figures, timing", "new decisions", "new decisions, timing"),
            Column("total", "money", sum_of=(2, 3, 4, 5)),
        ),
        tuple(
            (
                plain(one.line),
                plain(part_of(one.line) or SPLIT),
                *(_still(amount) for amount in (one.figures, one.figures_timing, one.decisions, one.decisions_timing)),
                one.total,
            )
            for one in effects
        ),
        f"{remark} Lines that do not move: {quiet}.",
        totals=(2, 3, 4, 5, 6),
    )


def _still(amount: float) -> float:
    """An amount without the rounding of binary numbers around nothing."""
    return amount if abs(amount) > STILL else 0.0
