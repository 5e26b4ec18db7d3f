"""The incumbent of a search, and the dual bound: the best plan found so far, and how good any plan can be.

Both are claims of the solver until they are looked at. A plan is worked out anew with its whole numbers exactly whole,
held against every row of the problem, and kept only where it is better than the one that is held. A bound counts until
a plan passes it: then it was wrong, and the next one counts. So no step of the search can return less than an earlier
one found, nor make a plan look better than it is.
"""

from __future__ import annotations

import math
from dataclasses import replace

from planner.outcome import EXACT, Recorder
from planner.solving.fixed import fixed_at
from planner.solving.highs import Run
from planner.solving.matrix import Matrix
from planner.solving.solvable import Solvable

TIE_TOLERANCE = 1e-9
"""Plans whose objectives differ by less, as a share, count as equally good."""
LEAST_SECONDS = 3.0
"""Time to work a plan out anew, even where the search has used up the time limit."""


def relative_gap(run: Run) -> float:
    """How much better a plan could at most be, as a share of the objective."""
    return abs(run.bound - run.objective) / max(1.0, abs(run.objective))


class Incumbent:
    """The best plan of a search, and the tightest bound that no plan has passed."""

    def __init__(self, model: Solvable, matrix: Matrix, recorder: Recorder | None = None) -> None:
        """Holds nothing yet.

        Args:
            model: what is planned.
            matrix: its problem, with the objective of the search.
            recorder: told of tighter bounds.
        """
        self.model, self.matrix, self.recorder = model, matrix, recorder
        self._plan: Run | None = None
        self._bounds: set[float] = set()
        self.told = math.inf if matrix.maximise else -math.inf
        """The tightest bound that anybody was told of, settled or not."""

    @property
    def has_plan(self) -> bool:
        """Whether any plan was found."""
        return self._plan is not None

    @property
    def bound(self) -> float:
        """No plan is better than this; infinite where nothing is known."""
        most = math.inf if self.matrix.maximise else -math.inf
        valid = [bound for bound in self._bounds if not self._is_passed(bound)]
        tightest = (min if self.matrix.maximise else max)(valid, default=most)
        if self._plan is None or self.matrix.is_better(tightest, self._plan.objective):
            return tightest
        return self._plan.objective  # the solver may pass a bound by its tolerance

    @property
    def plan(self) -> Run:
        """The best plan, with the bound."""
        assert self._plan is not None
        return replace(self._plan, bound=self.bound)

    @property
    def gap(self) -> float:
        """How much better a plan could at most be, as a share of the objective; infinite without a plan."""
        return relative_gap(self.plan) if self.has_plan else math.inf

    def limit(self, bound: float) -> None:
        """Takes a bound that holds for every plan."""
        if math.isfinite(bound):
            self._bounds.add(bound)
            self.tell(bound)

    def tell(self, bound: float) -> None:
        """Tells of a bound of a run that goes on; it counts where the search is ended before that run is settled."""
        if math.isfinite(bound) and not self._is_passed(bound) and self.matrix.is_better(self.told, bound):
            self.told = bound
            if self.recorder is not None:
                self.recorder.bound(bound)

    def offer(self, found: Run, seconds: float) -> float:
        """Takes a plan that a step of the search returned, if it is one, and better than the one that is held.

        Returns:
            by how much its objective turned out worse than the step had claimed, as a share; infinite for no plan.
        """
        if not found.has_point or len(found.values) != len(self.matrix.cost):
            return math.inf
        fixed = fixed_at(self.model, self.matrix, found.values, max(LEAST_SECONDS, seconds))
        if fixed is None:
            return math.inf
        plan = replace(fixed.run, status="limit")
        if self._plan is None or self.matrix.is_better(plan.objective, self._plan.objective):
            self._plan = plan
        loss = found.objective - plan.objective
        return (loss if self.matrix.maximise else -loss) / max(1.0, abs(plan.objective))

    def _is_passed(self, bound: float) -> bool:
        """Whether the plan is better than a bound allows, by more than what the solver tolerates."""
        if self._plan is None:
            return False
        allowed = EXACT * max(1.0, abs(self._plan.objective))
        return self.matrix.is_better(self._plan.objective, bound + (allowed if self.matrix.maximise else -allowed))
