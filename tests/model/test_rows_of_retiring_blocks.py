"""The rows of blocks that retire, written down by hand for the case of ``cases/retiring.py``."""

from __future__ import annotations

import pytest

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.retiring import retiring_case

ROOM = [
    "site_resource[east,power,2025-01]: - built[hall,2025-01] + installed[cube,east,2025-01] <= 0",
    "site_resource[east,power,2026-01]: - built[hall,2026-01] + installed[cube,east,2026-01] <= 0",
    "site_resource[east,power,2027-01]: built[hall,2025-01] - built[hall,2027-01] + installed[cube,east,2027-01] <= 0",
]
"""What was begun in 2025 serves in 2025 and 2026 only."""


def test_a_block_gives_room_for_its_useful_life() -> None:
    assert [row for row in build(coefficients_of(retiring_case())).text("site_resource") if "power" in row] == ROOM


@pytest.mark.parametrize(("life", "is_gone"), [("25 months", False), ("24 months", True), ("13 months", True)])
def test_it_retires_when_the_first_period_begins_after_that(life: str, is_gone: bool) -> None:
    (last,) = (
        row
        for row in build(coefficients_of(retiring_case(hall={"useful_life": life}))).text("site_resource")
        if row.startswith("site_resource[east,power,2027-01]")
    )
    assert (" built[hall,2025-01]" in last) is is_gone


def test_what_is_left_in_the_books_is_written_off_when_it_retires() -> None:
    """Of 40 over ten years 4 go in each of two, and 32 with the retirement; a hall of 2026 goes in 2028."""
    tax = {"finance__tax": {"rate": "30 %"}, "finance__depreciation": {"facility": "10 years"}}
    books = coefficients_of(retiring_case(**tax)).books.block_written_off
    shares = {start.period: [round(share, 9) for share in written] for start, written in books.items()}
    assert shares == {0: [0, 0.1, 0.2, 1], 1: [0, 0, 0.1, 0.2], 2: [0, 0, 0, 0.1]}


def test_what_is_left_at_the_end_falls_by_the_method_of_the_case() -> None:
    """After three of ten years at 10 %: (1 - 1.1 ** -7) / (1 - 1.1 ** -10) = 4.868419 / 6.144567."""
    terms = {"finance__terminal_value": True, "finance__discount_rate": "10 %"}
    for method, share in (("straight_line", 0.7), ("annuity", 4.868419 / 6.144567)):
        hall = {"useful_life": None, "terminal_life": "10 years", "terminal_method": method}
        remainder = coefficients_of(retiring_case(hall=hall, **terms)).blocks.remainder
        assert next(iter(remainder.values())) == pytest.approx(share, rel=1e-6)
