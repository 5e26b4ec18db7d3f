"""First section of a pool: what all operators come to, side by side, and how good the plan is known to be."""

from __future__ import annotations

import math

from planner.audit.pool import compute_unit
from planner.report.amounts import digits
from planner.report.compare.tables import Cell, Column, Section, Table, columns, unit_message
from planner.report.pool.side_by_side import one_unit_of_compute, public_money_per_compute
from planner.report.verdict import verdict_of
from planner.report.voice import Voice
from planner.report.workbook.physical.placements import metric_label
from planner.studies.pool.outcome import PoolOutcome
from planner.vocabulary.message import Message, joined, say, unit_of, verbatim

RATIO = "compute_per_public_yen"
"""The kind of objective that asks for most compute for public money."""


def summary(outcome: PoolOutcome, voice: Voice) -> Section:
    """The figures of the whole pool, and each operator beside the others."""
    audit, unit, currency = outcome.audit, compute_unit(outcome.pool), outcome.currency
    one = one_unit_of_compute(outcome)
    told: list[tuple[str, Cell, str, str]] = [
        ("net present value of all operators", audit.npv, currency, ""),
        ("public money awarded by shared programmes", outcome.public_money, currency, _caps_words(outcome, voice)),
        ("dense BF16 compute", audit.compute, unit, _when(outcome, voice)),
        ("of it without the shared programmes", outcome.compute_unaided, unit, ""),
        ("compute that they add", outcome.compute_added, unit, ""),
        ("public money for each unit of it", outcome.public_money_per_compute, f"{currency} per {one}", ""),
    ]
    if outcome.pool.target is not None and audit.standing is not None:
        metric = metric_label(outcome.pool.target.metric)
        told.append(("target", outcome.pool.target.floor, metric, target_words(outcome, voice)))
        told.append(("missing to the target", outcome.shortfall, metric, ""))
    rows = tuple((voice(figure), *others) for figure, *others in told)
    named = (Column(voice("figure")), Column(voice("value"), "number"), Column(voice("unit"), "unit"))
    headline = Table(voice("What all operators come to"), (*named, Column(voice("words"))), rows, whole=True)
    words = (
        proof_words(outcome, voice),
        voice("objective: {words}", words=_objective_words(outcome, voice)),
        voice("target: {words}", words=target_words(outcome, voice)),
    )
    title = f"{outcome.pool.name} {outcome.pool.title}".rstrip()
    return Section(voice("Pool"), title, words, (headline, _side_by_side(outcome, voice)))


def _side_by_side(outcome: PoolOutcome, voice: Voice) -> Table:
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
    each = voice("for each {unit} added", unit=unit_of(one_unit_of_compute(outcome)))
    head = (
        Column(voice("operator")),
        Column(voice.speaker.unit(unit), unit),
        *columns("money", *map(voice, money), each),
    )
    remark = voice("without: where nobody has the shared programmes; added: beyond what stands then")
    return Table(voice("Operators side by side"), head, tuple(rows), remark, totals=(1, 2, 4, 5), whole=True)


def proof_words(outcome: PoolOutcome, voice: Voice) -> str:
    """How good the plan is known to be, and what was checked."""
    limits = len(outcome.audit.limits) + sum(len(one.outcome.audit.limits) for one in outcome.members.values())
    return voice(
        "{mark} {verdict}: {bound}; {limits} limits and all money rechecked ({label})",
        mark="✓" if outcome.proof.within_gap else "!",
        verdict=verdict_of(outcome.proof),
        label=say(outcome.proof.label),
        bound=_bound_words(outcome),
        limits=f"{limits:,}",
    )


def _bound_words(outcome: PoolOutcome) -> Message:
    """How much better a plan could be; of a ratio, what no plan exceeds."""
    proof = outcome.proof
    if outcome.pool.objective.kind != RATIO:
        gap = f"{abs(proof.bound - proof.objective):,.0f}"
        return say("no plan can be better by more than {gap} {unit}", gap=gap, unit=proof.unit_words)
    if math.isinf(proof.objective):
        return say("no public money is needed")
    return say("no plan brings more than {bound} {unit}", bound=f"{proof.bound:,.3f}", unit=unit_message(proof.unit))


def target_words(outcome: PoolOutcome, voice: Voice) -> str:
    """What became of the target."""
    target, standing = outcome.pool.target, outcome.audit.standing
    if target is None or standing is None:
        return voice("no target")
    said = {"standing": digits(standing), "floor": digits(target.floor), "by": str(target.by)}
    metric = unit_of(metric_label(target.metric))
    if outcome.shortfall > 1e-6:
        template = "{standing} of {floor} {metric} in {by}: {missing} are missing"
        return voice(template, metric=metric, missing=digits(outcome.shortfall), **said)
    return voice("{standing} of {floor} {metric} in {by}: reached", metric=metric, **said)


def _caps_words(outcome: PoolOutcome, voice: Voice) -> str:
    paid = {j: sum(one.granted.get(j, 0.0) for one in outcome.members.values()) for j in outcome.programmes}
    told = [
        voice("{paid} of {cap}, {name}", paid=voice.short(paid[name]), cap=voice.short(outcome.caps[name]), name=name)
        for name in outcome.programmes
        if name in outcome.caps
    ]
    return voice(verbatim(joined(told, "; ")))


def _when(outcome: PoolOutcome, voice: Voice) -> str:
    by = outcome.pool.objective.installed_by
    return voice("at work over the horizon") if by is None else voice("installed in {month}", month=str(by))


def _objective_words(outcome: PoolOutcome, voice: Voice) -> str:
    kind, proof, when = outcome.pool.objective.kind, outcome.proof, _when(outcome, voice)
    if kind == "npv":
        return voice("highest net present value of all operators together")
    if kind == "compute":
        return voice("most dense BF16 compute, {when}", when=when)
    best = voice("no public money is needed")
    if not math.isinf(proof.objective):
        best = voice(say("{amount} {unit}", amount=f"{proof.objective:,.3f}", unit=unit_message(proof.unit)))
    return voice("most compute added by each unit of public money, {when}: {best}", when=when, best=best)
