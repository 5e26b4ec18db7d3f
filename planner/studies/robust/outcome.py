"""What a robust plan hands over: its first stage, each future with it, and what it is worth beside other ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.finance.tail import expected, mixed, tail_mean
from planner.futures import Future
from planner.outcome import EXACT, Outcome, ProofLabel, Risk, label_of
from planner.studies.inputs import InputChange
from planner.vocabulary.message import Message


@dataclass(frozen=True)
class Broken:
    """A limit that the plain plan breaks in a future."""

    rule: str
    subject: str


@dataclass(frozen=True)
class InFuture:
    """One future."""

    future: Future
    weight: float
    """Its probability; those of all futures are 1 together."""
    own_bound: float
    """No plan for it alone is better, with all of it known from the start."""
    robust: Outcome
    """The best plan with the first stage of the robust plan."""
    plain: Outcome | None
    """The best plan with the first stage of the plain plan; None where there is none, or none was found."""
    broken: tuple[Broken, ...]
    """What the plain plan breaks here, where there is no plan with its first stage."""
    best: float
    """The best value that was found for it with any first stage, in the unit of the objective."""
    inputs: tuple[InputChange, ...]
    """What is otherwise in it."""

    @property
    def name(self) -> str:
        """Its name."""
        return self.future.name


@dataclass(frozen=True)
class RobustOutcome:
    """Everything a report on a robust plan needs."""

    base: Outcome
    """The plain plan: the best for the case as it stands."""
    decide_by: Month
    last: int
    """The last period of the first stage."""
    risk: Risk
    futures: tuple[InFuture, ...]
    """In the order in which they were given."""
    first: Decisions
    """What has to be decided by the date."""
    plain_first: Decisions
    """The same of the plain plan."""
    found_by: Message
    """Whose first stage it is, in words."""
    bound: float
    """No robust plan is better, in the unit of the objective."""
    own_bound: float
    """The same if all of every future were known from the start."""
    gap_requested: float
    versions: dict[str, str]
    options: dict[str, str] = field(default_factory=dict)
    shut: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Programmes that cannot be joined by the date, each with the futures in which no plan joins it."""
    plain_not_found: tuple[str, ...] = ()
    """Futures in which no plan with the first stage of the plain plan was found in time."""

    @property
    def more_is_better(self) -> bool:
        """Whether the objective is made large."""
        return self.base.proof.kind != "cost"

    @property
    def unit(self) -> str:
        """Unit of the objective."""
        return self.base.proof.unit

    @property
    def currency(self) -> str:
        """Currency of all futures."""
        return self.base.case.finance.currency

    def measured(self, value: Callable[[InFuture], float]) -> float:
        """A value over all futures as the objective measures it."""
        return mixed(*self._values(value), self.risk.level, self.risk.share, more_is_better=self.more_is_better)

    def expected(self, value: Callable[[InFuture], float]) -> float:
        """The expected value."""
        return expected(*self._values(value))

    def tail(self, value: Callable[[InFuture], float]) -> float:
        """The mean over the worst futures."""
        return tail_mean(*self._values(value), self.risk.level, more_is_better=self.more_is_better)

    @property
    def value(self) -> float:
        """What the robust plan is worth by the objective."""
        return self.measured(robust_value)

    @property
    def breaking(self) -> tuple[str, ...]:
        """Futures in which the plain plan's first stage leaves no plan."""
        return tuple(one.name for one in self.futures if one.plain is None and one.name not in self.plain_not_found)

    @property
    def plain_value(self) -> float | None:
        """What it is worth to keep the first stage of the plain plan; None where that leaves some future no plan."""
        if any(one.plain is None for one in self.futures):
            return None
        return self.measured(plain_value)

    @property
    def value_of_stochastic_solution(self) -> float | None:
        """What the robust plan gains over the plain plan's first stage (VSS)."""
        plain = self.plain_value
        return None if plain is None else self._sign * (self.value - plain)

    @property
    def value_of_perfect_information(self) -> float:
        """What it would gain to know the future before the date (EVPI)."""
        return self._sign * (self.measured(best_value) - self.value)

    @property
    def gap(self) -> float:
        """How much better a robust plan could be at most."""
        return max(0.0, self._sign * (self.bound - self.value))

    @property
    def relative_gap(self) -> float:
        """The same as a share of its value."""
        return self.gap / max(1.0, abs(self.value))

    @property
    def within_gap(self) -> bool:
        """Whether it is as good as was asked for."""
        return self.relative_gap <= max(self.gap_requested, EXACT)

    @property
    def label(self) -> ProofLabel:
        """How good it is known to be."""
        return label_of(objective=self.value, bound=self.bound, size=1.0)

    def regret(self, one: InFuture, value: float) -> float:
        """What a value in a future is short of the best that was found there."""
        return self._sign * (one.best - value)

    def gain(self, one: InFuture) -> float | None:
        """What the robust plan gains over the plain plan's first stage in a future."""
        return None if one.plain is None else self._sign * (robust_value(one) - plain_value(one))

    def _values(self, value: Callable[[InFuture], float]) -> tuple[list[float], list[float]]:
        return [value(one) for one in self.futures], [one.weight for one in self.futures]

    @property
    def _sign(self) -> float:
        return 1.0 if self.more_is_better else -1.0


def robust_value(one: InFuture) -> float:
    """What the robust plan is worth in a future."""
    return one.robust.proof.objective


def plain_value(one: InFuture) -> float:
    """What the plain plan's first stage is worth in a future that has a plan with it."""
    assert one.plain is not None
    return one.plain.proof.objective


def best_value(one: InFuture) -> float:
    """The best that was found for a future."""
    return one.best
