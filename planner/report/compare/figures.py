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
