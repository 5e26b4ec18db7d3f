"""The cloud programme of METI as a pool: what is published must come out, or the file must say what is missing."""

from __future__ import annotations

import csv
import dataclasses

import pytest

from planner.planning import plan_case
from planner.reading.pool.file import PoolReading, read_pool
from planner.studies.pool.outcome import PoolOutcome
from planner.studies.pool.plan import PoolPlanner
from tests.places import INPUTS

AWARDS = {"sakura": "M-02", "kddi": "M-03", "highreso": "M-04", "rutilea": "M-05", "gmo": "M-06", "softbank": "M-07"}
"""Rows of facts.csv with the published awards."""


@pytest.fixture(scope="module")
def facts() -> dict[str, float]:
    with (INPUTS / "facts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: float(row["value"]) for row in rows if row["value"].replace(".", "", 1).isdigit()}


@pytest.fixture(scope="module")
def reading() -> PoolReading:
    return read_pool(INPUTS / "meti-pool.yaml")


@pytest.fixture(scope="module")
def outcome(reading: PoolReading) -> PoolOutcome:
    """A plan good enough to show it: what is asserted below of published figures leaves more room than its gap."""
    planner = PoolPlanner(reading, plan_case, gap=0.1, time_limit=60.0, told=lambda _words: None)
    return planner.outcome("meti-pool.yaml", {})


def test_awards_cap_and_target_are_the_published_ones(reading: PoolReading, facts: dict[str, float]) -> None:
    stated = {
        name: member.reading.case.programmes["meti-cloud"].operator_cap for name, member in reading.members.items()
    }
    assert {name: cap.amount for name, cap in stated.items() if cap is not None} == {
        name: facts[row] for name, row in AWARDS.items()
    }
    cap = reading.members["kddi"].reading.case.programmes["meti-cloud"].total_cap
    assert cap is not None
    assert cap.amount == facts["M-08"]
    assert sum(facts[row] for row in AWARDS.values()) == pytest.approx(facts["M-08"], rel=1e-3)
    assert reading.pool.target is not None
    assert reading.pool.target.floor == 1000 * facts["M-18"]


def test_softbanks_published_fleet_is_13_7_eflops_dense(reading: PoolReading, facts: dict[str, float]) -> None:
    case = reading.members["softbank"].reading.case
    fleet = [(one.system, one.quantity) for site in case.sites.values() for one in site.fleet]
    published = [*fleet, ("b200-hgx8", 500)]  # P-07: more than 4,000 B200, in servers of eight
    assert sum(8 * count for _, count in published) == 10_000  # P-08: about 10,000 planned
    dense = sum((case.systems[system].pflops("bf16") or 0.0) * count for system, count in published) / 1000
    assert dense == pytest.approx(13.58, abs=0.01)
    assert dense == pytest.approx(facts["P-07"], rel=0.01)
    assert 2 * dense > 1.9 * facts["P-07"]  # sparse figures, as makers print them, would be twice the published total
    (duty,) = case.programmes["meti-cloud"].obligations
    assert duty.floor == pytest.approx(1000 * dense)


def test_nobody_is_paid_more_than_its_award_and_all_not_more_than_the_pool(
    outcome: PoolOutcome, facts: dict[str, float]
) -> None:
    for name, row in AWARDS.items():
        assert 0 <= outcome.members[name].granted["meti-cloud"] <= facts[row] + 1
    assert outcome.public_money <= facts["M-08"] + 1


def test_the_target_stands_and_softbank_has_what_it_announced(outcome: PoolOutcome) -> None:
    assert outcome.shortfall == 0
    assert outcome.audit.standing is not None
    assert outcome.audit.standing >= 60_000
    assert outcome.audit.standing == pytest.approx(outcome.audit.compute)  # both count FY2027's end, dense
    case = outcome.members["softbank"].outcome.case
    autumn = 3
    assert case.calendar.label(autumn) == "2025-10"
    installed = outcome.members["softbank"].outcome.audit.quantities.installed
    standing = sum(
        (case.systems[system].pflops("bf16") or 0.0) * count
        for (system, _, t), count in installed.items()
        if t == autumn
    )
    assert standing >= 13_580


def test_without_the_programme_the_target_is_missed(outcome: PoolOutcome) -> None:
    assert outcome.compute_unaided < 20_000
    assert outcome.compute_added > 40_000
    for member in outcome.members.values():
        assert member.unaided is not None
        assert member.outcome.audit.accounts.npv >= member.unaided.audit.accounts.npv - 1000


def test_everything_was_rechecked(outcome: PoolOutcome) -> None:
    assert not outcome.audit.broken
    assert {limit.rule for limit in outcome.audit.limits} == {"shared_supply", "shared_cap", "participation"}
    for member in outcome.members.values():
        assert not member.outcome.audit.broken
        assert dataclasses.asdict(member.outcome.proof)["label"] in ("verified optimal", "feasible with a gap")
