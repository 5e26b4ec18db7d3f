"""Level payments of a loan: as spreadsheet programs work them out, and as coefficients and audit each do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import formualizer
import pytest

from planner.audit.facts import Facts
from planner.audit.lending import fallen_due
from planner.coefficients import coefficients_of
from planner.finance.lending import level_payment, level_payments_worth, share_repaid_by_level_payments
from tests.cases.toy import MILLION, mn, toy
from tests.decided import decided

RATES, COUNTS = (0.0, 0.0025, 0.05, 0.5), (1, 2, 7, 24)


def in_a_spreadsheet(formula: str) -> float:
    book = formualizer.Workbook()
    book.add_sheet("S")
    book.sheet("S").set_formula(1, 1, formula)
    return float(book.evaluate_cell("S", 1, 1))


@pytest.mark.parametrize(("rate", "count"), [*product(RATES, COUNTS)])
def test_payments_and_their_parts_are_those_of_a_spreadsheet(rate: float, count: int) -> None:
    for balloon in (0.0, 0.3):
        paid = -in_a_spreadsheet(f"=PMT({rate},{count},1,{-balloon})")
        assert level_payment(rate, count, balloon) == pytest.approx(paid, rel=1e-12)
    so_far = [share_repaid_by_level_payments(rate, paid, count) for paid in range(count + 1)]
    for number, (before, after) in enumerate(pairwise(so_far), start=1):
        part = -in_a_spreadsheet(f"=PPMT({rate},{number},{count},1)")
        assert after - before == pytest.approx(part, rel=1e-9, abs=1e-12)
        assert after - before + rate * (1 - before) == pytest.approx(level_payment(rate, count), rel=1e-9)
        assert 1 - after == pytest.approx(
            level_payments_worth(rate, count - number) / level_payments_worth(rate, count), abs=1e-12
        )
    assert so_far[-1] == 1.0


@dataclass(frozen=True)
class Schedule:
    """Due by the end of each year of 100 drawn at the start of the first, at 50 % a year."""

    terms: dict[str, Any]
    due: list[float]


@pytest.mark.parametrize(
    "schedule",
    [
        # 1.5 + 2.25 + ... : a payment of 90 for two years, of which 50 and 30 are interest.
        Schedule({"term": "2 years", "repayment": "level_payment"}, [40, 100, 100, 100]),
        Schedule({"term": "3 years", "repayment": "level_payment", "grace": "12 months"}, [0, 40, 100, 100]),
        Schedule({"term": "2 years", "repayment": "level_payment", "balloon": "50 %"}, [20, 100, 100, 100]),
        Schedule({"term": "2 years", "repayment": "equal_parts", "balloon": "50 %"}, [25, 100, 100, 100]),
        Schedule({"term": "3 years", "repayment": "equal_parts", "grace": "1 year"}, [0, 50, 100, 100]),
        Schedule({"term": "3 years", "repayment": "equal_parts", "grace": "6 months"}, [20, 60, 100, 100]),
        Schedule({"term": "3 years", "repayment": "equal_parts", "grace": "3 years"}, [0, 0, 100, 100]),
        Schedule({"term": "3 years", "repayment": "level_payment", "grace": "3 years"}, [0, 0, 100, 100]),
        Schedule({"term": "3 years", "repayment": "at_end", "grace": "1 year"}, [0, 0, 100, 100]),
        # The last of its payments is one of half a year, and is due at the end of that year.
        Schedule({"term": "18 months", "repayment": "equal_parts"}, [200 / 3, 100, 100, 100]),
        Schedule({"term": "18 months", "repayment": "equal_parts", "balloon": "10 %"}, [60, 100, 100, 100]),
        Schedule({"term": "0 months", "repayment": "level_payment"}, [100, 100, 100, 100]),
    ],
)
def test_what_is_due_by_when(schedule: Schedule) -> None:
    case = toy(
        calendar={"start": "2025-01", "period": "year", "periods": 4, "fiscal_year_start_month": 1},
        finance__loans={"bank": {"limit": mn(100), "rate": "50 %", **schedule.terms}},
    )
    facts = Facts(case, decided(draw={("bank", 0): 100 * MILLION}))
    assert [due / MILLION for due in fallen_due(facts, "bank")] == pytest.approx(schedule.due)
    due = coefficients_of(case).loans["bank"].due
    assert [100 * due.get((0, t), 0.0) for t in range(4)] == pytest.approx(schedule.due)


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
@pytest.mark.parametrize("repayment", ["equal_parts", "level_payment"])
def test_coefficients_and_audit_come_to_the_same(period: str, repayment: str) -> None:
    """Each in its own way: from the start of a draw on, and from what is left of it."""
    for term, grace, balloon in product((1, 10, 13, 24), (0, 1, 4, 12), (None, 0.3, 1.0)):
        terms = {"term": f"{term} months", "grace": f"{min(term, grace)} months", "balloon": balloon}
        rate = {"2025-01": "0 %", "2025-07": "9 %"}
        case = toy(
            calendar={"start": "2025-01", "period": period, "periods": 4, "fiscal_year_start_month": 1},
            finance__loans={"bank": {"limit": mn(100), "rate": rate, "repayment": repayment, **terms}},
        )
        known = coefficients_of(case).loans["bank"].due
        for drawn in range(4):
            facts = Facts(case, decided(draw={("bank", drawn): 1.0}))
            expected = [known.get((drawn, t), 0.0) for t in range(4)]
            assert fallen_due(facts, "bank") == pytest.approx(expected, abs=1e-12), (terms, drawn)
