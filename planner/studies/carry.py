"""One plan under the figures of another case: what of it may be done there, and what that is worth."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.audit import audit
from planner.audit.dates import delivery_period, life_end_period
from planner.audit.facts import Facts
from planner.audit.placement import require_well_formed
from planner.case.case import Case
from planner.decisions import Decisions, cohort_month, cohort_of
from planner.errors import AuditError
from planner.outcome import Audit
from planner.studies.dates import same_periods
from planner.studies.narrow import NARROWER, changes

TABLES = tuple(field.name for field in dataclasses.fields(Decisions))
"""Names of the kinds of decision."""


@dataclass(frozen=True)
class Carried:
    """A plan as it can be carried out in another case, and its accounts there."""

    decisions: Decisions
    audit: Audit
    dropped: int
    """Decisions that the other case does not allow at all, such as a claim under a programme that it does not have."""
    cut: int
    """Decisions that had to be cut: work to the systems and the demand that are there, tax credits to the tax."""

    @property
    def broken(self) -> int:
        """Limits of the other case that what is left of the plan breaks."""
        return len(self.audit.broken)

    @property
    def whole(self) -> bool:
        """Whether the plan is a plan of the other case as it stands."""
        return not (self.dropped or self.cut or self.broken)


def carried(decisions: Decisions, case: Case, home: Case) -> Carried | None:
    """A plan of ``home`` in another case; nothing where their periods differ, since decisions are by period.

    Decisions that the case does not allow are left out. What arrives later or earlier leaves so much later or earlier.
    If limits are broken then, work is cut: to the systems that stand there, and to the demand; and tax credits to the
    tax. What limits are still broken is only counted: such a plan shows what the new figures do to the old decisions,
    it is no plan of the case.
    """
    if not same_periods(case.calendar, home.calendar):
        return None
    lost = 0
    if case.calendar != home.calendar:  # other fiscal years: a tax credit of one of them is of no other
        lost, decisions = len(decisions.credit), dataclasses.replace(decisions, credit={})
    allowed, dropped = _allowed(_moved(decisions, case, home), case)
    allowed, loose = _grounded(allowed, case)
    dropped += loose + lost
    audited = audit(case, allowed)
    cut = 0
    if audited.broken:
        for narrower in NARROWER:
            narrowed = narrower(allowed, case, audited)
            cut += changes(allowed, narrowed)
            allowed = narrowed
            audited = audit(case, allowed)
    return Carried(allowed, audited, dropped, cut)


def _allowed(decisions: Decisions, case: Case) -> tuple[Decisions, int]:
    """The decisions that the case allows one by one, and how many it does not.

    Each is held against the case together with the orders, exits and claims that are kept, which it may rest on.
    """
    kept = Decisions()
    dropped = 0
    for table in TABLES:
        entries: Mapping[Any, Any] = getattr(decisions, table)
        if _is_allowed(dataclasses.replace(kept, **{table: dict(entries)}), case):
            kept = dataclasses.replace(kept, **{table: dict(entries)})
            continue
        base = kept if table in ("exit", "leave", "leave_both") else Decisions()
        fine = {
            key: value
            for key, value in entries.items()
            if _is_allowed(dataclasses.replace(base, **{table: {key: value}}), case)
        }
        dropped += len(entries) - len(fine)
        kept = dataclasses.replace(kept, **{table: fine})
    return kept, dropped


def _grounded(decisions: Decisions, case: Case) -> tuple[Decisions, int]:
    """The decisions without those about orders that were left out, and how many these are."""
    lots = Facts(case, decisions).cohorts
    bought = {*decisions.order, *((name, case.expansions[name].site, t) for name, t in decisions.expand)}
    exits = {key: count for key, count in decisions.exit.items() if key[:3] in lots}
    claims = {key: units for key, units in decisions.claim.items() if key[1:] in bought}
    leave = {key: units for key, units in decisions.leave.items() if key[:4] in claims}
    both = {k: units for k, units in decisions.both.items() if {(k[0], *k[2:]), k[1:]} <= {*claims}}
    leave_both = {key: units for key, units in decisions.leave_both.items() if key[:5] in both}
    grounded = dataclasses.replace(decisions, exit=exits, claim=claims, leave=leave, both=both, leave_both=leave_both)
    dropped = sum(len(getattr(decisions, table)) - len(getattr(grounded, table)) for table in TABLES)
    return grounded, dropped


def _is_allowed(decisions: Decisions, case: Case) -> bool:
    try:
        require_well_formed(case, decisions)
    except AuditError:
        return False
    return True


def _moved(decisions: Decisions, case: Case, home: Case) -> Decisions:
    """The decisions with exits moved along with their lots; what would leave after the horizon stays to its end."""
    periods = range(case.calendar.periods)
    exits: dict[tuple[str, str, str, int], int] = {}
    for (system, site, cohort, t), count in decisions.exit.items():
        lot, later = _lot_there(cohort, case, home), _later(system, cohort, t, case, home)
        if later in periods:
            exits[system, site, lot, later] = exits.get((system, site, lot, later), 0) + count
    leave: dict[tuple[str, str, str, int, int], float] = {}
    for (programme, offer, site, t, u), amount in decisions.leave.items():
        later = _later(home.offers[offer].system, _lot_of_order(offer, t, home), u, case, home)
        if later in periods:
            leave[programme, offer, site, t, later] = amount
    leave_both: dict[tuple[str, str, str, str, int, int], float] = {}
    for (programme, earlier, offer, site, t, u), amount in decisions.leave_both.items():
        later = _later(home.offers[offer].system, _lot_of_order(offer, t, home), u, case, home)
        if later in periods:
            leave_both[programme, earlier, offer, site, t, later] = amount
    return dataclasses.replace(decisions, exit=exits, leave=leave, leave_both=leave_both)


def _later(system: str, cohort: str, t: int, case: Case, home: Case) -> int:
    """When what leaves at home in a period leaves there: at the end of its life, or as long after its arrival."""
    lot = _lot_there(cohort, case, home)
    if system in case.systems and system in home.systems and t == life_end_period(home, system, cohort):
        return life_end_period(case, system, lot)
    return t + _shift(cohort, lot, case)


def _lot_of_order(offer: str, t: int, case: Case) -> str:
    return cohort_of(case.calendar.start.plus(delivery_period(case, offer, t) * case.calendar.months_per_period), offer)


def _lot_there(cohort: str, case: Case, home: Case) -> str:
    """How the systems of a lot are called in the other case, where its offer may have another lead time."""
    offer = cohort.partition(" ")[2]
    if offer not in home.offers or offer not in case.offers:
        return cohort
    return next(
        (
            _lot_of_order(offer, t, case)
            for t in range(home.calendar.periods)
            if _lot_of_order(offer, t, home) == cohort
        ),
        cohort,
    )


def _shift(cohort: str, lot: str, case: Case) -> int:
    """How many periods later a lot comes than another."""
    return (int(cohort_month(lot)) - int(cohort_month(cohort))) // case.calendar.months_per_period
