"""Ex-post evaluation: one plan under the figures of another case; what of it may be done there, and its value."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.audit import audit
from planner.audit.dates import life_end_period, vintage_of
from planner.audit.facts import Facts
from planner.audit.placement import require_well_formed
from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import AuditError
from planner.outcome import Audit
from planner.studies.dates import same_periods
from planner.studies.narrow import NARROWER, changes
from planner.vocabulary.keys import ClaimedExit, Exit, Investment, OverlapExit, Vintage

TABLES = tuple(field.name for field in dataclasses.fields(Decisions))
"""Names of the kinds of decision."""


@dataclass(frozen=True)
class ExPost:
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


def ex_post(decisions: Decisions, case: Case, home: Case) -> ExPost | None:
    """A plan of ``home`` in another case; nothing where their periods differ, since decisions are by period.

    Decisions that the case does not allow are left out. What arrives later or earlier leaves so much later or earlier.
    If limits are broken then, work is cut: to the systems that stand there, and to the demand; and tax credits to the
    tax. What limits are still broken is only counted: such a plan shows what the new figures do to the old decisions,
    it is no plan of the case.
    """
    if not same_periods(case.calendar, home.calendar):
        return None
    lost = 0
    if case.calendar != home.calendar:  # other fiscal years: a tax credit or a dividend of one of them is of no other
        lost = len(decisions.credit) + len(decisions.dividend)
        decisions = dataclasses.replace(decisions, credit={}, dividend={})
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
    return ExPost(allowed, audited, dropped, cut)


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
        base = kept if table in ("exit", "claimed_exit", "overlap_exit") else Decisions()
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
    facts = Facts(case, decisions)
    bought = {*decisions.order, *map(facts.block, decisions.expand)}
    exits = {key: count for key, count in decisions.exit.items() if key.vintage in facts.vintages}
    claims = {key: units for key, units in decisions.claim.items() if key.investment in bought}
    claimed_exits = {key: units for key, units in decisions.claimed_exit.items() if key.claim in claims}
    overlaps = {key: units for key, units in decisions.overlap.items() if {key.claim, key.earlier_claim} <= {*claims}}
    overlap_exits = {key: units for key, units in decisions.overlap_exit.items() if key.overlap in overlaps}
    grounded = dataclasses.replace(
        decisions, exit=exits, claim=claims, claimed_exit=claimed_exits, overlap=overlaps, overlap_exit=overlap_exits
    )
    dropped = sum(len(getattr(decisions, table)) - len(getattr(grounded, table)) for table in TABLES)
    return grounded, dropped


def _is_allowed(decisions: Decisions, case: Case) -> bool:
    try:
        require_well_formed(case, decisions)
    except AuditError:
        return False
    return True


def _moved(decisions: Decisions, case: Case, home: Case) -> Decisions:
    """The decisions with exits moved along with their vintages; what would leave after the horizon stays to its end."""
    periods = range(case.calendar.periods)
    exits: dict[Exit, int] = {}
    for (vintage, t), count in decisions.exit.items():
        there = Exit(_vintage_there(vintage, case, home), _later(vintage, t, case, home))
        if there.period in periods:
            exits[there] = exits.get(there, 0) + count
    claimed_exits: dict[ClaimedExit, float] = {}
    for (claim, u), amount in decisions.claimed_exit.items():
        later = _later(vintage_of(home, claim.investment), u, case, home)
        if later in periods:
            claimed_exits[ClaimedExit(claim, later)] = amount
    overlap_exits: dict[OverlapExit, float] = {}
    for (overlap, u), amount in decisions.overlap_exit.items():
        later = _later(vintage_of(home, overlap.investment), u, case, home)
        if later in periods:
            overlap_exits[OverlapExit(overlap, later)] = amount
    return dataclasses.replace(decisions, exit=exits, claimed_exit=claimed_exits, overlap_exit=overlap_exits)


def _later(vintage: Vintage, t: int, case: Case, home: Case) -> int:
    """When what leaves at home in a period leaves there: at the end of its life, or as long after its arrival."""
    there, system = _vintage_there(vintage, case, home), vintage.system
    if system in case.systems and system in home.systems and t == life_end_period(home, vintage):
        return life_end_period(case, there)
    return t + (there.arrival.month - vintage.arrival.month) // case.calendar.months_per_period


def _vintage_there(vintage: Vintage, case: Case, home: Case) -> Vintage:
    """What a vintage is in the other case, where its offer may have another lead time."""
    offer = vintage.arrival.offer
    if offer not in home.offers or offer not in case.offers:
        return vintage
    for t in range(home.calendar.periods):
        order = Investment(offer, vintage.site, t)
        if vintage_of(home, order).arrival == vintage.arrival:
            return vintage._replace(arrival=vintage_of(case, order).arrival)
    return vintage
