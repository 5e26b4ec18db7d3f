"""Named sums that rules, objective and report share: each is built once, so that a report cannot disagree with a rule.

Amounts of money are in money units and positive, whichever way the money flows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from planner.coefficients import Coefficients, TaxYearTerms
from planner.decisions import Investment
from planner.model.books import Books
from planner.model.cash_flow import CashFlow
from planner.model.lending import Lending
from planner.model.linear import Sum, count
from planner.model.overlaps import Overlaps
from planner.model.pieces import Pieces
from planner.model.sets import Sets
from planner.model.system_sets import Cohort
from planner.model.variables import Variables
from planner.outcome import EARNINGS, FINANCE_COSTS, GIVEN_BACK, INVESTMENTS, OPERATING_COSTS
from planner.vocabulary.cash_lines import CASH_LINES

Leave = tuple[str, str, str, int, int]
"""Programme j, order o,d,t, and the period in which claimed systems leave."""
RESIDUE = 1e-9
"""What cancels out but for rounding, such as a grant that is taken off and written off within one year; money units."""


def without_residue(found: Sum) -> Sum:
    """The sum without terms that are rounding and nothing else; the solver would stumble over them."""
    return Sum({index: weight for index, weight in found.terms.items() if abs(weight) > RESIDUE}, found.constant)


class Expressions:
    """Named sums over the decisions."""

    def __init__(self, sets: Sets, figures: Coefficients, decide: Variables) -> None:
        self.sets = sets
        self.figures = figures
        self.decide = decide
        self.pieces = Pieces(sets, figures, decide)
        self.lending = Lending(figures, decide)
        self.overlaps = Overlaps(sets, figures, decide)

    def arrived(self, cohort: Cohort) -> Sum:
        """Systems of a cohort: ordered, already there, or under contract."""
        order = self.sets.cohort_order.get(cohort)
        ordered = count([self.decide.order[order]] if order else [])
        return ordered.plus(self.figures.fleet.get(cohort, (0, 0))[1], 1.0)

    def arriving(self, system: str, site: str, t: int) -> Sum:
        """Systems that arrive at a site at the start of a period."""
        found = Sum()
        for cohort in self.sets.arrivals.get((system, site, t), []):
            found.plus(self.arrived(cohort), 1.0)
        return found

    def leaving(self, system: str, site: str, t: int) -> Sum:
        """Systems that leave a site at the start of a period."""
        return count(self.decide.exit[key] for key in self.sets.exits_at.get((system, site, t), []))

    def standing_before(self, system: str, site: str, t: int) -> Sum:
        """Systems that stood at a site in the period before; none before the first."""
        column = self.decide.installed.get((system, site, t - 1))
        return Sum() if column is None else count([column])

    def built_until(self, block: tuple[str, int] | None) -> Sum:
        """Blocks of an expansion started up to a period; none where there is no earlier one."""
        return Sum() if block is None else count([self.decide.built[block]])

    def grants(self, programme: str, periods: range | tuple[int, ...]) -> Sum:
        """What a programme pays in some periods; credits and what is written off at once count on delivery."""
        return self.pieces.counted(programme, periods)

    def awarded(self, programme: str) -> Sum:
        """Everything that a programme gives, within the horizon or later, and given back or not."""
        return self.pieces.awarded(programme)

    def spend(self, offers: tuple[str, ...]) -> Sum:
        """What orders from some offers cost, over the whole horizon."""
        wanted = set(offers)
        found = Sum()
        for key, column in self.decide.order.items():
            if key[0] in wanted:
                found.plus(column, self.figures.unit_cost[key])
        return found

    @property
    def lines(self) -> dict[str, list[Sum]]:
        """Every line of the cash flow, by period."""
        return self._cash_flow.lines

    @cached_property
    def _cash_flow(self) -> CashFlow:
        return CashFlow(self.figures, self.decide, self.pieces, self.lending, self.tax)

    def invested_until(self, t: int) -> Sum:
        """Capital expenditure paid up to a period."""
        found = Sum()
        for line in INVESTMENTS:
            for u in range(t + 1):
                found.plus(self.lines[line][u], 1.0)
        return found

    def tax(self, year: TaxYearTerms) -> Sum:
        """Tax on the profit of a fiscal year, less credits."""
        return self.tax_before_credits(year) - self.credits(year)

    def tax_before_credits(self, year: TaxYearTerms) -> Sum:
        """Tax on the profit of a fiscal year as if no programme took anything off it."""
        return year.rate * (self.decide.gain[year.name,] - self.decide.loss_used[year.name,])

    def credits(self, year: TaxYearTerms) -> Sum:
        """Tax credits of all programmes that are taken off the tax of a fiscal year."""
        return count(column for (_, name), column in self.decide.credit.items() if name == year.name)

    def profit(self, periods: tuple[int, ...]) -> Sum:
        """Profit before tax over some periods in a row."""
        found = self.books.charges(periods) * -1.0
        for t in periods:
            for line in EARNINGS:
                found.plus(self.lines[line][t], 1.0)
            for line in (*OPERATING_COSTS, *GIVEN_BACK, *FINANCE_COSTS):
                found.plus(self.lines[line][t], -1.0)
        return without_residue(found)

    @cached_property
    def books(self) -> Books:
        """What investments are worth in the books."""
        return Books(self.sets, self.figures, self.decide, self.pieces, self.arrived)

    def gone_until(self, cohort: Cohort, t: int) -> Sum:
        """Systems of a cohort that left up to the start of a period."""
        return count(self.decide.exit[key] for key in self.sets.cohort_exits[cohort] if key[3] <= t)

    def claimed(self, cohort: Cohort, group: tuple[str, ...]) -> Sum:
        """Systems of a cohort claimed under some programmes."""
        order = self.sets.cohort_order[cohort]
        return count(self.decide.claim[j, order] for j in group if (j, order) in self.decide.claim)

    def leaving_with_grant(self, cohort: Cohort, group: tuple[str, ...], periods: Iterable[int]) -> Sum:
        """Systems of a cohort claimed under some programmes among those that leave at the start of some periods."""
        keys = [(j, *self.sets.cohort_order[cohort], t) for t in periods for j in group]
        return count(self.decide.leave[key] for key in keys if key in self.decide.leave)

    @cached_property
    def leaves_by_claim(self) -> dict[tuple[str, Investment], list[Leave]]:
        """Decisions on claimed systems that leave, by claim."""
        found: dict[tuple[str, Investment], list[Leave]] = {}
        for j, order, u in self.sets.leaves:
            found.setdefault((j, order), []).append((j, *order, u))
        return found

    def net(self, t: int) -> Sum:
        """Net cash flow of a period before funding."""
        found = Sum()
        for key, line in CASH_LINES.items():
            found.plus(self.lines[key][t], line.sign)
        return found

    @cached_property
    def terminal(self) -> Sum:
        """What is still installed at the end is worth then.

        Systems count at their resale value; those that a programme still retains count less its grant, which would
        have to be repaid: the grant on what was left of their cost. Blocks count at what is left of their cost less
        the grants on them. With gross values, a hall or a system that nobody uses would pay for itself as soon as a
        grant pays half of it.
        """
        found = Sum()
        for cohort in self.sets.cohorts:
            worth = self.figures.terminal.get((cohort[0], cohort[2]), 0.0)
            found.plus(self.arrived(cohort), worth)
            for key in self.sets.cohort_exits[cohort]:
                found.plus(self.decide.exit[key], -worth)
        for retained, repaid in self.figures.repaid_at_end.items():
            if retained in self.decide.claim:
                found.plus(self.decide.claim[retained], -repaid)
                for leave in self.leaves_by_claim.get(retained, []):
                    found.plus(self.decide.leave[leave], repaid)
        for overlap, spared in self.figures.spared_at_end.items():
            if overlap in self.sets.overlap_leaves:
                j, earlier, order = overlap
                found.plus(self.decide.both[(j, earlier, *order)], spared)
                for u in self.sets.overlap_leaves[overlap]:
                    found.plus(self.decide.leave_both[(j, earlier, *order, u)], -spared)
        for (expansion, t), share in self.figures.block_remainder.items():
            investment = (expansion, self.figures.expansion_site[expansion], t)
            found.plus(self.decide.expand[expansion, t], share * self.figures.unit_cost[investment])
            for piece in self.pieces.on_investment.get(investment, []):
                if piece.terms.aid.is_paid_out:
                    found.plus(piece.units, -share * piece.amount)
        return found

    @cached_property
    def end_value(self) -> Sum:
        """What counts at the end of the horizon: the terminal value, less debt, tax owed, and tax on that value."""
        found, last = self.terminal.copy(), self.sets.periods[-1]
        for loan in self.figures.loans:
            found.plus(self.decide.owed[loan, last], -1.0)
        for year in self.figures.tax_years:
            if year.paid_in is None:
                found.plus(self.tax(year), -1.0)
        for column in self.decide.end_tax.values():
            found.plus(column, -1.0)
        return found

    def end_gain(self) -> Sum:
        """What the terminal value is above the book value of everything at the end."""
        return without_residue(self.terminal - self.books.worth_at_end())
