"""Stress: one plan held in many futures, one driver at a time and all together; what it comes to, and what breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from planner.defaults import BASE
from planner.errors import NoPlanError, NoProofError
from planner.futures import Future
from planner.outcome import Outcome
from planner.reading.case.file import Reading
from planner.studies.held_plans import AS_PLANNED, Figures, HeldPlan, Holder
from planner.studies.jobs import Record
from planner.studies.runs import all_records, run_all
from planner.studies.tasks import Engine, Run, Task


@dataclass(frozen=True)
class Stressed:
    """A plan in one future."""

    future: Future
    record: Record
    """Its figures there; a message where nothing was found in time."""
    replanned: float | None = None
    """Objective of the plan that is best there, where that was asked for and found."""
    gap: float | None = None
    """How much better than that another one could be at most, as a share."""
    within_gap: bool = True
    """Whether that is as near as was asked for, or none was asked for; not where time ended the search."""

    @property
    def is_known(self) -> bool:
        """Whether it is known what the plan comes to."""
        return "figures" in self.record

    def figure(self, name: str) -> float | None:
        """A figure of the plan there; None where it has none."""
        value = self.record.get("figures", {}).get(name)
        return None if value is None else float(value)


@dataclass(frozen=True)
class Pull:
    """What one driver alone does."""

    driver: str
    low: Stressed
    high: Stressed


@dataclass(frozen=True)
class Stress:
    """A plan and what becomes of it."""

    base: Outcome
    planned: Record
    """Figures of the plan where all comes as planned."""
    futures: tuple[Stressed, ...]
    pulls: tuple[Pull, ...]
    seed: int
    bridge_rate: float
    is_replanned: bool = False

    @property
    def known(self) -> list[Stressed]:
        """The futures in which it is known what the plan comes to."""
        return [one for one in self.futures if one.is_known]

    def values(self, figure: str) -> tuple[list[float], list[float]]:
        """A figure over the futures that have it, and their weights, which are 1 together."""
        held = [(value, one.future.weight) for one in self.known if (value := one.figure(figure)) is not None]
        total = sum(weight for _, weight in held)
        return [value for value, _ in held], [weight / total for _, weight in held]


def together(drawn: Sequence[Future], named: Sequence[Future]) -> list[Future]:
    """Futures that are drawn and scenarios with a weight as one set: the drawn share what the scenarios leave."""
    apart = [one for one in named if one.name != BASE]
    if not drawn:
        return list(named)
    rest = 1.0 - sum(one.weight for one in apart)
    total = sum(one.weight for one in drawn)
    return [*(replace(one, weight=one.weight / total * rest) for one in drawn if rest > 0), *apart]


@dataclass(frozen=True)
class Terms:
    """How a plan is held, and what the command hands down for it."""

    hold: Holder
    figures: Figures
    bridge_rate: float
    seed: int
    replan: bool = False


def stress(
    reading: Reading,
    futures: Sequence[Future],
    pulls: Sequence[tuple[str, Future, Future]],
    engine: Engine,
    terms: Terms,
    stage: Callable[[str], None] = lambda _: None,
) -> Stress:
    """Plans a case, and holds its plan in futures.

    Args:
        reading: the case.
        futures: what may come, with weights.
        pulls: one driver at a time: its name, and the futures in which it alone is low and high.
        engine: how plans are made and held.
        terms: how they are held.
        stage: told what is being done.

    Raises:
        NoPlanError, NoProofError: there is no plan to hold.
        RunFailedError: a future has faults, or a run failed.
    """
    stage("planning")
    (run,) = run_all([Task.of(reading)], engine)
    if run.outcome is None:
        raise (NoPlanError if run.proven else NoProofError)(run.message)
    base, planned = run.outcome, terms.figures(run.outcome)
    singles = [future for _, low, high in pulls for future in (low, high)]
    jobs = [
        HeldPlan(
            name=future.name,
            base=reading,
            changes=future.changes,
            planned=base.decisions,
            hold=terms.hold,
            figures=terms.figures,
            bridge_rate=terms.bridge_rate,
            time_limit=engine.time_limit,
        )
        for future in (*futures, *singles)
    ]
    stage("holding")
    records = [planned if record == AS_PLANNED else record for record in all_records(jobs, engine)]
    replanned: list[Run | None] = [None] * len(futures)
    if terms.replan:
        stage("planning anew")
        start = base.warm_start  # always the same parent: what is found depends on the inputs alone
        tasks = [
            Task(
                name=one.name,
                case=(read := reading.with_(one.changes, name=one.name)).case,
                input_hash=read.input_hash,
                provenance=read.provenance,
                start=start,
            )
            for one in futures
        ]
        replanned = list(run_all(tasks, engine))
    held = [
        _with_the_best(Stressed(future, records[number]), best)
        for number, (future, best) in enumerate(zip(futures, replanned, strict=True))
    ]
    alone = [Stressed(future, records[len(futures) + number]) for number, future in enumerate(singles)]
    return Stress(
        base=base,
        planned=planned,
        futures=tuple(held),
        pulls=tuple(
            Pull(driver, alone[2 * number], alone[2 * number + 1]) for number, (driver, _, _) in enumerate(pulls)
        ),
        seed=terms.seed,
        bridge_rate=terms.bridge_rate,
        is_replanned=terms.replan,
    )


def _with_the_best(one: Stressed, run: Run | None) -> Stressed:
    """The same beside the plan that was made for its future."""
    if run is None:
        return one
    if run.outcome is None:
        return replace(one, within_gap=run.proven)
    proof = run.outcome.proof
    return replace(one, replanned=run.outcome.audit.objective, gap=proof.relative_gap, within_gap=proof.within_gap)
