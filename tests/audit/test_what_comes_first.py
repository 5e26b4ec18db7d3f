"""Programmes of which one stands after the other, as the audit sees them: what is left, and for which units."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from tests.audit.cubes import A_CUBE, TAXED, VINTAGE, bought, broken, claims, line
from tests.cases.toy import MILLION, mn, programme, toy
from tests.decided import laid_flat, with_tables

STACK = {
    "city": programme(0.9),
    "prefecture": programme(0.2),
    "ministry": programme(0.5, after=["prefecture"]),
    "fund": programme(0.1, after=["city", "prefecture"]),
}


def stacked(*names: str, **changes: Any) -> Case:
    return toy(programmes={name: STACK[name] for name in names}, finance__opening_cash=mn(1000), **changes)


def test_what_comes_first_is_taken_off_the_eligible_cost() -> None:
    # Two cubes, one of them under both: 20 from the prefecture, 50 from the ministry and (100 - 20) / 2 = 40.
    made = bought(2, claim=claims(prefecture=1, ministry=2), overlap={("ministry", "prefecture", *A_CUBE): 1})
    audited = audit(stacked("prefecture", "ministry"), made)
    assert laid_flat(audited.quantities.grant) == pytest.approx(
        {("prefecture", *A_CUBE): 20 * MILLION, ("ministry", *A_CUBE): 90 * MILLION}
    )
    assert line(audited, "grants") == [110, 0, 0]
    assert audited.broken == ()


def test_no_more_is_taken_off_than_the_eligible_cost() -> None:
    # The city takes 90 of 100, so the prefecture's 20 find only 10: nothing is left for the fund.
    case = stacked("city", "prefecture", "fund")
    pairs = {("fund", "city", *A_CUBE): 1.0, ("fund", "prefecture", *A_CUBE): 1.0}
    audited = audit(case, bought(claim=claims(city=1, prefecture=1, fund=1), overlap=pairs))
    assert laid_flat(audited.quantities.grant)["fund", *A_CUBE] == pytest.approx(0)
    assert {limit.rule for limit in audited.broken} == {"aid_intensity"}  # 110 for a cube of 100
    # Where the prefecture pays nothing for this cube, a tenth of 10 is the fund's.
    audited = audit(case, bought(claim=claims(city=1, fund=1), overlap={("fund", "city", *A_CUBE): 1.0}))
    assert laid_flat(audited.quantities.grant)["fund", *A_CUBE] == pytest.approx(1 * MILLION)
    assert audited.broken == ()


@pytest.mark.parametrize(
    ("ministry", "prefecture", "both", "holds"),
    [
        (1, 1, 0, True),  # one cube each
        (1, 1, 1, True),  # the same cube twice: never worth it, and no lie
        (1, 1, 1.1, False),
        (2, 1, 1, True),
        (2, 1, 0.9, False),  # two and one of two cubes share one
        (1.5, 1, 0.5, True),
        (1.5, 1, 0.4, False),
        (2, 0.5, 0.5, True),
        (2, 0.5, 0.6, False),
    ],
)
def test_units_of_both_claims_are_those_that_there_must_be(
    ministry: float, prefecture: float, both: float, holds: bool
) -> None:
    made = bought(
        2,
        claim=claims(ministry=ministry, prefecture=prefecture),
        overlap={("ministry", "prefecture", *A_CUBE): both} if both else {},
    )
    assert broken(stacked("prefecture", "ministry"), made) == (set() if holds else {"stacking_order"})


def three(ministry: float, city: float, prefecture: float, /, **both: float) -> Decisions:
    """Two cubes, claimed under the ministry and under two that exclude each other and come before it."""
    return bought(
        2,
        claim=claims(ministry=ministry, city=city, prefecture=prefecture),
        overlap={("ministry", earlier, *A_CUBE): amount for earlier, amount in both.items()},
    )


def test_claims_that_exclude_each_other_stand_side_by_side() -> None:
    # City and prefecture take one cube each: whichever the ministry claims is under both. Pair by pair there is room.
    rules = {
        "city": programme(0.1, excludes=["prefecture"]),
        "prefecture": programme(0.2),
        "ministry": programme(0.5, after=["city", "prefecture"]),
    }
    case = toy(programmes=rules)
    assert broken(case, three(1, 1, 1)) == {"stacking_order"}
    assert broken(case, three(1, 1, 1, city=0.5, prefecture=0.4)) == {"stacking_order"}
    assert broken(case, three(1, 1, 1, city=0.5, prefecture=0.5)) == set()
    assert broken(case, three(1, 1, 1, city=1)) == set()
    assert broken(case, three(1, 1, 1, city=1, prefecture=0.1)) == {"stacking_order"}  # more than the ministry claims
    assert broken(case, three(0.5, 1, 0.5)) == set()
    free = {name: {**terms, "excludes": []} for name, terms in rules.items()}
    assert broken(toy(programmes=free), three(1, 1, 1)) == set()  # one cube under both, the other one the ministry's


def test_those_that_come_after_may_exclude_each_other_as_well() -> None:
    # Of three exclusive funds the north stands after a and b, the south after b and c: b, north and south claim one of
    # two cubes each, and so b is beside one of them.
    rules = {name: programme(0.1, excludes=[one for one in "abc" if one != name]) for name in "abc"}
    rules["north"] = programme(0.2, after=["a", "b"], excludes=["south"])
    rules["south"] = programme(0.2, after=["b", "c"])
    case, made = toy(programmes=rules), bought(2, claim=claims(north=1, south=1, b=1))
    assert broken(case, made) == {"stacking_order"}
    shared = {("north", "b", *A_CUBE): 0.3, ("south", "b", *A_CUBE): 0.7}
    assert broken(case, with_tables(made, overlap=shared)) == set()


def test_what_leaves_while_nobody_lets_go_was_nobodys() -> None:
    # Three cubes, two under each claim, one sold before either retention ends: two are left, and both are under both.
    rules = {
        "prefecture": programme(0.2, retention="2 years"),
        "ministry": programme(0.5, after=["prefecture"], retention="3 years"),
    }
    made = bought(3, claim=claims(ministry=2, prefecture=2), exit={(*VINTAGE, 1): 1})
    for both, holds in ((1.9, False), (2, True)):
        said = with_tables(made, overlap={("ministry", "prefecture", *A_CUBE): both})
        assert broken(toy(programmes=rules), said) == (set() if holds else {"stacking_order"})
    # Sold later, it may be one of the prefecture's.
    later = with_tables(made, exit={(*VINTAGE, 2): 1}, overlap={("ministry", "prefecture", *A_CUBE): 1})
    assert broken(toy(programmes=rules), later) == set()


@pytest.mark.parametrize(("least", "holds"), [(80, True), (80.1, False)])
def test_a_minimum_counts_the_net_eligible_cost(least: float, holds: bool) -> None:
    terms = {**STACK["ministry"], "minimum_investment": mn(least)}
    case = toy(programmes={"prefecture": STACK["prefecture"], "ministry": terms})
    made = bought(
        claim=claims(prefecture=1, ministry=1),
        overlap={("ministry", "prefecture", *A_CUBE): 1},
        join={"ministry": True},
    )
    assert broken(case, made) == (set() if holds else {"minimum_investment"})


@pytest.mark.parametrize(("ceiling", "holds"), [(0.6, True), (0.599, False)])
def test_the_ceiling_counts_net_grants_and_credits_but_no_special_depreciation(ceiling: float, holds: bool) -> None:
    # 20 of the prefecture, (100 - 20) / 2 = 40 as a tax credit; 30 that are written off at once are no public money.
    case = toy(
        **TAXED,
        finance__public_money_ceiling=ceiling,
        programmes={
            "prefecture": STACK["prefecture"],
            "ministry": {**STACK["ministry"], "kind": "tax_credit"},
            "law": programme(0.3, kind="special_depreciation"),
        },
    )
    made = bought(claim=claims(prefecture=1, ministry=1, law=1), overlap={("ministry", "prefecture", *A_CUBE): 1})
    assert broken(case, made) == (set() if holds else {"aid_intensity"})
