"""Limits of tax credits."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.limits.kinds import money_limit
from planner.finance.tax_credits import credit_left
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.keys import Credit, FiscalYear
from planner.vocabulary.message import Part, fiscal_year, say


def tax_credit(facts: Facts, accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Tax credits are earned before they are used, not too long before, and take no more than their part of the tax."""
    years = accounts.books.years
    for programme, rules in facts.case.programmes.items():
        if not rules.aid.is_off_tax:
            continue
        used = {year: facts.decisions.credit.get(Credit(programme, year), 0.0) for year in years}
        left = credit_left(earned_of(facts, programme), used, years, rules.carry_forward.months // 12)
        for year, result in years.items():
            last = facts.calendar.fiscal_years[year][-1]
            parts: dict[str, Part] = {"programme": programme, "year": fiscal_year(year.number)}
            before = result.tax + result.credit
            most = rules.tax_limit * before
            about = About((programme, "tax_limit"), say("{programme}: credit used in {year}, of that tax", **parts))
            yield money_limit(facts, "tax_credit", about, used[year], "<=", most, last)
            words = say("{programme}: credit used in {year}, of what is left", **parts)
            about = About((programme, "carry_forward"), words)
            yield money_limit(facts, "tax_credit", about, used[year], "<=", left[year], last)
    for year, result in years.items():
        if result.credit:
            last, before = facts.calendar.fiscal_years[year][-1], result.tax + result.credit
            about = About((), say("all credits used in {year}", year=fiscal_year(year.number)))
            yield money_limit(facts, "tax_credit", about, result.credit, "<=", before, last)


def earned_of(facts: Facts, programme: str) -> dict[FiscalYear, float]:
    """Tax credit by the fiscal year in which what it was granted for is ready."""
    earned: dict[FiscalYear, float] = {}
    for award in facts.awards:
        if award.programme == programme:
            year = facts.calendar.fiscal_year(facts.calendar.starts[facts.ready(award.investment)])
            earned[year] = earned.get(year, 0.0) + award.amount
    return earned
