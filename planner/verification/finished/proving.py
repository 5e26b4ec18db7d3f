"""Confirms the bound of a plan from elsewhere, or refutes it, by another search that starts from that plan."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from planner.audit import audit
from planner.coefficients import coefficients_of
from planner.errors import AuditError
from planner.explain.prices import fixed_values
from planner.model.build import Model, build
from planner.outcome import Outcome, Progress, versions
from planner.reading.claims import Claims
from planner.solution import decisions_of
from planner.solving.prove import Proven, prove
from planner.verification.finished.proof import Planned
from planner.verification.finished.verdict import Verdict


@dataclass
class Search:
    """Another search: how long it may take in all, and who is told that it begins and how it goes."""

    seconds: float
    began: Callable[[], None] = lambda: None
    progress: Progress | None = None

    def __post_init__(self) -> None:
        self.left = self.seconds
        """Seconds that earlier questions have left."""

    def confirm(self, verdict: Verdict, claims: Claims, planned: Planned, outcome: Outcome) -> None:
        """Says whether the bound as written holds."""
        model, found = self._searched(outcome)
        _weigh_size(verdict, claims, found)
        _weigh_exact(verdict, claims, planned, found)
        verdict.is_bound_confirmed = self._weigh("bound", verdict, planned, outcome, model, found)

    def confirm_nothing(self, verdict: Verdict, planned: Planned, outcome: Outcome) -> None:
        """Says the same of the bound of doing nothing further, with the time that is left."""
        model, found = self._searched(outcome)
        self._weigh("doing nothing: bound", verdict, planned, outcome, model, found)

    def _searched(self, outcome: Outcome) -> tuple[Model, Proven]:
        model = build(coefficients_of(outcome.case))
        known, bound = _whole_numbers(model, outcome), outcome.proof.bound
        self.began()
        began = time.monotonic()
        found = prove(model, known, bound, seconds=self.left, progress=self.progress)
        self.left = max(0.0, self.left - (time.monotonic() - began))
        return model, found

    def _weigh(
        self, subject: str, verdict: Verdict, planned: Planned, outcome: Outcome, model: Model, found: Proven
    ) -> bool:
        """Says what was found of a bound; returns whether it is confirmed."""
        bound = outcome.proof.bound
        better = None if found.better is None else _audited_objective(model, outcome, found.better)
        if better is not None and planned.passes(bound, better) > planned.tolerance(bound):
            words = f"there is a plan of {better:,.12g} {planned.unit}, which is better than {bound:,.12g}"
            verdict.against(f"{subject}: refuted: {words}")
        elif planned.passes(bound, found.bound) <= planned.tolerance(bound):
            verdict.words.append(f"{subject}: confirmed: {_how(planned, found, bound)}")
            return True
        else:
            verdict.is_settled = False
            verdict.words.append(f"{subject}: not settled: {_how_far(planned, found, bound, self.seconds)}")
        return False


def _whole_numbers(model: Model, outcome: Outcome) -> dict[int, float]:
    """The columns of everything that the plan decides in whole numbers."""
    decide, decisions = model.decide, outcome.decisions
    orders = {column.index: float(decisions.order.get(key, 0)) for key, column in decide.order.items()}
    exits = {column.index: float(decisions.exit.get(key, 0)) for key, column in decide.exit.items()}
    return orders | exits | fixed_values(model, outcome)


def _audited_objective(model: Model, outcome: Outcome, values: list[float]) -> float | None:
    """The objective of another plan, worked out apart from the model; None where it does not keep every limit."""
    try:
        audited = audit(outcome.case, decisions_of(model, values))
    except AuditError:
        return None
    return None if audited.broken else audited.objective


def _weigh_size(verdict: Verdict, claims: Claims, found: Proven) -> None:
    if claims.versions.get("planner") != versions()["planner"]:
        return
    for name, size in zip(("rows", "columns", "non_zeros"), found.shape, strict=True):
        written = getattr(claims, name)
        if written is not None and written != size:
            verdict.against(
                f"{claims.place(name)}: {name.replace('_', '-')}: {written:,.12g} is written, {size:,} here"
            )


def _weigh_exact(verdict: Verdict, claims: Claims, planned: Planned, found: Proven) -> None:
    """The bound that exact arithmetic proves is that of the linear programme, which has one optimum."""
    written = claims.checked_bound
    if written is None or found.exact is None:
        return
    if planned.passes(written, found.exact) > planned.tolerance(written):
        verdict.against(
            f"{claims.place('checked_bound')}: {written:,.12g} is not what exact arithmetic proves, which is "
            f"{found.exact:,.12g} {planned.unit}"
        )
    else:
        verdict.words.append(f"exact arithmetic: confirmed: no plan is better than {written:,.12g} {planned.unit}")


def _how(planned: Planned, found: Proven, bound: float) -> str:
    exactly = found.exact is not None and planned.passes(bound, found.exact) <= planned.tolerance(bound)
    how = "exact arithmetic proves" if exactly else "another search proves by branching"
    tighter = planned.passes(found.bound, bound) > planned.tolerance(bound)
    more = f", nor than {found.bound:,.12g}" if tighter else ""
    return f"{how} that no plan is better than {bound:,.12g} {planned.unit}{more}"


def _how_far(planned: Planned, found: Proven, bound: float, seconds: float) -> str:
    if not math.isfinite(found.bound):
        return f"nothing was proven within {seconds:g} s; try a longer --time-limit"
    return (
        f"within {seconds:g} s it was proven only that no plan is better than {found.bound:,.12g} {planned.unit}, "
        f"not {bound:,.12g}; try a longer --time-limit"
    )
