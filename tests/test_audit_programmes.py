"""The audit's account of programmes in full, worked out by hand: money in millions of yen, periods are years.

A cube costs 100 and comes at once; three years, the fiscal year is that of the calendar, and discounting is off.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cases.toy import MILLION, mn, programme, toy

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import AuditError
from planner.outcome import Audit

A_CUBE = ("maker", "east", 0)
LOT = ("cube", "east", "2025-01 maker")
IN_BOOKS: dict[str, Any] = {
    "finance__asset_grants": "reduce_book_value",
    "finance__depreciation": {"systems": "4 years"},
}
DUTY = [{"metric": "accelerators", "floor": 1, "from": "2025-01"}]
TAXED = {"finance__tax": {"rate": "50 %", "payment_lag": "0 months"}}


def bought(count: int = 1, **tables: Any) -> Decisions:
    """So many cubes in the first year, and what else was decided."""
    return Decisions(order={A_CUBE: count}, **tables)


def claims(**units: float) -> dict[tuple[str, str, str, int], float]:
    return {(name, *A_CUBE): amount for name, amount in units.items()}


def millions(amounts: Any) -> list[float]:
    return [round(amount / MILLION, 9) for amount in amounts]


def line(audited: Audit, name: str) -> list[float]:
    accounts = audited.accounts
    return millions(accounts.lines[name] if name in accounts.lines else accounts.books.charges[name])


def broken(case: Case, decisions: Decisions) -> set[str]:
    return {limit.rule for limit in audit(case, decisions).broken}


# --- Milestones ---

PARTS = [
    {"share": "20 %", "event": "order"},
    {"share": "30 %"},
    {"share": "10 %", "lag": "6 months"},
    {"share": "40 %", "lag": "24 months"},
]


def in_parts(**terms: Any) -> Case:
    """Half of the price in four parts; the cube comes a year after its order."""
    return toy(offers__maker__lead_time="12 months", programmes={"half": programme(0.5, milestones=PARTS, **terms)})


def test_each_part_is_paid_in_its_period() -> None:
    # Of 50: a fifth with the order, 40 % in the year of delivery, the rest two years later, past the end.
    audited = audit(in_parts(), bought(claim=claims(half=1)))
    assert line(audited, "grants") == [10, 20, 0]
    assert audited.quantities.grant == {("half", *A_CUBE): pytest.approx(50 * MILLION)}
    assert audited.quantities.grant_paid == pytest.approx({("half", 0): 10 * MILLION, ("half", 1): 20 * MILLION})
    assert audited.broken == ()


@pytest.mark.parametrize(
    ("terms", "holds"),
    [
        ({"total_cap": mn(50)}, True),  # also what comes after the end is granted
        ({"total_cap": mn(49.9)}, False),
        ({"operator_cap": mn(50)}, True),
        ({"operator_cap": mn(49.9)}, False),
        ({"fiscal_year_caps": {"FY2025": mn(10), "FY2026": mn(20), "FY2027": mn(0)}}, True),  # counted when it is paid
        ({"fiscal_year_caps": {"FY2025": mn(9.9)}}, False),
        ({"fiscal_year_caps": {"FY2026": mn(19.9)}}, False),
    ],
)
def test_caps_count_the_whole_grant_and_those_of_a_year_what_is_paid(terms: dict[str, Any], holds: bool) -> None:
    assert broken(in_parts(**terms), bought(claim=claims(half=1))) == (set() if holds else {"programme_cap"})


def test_one_part_within_the_horizon_is_enough_for_a_claim() -> None:
    late = [{"share": "50 %", "lag": "24 months"}, {"share": "50 %", "lag": "36 months"}]
    made = bought(claim=claims(half=1))
    assert line(audit(toy(programmes={"half": programme(0.5, milestones=late)}), made), "grants") == [0, 0, 25]
    never = [{"share": "100 %", "lag": "36 months"}]
    with pytest.raises(AuditError, match=r"claim half.*not eligible"):
        audit(toy(programmes={"half": programme(0.5, milestones=never)}), made)


def test_each_part_takes_off_the_book_value_that_is_left_when_it_is_paid() -> None:
    # Four years of life. 25 at once, with all of the book value left: compression 25. 25 a year later, with three
    # quarters left: 18.75. Depreciation 25 - 6.25 at first, then 6.25 less for the second part: 18.75, 12.5, 12.5.
    parts = [{"share": "50 %"}, {"share": "50 %", "lag": "12 months"}]
    audited = audit(
        toy(**IN_BOOKS, programmes={"half": programme(0.5, milestones=parts)}), bought(claim=claims(half=1))
    )
    assert line(audited, "grants") == [25, 25, 0]
    assert line(audited, "compression") == [25, 18.75, 0]
    assert line(audited, "depreciation") == [18.75, 12.5, 12.5]
    assert millions(audited.accounts.books.fixed_assets) == [100 - 25 - 18.75, 25, 12.5]
    assert audited.broken == ()


# --- What comes first ---

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
    made = bought(2, claim=claims(prefecture=1, ministry=2), both={("ministry", "prefecture", *A_CUBE): 1})
    audited = audit(stacked("prefecture", "ministry"), made)
    assert audited.quantities.grant == pytest.approx(
        {("prefecture", *A_CUBE): 20 * MILLION, ("ministry", *A_CUBE): 90 * MILLION}
    )
    assert line(audited, "grants") == [110, 0, 0]
    assert audited.broken == ()


def test_no_more_is_taken_off_than_the_eligible_cost() -> None:
    # The city takes 90 of 100, so the prefecture's 20 find only 10: nothing is left for the fund.
    case = stacked("city", "prefecture", "fund")
    pairs = {("fund", "city", *A_CUBE): 1.0, ("fund", "prefecture", *A_CUBE): 1.0}
    audited = audit(case, bought(claim=claims(city=1, prefecture=1, fund=1), both=pairs))
    assert audited.quantities.grant["fund", *A_CUBE] == pytest.approx(0)
    assert {limit.rule for limit in audited.broken} == {"public_share"}  # 110 for a cube of 100
    # Where the prefecture pays nothing for this cube, a tenth of 10 is the fund's.
    audited = audit(case, bought(claim=claims(city=1, fund=1), both={("fund", "city", *A_CUBE): 1.0}))
    assert audited.quantities.grant["fund", *A_CUBE] == pytest.approx(1 * MILLION)
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
        both={("ministry", "prefecture", *A_CUBE): both} if both else {},
    )
    assert broken(stacked("prefecture", "ministry"), made) == (set() if holds else {"remainder"})


def three(ministry: float, city: float, prefecture: float, /, **both: float) -> Decisions:
    """Two cubes, claimed under the ministry and under two that exclude each other and come before it."""
    return bought(
        2,
        claim=claims(ministry=ministry, city=city, prefecture=prefecture),
        both={("ministry", earlier, *A_CUBE): amount for earlier, amount in both.items()},
    )


def test_claims_that_exclude_each_other_stand_side_by_side() -> None:
    # City and prefecture take one cube each: whichever the ministry claims is under both. Pair by pair there is room.
    rules = {
        "city": programme(0.1, excludes=["prefecture"]),
        "prefecture": programme(0.2),
        "ministry": programme(0.5, after=["city", "prefecture"]),
    }
    case = toy(programmes=rules)
    assert broken(case, three(1, 1, 1)) == {"remainder"}
    assert broken(case, three(1, 1, 1, city=0.5, prefecture=0.4)) == {"remainder"}
    assert broken(case, three(1, 1, 1, city=0.5, prefecture=0.5)) == set()
    assert broken(case, three(1, 1, 1, city=1)) == set()
    assert broken(case, three(1, 1, 1, city=1, prefecture=0.1)) == {"remainder"}  # more than the ministry claims
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
    assert broken(case, made) == {"remainder"}
    shared = {("north", "b", *A_CUBE): 0.3, ("south", "b", *A_CUBE): 0.7}
    assert broken(case, replace(made, both=shared)) == set()


def test_what_leaves_while_nobody_lets_go_was_nobodys() -> None:
    # Three cubes, two under each claim, one sold before either retention ends: two are left, and both are under both.
    rules = {
        "prefecture": programme(0.2, retention="2 years"),
        "ministry": programme(0.5, after=["prefecture"], retention="3 years"),
    }
    made = bought(3, claim=claims(ministry=2, prefecture=2), exit={(*LOT, 1): 1})
    for both, holds in ((1.9, False), (2, True)):
        said = replace(made, both={("ministry", "prefecture", *A_CUBE): both})
        assert broken(toy(programmes=rules), said) == (set() if holds else {"remainder"})
    # Sold later, it may be one of the prefecture's.
    later = replace(made, exit={(*LOT, 2): 1}, both={("ministry", "prefecture", *A_CUBE): 1})
    assert broken(toy(programmes=rules), later) == set()


@pytest.mark.parametrize(("least", "holds"), [(80, True), (80.1, False)])
def test_a_minimum_counts_the_net_eligible_cost(least: float, holds: bool) -> None:
    terms = {**STACK["ministry"], "minimum_investment": mn(least)}
    case = toy(programmes={"prefecture": STACK["prefecture"], "ministry": terms})
    made = bought(
        claim=claims(prefecture=1, ministry=1), both={("ministry", "prefecture", *A_CUBE): 1}, join={"ministry": True}
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
    made = bought(claim=claims(prefecture=1, ministry=1, law=1), both={("ministry", "prefecture", *A_CUBE): 1})
    assert broken(case, made) == (set() if holds else {"public_share"})


def test_limits_of_money_say_what_a_programme_gives() -> None:
    def said(**kinds: str) -> set[str]:
        cap = {"total_cap": mn(1), "operator_cap": mn(1), "fiscal_year_caps": {"FY2025": mn(1)}, "obligations": DUTY}
        case = toy(**TAXED, programmes={name: programme(0.1, kind=kind, **cap) for name, kind in kinds.items()})
        limits = audit(case, bought(claim=claims(**dict.fromkeys(kinds, 1.0)))).limits
        return {one.subject for one in limits if one.rule in ("programme_cap", "public_share")}

    ceiling = "maker at east, 2025-01: {}".format
    for kind, words in (("grant", "grants"), ("tax_credit", "tax credits"), ("special_depreciation", None)):
        given = words or "special depreciation"
        caps = {f"one: {given} {what}" for what in ("without joining", "in total", "to one operator", "in FY2025")}
        assert said(one=kind) == caps | ({ceiling(words)} if words else set())
    assert ceiling("grants and tax credits") in said(one="tax_credit", other="grant", third="special_depreciation")


# --- Leaving early ---


def leaving(early_exit: str, leaves_at: int = 1, **terms: Any) -> tuple[Case, Decisions]:
    """Two cubes, half of both paid by a grant that wants them for four years; one of them leaves."""
    rules = programme(0.5, retention="4 years", early_exit=early_exit, **terms)
    case = toy(programmes={"half": rules})
    leaver = ("half", *A_CUBE, leaves_at)
    return case, bought(2, claim=claims(half=2), exit={(*LOT, leaves_at): 1}, leave={leaver: 1.0})


@pytest.mark.parametrize(
    ("early_exit", "leaves_at", "back", "profit"),
    [
        # 100 over five years are 20 a year for each cube. After a year 80 of the one that leaves are written off.
        ("repay_all", 1, 50, [100 - 40, -20 - 80 - 50, -20]),
        ("repay_remaining", 1, 37.5, [100 - 40, -20 - 80 - 37.5, -20]),
        ("repay_remaining", 2, 25, [100 - 40, -40, -20 - 60 - 25]),
    ],
)
def test_a_system_that_leaves_early_takes_its_grant_back(
    early_exit: str, leaves_at: int, back: float, profit: list[float]
) -> None:
    audited = audit(*leaving(early_exit, leaves_at))
    assert line(audited, "grants") == [100, 0, 0]
    assert line(audited, "grants_repaid") == [back if t == leaves_at else 0 for t in range(3)]
    assert audited.quantities.grant_repaid == {("half", leaves_at): pytest.approx(back * MILLION)}
    assert audited.quantities.grant["half", *A_CUBE] == pytest.approx(100 * MILLION)  # caps count it all
    assert millions(audited.accounts.books.profit) == pytest.approx(profit)
    assert millions(audited.accounts.cash) == pytest.approx([900 - back if t >= leaves_at else 900 for t in range(3)])
    assert audited.broken == ()


def test_what_is_paid_after_its_system_left_goes_back_as_it_comes() -> None:
    # Half at once, half two years later; a cube that leaves after a year owes three quarters of its 50.
    parts = [{"share": "50 %"}, {"share": "50 %", "lag": "24 months"}]
    audited = audit(*leaving("repay_remaining", milestones=parts))
    assert line(audited, "grants") == [50, 0, 50]
    assert line(audited, "grants_repaid") == [0, 18.75, 18.75]
    # A part that comes after the end neither comes nor goes back.
    parts[1]["lag"] = "36 months"
    audited = audit(*leaving("repay_remaining", milestones=parts))
    assert (line(audited, "grants"), line(audited, "grants_repaid")) == ([50, 0, 0], [0, 18.75, 0])


def test_a_grant_that_goes_back_leaves_book_values_as_they_are() -> None:
    # Four years: 200 less 100 at once. The one that leaves after a year stands at 100 * 3/4 - 50 * 3/4 = 37.5, and
    # gives 37.5 back: three of four years of retention are left.
    case, made = leaving("repay_remaining")
    finance = toy(**IN_BOOKS).finance
    audited = audit(case.model_copy(update={"finance": finance}), made)
    assert line(audited, "compression") == [100, 0, 0]
    assert line(audited, "written_off") == [0, 37.5, 0]
    assert line(audited, "depreciation") == [25, 12.5, 12.5]
    assert millions(audited.accounts.books.profit) == pytest.approx([100 - 100 - 25, -37.5 - 37.5 - 12.5, -12.5])
    assert audited.broken == ()


def test_nothing_goes_back_once_the_retention_has_ended() -> None:
    for retention, back in (("13 months", 50), ("12 months", 0)):
        rules = programme(0.5, retention=retention, early_exit="repay_all")
        case = toy(**IN_BOOKS, programmes={"half": rules})
        made = bought(claim=claims(half=1), exit={(*LOT, 1): 1}, leave={("half", *A_CUBE, 1): 1.0})
        audited = audit(case, made)
        assert line(audited, "grants_repaid") == [0, back, 0]
        assert audited.broken == ()


def test_a_claimed_system_cannot_leave_unseen() -> None:
    case, made = leaving("repay_all")
    assert broken(case, replace(made, leave={})) == {"leave_with_grant"}  # two are claimed, and one is left
    half = {("half", *A_CUBE, 1): 0.5}
    assert broken(case, replace(made, leave=half)) == {"leave_with_grant"}
    assert broken(case, replace(made, leave=half, claim=claims(half=1.5))) == set()  # half of the other was not
    assert broken(case, replace(made, exit={(*LOT, 2): 1})) == {"leave_with_grant"}  # not before the system leaves
    assert broken(case, replace(made, claim={})) == {"leave_with_grant"}


def test_only_what_forbids_it_holds_systems_back() -> None:
    # Each claims one of two cubes; one leaves. With both of them claimed by those that forbid it, none could.
    for early_exit, holds in (("repay_all", True), ("forbidden", False)):
        case = toy(
            programmes={
                "first": programme(0.5, retention="3 years", excludes=["second"]),
                "second": programme(0.5, retention="2 years", early_exit=early_exit),
            }
        )
        gone = {("second", *A_CUBE, 1): 1.0} if holds else {}
        made = bought(2, claim=claims(first=1, second=1), exit={(*LOT, 1): 1}, leave=gone)
        assert broken(case, made) == (set() if holds else {"retention"})
        assert "retention" in broken(case, replace(made, exit={(*LOT, 1): 2}))


def test_what_must_stay_cannot_be_named_among_what_left() -> None:
    # The prefecture forbids to leave, the ministry asks for its grant back. Of two cubes the one that is under both
    # has to stay: the other one leaves, and gives its 50 back, not the 40 of the one under both.
    rules = {
        "prefecture": programme(0.2, retention="4 years"),
        "ministry": programme(0.5, after=["prefecture"], retention="4 years", early_exit="repay_all"),
    }
    case = toy(programmes=rules)
    made = bought(
        2,
        claim=claims(prefecture=1, ministry=2),
        both={("ministry", "prefecture", *A_CUBE): 1},
        exit={(*LOT, 1): 1},
        leave={("ministry", *A_CUBE, 1): 1},
    )
    audited = audit(case, made)
    assert (line(audited, "grants_repaid"), audited.broken) == ([0, 50, 0], ())
    pretended = replace(
        made,
        leave={**made.leave, ("prefecture", *A_CUBE, 1): 1},
        leave_both={("ministry", "prefecture", *A_CUBE, 1): 1},
    )
    with pytest.raises(AuditError, match=r"leave prefecture(.|\n)*leave_both ministry, prefecture"):
        audit(case, pretended)


def test_a_machine_under_a_tax_credit_leaves_beside_one_under_a_grant() -> None:
    # Of two cubes one is under a grant that came off its book value, one under a tax credit; one leaves at 75. Which
    # one makes a difference, so it is named; a credit takes nothing with it.
    rules = {
        "half": programme(0.5, retention="12 months", excludes=["law"]),
        "law": programme(0.1, kind="tax_credit", retention="12 months"),
    }
    case = toy(**IN_BOOKS, **TAXED, programmes=rules)
    made = bought(2, claim=claims(half=1, law=1), exit={(*LOT, 1): 1})
    for leaver, written_off in (("law", 75), ("half", 37.5)):
        audited = audit(case, replace(made, leave={(leaver, *A_CUBE, 1): 1.0}))
        assert (line(audited, "written_off"), audited.broken) == ([0, written_off, 0], ())
    assert broken(case, made) == {"leave_with_grant"}


def both_leave(**amounts: float) -> tuple[Case, Decisions]:
    """Three cubes, two under each claim, one of them under both; two leave, one under each claim."""
    terms = {"retention": "4 years", "early_exit": "repay_all"}
    rules = {"prefecture": programme(0.2, **terms), "ministry": programme(0.5, after=["prefecture"], **terms)}
    said = {"ministry": 1.0, "prefecture": 1.0, "leave_both": 0.0, "both": 1.0, **amounts}
    pair = ("ministry", "prefecture", *A_CUBE)
    return toy(programmes=rules), bought(
        3,
        claim=claims(prefecture=2, ministry=2),
        both={pair: said["both"]},
        exit={(*LOT, 1): 2},
        leave={(name, *A_CUBE, 1): said[name] for name in ("ministry", "prefecture")},
        leave_both={(*pair, 1): said["leave_both"]} if said["leave_both"] else {},
    )


def test_of_what_leaves_a_part_may_be_under_both_claims() -> None:
    # The ministry pays 50 and 40, the prefecture 20 each. What leaves is one of each: 50 and 20 go back.
    audited = audit(*both_leave())
    assert (line(audited, "grants"), line(audited, "grants_repaid")) == ([130, 0, 0], [0, 70, 0])
    assert audited.broken == ()
    # Or the one under both and one under none of them: 40 and 20. Then each claim has one left, and one cube is left
    # for them: it would be under both as well.
    assert broken(*both_leave(leave_both=1)) == {"remainder"}
    audited = audit(*both_leave(leave_both=1, both=2))
    assert (line(audited, "grants_repaid"), audited.broken) == ([0, 60, 0], ())
    # Both of the ministry's and one of the prefecture's: of two that leave one is under both.
    assert broken(*both_leave(ministry=2)) == {"remainder"}
    audited = audit(*both_leave(ministry=2, leave_both=1))
    assert (line(audited, "grants_repaid"), audited.broken) == ([0, 50 + 40 + 20, 0], ())


# --- Special depreciation ---


def test_special_depreciation_writes_off_at_once_and_less_later() -> None:
    # Two cubes over four years. 30 % of one at once: 30, and 7.5 a year less. After a year the other one leaves at 75;
    # if the one that leaves is the one that was written off, it stands at 75 - 22.5.
    case = toy(
        **TAXED,
        finance__depreciation=IN_BOOKS["finance__depreciation"],
        programmes={
            "law": programme(0.3, kind="special_depreciation"),
        },
    )
    made = bought(2, claim=claims(law=1), exit={(*LOT, 1): 1})
    audited = audit(case, made)
    assert line(audited, "grants") == [0, 0, 0]
    assert line(audited, "special_depreciation") == [30, 0, 0]
    assert line(audited, "compression") == [0, 0, 0]
    assert line(audited, "depreciation") == [50 - 7.5, 25 - 7.5, 25 - 7.5]
    assert line(audited, "written_off") == [0, 75, 0]
    assert millions(audited.accounts.books.profit) == pytest.approx([-72.5, -92.5, -17.5])
    assert millions(audited.accounts.books.fixed_assets) == [127.5, 35, 17.5]
    assert audited.quantities.grant == {("law", *A_CUBE): pytest.approx(30 * MILLION)}
    assert audited.quantities.grant_paid == {}
    assert audited.broken == ()
    audited = audit(case, replace(made, leave={("law", *A_CUBE, 1): 1.0}))
    assert line(audited, "written_off") == [0, 52.5, 0]
    assert line(audited, "depreciation") == [42.5, 25, 25]
    assert audited.broken == ()


def test_special_depreciation_counts_on_delivery() -> None:
    law = programme(0.3, kind="special_depreciation", fiscal_year_caps={"FY2025": mn(0), "FY2026": mn(30)})
    case = toy(**TAXED, offers__maker__lead_time="12 months", programmes={"law": law})
    audited = audit(case, bought(claim=claims(law=1)))
    assert line(audited, "special_depreciation") == [0, 30, 0]
    assert audited.broken == ()
    law["fiscal_year_caps"]["FY2026"] = mn(29.9)
    case = toy(**TAXED, offers__maker__lead_time="12 months", programmes={"law": law})
    assert broken(case, bought(claim=claims(law=1))) == {"programme_cap"}


# --- Tax credits ---


def credited(lead: str = "0 months", **terms: Any) -> Case:
    """A tenth of the price of a cube off the tax: at 50 % the profit of 40 a year is taxed with 20."""
    return toy(
        **TAXED,
        offers__maker__lead_time=lead,
        programmes={"law": programme(0.1, kind="tax_credit", **terms)},
    )


def with_credit(cubes: int = 1, **used: float) -> Decisions:
    """One cube at work, so many of them claimed, and credit used by year in millions."""
    return bought(
        cubes,
        claim=claims(law=cubes),
        serve={("training", "cube", "east", t): 1.0 for t in range(3)},
        credit={("law", int(year[1:])): amount * MILLION for year, amount in used.items()},
    )


def test_a_tax_credit_comes_off_the_tax() -> None:
    audited = audit(credited(), with_credit(y2025=10))
    books = audited.accounts.books
    assert line(audited, "tax") == [10, 20, 20]
    assert millions(books.tax_charge) == [10, 20, 20]
    assert millions(books.profit) == [40, 40, 40]
    assert millions(year.tax for year in books.years.values()) == [10, 20, 20]
    assert millions(year.credit for year in books.years.values()) == [10, 0, 0]
    assert line(audited, "grants") == [0, 0, 0]
    assert audited.quantities.grant == {("law", *A_CUBE): pytest.approx(10 * MILLION)}
    assert audited.broken == ()


@pytest.mark.parametrize(
    ("terms", "used", "holds"),
    [
        ({}, {"y2025": 10}, True),
        ({}, {"y2025": 10.001}, False),  # more than was earned
        ({}, {"y2026": 1}, False),  # not kept for another year
        ({"carry_forward": "1 year"}, {"y2026": 10}, True),
        ({"carry_forward": "1 year"}, {"y2025": 4, "y2026": 6}, True),
        ({"carry_forward": "1 year"}, {"y2025": 4, "y2026": 6.001}, False),
        ({"carry_forward": "1 year"}, {"y2027": 1}, False),
        ({"carry_forward": "2 years"}, {"y2027": 10}, True),
        ({"tax_limit": "20 %", "carry_forward": "2 years"}, {"y2025": 4, "y2026": 4, "y2027": 2}, True),
        ({"tax_limit": "20 %"}, {"y2025": 4.001}, False),
    ],
)
def test_credits_are_used_when_they_may_be(terms: dict[str, Any], used: dict[str, float], holds: bool) -> None:
    assert broken(credited(**terms), with_credit(**used)) == (set() if holds else {"tax_credit"})


def test_a_credit_is_earned_on_delivery_and_no_earlier() -> None:
    case = credited("12 months", carry_forward="2 years", fiscal_year_caps={"FY2025": mn(0), "FY2026": mn(10)})
    at_work = {("training", "cube", "east", t): 1.0 for t in (1, 2)}
    made = replace(with_credit(y2026=10), serve=at_work)
    assert broken(case, made) == set()
    assert "tax_credit" in broken(case, replace(made, credit={("law", 2025): 1 * MILLION}))
    case = credited("12 months", fiscal_year_caps={"FY2026": mn(9.9)})
    assert broken(case, made) == {"programme_cap"}


def test_all_credits_together_take_no_more_than_the_tax() -> None:
    # Two cubes: 60 less 40 is a profit of 20, of which 10 are tax; each law would take that much off.
    rules = {name: programme(0.05, kind="tax_credit") for name in ("law", "act")}
    case = toy(**TAXED, programmes=rules)
    made = replace(with_credit(2, y2025=5), claim=claims(law=2, act=2))
    for other, holds in ((5, True), (5.001, False)):
        both = {**made.credit, ("act", 2025): other * MILLION}
        assert (broken(case, replace(made, credit=both)) == set()) == holds
    more = toy(**TAXED, programmes={name: programme(0.1, kind="tax_credit") for name in ("law", "act")})
    audited = audit(more, replace(made, credit={("law", 2025): 6 * MILLION, ("act", 2025): 6 * MILLION}))
    assert [limit.subject for limit in audited.broken] == ["all credits used in FY2025"]


def test_a_credit_needs_its_claim_and_is_granted_after_joining() -> None:
    assert broken(credited(), replace(with_credit(y2025=10), claim={})) == {"tax_credit"}
    case = credited(minimum_investment=mn(100))
    assert broken(case, with_credit(y2025=10)) == {"programme_cap"}
    assert broken(case, replace(with_credit(y2025=10), join={"law": True})) == set()


# --- What is left at the end ---

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
        both={("ministry", "prefecture", *A_CUBE): shared},
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
        both={both: 1.0},
        exit={(*LOT, 1): 1},
        leave={("ministry", *A_CUBE, 1): 1.0, ("prefecture", *A_CUBE, 1): float(shared_leaves)},
        leave_both={(*both, 1): float(shared_leaves)},
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
    audited = audit(toy(**SELLING, programmes=rules), bought(claim=claims(city=1, prefecture=1, fund=1), both=pairs))
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
    made = Decisions(
        expand={("hall", 0): 1},
        claim={(name, *hall): 1.0 for name in rules},
        both={("ministry", "prefecture", *hall): 1.0},
    )
    audited = audit(case, made)
    assert audited.accounts.terminal_value == pytest.approx(20 * MILLION)
    assert audited.broken == ()
    assert broken(case, replace(made, both={})) == {"remainder"}


# --- Decisions that the case does not know ---

GOOD_CASE, GOOD = both_leave(leave_both=1, both=2)
PAIR = ("ministry", "prefecture", *A_CUBE)
ILL_FORMED: dict[str, tuple[str, Any, float]] = {
    "both under an unknown programme": ("both", ("luck", "prefecture", *A_CUBE), 1.0),
    "both with an unknown one before": ("both", ("ministry", "luck", *A_CUBE), 1.0),
    "both the wrong way round": ("both", ("prefecture", "ministry", *A_CUBE), 1.0),
    "both at an unknown site": ("both", (*PAIR[:3], "moon", 0), 1.0),
    "both of an unknown offer": ("both", (*PAIR[:2], "luck", "east", 0), 1.0),
    "both after the end": ("both", (*PAIR[:4], 3), 1.0),
    "a negative number of both": ("both", PAIR, -1.0),
    "both that is not a number": ("both", PAIR, float("nan")),
    "leave_both the wrong way round": ("leave_both", ("prefecture", "ministry", *A_CUBE, 1), 1.0),
    "leave_both under an unknown programme": ("leave_both", ("luck", "prefecture", *A_CUBE, 1), 1.0),
    "leave_both as it arrives": ("leave_both", (*PAIR, 0), 1.0),
    "leave_both after the end": ("leave_both", (*PAIR, 3), 1.0),
    "leave_both of an unknown site": ("leave_both", (*PAIR[:3], "moon", 0, 1), 1.0),
    "a negative number in leave_both": ("leave_both", (*PAIR, 1), -1.0),
    "credit under an unknown programme": ("credit", ("luck", 2025), 1.0),
    "credit under a grant": ("credit", ("ministry", 2025), 1.0),
    "credit of another year": ("credit", ("law", 2028), 1.0),
    "a negative credit": ("credit", ("law", 2025), -1.0),
    "an endless credit": ("credit", ("law", 2025), float("inf")),
}


@pytest.mark.parametrize("fault", ILL_FORMED)
def test_ill_formed_decisions_are_refused(fault: str) -> None:
    kind, key, amount = ILL_FORMED[fault]
    law = toy(**TAXED, programmes={"law": programme(0.1, kind="tax_credit")})
    case = GOOD_CASE.model_copy(
        update={"programmes": {**GOOD_CASE.programmes, **law.programmes}, "finance": law.finance}
    )
    assert audit(case, GOOD).broken == ()
    spoilt = replace(GOOD, **{kind: {**getattr(GOOD, kind), key: amount}})
    with pytest.raises(AuditError, match=f"{kind} |zero or more" if 0 <= amount < float("inf") else "zero or more"):
        audit(case, spoilt)


def test_no_credit_without_tax() -> None:
    case = credited().model_copy(update={"finance": toy().finance})
    with pytest.raises(AuditError, match="credit law, 2025: no tax"):
        audit(case, with_credit(y2025=10))


SPOILT: dict[str, tuple[str, Any, float]] = {
    "less is both": ("both", PAIR, 1.9),
    "more is both": ("both", PAIR, 2.1),
    "less of both leaves": ("leave_both", (*PAIR, 1), 0.9),
    "more of both leaves": ("leave_both", (*PAIR, 1), 1.1),
    "both leave a year later": ("leave_both", (*PAIR, 2), 1.0),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_spoilt_overlaps_break_the_rule_of_the_remainder(fault: str) -> None:
    kind, key, amount = SPOILT[fault]
    spoilt = replace(GOOD, **{kind: {**getattr(GOOD, kind), key: amount}})
    assert "remainder" in broken(GOOD_CASE, spoilt)
