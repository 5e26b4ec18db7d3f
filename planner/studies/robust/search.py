"""The search for the best first stage: what is tried, in which order, and the bound on all first stages.

First those of the plain plan and of the best plan of each future. Where these do not reach the bound, all futures side
by side: in one problem where that is small; otherwise by prices. Its linear programme says what each decision of the
first stage is worth to each future beyond the others; paid that, each future plans by itself, and these plans bound all
first stages together and have nearly the same first stage, which is tried. Then prices move against those that order
more than the mean (subgradient steps with Polyak's length). Steps end by counts, so that they end alike everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.decisions import Decisions
from planner.errors import NoProofError
from planner.model.decomposition import Prices
from planner.outcome import EXACT, Outcome
from planner.studies.jobs import Record
from planner.studies.plans import plan_of
from planner.studies.robust.first_stages import Candidate, Measure, Tried, joined_first_stage, screened, tried
from planner.studies.robust.jobs import PricedPlan, SideBySide
from planner.studies.robust.joins import Joins, plan_by_themselves, ways_to_join
from planner.studies.robust.priced import first_stage_in_common, first_stage_of_mean, stepped
from planner.studies.robust.ways import Way
from planner.studies.runs import all_records
from planner.studies.tasks import Engine
from planner.vocabulary.message import Message, joined, say

MOST_TRIED, MOST_TRIED_A_STEP = 3, 2
"""First stages that are tried in all futures: of those of own plans, and of those of each step of prices."""
MOST_SIDE_BY_SIDE = 60_000
"""Non-zeros of all futures together up to which they are searched in one problem."""
SHARE_OF_TRY = 0.25
"""Gap of the plans of a first stage that is tried in a large set, as a share of what is asked for."""
SHARE_OF_GAP = 0.5
"""Gap of plans that only say which first stages to try with some programmes, as a share of what is asked for."""
MOST_STEPS = 3
"""How often prices move."""
TIE = 1e-9
"""What is better by less, as a share, is as good: then the first stage that was tried earlier counts."""


class FirstStageSearch:
    """One search."""

    def __init__(
        self,
        ways: Sequence[Way],
        own: Sequence[Outcome | None],
        own_bounds: Sequence[float],
        measure: Measure,
        gap: float,
        engine: Engine,
    ) -> None:
        """Takes the best plan of each way, where it was found, its bound, and the gap at which the search may end."""
        self.ways, self.own, self.measure, self.gap, self.engine = ways, own, measure, gap, engine
        self.own_bounds = own_bounds
        self.own_bound = measure(own_bounds)
        """What the futures come to at most if all is known from the start."""
        self._all = Joins(Decisions(), list(own), list(own_bounds), [self.own_bound])
        self._joins: list[Joins] = []
        self.shut: dict[str, tuple[Way, ...]] = {}
        """Programmes that cannot be joined, each with the ways in which no plan joins it; of large sets alone."""
        self._best: Tried | None = None
        self._seen: list[Decisions] = []
        self._number = 0

    @property
    def bound(self) -> float:
        """No first stage is better: the tightest bound that was not passed by more than what the solver tolerates."""
        better, bounds = self.measure.more_is_better, list(self._all.bounds)
        possible = [joins for joins in self._joins if joins.is_possible]
        if possible:
            bounds.append(self.measure.best(joins.bound(self.measure) for joins in possible))
        if self._best is None:
            return (min if better else max)(bounds)
        value = self._value(self._best)
        allowed = EXACT * max(1.0, abs(value))
        valid = [one for one in bounds if self.measure.is_better(one, value) or abs(value - one) <= allowed]
        return self.measure.best([(min if better else max)(valid, default=value), value])

    def tried_first(self, words: Message, first: Decisions, plan: Decisions) -> Tried:
        """The first stage of a plan in all ways, good or not."""
        return self._try(self._candidate(words, first, plan), "the plain first stage")

    def best(self) -> Tried | None:
        """The best first stage that was found; None where it is proven that none leaves a plan in every way.

        Raises:
            NoProofError: none was found in time.
        """
        if self._is_good_enough():
            return self._best
        sizes = [outcome.proof.non_zeros for outcome in self.own if outcome is not None]
        is_large = not sizes or len(self.own) * max(sizes) > MOST_SIDE_BY_SIDE
        if is_large:
            settled = ways_to_join(self.ways, self.own, self.own_bounds, self.measure, self.engine)
            self._joins, self.shut = settled.ways, settled.shut
            for joins in self._joins:
                self._search(joins)
            if self._best is None and not any(joins.is_possible for joins in self._joins):
                return None
        else:
            self._try_best_of(self._of_own_plans(self._all), MOST_TRIED, self._all)
        record: Record = {}
        if self._best is None or not (is_large or self._is_good_enough()):
            record = self._side_by_side(self._all, is_bound_only=False)
        if self._best is None and not record.get("proven"):
            words = "no plan was found for all futures in time; try a longer --time-limit"
            raise NoProofError(record.get("message", words))
        return self._best

    def _search(self, joins: Joins) -> None:
        """Tries first stages with one way to join programmes, as long as one of them may be better."""
        if not self._can_be_better(joins):
            return
        plan_by_themselves(joins, self.ways, self.measure, self.engine, SHARE_OF_GAP * self.gap)
        if not self._can_be_better(joins):
            return
        record = self._side_by_side(joins, is_bound_only=True)
        if self._can_be_better(joins):
            words = say("all futures side by side")
            rounded = [self._candidate(words, plan_of(said)) for said in record.get("firsts", [])]
            self._try_best_of([*rounded, *self._of_own_plans(joins)], MOST_TRIED, joins, SHARE_OF_TRY * self.gap)
        if self._can_be_better(joins) and "prices" in record:
            self._by_prices(Prices(tuple(record["weights"]), tuple(map(tuple, record["prices"]))), joins)

    def _can_be_better(self, joins: Joins) -> bool:
        """Whether a first stage with these may be better than the best so far, by more than the gap."""
        if self._best is None or not joins.is_possible:
            return joins.is_possible
        value, bound = self._value(self._best), joins.bound(self.measure)
        return self.measure.is_better(bound, value) and abs(bound - value) > self.gap * max(1.0, abs(value))

    def _of_own_plans(self, joins: Joins) -> list[Candidate]:
        """The first stage of each own plan, their mean, what they have in common, and none."""
        found: list[Candidate] = []
        for way, outcome in zip(self.ways, joins.own, strict=True):
            if outcome is None:
                continue
            words = say("the plan for {futures} alone", futures=joined([one.name for one in way.futures], " and "))
            found.append(self._candidate(words, way.stage.of(outcome.decisions), outcome.decisions))
        firsts = [one.first for one in found]
        known = [weight for weight, outcome in zip(self.measure.weights, joins.own, strict=True) if outcome is not None]
        none = Decisions(join=dict.fromkeys(joins.names, True))
        mean = first_stage_of_mean(firsts, known) if firsts else none
        found.append(self._candidate(say("the mean of the plans for each future alone"), mean))
        common = first_stage_in_common(firsts) if firsts else none
        found.append(self._candidate(say("what the plans for each future alone have in common"), common))
        found.append(self._candidate(say("nothing by the date"), none))
        return found

    def _candidate(self, words: Message, first: Decisions, plan: Decisions | None = None) -> Candidate:
        """A first stage, and a plan with it at which searches begin; a way whose own plan has it needs no other."""
        pairs = zip(self.ways, self.own, strict=True)
        own = frozenset(n for n, (way, one) in enumerate(pairs) if one and way.stage.of(one.decisions) == first)
        return Candidate(words, first, (plan,) * len(self.ways), own)

    def _try_best_of(self, candidates: Sequence[Candidate], most: int, joins: Joins, gap: float = 0.0) -> None:
        """Tries those that can be better than what is known, the most hopeful first."""
        new: list[Candidate] = []
        for candidate in filter(lambda one: joins.holds(one.first), candidates):
            if candidate.first not in self._seen and all(candidate.first != one.first for one in new):
                new.append(candidate)
        at_most = screened(new, self.ways, self.engine) if new else []
        hopeful = [
            (self.measure(bounds), candidate)
            for bounds, candidate in zip(at_most, new, strict=True)
            if bounds is not None
        ]
        hopeful.sort(key=lambda one: one[0], reverse=self.measure.more_is_better)
        for bound, candidate in hopeful[:most]:
            if not self._can_be_better(joins):
                return
            if self._best is None or self.measure.is_better(bound, self._value(self._best)):
                self._try(candidate, f"first stage {len(self._seen)}", gap)

    def _try(self, candidate: Candidate, label: str, gap: float = 0.0) -> Tried:
        """A first stage in all ways; kept where it is the best so far."""
        self._seen.append(candidate.first)
        found = tried(candidate, self.ways, self.own, self.engine, label=label, gap=gap)
        if found.outcomes is not None and (self._best is None or self._is_better(found, self._best)):
            self._best = found
        return found

    def _is_better(self, one: Tried, other: Tried) -> bool:
        value, before = self._value(one), self._value(other)
        return self.measure.is_better(value, before) and abs(value - before) > TIE * max(1.0, abs(before))

    def _value(self, one: Tried) -> float:
        assert one.outcomes is not None
        return self.measure.of(one.outcomes)

    def _is_good_enough(self) -> bool:
        if self._best is None:
            return False
        value = self._value(self._best)
        return abs(self.bound - value) <= self.gap * max(1.0, abs(value))

    def _side_by_side(self, joins: Joins, *, is_bound_only: bool) -> Record:
        """All ways in one problem: its bound, and the first stage of its plan where one is searched for."""
        all_together = say("all futures side by side")
        job = SideBySide(
            name=f"{all_together}{', in fractions' if is_bound_only else ''}",
            tasks=tuple(way.task for way in self.ways),
            weights=self.measure.weights,
            stages=tuple(way.stage for way in self.ways),
            risk=self.measure.risk,
            gap=self.gap,
            time_limit=self.engine.time_limit,
            start=None if self._best is None else tuple(run.plan.decisions for run in self._best.runs),
            is_bound_only=is_bound_only,
            joined=joins.joined,
        )
        record = all_records([job], self.engine)[0]
        if "bound" in record:
            joins.bounds.append(record["bound"])
        elif record.get("proven"):
            joins.is_possible = False
        if "plans" in record:
            plans = [plan_of(said) for said in record["plans"]]
            first = joined_first_stage(plans, [way.stage for way in self.ways])
            if first not in self._seen:
                self._try(Candidate(all_together, first, tuple(plans)), "all together")
        return record

    def _by_prices(self, prices: Prices, joins: Joins) -> None:
        """Plans each way by itself at prices of the first stage, tries what these come to, and moves the prices."""
        for step in range(1, MOST_STEPS + 1):
            records = self._priced(prices, step, joins)
            if any("bound" not in record for record in records):
                return
            bound = sum(weight * one["bound"] for weight, one in zip(prices.weights, records, strict=True))
            joins.bounds.append(bound)
            if not self._can_be_better(joins):
                return
            plans = [plan_of(record["plan"]) for record in records]
            firsts = [way.stage.of(plan) for way, plan in zip(self.ways, plans, strict=True)]
            firsts.append(first_stage_of_mean(firsts, prices.weights))
            words = say("prices of the first stage")
            at_prices = [self._candidate(words, one, it) for one, it in zip(firsts, [*plans, None], strict=True)]
            self._try_best_of(at_prices, MOST_TRIED_A_STEP, joins, SHARE_OF_TRY * self.gap)
            if self._best is None or not self._can_be_better(joins):
                return
            prices = stepped(
                prices,
                [record["named"] for record in records],
                [record["numbers"] for record in records],
                bound - self._value(self._best),
            )

    def _priced(self, prices: Prices, step: int, joins: Joins) -> list[Record]:
        jobs = [
            PricedPlan(
                name=f"{way.task.name} at prices, step {step}",
                task=way.task,
                stage=way.stage,
                prices=tuple(price / weight if price else 0.0 for price in paid),
                gap=self.engine.gap,
                time_limit=self.engine.time_limit,
                start=None if outcome is None else outcome.decisions,
                joined=joins.joined,
            )
            for way, outcome, weight, paid in zip(self.ways, joins.own, prices.weights, prices.first, strict=True)
        ]
        return all_records(jobs, self.engine)
