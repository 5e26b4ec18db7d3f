"""What can be claimed: which investment earns how much under which programme, and in which parts it is paid."""

from __future__ import annotations

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.programme import CostCategory, Programme
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.records import ClaimTerms
from planner.vocabulary.keys import Claim, Investment, Overlap

ROUNDING = 1e-9
"""Share of an eligible cost below which what is left of it is rounding and nothing else."""
Costs = dict[CostCategory, float]
"""Cost of one unit by category, as it is paid."""


def claim_figures(case: Case, figures: Coefficients) -> None:
    """Fills in the cost of every investment, what can be claimed on it, what earlier programmes deduct from it, and
    what of it is owed at the end."""
    costs = _costs(figures)
    figures.unit_cost = {investment: sum(parts.values()) for investment, parts in costs.items()}
    for name, programme in case.programmes.items():
        for investment, parts in costs.items():
            if _counts(case, figures, programme, investment):
                _claim(case, figures, name, investment, parts)
    for name, programme in case.programmes.items():
        if programme.after:
            _deductions(figures, name, programme)
        _contingent_clawback(case.calendar, figures, name, programme)


def _costs(figures: Coefficients) -> dict[Investment, Costs]:
    """Cost of one unit of every possible investment, by category, as it is paid."""
    costs: dict[Investment, Costs] = {}
    for order in figures.delivery:
        offer, _, t = order
        price = figures.price_now[offer, t] + figures.price_then[offer, t]
        costs[order] = {"systems": price, "additions": price * figures.additions_share[offer]}
    for start in figures.ready:
        costs[figures.block(start)] = {"facility": figures.capex_now[start] + figures.capex_then[start]}
    return costs


def _counts(case: Case, figures: Coefficients, programme: Programme, investment: Investment) -> bool:
    """Whether an investment is of the kind, the place and the time that a programme pays for."""
    source, site, t = investment
    starts = case.calendar.starts
    if source in figures.system_of and programme.systems and figures.system_of[source] not in programme.systems:
        return False
    if programme.sites and site not in programme.sites:
        return False
    if programme.regions and case.sites[site].region not in programme.regions:
        return False
    by = programme.in_service_by
    late = by is not None and starts[figures.ready_period(investment)] > by
    return programme.order_window.holds(starts[t]) and not late


def _claim(case: Case, figures: Coefficients, name: str, investment: Investment, costs: Costs) -> None:
    calendar, programme = case.calendar, case.programmes[name]
    ready = figures.ready_period(investment)
    eligible = programme.eligible_share * sum(costs.get(category, 0.0) for category in programme.categories)
    parts = _parts(calendar, programme, investment.period, ready)
    if not parts or eligible <= 0:
        return
    figures.claims[Claim(name, investment)] = ClaimTerms(
        aid=programme.aid,
        rate=programme.rate,
        eligible=eligible,
        parts=parts,
        lowers_book_value=programme.aid.lowers_book_value(case.finance.asset_grants),
        clawback_share=_clawback_shares(calendar, programme, ready) if investment in figures.delivery else {},
    )


def _parts(calendar: Calendar, programme: Programme, started: int, ready: int) -> tuple[tuple[int, float], ...]:
    """Periods within the horizon and shares in which a programme pays; what is not paid out counts on delivery."""
    if programme.aid.counts == "on delivery":
        return ((ready, 1.0),)
    whole = [("delivery", programme.payment_lag, 1.0)]
    found: dict[int, float] = {}
    for event, lag, share in [(part.event, part.lag, part.share) for part in programme.milestones] or whole:
        since = calendar.starts[started if event == "order" else ready]
        period = calendar.period_containing(since.plus(lag.months))
        if period < calendar.periods:
            found[period] = found.get(period, 0.0) + share
    return tuple(sorted(found.items()))


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


def _deductions(figures: Coefficients, name: str, programme: Programme) -> None:
    """What earlier programmes pay in full, in their order, as long as some of the eligible cost is left."""
    for claim in [claim for claim in figures.claims if claim.programme == name]:
        left = figures.claims[claim].eligible
        for earlier in programme.after:
            overlap = Overlap(name, earlier, claim.investment)
            terms = figures.claims.get(overlap.earlier_claim)
            deducted = 0.0 if terms is None else min(terms.amount, left)
            if deducted > ROUNDING * figures.claims[claim].eligible:
                figures.deducted[overlap] = deducted
                left -= deducted


def _contingent_clawback(calendar: Calendar, figures: Coefficients, name: str, programme: Programme) -> None:
    """What goes back at the end where the retention outlasts it, and how much less once earlier programmes deduct.

    Of what was paid by then, and never more than the system fetches. It is owed on what came after deductions: owed
    on the gross amount, a second grant would cost more at the end than it ever paid.
    """
    for claim in [claim for claim in figures.claims if claim.programme == name]:
        investment = claim.investment
        ready = figures.ready_period(investment)
        age = calendar.end - calendar.starts[ready]
        if not programme.aid.is_paid_out or investment not in figures.delivery or age >= programme.retention.months:
            continue
        terms, vintage = figures.claims[claim], figures.vintage(investment)
        worth = figures.terminal.get((vintage.system, vintage.arrival), 0.0)
        back = _clawback_share(programme, age) * sum(share for _, share in terms.parts)
        left, owed = terms.eligible, min(back * terms.amount, worth)
        figures.clawback_at_end[claim] = owed
        for earlier in programme.after:
            overlap = Overlap(name, earlier, investment)
            left -= figures.deducted.get(overlap, 0.0)
            owed_then = min(back * terms.rate * left, worth)
            if owed > owed_then:
                figures.clawback_spared_at_end[overlap] = owed - owed_then
            owed = owed_then
