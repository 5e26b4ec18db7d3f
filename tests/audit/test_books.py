"""The audit's rules of loans, leaving grants and vintages: each fault is found by the rule that is meant for it."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import AuditError
from planner.vocabulary.decisions import STORED
from tests.cases.toy import MILLION, mn, programme, toy
from tests.decided import decided, laid_flat, with_tables

LOANS = {
    "bank": {
        "limit": mn(80),
        "rate": 0.05,
        "term": "2 years",
        "repayment": "equal_parts",
        "outstanding": mn(10),
        "share_of_investment": 0.25,
    },
    "state": {"limit": mn(20), "rate": 0, "term": "1 year", "revolving": True, "draw_window": {"from": "2026-01"}},
}


def case(**changes: Any) -> Case:
    """Two cubes with half of their price granted a year later, two loans, tax, and lives of four years."""
    return toy(
        **{
            "offers__rival": {"system": "cube", "supplier": "rival"},
            "systems__ball": {**toy_system(), "vendor": "another"},
            "offers__balls": {"system": "ball", "supplier": "balls"},
            "finance__opening_cash": mn(200),
            "finance__terminal_value": True,
            "finance__resale": [{"age": "0 months", "share": 0.8}, {"age": "4 years", "share": 0.1}],
            "finance__tax": {"rate": 0.3, "loss_use_limit": 0.5, "opening_loss": mn(10)},
            "finance__asset_grants": "reduce_book_value",
            "finance__depreciation": {"systems": "4 years"},
            "finance__loans": LOANS,
            "programmes": {"grant": programme(0.5, payment_lag="12 months", retention="12 months")},
            **changes,
        }
    )


def toy_system() -> dict[str, Any]:
    return toy().systems["cube"].model_dump(mode="json", by_alias=True, exclude_defaults=True)


PLAN = decided(
    order={("maker", "east", 0): 2},
    exit={("cube", "east", "2025-01 maker", 2): 1},
    claim={("grant", "maker", "east", 0): 2.0},
    serve={("training", "cube", "east", t): 1.0 for t in range(3)},
    draw={("bank", 0): 50 * MILLION, ("state", 1): 20 * MILLION, ("state", 2): 20 * MILLION},
    repay={
        ("bank", 0): 30 * MILLION,
        ("bank", 1): 30 * MILLION,
        ("state", 1): 20 * MILLION,
        ("state", 2): 20 * MILLION,
    },
    claimed_exit={("grant", "maker", "east", 0, 2): 1.0},
)


def changed(kind: str, changes: dict[Any, Any]) -> Decisions:
    entries = {**laid_flat(getattr(PLAN, kind)), **changes}
    return with_tables(PLAN, **{kind: {key: value for key, value in entries.items() if value is not None}})


def rules_broken(decisions: Decisions) -> set[str]:
    return {limit.rule for limit in audit(case(), decisions).broken}


def test_the_books_of_the_plan() -> None:
    # Worked out by hand, in millions: the grant of 100 finds a quarter of the cubes written off, so 75 come off.
    accounts = audit(case(), PLAN).accounts
    books, million = accounts.books, MILLION
    assert audit(case(), PLAN).broken == ()
    assert books.charges["depreciation"] == pytest.approx([50 * million, 25 * million, 12.5 * million])
    assert books.charges["compression"] == pytest.approx([0, 75 * million, 0])
    assert books.charges["written_off"] == pytest.approx([0, 0, 25 * million])
    assert books.fixed_assets == pytest.approx([150 * million, 50 * million, 12.5 * million])
    assert accounts.lines["interest"] == pytest.approx([3 * million, 1.5 * million, 0])
    # 60 - 50 - 3; 60 + 100 - 25 - 75 - 1.5; 60 + 45 from the sale - 12.5 - 25.
    assert books.profit == pytest.approx([7 * million, 58.5 * million, 67.5 * million])
    assert books.tax_charge == pytest.approx([1.05 * million, 15.6 * million, 20.25 * million])
    assert accounts.lines["tax"] == pytest.approx([0, 1.05 * million, 15.6 * million])
    assert books.end_tax == pytest.approx(0.3 * (27.5 - 12.5) * million)
    assert accounts.cash == pytest.approx([77 * million, 204.45 * million, 293.85 * million])
    # 200 became 293.85 with loans; without them there would be 10 more for what was owed, and 4.5 of interest, but the
    # tax that the interest saved: 1.35. Nothing is discounted, so a loan costs its interest.
    assert accounts.unlevered == pytest.approx((93.85 + 10 + 4.5 - 1.35 + 27.5 - 20.25 - 4.5) * million)
    assert accounts.loan_costs == {"bank": pytest.approx(4.5 * million), "state": 0.0}
    assert accounts.npv == pytest.approx(accounts.unlevered - 4.5 * million)


FAULTS: dict[str, tuple[str, dict[Any, Any], set[str]]] = {
    "more drawn than invested in share": ("draw", {("bank", 0): 51 * MILLION}, {"loan_limit", "loan_term"}),
    "a loan drawn twice that does not revolve": ("draw", {("bank", 1): 21 * MILLION}, {"loan_limit", "loan_term"}),
    "a revolving loan over its limit": ("draw", {("state", 1): 21 * MILLION}, {"loan_limit", "loan_term"}),
    "not repaid in parts": ("repay", {("bank", 0): 29 * MILLION}, {"loan_term"}),
    "repaid too late": ("repay", {("state", 1): None, ("state", 2): 40 * MILLION}, {"loan_term", "loan_limit"}),
    "more repaid than owed": ("repay", {("bank", 2): 1 * MILLION}, {"loan_balance"}),
    "a grant leaves without its system": (
        "claimed_exit",
        {("grant", "maker", "east", 0, 2): 2.0},
        {"claimed_exits"},
    ),
    "a system leaves without its grant": (
        "claimed_exit",
        {("grant", "maker", "east", 0, 2): None},
        {"claimed_exits"},
    ),
    "what nobody claimed leaves": ("claimed_exit", {("grant", "rival", "east", 0, 2): 1.0}, {"claimed_exits"}),
    "an exit of another vintage": ("exit", {("cube", "east", "2025-01 rival", 2): 1}, {"fleet_balance"}),
    "an exit of a vintage without an order": ("exit", {("cube", "east", "2025-01", 2): 1}, {"fleet_balance"}),
    "more leave than there are": ("exit", {("cube", "east", "2025-01 maker", 2): 3}, {"fleet_balance"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_by_its_rule(fault: str) -> None:
    kind, changes, rules = FAULTS[fault]
    assert rules <= rules_broken(changed(kind, changes))


ILL_FORMED: dict[str, tuple[str, Any, float]] = {
    "draw of an unknown loan": ("draw", ("aunt", 0), 1.0),
    "draw outside its window": ("draw", ("state", 0), 1.0),
    "draw after the end": ("draw", ("bank", 3), 1.0),
    "negative draw": ("draw", ("bank", 1), -1.0),
    "repayment of an unknown loan": ("repay", ("aunt", 0), 1.0),
    "repayment before the start": ("repay", ("bank", -1), 1.0),
    "endless repayment": ("repay", ("bank", 2), float("inf")),
    "leaves under an unknown programme": ("claimed_exit", ("luck", "maker", "east", 0, 2), 1.0),
    "leaves at an unknown site": ("claimed_exit", ("grant", "maker", "moon", 0, 2), 1.0),
    "leaves of an unknown offer": ("claimed_exit", ("grant", "luck", "east", 0, 2), 1.0),
    "leaves as it arrives": ("claimed_exit", ("grant", "maker", "east", 0, 0), 1.0),
    "leaves after the end": ("claimed_exit", ("grant", "maker", "east", 0, 3), 1.0),
    "negative number leaves": ("claimed_exit", ("grant", "maker", "east", 0, 2), -1.0),
    "exit of an unknown offer's vintage": ("exit", ("cube", "east", "2025-01 luck", 2), 1),
    "exit of another system's vintage": ("exit", ("cube", "east", "2025-01 balls", 2), 1),
}


@pytest.mark.parametrize("fault", ILL_FORMED)
def test_ill_formed_decisions_are_refused(fault: str) -> None:
    kind, key, amount = ILL_FORMED[fault]
    with pytest.raises(
        AuditError, match=STORED[kind].stored_as if amount >= 0 and amount < float("inf") else "zero or more"
    ):
        audit(case(), changed(kind, {key: amount}))


def test_nothing_leaves_with_its_grant_where_that_makes_no_difference() -> None:
    for changes in (
        {"finance__asset_grants": "income"},
        {"finance__depreciation": {"systems": "2 years"}},  # written off by then
        {"programmes": {"grant": programme(0.5, retention="3 years")}},
    ):
        with pytest.raises(AuditError, match="leave grant"):
            audit(case(**changes), PLAN)
    booked = audit(case(finance__asset_grants="income"), with_tables(PLAN, claimed_exit={})).accounts.books
    assert booked.charges["compression"] == (0.0, 0.0, 0.0)
    assert booked.profit[1] == pytest.approx((60 + 100 - 50 - 1.5) * MILLION)


def test_a_fleet_brings_its_book_value_and_what_is_unpaid() -> None:
    # One stands for a year already, three years of life left; one comes in 2026 and is half paid; one comes too late.
    fleet = [
        {"system": "cube", "quantity": 1, "arrives": "2024-01", "book_value": mn(60)},
        {"system": "cube", "quantity": 1, "arrives": "2026-01", "book_value": mn(40), "unpaid": mn(40)},
        {"system": "cube", "quantity": 1, "arrives": "2030-01", "book_value": mn(5), "unpaid": mn(7)},
    ]
    audited = audit(case(sites__east__fleet=fleet, finance__loans={}), decided())
    books = audited.accounts.books
    assert audited.broken == ()
    assert (books.opening_fixed_assets, books.opening_advances) == (60 * MILLION, 45 * MILLION)
    assert books.advances == (45 * MILLION, 5 * MILLION, 5 * MILLION)
    assert books.fixed_assets == pytest.approx([40 * MILLION, 80 * MILLION, 40 * MILLION])
    assert books.charges["depreciation"] == pytest.approx([20 * MILLION, 40 * MILLION, 40 * MILLION])
    assert audited.accounts.lines["contracted"] == (0.0, 40 * MILLION, 0.0)


def test_a_loss_is_carried_and_tax_owed_at_the_end_counts() -> None:
    accounts = audit(case(finance__loans={}), decided(order={("maker", "east", 0): 1})).accounts
    assert accounts.books.profit == pytest.approx([-25 * MILLION] * 3)
    assert [year.loss_carried for year in accounts.books.years.values()] == pytest.approx(
        [35 * MILLION, 60 * MILLION, 85 * MILLION]
    )
    assert sum(accounts.lines["tax"]) == 0
    # Selling at 27.5 what stands in the books at 25.
    assert accounts.books.end_tax == pytest.approx(0.3 * 2.5 * MILLION)
