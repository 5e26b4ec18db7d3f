"""What programmes are owed at the end of the horizon, as the audit sees it."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from tests.audit.cubes import A_CUBE, TAXED, VINTAGE, bought, broken, claims, leaving, line
from tests.cases.toy import MILLION, mn, programme, toy
from tests.decided import decided, with_tables

SELLING = {
    "finance__terminal_value": True,
    "finance__resale": [{"age": "0 months", "share": "100 %"}, {"age": "3 years", "share": "30 %"}],
}


@pytest.mark.parametrize(
    ("terms", "owed"),
    [
        ({"retention": "3 years"}, 0),  # it ends with the horizon
        ({"retention": "4 years"}, 30),  # no more than the cube fetches
        ({"retention": "4 years", "rate": 0.2}, 20),
        ({"retention": "4 years", "early_exit": "repay_all"}, 30),
        ({"retention": "4 years", "early_exit": "repay_remaining"}, 12.5),
        ({"retention": "10 years", "early_exit": "repay_remaining"}, 30),
        ({"retention": "10 years", "early_exit": "repay_remaining", "rate": 0.3}, 21),
        ({"retention": "10 years", "kind": "tax_credit"}, 0),
        ({"retention": "10 years", "kind": "special_depreciation"}, 0),
    ],
)
def test_what_would_go_back_at_the_end_lowers_the_end_value(terms: dict[str, Any], owed: float) -> None:
    rules = {**programme(0.5), **terms}
    audited = audit(toy(**SELLING, programmes={"half": rules}), bought(claim=claims(half=1)))
    assert audited.accounts.terminal_value == pytest.approx((30 - owed) * MILLION)


def test_what_left_owes_nothing_at_the_end() -> None:
    case, made = leaving("repay_all")
    finance = toy(**SELLING).finance
    audited = audit(case.model_copy(update={"finance": finance}), made)
    assert audited.accounts.terminal_value == pytest.approx((30 - 30) * MILLION)
    assert line(audited, "resale") == [0, pytest.approx((2 * 100 + 30) / 3), 0]


@pytest.mark.parametrize(
    ("terms", "shared", "owed"),
    [
        # Ministry pays half of 100, or of the 40 that prefecture leaves; a cube fetches 30.
        ({}, 0, 30),
        ({}, 1, 20),
        ({}, 0.5, 25),
        ({"early_exit": "repay_remaining", "retention": "5 years"}, 0, 20),
        ({"early_exit": "repay_remaining", "retention": "5 years"}, 1, 8),
        # A fifth of it is paid by then.
        ({"milestones": [{"share": "20 %"}, {"share": "80 %", "lag": "3 years"}]}, 0, 10),
        ({"milestones": [{"share": "20 %"}, {"share": "80 %", "lag": "3 years"}]}, 1, 4),
    ],
)
def test_owed_at_the_end_is_what_was_paid_on_what_others_left(
    terms: dict[str, Any], shared: float, owed: float
) -> None:
    rules = {
        "prefecture": programme(0.6),
        "ministry": {**programme(0.5, after=["prefecture"], retention="4 years"), **terms},
    }
    made = bought(
        claim={("prefecture", *A_CUBE): shared, ("ministry", *A_CUBE): 1.0},
        overlap={("ministry", "prefecture", *A_CUBE): shared},
    )
    audited = audit(toy(**SELLING, programmes=rules), made)
    assert audited.accounts.terminal_value == pytest.approx((30 - owed) * MILLION)
    assert audited.broken == ()


@pytest.mark.parametrize(("shared_leaves", "owed"), [(0, 20), (1, 30)])
def test_owed_at_the_end_is_for_those_that_stay(shared_leaves: int, owed: float) -> None:
    # Of two cubes prefecture pays for one. Either that one is left, which owes ministry 20, or the other one.
    rules = {
        "prefecture": programme(0.6, retention="2 years", early_exit="repay_all"),
        "ministry": programme(0.5, after=["prefecture"], retention="4 years", early_exit="repay_all"),
    }
    both = ("ministry", "prefecture", *A_CUBE)
    made = bought(
        2,
        claim=claims(prefecture=1, ministry=2),
        overlap={both: 1.0},
        exit={(*VINTAGE, 1): 1},
        claimed_exit={("ministry", *A_CUBE, 1): 1.0, ("prefecture", *A_CUBE, 1): float(shared_leaves)},
        overlap_exit={(*both, 1): float(shared_leaves)},
    )
    audited = audit(toy(**SELLING, programmes=rules), made)
    assert audited.accounts.terminal_value == pytest.approx((30 - owed) * MILLION)
    assert audited.broken == ()


def test_several_take_theirs_off_what_is_owed_in_their_order() -> None:
    # A cube fetches 30. Fund pays half of 100, of 80 after city, of 50 after prefecture: 30, 30 and 25 are owed.
    rules = {
        "city": programme(0.2),
        "prefecture": programme(0.3),
        "fund": programme(0.5, after=["city", "prefecture"], retention="4 years"),
    }
    pairs = {("fund", earlier, *A_CUBE): 1.0 for earlier in ("city", "prefecture")}
    audited = audit(toy(**SELLING, programmes=rules), bought(claim=claims(city=1, prefecture=1, fund=1), overlap=pairs))
    assert audited.accounts.terminal_value == pytest.approx((30 - 25) * MILLION)


def test_a_block_is_worth_what_its_owner_paid_net() -> None:
    # A block of 100 with six years of life, half of which are over. 20 of the prefecture and 40 of the ministry; a
    # tax credit of 10 lowers nothing. (100 - 60) / 2 are left.
    block = {
        "site": "east", "adds": {"power": "1 kW"}, "capex": mn(100), "lead_time": "0 months", "blocks": 1,
        "terminal_life": "6 years",
    }  # fmt: skip
    rules = {
        "prefecture": {"rate": 0.2, "categories": ["facility"]},
        "ministry": {"rate": 0.5, "categories": ["facility"], "after": ["prefecture"]},
        "law": {"rate": 0.1, "categories": ["facility"], "kind": "tax_credit"},
    }
    case = toy(**TAXED, finance__terminal_value=True, expansions={"hall": block}, programmes=rules)
    hall = ("hall", "east", 0)
    made = decided(
        expand={("hall", 0): 1},
        claim={(name, *hall): 1.0 for name in rules},
        overlap={("ministry", "prefecture", *hall): 1.0},
    )
    audited = audit(case, made)
    assert audited.accounts.terminal_value == pytest.approx(20 * MILLION)
    assert audited.broken == ()
    assert broken(case, with_tables(made, overlap={})) == {"stacking_order"}
