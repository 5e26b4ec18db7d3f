"""Plausibility: figures so far from what exists that they are more likely a mistake of unit or of quantity.

A figure that is right all the same is let through by a reason, which ``unusual`` of the case gives under its path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from planner.case.calendar import Calendar
from planner.case.consistency.bounds import BOUNDS, SPECIAL_RATE, Bound
from planner.case.consistency.currencies import in_currency_of_results
from planner.case.consistency.draft import Draft, Finding, Path, with_way_out
from planner.case.consistency.hardware import KW_PER_ACCELERATOR, draws_a_plausible_power
from planner.case.consistency.stated_figures import StatedFigure, Value, stated_figures
from planner.case.consistency.unknown import as_far_as_known
from planner.case.finance import Finance
from planner.case.quantities import Duration, Money, Month, Rate, amount_text
from planner.case.system import System
from planner.case.timeline import ALWAYS
from planner.case.usual_prices import span_in

USD_PER_ACCELERATOR = (300, 500_000)
"""From a used card to ten times the dearest accelerator announced, its share of the rack included."""
USD_PER_KW = (50, 100_000)
"""Of a block that adds power: from cables in a finished hall to several times a new building with everything."""
MOST_TIMES_THE_HIGHEST_PRICE = 10
"""An offer so far above the highest price of the catalogue is in the wrong currency or scale."""
Converter = Callable[[Money], float | None]
"""An amount in the currency of the results; None where no rate is known."""


def figures_are_plausible(draft: Draft) -> Iterator[Finding]:
    """Amounts, rates, powers and durations are of a size that exists."""
    for figure in stated_figures(draft):
        with as_far_as_known():
            pattern = figure.pattern
            if isinstance(figure.value, Rate) and figure.value.per == "accelerator-hour":
                pattern = "workloads.*.price_by_system.*"
            bound = SPECIAL_RATE if _is_written_off(draft, figure) else BOUNDS.get(pattern)
            if bound is not None:
                yield from _unless_explained(draft, _outside(figure.path, figure.value, bound))


def _is_written_off(draft: Draft, figure: StatedFigure) -> bool:
    """Whether a figure is the rate of a special depreciation."""
    if figure.pattern != "programmes.*.rate":
        return False
    return draft.programmes[figure.path[1]].aid.is_written_off


def hardware_is_plausible(draft: Draft) -> Iterator[Finding]:
    """Power fits the number of accelerators, and the cost of a block the power that it adds."""
    for name, system in draft.systems.items():
        with as_far_as_known():
            path = ("systems", name, "installation", "power")
            yield from _unless_explained(draft, _implausible_power(path, system))
    for name, expansion in draft.expansions.items():
        with as_far_as_known():
            for month, cost in expansion.capex.steps if expansion.adds.power_kw >= 1 else ():
                where = _at(("expansions", name, "capex"), month)
                hint = "is it the cost of one block, and is the power that of one block?"
                yield from _unless_explained(
                    draft, _per_unit(where, cost, expansion.adds.power_kw, "kW", USD_PER_KW, hint)
                )


def prices_are_plausible(draft: Draft) -> Iterator[Finding]:
    """No price lies below the floor of the catalogue, far above its highest price, or far from all that exists."""
    if draft.finance is None or draft.calendar is None:
        return
    hint = "is this the price of one whole system, with all its accelerators, in the right currency?"
    for path, price, month, name in _prices(draft):
        with as_far_as_known():
            found = _strange_price(path, price, month, draft.systems[name], draft.finance, draft.calendar, hint)
            yield from _unless_explained(draft, islice(found, 1))


def _strange_price(
    path: Path, price: Money, month: Month, system: System, finance: Finance, calendar: Calendar, hint: str
) -> Iterator[Finding]:
    with as_far_as_known():
        yield from _too_low(path, price, system, hint, _converter(finance, max(month, calendar.start)))
    with as_far_as_known():
        yield from _too_high(path, price, system, hint, _converter(finance, max(month, calendar.start)))
    yield from _per_unit(path, price, system.accelerators, "accelerator", USD_PER_ACCELERATOR, hint)


def reasons_are_given(draft: Draft) -> Iterator[Finding]:
    """What is unusual on purpose has a reason."""
    for path, reason in draft.unusual.items():
        with as_far_as_known():
            if not reason.strip():
                yield Finding(("unusual", path), "the reason is empty", "why the figure is right", "write the reason")


def _unless_explained(draft: Draft, found: Iterator[Finding]) -> Iterator[Finding]:
    """The findings for which the case gives no reason, each with the way to give one."""
    for finding in found:
        if not draft.explains(finding.path):
            yield replace(finding, remedy=with_way_out(finding.path, finding.remedy))


def _outside(path: Path, value: Value, bound: Bound) -> Iterator[Finding]:
    """What is outside of its bound."""
    size = _size(value)
    span = (bound.least, bound.most)
    if isinstance(value, Money | Rate):
        in_own = span_in(value.currency, *span)
        if in_own is None:
            return
        span = in_own
    if (size == 0 and bound.zero is not False) or span[0] <= size <= span[1]:
        return
    longer, shorter = ("long", "short") if isinstance(value, Duration) else ("high", "low")
    written = str(value) if isinstance(value, Duration) else _words(size, value, bound)
    found = f"{written} is implausibly {longer if size > span[1] else shorter}"
    least, most = (_words(edge, value, bound) for edge in span)
    remedy = bound.hint
    if bound.measure == "share" and span[0] <= size * 100 <= span[1]:
        remedy = f"did you mean {_words(size * 100, value, bound)}?"
    yield Finding(path, found, f"{least} to {most}" + (", or zero" if bound.zero else ""), remedy)


def _size(value: Value) -> float:
    if isinstance(value, Duration):
        return value.months
    return abs(value.amount) if isinstance(value, Money | Rate) else value


def _words(size: float, value: Value, bound: Bound) -> str:
    """A size as people write the figure."""
    if isinstance(value, Money):
        return Money(amount=size, currency=value.currency).words
    if isinstance(value, Rate):
        return f"{amount_text(size)} {value.currency}/{value.per}"
    if bound.measure == "share":
        return f"{size * 100:.4g} %"
    if bound.measure == "months":
        return f"{size / 12:g} years" if size >= 24 and size % 12 == 0 else f"{size:g} month{'s' * (size != 1)}"
    return f"{size:,.10g} kW" if bound.measure == "kW" else f"{size:,.10g}"


def _implausible_power(path: Path, system: System) -> Iterator[Finding]:
    power, count = system.installation.power_kw, system.accelerators
    if power is None or draws_a_plausible_power(system):
        return
    found = f"{power:,.10g} kW for {count} accelerators is implausible"
    allowed = f"{KW_PER_ACCELERATOR[0]:g} kW to {KW_PER_ACCELERATOR[1]:g} kW per accelerator"
    yield Finding(path, found, allowed, f"is it {power:,.10g} {'W' if power / count > 1 else 'MW'}?")


def _per_unit(
    path: Path, cost: Money, count: float, unit: str, usd: tuple[float, float], hint: str
) -> Iterator[Finding]:
    """What costs implausibly little or much for the number of units it has."""
    span = span_in(cost.currency, *usd)
    if span is None or not count or not cost.amount or span[0] <= cost.amount / count <= span[1]:
        return
    each, least, most = (Money(amount=round(a, 2), currency=cost.currency).words for a in (cost.amount / count, *span))
    size = "low" if cost.amount / count < span[0] else "high"
    yield Finding(path, f"{each} per {unit} is implausibly {size}", f"{least} to {most} per {unit}", hint)


def _prices(draft: Draft) -> Iterator[tuple[Path, Money, Month, str]]:
    """Prices of one system: where each stands, its month, and whose price it is."""
    for name, system in draft.systems.items():
        with as_far_as_known():
            for field in ("low", "typical", "high"):
                price: Money | None = getattr(system.price, field)
                if price is not None:
                    yield ("systems", name, "price", field), price, ALWAYS, name
    for name, offer in draft.offers.items():
        with as_far_as_known():
            if offer.price is not None and offer.system in draft.systems:
                for month, price in offer.price.steps:
                    yield _at(("offers", name, "price"), month), price, month, offer.system


def _at(path: Path, month: Month) -> Path:
    """The path of a step; a figure that always holds stands at its own path."""
    return path if month == ALWAYS else (*path, str(month))


def _converter(finance: Finance, month: Month) -> Converter:
    return lambda money: in_currency_of_results(money, finance, month)


def _too_low(path: Path, price: Money, system: System, hint: str, cost_of: Converter) -> Iterator[Finding]:
    floor, count = system.price.floor_per_accelerator, system.accelerators
    if floor is None or not count:
        return
    cost, least = cost_of(price), cost_of(floor)
    if cost is not None and least is not None and cost / count < least:
        each = f"{price.amount / count:,.0f} {price.currency} per accelerator"
        found = f"{each} ({price.words} for {count}) is below the plausible floor of {floor.words}"
        yield Finding(path, found, f"at least {floor.amount * count:,.0f} {floor.currency} for one system", hint)


def _too_high(path: Path, price: Money, system: System, hint: str, cost_of: Converter) -> Iterator[Finding]:
    highest, times = system.price.high or system.price.typical, MOST_TIMES_THE_HIGHEST_PRICE
    if highest is None:
        return
    cost, most = cost_of(price), cost_of(highest)
    if cost is not None and most is not None and cost > times * most > 0:
        found = f"{price.words} is more than {times} times the highest known price of {highest.words}"
        yield Finding(path, found, "the price of one system", hint)
