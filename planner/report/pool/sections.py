"""What the officer sees: one section a sheet, the first two also on the screen; longer ones in files of their own."""

from __future__ import annotations

from planner.audit.pool import compute_unit
from planner.report.compare.tables import Cell, Column, Flag, Section, Table, columns
from planner.report.compare.verdict import plain
from planner.report.pool.assumptions import assumptions
from planner.report.pool.by_year import by_year
from planner.report.pool.side_by_side import plans_of, situation
from planner.report.pool.summary import proof_words, summary
from planner.report.pool.supply import supply
from planner.report.voice import Voice
from planner.report.workbook.physical.placements import metric_label
from planner.studies.pool.outcome import PoolOutcome
from planner.vocabulary.message import unit_of

_NOISE = 0.5
"""What of a unit of currency is the rounding of large sums, and no money."""


def sections_of(outcome: PoolOutcome, voice: Voice) -> list[Section]:
    """All sections of a pool."""
    found = [summary(outcome, voice), _programmes(outcome, voice), by_year(outcome, voice), _beside(outcome, voice)]
    found += [_orders(outcome, voice), supply(outcome, voice)]
    if outcome.steps:
        found.append(_steps(outcome, voice))
    return [*found, _checks(outcome, voice), assumptions(outcome, voice)]


def _programmes(outcome: PoolOutcome, voice: Voice) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for programme in outcome.programmes:
        for name, member in outcome.members.items():
            if programme in member.granted:
                given, award = member.granted[programme], member.awards.get(programme)
                rows.append((programme, name, given, award, _left(award, given)))
        total = sum(member.granted.get(programme, 0.0) for member in outcome.members.values())
        cap = outcome.caps.get(programme)
        rows.append((programme, voice("all operators"), total, cap, _left(cap, total)))
    money = columns("money", *map(voice, ("awarded", "award or cap", "not used")))
    head = (*columns("text", *map(voice, ("programme", "operator"))), *money)
    words = (
        "An award is the most that a programme gives one operator; a cap is the most for all of them.",
        "Awarded is what is claimed: grants and tax credits before anything goes back, or what is written off at once.",
    )
    table = Table(voice("What shared programmes award"), head, tuple(rows), whole=True)
    return Section(voice("Programmes"), voice("Shared programmes"), tuple(map(voice, words)), (table,))


def _left(most: float | None, given: float) -> float | None:
    """What is left of an award or a cap; the rounding of sums is nothing."""
    if most is None:
        return None
    return 0.0 if abs(most - given) < _NOISE else most - given


def _beside(outcome: PoolOutcome, voice: Voice) -> Section:
    unit, rows = compute_unit(outcome.pool), list[tuple[Cell, ...]]()
    money = ("public money awarded", "capital expenditure", "net present value", "lowest cash")
    for name, member in outcome.members.items():
        for words, plan in plans_of(member):
            if plan is None:
                rows.append((name, voice(words), *[None] * 6))
                continue
            held = situation(outcome, plan)
            figures = (held.accelerators, held.compute, held.public_money, held.capex, held.npv, held.lowest_cash)
            rows.append((name, voice(words), *figures))
    head = (
        *columns("text", *map(voice, ("operator", "situation"))),
        Column(voice("accelerators ordered"), "accelerators"),
        Column(voice("compute, {unit}", unit=unit_of(unit)), unit),
        *columns("money", *map(voice, money)),
    )
    remarks = (
        "By itself, each operator makes its own net present value as high as it can; a dash means that it has no plan.",
        "What all of them would like together can be more than there is: that is what the pool decides.",
    )
    name = voice("In the pool and beside it")
    title = voice("What each operator does, and what it would do by itself")
    return Section(name, title, tuple(map(voice, remarks)), (Table(name, head, tuple(rows), whole=True, wide=True),))


def _orders(outcome: PoolOutcome, voice: Voice) -> Section:
    rows = []
    for name, member in outcome.members.items():
        case = member.outcome.case
        for (offer, site, t), count in sorted(member.outcome.decisions.order.items()):
            rows.append((name, offer, case.offers[offer].system, site, case.calendar.label(t), count))
        for (block, t), count in sorted(member.outcome.decisions.expand.items()):
            where = case.expansions[block].site
            rows.append((name, block, voice.speaker.unit("blocks"), where, case.calendar.label(t), count))
    names = columns("text", *map(voice, ("operator", "offer or expansion", "system", "site", "period")))
    head = (*names, Column(voice("quantity"), "count"))
    table = Table(voice("Orders and blocks in the plan of the pool"), head, tuple(rows), wide=True)
    return Section(voice("Orders"), voice("Who buys what, and when"), (), (table,))


def _steps(outcome: PoolOutcome, voice: Voice) -> Section:
    unit = compute_unit(outcome.pool)
    rows = [
        (number, 1e9 * step.asked, step.added, step.public_money, step.excess, step.bound)
        for number, step in enumerate(outcome.steps, 1)
    ]
    head = (
        Column(voice("step of the search"), "count"),
        *columns(
            unit,
            voice("asked for, {unit} per bn {currency}", unit=unit_of(unit), currency=unit_of(outcome.currency)),
            voice("added by the best plan, {unit}", unit=unit_of(unit)),
        ),
        Column(voice("its public money"), "money"),
        *columns(
            unit,
            voice("beyond what was asked, {unit}", unit=unit_of(unit)),
            voice("no plan has more, {unit}", unit=unit_of(unit)),
        ),
    )
    words = (
        "Each step looks for the plan that adds most compute beyond what its public money must bring; the ratio of "
        "that plan is asked for next. Where nothing is left beyond it, no plan has a better ratio.",
    )
    table = Table(voice("Steps to the best ratio"), head, tuple(rows), whole=True, wide=True)
    return Section(voice("Steps"), voice("Most compute for public money"), tuple(map(voice, words)), (table,))


def _checks(outcome: PoolOutcome, voice: Voice) -> Section:
    rows: list[tuple[Cell, ...]] = [
        (
            voice(plain(one.rule)),
            voice(one.about.words),
            one.left,
            one.sense,
            one.right,
            metric_label(one.unit),
            _said(one.holds, voice),
        )
        for one in outcome.audit.limits
    ]
    for name, member in outcome.members.items():
        audit = member.outcome.audit
        every, kept = len(audit.limits), len(audit.limits) - len(audit.broken)
        named = (voice("all limits of {name}", name=name), voice("limits kept"))
        rows.append((*named, kept, "=", every, "count", _said(not audit.broken, voice)))
    head = (
        *columns("text", *map(voice, ("rule", "about"))),
        Column(voice("in the plan"), "number"),
        Column(voice("must be")),
        Column(voice("limited to"), "number"),
        Column(voice("unit"), "unit"),
        Column(voice("holds")),
    )
    table = Table(voice("Limits between the operators, worked out again"), head, tuple(rows), wide=True)
    return Section(voice("Checks"), voice("Checks"), (proof_words(outcome, voice),), (table,))


def _said(holds: bool, voice: Voice) -> str:
    return Flag(voice("yes"), "green") if holds else Flag(voice("NO"), "red")
