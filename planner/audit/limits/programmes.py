"""Limits of subsidy programmes."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.hosting import metric_value
from planner.audit.limits.kinds import count_limit, in_period, listed_period, money_limit
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.aid import AIDS, AidRecord
from planner.vocabulary.keys import Claim, Investment
from planner.vocabulary.message import Part, fiscal_year, joined, say


def claim_once(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Programmes that exclude each other claim different units, and no more than were bought."""
    for investment in sorted({claim.investment for claim in facts.decisions.claim}):
        name, site, t = investment
        for group in facts.exclusive_sets:
            claimed = sum(facts.decisions.claim.get(Claim(programme, investment), 0.0) for programme in group)
            words = say(
                "{name} at {site}{when}: claimed under {programmes}",
                name=name, site=site, when=in_period(facts, t), programmes=joined(group, " and "),
            )  # fmt: skip
            about = About((name, site, *group), words)
            yield count_limit("claim_once", about, claimed, "<=", facts.bought(investment), "units", t)


def aid_intensity(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """All grants and tax credits together pay no more of one investment than the ceiling on public money."""
    ceiling, money = facts.case.finance.public_money_ceiling, dict[Investment, float]()
    given: dict[Investment, set[AidRecord]] = {}
    for award in facts.awards:
        aid = facts.case.programmes[award.programme].aid
        if aid.is_public_money:
            money[award.investment] = money.get(award.investment, 0.0) + award.amount
            given.setdefault(award.investment, set()).add(aid)
    for investment in sorted(money):
        name, site, t = investment
        most = ceiling * sum(facts.unit_cost(investment).values()) * facts.bought(investment)
        kinds = joined((say(aid.plural) for aid in AIDS.values() if aid in given[investment]), " and ")
        words = say("{name} at {site}{when}: {what}", name=name, site=site, when=in_period(facts, t), what=kinds)
        about = About((name, site), words)
        yield money_limit(facts, "aid_intensity", about, money[investment], "<=", most, t)


def programme_cap(facts: Facts, _accounts: Accounts, quantities: Quantities) -> Iterator[Limit]:
    """What a programme gives keeps to its caps, and it gives nothing without joining it."""
    for programme, rules in facts.case.programmes.items():
        awards = [award for award in facts.awards if award.programme == programme]
        parts: dict[str, Part] = {"programme": programme, "what": say(rules.aid.plural)}
        given = sum(award.amount for award in awards)
        has_joined = facts.decisions.join.get(programme, False) or not (rules.obligations or rules.minimum_investment)
        if not has_joined:
            about = About((programme, "join"), say("{programme}: {what} without joining", **parts))
            yield money_limit(facts, "programme_cap", about, given, "<=", 0.0)
        for field, template, cap in (
            ("total_cap", "{programme}: {what} in total", rules.total_cap),
            ("operator_cap", "{programme}: {what} to one operator", rules.operator_cap),
        ):
            if cap is not None:
                about = About((programme, field), say(template, **parts))
                yield money_limit(facts, "programme_cap", about, given, "<=", facts.money(cap, 0))
        for year, cap in rules.fiscal_year_caps.items():
            periods = facts.calendar.periods_of(year)
            if periods and rules.aid.counts == "when paid":
                got = sum(quantities.grant_paid.get((programme, t), 0.0) for t in periods)
            else:
                got = sum(award.amount for award in awards if facts.ready(award.investment) in periods)
            if periods:
                words = say("{programme}: {what} in {year}", **parts, year=fiscal_year(year.number))
                about = About((programme, str(year)), words, year)
                yield money_limit(facts, "programme_cap", about, got, "<=", facts.money(cap, periods[0]))


def obligation(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """What was promised to a programme stands in every period of the promise."""
    for programme, rules in facts.case.programmes.items():
        for position, duty in enumerate(rules.obligations if facts.decisions.join.get(programme, False) else ()):
            first = max(0, facts.calendar.period_containing(duty.first))
            last = len(facts.periods) - 1 if duty.last is None else facts.calendar.period_containing(duty.last)
            for t in (u for u in range(first, min(last, facts.periods[-1]) + 1) if not facts.is_over(u)):
                standing = sum(
                    (metric_value(facts.case.systems[system], duty.metric) or 0.0) * count
                    for (system, _, period), count in facts.installed.items()
                    if period == t
                )
                words = say(
                    "{programme}: installed {metric}{when}",
                    programme=programme, metric=say(duty.metric), when=listed_period(facts, t),
                )  # fmt: skip
                about = About((programme, str(position)), words)
                yield count_limit("obligation", about, standing, ">=", duty.floor, duty.metric, t)


def minimum_investment(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """A joined programme sees at least the eligible cost that it asks for."""
    for programme, rules in facts.case.programmes.items():
        if rules.minimum_investment is not None and facts.decisions.join.get(programme, False):
            claimed = sum(award.eligible for award in facts.awards if award.programme == programme)
            least = facts.money(rules.minimum_investment, 0)
            about = About((programme,), say("{programme}: eligible cost claimed", programme=programme))
            yield money_limit(facts, "minimum_investment", about, claimed, ">=", least)
