"""Holds what a file says of its proof against the plan: what can be worked out again has to agree, the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from planner.case.case import Case
from planner.case.words import listed
from planner.coefficients.money import money_unit
from planner.decisions import Decisions
from planner.language import Speaker
from planner.outcome import EXACT, Audit, Outcome, Proof, ProofLabel, Provenance, label_of, versions
from planner.reading.claims import Claims
from planner.vocabulary.message import Text

AGREEMENT = 1e-9
"""How far two figures may differ, as a share of the larger of them and of one unit of the objective."""
ROOM = 0.01
"""Share by which a gap may be beside the one that parts the labels for either of them to be right."""
NEEDED = ("label", "objective", "bound", "gap", "relative_gap")
"""Claims without which a file says of no plan how good it is."""


@dataclass(frozen=True)
class Planned:
    """What the claims are about: the case as it was solved, and its plan, worked out again."""

    case: Case
    scenario: str
    input_hash: str
    audit: Audit

    @property
    def unit(self) -> str:
        """What the objective is counted in."""
        objective = self.case.objective
        if objective.kind != "compute":
            return self.case.finance.currency
        return "PFLOPS" if objective.installed_by else "PFLOPS-hours"

    @property
    def size(self) -> float:
        """What counts as one in the objective: a money unit of the model, or one PFLOPS-hour."""
        return 1.0 if self.case.objective.kind == "compute" else money_unit(self.case)

    def passes(self, bound: float, value: float) -> float:
        """By how much a value of the objective is better than a bound; negative where it is not."""
        return bound - value if self.case.objective.kind == "cost" else value - bound

    def tolerance(self, value: float) -> float:
        """By how much bounds may differ and still be taken for one: the tolerance of the solver."""
        return EXACT * max(self.size, abs(value))


def disagreements(claims: Claims, planned: Planned, proof: Proof) -> list[str]:
    """Every claim that is not what the plan and the bound as written give; ``proof_of`` makes the proof of them."""
    missing = [claims.place(name) for name in NEEDED if getattr(claims, name) is None]
    if missing:
        return [f"there is no usable {listed(missing, 'and')}"]
    say = Speaker(claims.language).say
    return [*_figures(claims, planned, proof), *_words(claims, planned, proof, say)]


def proof_of(claims: Claims, planned: Planned) -> Proof:
    """The proof as it is written, the objective as it was worked out again."""
    return Proof(
        label=cast(ProofLabel, claims.label),
        kind=planned.case.objective.kind,
        objective=planned.audit.objective,
        bound=claims.bound or 0.0,
        unit=planned.unit,
        gap_requested=claims.gap_requested or 0.0,
        solver=claims.solver or "",
        seconds=0.0,
        rows=int(claims.rows or 0),
        columns=int(claims.columns or 0),
        non_zeros=int(claims.non_zeros or 0),
        message=claims.message or "",
        checked_bound=claims.checked_bound,
    )


def outcome_as_written(
    claims: Claims, planned: Planned, decisions: Decisions, provenance: dict[str, Provenance]
) -> Outcome:
    """The plan as a run would have handed it over, with the claims that only that run could make."""
    return Outcome(
        case=planned.case,
        scenario=planned.scenario,
        input_hash=planned.input_hash,
        provenance=provenance,
        decisions=decisions,
        proof=proof_of(claims, planned),
        audit=planned.audit,
        versions=dict(claims.versions),
        options=dict(claims.options),
    )


def _figures(claims: Claims, planned: Planned, proof: Proof) -> Iterator[str]:
    """Every figure that is not what the plan and the bound as written give."""
    one = max(planned.size, abs(proof.objective))
    figures = (
        ("objective", proof.objective, max(1.0, one)),
        ("gap", proof.gap, max(1.0, one)),
        ("relative_gap", proof.relative_gap, 1.0),
    )
    for name, worked_out, size in figures:
        written = cast(float, getattr(claims, name))
        if abs(written - worked_out) > AGREEMENT * size:
            yield _line(claims, name, f"{written:,.12g}", f"{worked_out:,.12g}")
    over = planned.passes(proof.bound, proof.objective)
    if over > AGREEMENT * max(1.0, one):
        yield f"{claims.place('bound')}: {proof.bound:,.12g} is no bound: the plan itself is better by {over:,.12g}"
    checked = claims.checked_bound
    if checked is not None and planned.passes(checked, proof.objective) > planned.tolerance(checked):
        yield f"{claims.place('checked_bound')}: the plan is better than what is said to be proven exactly"


def _words(claims: Claims, planned: Planned, proof: Proof, say: Callable[[Text], str]) -> Iterator[str]:
    """The same for every claim in words, in the language of the file."""
    labels = {
        say(label_of(objective=proof.objective, bound=proof.objective + part * proof.gap, size=planned.size))
        for part in (1 - ROOM, 1 + ROOM)
    }
    if claims.label not in labels:
        yield _line(claims, "label", claims.label, min(labels))
    expected: dict[str, str] = {
        "input_hash": planned.input_hash,
        "scenario": planned.scenario,
        "kind": say(planned.case.objective.kind),
    }
    if claims.message is not None:
        pool = claims.options.get("pool")
        expected["message"] = say(proof.gap_words if pool is None else proof.words_in_pool(pool))
    if claims.bound_is_checked is not None:
        if claims.bound_is_checked != proof.is_bound_checked:
            yield _line(claims, "bound_check", str(claims.bound_is_checked).lower(), proof.bound_check)
    elif claims.bound_check is not None or claims.checked_bound is not None:
        expected["bound_check"] = say(proof.bound_check)
    for name, words in expected.items():
        if getattr(claims, name) != words:
            yield _line(claims, name, getattr(claims, name), words)
    options: dict[str, str] = {"objective": planned.case.objective.kind}
    if claims.gap_requested is not None:
        options["gap"] = f"{claims.gap_requested:g}"
    for name, value in options.items():
        if claims.options.get(name) != value:
            yield f"options: {name}: {claims.options.get(name)} is written, {value} elsewhere in the file"


def _line(claims: Claims, name: str, written: str | None, worked_out: str) -> str:
    found = "nothing is written" if written is None else f"{written} is written"
    return f"{claims.place(name)}: {name.replace('_', ' ')}: {found}, {worked_out} worked out again"


def only_read(claims: Claims, proof: Proof, *, proven: bool) -> Iterator[str]:
    """What no arithmetic on the plan alone can tell; a search for the bound tells some of it."""
    others = ["gap asked for", "options", "solver", "versions"]
    if not proven:
        exact = " (said to be proven in exact arithmetic)" if proof.is_bound_checked else ""
        yield f"bound: read, not confirmed: no plan is better than {proof.bound:,.12g} {proof.unit}{exact}"
        others += ["size of the model", *([] if proof.checked_bound is None else ["bound of exact arithmetic"])]
    yield f"run: read, not confirmed: {', '.join(sorted(others))}; {_versions(claims)}"


def _versions(claims: Claims) -> str:
    """Whether the versions as written are those that are here."""
    here = versions()
    other = [
        f"{name} {said} ({here[name]} here)" for name, said in claims.versions.items() if said != here.get(name, said)
    ]
    if other:
        return f"made with {', '.join(other)}, as it says"
    return "the versions are those that are here" if claims.versions else "it says no versions"
