"""The end of the horizon is no day of sale: another year at its end changes no decision before its last year.

The worth of a used cube falls by the same share every year and its work brings the same every year, so whoever should
keep or buy one for a year should do so for good, and the other way round: no plan has a reason to look at the end.
Years of book losses, tax and grants that go back where a system leaves are where plans used to have one.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from planner.case.case import Case
from planner.planning import plan_case
from tests.cases.toy import CUBE, mn, toy, yearly
from tests.decided import laid_flat

PERIODS_OF_A_YEAR = {"year": 1, "half": 2, "quarter": 4}
CASES = int(os.environ.get("PLANNER_HORIZON_CASES", "12"))


def drawn(number: int, years: int) -> Case:
    """Cubes that stand there, some of them without work, and an offer of more; each draw says what work brings."""
    draw = random.Random(f"horizon {number}")
    period, kept = draw.choice(list(PERIODS_OF_A_YEAR)), draw.choice([0.5, 0.65, 0.8])
    busy, idle = draw.randint(1, 3), draw.randint(0, 2)
    rate, standing = draw.choice([0.0, 0.05]), busy + idle
    cost_of_a_year = 100 * (1 - kept + rate)
    changes: dict[str, Any] = {
        "calendar__period": period,
        "calendar__periods": years * PERIODS_OF_A_YEAR[period],
        "finance__discount_rate": rate,
        "finance__terminal_value": True,
        "finance__resale": [{"age": f"{age} years", "share": kept**age} for age in range(12)],
        "finance__tax": {"rate": 0.3},
        "systems__cube__useful_life": "12 years",
        "sites__east__fleet": [
            {
                "system": "cube",
                "quantity": standing,
                "arrives": "2023-01",
                "book_value": mn(draw.choice([20, 60, 95]) * standing),
            }
        ],
        "workloads__training__amount": busy + draw.choice([0, 0, 1, 2]),
        "workloads__training__price": yearly(cost_of_a_year * draw.choice([0.01, 1.8, 2.4])),
    }
    return toy(**changes)


def decisions_before(case: Case, last: int) -> dict[str, dict[Any, float]]:
    """Orders and exits of the periods before one."""
    decided = plan_case(case, gap=0.0).decisions
    return {
        name: {key: amount for key, amount in laid_flat(of).items() if key[-1] < last}
        for name, of in (("order", decided.order), ("exit", decided.exit))
    }


@pytest.mark.parametrize("number", range(CASES))
def test_a_longer_horizon_changes_nothing_before_its_end(number: int) -> None:
    end = len(drawn(number, 3).calendar.starts)
    three, four, five = (decisions_before(drawn(number, years), end) for years in (3, 4, 5))
    assert three == four == five


def written_down_slowly(years: int) -> Case:
    """Cubes that are worth 25 and stand with 95 in the books, that work brings a little more than they lose, and balls
    whose profit a loss can be set against."""
    cube = {"system": "cube", "quantity": 2, "arrives": "2023-01", "book_value": mn(190)}
    ball = {"system": "ball", "quantity": 1, "arrives": "2023-01"}
    curve = [{"age": f"{age} years", "share": 0.5**age} for age in range(12)]
    return toy(
        calendar__period="quarter",
        calendar__periods=4 * years,
        finance__terminal_value=True,
        finance__resale=curve,
        finance__tax={"rate": 0.3},
        finance__depreciation={"systems": "10 years"},
        systems__cube__useful_life="12 years",
        systems__ball={**CUBE, "price": {"typical": mn(1)}, "useful_life": "12 years"},
        offers={},
        sites__east__fleet=[cube, ball],
        workloads={
            "training": {"metric": "accelerators", "amount": 2, "price_by_system": {"cube": yearly(14)}},
            "hosting": {"metric": "accelerators", "amount": 1, "price_by_system": {"ball": yearly(900)}},
        },
    )


def test_a_loss_that_waits_in_the_books_is_no_reason_to_sell_in_the_last_quarter() -> None:
    """Sold, two cubes would save 30 % of what they are booked above their worth; so they do on the last day."""
    assert decisions_before(written_down_slowly(3), 12) == decisions_before(written_down_slowly(5), 12)
    assert decisions_before(written_down_slowly(3), 12) == {"order": {}, "exit": {}}
