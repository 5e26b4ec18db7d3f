"""What an award turns into: payments, book value that is taken off, and what goes back."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.awards import Award
from planner.audit.dates import payment_shares, period_in_use
from planner.audit.facts import Facts
from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.decisions import summed
from planner.finance.grants import clawback_share
from planner.outcome import Entry


def grant_entries(facts: Facts) -> Iterator[Entry]:
    """Every part of every grant that is paid within the horizon, and what goes back of it."""
    for award in facts.awards:
        name, site, t = award.investment
        about = (award.programme, name, site)
        for month, share in payment_shares(facts.case, award.programme, award.investment).items():
            yield dated(facts.calendar, "grants", about, month, share * award.amount, t)
        for month, amount in _clawbacks(facts.case, award):
            yield dated(facts.calendar, "grants_repaid", about, month, amount, t)


def dated(
    calendar: Calendar, line: str, about: tuple[str, ...], month: int, amount: float, decided: int | None = None
) -> Entry:
    """An amount that is paid in one month of the horizon."""
    return Entry(line, about, calendar.period_of(month), amount, decided, month)


def taken_off_shares(case: Case, award: Award) -> tuple[str, dict[int, float]]:
    """The line of the books in which an award takes off book value, and the shares in which it does so, by period."""
    aid = case.programmes[award.programme].aid
    if aid.charge is None or not aid.lowers_book_value(case.finance.asset_grants):
        return "", {}
    if aid.counts == "on delivery":
        return aid.charge, {period_in_use(case, award.investment): 1.0}
    shares = payment_shares(case, award.programme, award.investment)
    return aid.charge, summed((case.calendar.period_of(month), share) for month, share in shares.items())


def basis_reduction(case: Case, award: Award) -> float:
    """The share of an award that lowers the cost which may be written off for tax."""
    return case.programmes[award.programme].lower_basis


def _clawbacks(case: Case, award: Award) -> Iterator[tuple[int, float]]:
    """In which month how much of a grant goes back, for systems that leave too early.

    A part that is paid after its system left goes back as it comes.
    """
    rules, starts = case.programmes[award.programme], case.calendar.starts
    if not rules.aid.is_paid_out or rules.early_exit == "forbidden":
        return
    arrived = starts[period_in_use(case, award.investment)]
    for u, leaving in award.leaving.items():
        back = clawback_share(starts[u] - arrived, rules.retention.months, whole=rules.early_exit == "repay_all")
        if back:
            for month, share in payment_shares(case, award.programme, award.investment).items():
                yield max(case.calendar.number_of(starts[u]), month), back * share * leaving
