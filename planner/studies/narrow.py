"""Old decisions under new figures, cut to what is there: work to systems and demand, tax credits to tax."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from planner.audit.facts import Facts
from planner.audit.limits.credits import earned_of
from planner.case.case import Case
from planner.decisions import Decisions, summed
from planner.finance.tax_credits import credit_left
from planner.outcome import Audit
from planner.vocabulary.keys import Credit, FiscalYear, Stand, Work


def within_fleet(decisions: Decisions, case: Case, audited: Audit) -> Decisions:
    """Work cut in equal parts to what stands: of each system, at each site, in each period."""
    installed = audited.quantities.installed
    working = summed((_place(key), amount) for key, amount in decisions.serve.items())
    able = {
        place: case.systems[place.system].availability * installed.get(place, 0) / amount
        for place, amount in working.items()
        if amount > 0
    }
    return _scaled(decisions, {key: able.get(_place(key), 1.0) for key in decisions.serve})


def _place(work: Work) -> Stand:
    """The systems that do some work."""
    return Stand(work.system, work.site, work.period)


def within_demand(decisions: Decisions, case: Case, audited: Audit) -> Decisions:
    """Work cut in equal parts to the demand of each workload in each period."""
    able: dict[tuple[str, int], float] = {}
    for (workload, t), unmet in audited.quantities.unmet.items():
        asked = case.workloads[workload].amount.at(case.calendar.starts[t]) or 0.0
        if asked - unmet > 0:
            able[workload, t] = asked / (asked - unmet)
    return _scaled(decisions, {key: able.get((key.workload, key.period), 1.0) for key in decisions.serve})


def within_tax(decisions: Decisions, case: Case, audited: Audit) -> Decisions:
    """Tax credits cut to what is earned, and to the tax of their year; the first programmes of the case come first."""
    facts, years = Facts(case, decisions), audited.accounts.books.years
    free = {year: result.tax + result.credit for year, result in years.items()}
    credit: dict[Credit, float] = {}
    for programme, rules in case.programmes.items():
        used: dict[FiscalYear, float] = {}
        for year in sorted(year for name, year in decisions.credit if name == programme):
            left = credit_left(earned_of(facts, programme), used, years, rules.carry_forward.months // 12)[year]
            of_tax = rules.tax_limit * (years[year].tax + years[year].credit)
            used[year] = max(0.0, min(decisions.credit[Credit(programme, year)], left, of_tax, free[year]))
            free[year] -= used[year]
        credit |= {Credit(programme, year): amount for year, amount in used.items() if amount > 0}
    return dataclasses.replace(decisions, credit=credit)


NARROWER: tuple[Callable[[Decisions, Case, Audit], Decisions], ...] = (within_fleet, within_demand, within_tax)
"""In this order: what is cut first lowers profit, and so the tax that a credit finds."""


def changes(before: Decisions, after: Decisions) -> int:
    """How many decisions were cut."""
    return _differing(before.serve, after.serve) + _differing(before.credit, after.credit)


def _differing[K](before: Mapping[K, float], after: Mapping[K, float]) -> int:
    return sum(after.get(key, 0.0) != amount for key, amount in before.items())


def _scaled(decisions: Decisions, able: Mapping[Work, float]) -> Decisions:
    """Work cut; what would work elsewhere if a site were lost stays, and is held against what stands."""
    scaled = {key: amount if able[key] >= 1 else amount * able[key] for key, amount in decisions.serve.items()}
    return dataclasses.replace(decisions, serve={key: amount for key, amount in scaled.items() if amount > 0})
