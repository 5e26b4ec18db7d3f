"""Consumption tax: what is received and paid with each amount, and what is settled with the state, counted so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from planner.audit.facts import Facts
from planner.audit.months import by_month_of, by_period_of
from planner.audit.payments import dated
from planner.case.consumption_tax import ConsumptionTax
from planner.outcome import INVESTMENTS, Entry


def tax_entries(facts: Facts, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The tax on each amount, in the period or month of the amount; what it is on stands first in what it is about."""
    terms = facts.case.finance.consumption_tax
    if terms is None:
        return
    for entry in entries:
        share, line = _taxed(terms, entry.line)
        tax = entry.amount * share * (facts.at(terms.rate, entry.period) or 0.0)
        if tax:
            yield entry._replace(line=line, about=(entry.line, *entry.about), amount=tax)


def _taxed(terms: ConsumptionTax, line: str) -> tuple[float, str]:
    """The share of a line that bears the tax, and the line of that tax."""
    if line in INVESTMENTS:
        return terms.taxed_investment, "input_tax_investment"
    by_line = {
        "revenue": (terms.taxed_sales, "output_tax"),
        "energy": (terms.taxed_energy, "input_tax_energy"),
        "selling_costs": (terms.taxed_selling_costs, "input_tax_energy"),
        "rent": (terms.taxed_rent, "input_tax_operation"),
        "operations": (terms.taxed_operations, "input_tax_operation"),
        "maintenance": (terms.taxed_maintenance, "input_tax_operation"),
    }
    return by_line.get(line, (0.0, ""))


def settlements(facts: Facts, entries: Sequence[Entry]) -> list[float]:
    """What is paid to the state in each month; what comes back is negative.

    By the end of a month all is settled that counted by the end of the latest tax period whose lag is over by then.
    """
    terms, months = facts.case.finance.consumption_tax, facts.calendar.months
    if terms is None:
        return [0.0] * len(months)
    by_month = by_month_of(facts.calendar, by_period_of(facts, entries), entries)
    lag = terms.deduction_lag.months
    counted = []
    for month in range(len(months)):
        received = by_month["output_tax"][month]
        paid = by_month["input_tax_energy"][month] + by_month["input_tax_operation"][month]
        invested = by_month["input_tax_investment"][month - lag] if month >= lag else 0.0
        counted.append(received - paid - invested)
    so_far = [*accumulate(counted, initial=0.0)]
    ends = [number + 1 for number in range(len(months)) if _closes(facts, terms, number)]
    settled = [0.0]
    for turn in range(1, len(months) + 1):
        over = [end for end in ends if end + terms.settlement_lag.months <= turn]
        settled.append(so_far[max(over)] if over else 0.0)
    return [after - before for before, after in pairwise(settled)]


def _closes(facts: Facts, terms: ConsumptionTax, number: int) -> bool:
    """Whether a tax period ends with a month: so many of them have passed since a fiscal year began."""
    after = facts.calendar.months[number].plus(1)
    return (after.month - facts.calendar.fiscal_year_start_month) % terms.tax_period.months == 0


def settlement_entries(facts: Facts, settled: Sequence[float]) -> Iterator[Entry]:
    """One amount for each month in which something is settled."""
    for month, amount in enumerate(settled):
        if amount:
            yield dated(facts.calendar, "tax_settled", (), month, amount)


def owed_to_state(by_month: Mapping[str, Sequence[float]], settled: Sequence[float]) -> list[float]:
    """Received, less paid, less settled, by the end of each month; negative where it is to come back."""
    inputs = (by_month["input_tax_energy"], by_month["input_tax_operation"], by_month["input_tax_investment"], settled)
    return [*accumulate(got - sum(paid) for got, *paid in zip(by_month["output_tax"], *inputs, strict=True))]
