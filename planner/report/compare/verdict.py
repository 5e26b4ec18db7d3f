"""What became of a scenario, in a sentence, and how figures are called."""

from __future__ import annotations

from planner.outcome import Outcome
from planner.report.compare.figures import unit_of
from planner.report.compare.tables import money_words
from planner.studies.compare import Compared


def verdict(one: Compared, base: Outcome) -> str:
    """What became of a scenario, in a sentence."""
    if one.difference is None:
        return f"no plan. {one.run.message}"
    bridge, likeness = one.difference.bridge, one.difference.likeness
    currency = base.case.finance.currency
    by = f"net present value {_signed(bridge.difference)} {currency}"
    if likeness.verdict == "same decisions":
        return f"the same decisions; {by}" if bridge.difference else "the same plan"
    if likeness.verdict == "equally good":
        return (
            f"{by}; the decisions differ, but each plan is allowed in the other's case and worth the same there within "
            "the gap: an alternative optimum, not a change"
        )
    gap = "" if one.run.plan.proof.within_gap else "; not proven within the gap that was asked for"
    return f"{by}; another plan{gap}"


def _signed(amount: float) -> str:
    return f"{'+' if amount > 0 else ''}{money_words(amount)}"


def plain(name: str) -> str:
    """A name in plain words."""
    return name.replace("_", " ")


def unit_words(figure: str, outcome: Outcome) -> str:
    """The unit of a figure; amounts of money are in the currency of the case."""
    unit = unit_of(figure, outcome)
    return outcome.case.finance.currency if unit == "money" else unit
