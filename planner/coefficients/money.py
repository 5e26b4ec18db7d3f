"""Money in one currency and one scale: the only place where amounts are exchanged and scaled."""

from __future__ import annotations

import math

from planner.case.case import Case
from planner.case.quantities import Money, Rate

PARTS_OF_A_SYSTEM = 64
"""A usual system costs about this many money units, so that both its hourly costs and the budget stay near one."""


def money_unit(case: Case) -> float:
    """Units of currency in one money unit of the model: a power of ten near a sixty-fourth of the median price.

    The solver takes anything below its tolerance for zero. Counting in billions made every one of sixty small plans
    wrong; counting so that a system costs a few dozen units made none of them wrong, in any currency.
    """
    exchange = Exchange(case, 1.0)
    priced = [offer.effective_price(case.systems[offer.system]) for offer in case.offers.values()]
    offered = [price for by_month in priced if by_month is not None for price in by_month.values()]
    known = [system.price.typical for system in case.systems.values()]
    for candidates in (offered, known, [case.finance.opening_cash]):
        amounts = sorted(
            exchange.money(price, 0)
            for price in candidates
            if price is not None and price.amount > 0 and exchange.has_rate(price.currency)
        )
        if amounts:
            return float(10.0 ** round(math.log10(amounts[len(amounts) // 2] / PARTS_OF_A_SYSTEM)))
    return 1.0


class Exchange:
    """Turns money of the case into money units of the model."""

    def __init__(self, case: Case, unit: float) -> None:
        self.case = case
        self.unit = unit
        self.starts = case.calendar.starts
        self._cache: dict[tuple[str, int], float] = {}

    def rate(self, currency: str, t: int) -> float:
        """Price of one unit of a currency in period ``t``, in the currency of the case."""
        if currency == self.case.finance.currency:
            return 1.0
        key = (currency, t)
        if key not in self._cache:
            quoted = self.case.finance.exchange_rates[currency].at(self.starts[t])
            if quoted is None:
                raise ValueError(f"no exchange rate for {currency} in {self.starts[t]}")
            self._cache[key] = quoted.amount
        return self._cache[key]

    def has_rate(self, currency: str) -> bool:
        """Whether amounts of a currency can be turned into that of the case; what the plan never reads need not be."""
        return currency == self.case.finance.currency or currency in self.case.finance.exchange_rates

    def money(self, money: Money | Rate | None, t: int) -> float:
        """An amount in money units, at the exchange rate of period ``t``; nothing counts as zero."""
        return 0.0 if money is None else money.amount * self.rate(money.currency, t) / self.unit
