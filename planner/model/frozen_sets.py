"""Index sets of what is frozen: decisions that are made already, and those that can no longer be."""

from __future__ import annotations

from functools import cached_property

from planner.model.sets import Sets
from planner.vocabulary.keys import Balance, Claim, Draw, Exit, Investment, Start


class FrozenSets:
    """What is listed, and what there may not be besides."""

    def __init__(self, sets: Sets) -> None:
        self.sets, self.frozen = sets, sets.coefficients.frozen

    @cached_property
    def orders(self) -> list[Investment]:
        """Orders o,d,t."""
        return sorted({*self.frozen.orders, *(key for key in self.sets.orders if self._is_past(key.period))})

    @cached_property
    def blocks(self) -> list[Start]:
        """Starts x,t of blocks."""
        return sorted({*self.frozen.blocks, *(key for key in self.sets.blocks if self._is_past(key.period))})

    @cached_property
    def exits(self) -> list[Exit]:
        """Exits s,d,k,t, but for those at the end of a life."""
        early = (key for key in self.sets.exits if key.period < self.sets.life_end(key.vintage))
        return sorted({*self.frozen.exits, *(key for key in early if self._is_over(key.period))})

    @cached_property
    def claims(self) -> list[Claim]:
        """Claims j,i."""
        past = (key for key in self.sets.claims if self._is_over(key.investment.period))
        return sorted({*self.frozen.claims, *past})

    @cached_property
    def draws(self) -> list[Draw]:
        """Draws f,t."""
        return sorted({*self.frozen.draws, *(key for key in self.sets.draws if self._is_over(key.period))})

    @cached_property
    def repayments(self) -> list[Balance]:
        """Repayments f,t."""
        return sorted({*self.frozen.repayments, *(key for key in self.sets.owing if self._is_over(key.period))})

    def _is_past(self, t: int) -> bool:
        """Whether all is frozen in a period that concerns what is bought."""
        return t < self.frozen.periods

    def _is_over(self, t: int) -> bool:
        """Whether all else is frozen in it as well."""
        return self.frozen.is_over(t)
