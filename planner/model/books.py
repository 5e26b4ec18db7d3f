"""What investments are worth in the books, as sums over the decisions: depreciation, write-offs, grants taken off.

Over a span of periods the charge on one unit is a difference of two shares written off, so a sum has one term for each
decision, however long the span.
"""

from __future__ import annotations

from collections.abc import Callable

from planner.coefficients import Coefficients
from planner.model.linear import Sum
from planner.model.sets import Cohort, Sets
from planner.model.variables import Variables


class Books:
    """Charges on profit without a cash flow, and the book value at the end."""

    def __init__(self, sets: Sets, figures: Coefficients, decide: Variables, arrived: Callable[[Cohort], Sum]) -> None:
        self.sets = sets
        self.figures = figures
        self.decide = decide
        self.arrived = arrived

    def charges(self, periods: tuple[int, ...]) -> Sum:
        """Depreciation, book value of what leaves, and compression, over some periods in a row; money units."""
        first, after = periods[0], periods[-1] + 1
        found = Sum()
        for cohort in self.sets.cohorts:
            cost, written = self.figures.lot_cost[cohort], self.figures.lot_depreciated[cohort]
            found.plus(self.arrived(cohort), cost * (written[after] - written[first]))
            for key in self.sets.cohort_exits[cohort]:
                found.plus(self.decide.exit[key], cost * early(written, key[3], first, after))
        for (expansion, t), written in self.figures.block_depreciated.items():
            cost = self.figures.unit_cost[expansion, self.figures.expansion_site[expansion], t]
            found.plus(self.decide.expand[expansion, t], cost * (written[after] - written[first]))
        if self.figures.grants_lower_book_value:
            self._grants(found, first, after)
        return found

    def _grants(self, found: Sum, first: int, after: int) -> None:
        """Compression in the period of payment, and less to write off from then on."""
        figures = self.figures
        for claim in self.sets.claims:
            taken = compressed(self.written(claim[1]), figures.grant_period[claim], first, after)
            found.plus(self.decide.claim[claim], figures.grant[claim] * taken)
        for j, order, u in self.sets.leaves:
            written, paid = self.written(order), figures.grant_period[j, order]
            column = self.decide.leave[(j, *order, u)]
            # What has left before the grant comes has nothing taken off; what leaves later takes the rest with it.
            spared = compressed(written, paid, first, after) if u <= paid else early(written, u, first, after)
            found.plus(column, -figures.grant[j, order] * spared)

    def written(self, investment: tuple[str, str, int]) -> tuple[float, ...]:
        """Share of the cost of an investment written off before the start of each period."""
        name, _, t = investment
        if investment in self.sets.order_cohort:
            return self.figures.lot_depreciated[self.sets.order_cohort[investment]]
        return self.figures.block_depreciated[name, t]

    def worth_at_end(self) -> Sum:
        """Book value of everything at the end of the horizon, net of grants; money units."""
        found = Sum()
        for cohort in self.sets.cohorts:
            left = self.figures.lot_cost[cohort] * (1 - self.figures.lot_depreciated[cohort][-1])
            found.plus(self.arrived(cohort), left)
            for key in self.sets.cohort_exits[cohort]:
                found.plus(self.decide.exit[key], -left)
        for (expansion, t), written in self.figures.block_depreciated.items():
            cost = self.figures.unit_cost[expansion, self.figures.expansion_site[expansion], t]
            found.plus(self.decide.expand[expansion, t], cost * (1 - written[-1]))
        if self.figures.grants_lower_book_value:
            for claim in self.sets.claims:
                found.plus(self.decide.claim[claim], -self.figures.grant[claim] * (1 - self.written(claim[1])[-1]))
            for j, order, u in self.sets.leaves:
                left = self.figures.grant[j, order] * (1 - self.written(order)[-1])
                found.plus(self.decide.leave[(j, *order, u)], left)
        return found


def early(written: tuple[float, ...], leaves: int, first: int, after: int) -> float:
    """What leaving at the start of a period adds to the charges of a span, as a share of the cost.

    All that is not yet written off is charged where the span holds the period; later depreciation falls away.

    >>> early((0.0, 0.25, 0.5, 0.75, 1.0), leaves=1, first=0, after=2)
    0.5
    """
    charged = 1 - written[leaves] if first <= leaves < after else 0.0
    spared = written[after] - written[max(first, leaves)] if leaves < after else 0.0
    return charged - spared


def compressed(written: tuple[float, ...], paid: int, first: int, after: int) -> float:
    """What a grant adds to the charges of a span: taken off when it is paid, less to write off from then on.

    >>> compressed((0.0, 0.25, 0.5, 0.75, 1.0), paid=1, first=0, after=2)
    0.5
    """
    taken = 1 - written[paid] if first <= paid < after else 0.0
    spared = written[after] - written[max(first, paid)] if paid < after else 0.0
    return taken - spared
