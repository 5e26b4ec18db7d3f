"""What differs between two plans: decisions by what, where and when, and the limits that bind; dates line them up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.audit.facts import Facts
from planner.case.calendar import Calendar
from planner.outcome import Outcome
from planner.studies.binding import binding
from planner.vocabulary.keys import FiscalYear
from planner.vocabulary.message import Message, say, verbatim


@dataclass(frozen=True)
class DecisionChange:
    """One decision in both plans, summed over a fiscal year."""

    kind: str
    """What is decided, such as 'order'."""
    words: Message
    """Names of the case, such as an offer and a site."""
    year: FiscalYear | None
    """Fiscal year of the base, where the decision has a date."""
    unit: str
    base: float | None
    """None where the plan does not reach that fiscal year."""
    scenario: float | None
    weight: float
    """What moves by the change, in currency; the largest comes first."""

    @property
    def name(self) -> str:
        """The words in English."""
        return str(self.words)

    @property
    def change(self) -> float | None:
        """How much more the scenario decides; None where one of the plans does not reach that fiscal year."""
        return None if self.base is None or self.scenario is None else self.scenario - self.base


@dataclass(frozen=True)
class BindingChange:
    """A limit that binds in one plan or in both."""

    rule: str
    words: Message
    """What it is about."""
    base: tuple[str, ...] | None
    """First months of the periods in which it binds in the base; None where it does not bind there."""
    scenario: tuple[str, ...] | None
    alike: bool
    """Whether it binds in both plans, in the same periods."""

    @property
    def subject(self) -> str:
        """The words in English."""
        return str(self.words)


def decision_changes(base: Outcome, scenario: Outcome) -> tuple[list[DecisionChange], int]:
    """The decisions that differ, those that move most money first, and the number of those that are alike.

    The decisions of both are summed over the fiscal years of the base, by the first month of their period.
    """
    calendar = base.case.calendar
    one, other = _decided(base, calendar), _decided(scenario, calendar)
    years, years_there = _years(base, calendar), _years(scenario, calendar)
    changed, alike = [], 0
    for key in dict.fromkeys((*one, *other)):
        kind, name, year, unit = key
        (here, here_money), (there, there_money) = one.get(key, (0.0, 0.0)), other.get(key, (0.0, 0.0))
        if abs(there - here) <= 1e-6 * max(1.0, abs(here), abs(there)):
            alike += 1
            continue
        per_unit = max((money / amount for amount, money in ((here, here_money), (there, there_money)) if amount > 0))
        weight = abs(there - here) * per_unit
        shown_here = here if year is None or year in years or here else None
        shown_there = there if year is None or year in years_there or there else None
        changed.append(DecisionChange(kind, name, year, unit, shown_here, shown_there, weight))
    changed.sort(
        key=lambda change: (-change.weight, change.kind, change.name, change.year.number if change.year else 0)
    )
    return changed, alike


Key = tuple[str, Message, FiscalYear | None, str]


def _decided(outcome: Outcome, of: Calendar) -> dict[Key, tuple[float, float]]:
    """Amount and money of every decision, by kind, name, fiscal year and unit."""
    found: dict[Key, tuple[float, float]] = {}
    for key, amount, money in _entries(outcome, of):
        held = found.get(key, (0.0, 0.0))
        found[key] = (held[0] + amount, held[1] + money)
    return found


def _years(outcome: Outcome, of: Calendar) -> set[FiscalYear]:
    """The fiscal years of a calendar that a plan reaches."""
    return {of.fiscal_year(month) for month in outcome.case.calendar.starts}


def _entries(outcome: Outcome, of: Calendar) -> Iterator[tuple[Key, float, float]]:
    case, decisions = outcome.case, outcome.decisions
    facts, calendar = Facts(case, decisions), case.calendar
    currency = case.finance.currency

    def year(t: int) -> FiscalYear:
        return of.fiscal_year(calendar.starts[t])

    for order, count in decisions.order.items():
        offer, site, t = order
        cost = sum(facts.unit_cost(order).values())
        yield ("order", _at(offer, site), year(t), "systems"), count, count * cost
    for start, count in decisions.expand.items():
        cost = sum(facts.unit_cost(facts.block(start)).values())
        yield ("build", verbatim(start.expansion), year(start.period), "blocks"), count, count * cost
    for ((system, site, _), t), count in decisions.exit.items():
        yield ("leave", _at(system, site), year(t), "systems"), count, count * facts.typical_price(system, t)
    granted, repaid = outcome.audit.quantities.grant, outcome.audit.quantities.clawback
    for claim, amount in decisions.claim.items():
        programme, (name, site, t) = claim
        grant = granted[claim]
        about = say("{what} under {programme}", what=_at(name, site), programme=programme)
        yield ("claim", about, year(t), "units"), amount, grant
    for programme in case.programmes:
        all_of_it = sum(money for (name, *_), money in granted.items() if name == programme)
        used = decisions.join.get(programme, False) or any(claim.programme == programme for claim in decisions.claim)
        yield ("take part", verbatim(programme), None, "yes = 1"), float(used), all_of_it
    for (programme, t), money in repaid.items():
        yield ("give back", verbatim(programme), year(t), currency), money, money
    for (programme, fiscal_year), money in decisions.credit.items():
        yield ("use tax credit", _in_own_years(verbatim(programme), calendar, of), fiscal_year, currency), money, money
    for (paid_for,), money in decisions.dividend.items():
        yield ("pay", _in_own_years(say("owners"), calendar, of), paid_for, currency), money, money
    for (loan, t), money in decisions.draw.items():
        yield ("draw", verbatim(loan), year(t), currency), money, money
    for (loan, t), money in decisions.repay.items():
        yield ("repay", verbatim(loan), year(t), currency), money, money


def _at(what: str, site: str) -> Message:
    return say("{what} at {site}", what=what, site=site)


def _in_own_years(what: Message, calendar: Calendar, of: Calendar) -> Message:
    """What belongs to a fiscal year that no other calendar has, with words that say so."""
    month = calendar.fiscal_year_start_month
    if month == of.fiscal_year_start_month:
        return what
    return say("{what}, fiscal years from month {month}", what=what, month=month)


def binding_changes(base: Outcome, scenario: Outcome) -> list[BindingChange]:
    """Limits that bind in either plan: first those that only bind in the scenario, then those no longer, then both."""
    calendar, calendar_there = base.case.calendar, scenario.case.calendar
    one, other = _by_subject(base, calendar), _by_subject(scenario, calendar)
    found = []
    for key in dict.fromkeys((*one, *other)):
        words, _ = one.get(key) or other[key]
        here, there = (held[key][1] if key in held else None for held in (one, other))
        alike = here == there and (not here or calendar.period == calendar_there.period)
        found.append(BindingChange(key[0], words, here, there, alike))
    return sorted(found, key=lambda change: (change.scenario is None, change.base is not None))


def _by_subject(outcome: Outcome, of: Calendar) -> dict[tuple[str, str], tuple[Message, tuple[str, ...]]]:
    """What binding limits are about and when they bind, by rule and by what they are about in English."""
    calendar, found = outcome.case.calendar, {}
    for one in binding(outcome):
        words = _in_own_years(one.words, calendar, of) if one.of_a_year else one.words
        found[one.rule, str(words)] = words, tuple(calendar.label(t) for t in one.periods)
    return found
