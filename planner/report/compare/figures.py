"""The headline figures of a plan by name, as numbers with units, for comparisons and conditions."""

from __future__ import annotations

import dataclasses

from planner.outcome import Outcome
from planner.report.headline import Headline, headline

MONEY = "money"
UNITS = {
    "accelerators_ordered": "accelerators",
    "peak_accelerators": "accelerators",
    "peak_pflops": "PFLOPS",
    "peak_power_kw": "kW",
    "accelerator_hours": "hours",
    "utilisation": "share",
    "internal_rate_of_return": "share",
    "modified_internal_rate_of_return": "share",
    "equity_rate_of_return": "share",
    "rates_of_return": "rates",
    "added_rate_of_return": "share",
    "added_rates_of_return": "rates",
    "equity_rates_of_return": "rates",
    "gap": "share",
    "payback_years": "years",
    "payback": "years",
}
"""Units of the figures that are not money."""
TITLES = {
    "value_added": "value added",
    "value_of_doing_nothing": "value of doing nothing further",
    "added_rate_of_return": "rate of return of what is added",
    "added_rates_of_return": "rates of return of what is added",
    "added_payback_years": "payback of what is added",
    "cost_per_added_accelerator_hour": "cost of an added accelerator-hour",
    "cost_before_grants_per_added_accelerator_hour": "cost of an added accelerator-hour before grants",
    "npv": "net present value",
    "npv_before_financing": "value before financing",
    "cost_of_loans": "what loans cost",
    "equity_value": "value to the owners",
    "internal_rate_of_return": "internal rate of return",
    "sign_changes": "how often flows change their sign",
    "rates_of_return": "internal rates of return",
    "modified_internal_rate_of_return": "modified internal rate of return",
    "equity_rate_of_return": "rate of return of the owners",
    "equity_rates_of_return": "rates of return of the owners",
    "payback_years": "payback",
    "terminal_value_present": "present value of what stands at the end",
    "capex": "capital expenditure",
    "grants": "grants",
    "grants_repaid": "grants repaid",
    "tax_credits": "tax credits used",
    "public_money": "public money in all",
    "lowest_cash": "lowest cash",
    "peak_debt": "highest debt",
    "debt_at_the_end": "debt at the end",
    "interest": "interest",
    "tax_paid": "tax paid",
    "lowest_debt_service_cover": "lowest debt service cover",
    "accelerators_ordered": "accelerators ordered",
    "peak_accelerators": "most accelerators installed",
    "peak_pflops": "most dense BF16 installed",
    "peak_power_kw": "most power drawn",
    "accelerator_hours": "accelerator-hours at work",
    "utilisation": "utilisation",
    "cost_per_accelerator_hour": "cost of an accelerator-hour at work",
    "cost_per_pflops_hour": "cost of a PFLOPS-hour at work",
    "grants_per_accelerator": "public money for one accelerator bought with it",
    "grants_per_pflops": "public money for one PFLOPS bought with it, dense BF16",
    "objective": "objective",
    "gap": "gap",
}
"""What the figures are called where they are not asked for by name."""
PERIODS = ("_period",)
"""How the names of figures end that number a period; a period is no amount to compare."""


def figure_names() -> list[str]:
    """The names of all figures that a plan may have."""
    kinds = ("float", "int", "float | None", "int | None")
    fields = [field.name for field in dataclasses.fields(Headline) if field.type in kinds]
    return [*(name for name in fields if not name.endswith(PERIODS)), "objective", "gap"]


def figures_of(outcome: Outcome) -> dict[str, float]:
    """The headline figures that are numbers, the objective and its gap; what a plan does not have is left out."""
    return figures_in(headline(outcome), outcome)


def figures_in(facts: Headline, outcome: Outcome) -> dict[str, float]:
    """The same of headline figures that were worked out already."""
    found = {name: getattr(facts, name, None) for name in figure_names()}
    found |= {"objective": outcome.proof.objective, "gap": outcome.proof.relative_gap}
    return {name: float(value) for name, value in found.items() if value is not None}


def unit_of(figure: str, outcome: Outcome) -> str:
    """The unit of a figure; 'money' where it is an amount in the currency of the case."""
    if figure == "objective":
        return MONEY if outcome.proof.unit == outcome.case.finance.currency else outcome.proof.unit
    if figure in UNITS:
        return UNITS[figure]
    if "_per_" in figure:
        per = figure.partition("_per_")[2].replace("_", "-").replace("pflops", "PFLOPS")
        return f"{outcome.case.finance.currency}/{per}"
    for ending, unit in (("_share", "share"), ("_years", "years"), ("_cover", "times"), ("_changes", "times")):
        if figure.endswith(ending):
            return unit
    return MONEY
