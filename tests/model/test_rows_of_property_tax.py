"""The rows of property tax, written down by hand for the case of ``cases/taxed.py``."""

from __future__ import annotations

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.taxed import taxed_case

TAXED = {
    # 1.4 % of 81.55, 51.458, 32.47 and 20.489; half of it where the plan has bought it in the year before. What leaves
    # on the first of January is still there for the day, and what comes on it is not.
    "property_tax": """
property_tax[east,2024-01]: assessed[east,2024-01] = 2.2834
property_tax[east,2025-01]: assessed[east,2025-01] = 1.44083
property_tax[east,2026-01]: - 0.57085 order[maker,east,2025-01] + 0.45458 exit[cube,east,2023-06,2025-01] \
+ assessed[east,2026-01] = 0.909161
property_tax[east,2027-01]: - 0.720413 order[maker,east,2025-01] - 0.57085 order[maker,east,2026-01] \
- 0.26012 expand[hall,2025-01] + 0.28684 exit[cube,east,2023-06,2025-01] + 0.28684 exit[cube,east,2023-06,2026-01] \
+ 0.720413 exit[cube,east,2025-01 maker,2026-01] + assessed[east,2027-01] = 0.57368
""",
}


def test_rows_of_property_tax() -> None:
    assert build(coefficients_of(taxed_case())).text("property_tax") == TAXED["property_tax"].strip().split("\n")


def test_a_quarter_is_paid_in_each_month_that_is_due() -> None:
    rows = build(coefficients_of(taxed_case())).text("cash_balance")
    paid = {row.split(" ")[0].removeprefix("cash_balance["): row for row in rows if "assessed" in row}
    assert [*paid] == [
        *("2025-02", "2025-04", "2025-07", "2025-12"), *("2026-02", "2026-04", "2026-07", "2026-12"),
        *("2027-02", "2027-04", "2027-07", "2027-12"),
    ]  # fmt: skip
    assert "0.25 assessed[east,2024-01]" in paid["2025-02"]
    assert "0.25 assessed[east,2026-01]" in paid["2027-02"]
    assert all(row.startswith(f"cash_balance[{month} end]: ") for month, row in paid.items())


def test_without_a_property_tax_there_is_no_row() -> None:
    case = taxed_case(sites__east__property_tax=None)
    model = build(coefficients_of(case))
    assert model.text("property_tax") == [] and not any(one.kind == "assessed" for one in model.columns)
