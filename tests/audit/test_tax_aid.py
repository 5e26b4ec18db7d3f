"""Special depreciation and tax credits, as the audit sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.audit import audit
from tests.audit.cubes import (
    A_CUBE,
    IN_BOOKS,
    TAXED,
    VINTAGE,
    bought,
    broken,
    claims,
    credited,
    line,
    millions,
    with_credit,
)
from tests.cases.toy import MILLION, mn, programme, toy
from tests.decided import laid_flat, with_tables

DUTY = [{"metric": "accelerators", "floor": 1, "from": "2025-01"}]


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
    made = bought(2, claim=claims(law=1), exit={(*VINTAGE, 1): 1})
    audited = audit(case, made)
    assert line(audited, "grants") == [0, 0, 0]
    assert line(audited, "special_depreciation") == [30, 0, 0]
    assert line(audited, "compression") == [0, 0, 0]
    assert line(audited, "depreciation") == [50 - 7.5, 25 - 7.5, 25 - 7.5]
    assert line(audited, "written_off") == [0, 75, 0]
    assert millions(audited.accounts.books.profit) == pytest.approx([-72.5, -92.5, -17.5])
    assert millions(audited.accounts.books.fixed_assets) == [127.5, 35, 17.5]
    assert laid_flat(audited.quantities.grant) == {("law", *A_CUBE): pytest.approx(30 * MILLION)}
    assert audited.quantities.grant_paid == {}
    assert audited.broken == ()
    audited = audit(case, with_tables(made, claimed_exit={("law", *A_CUBE, 1): 1.0}))
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


def test_a_tax_credit_comes_off_the_tax() -> None:
    audited = audit(credited(), with_credit(y2025=10))
    books = audited.accounts.books
    assert line(audited, "tax") == [10, 20, 20]
    assert millions(books.tax_charge) == [10, 20, 20]
    assert millions(books.profit) == [40, 40, 40]
    assert millions(year.tax for year in books.years.values()) == [10, 20, 20]
    assert millions(year.credit for year in books.years.values()) == [10, 0, 0]
    assert line(audited, "grants") == [0, 0, 0]
    assert laid_flat(audited.quantities.grant) == {("law", *A_CUBE): pytest.approx(10 * MILLION)}
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
    made = with_tables(with_credit(y2026=10), serve=at_work)
    assert broken(case, made) == set()
    assert "tax_credit" in broken(case, with_tables(made, credit={("law", 2025): 1 * MILLION}))
    case = credited("12 months", fiscal_year_caps={"FY2026": mn(9.9)})
    assert broken(case, made) == {"programme_cap"}


def test_all_credits_together_take_no_more_than_the_tax() -> None:
    # Two cubes: 60 less 40 is a profit of 20, of which 10 are tax; each law would take that much off.
    rules = {name: programme(0.05, kind="tax_credit") for name in ("law", "act")}
    case = toy(**TAXED, programmes=rules)
    made = with_tables(with_credit(2, y2025=5), claim=claims(law=2, act=2))
    for other, holds in ((5, True), (5.001, False)):
        both = {**made.credit, ("act", 2025): other * MILLION}
        assert (broken(case, with_tables(made, credit=both)) == set()) == holds
    more = toy(**TAXED, programmes={name: programme(0.1, kind="tax_credit") for name in ("law", "act")})
    audited = audit(more, with_tables(made, credit={("law", 2025): 6 * MILLION, ("act", 2025): 6 * MILLION}))
    assert [limit.subject for limit in audited.broken] == ["all credits used in FY2025"]


def test_a_credit_needs_its_claim_and_is_granted_after_joining() -> None:
    assert broken(credited(), with_tables(with_credit(y2025=10), claim={})) == {"tax_credit"}
    case = credited(minimum_investment=mn(100))
    assert broken(case, with_credit(y2025=10)) == {"programme_cap"}
    assert broken(case, replace(with_credit(y2025=10), join={"law": True})) == set()


def test_limits_of_money_say_what_a_programme_gives() -> None:
    def said(**kinds: str) -> set[str]:
        cap = {"total_cap": mn(1), "operator_cap": mn(1), "fiscal_year_caps": {"FY2025": mn(1)}, "obligations": DUTY}
        case = toy(**TAXED, programmes={name: programme(0.1, kind=kind, **cap) for name, kind in kinds.items()})
        limits = audit(case, bought(claim=claims(**dict.fromkeys(kinds, 1.0)))).limits
        return {one.subject for one in limits if one.rule in ("programme_cap", "aid_intensity")}

    ceiling = "maker at east, 2025-01: {}".format
    for kind, words in (("grant", "grants"), ("tax_credit", "tax credits"), ("special_depreciation", None)):
        given = words or "special depreciation"
        caps = {f"one: {given} {what}" for what in ("without joining", "in total", "to one operator", "in FY2025")}
        assert said(one=kind) == caps | ({ceiling(words)} if words else set())
    assert ceiling("grants and tax credits") in said(one="tax_credit", other="grant", third="special_depreciation")
