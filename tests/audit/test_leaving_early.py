"""Systems that leave within their retention, as the audit sees them: what goes back, and who can have left."""

from __future__ import annotations

import pytest

from planner.audit import audit
from planner.errors import AuditError
from tests.audit.cubes import (
    A_CUBE,
    IN_BOOKS,
    TAXED,
    VINTAGE,
    both_leave,
    bought,
    broken,
    claims,
    leaving,
    line,
    millions,
)
from tests.cases.toy import MILLION, programme, toy
from tests.decided import laid_flat, with_tables


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
    assert audited.quantities.clawback == {("half", leaves_at): pytest.approx(back * MILLION)}
    assert laid_flat(audited.quantities.grant)["half", *A_CUBE] == pytest.approx(100 * MILLION)  # caps count it all
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
        made = bought(claim=claims(half=1), exit={(*VINTAGE, 1): 1}, claimed_exit={("half", *A_CUBE, 1): 1.0})
        audited = audit(case, made)
        assert line(audited, "grants_repaid") == [0, back, 0]
        assert audited.broken == ()


def test_a_claimed_system_cannot_leave_unseen() -> None:
    case, made = leaving("repay_all")
    assert broken(case, with_tables(made, claimed_exit={})) == {"claimed_exits"}  # two are claimed, and one is left
    half = {("half", *A_CUBE, 1): 0.5}
    assert broken(case, with_tables(made, claimed_exit=half)) == {"claimed_exits"}
    assert (
        broken(case, with_tables(made, claimed_exit=half, claim=claims(half=1.5))) == set()
    )  # half of the other was not
    assert broken(case, with_tables(made, exit={(*VINTAGE, 2): 1})) == {"claimed_exits"}  # not before the system leaves
    assert broken(case, with_tables(made, claim={})) == {"claimed_exits"}


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
        made = bought(2, claim=claims(first=1, second=1), exit={(*VINTAGE, 1): 1}, claimed_exit=gone)
        assert broken(case, made) == (set() if holds else {"retention"})
        assert "retention" in broken(case, with_tables(made, exit={(*VINTAGE, 1): 2}))


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
        overlap={("ministry", "prefecture", *A_CUBE): 1},
        exit={(*VINTAGE, 1): 1},
        claimed_exit={("ministry", *A_CUBE, 1): 1},
    )
    audited = audit(case, made)
    assert (line(audited, "grants_repaid"), audited.broken) == ([0, 50, 0], ())
    pretended = with_tables(
        made,
        claimed_exit={**made.claimed_exit, ("prefecture", *A_CUBE, 1): 1},
        overlap_exit={("ministry", "prefecture", *A_CUBE, 1): 1},
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
    made = bought(2, claim=claims(half=1, law=1), exit={(*VINTAGE, 1): 1})
    for leaver, written_off in (("law", 75), ("half", 37.5)):
        audited = audit(case, with_tables(made, claimed_exit={(leaver, *A_CUBE, 1): 1.0}))
        assert (line(audited, "written_off"), audited.broken) == ([0, written_off, 0], ())
    assert broken(case, made) == {"claimed_exits"}


def test_of_what_leaves_a_part_may_be_under_both_claims() -> None:
    # The ministry pays 50 and 40, the prefecture 20 each. What leaves is one of each: 50 and 20 go back.
    audited = audit(*both_leave())
    assert (line(audited, "grants"), line(audited, "grants_repaid")) == ([130, 0, 0], [0, 70, 0])
    assert audited.broken == ()
    # Or the one under both and one under none of them: 40 and 20. Then each claim has one left, and one cube is left
    # for them: it would be under both as well.
    assert broken(*both_leave(overlap_exit=1)) == {"stacking_order"}
    audited = audit(*both_leave(overlap_exit=1, overlap=2))
    assert (line(audited, "grants_repaid"), audited.broken) == ([0, 60, 0], ())
    # Both of the ministry's and one of the prefecture's: of two that leave one is under both.
    assert broken(*both_leave(ministry=2)) == {"stacking_order"}
    audited = audit(*both_leave(ministry=2, overlap_exit=1))
    assert (line(audited, "grants_repaid"), audited.broken) == ([0, 50 + 40 + 20, 0], ())
