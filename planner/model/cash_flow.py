"""The lines of the cash flow, as sums over the decisions: who pays or is paid what, and in which period.

Amounts are in money units and positive, whichever way the money flows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from planner.coefficients import Coefficients, TaxYearTerms
from planner.model.lending import Lending
from planner.model.linear import Sum
from planner.model.pieces import Pieces
from planner.model.variables import Variables
from planner.outcome import LINES


class CashFlow:
    """Every line by period; ``tax`` gives the tax of a fiscal year."""

    def __init__(
        self,
        figures: Coefficients,
        decide: Variables,
        pieces: Pieces,
        lending: Lending,
        tax: Callable[[TaxYearTerms], Sum],
    ) -> None:
        self.figures = figures
        self.decide = decide
        self.pieces = pieces
        self.lending = lending
        self.tax = tax

    @cached_property
    def lines(self) -> dict[str, list[Sum]]:
        """Every line of the cash flow, by period."""
        found: dict[str, list[Sum]] = {line: [Sum() for _ in self.figures.periods] for line in LINES}
        self._order_payments(found)
        self._block_payments(found)
        self._running_costs(found)
        for piece in self.pieces.grants:
            for t, share in piece.terms.parts:
                found["grants"][t].plus(piece.units, share * piece.amount)
            for t, leavers, amount in piece.given_back():
                found["grants_repaid"][t].plus(leavers, amount)
        for (vintage, t), column in self.decide.exit.items():
            found["resale"][t].plus(column, self.figures.resale[vintage.system, vintage.arrival, t])
        for t, amount in self.figures.contracted.items():
            found["contracted"][t].plus(amount, 1.0)
        self._loan_payments(found)
        for year in self.figures.tax_years:
            if year.paid_in is not None:
                found["tax"][year.paid_in].plus(self.tax(year), 1.0)
        return found

    def _order_payments(self, found: dict[str, list[Sum]]) -> None:
        figures = self.figures
        for key, column in self.decide.order.items():
            offer, _, t = key
            share = figures.additions_share[offer]
            for period, price in (
                (t, figures.price_now[offer, t]),
                (figures.delivery[key], figures.price_then[offer, t]),
            ):
                found["system_price"][period].plus(column, price)
                found["additions"][period].plus(column, price * share)

    def _block_payments(self, found: dict[str, list[Sum]]) -> None:
        for key, column in self.decide.expand.items():
            found["expansion"][key.period].plus(column, self.figures.capex_now[key])
            found["expansion"][self.figures.ready[key]].plus(column, self.figures.capex_then[key])

    def _running_costs(self, found: dict[str, list[Sum]]) -> None:
        figures = self.figures
        for key, column in self.decide.installed.items():
            system, _, t = key
            found["energy"][t].plus(column, figures.energy_idle[key])
            found["rent"][t].plus(column, figures.rent[key])
            found["operations"][t].plus(column, figures.operations[key])
            found["maintenance"][t].plus(column, figures.maintenance[system, t])
        for (workload, system, site, t), column in self.decide.serve.items():
            found["energy"][t].plus(column, figures.energy_work[system, site, t])
            found["revenue"][t].plus(column, figures.revenue[workload, system, t])

    def _loan_payments(self, found: dict[str, list[Sum]]) -> None:
        for (_, t), column in self.decide.draw.items():
            found["loans_drawn"][t].plus(column, 1.0)
        for (loan, t), column in self.decide.repay.items():
            found["loans_repaid"][t].plus(column, 1.0)
            found["interest"][t].plus(self.lending.owed_during(loan, t), self.figures.loans[loan].interest[t])
