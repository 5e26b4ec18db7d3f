"""The rows of property tax that a programme spares, written down by hand for the case of ``cases/relieved.py``."""

from __future__ import annotations

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.relieved import relieved_case

SPARED = """
property_tax[east,2026-01]: - 1.1417 order[maker,east,2025-01] + 0.45458 exit[cube,east,2023-06,2025-01] \
+ 0.57085 claim[town,maker,east,2025-01] + assessed[east,2026-01] = 0.909161
property_tax[east,2027-01]: - 0.720413 order[maker,east,2025-01] - 1.1417 order[maker,east,2026-01] \
- 0.52024 expand[hall,2025-01] + 0.28684 exit[cube,east,2023-06,2025-01] + 0.28684 exit[cube,east,2023-06,2026-01] \
+ 0.720413 exit[cube,east,2025-01 maker,2026-01] + 0.360206 claim[town,maker,east,2025-01] \
+ 0.57085 claim[town,maker,east,2026-01] + 0.26012 claim[town,hall,east,2025-01] \
- 0.360206 claimed_exit[town,maker,east,2025-01,2026-01] + assessed[east,2027-01] = 0.57368
"""
"""Half of each tax on what is claimed, and of what left before the day nothing; what leaves on it is spared still."""


def test_rows_of_property_tax_that_a_programme_spares() -> None:
    model = build(coefficients_of(relieved_case()))
    assert model.text("property_tax")[2:] == SPARED.strip().split("\n")
    assert "claimed_exits[town,maker,east,2025-01]: - claim[town,maker,east,2025-01] " in "".join(
        model.text("claimed_exits")
    )


def test_it_ends_after_its_years_and_counts_the_cost_of_its_programme() -> None:
    """At one assessment, on the sixth of the cost of a cube that is network and storage, of which four fifths count."""
    town = {"relief_years": 1, "categories": ["additions"], "eligible_share": 0.8}
    case = relieved_case(town=town, systems__cube__additions={"typical": "20 %"})
    (first, second) = build(coefficients_of(case)).text("property_tax")[2:]
    assert "+ 0.091336 claim[town,maker,east,2025-01]" in first  # 1.4 % of 81.55 % of 20, times 0.8 and a half
    assert "claim[town,maker,east,2025-01]" not in second and "+ 0.091336 claim[town,maker,east,2026-01]" in second
