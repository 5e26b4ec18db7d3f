"""What the officer sees: one section a sheet, the first two also on the screen; longer ones in files of their own."""

from __future__ import annotations

from planner.audit.pool import compute_unit
from planner.report.compare.tables import Cell, Column, Section, Table, columns
from planner.report.pool.assumptions import assumptions
from planner.report.pool.by_year import by_year
from planner.report.pool.side_by_side import plans_of, situation
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
    head = (*columns("text", "programme", "operator"), *columns("money", "awarded", "award or cap", "not used"))
    words = (
        "An award is the most that a programme gives one operator; a cap is the most for all of them.",
        "Awarded is what is claimed: grants and tax credits before anything goes back, or what is written off at once.",
    )
    table = Table("What shared programmes award", head, tuple(rows), whole=True)
    return Section("Programmes", "Shared programmes", words, (table,))


def _left(most: float | None, given: float) -> float | None:
    """What is left of an award or a cap; the rounding of sums is nothing."""
    if most is None:
        return None
    return 0.0 if abs(most - given) < _NOISE else most - given


def _beside(outcome: PoolOutcome) -> Section:
    unit, rows = compute_unit(outcome.pool), list[tuple[Cell, ...]]()
    for name, member in outcome.members.items():
        for words, plan in plans_of(member):
            if plan is None:
                rows.append((name, words, *[None] * 6))
                continue
            held = situation(outcome, plan)
            figures = (held.accelerators, held.compute, held.public_money, held.capex, held.npv, held.lowest_cash)
            rows.append((name, words, *figures))
    head = (
        *columns("text", "operator", "situation"),
        Column("accelerators ordered", "accelerators"),
        Column(f"compute, {unit}", unit),
        *columns("money", "public money awarded", "capital expenditure", "net present value", "lowest cash"),
    )
    remarks = (
        "By itself, each operator makes its own net present value as high as it can; a dash means that it has no plan.",
        "What all of them would like together can be more than there is: that is what the pool decides.",
    )
    name, title = "In the pool and beside it", "What each operator does, and what it would do by itself"
    return Section(name, title, remarks, (Table(name, head, tuple(rows), whole=True, wide=True),))


def _orders(outcome: PoolOutcome) -> Section:
    rows = []
    for name, member in outcome.members.items():
        case = member.outcome.case
        for (offer, site, t), count in sorted(member.outcome.decisions.order.items()):
            rows.append((name, offer, case.offers[offer].system, site, case.calendar.label(t), count))
        for (block, t), count in sorted(member.outcome.decisions.expand.items()):
            rows.append((name, block, "blocks", case.expansions[block].site, case.calendar.label(t), count))
    names = columns("text", "operator", "offer or expansion", "system", "site", "period")
    head = (*names, Column("quantity", "count"))
    table = Table("Orders and blocks in the plan of the pool", head, tuple(rows), wide=True)
    return Section("Orders", "Who buys what, and when", (), (table,))


def _steps(outcome: PoolOutcome) -> Section:
    unit = compute_unit(outcome.pool)
    rows = [
        (number, 1e9 * step.asked, step.added, step.public_money, step.excess, step.bound)
        for number, step in enumerate(outcome.steps, 1)
    ]
    head = (
        Column("step", "count"),
        *columns(unit, f"asked for, {unit} per bn {outcome.currency}", f"added by the best plan, {unit}"),
        Column("its public money", "money"),
        *columns(unit, f"beyond what was asked, {unit}", f"no plan has more, {unit}"),
    )
    words = (
        "Each step looks for the plan that adds most compute beyond what its public money must bring; the ratio of "
        "that plan is asked for next. Where nothing is left beyond it, no plan has a better ratio.",
    )
    table = Table("Steps to the best ratio", head, tuple(rows), whole=True, wide=True)
    return Section("Steps", "Most compute for public money", words, (table,))


def _checks(outcome: PoolOutcome) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (one.rule.replace("_", " "), one.subject, one.left, one.sense, one.right, one.unit, _said(one.holds))
        for one in outcome.audit.limits
    ]
    for name, member in outcome.members.items():
        audit = member.outcome.audit
        every, kept = len(audit.limits), len(audit.limits) - len(audit.broken)
        rows.append((f"all limits of {name}", "limits kept", kept, "=", every, "count", _said(not audit.broken)))
    head = (
        *columns("text", "rule", "about"),
        Column("in the plan", "number"),
        Column("must be"),
        Column("limit", "number"),
        Column("unit", "unit"),
        Column("holds"),
    )
    table = Table("Limits between the operators, worked out again", head, tuple(rows), wide=True)
    return Section("Checks", "Checks", (proof_words(outcome),), (table,))


def _said(holds: bool) -> str:
    return "yes" if holds else "NO"
