"""What the case says about money, period by period: prices as paid, eligible cost, and what programmes take off it."""

from __future__ import annotations

from planner.audit.allowed import categories_of, claim_allowed
from planner.audit.dates import delivery_month, ready_month
from planner.case.case import Case
from planner.case.programme import CostCategory
from planner.case.quantities import Money, Month, Rate
from planner.case.timeline import Timeline
from planner.finance.resale import resale_share
from planner.vocabulary.keys import Investment, Vintage

ROUNDING = 1e-9
"""Share of a cost that may be left of it by rounding alone."""


class Prices:
    """The case with the few figures of money that accounts and limits both need."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.calendar = case.calendar
        self.periods = range(case.calendar.periods)

    def at[T](self, timeline: Timeline[T] | None, t: int) -> T | None:
        """What a timeline says for period ``t``."""
        return None if timeline is None else timeline.at(self.calendar.starts[t])

    def money(self, money: Money | Rate | None, t: int) -> float:
        """Money in the currency of the case, at the exchange rate of period ``t``."""
        if money is None:
            return 0.0
        finance = self.case.finance
        if money.currency == finance.currency:
            return money.amount
        rate = finance.exchange_rates[money.currency].at(self.calendar.starts[t])
        assert rate is not None
        return money.amount * rate.amount

    def typical_price(self, system: str, t: int) -> float:
        """Typical price of a system in the currency of the case, at the exchange rate of period ``t``."""
        return self.money(self.case.systems[system].price.typical, t)

    def order_payments(self, offer: str, t: int) -> tuple[float, float]:
        """What one system of an order costs with the order and on delivery, without additions."""
        terms = self.case.offers[offer]
        stated = terms.price.at(self.calendar.starts[t]) if terms.price else None
        price = stated or self.case.systems[terms.system].price.typical
        share = terms.payment.at_order
        due = self.calendar.period_containing(delivery_month(self.case, offer, t))
        return share * self.money(price, t), (1 - share) * self.money(price, due)

    def additions_share(self, offer: str) -> float:
        """Network, storage and installation of an offer as a share of its price."""
        terms = self.case.offers[offer]
        typical = self.case.systems[terms.system].additions.typical
        return terms.additions if terms.additions is not None else (typical or 0.0)

    def block_payments(self, expansion: str, t: int) -> tuple[float, float]:
        """What one block costs at its start and when it is ready."""
        terms = self.case.expansions[expansion]
        capex = terms.capex.at(self.calendar.starts[t])
        share = terms.payment.at_order
        due = self.calendar.period_containing(ready_month(self.case, expansion, t))
        return share * self.money(capex, t), (1 - share) * self.money(capex, due)

    def unit_cost(self, investment: Investment) -> dict[CostCategory, float]:
        """Cost of one unit of an investment by category, as paid."""
        name, _, t = investment
        if name in self.case.expansions:
            return {"facility": sum(self.block_payments(name, t))}
        price = sum(self.order_payments(name, t))
        return {"systems": price, "additions": price * self.additions_share(name)}

    def eligible_cost(self, programme: str, investment: Investment) -> float:
        """Cost of one unit of an investment that counts under a programme, before others take anything off it."""
        costs = self.unit_cost(investment)
        counted = categories_of(self.case, programme, investment.name)
        return self.case.programmes[programme].eligible_share * sum(costs[category] for category in counted)

    def grant(self, programme: str, investment: Investment) -> float:
        """What a programme pays, credits or writes off for one unit for which no other comes before it."""
        return self.case.programmes[programme].rate * self.eligible_cost(programme, investment)

    def taken_off_before(self, programme: str, investment: Investment) -> dict[str, float]:
        """What each programme that comes first takes off the eligible cost of one unit that it pays for as well.

        In the order in which the programme names them; nothing is taken off what the first ones left nothing of. What
        is left is nothing where it is no more than the rounding of the cost.
        """
        left = eligible = self.eligible_cost(programme, investment)
        taken: dict[str, float] = {}
        for earlier in self.case.programmes[programme].after:
            if earlier in self.case.programmes and claim_allowed(self.case, earlier, investment):
                off = min(left, self.grant(earlier, investment))
                taken[earlier] = off if off > ROUNDING * eligible else 0.0
                left -= taken[earlier]
        return taken

    def resale(self, vintage: Vintage, month: Month, t: int) -> float:
        """What one system of a vintage fetches at the start of a month, at the prices of period ``t``."""
        curve = [(point.age.months, point.share) for point in self.case.finance.resale]
        return resale_share(curve, month - vintage.arrival.month) * self.typical_price(vintage.system, t)
