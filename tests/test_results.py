"""The plan as tables: every fact of the plan once, money as the audit has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.outcome import LINES, Outcome
from planner.plan import plan_file
from planner.results import tables


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return plan_file(Path(__file__).parent / "cases" / "tiny.yaml")


def test_every_decision_is_a_row(outcome: Outcome) -> None:
    found, decisions = tables(outcome), outcome.decisions
    assert found["orders"]["systems"].sum() == sum(decisions.order.values()) > 0
    assert found["expansions"]["blocks"].sum() == sum(decisions.expand.values())
    assert len(found["serve"]) == len(decisions.serve) > 0
    assert set(found["orders"]["period"]) <= {outcome.case.calendar.label(t) for t in range(8)}


def test_money_is_the_money_of_the_audit(outcome: Outcome) -> None:
    found, accounts = tables(outcome), outcome.audit.accounts
    for line in LINES:
        assert tuple(found["cash"][f"{line}_jpy"]) == accounts.lines[line]
    assert tuple(found["cash"]["cash_jpy"]) == accounts.cash
    assert found["grants"]["grant_jpy"].sum() == pytest.approx(sum(accounts.lines["grants"]))
    installed = found["installed"].set_index(["system", "site", "period"])["systems"]
    label = outcome.case.calendar.label
    for (system, site, t), count in outcome.audit.quantities.installed.items():
        assert installed.loc[system, site, label(t)] == count
