"""How good a plan is known to be, and what a search tells while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from planner.case.case import ObjectiveKind
from planner.vocabulary.message import Message, say, unit_of

ProofLabel = Literal["verified optimal", "feasible with a gap", "proven infeasible", "no answer"]

EXACT = 1e-6
"""A relative gap below this is within the tolerance of the solver: nothing better is left to find."""


def label_of(*, objective: float, bound: float, size: float) -> ProofLabel:
    """The label that objective and bound deserve; ``size`` is what counts as one, such as a money unit.

    It rests on the gap that is worked out here, never on the solver's word "optimal".
    """
    exact = abs(bound - objective) <= EXACT * max(size, abs(objective))
    return "verified optimal" if exact else "feasible with a gap"


Progress = Callable[[float, float], None]
"""Called while a plan is searched for: the best plan so far and the bound, in the unit of the objective."""


class Recorder(Protocol):
    """Told how far a run has come, so that another process can go on from there should this one be ended."""

    def stage(self, name: str) -> None:
        """A stage begins: 'search' once the model is built, 'why' once it is proven that no plan exists."""
        ...

    def incumbent_found(self, values: Any, bound: float) -> None:  # noqa: ANN401 - an array, which this room does not know
        """A better plan was found: values of all columns, blocks and programmes whole, and the bound on all plans."""
        ...

    def bound(self, bound: float) -> None:
        """No plan can be better than this, in the unit of the model's objective."""
        ...


@dataclass(frozen=True)
class Proof:
    """How good the plan is known to be."""

    label: ProofLabel
    """One of the four labels."""
    kind: ObjectiveKind
    """Which objective was optimised."""
    objective: float
    """Value of the objective for this plan, in ``unit``."""
    bound: float
    """No plan can be better than this, in ``unit``."""
    unit: str
    """Currency, or PFLOPS-hours (PFLOPS where the objective is what is installed by a date)."""
    gap_requested: float
    """Relative gap that was asked for."""
    solver: str
    """Solver and version."""
    seconds: float
    """Wall time of solving."""
    rows: int = 0
    columns: int = 0
    non_zeros: int = 0
    message: str = ""
    """What stands behind the label, in words."""
    checked_bound: float | None = None
    """No plan can be better than this either, in ``unit``: it is worked out in exact arithmetic from the prices of the
    linear programme in fractions and rounded outwards. None where it was not worked out."""

    @property
    def is_bound_checked(self) -> bool:
        """Whether exact arithmetic proves the bound itself, and not only a wider one."""
        if self.checked_bound is None:
            return False
        return self.checked_bound >= self.bound if self.kind == "cost" else self.checked_bound <= self.bound

    @property
    def state(self) -> Message:
        """The label with what the audit adds to it: what was audited is verified, with a gap or without."""
        return say(self.label) if self.label.startswith("verified") else say("verified, {label}", label=say(self.label))

    @property
    def bound_check(self) -> str:
        """Whether exact arithmetic proves the bound, and if not, what stands behind it; in words."""
        if self.is_bound_checked:
            return "checked"
        if self.checked_bound is None:
            return "not checked"
        return "not checked: it comes from the solver's branching; the wider bound below is checked"

    @property
    def gap(self) -> float:
        """How much better a plan could at most be, in ``unit``."""
        return 0.0 if self.bound == self.objective else abs(self.bound - self.objective)  # both may be infinite

    @property
    def unit_words(self) -> Message:
        """The unit within a text."""
        return unit_of(self.unit)

    @property
    def gap_words(self) -> Message:
        """How much better a plan could at most be, in words."""
        return say(
            "no plan can be better by more than {gap} {unit} ({share})",
            gap=f"{self.gap:,.0f}", unit=self.unit_words,
            share=say("{number} %", number=f"{100 * self.relative_gap:.4f}"),
        )  # fmt: skip

    def words_in_pool(self, pool: str) -> Message:
        """The same for an operator whose plan is its part of that of a pool."""
        return say(
            "its part of the plan of the pool {pool}; by itself, with the whole pool, it could not be better by more "
            "than {gap} {unit}",
            pool=pool, gap=f"{self.gap:,.0f}", unit=self.unit_words,
        )  # fmt: skip

    @property
    def within_gap(self) -> bool:
        """Whether the plan is as good as was asked for."""
        return self.relative_gap <= max(self.gap_requested, EXACT)

    @property
    def relative_gap(self) -> float:
        """The gap as a share of the objective."""
        return self.gap / max(1.0, abs(self.objective))
