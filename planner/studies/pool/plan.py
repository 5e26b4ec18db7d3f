"""The story of a pool: each operator by itself, all without the programmes, all with them; then the audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from planner.audit import audit
from planner.audit.pool import Operator, PoolAudit, audit_pool, operator_compute
from planner.case.case import Case
from planner.defaults import BASE, GAP
from planner.errors import NoPlanError, NoProofError
from planner.model.pool import Aim, PoolModel
from planner.outcome import Outcome
from planner.reading.pool.file import PoolReading
from planner.solution import decisions_of
from planner.solving.solve import Infeasible, Solution, solve
from planner.studies.pool.best import best_plan, proof_of, refuse
from planner.studies.pool.members import FixedMip, member_of
from planner.studies.pool.outcome import PoolOutcome
from planner.studies.pool.terms import model_of, terms_of
from planner.studies.runs import run_all
from planner.studies.tasks import Engine, Planner, Run, Task
from planner.verification.agreement import disagreements

Told = Callable[[str], None]
"""Called with what is worked on."""


@dataclass(frozen=True)
class _Unaided:
    """The pool where nobody has the shared programmes."""

    npv: dict[str, float]
    compute: dict[str, float]


class PoolPlanner:
    """Plans one pool."""

    def __init__(
        self,
        reading: PoolReading,
        plan: Planner,
        *,
        gap: float,
        time_limit: float,
        told: Told,
        step: Callable[[], None] = lambda: None,
    ) -> None:
        """Takes whom to tell what is planned, and whom to tell that a search begins, each of which has its limit."""
        self.reading, self.plan = reading, plan
        self.gap, self.time_limit = gap, time_limit
        self.told, self.step = told, step
        self.cases = {name: member.reading.case for name, member in reading.members.items()}
        self._made: dict[tuple[str, str], Run] = {}
        """Runs that were made elsewhere, by operator and fingerprint of its case."""

    def plan_elsewhere(self, engine: Engine) -> None:
        """Has somebody else plan what each operator would do by itself, all of it side by side.

        Raises:
            RunFailedError: a run failed otherwise than by having no plan.
        """
        tasks = {
            (name, reading.input_hash): Task(BASE, reading.case, reading.input_hash, member.reading.provenance)
            for name, member in self.reading.members.items()
            for reading in (member.reading, member.alone)
        }
        own = replace(engine, gap=min(self.gap, GAP), time_limit=self.time_limit, apart=True)
        self._made = dict(zip(tasks, run_all([*tasks.values()], own), strict=True))

    def outcome(self, file: str, versions: dict[str, str]) -> PoolOutcome:
        """Plans the pool and proves the plan.

        Raises:
            NoPlanError: no plan exists. NoProofError: nothing was found in time. AuditError: the plan does not hold.
        """
        alone = {name: self._alone(name) for name in self.cases}
        unaided = {name: self._unaided(name) for name in self.cases}
        without = self._all_unaided({name: plan for name, plan in unaided.items() if plan is not None})
        least = without.npv if self.reading.pool.participation else {}
        self.told("all operators together")
        unaided_compute = sum(without.compute.values())
        model = model_of(self.cases, terms_of(self.reading, least), Aim())
        best = best_plan(self.reading.pool.objective.kind, model, unaided_compute, self._solve, self.gap)
        parts = self._parts(best.model, best.solution, self.cases)
        audited = self._audit_between(parts, least)
        members = {}
        for name, part in parts.items():
            members[name] = member_of(
                self.reading.pool,
                part,
                FixedMip(name, alone[name], unaided[name], without.npv.get(name), without.compute.get(name, 0.0)),
                self.reading.programmes,
                versions,
            )
        return PoolOutcome(
            pool=self.reading.pool,
            file=file,
            members=members,
            audit=audited,
            proof=proof_of(self.reading.pool, best, audited, unaided_compute, self.gap),
            programmes=tuple(sorted(self.reading.programmes)),
            caps=self._caps(),
            currency=best.model.terms.currency,
            compute_unaided=unaided_compute,
            steps=best.steps,
            input_hash=self.reading.input_hash,
            versions=versions,
            options={"gap": f"{self.gap:g}", "time limit": f"{self.time_limit:g} s for each search"},
        )

    def _alone(self, name: str) -> Outcome:
        self.told(f"{name} alone, with the whole pool to itself")
        reading = self.reading.members[name].reading
        try:
            return self._planned(reading.case, reading.input_hash, name)
        except NoPlanError as error:
            raise NoPlanError(f"{name} has no plan, even with the whole pool to itself. {error}") from error

    def _unaided(self, name: str) -> Outcome | None:
        self.told(f"{name} without the shared programmes")
        reading = self.reading.members[name].alone
        try:
            return self._planned(reading.case, reading.input_hash, name)
        except NoPlanError:  # an operator that cannot do without them takes whatever it gets
            return None

    def _planned(self, case: Case, input_hash: str, name: str) -> Outcome:
        run = self._made.get((name, input_hash))
        if run is not None and run.outcome is not None:
            return run.outcome
        if run is not None:
            raise NoPlanError(run.message) if run.proven else NoProofError(f"{name} by itself: {run.message}")
        provenance = self.reading.members[name].reading.provenance
        gap, seconds = min(self.gap, GAP), self.time_limit
        self.step()
        try:
            return self.plan(case, gap=gap, time_limit=seconds, input_hash=input_hash, provenance=provenance)
        except NoProofError as error:
            raise NoProofError(f"{name} by itself: {error}") from error

    def _all_unaided(self, plans: Mapping[str, Outcome]) -> _Unaided:
        """What operators come to where nobody has the programmes: each by itself, if there is supply for all of it."""
        pool = self.reading.pool
        parts = {name: Operator(one.case, one.decisions, one.audit) for name, one in plans.items()}
        if parts and self._breaks_supply(parts):
            self.told("all operators without the shared programmes")
            cases = {name: one.case for name, one in plans.items()}
            bare = replace(terms_of(self.reading, {}), programmes=frozenset(), target=None, least_compute=None)
            model = model_of(cases, bare, Aim(npv=1.0))
            try:
                parts = self._parts(model, self._solve(model), cases)
            except Infeasible:  # no operator has anything to fall back on, as if it had no plan by itself
                parts = {}
        return _Unaided(
            {name: part.audit.accounts.npv for name, part in parts.items()},
            {name: operator_compute(pool, part) for name, part in parts.items()},
        )

    def _breaks_supply(self, parts: Mapping[str, Operator]) -> bool:
        nothing: dict[str, float] = {}
        bare = self.reading.pool.model_copy(update={"target": None})
        held = audit_pool(bare, parts, offers=self.reading.offers, programmes=frozenset(), least_npv=nothing)
        return any(not limit.holds for limit in held.limits if limit.rule == "shared_supply")

    def _solve(self, model: PoolModel) -> Solution:
        self.step()
        return solve(model, gap=self.gap, time_limit=self.time_limit)

    def _parts(self, model: PoolModel, solution: Solution, cases: Mapping[str, Case]) -> dict[str, Operator]:
        """Every operator's part, audited.

        Raises:
            AuditError: the audit does not agree with the model.
        """
        found, complaints = {}, []
        for name, case in cases.items():
            part, values = model.operators[name], model.values_of(name, solution.values)
            decisions = decisions_of(part, values)
            audited = audit(case, decisions)
            objective = part.objective.value(values) * part.coefficients.money_unit
            complaints += [f"{name}: {words}" for words in disagreements(case, part, values, audited, objective)]
            found[name] = Operator(case, decisions, audited)
        refuse(complaints)
        return found

    def _audit_between(self, parts: Mapping[str, Operator], least: Mapping[str, float]) -> PoolAudit:
        reading = self.reading
        found = audit_pool(reading.pool, parts, offers=reading.offers, programmes=reading.programmes, least_npv=least)
        refuse(
            [
                f"{limit.rule}: {limit.subject}: {limit.left:.9g} {limit.sense} {limit.right:.9g} {limit.unit} fails"
                for limit in found.broken
            ]
        )
        return found

    def _caps(self) -> dict[str, float]:
        caps = {}
        for case in self.cases.values():
            for name in self.reading.programmes & set(case.programmes):
                cap = case.programmes[name].total_cap
                if cap is not None:
                    caps[name] = cap.amount
        return dict(sorted(caps.items()))
