"""What financing does to the value of a plan: tax that interest saves, and what each loan is worth, date by date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.audit.facts import Facts
from planner.audit.lending import costs_of, drawn, outstanding, owed_of, repaid
from planner.audit.months import present_value
from planner.outcome import TaxYear
from planner.vocabulary.keys import FiscalYear


def shield_of(facts: Facts, costs: Sequence[float], years: Mapping[FiscalYear, TaxYear]) -> list[float]:
    """What interest and fees save in tax, by turn of months: those of a year when its tax is paid, at the last turn
    where that is after the horizon. Where tax is paid in advance by the tax of the year before, that is less as well,
    and its rest is more.

    A year without tax has its shield as well: what it pays to lenders adds to the losses that save tax later.
    """
    terms, months = facts.case.finance.tax, len(facts.calendar.months)
    shield, a_year_before = [0.0] * (months + 1), 0.0

    def turn(month: int | None) -> int:
        return months if month is None else month + 1

    for year, result in years.items():
        assert terms is not None
        periods = facts.calendar.fiscal_years[year]
        rate = facts.at(terms.rate, periods[0]) or 0.0
        saved, less = rate * sum(costs[t] for t in periods), 0.0
        if terms.interim is not None:
            less = terms.interim.share * a_year_before
            shield[turn(result.advance_in)] += less
            a_year_before = saved * 12 / (facts.calendar.months_per_period * len(periods))
        shield[turn(result.paid_in)] += saved - less
    return shield


def loan_cost(facts: Facts, name: str, discount: Sequence[float]) -> float:
    """What a loan costs at the cost of capital: its present value where that is negative; nothing where it is not."""
    return max(0.0, -present_value(discount, _loan_flows(facts, name)))


def _loan_flows(facts: Facts, name: str) -> list[float]:
    """What a loan brings less what it takes, by turn of months, as if it were taken over at the start for what is owed
    then, and paid off at the end of the horizon for what is owed then."""
    costs = costs_of(facts, name)
    flows = [0.0] * (len(facts.calendar.months) + 1)
    flows[0] += outstanding(facts, name)
    for t in facts.periods:
        months = facts.calendar.months_of(t)
        flows[months[0]] += drawn(facts, name, t) - costs["arrangement_fees"][t]
        for month in months:
            paid = costs["interest"][t] - costs["interest_capitalised"][t] + costs["commitment_fees"][t]
            flows[month + 1] -= paid / len(months)
        flows[months[-1] + 1] -= repaid(facts, name, t)
    flows[-1] -= owed_of(facts, name)[-1]
    return flows
