"""How the audit writes cost off by every method: by fiscal years, of what stands there, and part by part."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from tests.audit.cubes import A_CUBE, VINTAGE, bought, claims, line, millions
from tests.cases.toy import MILLION, mn, programme, toy

HALVES = {"start": "2025-01", "period": "half", "periods": 6, "fiscal_year_start_month": 7}


def case(calendar: dict[str, Any] | None = None, **said: Any) -> Case:
    return toy(**({"calendar": calendar} if calendar else {}), finance__depreciation=said)


@pytest.mark.parametrize(
    ("said", "charges"),
    [
        ({"systems_method": "declining_balance"}, [40, 24, 14.4]),
        ({"systems": "3 years", "systems_method": "declining_balance"}, [66.7, 22.2111, 11.0889]),
        ({"systems_method": "macrs"}, [20, 32, 19.2]),
        ({"systems": "15 years", "systems_method": "macrs"}, [5, 9.5, 8.55]),
        ({"systems_method": "table", "systems_table": [{"share": 0.9}, {"share": 0.1}]}, [90, 10, 0]),
    ],
)
def test_a_cube_is_written_off_by_fiscal_years(said: dict[str, Any], charges: list[float]) -> None:
    audited = audit(case(**said), bought())
    assert line(audited, "depreciation") == pytest.approx(charges)
    assert audited.broken == ()


@pytest.mark.parametrize(
    ("said", "charges"),
    [
        # Half a fiscal year is left: the rate of 0.4 counts for half, and 0.4 of 80 in the next one, and so on.
        ({"systems_method": "declining_balance"}, [20, 16, 16, 9.6, 9.6, 5.76]),
        # The half-year convention is in the table: all of its first share, whatever is left of the year.
        ({"systems_method": "macrs"}, [20, 16, 16, 9.6, 9.6, 5.76]),
        ({"systems_method": "table", "systems_table": [{"share": 0.9}, {"share": 0.1}]}, [90, 5, 5, 0, 0, 0]),
    ],
)
def test_the_first_fiscal_year_has_fewer_months(said: dict[str, Any], charges: list[float]) -> None:
    audited = audit(case(HALVES, **said), bought())
    assert line(audited, "depreciation") == pytest.approx(charges)
    assert audited.broken == ()


def test_the_guarantee_ends_the_declining_balance() -> None:
    """Five years, of a million: 108,000 in each of the last two."""
    calendar = {"start": "2025-01", "period": "year", "periods": 6, "fiscal_year_start_month": 1}
    audited = audit(case(calendar, systems_method="declining_balance"), bought())
    assert line(audited, "depreciation") == pytest.approx([40, 24, 14.4, 10.8, 10.8, 0])
    assert millions(audited.accounts.books.fixed_assets) == pytest.approx([60, 36, 21.6, 10.8, 0, 0])


def test_what_stands_there_goes_on_as_its_cost_did() -> None:
    # Bought in January 2024: 60 % of its cost is left, and stands in the books for 30. 2025 takes 40 % of it.
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2024-01", "book_value": mn(30)}]
    audited = audit(toy(sites__east__fleet=fleet, finance__depreciation={"systems_method": "declining_balance"}),
                    bought(0))  # fmt: skip
    assert line(audited, "depreciation") == pytest.approx([12, 7.2, 5.4])
    assert audited.broken == ()


def test_systems_and_additions_go_their_own_ways_and_a_grant_goes_with_what_it_paid_for() -> None:
    # 100 by the declining balance, 40, 24, 14.4; 20 in two years, 10 each. A grant of half the additions, 10: they are
    # taken off at once, and 5 a year fall away. It leaves with the cube in 2026: 60 and 5 of the additions are left.
    terms: dict[str, Any] = {
        "systems__cube__additions": {"typical": "20 %"},
        "finance__asset_grants": "reduce_book_value",
        "finance__depreciation": {
            "systems_method": "declining_balance", "additions": "2 years", "additions_method": "straight_line",
        },
        "programmes": {"half": programme(0.5, categories=["additions"])},
    }  # fmt: skip
    audited = audit(toy(**terms), bought(claim=claims(half=1)))
    assert line(audited, "compression") == [10, 0, 0]
    assert line(audited, "depreciation") == pytest.approx([45, 29, 14.4])
    assert audited.broken == ()
    left = {("half", *A_CUBE, 1): 1.0}
    audited = audit(toy(**terms), bought(claim=claims(half=1), exit={(*VINTAGE, 1): 1}, claimed_exit=left))
    assert line(audited, "written_off") == pytest.approx([0, 65, 0])
    assert audited.broken == ()


@pytest.mark.parametrize(
    ("lower", "credit", "refused"), [(0.0, 6.0, set()), (0.5, 6.0, set()), (0.5, 7.6, {"tax_credit"})]
)
def test_a_lower_basis_leaves_more_tax_to_take_the_credit_off(lower: float, credit: float, refused: set[str]) -> None:
    # Earned 60, and for tax 40 % of 100, or of 95 where the credit of 10 lowers the basis by half: 38. Tax of 30 % of
    # 20, which is 6, or of 22, which is 6.6. No more than that can be taken off.
    rules = programme(0.1, kind="tax_credit", basis_reduction=lower)
    tax = {"rate": "30 %", "payment_lag": "0 months", "depreciation": {"systems_method": "declining_balance"}}
    made = bought(
        claim={("credit", *A_CUBE): 1.0},
        serve={("training", "cube", "east", 0): 1.0},
        credit={("credit", 2025): credit * MILLION},
    )
    audited = audit(toy(finance__tax=tax, programmes={"credit": rules}), made)
    assert {limit.rule for limit in audited.broken} == refused
    assert audited.accounts.books.taxable_profit[0] == pytest.approx((22 if lower else 20) * MILLION)
    assert millions(audited.accounts.books.tax_value) == pytest.approx([57, 34.2, 20.52] if lower else [60, 36, 21.6])
