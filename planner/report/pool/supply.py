"""What suppliers can deliver to all operators together, in the periods in which anybody can order."""

from __future__ import annotations

from planner.audit.allowed import order_allowed
from planner.case.case import Case
from planner.report.compare.tables import Column, Section, Table, columns
from planner.report.voice import Voice
from planner.studies.pool.outcome import PoolOutcome
from planner.vocabulary.message import verbatim


def supply(outcome: PoolOutcome, voice: Voice) -> Section:
    """Each limit of the shared offers; a period in which no order can be placed has nothing to offer."""
    cases = [member.outcome.case for member in outcome.members.values()]
    rows = []
    for limit in outcome.audit.limits:
        if limit.rule != "shared_supply":
            continue
        offer = limit.about.names[0]
        if _open(cases, offer, limit.period):
            when = voice(verbatim(limit.about.words.part("when")))
            rows.append((f"{offer}{when}", limit.left, limit.right, limit.slack))
    left = Column(voice("left over"), "systems", difference=(2, 1))
    head = (Column(voice("offer")), *columns("systems", *map(voice, ("ordered by all", "at most"))), left)
    words = "Only periods in which some operator can order: the order window is open, and delivery is in time."
    table = Table(voice("Supply that the operators share"), head, tuple(rows), wide=True)
    return Section(voice("Supply"), voice("Shared supply"), (voice(words),), (table,))


def _open(cases: list[Case], offer: str, period: int | None) -> bool:
    """Whether any operator may order in a period, for any of its sites."""
    return period is None or any(
        offer in case.offers and order_allowed(case, offer, site, period) for case in cases for site in case.sites
    )
