"""Why a system was not bought at a site: the price at which it would be, what stands in the way, what forcing costs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from planner.audit import audit
from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.decisions import Decisions
from planner.explain.offer_price import first_price, with_price
from planner.model.build import build
from planner.model.linear import Row, count
from planner.outcome import LimitPrice, Outcome
from planner.results import decisions_of
from planner.solving.forced import best_with

MOST_STEPS = 12
"""Steps towards the price; most cases need three."""
CLOSE = 1e-9
"""Values that differ by less, as a share, count as equal."""
CHEAPEST = 1e-3
"""Below this share of its price a system is as good as given away."""
ABOVE, STRIDE = 1.01, 1.1
"""How far above a price it is looked whether it still enters: one per cent, then steps of ten."""
TOUCH = 1e-4
"""A change of price that is small enough to read a slope from."""


@dataclass(frozen=True)
class Side:
    """The best plan on one side of the question, and what it is worth at a price."""

    worth: float
    decisions: Decisions
    slope: float
    """By how much the same plan is worth more where the price is higher by its whole; negative."""


@dataclass(frozen=True)
class WhyNot:
    """The answer for one offer at one site; money in the unit of the objective."""

    offer: str
    site: str
    bought: int = 0
    """Systems that the plan buys there; then there is nothing to ask."""
    reasons: tuple[str, ...] = ()
    """Why it cannot stand there at all."""
    enters_at: float | None = None
    """Share of its present price at which the best plan buys it there; None where no price does."""
    price: str = ""
    """The first price of the offer at that share, as the case file says it."""
    forcing_costs: float | None = None
    """What the best plan with one there is worth less; None where no plan has room for one."""
    limits: tuple[LimitPrice, ...] = field(default=())
    """Binding limits that it would have to share."""

    @property
    def is_a_tie(self) -> bool:
        """Whether a plan with one there is as good as the plan without."""
        return self.forcing_costs is not None and self.enters_at == 1.0


def why_not(outcome: Outcome, offer: str, site: str, *, gap: float, seconds: float) -> WhyNot:
    """Works out the price at which an offer would be bought for a site, by planning with it and without it.

    With one system there at least, and with none, the best plans are worth the same at the price in question. Each plan
    alone is worth so much more for every yen that the price is lower; from that the next price to try follows, and the
    last one is exact.
    """
    case = outcome.case
    bought = sum(n for (o, d, _), n in outcome.decisions.order.items() if (o, d) == (offer, site))
    if bought:
        return WhyNot(offer, site, bought=bought)
    reasons = tuple(_reasons(case, offer, site))
    if reasons:
        return WhyNot(offer, site, reasons=reasons)
    question = _Question(case, offer, site, gap, seconds)
    share, forcing = question.answer()
    return WhyNot(
        offer,
        site,
        enters_at=share,
        price="" if share is None else first_price(case, offer, share),
        forcing_costs=forcing,
        limits=tuple(limit for limit in outcome.prices or () if _is_in_the_way(case, limit, offer, site)),
    )


@dataclass
class _Question:
    case: Case
    offer: str
    site: str
    gap: float
    seconds: float

    def answer(self) -> tuple[float | None, float | None]:
        """The share of the price at which it enters, and the cost of forcing one in at the present price."""
        here = self.difference(1.0)
        if here is None:
            share = self._somewhere_below(1.0)
            return (None if share is None else self._highest(share)), None
        if abs(here[0]) <= CLOSE * here[2]:
            return 1.0, 0.0
        share = self._by_slopes(here)
        return (None if share is None else self._highest(share)), max(0.0, -here[0])

    def _by_slopes(self, here: tuple[float, float, float]) -> float | None:
        """From price to price, each where the plans of the last one would be worth the same."""
        share = 1.0
        for _ in range(MOST_STEPS):
            gain, slope, scale = here
            if abs(gain) <= CLOSE * scale:
                return share
            lower = share - gain / slope if slope < 0 else 0.0
            found = self.difference(lower) if CHEAPEST < lower < 1.0 else None
            if found is None:  # what the price does to cash is no slope: it enters at some price, or at none
                return self._somewhere_below(1.0)
            share, here = lower, found
        return self._somewhere_below(1.0)

    def _somewhere_below(self, high: float) -> float | None:
        """A price below, by halving; None where it does not enter even as good as given away."""
        return self._between(CHEAPEST, high) if self._enters(CHEAPEST) else None

    def _highest(self, share: float) -> float:
        """The highest such price: where one per cent more is not too much yet, further up."""
        low, high = share, share * ABOVE
        while high < 1.0 and self._enters(high):
            low, high = high, min(1.0, high * STRIDE)
        return share if low == share else self._between(low, high)

    def _between(self, low: float, high: float) -> float:
        """The share between one at which it enters and one at which it does not."""
        while high - low > TOUCH * low:
            middle = (low + high) / 2
            low, high = (middle, high) if self._enters(middle) else (low, middle)
        return low

    def _enters(self, share: float) -> bool:
        found = self.difference(share)
        return found is not None and found[0] > CLOSE * found[2]

    def difference(self, share: float) -> tuple[float, float, float] | None:
        """What one there is worth at a share of the price, the slope of that, and the size of what it is part of."""
        case = with_price(self.case, self.offer, share)
        there = self._side(case, share, at_least_one=True)
        if there is None:
            return None
        nowhere = self._side(case, share, at_least_one=False)
        if nowhere is None:
            return math.inf, 0.0, 1.0
        gain = there.worth - nowhere.worth
        return gain, there.slope - nowhere.slope, max(1.0, abs(nowhere.worth))

    def _side(self, case: Case, share: float, *, at_least_one: bool) -> Side | None:
        model = build(coefficients_of(case))
        columns = [column for (o, d, _), column in model.decide.order.items() if (o, d) == (self.offer, self.site)]
        if at_least_one and not columns:
            return None
        ordered = count(columns)
        row = Row("forced", (self.offer, self.site), ordered >= 1.0 if at_least_one else ordered <= 0.0)
        found = best_with(model, [row], gap=self.gap, seconds=self.seconds)
        if found is None:
            return None
        decisions = decisions_of(model, found.values)
        sign = 1.0 if model.more_is_better else -1.0
        unit = 1.0 if case.objective.kind == "compute" else model.figures.money_unit
        cheaper = with_price(self.case, self.offer, share * (1 - TOUCH))
        slope = (audit(case, decisions).objective - audit(cheaper, decisions).objective) / (share * TOUCH)
        return Side(sign * found.objective * unit, decisions, sign * slope)


def _reasons(case: Case, offer: str, site: str) -> list[str]:
    """Why an offer cannot come to stand at a site within the horizon, whatever it costs."""
    system, place = case.systems[case.offers[offer].system], case.sites[site]
    name, needs = case.offers[offer].system, system.installation
    figures = coefficients_of(case)
    if set(needs.cooling).isdisjoint(place.cooling):
        needed, there = " or ".join(needs.cooling), " and ".join(place.cooling)
        return [f"{name} needs {needed} cooling; {site} has {there or 'none'}"]
    if (name, site, "power") not in figures.use:
        return [f"{name} does not fit into a rack of {site}: too much power or too high"]
    if not any((o, d) == (offer, site) for o, d, _ in figures.delivery):
        return [f"no order of {offer} reaches {site} in time: order window, lead time, opening of the site and horizon"]
    orders = [limit for (o, d, _), limit in figures.order_limit.items() if (o, d) == (offer, site)]
    if not any(orders):
        return [f"there is no room or no supply for even one {name} at {site}"]
    return []


def _is_in_the_way(case: Case, limit: LimitPrice, offer: str, site: str) -> bool:
    first, _, rest = limit.path.partition(".")
    if first == "sites":
        return rest.startswith(f"{site}.")
    if first == "offers":
        return rest.startswith(f"{offer}.")
    if first == "supply_chain_limits":
        return rest in case.offers[offer].tags
    if first == "programmes":
        return _may_pay(case, rest.partition(".")[0], offer, site)
    return first in ("finance", "workloads")


def _may_pay(case: Case, name: str, offer: str, site: str) -> bool:
    """Whether a programme may pay for systems of an offer at a site, in the right months."""
    programme, place = case.programmes[name], case.sites[site]
    counted = (
        (programme.systems, case.offers[offer].system),
        (programme.sites, site),
        (programme.regions, place.region),
    )
    return programme.categories != ("facility",) and all(not names or one in names for names, one in counted)
