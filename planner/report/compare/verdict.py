"""What became of a scenario, in a sentence, and how figures, lines and limits are called."""

from __future__ import annotations

from planner.defaults import BASE
from planner.outcome import Outcome
from planner.report.compare.figures import TITLES, unit_of
from planner.report.compare.tables import BEFORE_TAX, told_apart
from planner.report.lines import line_words
from planner.report.voice import Voice
from planner.studies.compare import Compared


def verdict(one: Compared, base: Outcome, voice: Voice) -> str:
    """What became of a scenario, in a sentence."""
    if one.difference is None:
        return voice("no plan. {why}", why=one.run.message)
    bridge, likeness = one.difference.bridge, one.difference.likeness
    by = _difference(one.run.plan, base, voice)
    if likeness.verdict == "same decisions":
        return voice("the same decisions; {by}", by=by) if bridge.difference else voice("the same plan")
    if likeness.verdict == "equally good":
        return voice(
            "{by}; the decisions differ, but each plan is allowed in the other's case and worth the same there within "
            "the gap: an alternative optimum, not a change",
            by=by,
        )
    if one.run.plan.proof.within_gap:
        return voice("{by}; another plan", by=by)
    return voice("{by}; another plan; not proven within the gap that was asked for", by=by)


def _difference(plan: Outcome, base: Outcome, voice: Voice) -> str:
    """How much more or less a plan is worth than the base, and both values: a difference alone is taken for a value."""
    there, here = plan.audit.accounts.npv, base.audit.accounts.npv
    difference = voice.short(abs(there - here))
    if difference == "0":
        return voice("the same net present value as the base")
    one, other = told_apart(there, here, voice.short(there), voice.short(here))
    template = "net present value {difference} {currency} more than the base ({there} instead of {here} {currency})"
    if there < here:
        template = "net present value {difference} {currency} less than the base ({there} instead of {here} {currency})"
    return voice(template, difference=difference, currency=voice.currency_words, there=one, here=other)


def plan_name(name: str, voice: Voice) -> str:
    """What a plan is called: the base in the language, a scenario by its own name."""
    return voice(BASE) if name == BASE else name


def plain(name: str) -> str:
    """A name in plain words."""
    return name.replace("_", " ")


def figure_words(name: str, voice: Voice) -> str:
    """What a figure is called: in English by the name that conditions know it by."""
    return plain(name) if voice.is_english else voice(TITLES[name])


def line_title(line: str, voice: Voice) -> str:
    """What a line of the cash flow is called: in English by the name that files know it by."""
    return plain(line) if voice.is_english else voice(line_words(line))


def unit_words(figure: str, outcome: Outcome) -> str:
    """The unit of a figure; amounts of money are in the currency of the case."""
    unit = unit_of(figure, outcome)
    if figure.startswith("cost_per_"):
        return f"{unit}{BEFORE_TAX}"
    return outcome.case.finance.currency if unit == "money" else unit
