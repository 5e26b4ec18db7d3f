"""Named sums that rules, objective and report share: each is built once, so that a report cannot disagree with a rule.

Amounts of money are in money units and positive, whichever way the money flows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from planner.coefficients import Coefficients, Discount, LapseTerms, TaxYearTerms
from planner.model.books import Books
from planner.model.cash_flow import CashFlow
from planner.model.lenders import Lenders
from planner.model.lending import Lending
from planner.model.linear import LinearExpression, count, without_residue
from planner.model.overlaps import Overlaps
from planner.model.owners import Owners
from planner.model.pieces import Pieces
from planner.model.sets import Sets
from planner.model.system_sets import grouped
from planner.model.variables import Variables
from planner.outcome import CLAWBACKS, EARNINGS, FINANCE_COSTS, INVESTMENTS, OPERATING_COSTS
from planner.vocabulary.cash_lines import CASH_LINES, Timing
from planner.vocabulary.keys import (
    Claim,
    ClaimedExit,
    ExclusiveSet,
    OverlapExit,
    Stand,
    Start,
    Vintage,
)


class Expressions:
    """Named sums over the decisions."""

    def __init__(self, sets: Sets, coefficients: Coefficients, decide: Variables) -> None:
        self.sets = sets
        self.coefficients = coefficients
        self.decide = decide
        self.pieces = Pieces(sets, coefficients, decide)
        self.lending = Lending(coefficients, decide)
        self.overlaps = Overlaps(sets, coefficients, decide)

    def arrived(self, vintage: Vintage) -> LinearExpression:
        """Systems of a vintage: ordered, already there, or under contract."""
        order = self.sets.vintage_order.get(vintage)
        ordered = count([self.decide.order[order]] if order else [])
        return ordered.add_term(self.coefficients.vintages.fleet.get(vintage, (0, 0))[1], 1.0)

    def arriving(self, system: str, site: str, t: int) -> LinearExpression:
        """Systems that arrive at a site at the start of a period."""
        found = LinearExpression()
        for vintage in self.sets.arrivals.get((system, site, t), []):
            found.add_term(self.arrived(vintage), 1.0)
        return found

    def leaving(self, system: str, site: str, t: int) -> LinearExpression:
        """Systems that leave a site at the start of a period."""
        return count(self.decide.exit[key] for key in self.sets.exits_at.get((system, site, t), []))

    def standing_before(self, system: str, site: str, t: int) -> LinearExpression:
        """Systems that stood at a site in the period before; none before the first."""
        column = self.decide.installed.get(Stand(system, site, t - 1))
        return LinearExpression() if column is None else count([column])

    def built_until(self, block: Start | None) -> LinearExpression:
        """Blocks of an expansion started up to a period; none where there is no earlier one."""
        return LinearExpression() if block is None else count([self.decide.built[block]])

    def grants(self, programme: str, periods: range | tuple[int, ...]) -> LinearExpression:
        """What a programme pays in some periods; credits and what is written off at once count on delivery."""
        return self.pieces.counted(programme, periods)

    def awarded(self, programme: str) -> LinearExpression:
        """Everything that a programme gives, within the horizon or later, and given back or not."""
        return self.pieces.awarded(programme)

    def spend(self, offers: tuple[str, ...]) -> LinearExpression:
        """What orders from some offers cost, over the whole horizon."""
        wanted = set(offers)
        found = LinearExpression()
        for key, column in self.decide.order.items():
            if key.name in wanted:
                found.add_term(column, self.coefficients.units.cost[key])
        return found

    @property
    def lines(self) -> dict[str, list[LinearExpression]]:
        """Every line of the cash flow, by period."""
        return self.cash_flow.lines

    @cached_property
    def cash_flow(self) -> CashFlow:
        """The lines of the cash flow, by period and by month."""
        return CashFlow(self.coefficients, self.decide, self.pieces, self.lending, self.tax)

    def invested_until(self, t: int) -> LinearExpression:
        """Capital expenditure paid up to a period."""
        found = LinearExpression()
        for line in INVESTMENTS:
            for u in range(t + 1):
                found.add_term(self.lines[line][u], 1.0)
        return found

    @cached_property
    def lenders(self) -> Lenders:
        """What lenders look at in each fiscal year."""
        return Lenders(self.coefficients, self.decide, self.lines, self.books, self.profit, self.tax)

    @cached_property
    def owners(self) -> Owners:
        """What may be paid to owners, and what is."""
        return Owners(self.coefficients, self.decide, self.lines, self.profit, self.tax)

    def tax(self, year: TaxYearTerms) -> LinearExpression:
        """Tax on the profit of a fiscal year, less credits."""
        return self.tax_before_credits(year) - self.credits(year)

    def tax_before_credits(self, year: TaxYearTerms) -> LinearExpression:
        """Tax on the profit of a fiscal year as if no programme took anything off it."""
        return year.rate * (self.decide.gain[year.name,] - self.decide.loss_used[year.name,])

    def credits(self, year: TaxYearTerms) -> LinearExpression:
        """Tax credits of all programmes that are taken off the tax of a fiscal year."""
        return count(column for key, column in self.decide.credit.items() if key.year == year.name)

    def ended_losses(self, terms: LapseTerms) -> LinearExpression:
        """Losses that can be used no longer after the end of a fiscal year, as they were made."""
        return count(self.decide.loss[made_in,] for made_in in terms.made_in) + terms.before

    def profit(self, periods: tuple[int, ...]) -> LinearExpression:
        """Profit before tax over some periods in a row."""
        found = self.books.charges(periods) * -1.0
        for t in periods:
            for line in EARNINGS:
                found.add_term(self.lines[line][t], 1.0)
            for line in (*OPERATING_COSTS, *CLAWBACKS, *FINANCE_COSTS):
                found.add_term(self.lines[line][t], -1.0)
        return without_residue(found)

    @cached_property
    def books(self) -> Books:
        """Book values of investments."""
        return Books(self.sets, self.coefficients, self.decide, self.pieces, self.arrived)

    def gone_until(self, vintage: Vintage, t: int) -> LinearExpression:
        """Systems of a vintage that left up to the start of a period."""
        return count(self.decide.exit[key] for key in self.sets.vintage_exits[vintage] if key.period <= t)

    def claimed(self, vintage: Vintage, group: ExclusiveSet) -> LinearExpression:
        """Systems of a vintage claimed under some programmes."""
        claims = [Claim(j, self.sets.vintage_order[vintage]) for j in group]
        return count(self.decide.claim[claim] for claim in claims if claim in self.decide.claim)

    def claimed_exits(self, vintage: Vintage, group: ExclusiveSet, periods: Iterable[int]) -> LinearExpression:
        """Systems of a vintage claimed under some programmes among those that leave at the start of some periods."""
        order = self.sets.vintage_order[vintage]
        keys = [ClaimedExit(Claim(j, order), t) for t in periods for j in group]
        return count(self.decide.claimed_exit[key] for key in keys if key in self.decide.claimed_exit)

    @cached_property
    def exits_by_claim(self) -> dict[Claim, list[ClaimedExit]]:
        """Decisions on claimed systems that leave, by claim."""
        return grouped((key.claim, key) for key in self.sets.claimed_exits)

    def present_value(self, lines: Iterable[str], discount: Discount | None = None) -> LinearExpression:
        """Present value of some lines, what comes in less what goes out; at the cost of capital or another."""
        found = LinearExpression()
        for key in lines:
            found.add_term(self.cash_flow.present(key, discount=discount), CASH_LINES[key].sign)
        return found

    def moving_at(self, month: int, timing: Timing) -> LinearExpression:
        """What comes in less what goes out at the start or at the end of a month, of lines that have their month."""
        found = LinearExpression()
        for key, by_month in self.cash_flow.dated.items():
            if CASH_LINES[key].timing == timing and month in by_month:
                found.add_term(by_month[month], CASH_LINES[key].sign)
        return found

    def running_over(self, t: int, timing: Timing) -> LinearExpression:
        """What comes in less what goes out over a period, of lines that go with its hours or in equal months."""
        found = LinearExpression()
        for key, line in CASH_LINES.items():
            if line.timing == timing:
                found.add_term(self.lines[key][t], line.sign)
        return found

    def taxed(self, t: int, lines: tuple[str, ...]) -> LinearExpression:
        """Consumption tax of some lines over a period: received less paid."""
        found = LinearExpression()
        for line in lines:
            found.add_term(self.lines[line][t], CASH_LINES[line].sign)
        return found

    @cached_property
    def terminal(self) -> LinearExpression:
        """Terminal value of what is still installed at the end.

        Systems count at their resale value; those that a programme still retains count less its grant, which would
        have to be repaid: the grant on what was left of their cost. Blocks count at what is left of their cost less
        the grants on them. With gross values, a hall or a system that nobody uses would pay for itself as soon as a
        grant pays half of it. Property tax that is assessed and not yet due comes off, where end values count or not.
        """
        found = LinearExpression()
        for vintage in self.sets.vintages:
            value = self.coefficients.vintages.terminal.get((vintage.system, vintage.arrival), 0.0)
            found.add_term(self.arrived(vintage), value)
            for key in self.sets.vintage_exits[vintage]:
                found.add_term(self.decide.exit[key], -value)
        for retained, repaid in self.coefficients.claims.clawback_at_end.items():
            if retained in self.decide.claim:
                found.add_term(self.decide.claim[retained], -repaid)
                for leave in self.exits_by_claim.get(retained, []):
                    found.add_term(self.decide.claimed_exit[leave], repaid)
        for overlap, spared in self.coefficients.claims.clawback_spared_at_end.items():
            if overlap in self.sets.overlap_exit_periods:
                found.add_term(self.decide.overlap[overlap], spared)
                for u in self.sets.overlap_exit_periods[overlap]:
                    found.add_term(self.decide.overlap_exit[OverlapExit(overlap, u)], -spared)
        for start, share in self.coefficients.blocks.remainder.items():
            investment = self.coefficients.blocks.investment(start)
            found.add_term(self.decide.expand[start], share * self.coefficients.units.cost[investment])
            for piece in self.pieces.on_investment.get(investment, []):
                if piece.terms.aid.is_paid_out:
                    found.add_term(piece.units, -share * piece.amount)
        for assessment, terms in self.coefficients.property_taxes.assessments.items():
            found.add_term(self.decide.assessed[assessment], -terms.owed)
        return found

    @cached_property
    def end_value(self) -> LinearExpression:
        """What counts at the end of the horizon: the terminal value, less tax owed, tax on that value, and what is
        still to be paid for investments; with what customers owe then, less what is owed to suppliers, or in work."""
        found = self.terminal.copy()
        found.add_term(self.cash_flow.unpaid, -1.0)
        found.add_term(self.cash_flow.open_at_end("receivables_increase"), 1.0)
        found.add_term(self.cash_flow.open_at_end("payables_increase"), -1.0)
        found.add_term(self.cash_flow.open_at_end("prepayments_increase"), -1.0)
        found.add_term(self.cash_flow.owed_to_state, -1.0)
        for year in self.coefficients.tax.years:
            if year.owed:
                found.add_term(self.tax(year), -year.owed)
        found.add_term(self.coefficients.tax.owed_before, -1.0)
        for column in self.decide.end_tax.values():
            found.add_term(column, -1.0)
        return found

    @cached_property
    def debt_at_end(self) -> LinearExpression:
        """What is owed on all loans at the end of the horizon."""
        return self.lenders.debt(self.sets.periods[-1])

    def end_gain(self) -> LinearExpression:
        """What the terminal value is above the book value of everything at the end."""
        return without_residue(self.terminal - self.books.worth_at_end())
