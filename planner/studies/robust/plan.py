"""The story of a robust plan: each future by itself, first stages tried in all futures, all futures side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.defaults import ROBUST_GAP
from planner.errors import NoPlanError, NoProofError
from planner.futures import Future
from planner.outcome import Outcome, Risk
from planner.reading.case.file import Reading
from planner.studies.held_plans import Holder
from planner.studies.inputs import input_changes
from planner.studies.process_pool import kept_processes
from planner.studies.robust.broken import broken_in
from planner.studies.robust.contradiction import contradiction_words
from planner.studies.robust.first_stages import Measure, Tried, joined_first_stage, own_bounds
from planner.studies.robust.outcome import InFuture, RobustOutcome
from planner.studies.robust.search import FirstStageSearch
from planner.studies.robust.ways import Way, last_period, stage_of, ways_of
from planner.studies.runs import run_all
from planner.studies.tasks import Engine, Task
from planner.vocabulary.message import say


@dataclass(frozen=True)
class Terms:
    """What a robust plan is asked for, and how it is made."""

    decide_by: Month
    """What begins up to this month is the same in all futures."""
    hold: Holder
    """How the plain plan is held where its first stage leaves no plan."""
    risk: Risk = field(default_factory=Risk)
    """What is made of the values in all futures."""
    gap: float = ROBUST_GAP
    """Relative gap at which the search for a better first stage may stop."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What else was asked for, as it is told in the results."""


def robust_plan(reading: Reading, futures: Sequence[Future], terms: Terms, engine: Engine) -> RobustOutcome:
    """The best first stage for some futures, and the best plan of each future with it.

    Args:
        reading: the case as it stands.
        futures: how things may turn out, each with its weight.
        terms: what is asked for.
        engine: how runs are made; its gap is that of the plan of one future.

    Raises:
        InputError: the date lies outside of the horizon, or the futures cannot stand side by side.
        NoPlanError: some future has no plan, or no first stage leaves a plan in all of them.
        NoProofError: nothing was found in time.
    """
    ways = ways_of(reading, futures, terms.decide_by)
    return plan_ways(Task.of(reading), ways, [future.name for future in futures], terms, engine)


def plan_ways(base: Task, ways: list[Way], names: Sequence[str], terms: Terms, engine: Engine) -> RobustOutcome:
    """The same for cases that are there already; the futures are told in the order of their names."""
    with kept_processes(engine) as kept:
        return _RobustPlanner(base, ways, terms, kept).outcome(names)


@dataclass
class _RobustPlanner:
    """One robust plan in the making."""

    base: Task
    ways: list[Way]
    terms: Terms
    engine: Engine

    def outcome(self, names: Sequence[str]) -> RobustOutcome:
        self.last = last_period(self.base.case.calendar, self.terms.decide_by)
        self.plain, self.own = self._by_themselves()
        better = self.plain.proof.kind != "cost"
        self.measure = Measure(tuple(way.weight for way in self.ways), self.terms.risk, better)
        first = stage_of(self.base.case, self.last, self.terms.decide_by).of(self.plain.decisions)
        self.own_bounds = own_bounds(self.ways, self.own, self.engine)
        self.search = FirstStageSearch(self.ways, self.own, self.own_bounds, self.measure, self.terms.gap, self.engine)
        plain_tried = self.search.tried_first(say("the plain plan"), first, self.plain.decisions)
        best = self.search.best()
        if best is None:
            raise NoPlanError(contradiction_words(self.ways, self.terms.decide_by, self.engine))
        return self._told(names, plain_tried, best)

    def _by_themselves(self) -> tuple[Outcome, list[Outcome | None]]:
        """The plain plan, and the best plan of each way; None where none was found in time.

        Each search begins at the plain plan, always the same, so that it does not depend on the other futures.

        Raises:
            NoPlanError: one of them has none. NoProofError: the plain plan was not found in time.
        """
        base = run_all([self.base], self.engine)[0]
        if base.outcome is None:
            kind = NoPlanError if base.proven else NoProofError
            raise kind(f"the case as it stands: {base.message}")
        others = [way.task for way in self.ways if way.task.input_hash != self.base.input_hash]
        tasks = [replace(task, start=base.outcome.warm_start) for task in others]
        found = {task.input_hash: run for task, run in zip(others, run_all(tasks, self.engine), strict=True)}
        found[self.base.input_hash] = base
        runs = [found[way.task.input_hash] for way in self.ways]
        for run in runs:
            if run.outcome is None and run.proven:
                words = f"the future {run.task.name} has no plan by itself, whatever is decided by"
                raise NoPlanError(f"{words} {self.terms.decide_by}: {run.message}")
        return base.outcome, [run.outcome for run in runs]

    def _told(self, names: Sequence[str], plain_tried: Tried, best: Tried) -> RobustOutcome:
        seen = {future.name: (number, future) for number, way in enumerate(self.ways) for future in way.futures}
        total = sum(future.weight for _, future in seen.values())
        missing = [number for number, run in enumerate(plain_tried.runs) if run.outcome is None]
        broken = broken_in([self.ways[number].task for number in missing], self.plain, self.engine, self.terms.hold)
        by_way = dict(zip(missing, broken, strict=True))
        told = []
        for name in names:
            if name not in seen:
                continue
            number, future = seen[name]
            own, robust, plain = self.own[number], best.runs[number].plan, plain_tried.runs[number].outcome
            values = [one.proof.objective for one in (own, robust, plain) if one is not None]
            told.append(
                InFuture(
                    future=future,
                    weight=future.weight / total,
                    own_bound=self.own_bounds[number],
                    robust=replace(robust, scenario=future.name),
                    plain=plain,
                    broken=by_way.get(number, ()),
                    best=self.measure.best(values),
                    inputs=tuple(input_changes(self.base.case, self.ways[number].task.case)),
                )
            )
        stage = stage_of(self.base.case, self.last, self.terms.decide_by)
        return RobustOutcome(
            base=self.plain,
            decide_by=self.terms.decide_by,
            last=self.last,
            risk=self.terms.risk,
            futures=tuple(told),
            first=_as_ordered(best, self.ways),
            plain_first=stage.of(self.plain.decisions),
            found_by=best.candidate.words,
            bound=self.search.bound,
            own_bound=self.search.own_bound,
            gap_requested=self.terms.gap,
            versions=dict(self.engine.versions),
            options={
                "gap": f"{self.terms.gap:g}",
                "gap of each future's plan": f"{self.engine.gap:g}",
                "time limit": f"{self.engine.time_limit:g} s for each search",
                **self.terms.options,
            },
            shut={
                name: tuple(future.name for way in ways for future in way.futures)
                for name, ways in sorted(self.search.shut.items())
            },
            plain_not_found=tuple(
                future.name
                for way, run in zip(self.ways, plain_tried.runs, strict=True)
                for future in way.futures
                if run.outcome is None and not run.proven
            ),
        )


def _as_ordered(best: Tried, ways: Sequence[Way]) -> Decisions:
    """The first stage as it is carried out; what no future can order is not in it."""
    return joined_first_stage([run.plan.decisions for run in best.runs], [way.stage for way in ways])
