"""Each decision: a sentence, its unit, its index and its bounds."""

from __future__ import annotations

from collections.abc import Iterable

from planner.coefficients import Coefficients
from planner.decisions import Investment
from planner.model.linear import Column, Key
from planner.model.sets import Sets
from planner.vocabulary.keys import Credit

INFINITY = float("inf")


class Variables:
    """All columns of the model, in the order in which the solver sees them."""

    def __init__(self, sets: Sets, figures: Coefficients) -> None:
        self.columns: list[Column] = []
        self.order = {key: self._new("order", key, figures.order_limit[key], whole=True) for key in sets.orders}
        """Systems ordered from offer o for site d at the start of t; whole systems."""
        self.expand = {key: self._new("expand", key, figures.block_limit[key[0]]) for key in sets.blocks}
        """Blocks of expansion x started in t; whole, because their sums over time are."""
        self.built = {key: self._new("built", key, figures.block_limit[key[0]], whole=True) for key in sets.blocks}
        """Blocks of expansion x started up to t; whole blocks. The search branches on these sums, which say when a
        block comes at the latest; on single periods it would find the same block again one period later."""
        self.exit = {key: self._new("exit", key, whole=key[3] < figures.life_end[key[0], key[2]]) for key in sets.exits}
        """Systems s of cohort k that leave site d at the start of t. Whole systems; the rest that leaves at the end
        of its life is what earlier exits left, and so whole by itself."""
        self.installed = self._many("installed", sets.standing)
        """Systems s that stand at d during t."""
        self.serve = self._many("serve", sets.serving)
        """Systems s at d at work on w, on average over t."""
        self.unmet = self._many("unmet", sets.demands)
        """Demand of w left unserved in t, in the metric of the workload."""
        self.claim = {key: self._new("claim", (key[0], *key[1])) for key in sets.claims}
        """Systems or blocks of investment i claimed under programme j."""
        self.both = self._many("both", ((j, earlier, *i) for j, earlier, i in sets.overlaps))
        """Of those, units that an earlier programme pays for too."""
        self.join = {(j,): self._new("join", (j,), 1, whole=True) for j in figures.joinable}
        """Whether programme j is entered; 1 means yes."""
        self.leave = self._many("leave", ((j, *i, u) for j, i, u in sets.leaves))
        """Systems of order i claimed under j among those that leave at the start of u."""
        self.leave_both = self._many(
            "leave_both", ((j, earlier, *i, u) for (j, earlier, i), times in sets.overlap_leaves.items() for u in times)
        )
        """Of those, systems that an earlier programme has paid for too."""
        self.draw = self._many("draw", sets.draws)
        """Money drawn from loan f at the start of t, in money units."""
        self.repay = self._many("repay", sets.owing)
        """Money repaid to loan f at the end of t, in money units."""
        self.owed = self._many("owed", sets.owing)
        """Owed to loan f at the end of t, in money units."""
        self._of_tax(figures)
        self.cash = {(t,): self._new("cash", (t,), lower=-INFINITY) for t in sets.periods}
        """Cash at the end of t, in money units."""

    def bought(self, investment: Investment) -> Column:
        """The decision that buys units of an investment."""
        name, _, t = investment
        return self.order[investment] if investment in self.order else self.expand[name, t]

    def _of_tax(self, figures: Coefficients) -> None:
        years = [(year.name,) for year in figures.tax_years]
        self.gain = self._many("gain", years)
        """Profit before tax of fiscal year y, zero in a year with a loss; money units."""
        self.loss = self._many("loss", years)
        """Loss of fiscal year y, zero in a year with a profit; money units."""
        self.loss_used = self._many("loss_used", years)
        """Losses of earlier years set against the profit of y, in money units."""
        self.loss_carried = self._many("loss_carried", years)
        """Losses left at the end of y for later years, in money units."""
        self.profitable = {key: self._new("profitable", key, 1, whole=True) for key in years}
        """Whether y makes a profit; 1 means yes."""
        self.exhausted = {key: self._new("exhausted", key, 1, whole=True) for key in years}
        """Whether y uses up all losses of earlier years; 1 means yes."""
        credits = [Credit(j, year) for j, terms in figures.credits.items() for year in terms.years]
        self.earned = self._many("earned", credits)
        """Tax credit that programme j gives for what is delivered in fiscal year y, in money units."""
        self.credit = self._many("credit", credits)
        """Tax credit of j that is taken off the tax of y, in money units."""
        last = figures.periods[-1]
        self.end_tax = {(last,): self._new("end_tax", (last,))} if figures.end_tax_rate else {}
        """Tax on selling what stands at the end of the last period for its terminal value, in money units."""

    def _new(self, kind: str, key: Key, upper: float = INFINITY, *, lower: float = 0.0, whole: bool = False) -> Column:
        column = Column(len(self.columns), kind, key, lower, float(upper), whole)
        self.columns.append(column)
        return column

    def _many[K: tuple[object, ...]](self, kind: str, keys: Iterable[K]) -> dict[K, Column]:
        return {key: self._new(kind, key) for key in keys}
