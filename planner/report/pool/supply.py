"""What suppliers can deliver to all operators together, in the periods in which anybody can order."""

from __future__ import annotations

from planner.audit.allowed import order_allowed
from planner.case.case import Case
from planner.report.compare.tables import Column, Section, Table, columns
from planner.studies.pool.outcome import PoolOutcome


def supply(outcome: PoolOutcome) -> Section:
    """Each limit of the shared offers; a period in which no order can be placed has nothing to offer."""
    cases = [member.outcome.case for member in outcome.members.values()]
    rows = []
    for limit in outcome.audit.limits:
        if limit.rule != "shared_supply":
            continue
        offer = limit.about.names[0]
        if _open(cases, offer, limit.period):
            rows.append((f"{offer}{limit.about.when}", limit.left, limit.right, limit.slack))
    left = Column("left over", "systems", difference=(2, 1))
    head = (Column("offer"), *columns("systems", "ordered by all", "at most"), left)
    remark = ("Only periods in which some operator can order: the order window is open, and delivery is in time.",)
    table = Table("Supply that the operators share", head, tuple(rows), wide=True)
    return Section("Supply", "Shared supply", remark, (table,))


def _open(cases: list[Case], offer: str, period: int | None) -> bool:
    """Whether any operator may order in a period, for any of its sites."""
    return period is None or any(
        offer in case.offers and order_allowed(case, offer, site, period) for case in cases for site in case.sites
    )
