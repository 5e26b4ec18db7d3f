"""Limits that lenders set on the accounts of each fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.limits.kinds import money_limit
from planner.finance.lending import debt_service_cover as cover_of
from planner.outcome import DEBT_SERVICE, OPERATING_COSTS, REVENUES, TAXES, About, Accounts, Limit, Quantities
from planner.vocabulary.message import fiscal_year, say


def debt_service_cover(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Revenue less running costs and tax pays for the debt service of a whole fiscal year so many times.

    A year without any debt service keeps it, whatever its operations come to.
    """
    covenants = facts.case.finance.covenants
    if covenants is None or covenants.least_debt_service_cover is None:
        return
    for year in facts.calendar.full_years:
        periods = facts.calendar.fiscal_years[year]

        def moved(lines: tuple[str, ...], chosen: tuple[int, ...] = periods) -> float:
            return sum(accounts.lines[line][t] for line in lines for t in chosen)

        earned, spent = moved(REVENUES), moved((*OPERATING_COSTS, *TAXES))
        falls_due = sum(scheduled[t] for scheduled in accounts.books.scheduled.values() for t in periods)
        service = moved(DEBT_SERVICE) + falls_due
        if cover_of(earned - spent, service) is None:
            continue
        words = say("cash from operations of {year}, for its debt service", year=fiscal_year(year.number))
        least, most = covenants.least_debt_service_cover * service, max(earned, spent, service)
        about = About((str(year),), words, year)
        yield money_limit(facts, "debt_service_cover", about, earned - spent, ">=", least, periods[-1], summed=most)
