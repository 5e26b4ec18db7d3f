"""Few whole-number decisions, each way of them looked at in fractions: a plan, or branches that are all closed.

A whole-number search by the solver proves that there is no plan, but does not say what that rests on. Here each branch
is a linear programme, and a closed one has a proof of its own that names the rows it rests on. That makes a filter over
statements quick: when a statement is let go, only the branches whose proof rests on it are open again, and each goes on
from the basis at which it was closed.

Branches are short where the objective asks for as few blocks as will do: then the blocks of a plan in fractions are the
least that is needed, and a step up or down from there soon shows what is in the way. Without it one finds the same
blocks again elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.errors import NoProofError
from planner.model.linear import Column, LinearExpression
from planner.solving.highs import Run, Solver
from planner.solving.matrix import Floats

WHOLE = 1e-6
"""How far a value may be from a whole number and still be taken for it; HiGHS uses the same."""
MOST_LOOKS = 400
"""Linear programmes of one look; a look that needs more is left to whoever searches in another way."""


@dataclass(frozen=True, eq=False)
class Branch:
    """Bounds of the whole-number decisions, and the proof that there is no plan within them."""

    lower: Floats
    upper: Floats
    basis: Any = None
    """Where the solver stood at the end; it goes on from there."""
    support: frozenset[int] | None = None
    """Slacks that would have to be let go before there could be a plan here; None before it was looked at."""
    ray: Floats | None = None
    """Weights of the rows that prove it."""


class Branches:
    """All ways of some whole-number decisions, as few branches as were needed so far.

    Args:
        solver: holds the problem, as a linear programme.
        columns: the decisions, the heaviest first: 0 or 1 before numbers of blocks.
        first: so many of them are branched on before any other.
        run: runs the solver, and raises ``NoProofError`` where it comes to nothing.
        rests_on: the slacks that the proof of the last run rests on, and its weights.
    """

    def __init__(
        self,
        solver: Solver,
        columns: Sequence[int],
        first: int,
        run: Callable[[], Run],
        support: Callable[[], tuple[frozenset[int], Floats | None]],
    ) -> None:
        self.columns = np.array(columns, dtype=np.int32)
        self._solver, self._first, self._run, self._support = solver, first, run, support
        self._bounds = solver.matrix.lower[self.columns], solver.matrix.upper[self.columns]
        self.closed = [Branch(*self._bounds)]

    def point(self, loose: Collection[int], *, anew: bool = False, looks: int = MOST_LOOKS) -> Floats | None:
        """A plan in which these decisions are whole, with some slacks let go; None where there is none.

        Args:
            loose: the slacks; the bounds of the others are shut already.
            anew: whether every branch is looked at again, though its proof would still do.
            looks: linear programmes that may be solved for it.

        Raises:
            NoProofError: that many were not enough.
        """
        let_go = set(loose)
        stack = [one for one in self.closed if anew or one.support is None or one.support & let_go]
        closed = [one for one in self.closed if one not in stack]
        try:
            for _ in range(looks):
                if not stack:
                    self.closed = closed
                    return None
                run, branch = self._look(stack.pop())
                if branch.support is not None:
                    closed.append(branch)
                    continue
                further = self._parted(branch, run.values[self.columns])
                if not further:
                    return run.values
                stack += further
        finally:
            self._solver.bound(self.columns, *self._bounds)
        raise NoProofError("there are too many ways to build blocks and to join programmes to look at each")

    def least(self) -> Run | None:
        """The plan with these decisions whole whose objective is least; None where there is none."""
        best: Run | None = None
        stack = [Branch(*self._bounds)]
        try:
            for _ in range(MOST_LOOKS):
                if not stack:
                    return best
                run, branch = self._look(stack.pop())
                if branch.support is not None or (best and run.objective >= best.objective * (1 - WHOLE) - WHOLE):
                    continue
                further = self._parted(branch, run.values[self.columns])
                stack += further
                best = best if further else run
        finally:
            self._solver.bound(self.columns, *self._bounds)
        raise NoProofError("there are too many ways to build blocks and to join programmes to look at each")

    def farkas_support(self) -> set[int]:
        """Slacks that all the closed branches together rest on."""
        return {slack for one in self.closed for slack in one.support or ()}

    def _look(self, branch: Branch) -> tuple[Run, Branch]:
        """What the solver says within some bounds; the branch with its proof where there is no plan."""
        self._solver.bound(self.columns, branch.lower, branch.upper)
        if branch.basis is not None:
            self._solver.highs.setBasis(branch.basis)
        run = self._run()
        basis = self._solver.highs.getBasis()
        if run.status == "optimal":
            return run, Branch(branch.lower, branch.upper, basis)
        return run, Branch(branch.lower, branch.upper, basis, *self._support())

    def _parted(self, branch: Branch, values: Floats) -> list[Branch]:
        """The branch in two, the likelier one last; nothing where all is whole."""
        away = np.abs(values - np.round(values))
        if not len(away) or away.max() <= WHOLE:
            return []
        at = int(np.argmax(away[: self._first] if self._first and away[: self._first].max() > WHOLE else away))
        down, up = branch.upper.copy(), branch.lower.copy()
        down[at], up[at] = np.floor(values[at]), np.ceil(values[at])
        both = [Branch(branch.lower, down, branch.basis), Branch(up, branch.upper, branch.basis)]
        return both if values[at] - np.floor(values[at]) > 0.5 else both[::-1]


def in_branches(solver: Solver, columns: Sequence[Column], ends: float, looks: int = MOST_LOOKS) -> Floats | None:
    """A plan with programmes and blocks whole and all else in fractions, with as few blocks as will do; None: none.

    Args:
        solver: holds the problem; its objective is as before afterwards.
        columns: its columns, for their kinds.
        ends: when the time is over.
        looks: linear programmes that may be solved for it.

    Raises:
        NoProofError: it could not be found out in time.
    """

    def run() -> Run:
        found = solver.run(seconds=max(0.0, ends - time.monotonic()))
        if found.status not in ("optimal", "infeasible"):
            raise NoProofError("it could not be found out in time whether there is a plan")
        return found

    joins, blocks = ([one.index for one in columns if one.kind == kind] for kind in ("join", "built"))
    matrix = solver.matrix
    solver.whole(matrix.whole, on=False)
    solver.costs(matrix.weights(LinearExpression(dict.fromkeys(blocks, 1.0))), maximise=False)
    try:
        with solver.options(presolve="off", solver="simplex"):
            branches = Branches(solver, [*joins, *blocks], len(joins), run, lambda: (frozenset(), None))
            return branches.point((), looks=looks)
    finally:
        solver.costs(matrix.cost, maximise=matrix.maximise, offset=matrix.offset)
