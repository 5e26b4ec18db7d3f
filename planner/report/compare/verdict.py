"""What became of a scenario, in a sentence, and how figures are called."""

from __future__ import annotations

from planner.outcome import Outcome
from planner.report.amounts import short
from planner.report.compare.figures import unit_of
from planner.report.compare.tables import told_apart
from planner.studies.compare import Compared


def verdict(one: Compared, base: Outcome) -> str:
    """What became of a scenario, in a sentence."""
    if one.difference is None:
        return f"no plan. {one.run.message}"
    bridge, likeness = one.difference.bridge, one.difference.likeness
    by = _difference(one.run.plan, base)
    if likeness.verdict == "same decisions":
        return f"the same decisions; {by}" if bridge.difference else "the same plan"
    if likeness.verdict == "equally good":
        return (
            f"{by}; the decisions differ, but each plan is allowed in the other's case and worth the same there within "
            "the gap: an alternative optimum, not a change"
        )
    gap = "" if one.run.plan.proof.within_gap else "; not proven within the gap that was asked for"
    return f"{by}; another plan{gap}"


def _difference(plan: Outcome, base: Outcome) -> str:
    """How much more or less a plan is worth than the base, and both values: a difference alone is taken for a value."""
    there, here = plan.audit.accounts.npv, base.audit.accounts.npv
    currency = base.case.finance.currency
    difference = short(abs(there - here))
    if difference == "0":
        return "the same net present value as the base"
    side = "more" if there > here else "less"
    values = " instead of ".join(told_apart(there, here, short(there), short(here)))
    return f"net present value {difference} {currency} {side} than the base ({values} {currency})"


def plain(name: str) -> str:
    """A name in plain words."""
    return name.replace("_", " ")


def unit_words(figure: str, outcome: Outcome) -> str:
    """The unit of a figure; amounts of money are in the currency of the case."""
    unit = unit_of(figure, outcome)
    if figure.startswith("cost_per_"):
        return f"{unit}, before tax"
    return outcome.case.finance.currency if unit == "money" else unit
