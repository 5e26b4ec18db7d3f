"""First section of a pool: what all operators come to, side by side, and how good the plan is known to be."""

from __future__ import annotations

import math

from planner.audit.pool import compute_unit
from planner.report.amounts import digits, short
from planner.report.compare.tables import Cell, Column, Section, Table, columns
from planner.report.pool.side_by_side import one_unit_of_compute, public_money_per_compute
from planner.studies.pool.outcome import PoolOutcome


def summary(outcome: PoolOutcome) -> Section:
    """The figures of the whole pool, and each operator beside the others."""
    audit, unit, currency = outcome.audit, compute_unit(outcome.pool), outcome.currency
    one = one_unit_of_compute(outcome)
    rows: list[tuple[Cell, ...]] = [
        ("net present value of all operators", audit.npv, currency, ""),
        ("public money awarded by shared programmes", outcome.public_money, currency, _caps_words(outcome)),
        ("dense BF16 compute", audit.compute, unit, _when(outcome)),
        ("of it without the shared programmes", outcome.compute_unaided, unit, ""),
        ("compute that they add", outcome.compute_added, unit, ""),
        ("public money for each unit of it", outcome.public_money_per_compute, f"{currency} per {one}", ""),
    ]
    if outcome.pool.target is not None and audit.standing is not None:
        metric = outcome.pool.target.metric
        rows.append(("target", outcome.pool.target.floor, metric, target_words(outcome)))
        rows.append(("missing to the target", outcome.shortfall, metric, ""))
    head = (Column("figure"), Column("value", "number"), Column("unit", "unit"), Column("words"))
    headline = Table("What all operators come to", head, tuple(rows), whole=True)
    words = (proof_words(outcome), f"objective: {_objective_words(outcome)}", f"target: {target_words(outcome)}")
    title = f"{outcome.pool.name} {outcome.pool.title}".rstrip()
    return Section("Pool", title, words, (headline, _side_by_side(outcome)))


def _side_by_side(outcome: PoolOutcome) -> Table:
    unit = compute_unit(outcome.pool)
    rows = [
        (
            name,
            member.compute,
            outcome.audit.public_money[name],
            sum(member.awards.values()) if member.awards else None,
            member.outcome.audit.accounts.npv,
            member.least_npv,
            public_money_per_compute(outcome, member),
        )
        for name, member in outcome.members.items()
    ]
    money = ("public money awarded", "award", "net present value", "the same without")
    each = f"for each {one_unit_of_compute(outcome)} added"
    head = (Column("operator"), Column(unit, unit), *columns("money", *money, each))
    remark = "without: where nobody has the shared programmes; added: beyond what stands then"
    return Table("Operators side by side", head, tuple(rows), remark, totals=(1, 2, 4, 5), whole=True)


def proof_words(outcome: PoolOutcome) -> str:
    """How good the plan is known to be, and what was checked."""
    limits = len(outcome.audit.limits) + sum(len(one.outcome.audit.limits) for one in outcome.members.values())
    return f"✓ {outcome.proof.label}: {outcome.proof.message}; {limits:,} limits and all money rechecked"


def target_words(outcome: PoolOutcome) -> str:
    """What became of the target."""
    target, standing = outcome.pool.target, outcome.audit.standing
    if target is None or standing is None:
        return "no target"
    said = f"{digits(standing)} of {digits(target.floor)} {target.metric} in {target.by}"
    return f"{said}: {digits(outcome.shortfall)} are missing" if outcome.shortfall > 1e-6 else f"{said}: reached"


def _caps_words(outcome: PoolOutcome) -> str:
    paid = {j: sum(one.granted.get(j, 0.0) for one in outcome.members.values()) for j in outcome.programmes}
    return "; ".join(
        f"{short(paid[name])} of {short(outcome.caps[name])}, {name}"
        for name in outcome.programmes
        if name in outcome.caps
    )


def _when(outcome: PoolOutcome) -> str:
    by = outcome.pool.objective.installed_by
    return "at work over the horizon" if by is None else f"installed in {by}"


def _objective_words(outcome: PoolOutcome) -> str:
    kind, proof = outcome.pool.objective.kind, outcome.proof
    if kind == "npv":
        return "highest net present value of all operators together"
    if kind == "compute":
        return f"most dense BF16 compute, {_when(outcome)}"
    best = "no public money is needed" if math.isinf(proof.objective) else f"{proof.objective:,.3f} {proof.unit}"
    return f"most compute added by each unit of public money, {_when(outcome)}: {best}"
