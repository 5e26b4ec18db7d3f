"""Book values of investments, as sums over the decisions: depreciation, write-offs, grants taken off.

Over a span of periods the charge on one unit is a difference of two shares written off, so a sum has one term for each
decision, however long the span.
"""

from __future__ import annotations

from collections.abc import Callable

from planner.coefficients import Coefficients
from planner.model.linear import LinearExpression
from planner.model.pieces import Piece, Pieces
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.keys import Claim, Start, Vintage


class Books:
    """Charges on profit without a cash flow, and the book value at the end."""

    def __init__(
        self,
        sets: Sets,
        coefficients: Coefficients,
        decide: Variables,
        pieces: Pieces,
        arrived: Callable[[Vintage], LinearExpression],
    ) -> None:
        self.sets = sets
        self.coefficients = coefficients
        self.decide = decide
        self.pieces = pieces
        self.arrived = arrived

    def charges(self, periods: tuple[int, ...]) -> LinearExpression:
        """Depreciation, book value of what leaves, compression, and what is written off at once, over some periods in
        a row; money units."""
        first, after = periods[0], periods[-1] + 1
        found = LinearExpression()
        for vintage in self.sets.vintages:
            cost, written = self.coefficients.books.cost[vintage], self.coefficients.books.written_off[vintage]
            found.add_term(self.arrived(vintage), cost * (written[after] - written[first]))
            for key in self.sets.vintage_exits[vintage]:
                found.add_term(self.decide.exit[key], cost * charged(written, key.period, first, after))
        for start, written in self.coefficients.books.block_written_off.items():
            cost = self.coefficients.units.cost[self.coefficients.blocks.investment(start)]
            found.add_term(self.decide.expand[start], cost * (written[after] - written[first]))
        self._taken_off(found, first, after)
        return found

    def _taken_off(self, found: LinearExpression, first: int, after: int) -> None:
        """What programmes take off book value, part by part in its period, and less to write off from then on."""
        for piece in self.pieces.lowering:
            written = self.written(piece)
            for part in piece.terms.parts:
                taken = part.share * piece.terms.taken_off * piece.amount
                share = charged(written, part.period, first, after)
                if not piece.terms.is_charged and first <= part.period < after:
                    share -= 1 - written[part.period]  # less is written off later, and nothing is charged for it
                found.add_term(piece.units, taken * share)
        for piece in self.pieces.lowering:
            written = self.written(piece)
            for u, column in piece.exits.items():
                for _, t, share in piece.terms.parts:
                    # What has left before a part comes has nothing taken off; what leaves later takes the rest along.
                    spared = charged(written, max(t, u), first, after)
                    found.add_term(column, -share * piece.terms.taken_off * piece.amount * spared)

    def written(self, piece: Piece) -> tuple[float, ...]:
        """Share of what a piece takes off that would have been written off before the start of each period."""
        investment, apart = piece.investment, self.coefficients.books.claim_written_off
        if (claim := Claim(piece.programme, investment)) in apart:
            return apart[claim]
        name, _, t = investment
        if investment in self.sets.order_vintage:
            return self.coefficients.books.written_off[self.sets.order_vintage[investment]]
        return self.coefficients.books.block_written_off[Start(name, t)]

    def worth_after(self, t: int) -> LinearExpression:
        """Book value of everything in use at the end of a period, net of what programmes let take off; money units."""
        found = self.charges(tuple(range(t + 1))) * -1.0
        for vintage in self.sets.vintages:
            if self.sets.arrival_period(vintage) <= t:
                found.add_term(self.arrived(vintage), self.coefficients.books.cost[vintage])
        for start, ready in self.coefficients.blocks.ready.items():
            if ready <= t and start in self.coefficients.books.block_written_off:
                cost = self.coefficients.units.cost[self.coefficients.blocks.investment(start)]
                found.add_term(self.decide.expand[start], cost)
        return found

    def worth_at_end(self) -> LinearExpression:
        """Book value of everything at the end of the horizon, net of grants; money units."""
        found = LinearExpression()
        for vintage in self.sets.vintages:
            left = self.coefficients.books.cost[vintage] * (1 - self.coefficients.books.written_off[vintage][-1])
            found.add_term(self.arrived(vintage), left)
            for key in self.sets.vintage_exits[vintage]:
                found.add_term(self.decide.exit[key], -left)
        for start, written in self.coefficients.books.block_written_off.items():
            cost = self.coefficients.units.cost[self.coefficients.blocks.investment(start)]
            found.add_term(self.decide.expand[start], cost * (1 - written[-1]))
        for piece in self.pieces.lowering:
            found.add_term(piece.units, -self._left_of(piece))
        for piece in self.pieces.lowering:
            for column in piece.exits.values():
                found.add_term(column, self._left_of(piece))
        return found

    def _left_of(self, piece: Piece) -> float:
        """What a piece still takes off the book value of one unit at the end of the horizon."""
        taken = sum(part.share for part in piece.terms.parts) * piece.terms.taken_off * piece.amount
        return taken * (1 - self.written(piece)[-1])


def charged(written: tuple[float, ...], gone: int, first: int, after: int) -> float:
    """What leaves the books at the start of a period adds so much to the charges of a span, as a share of the cost: a
    system that leaves, or, the other way round, a grant that is taken off.

    All that is not yet written off is charged where the span holds the period; later depreciation falls away.

    >>> charged((0.0, 0.25, 0.5, 0.75, 1.0), gone=1, first=0, after=2)
    0.5
    """
    at_once = 1 - written[gone] if first <= gone < after else 0.0
    spared = written[after] - written[max(first, gone)] if gone < after else 0.0
    return at_once - spared
