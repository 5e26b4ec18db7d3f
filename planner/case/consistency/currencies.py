"""Currencies: every amount can be turned into the currency of the results, in every month that it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path, with_way_out
from planner.case.consistency.in_time import first_delivery
from planner.case.consistency.stated_figures import said_in, steps_of
from planner.case.consistency.typical_price import uses_of_typical_prices
from planner.case.consistency.unknown import as_far_as_known
from planner.case.finance import Finance
from planner.case.offer import Offer
from planner.case.quantities import Money, Month, Rate
from planner.case.site import Expansion
from planner.case.timeline import Timeline
from planner.case.usual_prices import usual_rate
from planner.case.words import nearest

_FARTHEST_RATE = 5.0
"""How many times what it usually is, or how many times less, an exchange rate may be."""
_SECTIONS = ("offers", "sites", "expansions", "workloads", "programmes")


def in_currency_of_results(money: Money, finance: Finance, month: Month) -> float | None:
    """An amount at the rate of a month; None where there is no rate."""
    if money.currency == finance.currency:
        return money.amount
    rates = finance.exchange_rates.get(money.currency)
    rate = rates.at(month) if rates is not None else None
    return None if rate is None else money.amount * rate.amount


def _amounts_in(value: object, path: Path) -> Iterator[tuple[Path, Money | Rate]]:
    """All amounts of money in a noun, with the path of each as a case file has it."""
    for place, _, said in said_in(value, path):
        for where, amount in steps_of(said, place):
            if isinstance(amount, Money | Rate):
                yield where, amount


def _amounts(draft: Draft, finance: Finance) -> Iterator[tuple[Path, Money | Rate]]:
    """The amounts that the case itself states and the plan has to convert."""
    for path, amount in _amounts_in(finance, ("finance",)):
        if path[1] != "exchange_rates":
            yield path, amount
    for section in _SECTIONS:
        for name, noun in getattr(draft, section).items():
            if not _comes_too_late(draft, noun):
                yield from _amounts_in(noun, (section, name))


def _comes_too_late(draft: Draft, noun: object) -> bool:
    """Whether nothing can come of an offer or a block within the horizon; as long as that is not known, it can."""
    calendar = draft.calendar
    with as_far_as_known():
        if calendar is not None and isinstance(noun, Offer) and noun.system in draft.systems:
            lead = noun.effective_lead_time(draft.systems[noun.system])
            return lead is not None and first_delivery(calendar, noun.order_window, lead) is None
        if calendar is not None and isinstance(noun, Expansion):
            return first_delivery(calendar, noun.start_window, noun.lead_time) is None
    return False


def figures_keep_their_currency(draft: Draft) -> Iterator[Finding]:
    """All steps of a figure that changes with time are in one currency and per one unit, as a row of a table is."""
    for section in _SECTIONS:
        for path, steps in _timelines_in(getattr(draft, section), (section,)):
            first, kind = steps[0][1], _currency_and_unit(steps[0][1])
            for month, step in steps:
                with as_far_as_known():
                    if _currency_and_unit(step) != kind:
                        found = f"{step} stands in one figure with {first}"
                        allowed = "one currency and one unit for all steps of a figure"
                        yield Finding(
                            (*path, str(month)), found, allowed, "convert it, or split the figure into two offers"
                        )


def _timelines_in(value: object, path: Path) -> Iterator[tuple[Path, list[tuple[Month, Money | Rate]]]]:
    """The steps of all figures of money that may change with time in a noun, as far as they are known."""
    for where, _, said in said_in(value, path):
        if isinstance(said, Timeline):
            steps = [(month, step) for month, step in said.steps if isinstance(step, Money | Rate)]
            if steps:
                yield where, steps


def _currency_and_unit(money: Money | Rate) -> tuple[str, str]:
    return money.currency, money.per if isinstance(money, Rate) else ""


def currencies_have_a_rate(draft: Draft) -> Iterator[Finding]:
    """Every currency but that of the results has an exchange rate. Each is reported where it is first used."""
    finance = draft.finance
    if finance is None:
        return
    known = {finance.currency, *finance.exchange_rates}
    for path, amount in _amounts(draft, finance):
        with as_far_as_known():
            if amount.currency not in known:
                words = amount.words if isinstance(amount, Money) else str(amount)
                yield _without_rate(path, words, amount.currency, finance, known, str(amount))
    for use in uses_of_typical_prices(draft):
        with as_far_as_known():
            price = draft.systems[use.system].price.typical
            if price is not None and price.currency not in known:
                words = f"{use.words} {price.words}, which"
                yield _without_rate(use.path, words, price.currency, finance, known)


def _without_rate(path: Path, words: str, code: str, finance: Finance, known: set[str], written: str = "") -> Finding:
    """The finding of an amount in a currency that has no rate; from then on the currency counts as known."""
    own = finance.currency
    way = f"add what one {code} costs to finance.exchange_rates: `{code}: ... {own}`"
    near = nearest(code, known - {code}) if written else ""
    remedy = f"did you mean {written.replace(code, near)}?" if near else way
    known.add(code)
    found = f"{words} cannot be turned into {own}: {code} has no exchange rate"
    return Finding(path, found, f"{own}, or a currency with an exchange rate", remedy)


def rates_are_in_the_currency_of_results(draft: Draft) -> Iterator[Finding]:
    """An exchange rate is the price of one foreign unit in the currency of the results, and not turned round."""
    finance = draft.finance
    if finance is None:
        return
    for path, rate in _amounts_in(finance.exchange_rates, ("finance", "exchange_rates")):
        with as_far_as_known():
            foreign = path[2]
            allowed = f"the price of one {foreign} in {finance.currency}"
            if foreign == finance.currency:
                yield Finding(path, f"{foreign} is the currency of the results", "a foreign currency", "remove it")
            elif rate.currency != finance.currency:
                yield Finding(path, f"{rate} is not in {finance.currency}", allowed)
            elif rate.amount <= 0:
                yield Finding(path, f"{rate} is no price", allowed)
            elif not draft.explains(path):
                yield from _far_from_usual(path, rate, allowed)


def _far_from_usual(path: Path, rate: Money | Rate, allowed: str) -> Iterator[Finding]:
    """An exchange rate that is turned round, or of another size than it has been for decades."""
    foreign, usual = path[2], usual_rate(path[2], rate.currency)
    if usual is None or 1 / _FARTHEST_RATE <= rate.amount / usual <= _FARTHEST_RATE:
        return
    turned = 1 / _FARTHEST_RATE <= rate.amount * usual <= _FARTHEST_RATE
    found = f"{rate} for one {foreign} looks turned round" if turned else f"{rate} for one {foreign} is implausible"
    least, most = (f"{times * usual:.2g}" for times in (1 / _FARTHEST_RATE, _FARTHEST_RATE))
    span = f"{allowed}, between {least} and {most}"
    yield Finding(path, found, span, with_way_out(path, f"write what one {foreign} costs."))


def rates_cover_the_horizon(draft: Draft) -> Iterator[Finding]:
    """Every exchange rate has a value from the start of the horizon."""
    if draft.finance is None or draft.calendar is None:
        return
    start = draft.calendar.start
    for currency, rates in draft.finance.exchange_rates.items():
        with as_far_as_known():
            if rates.at(start) is None:
                first = rates.steps[0][0]
                path = ("finance", "exchange_rates", currency)
                yield Finding(path, f"no value before {first}", f"a value from {start} on", f"add a value for {start}")
