"""The audit passes every good plan and catches spoilt ones; what counts as spoilt, an independent witness decides."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from planner.audit import audit, register
from planner.audit.register import Asset, Movement
from planner.case.case import Case
from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.errors import AuditError
from planner.outcome import Outcome
from tests.cases.aided import aided_case
from tests.decided import with_tables
from tests.planned import planned
from tests.rival.generator import larger_case, tiny_case, tiny_fields
from tests.rival.money_mutations import AID_MUTATIONS, BOOK_MUTATIONS
from tests.rival.mutations import MUTATIONS
from tests.rival.rival import judge, money_scale

TINY, LARGER, BORROWING, AIDED = 35, 15, 25, 12


def borrowing_case(number: int) -> Case:
    """A tiny case in which borrowing pays, grants come off book values, and systems leave when demand ends."""
    fields, chance = tiny_fields(number), Random(number)
    finance: dict[str, Any] = fields["finance"]
    first = Month.parse(fields["calendar"]["start"])
    finance["loans"] = {
        "bank": {"limit": "60 mn JPY", "rate": 0.001, "term": f"{chance.choice([3, 6, 12])} months", "revolving": True},
        "state": {
            "limit": "90 mn JPY",
            "rate": 0.002,
            "term": f"{chance.choice([6, 9, 18])} months",
            "repayment": "equal_parts",
            "outstanding": "20 mn JPY",
            "share_of_investment": 0.5,
        },
    }
    finance |= {
        "asset_grants": "reduce_book_value",
        "depreciation": {"systems": "5 years"},
        "resale": [{"age": "0 months", "share": 0.95}, {"age": "2 years", "share": 0.6}],
        "public_money_ceiling": 1,
        "tax": {"rate": 0.3, "payment_lag": f"{chance.choice([0, 2, 8])} months", "loss_use_limit": 0.5},
    }
    for programme in fields.get("programmes", {}).values():
        programme.pop("obligations", None)
        programme.pop("minimum_investment", None)
        programme["retention"] = "3 months"
    for work in fields["workloads"].values():
        amount = work["amount"]
        most = max(amount.values()) if isinstance(amount, dict) else amount
        work["amount"] = {str(first): most, str(first.plus(chance.choice([3, 6, 12]))): 0}
        work.pop("must_serve", None)
    return Case.model_validate(fields)


def aided_variant(number: int) -> Case:
    """The case with every kind of programme, in which a cube leaves early, with other terms."""
    chance = Random(number)
    exits = ["repay_remaining", "repay_remaining", "repay_all"]
    return aided_case(
        programmes__ministry__rate=chance.choice([0.3, 0.4, 0.5]),
        programmes__ministry__early_exit=chance.choice(exits),
        programmes__ministry__retention=f"{chance.choice([24, 36, 48])} months",
        programmes__prefecture__retention=f"{chance.choice([12, 24, 36])} months",
        programmes__prefecture__early_exit=chance.choice(exits),
        programmes__law__tax_limit=chance.choice([0.1, 0.2, 0.4]),
        programmes__law__carry_forward=f"{chance.choice([0, 1, 2])} years",
        programmes__act__total_cap=f"{chance.choice([12, 24, 48])} mn JPY",
        finance__asset_grants=chance.choice(["reduce_book_value", "reduce_book_value", "income"]),
        workloads__training__amount={"2025-10": 2, f"{chance.choice([2026, 2027])}-04": chance.choice([0, 1])},
    )


def plans_of(cases: Iterator[Case], count: int) -> list[Outcome]:
    """The first plans of some cases that order something."""
    found: list[Outcome] = []
    while len(found) < count:
        outcome = planned(next(cases), gap=1e-3, time_limit=20.0)
        if outcome is not None and outcome.decisions.order:
            found.append(outcome)
    return found


@pytest.fixture(scope="module")
def good_plans() -> list[Outcome]:
    tiny = plans_of((tiny_case(number) for number in itertools.count(2000)), TINY)
    larger = plans_of((larger_case(number) for number in itertools.count(3000)), LARGER)
    borrowing = plans_of((borrowing_case(number) for number in itertools.count(4000)), BORROWING)
    return tiny + larger + borrowing + plans_of((aided_variant(number) for number in itertools.count(5000)), AIDED)


def differs(case: Case, objective: float, claimed: float) -> bool:
    """Whether an objective is not the one that was claimed; what is not a number differs from everything."""
    scale = 1.0 if case.objective.kind == "compute" else 1e-3 * money_scale(case)
    return not math.isclose(objective, claimed, rel_tol=1e-7, abs_tol=1e-7 * scale)


def is_spoilt(case: Case, decisions: Decisions, claimed: float) -> bool:
    """Whether a plan breaks a limit or is not worth what is claimed, by the arithmetic of the witness."""
    faults, objective = judge(case, decisions)
    return bool(faults) or differs(case, objective, claimed)


def is_caught(case: Case, decisions: Decisions, claimed: float) -> bool:
    """Whether the audit refuses the plan, finds a broken limit, or another objective than is claimed."""
    try:
        audited = audit(case, decisions)
    except AuditError:
        return True
    return bool(audited.broken) or differs(case, audited.objective, claimed)


def test_no_false_alarm_on_good_plans(good_plans: list[Outcome]) -> None:
    assert len(good_plans) == TINY + LARGER + BORROWING + AIDED
    for outcome in good_plans:
        assert audit(outcome.case, outcome.decisions).broken == (), outcome.case.name
        faults, objective = judge(outcome.case, outcome.decisions)
        assert faults == [], outcome.case.name
        assert not differs(outcome.case, objective, outcome.proof.objective), outcome.case.name


def test_spoilt_plans_are_caught(good_plans: list[Outcome]) -> None:
    spoilt, missed, chance = 0, [], Random(7)
    mutations = MUTATIONS | BOOK_MUTATIONS | AID_MUTATIONS
    tried = dict.fromkeys(mutations, 0)
    for outcome in good_plans:
        case, claimed = outcome.case, outcome.audit.objective
        for name, mutate in mutations.items():
            changed = mutate(case, outcome.decisions, chance)
            if changed is None or not is_spoilt(case, changed, claimed):
                continue
            spoilt += 1
            tried[name] += 1
            if not is_caught(case, changed, claimed):
                missed.append(f"{case.name}: {name}")
    assert spoilt >= 2000
    assert all(tried.values()), f"never spoilt a plan: {[name for name, count in tried.items() if not count]}"
    assert len(missed) <= spoilt / 100, f"{len(missed)} of {spoilt} missed: {missed}"


def test_the_balance_sheet_balances_under_any_decisions(good_plans: list[Outcome]) -> None:
    """Also under plans that break limits: what is owed, paid and written off adds up whatever was decided."""
    balanced, chance = 0, Random(11)
    for outcome in good_plans:
        for mutate in (MUTATIONS | BOOK_MUTATIONS | AID_MUTATIONS).values():
            changed = mutate(outcome.case, outcome.decisions, chance)
            try:
                audited = None if changed is None else audit(outcome.case, changed)
            except AuditError:
                continue
            if audited is not None:
                checks = [limit for limit in audited.limits if limit.rule in ("taxable_profit", "loss_carried")]
                assert len(checks) >= outcome.case.calendar.periods
                assert all(limit.holds for limit in checks), outcome.case.name
                balanced += 1
    assert balanced >= 700


def test_tax_takes_what_it_says_and_never_gives(good_plans: list[Outcome]) -> None:
    taxed = 0
    for outcome in good_plans:
        case, decisions = outcome.case, outcome.decisions
        accounts = audit(case, decisions).accounts
        books, discount = accounts.books, accounts.discount
        assert all(year.tax >= 0 for year in books.years.values())
        assert min(accounts.lines["tax"]) >= 0
        untaxed = case.model_copy(update={"finance": case.finance.model_copy(update={"tax": None})})
        free = audit(untaxed, with_tables(decisions, credit={})).accounts
        paid = sum(factor * tax for factor, tax in zip(discount[1:], accounts.by_month["tax"], strict=True))
        left = discount[-1] * (books.tax_payable[-1] + books.end_tax)
        shield = math.sumprod(discount, accounts.shield)
        assert free.npv - accounts.npv == pytest.approx(paid + left + shield, abs=1e-6 * max(1.0, abs(free.npv)))
        assert free.books.profit == books.profit, "tax is no cost before tax"
        # A year without profit may be left with a hair of a yen.
        if paid + books.tax_payable[-1] > 1 and books.end_tax >= 0:
            taxed += 1
            assert accounts.npv < free.npv
    assert taxed >= 15


def _forgets_leavers(asset: Asset) -> Asset:
    return replace(asset, leaving={})


def _lives_too_long(asset: Asset) -> Asset:
    return replace(asset, months_left=asset.months_left + 1)


def _comes_too_late(asset: Asset) -> Asset:
    return replace(asset, since=asset.since + 1)


@pytest.mark.parametrize("mistake", [_forgets_leavers, _lives_too_long, _comes_too_late])
def test_a_mistake_in_the_register_unbalances_the_books(
    good_plans: list[Outcome], monkeypatch: pytest.MonkeyPatch, mistake: Callable[[Asset], Asset]
) -> None:
    """The balance sheet is a check that can fail: its balances are counted without the register."""
    outcome = next(one for one in good_plans if any(one.audit.accounts.books.charges["written_off"]))
    original = register.movements

    def mistaken(asset: Asset, periods: range, months: int) -> Iterator[Movement]:
        return original(mistake(asset), periods, months)

    monkeypatch.setattr(register, "movements", mistaken)
    assert "taxable_profit" in {limit.rule for limit in audit(outcome.case, outcome.decisions).broken}
