"""The lines of the cash flow, as sums over the decisions: who pays or is paid what, and when.

Decisions are made by period, money moves by month. What is dated has its month; what runs over a period comes month by
month, with the hours or in equal parts, and so one sum a period says it all. Amounts are in money units and positive,
whichever way the money flows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from planner.coefficients import Coefficients, Discount, Due, TaxYearTerms
from planner.model.lending import Lending
from planner.model.linear import LinearExpression
from planner.model.pieces import Pieces
from planner.model.variables import Variables
from planner.outcome import FINANCE_COSTS, INVESTMENTS, LINES
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.keys import Arrival, Balance, CashPoint, OnCredit, Payout

TAX_ON = {
    "revenue": "output_tax",
    "energy": "input_tax_energy",
    "selling_costs": "input_tax_energy",
    "rent": "input_tax_operation",
    "operations": "input_tax_operation",
    "maintenance": "input_tax_operation",
}
"""The line of consumption tax on each line that runs over a period."""


class CashFlow:
    """Every line by period and, of what is dated, by month; ``tax`` gives the tax of a fiscal year."""

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
    def dated(self) -> dict[str, dict[int, LinearExpression]]:
        """What is paid or comes in at the start or at the end of a month, by line and month."""
        found: dict[str, dict[int, LinearExpression]] = {
            key: defaultdict(LinearExpression) for key, line in CASH_LINES.items() if line.is_dated
        }
        self._order_payments(found)
        self._block_payments(found)
        for month, units, amount in self.pieces.payments():
            found["grants"][month].add_term(units, amount)
        for month, exits, amount in self.pieces.clawbacks():
            found["grants_repaid"][month].add_term(exits, amount)
        for (vintage, t), column in self.decide.exit.items():
            proceeds = self.coefficients.vintages.resale[vintage.system, vintage.arrival, t]
            found["resale"][self._first(t)].add_term(column, proceeds)
        for month, due in self.coefficients.vintages.contracted.items():
            found["contracted"][month].add_term(due, 1.0)
        for assessment, terms in self.coefficients.property_taxes.assessments.items():
            for month, share in terms.due:
                found["property_tax"][month].add_term(self.decide.assessed[assessment], share)
        for (loan, t), column in self.decide.draw.items():
            found["loans_drawn"][self._first(t)].add_term(column, 1.0)
            if fee := self.coefficients.loans[loan].arrangement_fee:
                found["arrangement_fees"][self._first(t)].add_term(column, fee)
        for (_, t), column in self.decide.repay.items():
            found["loans_repaid"][self._last(t)].add_term(column, 1.0)
        self._interest_on_cash(found["interest_on_cash"])
        for year in self.coefficients.tax.years:
            for month, part in year.due:
                found["tax"][month].add_term(self.tax(year), part)
        for month, amount in self.coefficients.tax.before:
            found["tax"][month].add_term(amount, 1.0)
        self._open_balances(found)
        self._consumption_tax(found)
        self._dividends(found["dividends"])
        return found

    @cached_property
    def lines(self) -> dict[str, list[LinearExpression]]:
        """Every line of the cash flow, by period."""
        calendar = self.coefficients.calendar
        found: dict[str, list[LinearExpression]] = {
            line: [LinearExpression() for _ in self.coefficients.periods] for line in LINES
        }
        self._running_costs(found)
        for (loan, t), _ in self.decide.repay.items():
            found["interest"][t].add_term(self.lending.owed_during(loan, t), self.coefficients.loans[loan].interest[t])
            if self.coefficients.loans[loan].capitalised[t]:
                found["interest_capitalised"][t].add_term(self.lending.capitalised_in(loan, t), 1.0)
            if fee := self.coefficients.loans[loan].commitment_fee[t]:
                found["commitment_fees"][t].add_term(self.lending.undrawn(loan, t), fee)
        for line, factors in self.coefficients.consumption_tax.factors.items():
            for t, factor in enumerate(factors):
                if factor:
                    found[TAX_ON[line]][t].add_term(found[line][t], factor)
        for line, by_month in self.dated.items():
            for month, amount in by_month.items():
                found[line][calendar.period_of(month)].add_term(amount, 1.0)
        return found

    def present(self, *lines: str, discount: Discount | None = None) -> LinearExpression:
        """Present value of some lines, added up whichever way they flow; at the cost of capital or another."""
        discount, found = discount or self.coefficients.budget.discount, LinearExpression()
        for line in lines:
            timing = CASH_LINES[line].timing
            if line in self.dated:
                for month, amount in self.dated[line].items():
                    found.add_term(amount, discount.dated(timing, month))
            else:
                for t in self.coefficients.periods:
                    found.add_term(self.lines[line][t], discount.spread(timing, t))
        return found

    def present_of_loan(self, loan: str) -> LinearExpression:
        """Present value of a loan: what was owed and is drawn, less interest, fees, repayments and what is left."""
        terms, discount = self.coefficients.loans[loan], self.coefficients.budget.discount
        found = LinearExpression({}, terms.outstanding)
        for (name, t), column in self.decide.draw.items():
            if name == loan:
                found.add_term(column, (1 - terms.arrangement_fee) * discount.dated("start", self._first(t)))
        for t in self.coefficients.periods:
            balance = Balance(loan, t)
            paid = terms.interest[t] - terms.capitalised[t]
            found.add_term(self.lending.owed_during(loan, t), -paid * discount.spread("months", t))
            if fee := terms.commitment_fee[t]:
                found.add_term(self.lending.undrawn(loan, t), -fee * discount.spread("months", t))
            found.add_term(self.decide.repay[balance], -discount.dated("end", self._last(t)))
        return found.add_term(self.decide.owed[balance], -discount.at_end)

    def present_shield(self) -> LinearExpression:
        """Present value of what interest and fees save in tax, year by year when the tax of the year is paid."""
        discount, found = self.coefficients.budget.discount, LinearExpression()
        for year in self.coefficients.tax.years:
            factor = year.owed * discount.at_end + sum(part * discount.dated("end", month) for month, part in year.due)
            for t in year.periods:
                for line in FINANCE_COSTS:
                    found.add_term(self.lines[line][t], year.rate * factor)
        return found

    def sold(self, workloads: tuple[str, ...], t: int) -> LinearExpression:
        """Revenue of some workloads in a period."""
        found = LinearExpression()
        for key, column in self.decide.serve.items():
            if key.period == t and key.workload in workloads:
                found.add_term(column, self.coefficients.demand.revenue[key.workload, key.system, t])
        return found

    def on_credit(self, key: OnCredit) -> LinearExpression:
        """What of a period is paid later under some terms."""
        trade, (terms, t) = self.coefficients.trade, key
        if terms in trade.sales:
            return self.sold(trade.sales[terms], t) * (1 + self._tax_on("revenue", t))
        found = LinearExpression()
        for line in trade.costs[terms]:
            found.add_term(self.lines[line][t], 1 + self._tax_on(line, t))
        return found

    def _tax_on(self, line: str, t: int) -> float:
        """Consumption tax on one unit of money of a line that runs over a period."""
        factors = self.coefficients.consumption_tax.factors
        return factors[line][t] if factors else 0.0

    def open_at_end(self, line: str) -> LinearExpression:
        """What is still owed by customers, or to suppliers, at the end of the horizon."""
        found = LinearExpression({}, self.coefficients.trade.due_later.get(line, 0.0))
        for key, share in self.coefficients.trade.left.items():
            if key.terms.line == line:
                found.add_term(self.decide.on_credit[key], share)
        return found

    def _open_balances(self, found: dict[str, dict[int, LinearExpression]]) -> None:
        """By how much what customers owe, and what is owed to suppliers, grows in each month."""
        trade = self.coefficients.trade
        for key, column in self.decide.on_credit.items():
            for month, share in trade.moved[key].items():
                found[key.terms.line][month].add_term(column, share)
        for line, by_month in trade.opening.items():
            for month, due in by_month.items():
                found[line][month].add_term(due, -1.0)

    def _consumption_tax(self, found: dict[str, dict[int, LinearExpression]]) -> None:
        """Tax on investments in the month of their payment, and what is settled with the state."""
        terms, calendar = self.coefficients.consumption_tax, self.coefficients.calendar
        for line in INVESTMENTS if terms.factors else ():
            for month, amount in found[line].items():
                if factor := terms.investment[calendar.period_of(month)]:
                    found["input_tax_investment"][month].add_term(amount, factor)
        counted: dict[int, list[int]] = defaultdict(list)
        for month, paid_in in enumerate(terms.settled):
            if paid_in is not None:
                counted[paid_in].append(month)
        for paid_in, months in counted.items():
            found["tax_settled"][paid_in].add_term(self._taxed_in(found, months), 1.0)

    def _taxed_in(self, found: dict[str, dict[int, LinearExpression]], months: list[int]) -> LinearExpression:
        """What of consumption tax counts in some months: received less paid, on investments so long after."""
        calendar, counted = self.coefficients.calendar, LinearExpression()
        for t in dict.fromkeys(map(calendar.period_of, months)):
            here = [month for month in months if calendar.period_of(month) == t]
            share = sum(map(calendar.days_of_month, here)) / calendar.days[t]
            counted.add_term(self.decide.taxed_hourly[t,], share)
            counted.add_term(self.decide.taxed_monthly[t,], len(here) / calendar.months_per_period)
        for month in months:
            paid = found["input_tax_investment"].get(month - self.coefficients.consumption_tax.deduction_lag)
            if paid is not None:
                counted.add_term(paid, -1.0)
        return counted

    @cached_property
    def owed_to_state(self) -> LinearExpression:
        """Consumption tax that is not settled at the end of the horizon; negative where it is to come back."""
        terms, found = self.coefficients.consumption_tax, LinearExpression()
        later = [month for month, paid_in in enumerate(terms.settled) if paid_in is None]
        found.add_term(self._taxed_in(self.dated, later), 1.0)
        last = len(terms.settled)
        for month, amount in self.dated["input_tax_investment"].items():
            if month + terms.deduction_lag >= last:
                found.add_term(amount, -1.0)
        return found

    def _dividends(self, found: dict[int, LinearExpression]) -> None:
        """What owners are paid for each fiscal year, at the end of its month."""
        for year in self.coefficients.dividends.years:
            found[year.month].add_term(self.decide.dividend[Payout(year.name)], 1.0)

    def _interest_on_cash(self, found: dict[int, LinearExpression]) -> None:
        """Interest at the end of each month on what the payments at its start have left."""
        for month, _ in enumerate(self.coefficients.calendar.months):
            point = CashPoint(self.coefficients.calendar.months[month])
            if rate := self.coefficients.budget.interest_on_cash[self.coefficients.calendar.period_of(month)]:
                found[month].add_term(self.decide.cash[point,], rate)

    def _first(self, t: int) -> int:
        """Number of the first month of a period."""
        return self.coefficients.calendar.months_of(t)[0]

    def _last(self, t: int) -> int:
        """Number of the last month of a period."""
        return self.coefficients.calendar.months_of(t)[-1]

    @cached_property
    def unpaid(self) -> LinearExpression:
        """What is still to be paid at the end of the horizon for what was ordered and started."""
        coefficients, found = self.coefficients, LinearExpression()
        for (offer, _, t), column in self.decide.order.items():
            owed = sum(due.amount for due in coefficients.offers.payments[offer, t] if not self._is_inside(due))
            if owed:
                found.add_term(column, owed * (1 + coefficients.offers.additions_share[offer]))
        for key, column in self.decide.expand.items():
            if owed := sum(due.amount for due in coefficients.blocks.payments[key] if not self._is_inside(due)):
                found.add_term(column, owed)
        return found

    def _is_inside(self, due: Due) -> bool:
        return due.month < len(self.coefficients.calendar.months)

    def _order_payments(self, found: dict[str, dict[int, LinearExpression]]) -> None:
        offers = self.coefficients.offers
        for (offer, _, t), column in self.decide.order.items():
            share = offers.additions_share[offer]
            for due in filter(self._is_inside, offers.payments[offer, t]):
                found["system_price"][due.month].add_term(column, due.amount)
                found["additions"][due.month].add_term(column, due.amount * share)

    def _block_payments(self, found: dict[str, dict[int, LinearExpression]]) -> None:
        for key, column in self.decide.expand.items():
            for due in filter(self._is_inside, self.coefficients.blocks.payments[key]):
                found["expansion"][due.month].add_term(column, due.amount)

    def _running_costs(self, found: dict[str, list[LinearExpression]]) -> None:
        coefficients = self.coefficients
        for key, column in self.decide.installed.items():
            system, _, t = key
            found["energy"][t].add_term(column, coefficients.sites.energy_idle[key])
            found["rent"][t].add_term(column, coefficients.sites.rent[key])
            found["operations"][t].add_term(column, coefficients.sites.operations[key])
            found["maintenance"][t].add_term(column, coefficients.sites.maintenance[system, t])
        self._maintenance_by_age(found["maintenance"])
        for (workload, system, site, t), column in self.decide.serve.items():
            found["energy"][t].add_term(column, coefficients.sites.energy_work[system, site, t])
            found["revenue"][t].add_term(column, coefficients.demand.revenue[workload, system, t])
            if cost := coefficients.demand.selling_costs.get((workload, system, t)):
                found["selling_costs"][t].add_term(column, cost)

    def _maintenance_by_age(self, found: list[LinearExpression]) -> None:
        """What young systems cost more or less than old ones, from what arrived and what of it has left."""
        vintages, offers = self.coefficients.vintages, self.coefficients.offers
        by_vintage: dict[tuple[str, Arrival], list[tuple[int, float]]] = defaultdict(list)
        for (system, arrival, t), more in vintages.maintenance.items():
            by_vintage[system, arrival].append((t, more))
        for order, column in self.decide.order.items():
            vintage = offers.vintage[order]
            for t, more in by_vintage.get((vintage.system, vintage.arrival), ()):
                found[t].add_term(column, more)
        for vintage, (_, count) in vintages.fleet.items():
            for t, more in by_vintage.get((vintage.system, vintage.arrival), ()):
                found[t].add_term(count * more, 1.0)
        for (vintage, u), column in self.decide.exit.items():
            for t, more in by_vintage.get((vintage.system, vintage.arrival), ()):
                if t >= u:
                    found[t].add_term(column, -more)
