"""First stages that are tried: whose they are, how good they can be, and what they come to in every future."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.decisions import Decisions
from planner.errors import NoProofError
from planner.finance.tail import mixed
from planner.model.first_stage import Stage
from planner.outcome import Outcome, Risk
from planner.studies.jobs import Record
from planner.studies.plans import run_of
from planner.studies.robust.jobs import PinnedPlan, Screened
from planner.studies.robust.ways import Way
from planner.studies.runs import all_records
from planner.studies.tasks import Engine, Run
from planner.vocabulary.message import Message


@dataclass(frozen=True)
class Candidate:
    """A first stage that may be the best."""

    words: Message
    """Whose it is."""
    first: Decisions
    plans: tuple[Decisions | None, ...]
    """Plans with it that are known already, by way; the search of a plan with it begins there."""
    own: frozenset[int] = frozenset()
    """Ways whose own best plan has it: nothing better is to be found there with it."""


@dataclass(frozen=True)
class Tried:
    """A first stage in every way."""

    candidate: Candidate
    runs: tuple[Run, ...]

    @property
    def outcomes(self) -> list[Outcome] | None:
        """The plans in all ways; None where some way has none, or none was found."""
        found = [run.outcome for run in self.runs if run.outcome is not None]
        return found if len(found) == len(self.runs) else None


@dataclass(frozen=True)
class Measure:
    """The objective over all ways."""

    weights: tuple[float, ...]
    risk: Risk
    more_is_better: bool

    def __call__(self, values: Sequence[float]) -> float:
        """What values, one for each way, come to."""
        return mixed(values, self.weights, self.risk.level, self.risk.share, more_is_better=self.more_is_better)

    def of(self, outcomes: Sequence[Outcome]) -> float:
        """What plans, one for each way, come to."""
        return self([outcome.proof.objective for outcome in outcomes])

    def is_better(self, one: float, other: float) -> bool:
        """Whether one value is better than another."""
        return one > other if self.more_is_better else one < other

    def best(self, values: Iterable[float]) -> float:
        """The best of some values."""
        return (max if self.more_is_better else min)(values)


def joined_first_stage(plans: Sequence[Decisions], stages: Sequence[Stage]) -> Decisions:
    """The first stage of plans that have one and the same, as far as each of them can take it."""
    parts = [stage.of(plan) for plan, stage in zip(plans, stages, strict=True)]
    return Decisions(
        order={key: n for part in parts for key, n in part.order.items()},
        expand={key: n for part in parts for key, n in part.expand.items()},
        join={name: True for part in parts for name in part.join},
    )


def screened(candidates: Sequence[Candidate], ways: Sequence[Way], engine: Engine) -> list[list[float] | None]:
    """How good plans with each first stage can be at most in each way; None where it leaves some way no plan."""
    firsts = tuple(candidate.first for candidate in candidates)
    jobs = [Screened(f"{way.task.name} at most", way.task, way.stage, firsts, engine.time_limit) for way in ways]
    by_way = [record["bounds"] for record in all_records(jobs, engine)]
    found = [[bounds[number] for bounds in by_way] for number in range(len(candidates))]
    return [None if None in bounds else bounds for bounds in found]


def tried(
    candidate: Candidate,
    ways: Sequence[Way],
    own: Sequence[Outcome | None],
    engine: Engine,
    *,
    label: str,
    gap: float = 0.0,
) -> Tried:
    """The best plan of every way with a first stage. The own plan of a way is the best with its first stage.

    With a gap that is wider than that of the engine, plans may be so far from the best.
    """
    rest = [number for number in range(len(ways)) if number not in candidate.own]
    jobs = [
        PinnedPlan(
            name=f"{ways[number].task.name} with {label}",
            task=ways[number].task,
            stage=ways[number].stage,
            first=candidate.first,
            gap=max(gap, engine.gap),
            time_limit=engine.time_limit,
            start=candidate.plans[number],
        )
        for number in rest
    ]
    records = dict(zip(rest, all_records(jobs, engine), strict=True))
    runs = [
        Run(way.task, own[number]) if number in candidate.own else run_with(way, records[number], engine)
        for number, way in enumerate(ways)
    ]
    return Tried(candidate, tuple(runs))


def run_with(way: Way, record: Record, engine: Engine) -> Run:
    """The run behind a record: its money and limits worked out again."""
    options = {"gap": f"{engine.gap:g}", "time limit": f"{engine.time_limit:g} s"}
    further: Record = {"options": options, "branches": [], "doing_nothing": None, "no_doing_nothing": ""}
    return run_of(way.task, {**further, **record}, engine)


def own_bounds(ways: Sequence[Way], own: Sequence[Outcome | None], engine: Engine) -> list[float]:
    """How good the best plan of each way by itself can be: by its linear programme where no plan was found in time.

    Raises:
        NoProofError: not even that is known.
    """
    nothing_held = Stage(-1)
    unknown = [way.task for way, outcome in zip(ways, own, strict=True) if outcome is None]
    jobs = [Screened(f"{task.name} at most", task, nothing_held, (Decisions(),), engine.time_limit) for task in unknown]
    found = {
        task.input_hash: record["bounds"][0] for task, record in zip(unknown, all_records(jobs, engine), strict=True)
    }
    if None in found.values():
        raise NoProofError("a future has no plan, not even in fractions, but that was not proven in time")
    return [
        found[way.task.input_hash] if outcome is None else outcome.proof.bound
        for way, outcome in zip(ways, own, strict=True)
    ]
