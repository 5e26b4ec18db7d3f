"""The story of a robust plan: each future by itself, first stages tried in all futures, all futures side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.defaults import ROBUST_GAP
from planner.errors import NoPlanError, NoProofError
from planner.futures import Future
from planner.outcome import EXACT, Outcome, Risk
from planner.reading.case.file import Reading
from planner.studies.inputs import input_changes
from planner.studies.plans import plan_of
from planner.studies.process_pool import kept_processes
from planner.studies.robust.broken import Holder, broken_in
from planner.studies.robust.contradiction import contradiction_words
from planner.studies.robust.first_stages import Candidate, Measure, Tried, joined_first_stage, screened, tried
from planner.studies.robust.jobs import SideBySide
from planner.studies.robust.outcome import InFuture, RobustOutcome
from planner.studies.robust.ways import Way, last_period, stage_of, ways_of
from planner.studies.runs import all_records, run_all
from planner.studies.tasks import Engine, Task
from planner.vocabulary.message import Message, joined, say

MOST_TRIED = 6
"""First stages that are tried in all futures before all are put side by side."""
MOST_SIDE_BY_SIDE = 60_000
"""Non-zeros of all futures together up to which they are searched in one problem; beyond, only its bound is."""
TIE = 1e-9
"""What is better by less, as a share, is as good: then the first stage that was tried earlier counts."""
THE_PLAIN_PLAN, ALL_SIDE_BY_SIDE = say("the plain plan"), say("all futures side by side")


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
        self.own_bound = self.measure([outcome.proof.bound for outcome in self.own])
        self.bounds = [self.own_bound]
        candidates = self._candidates()
        plain_tried, best = self._try(candidates)
        best = self._side_by_side(best)
        return self._told(names, plain_tried, best)

    def _by_themselves(self) -> tuple[Outcome, list[Outcome]]:
        """The plain plan, and the best plan of each way.

        Raises:
            NoPlanError, NoProofError: there is none.
        """
        base, *runs = run_all([self.base, *(way.task for way in self.ways)], self.engine)
        for run, name in [(base, "the case as it stands"), *((run, f"the future {run.task.name}") for run in runs)]:
            if run.outcome is None:
                kind = NoPlanError if run.proven else NoProofError
                raise kind(
                    f"{name} has no plan by itself, whatever is decided by {self.terms.decide_by}: {run.message}"
                )
        return base.plan, [run.plan for run in runs]

    def _candidates(self) -> list[Candidate]:
        """The first stages of the plain plan and of the own plan of each way, each once."""
        plain_stage = stage_of(self.base.case, self.last, self.terms.decide_by)
        found = [self._candidate(THE_PLAIN_PLAN, plain_stage.of(self.plain.decisions))]
        for number, (way, outcome) in enumerate(zip(self.ways, self.own, strict=True)):
            first = way.stage.of(outcome.decisions)
            words = say("the plan for {futures} alone", futures=joined([one.name for one in way.futures], " and "))
            alike = next((n for n, one in enumerate(found) if one.first == first), None)
            if alike is None:
                found.append(self._candidate(words, first, number))
            elif found[alike].own is None:
                found[alike] = self._candidate(found[alike].words, first, number)
        return found

    def _candidate(self, words: Message, first: Decisions, own: int | None = None) -> Candidate:
        plans = [outcome.decisions if number == own else None for number, outcome in enumerate(self.own)]
        return Candidate(words, first, tuple(plans), own)

    def _try(self, candidates: Sequence[Candidate]) -> tuple[Tried, Tried | None]:
        """The first stage of the plain plan in all ways, and the best of all that were tried."""
        plain_tried = self._tried(candidates[0], "the plain first stage")
        best = plain_tried if plain_tried.outcomes is not None else None
        if self._is_good_enough(best):
            return plain_tried, best
        at_most = screened(candidates[1:], self.ways, self.engine)
        hopeful = [
            (self.measure(bounds), candidate)
            for bounds, candidate in zip(at_most, candidates[1:], strict=True)
            if bounds is not None
        ]
        hopeful.sort(key=lambda one: one[0], reverse=self.measure.more_is_better)
        for number, (bound, candidate) in enumerate(hopeful[:MOST_TRIED], start=1):
            if best is not None and not self.measure.is_better(bound, self._value(best)):
                break
            best = self._better(best, self._tried(candidate, f"first stage {number}"))
        return plain_tried, best

    def _tried(self, candidate: Candidate, label: str) -> Tried:
        return tried(candidate, self.ways, self.own, self.engine, label=label)

    def _value(self, one: Tried) -> float:
        assert one.outcomes is not None
        return self.measure.of(one.outcomes)

    def _better(self, one: Tried | None, other: Tried) -> Tried | None:
        if other.outcomes is None:
            return one
        if one is None:
            return other
        value, before = self._value(other), self._value(one)
        is_tie = abs(value - before) <= TIE * max(1.0, abs(before))
        return other if self.measure.is_better(value, before) and not is_tie else one

    def _is_good_enough(self, best: Tried | None) -> bool:
        if best is None:
            return False
        value = self._value(best)
        nearest = min(abs(bound - value) for bound in self.bounds)
        return nearest <= self.terms.gap * max(1.0, abs(value))

    def _side_by_side(self, best: Tried | None) -> Tried:
        """All ways in one problem, where what was tried is not known to be good enough.

        Raises:
            NoPlanError: no first stage leaves a plan in every future. NoProofError: none was found in time.
        """
        if best is not None and self._is_good_enough(best):
            return best
        size = sum(outcome.proof.non_zeros for outcome in self.own)
        is_bound_only = best is not None and size > MOST_SIDE_BY_SIDE
        job = SideBySide(
            name=str(ALL_SIDE_BY_SIDE),
            tasks=tuple(way.task for way in self.ways),
            weights=self.measure.weights,
            stages=tuple(way.stage for way in self.ways),
            risk=self.terms.risk,
            gap=self.terms.gap,
            time_limit=self.engine.time_limit,
            start=None if best is None else tuple(run.plan.decisions for run in best.runs),
            is_bound_only=is_bound_only,
        )
        record = all_records([job], self.engine)[0]
        if "bound" in record:
            self.bounds.append(record["bound"])
        if "plans" in record:
            plans = [plan_of(said) for said in record["plans"]]
            first = joined_first_stage(plans, [way.stage for way in self.ways])
            if best is None or first != best.candidate.first:
                best = self._better(best, self._tried(Candidate(ALL_SIDE_BY_SIDE, first, tuple(plans)), "all together"))
        if best is not None:
            return best
        if record.get("proven"):
            raise NoPlanError(contradiction_words(self.ways, self.terms.decide_by, self.engine))
        raise NoProofError(
            record.get("message", "no plan was found for all futures in time; try a longer --time-limit")
        )

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
                    own=own,
                    robust=replace(robust, scenario=future.name),
                    plain=plain,
                    broken=by_way.get(number, ()),
                    best=self.measure.best(values),
                    inputs=tuple(input_changes(self.base.case, self.ways[number].task.case)),
                )
            )
        value = self._value(best)
        allowed = EXACT * max(1.0, abs(value))  # a plan may pass a bound by what the solver tolerates
        passed = [self.measure.is_better(value, bound) and abs(value - bound) > allowed for bound in self.bounds]
        valid = [bound for bound, is_passed in zip(self.bounds, passed, strict=True) if not is_passed]
        tightest = (min if self.measure.more_is_better else max)(valid, default=value)
        bound = self.measure.best([tightest, value])
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
            bound=bound,
            own_bound=self.own_bound,
            gap_requested=self.terms.gap,
            versions=dict(self.engine.versions),
            options={
                "gap": f"{self.terms.gap:g}",
                "gap of each future's plan": f"{self.engine.gap:g}",
                "time limit": f"{self.engine.time_limit:g} s for each search",
                **self.terms.options,
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
