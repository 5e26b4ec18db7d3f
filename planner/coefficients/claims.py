"""What can be claimed: which investment earns how much under which programme, and in which parts it is paid."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.programme import Programme
from planner.coefficients.groups import Claims, Offers, Units, Vintages
from planner.coefficients.records import ClaimTerms, Part
from planner.vocabulary.keys import Claim, Investment, Overlap

ROUNDING = 1e-9
"""Share of an eligible cost below which what is left of it is rounding and nothing else."""


def claims_of(case: Case, offers: Offers, vintages: Vintages, units: Units) -> Claims:
    """What every unit that counts earns, what earlier programmes deduct from it, and what of it is owed at the end."""
    terms = {
        Claim(name, investment): found
        for name, programme in case.programmes.items()
        for investment in units.cost
        if _counts(case, offers, units, programme, investment)
        and (found := _terms(case, offers, units, programme, investment)) is not None
    }
    deducted: dict[Overlap, float] = {}
    clawback, spared = dict[Claim, float](), dict[Overlap, float]()
    for claim, found in terms.items():
        programme = case.programmes[claim.programme]
        overlaps = [Overlap(claim.programme, earlier, claim.investment) for earlier in programme.after]
        deducted |= _deductions(terms, found.eligible, overlaps)
        age = case.calendar.end - case.calendar.starts[units.ready[claim.investment]]
        is_bound = claim.investment in offers.delivery and age < programme.retention.months
        if programme.aid.is_paid_out and is_bound:
            vintage = offers.vintage[claim.investment]
            terminal = vintages.terminal.get((vintage.system, vintage.arrival), 0.0)
            share = _clawback_share(programme, age)
            owed = _contingent_clawback(found, share, terminal, [deducted.get(one, 0.0) for one in overlaps])
            clawback[claim] = owed[0]
            steps = zip(overlaps, pairwise(owed), strict=True)
            spared |= {overlap: before - after for overlap, (before, after) in steps if before > after}
    return Claims(terms, deducted, clawback, spared)


def _counts(case: Case, offers: Offers, units: Units, programme: Programme, investment: Investment) -> bool:
    """Whether an investment is of the kind, the place and the time that a programme pays for."""
    source, site, t = investment
    starts = case.calendar.starts
    if source in offers.system_of and programme.systems and offers.system_of[source] not in programme.systems:
        return False
    if programme.sites and site not in programme.sites:
        return False
    if programme.regions and case.sites[site].region not in programme.regions:
        return False
    by = programme.in_service_by
    late = by is not None and starts[units.ready[investment]] > by
    return programme.order_window.holds(starts[t]) and not late


def _terms(case: Case, offers: Offers, units: Units, programme: Programme, investment: Investment) -> ClaimTerms | None:
    """What one unit earns; None where it earns nothing within the horizon."""
    calendar, costs, ready = case.calendar, units.costs[investment], units.ready[investment]
    eligible = programme.eligible_share * sum(costs.get(category, 0.0) for category in programme.categories)
    parts = _parts(calendar, programme, investment.period, ready)
    if not parts or eligible <= 0:
        return None
    return ClaimTerms(
        aid=programme.aid,
        rate=programme.rate,
        eligible=eligible,
        parts=parts,
        taken_off=_taken_off(case, programme),
        clawback_share=_clawback_shares(calendar, programme, ready) if investment in offers.delivery else {},
    )


def _taken_off(case: Case, programme: Programme) -> float:
    """The share of what a programme gives that is taken off book value."""
    if programme.lowers_tax_basis:
        return programme.lower_basis
    return float(programme.aid.lowers_book_value(case.finance.asset_grants))


def _parts(calendar: Calendar, programme: Programme, started: int, ready: int) -> tuple[Part, ...]:
    """The parts that a programme pays within the horizon; what is not paid out counts on delivery."""
    if programme.aid.counts == "on delivery":
        return (Part(calendar.months_of(ready)[0], ready, 1.0),)
    whole = [("delivery", programme.payment_lag, 1.0)]
    found: dict[int, float] = {}
    for event, lag, share in [(part.event, part.lag, part.share) for part in programme.milestones] or whole:
        month = calendar.months_of(started if event == "order" else ready)[0] + lag.months
        if month < len(calendar.months):
            found[month] = found.get(month, 0.0) + share
    return tuple(Part(month, calendar.period_of(month), share) for month, share in sorted(found.items()))


def _clawback_shares(calendar: Calendar, programme: Programme, ready: int) -> dict[int, float]:
    """Share of a grant that goes back, by the period in which a system leaves before its retention ends."""
    if programme.early_exit == "forbidden":
        return {}
    since = calendar.starts[ready]
    ages = {t: calendar.starts[t] - since for t in range(ready + 1, calendar.periods)}
    return {t: _clawback_share(programme, age) for t, age in ages.items() if age < programme.retention.months}


def _clawback_share(programme: Programme, age: int) -> float:
    """Share of a grant that is owed for a system of an age in months below the retention."""
    retention = programme.retention.months
    return (retention - age) / retention if programme.early_exit == "repay_remaining" else 1.0


def _deductions(terms: Mapping[Claim, ClaimTerms], eligible: float, overlaps: list[Overlap]) -> dict[Overlap, float]:
    """What earlier programmes pay in full, in their order, as long as some of the eligible cost is left."""
    found: dict[Overlap, float] = {}
    left = eligible
    for overlap in overlaps:
        earlier = terms.get(overlap.earlier_claim)
        deducted = 0.0 if earlier is None else min(earlier.amount, left)
        if deducted > ROUNDING * eligible:
            found[overlap] = deducted
            left -= deducted
    return found


def _contingent_clawback(terms: ClaimTerms, share: float, terminal: float, deducted: list[float]) -> list[float]:
    """What is owed of one unit at the end, alone and then as one earlier programme after the other deducts.

    Of what was paid by then, and never more than the system fetches. It is owed on what came after deductions: owed
    on the gross amount, a second grant would cost more at the end than it ever paid.
    """
    back, left = share * sum(part.share for part in terms.parts), terms.eligible
    owed = [min(back * terms.amount, terminal)]
    for one in deducted:
        left -= one
        owed.append(min(back * terms.rate * left, terminal))
    return owed
