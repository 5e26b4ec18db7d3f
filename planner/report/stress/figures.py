"""What a study keeps of a plan in one future: its headline figures, and the promises that it breaks there."""

from __future__ import annotations

from typing import Any

from planner.case.calendar import Calendar
from planner.decisions import summed
from planner.outcome import Limit, Outcome
from planner.report.compare.figures import figures_in
from planner.report.headline import headline
from planner.vocabulary.keys import CashPoint
from planner.vocabulary.message import Message, fiscal_year, verbatim

NAMED = ("obligation", "minimum_investment", "service_level", "site_loss", "supply_chain_share")
"""Rules whose limits are told apart by the first name that they are about; of the others there is one promise each."""
COVENANTS = "year_end_covenants"


def future_figures(outcome: Outcome) -> dict[str, Any]:
    """The figures of a plan in one future, as plain values.

    Amounts of money are in the currency of the case. ``broken`` lists the promises that the plan breaks, each with how
    far it does where that is most, and where it does so first; ``grants`` what each programme pays within the horizon.
    """
    facts, calendar = headline(outcome), outcome.case.calendar
    figures = figures_in(facts, outcome)
    duties = [limit for limit in outcome.audit.limits if limit.rule == "obligation" and limit.right > 0]
    if duties:
        figures["least_obligation_cover"] = min(limit.left / limit.right for limit in duties)
    paid = summed((name, amount) for (name, _), amount in outcome.audit.quantities.grant_paid.items())
    return {
        "figures": figures,
        "lowest_cash_at": _moment(facts.lowest_cash_at),
        "ordered": facts.systems_ordered,
        "grants": paid,
        "broken": _broken(outcome.audit.broken, calendar),
    }


def _moment(point: CashPoint) -> str:
    return str(point.month)


def _broken(limits: tuple[Limit, ...], calendar: Calendar) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for limit in limits:
        key = (limit.rule, name_of(limit))
        short, asked = abs(limit.left - limit.right), abs(limit.right)
        one = found.setdefault(
            key,
            {"rule": key[0], "name": key[1], "short": 0.0, "asked": asked, "unit": limit.unit,
             "at": str(when_of(limit, calendar)), "first": str(when_of(limit, calendar)), "times": 0},
        )  # fmt: skip
        one["times"] += 1
        if short > one["short"]:
            one |= {"short": short, "asked": asked, "at": str(when_of(limit, calendar))}
    return list(found.values())


def name_of(limit: Limit) -> str:
    """What tells the promises of one rule apart."""
    if limit.rule in NAMED:
        return limit.about.names[0]
    return limit.about.names[-1] if limit.rule == COVENANTS else ""


def when_of(limit: Limit, calendar: Calendar) -> Message:
    """The fiscal year, month or period that a limit is about; nothing where it is about the whole plan."""
    if limit.about.year is not None:
        return fiscal_year(limit.about.year.number)
    if limit.rule == "cash_balance":
        return verbatim(limit.about.names[0])
    return verbatim("" if limit.period is None else calendar.label(limit.period))
