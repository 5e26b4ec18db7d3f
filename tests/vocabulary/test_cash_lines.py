"""Lines of cash: each with one record, and none left out where lines are put into groups."""

from __future__ import annotations

from planner import outcome
from planner.studies.bridge import PARTS, part_of
from planner.vocabulary.cash_lines import CASH_LINES, COST_PARTS


def test_the_order_of_plan_json_stays() -> None:
    lent = ("loans_drawn", "interest_capitalised")
    trade = ("payables_increase", "prepayments_increase")
    inflows = ("revenue", "grants", "resale", *lent, *trade, "output_tax", "interest_on_cash")
    operating = ("energy", "rent", "operations", "maintenance", "selling_costs", "property_tax")
    investments = ("system_price", "additions", "expansion", "contracted")
    assert (inflows, operating, investments) == (outcome.INFLOWS, outcome.OPERATING_COSTS, outcome.INVESTMENTS)
    credit = ("receivables_increase", *trade)
    rest = ("interest", "arrangement_fees", "commitment_fees", "loans_repaid", "interest_on_cash", "dividends")
    passed_on = ("output_tax", "input_tax_energy", "input_tax_operation", "input_tax_investment", "tax_settled")
    own = (*inflows[:-4], *operating, *investments, "grants_repaid", "tax")
    assert (*own, *credit, *passed_on, *rest) == outcome.LINES


def test_profit_counts_every_line_that_is_said_to_be_in_it() -> None:
    summed = (*outcome.EARNINGS, *outcome.OPERATING_COSTS, *outcome.FINANCE_COSTS, *outcome.CLAWBACKS)
    assert sorted(summed) == sorted(key for key, line in CASH_LINES.items() if line.in_profit)


def test_what_is_not_in_profit_is_investment_tax_credit_or_a_loan_itself() -> None:
    left = {key for key, line in CASH_LINES.items() if not line.in_profit}
    passed_on = {*outcome.WORKING_CAPITAL, *outcome.CONSUMPTION_TAX}
    financing = {"loans_drawn", "interest_capitalised", "loans_repaid", "interest_on_cash", "dividends"}
    assert left == {*outcome.INVESTMENTS, *outcome.TAXES, *passed_on, *financing}


def test_an_hour_costs_every_line_but_revenue_tax_credit_and_loans() -> None:
    lines = [line for part in COST_PARTS.values() for line in part]
    apart = {"revenue", *outcome.TAXES, *outcome.WORKING_CAPITAL, *outcome.CONSUMPTION_TAX, *outcome.FINANCING}
    assert sorted(lines) == sorted(set(CASH_LINES) - apart)


def test_every_line_has_its_place_in_a_bridge() -> None:
    parts = {line: part_of(line) for line in CASH_LINES}
    assert set(parts.values()) <= {*PARTS, None}
    split = {"revenue", "resale", *outcome.OPERATING_COSTS, *outcome.INVESTMENTS}
    assert {line for line, part in parts.items() if part is None} == split
