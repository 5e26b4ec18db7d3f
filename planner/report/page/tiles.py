"""The headline figures as tiles, value added first; each is the one of screen, workbook and plan.json."""

from __future__ import annotations

from collections.abc import Iterator

from planner.outcome import FINANCE_COSTS, Outcome
from planner.report.amounts import compute, power
from planner.report.headline import Headline
from planner.report.page.markup import Markup, element
from planner.report.served import served
from planner.report.voice import Voice
from planner.report.workbook.physical.placements import metric_label

MOST_WORKLOADS = 4
"""Workloads that get a tile each."""
Fact = tuple[str, str, str]
"""What it is called, the figure, and what there is to say about it."""


def tiles(outcome: Outcome, facts: Headline, voice: Voice) -> Markup:
    """The figures as a list of terms."""
    found = []
    for number, (name, figure, about) in enumerate(_facts(outcome, facts, voice)):
        words = element("dd", about, class_="about") if about else None
        kind = "tile" if number else "tile first"
        found.append(element("div", element("dt", name), element("dd", figure, class_="figure"), words, class_=kind))
    return element("dl", *found, class_="tiles")


def _facts(outcome: Outcome, facts: Headline, voice: Voice) -> Iterator[Fact]:
    label, money = outcome.case.calendar.label, voice.money
    yield from _worth(outcome, facts, voice)
    yield from _served(outcome, voice)
    yield voice("capital expenditure"), money(facts.capex), voice("as paid, before grants")
    if outcome.case.programmes:
        yield voice("grants"), money(facts.grants), voice("paid within the horizon")
    if facts.tax_credits:
        yield voice("tax credits"), money(facts.tax_credits), voice("taken off corporate tax")
    least = outcome.case.finance.minimum_cash
    floor = Voice(voice.language, least.currency).money(least.amount)
    about = voice("in {month}; floor {floor}", month=str(facts.lowest_cash_at.month), floor=floor)
    yield voice("lowest cash"), money(facts.lowest_cash), about
    if facts.peak_debt > 0:
        cover = facts.lowest_debt_service_cover
        words = voice("at the peak, {month}", month=label(facts.peak_debt_period))
        if cover is not None:
            template = "at the peak, {month}; served {cover} times over in the worst year"
            words = voice(template, month=label(facts.peak_debt_period), cover=f"{cover:.2f}")
        yield voice("debt"), money(facts.peak_debt), words
    if any(any(outcome.audit.accounts.lines[line]) for line in FINANCE_COSTS):
        yield voice("what loans cost"), money(facts.cost_of_loans), voice("more than capital does, already taken off")
    month, most = label(facts.peak_accelerators_period), f"{facts.peak_accelerators:,}"
    peak = voice("{count} installed at the peak, {month}", count=most, month=month)
    yield voice("accelerators ordered"), f"{facts.accelerators_ordered:,}", peak
    yield voice("dense BF16"), compute(facts.peak_pflops), voice("installed at the peak")
    yield voice("power"), power(facts.peak_power_kw), voice("of IT equipment at the peak")
    yield voice("utilisation"), voice.percent(facts.utilisation), voice("of installed accelerator-hours")
    cost, title = facts.cost_per_accelerator_hour, "cost of one accelerator-hour at work"
    if facts.cost_per_added_accelerator_hour is not None and outcome.something_stands:
        cost, title = facts.cost_per_added_accelerator_hour, "cost of one added accelerator-hour at work"
    if cost is not None:
        about = voice("before tax, discounted, after grants and end value")
        yield voice(title), voice.money(cost), about


def _served(outcome: Outcome, voice: Voice) -> Iterator[Fact]:
    """How much of what is asked for is met, on average over the hours of the plan; of many workloads the first ones."""
    demand = [*served(outcome)]
    for one in demand[:MOST_WORKLOADS]:
        unit = one.metric_words if voice.is_english else voice.speaker.unit(metric_label(one.metric))
        parts = {"workload": one.workload, "served": voice.digits(one.served), "asked": voice.digits(one.asked)}
        about = voice("{workload}: {served} of {asked} {unit}", **parts, unit=unit)
        yield voice("average demand served"), voice.percent(one.share), about
    if len(demand) > MOST_WORKLOADS:
        left = voice("{count} more workloads: see Fleet and placement in plan.xlsx", count=len(demand) - MOST_WORKLOADS)
        yield voice("average demand served"), "·", left


def _worth(outcome: Outcome, facts: Headline, voice: Voice) -> Iterator[Fact]:
    """What the plan adds, where that is known, and what it is worth."""
    if facts.value_added is not None and facts.value_of_doing_nothing is not None:
        nothing = voice.money(facts.value_of_doing_nothing)
        words = voice("against doing nothing further, worth {amount}", amount=nothing)
        if not outcome.something_stands:
            words = voice("all of it is added by the plan: nothing stands already")
        yield voice("value added"), voice.money(facts.value_added), words
        if outcome.decisions.buys_anything:
            rate, years = facts.added_rate_of_return, facts.added_payback_years
            yield (
                voice("rate of return of what is added"),
                _rate(rate, facts.added_rates_of_return, voice),
                voice("before financing, after tax, by real days"),
            )
            back = voice("no payback") if years is None else voice("{years} years", years=f"{years:.1f}")
            yield voice("payback of what is added"), back, voice("before financing, end value not counted")
    elif outcome.no_doing_nothing:
        yield voice("value added"), voice("unknown"), voice(outcome.no_doing_nothing)
    about = voice("of it terminal value {amount}", amount=voice.money(facts.terminal_value_present))
    yield voice("net present value"), voice.money(facts.npv), about
    if facts.equity_value is not None:
        yield voice("value to the owners"), voice.money(facts.equity_value), voice("after loans, at the cost of equity")


def _rate(rate: float | None, rates: int | None, voice: Voice) -> str:
    """A rate of return; not shown where several would do, for none of them says anything then."""
    if rate is None:
        return voice("none")
    return voice.percent(rate) if rates is None or rates <= 1 else voice("{count} rates would do", count=rates)
