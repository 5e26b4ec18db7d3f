"""A plan is made anew half-way: what has happened is frozen, the rest is planned again, and the way is told."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from planner.audit import audit
from planner.audit.allowed import claim_allowed
from planner.audit.facts import Facts
from planner.case.case import Case
from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.errors import AuditError, NoPlanError
from planner.outcome import Audit, Outcome, WarmStart
from planner.outcome.variance import CashDifference
from planner.planning import plan_case, with_doing_nothing
from planner.reading.actuals.file import Actuals
from planner.reading.case.file import Reading
from planner.reading.contracts import Bought
from planner.reading.past import Past, past_of
from planner.reading.replanning import Claimed, Told, apart_in, as_it_was, name_in, with_past
from planner.reading.workbook.earlier import EarlierPlan
from planner.session.cash_besides import differences_of
from planner.session.stay_close import closer, proof_of
from planner.studies.renamed import renamed
from planner.studies.variance import variance
from planner.vocabulary.keys import Investment, Start
from planner.vocabulary.message import Message, say

MOST_ROUNDS = 4
"""Times that the cash which came besides is worked out, until the past no longer moves by it."""


@dataclass(frozen=True)
class Terms:
    """How plans are made, and who hears of every step."""

    gap: float
    time_limit: float
    told: Callable[[str], None] = lambda _: None
    stay_close: float | None = None
    """How much worse than the best the plan may be, as a share, so that as little as can be is planned otherwise."""


def replan(reading: Reading, plan: EarlierPlan, actuals: Actuals, as_of: Month, terms: Terms) -> Outcome:
    """The new plan, with the way from the earlier one.

    Args:
        reading: the budget as it now stands.
        plan: the plan that was made before.
        actuals: what has happened since.
        as_of: everything that begins before this month has happened.
        terms: how plans are made.

    Raises:
        InputError: the actuals cannot be; all faults at once.
        NoPlanError: nothing can be planned after what has happened.
    """
    past = past_of(plan, actuals, as_of)
    old, is_same = plan.reading, reading.input_hash == plan.reading.input_hash
    told = Told(apart_in(past, old.case, reading.case))
    with_past(reading, past, told)  # all that cannot be is told before anything is planned
    terms.told("planning after what has happened")
    happened, differences, void = _Anew(past, told, terms).planned(old)
    new = happened
    if not is_same:
        terms.told("planning with the figures as they now are")
        new, differences, void = _Anew(past, told, terms).planned(reading)
    close = None
    if terms.stay_close is not None and not new.is_kept:
        terms.told("looking for the plan that differs least")
        nearer, close = closer(new.outcome, new.kept, terms.stay_close, terms.time_limit)
        bought = (nearer.decisions.order, nearer.decisions.expand)
        new = _New(nearer, is_kept=bought == (new.kept.order, new.kept.expand), kept=new.kept)
    new_plan = with_doing_nothing(new.outcome, gap=terms.gap, time_limit=terms.time_limit)
    way = variance(
        _earlier(past, told, new.outcome),
        happened.outcome,
        happened.outcome if is_same and close is None else new.outcome,
        as_of,
        differences,
        [*_words(past, void), *([] if close is None else [close])],
        is_kept=new.is_kept,
    )
    return replace(new_plan, variance=way)


def _earlier(past: Past, told: Told, like: Outcome) -> Outcome:
    """The earlier plan, in the names of the new one.

    Raises:
        AuditError: in these names it is worth something else, which is a defect.
    """
    case, decisions = past.plan.reading.case, past.plan.decisions
    there = as_it_was(past, told).case
    named = _renamed(decisions, case, there, told)
    found, before = audit(there, named), audit(case, decisions)
    if abs(found.accounts.npv - before.accounts.npv) > 1.0:
        raise AuditError("the earlier plan is worth something else once its orders have terms of their own")
    return replace(like, case=there, decisions=named, audit=found)


def _renamed(decisions: Decisions, home: Case, there: Case, told: Told) -> Decisions:
    starts = home.calendar.starts

    def rename(one: Investment) -> Investment:
        where = one.site if one.name in home.offers else ""
        return one._replace(name=name_in(told, one.name, where, starts[one.period]))

    return renamed(decisions, home, there, rename)


@dataclass(frozen=True)
class _New:
    outcome: Outcome
    is_kept: bool
    kept: Decisions
    """The earlier plan in the names of this one."""


@dataclass(frozen=True)
class _Anew:
    """Plans the rest of a case after what has happened."""

    past: Past
    told: Told
    terms: Terms

    def planned(self, reading: Reading) -> tuple[_New, tuple[CashDifference, ...], frozenset[Claimed]]:
        """The plan, the cash that came besides, and the claims that can no longer be."""
        void = self._void(with_past(reading, self.past, self.told).case)
        told = replace(self.told, void=void)
        bridged = dict[Month, float]()
        try:
            found = self._plan(reading, told, reasons=False)
            differences = differences_of(self.past, found.outcome, bridged)
        except NoPlanError:
            bridged, differences = self._bridged(reading, told)
            found = self._plan(reading, replace(told, cash=_added(bridged, differences)))
        for _ in range(MOST_ROUNDS if differences else 0):
            cash = _added(bridged, differences)
            told = replace(told, cash=cash)
            found = self._plan(reading, told)
            again = differences_of(self.past, found.outcome, cash)
            near = (abs(one.amount - two.amount) < 1.0 for one, two in zip(again, differences, strict=False))
            if len(again) == len(differences) and all(near):
                break
            differences = again
        return found, differences, void

    def _plan(self, reading: Reading, told: Told, *, reasons: bool = True) -> _New:
        """The best plan; the earlier one where it is as good as was asked for."""
        anew = with_past(reading, self.past, told)
        case, home = anew.case, self.past.plan.reading.case
        kept = _renamed(self.past.plan.decisions, home, case, told)
        checked = _unbroken(case, kept)
        outcome = plan_case(
            case,
            gap=self.terms.gap,
            time_limit=self.terms.time_limit,
            scenario=anew.scenario,
            input_hash=anew.input_hash,
            provenance=anew.provenance,
            start=None if checked is None else WarmStart((kept,)),
            reasons=reasons,
        )
        if checked is not None and (proof := proof_of(outcome, checked.objective)).within_gap:
            return _New(replace(outcome, decisions=kept, audit=checked, proof=proof), is_kept=True, kept=kept)
        return _New(outcome, is_kept=False, kept=kept)

    def _void(self, case: Case) -> frozenset[Claimed]:
        """Claims that what happened has made impossible, such as by a delivery after the last day."""
        frozen, calendar = case.frozen, case.calendar
        assert frozen is not None
        lost = set[Claimed]()
        for entry in self.past.entries["Claims"]:
            month, name, site = entry.month("month"), entry.text("investment"), entry.text("site")
            programme = entry.text("programme")
            assert month is not None
            there = Investment(name_in(self.told, name, site, month), site, calendar.period_containing(month))
            if programme not in case.programmes or not claim_allowed(case, programme, there):
                lost.add((programme, name, site, month))
        return frozenset(lost)

    def _bridged(self, reading: Reading, told: Told) -> tuple[dict[Month, float], tuple[CashDifference, ...]]:
        """What is lent from the first month to the date so that the past keeps its floor, and the cash besides.

        What there was is known better than what the lines work out: for want of cash in the past nothing is refused.

        Raises:
            NoPlanError: it is not for that that nothing can be planned; with the reasons.
        """
        calendar, opening = reading.case.calendar, reading.case.finance.opening_cash
        much = 10.0 * abs(opening.amount) + 1e9
        first, as_of = calendar.start, self.past.as_of
        rich = self._plan(reading, replace(told, cash={first: much})).outcome  # where there is none, cash is no reason
        accounts, facts = rich.audit.accounts, Facts(rich.case, rich.decisions)
        missing = 0.0
        for m in range(calendar.number_of(as_of)):
            floor = facts.money(rich.case.finance.minimum_cash, calendar.period_of(m))
            least = min(accounts.cash_after_payments[m], accounts.cash_at_end[m]) - much
            missing = max(missing, floor - least)
        lent = float(math.ceil(missing)) + 1.0
        return ({first: lent, as_of: -lent} if missing > 0 else {}), differences_of(self.past, rich, {first: much})


def _unbroken(case: Case, decisions: Decisions) -> Audit | None:
    """What is worked out of decisions that a case allows; None where they break a limit of it."""
    try:
        checked = audit(case, decisions)
    except AuditError:
        return None
    return None if checked.broken else checked


def _added(cash: dict[Month, float], differences: tuple[CashDifference, ...]) -> dict[Month, float]:
    found = dict(cash)
    for one in differences:
        found[one.month] = found.get(one.month, 0.0) + one.amount
    return found


def _words(past: Past, void: frozenset[Claimed]) -> Iterator[Message]:
    """What was read that is otherwise than planned."""
    for one, planned in zip(past.bought, past.planned, strict=True):
        what = {"number": f"{one.number:,}", "name": one.name, "month": str(one.month)}
        if one.number != (number := _planned_number(past, one)):
            yield say("{number} of {name}, ordered {month}: {planned} were planned", **what, planned=f"{number:,}")
        if one.comes != planned.comes:
            when = {"comes": str(one.comes), "planned": str(planned.comes)}
            yield say("{number} of {name}, ordered {month}: {comes} instead of {planned}", **what, **when)
    for entry in past.entries["Changes"]:
        since, why = entry.month("from"), entry.text("why")
        said = f"{entry.text('path')}: {entry.text('value')}{f' ({why})' if why else ''}"
        template = "{change}" if since is None else "{change}, from {month} on"
        yield say(template, change=said, **({} if since is None else {"month": str(since)}))
    for programme, name, site, month in sorted(void):
        template = "the claim under {programme} for {name} at {site}, ordered {month}, can no longer be"
        yield say(template, programme=programme, name=name, site=site, month=str(month))


def _planned_number(past: Past, one: Bought) -> int:
    decisions, calendar = past.plan.decisions, past.plan.reading.case.calendar
    t = calendar.period_containing(one.month)
    if one.site:
        return decisions.order.get(Investment(one.name, one.site, t), 0)
    return decisions.expand.get(Start(one.name, t), 0)
