"""What the case says about money, period by period: prices as paid, eligible cost, and what programmes take off it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.allowed import categories_of, claim_allowed
from planner.audit.dates import delivery_month, ready_month
from planner.case.case import Case
from planner.case.offer import Payment
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

    def order_payments(self, offer: str, t: int) -> dict[int, float]:
        """What one system of an order costs without additions, by number of the month in which it is paid; also what
        is paid after the horizon. The duty on each part is paid with it."""
        terms, delivered = self.case.offers[offer], delivery_month(self.case, offer, t)
        parts = self._in_parts(self._asked(offer, t), terms.payment, t, delivered)
        duty = self.at(terms.import_duty, t) or 0.0
        return {month: part + duty * part for month, part in parts.items()} if duty else parts

    def additions_share(self, offer: str) -> float:
        """Network, storage and installation of an offer as a share of its price."""
        terms = self.case.offers[offer]
        typical = self.case.systems[terms.system].additions.typical
        return terms.additions if terms.additions is not None else (typical or 0.0)

    def block_payments(self, expansion: str, t: int) -> dict[int, float]:
        """What one block costs, by number of the month in which it is paid; also what is paid after the horizon."""
        terms = self.case.expansions[expansion]
        capex = terms.capex.at(self.calendar.starts[t])
        return self._in_parts(capex, terms.payment, t, ready_month(self.case, expansion, t))

    def _in_parts(self, price: Money | None, terms: Payment, t: int, delivered: Month) -> dict[int, float]:
        """A price in the parts that its terms say, each at the exchange rate of its period; after the horizon at that
        of the last one."""
        ordered = self.calendar.starts[t]
        parts = [(ordered, terms.at_order), (delivered, 1 - terms.at_order)]
        if terms.instalments:
            parts = []
            for one in terms.instalments:
                since = ordered if one.event == "order" else delivered
                due = since.plus(one.lag.months - one.advance.months)
                parts.append((due if due > ordered else ordered, one.share))
        found: dict[int, float] = {}
        for due, share in parts:
            t_due = min(self.calendar.period_containing(due), self.periods[-1])
            month = self.calendar.number_of(due)
            found[month] = found.get(month, 0.0) + share * self.money(price, t_due)
        return found

    def unit_cost(self, investment: Investment) -> dict[CostCategory, float]:
        """Cost of one unit of an investment by category, as paid."""
        name, _, t = investment
        if name in self.case.expansions:
            return {"facility": sum(self.block_payments(name, t).values())}
        price = sum(self.order_payments(name, t).values())
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
        """What one system of a vintage fetches at the start of a month, at the prices of period ``t``.

        A share of its typical price, or of what a new one costs then if that is less.
        """
        system, finance = self.case.systems[vintage.system], self.case.finance
        curve = [(point.age.months, point.share) for point in system.resale or finance.resale]
        share = resale_share(curve, month - vintage.arrival.month)
        market = system.resale_factor if system.resale_factor is not None else finance.resale_factor
        if market is not None:
            share = min(share * (self.at(market, t) or 0.0), 1.0)
        return share * min((self.typical_price(vintage.system, t), *self._open_prices(vintage.system, t)))

    def _open_prices(self, system: str, t: int) -> Iterator[float]:
        """What each offer of a system asks for one that is ordered in a period, without additions."""
        for name, terms in self.case.offers.items():
            if terms.system == system and terms.order_window.holds(self.calendar.starts[t]):
                yield self.money(self._asked(name, t), t)

    def _asked(self, offer: str, t: int) -> Money | None:
        """The price of one system of an offer that is ordered in a period."""
        terms = self.case.offers[offer]
        stated = terms.price.at(self.calendar.starts[t]) if terms.price else None
        return stated or self.case.systems[terms.system].price.typical
