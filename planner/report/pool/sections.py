"""What the officer sees: one section a sheet, the first two also on the screen; longer ones in files of their own."""

from __future__ import annotations

from planner.report.compare.tables import Cell, Column, Section, Table
from planner.report.pool.assumptions import assumptions
from planner.report.pool.by_year import by_year
from planner.report.pool.side_by_side import plans_of, situation, unit_of_compute
from planner.report.pool.summary import proof_words, summary
from planner.report.pool.supply import supply
from planner.studies.pool.outcome import PoolOutcome

_NOISE = 0.5
"""What of a unit of currency is the rounding of large sums, and no money."""


def sections_of(outcome: PoolOutcome) -> list[Section]:
    """All sections of a pool."""
    found = [summary(outcome), _programmes(outcome), by_year(outcome), _beside(outcome), _orders(outcome)]
    found.append(supply(outcome))
    if outcome.steps:
        found.append(_steps(outcome))
    return [*found, _checks(outcome), assumptions(outcome)]


def _programmes(outcome: PoolOutcome) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for programme in outcome.programmes:
        for name, member in outcome.members.items():
            if programme in member.granted:
                given, award = member.granted[programme], member.awards.get(programme)
                rows.append((programme, name, given, award, _left(award, given)))
        total = sum(member.granted.get(programme, 0.0) for member in outcome.members.values())
        cap = outcome.caps.get(programme)
        rows.append((programme, "all operators", total, cap, _left(cap, total)))
    columns = (
        Column("programme"),
        Column("operator"),
        Column("awarded", "money"),
        Column("award or cap", "money"),
        Column("not used", "money"),
    )
    words = (
        "An award is the most that a programme gives one operator; a cap is the most for all of them.",
        "Awarded is what is claimed: grants and tax credits before anything goes back, or what is written off at once.",
    )
    table = Table("What shared programmes award", columns, tuple(rows), whole=True)
    return Section("Programmes", "Shared programmes", words, (table,))


def _left(most: float | None, given: float) -> float | None:
    """What is left of an award or a cap; the rounding of sums is nothing."""
    if most is None:
        return None
    return 0.0 if abs(most - given) < _NOISE else most - given


def _beside(outcome: PoolOutcome) -> Section:
    unit, rows = unit_of_compute(outcome), list[tuple[Cell, ...]]()
    for name, member in outcome.members.items():
        for words, plan in plans_of(member):
            if plan is None:
                rows.append((name, words, *[None] * 6))
                continue
            held = situation(outcome, plan)
            figures = (held.accelerators, held.compute, held.public_money, held.capex, held.npv, held.lowest_cash)
            rows.append((name, words, *figures))
    columns = (
        Column("operator"),
        Column("situation"),
        Column("accelerators ordered", "accelerators"),
        Column(f"compute, {unit}", unit),
        Column("public money awarded", "money"),
        Column("capital expenditure", "money"),
        Column("net present value", "money"),
        Column("lowest cash", "money"),
    )
    remarks = (
        "By itself, each operator makes its own net present value as high as it can; a dash means that it has no plan.",
        "What all of them would like together can be more than there is: that is what the pool decides.",
    )
    table = Table("In the pool and beside it", columns, tuple(rows), whole=True, wide=True)
    return Section(
        "In the pool and beside it", "What each operator does, and what it would do by itself", remarks, (table,)
    )


def _orders(outcome: PoolOutcome) -> Section:
    rows = []
    for name, member in outcome.members.items():
        case = member.outcome.case
        for (offer, site, t), count in sorted(member.outcome.decisions.order.items()):
            rows.append((name, offer, case.offers[offer].system, site, case.calendar.label(t), count))
        for (block, t), count in sorted(member.outcome.decisions.expand.items()):
            rows.append((name, block, "blocks", case.expansions[block].site, case.calendar.label(t), count))
    columns = (
        Column("operator"),
        Column("offer or expansion"),
        Column("system"),
        Column("site"),
        Column("period"),
        Column("quantity", "count"),
    )
    table = Table("Orders and blocks in the plan of the pool", columns, tuple(rows), wide=True)
    return Section("Orders", "Who buys what, and when", (), (table,))


def _steps(outcome: PoolOutcome) -> Section:
    unit = unit_of_compute(outcome)
    rows = [
        (number, 1e9 * step.asked, step.added, step.public_money, step.excess, step.bound)
        for number, step in enumerate(outcome.steps, 1)
    ]
    columns = (
        Column("step", "count"),
        Column(f"asked for, {unit} per bn {outcome.currency}", unit),
        Column(f"added by the best plan, {unit}", unit),
        Column("its public money", "money"),
        Column(f"beyond what was asked, {unit}", unit),
        Column(f"no plan has more, {unit}", unit),
    )
    words = (
        "Each step looks for the plan that adds most compute beyond what its public money must bring; the ratio of "
        "that plan is asked for next. Where nothing is left beyond it, no plan has a better ratio.",
    )
    table = Table("Steps to the best ratio", columns, tuple(rows), whole=True, wide=True)
    return Section("Steps", "Most compute for public money", words, (table,))


def _checks(outcome: PoolOutcome) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            one.rule.replace("_", " "),
            one.subject,
            one.left,
            one.sense,
            one.right,
            one.unit,
            "yes" if one.holds else "NO",
        )
        for one in outcome.audit.limits
    ]
    for name, member in outcome.members.items():
        audit = member.outcome.audit
        rows.append(
            (
                f"all limits of {name}",
                "limits kept",
                len(audit.limits) - len(audit.broken),
                "=",
                len(audit.limits),
                "count",
                "yes" if not audit.broken else "NO",
            )
        )
    columns = (
        Column("rule"),
        Column("about"),
        Column("in the plan", "number"),
        Column("must be"),
        Column("limit", "number"),
        Column("unit", "unit"),
        Column("holds"),
    )
    table = Table("Limits between the operators, worked out again", columns, tuple(rows), wide=True)
    return Section("Checks", "Checks", (proof_words(outcome),), (table,))
