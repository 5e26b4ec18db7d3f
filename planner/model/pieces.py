"""What programmes give, in pieces: one for every claim, and one that takes from it what an earlier programme pays.

A piece is an amount for one unit, the decision that counts its units, and those that count which of them leave. Cash,
caps, books and what goes back (clawback) are each one loop over all pieces, whatever the kind of the programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from planner.coefficients import ClaimTerms, Coefficients
from planner.model.linear import Column, LinearExpression
from planner.model.sets import Sets
from planner.model.system_sets import grouped
from planner.model.variables import Variables
from planner.vocabulary.keys import ClaimedExit, Investment, OverlapExit


@dataclass(frozen=True)
class Piece:
    """Something that a programme gives for one unit of an investment; money units."""

    programme: str
    investment: Investment
    terms: ClaimTerms
    eligible: float
    """Eligible cost of one unit; negative where an earlier programme deducts it."""
    units: Column
    exits: dict[int, Column]
    """Units among those that leave, by period."""

    @property
    def amount(self) -> float:
        """What one unit gives, all parts together; negative where an earlier programme deducts it."""
        return self.terms.rate * self.eligible

    def clawbacks(self, coefficients: Coefficients) -> Iterable[tuple[int, Column, float]]:
        """Month, what leaves, and what goes back for one of them; a part that comes later goes back when it comes."""
        for u, share_back in self.terms.clawback_share.items():
            if u in self.exits:
                for part in self.terms.parts:
                    month = max(coefficients.calendar.months_of(u)[0], part.month)
                    yield month, self.exits[u], share_back * part.share * self.amount


class Pieces:
    """All pieces of a case, and the sums that rules need of them."""

    def __init__(self, sets: Sets, coefficients: Coefficients, decide: Variables) -> None:
        self.sets = sets
        self.coefficients = coefficients
        self.decide = decide

    @cached_property
    def all(self) -> list[Piece]:
        """Every piece: claims first, in their order, then deductions."""
        coefficients, decide, found = self.coefficients, self.decide, []
        for claim in self.sets.claims:
            terms = coefficients.claims.terms[claim]
            exits = {u: decide.claimed_exit[ClaimedExit(claim, u)] for u in self.sets.exit_periods_of.get(claim, ())}
            found.append(Piece(*claim, terms, terms.eligible, decide.claim[claim], exits))
        for overlap in self.sets.overlaps:
            terms, deducted = coefficients.claims.terms[overlap.claim], coefficients.claims.deducted[overlap]
            exits = {u: decide.overlap_exit[OverlapExit(overlap, u)] for u in self.sets.overlap_exit_periods[overlap]}
            found.append(Piece(*overlap.claim, terms, -deducted, decide.overlap[overlap], exits))
        return found

    @cached_property
    def of_programme(self) -> dict[str, list[Piece]]:
        """Pieces by programme."""
        return grouped((piece.programme, piece) for piece in self.all)

    @cached_property
    def on_investment(self) -> dict[Investment, list[Piece]]:
        """Pieces by investment."""
        return grouped((piece.investment, piece) for piece in self.all)

    @property
    def grants(self) -> list[Piece]:
        """Pieces that are money paid out."""
        return [piece for piece in self.all if piece.terms.aid.is_paid_out]

    def payments(self) -> Iterator[tuple[int, Column, float]]:
        """Month, units, and what is paid for one of them: all parts of all grants."""
        for piece in self.grants:
            for part in piece.terms.parts:
                yield part.month, piece.units, part.share * piece.amount

    def clawbacks(self) -> Iterator[tuple[int, Column, float]]:
        """The same of what goes back."""
        for piece in self.grants:
            yield from piece.clawbacks(self.coefficients)

    @property
    def lowering(self) -> list[Piece]:
        """Pieces that are taken off book value."""
        return [piece for piece in self.all if piece.terms.lowers_book_value]

    def counted(self, programme: str, periods: range | tuple[int, ...]) -> LinearExpression:
        """What a programme pays in some periods; what is not paid out counts on delivery."""
        wanted = set(periods)
        found = LinearExpression()
        for piece in self.of_programme.get(programme, []):
            for part in piece.terms.parts:
                if part.period in wanted:
                    found.add_term(piece.units, part.share * piece.amount)
        return found

    def awarded(self, programme: str) -> LinearExpression:
        """Everything that a programme gives, within the horizon or later, and given back or not."""
        found = LinearExpression()
        for piece in self.of_programme.get(programme, []):
            found.add_term(piece.units, piece.amount)
        return found

    def eligible(self, programme: str) -> LinearExpression:
        """Eligible cost that is claimed under a programme, less what earlier ones deduct."""
        found = LinearExpression()
        for piece in self.of_programme.get(programme, []):
            found.add_term(piece.units, piece.eligible)
        return found

    def public_money(self, investment: Investment) -> LinearExpression:
        """Public money on an investment; to write it off earlier is none."""
        found = LinearExpression()
        for piece in self.on_investment.get(investment, []):
            if piece.terms.aid.is_public_money:
                found.add_term(piece.units, piece.amount)
        return found
