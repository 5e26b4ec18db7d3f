"""Grants that are paid in parts, as the audit sees them: when, against which caps, and off which book value."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.errors import AuditError
from tests.audit.cubes import A_CUBE, IN_BOOKS, bought, broken, claims, line, millions
from tests.cases.toy import MILLION, mn, programme, toy
from tests.decided import laid_flat

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
    assert laid_flat(audited.quantities.grant) == {("half", *A_CUBE): pytest.approx(50 * MILLION)}
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


def test_a_part_paid_with_the_order_lowers_depreciation_from_delivery_on() -> None:
    # Ordered in 2025, in use from 2026 on for four years. 25 are paid at once, when nothing is depreciated yet: all of
    # them are taken off then, before there is a book value, and 6.25 a year fall away from 2026 on, as of the other 25.
    parts = [{"share": "50 %", "event": "order"}, {"share": "50 %"}]
    terms = {**IN_BOOKS, "offers__maker__lead_time": "12 months"}
    audited = audit(toy(**terms, programmes={"half": programme(0.5, milestones=parts)}), bought(claim=claims(half=1)))
    assert line(audited, "grants") == [25, 25, 0]
    assert line(audited, "compression") == [25, 25, 0]
    assert line(audited, "depreciation") == [0, 12.5, 12.5]
    assert millions(audited.accounts.books.fixed_assets) == [-25, 37.5, 25]
    assert audited.broken == ()
