"""The lines of the cash flow, as sums over the decisions: who pays or is paid what, and in which period.

Amounts are in money units and positive, whichever way the money flows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from planner.coefficients import Coefficients, TaxYearTerms
from planner.model.lending import Lending
from planner.model.linear import LinearExpression
from planner.model.pieces import Pieces
from planner.model.variables import Variables
from planner.outcome import LINES


class CashFlow:
    """Every line by period; ``tax`` gives the tax of a fiscal year."""

    def __init__(
        self,
        coefficients: Coefficients,
        decide: Variables,
        pieces: Pieces,
        lending: Lending,
        tax: Callable[[TaxYearTerms], LinearExpression],
    ) -> None:
        self.coefficients = coefficients
        self.decide = decide
        self.pieces = pieces
        self.lending = lending
        self.tax = tax

    @cached_property
    def lines(self) -> dict[str, list[LinearExpression]]:
        """Every line of the cash flow, by period."""
        found: dict[str, list[LinearExpression]] = {
            line: [LinearExpression() for _ in self.coefficients.periods] for line in LINES
        }
        self._order_payments(found)
        self._block_payments(found)
        self._running_costs(found)
        for t, units, amount in self.pieces.payments():
            found["grants"][t].add_term(units, amount)
        for t, exits, amount in self.pieces.clawbacks():
            found["grants_repaid"][t].add_term(exits, amount)
        for (vintage, t), column in self.decide.exit.items():
            found["resale"][t].add_term(column, self.coefficients.vintages.resale[vintage.system, vintage.arrival, t])
        for t, amount in self.coefficients.vintages.contracted.items():
            found["contracted"][t].add_term(amount, 1.0)
        self._loan_payments(found)
        for year in self.coefficients.tax.years:
            if year.paid_in is not None:
                found["tax"][year.paid_in].add_term(self.tax(year), 1.0)
        return found

    def _order_payments(self, found: dict[str, list[LinearExpression]]) -> None:
        coefficients = self.coefficients
        for key, column in self.decide.order.items():
            offer, _, t = key
            share = coefficients.offers.additions_share[offer]
            for period, price in (
                (t, coefficients.offers.price_now[offer, t]),
                (coefficients.offers.delivery[key], coefficients.offers.price_then[offer, t]),
            ):
                found["system_price"][period].add_term(column, price)
                found["additions"][period].add_term(column, price * share)

    def _block_payments(self, found: dict[str, list[LinearExpression]]) -> None:
        for key, column in self.decide.expand.items():
            found["expansion"][key.period].add_term(column, self.coefficients.blocks.capex_now[key])
            found["expansion"][self.coefficients.blocks.ready[key]].add_term(
                column, self.coefficients.blocks.capex_then[key]
            )

    def _running_costs(self, found: dict[str, list[LinearExpression]]) -> None:
        coefficients = self.coefficients
        for key, column in self.decide.installed.items():
            system, _, t = key
            found["energy"][t].add_term(column, coefficients.sites.energy_idle[key])
            found["rent"][t].add_term(column, coefficients.sites.rent[key])
            found["operations"][t].add_term(column, coefficients.sites.operations[key])
            found["maintenance"][t].add_term(column, coefficients.sites.maintenance[system, t])
        for (workload, system, site, t), column in self.decide.serve.items():
            found["energy"][t].add_term(column, coefficients.sites.energy_work[system, site, t])
            found["revenue"][t].add_term(column, coefficients.demand.revenue[workload, system, t])

    def _loan_payments(self, found: dict[str, list[LinearExpression]]) -> None:
        for (_, t), column in self.decide.draw.items():
            found["loans_drawn"][t].add_term(column, 1.0)
        for (loan, t), column in self.decide.repay.items():
            found["loans_repaid"][t].add_term(column, 1.0)
            found["interest"][t].add_term(self.lending.owed_during(loan, t), self.coefficients.loans[loan].interest[t])
