"""Methods of depreciation in a case file: what each needs, and what does not stand beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from tests.reading.helpers import read_text, tiny_with

RATE = "discount_rate: 5 %"


def case_with(said: str) -> str:
    return tiny_with((RATE, f"{RATE}\n  depreciation: {{{said}}}"))


TABLE = "[{share: 60 %}, {share: 40 %}]"


@pytest.mark.parametrize(
    "said",
    [
        "systems_method: declining_balance",
        "facility: 20 years, facility_method: declining_balance",
        "systems: 24 months, systems_method: declining_balance",
        "systems_method: macrs, facility_method: macrs",
        "systems_method: macrs, systems: 15 years",
        f"systems_method: table, systems_table: {TABLE}",
        f"systems_method: table, systems_table: {TABLE}, additions_method: straight_line, additions: 8 years",
        f"additions_method: table, additions_table: {TABLE}",
        "additions: 7 years",
        "facility_method: table, facility_table: [{share: 1/3}, {share: 1/3}, {share: 1/3}]",
    ],
)
def test_what_goes_together_is_taken(said: str, tmp_path: Path) -> None:
    assert read_text(tmp_path, case_with(said)).case.finance.depreciation.of("systems").life_months > 0


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ("facility: 21 years, facility_method: declining_balance", "facility", ["no statutory rate", "2 to 20"]),
        ("systems: 30 months, systems_method: declining_balance", "systems", ["no statutory rate", "whole years"]),
        ("systems: 7 years, systems_method: macrs", "systems", ["no table", "5 years or 15 years"]),
        ("facility: 20 years, facility_method: macrs", "facility", ["no table"]),
        ("additions: 6 years, additions_method: macrs", "additions", ["no table"]),
        ("systems: 6 years, additions_method: macrs", "systems", ["no table"]),
        ("systems_method: table", "systems_method", ["none is given"]),
        (f"systems_table: {TABLE}", "systems_table", ["the method is straight_line"]),
        ("systems_method: table, systems_table: [{share: 60 %}, {share: 30 %}]", "systems_table", ["90 % together"]),
        ("facility_method: table, facility_table: [{share: 1}, {share: 0}]", "facility_table.1.share", ["last year"]),
        (f"systems_method: table, systems_table: {TABLE}, additions: 8 years", "additions", ["beside a table"]),
        ("systems_method: sum_of_digits", "systems_method", ["straight_line"]),
    ],
)
def test_what_a_method_cannot_work_with_is_refused_once(
    said: str, field: str, words: list[str], tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        read_text(tmp_path, case_with(said))
    faults = [fault for fault in refused.value.faults if fault.field == f"finance.depreciation.{field}"]
    assert len(faults) == 1, str(refused.value)
    assert all(word in str(faults[0]) for word in words), str(faults[0])


def test_what_holds_for_tax_alone_is_checked_by_its_own_name(tmp_path: Path) -> None:
    def taxed(said: str) -> str:
        return tiny_with((RATE, f"{RATE}\n  tax: {{rate: 30 %, depreciation: {{{said}}}}}"))

    finance = read_text(tmp_path, taxed("systems_method: macrs")).case.finance
    assert (finance.depreciation.of("systems").method, finance.tax_depreciation.of("systems").method) == (
        "straight_line",
        "macrs",
    )
    with pytest.raises(InputError, match=r"finance\.tax\.depreciation\.systems: MACRS has no table"):
        read_text(tmp_path, taxed("systems: 7 years, systems_method: macrs"))


def test_a_covenant_of_the_balance_sheet_needs_the_books_that_the_plan_keeps(tmp_path: Path) -> None:
    loans = "loans: {bank: {limit: 1 m JPY, rate: 5 %, term: 10 years}}"
    asked = f"{RATE}\n  {loans}\n  covenants: {{most_loan_to_value: 60 %}}\n  tax: {{rate: 30 %"
    assert read_text(tmp_path, tiny_with((RATE, f"{asked}}}"))).case.finance.covenants is not None
    with pytest.raises(InputError, match=r"finance\.tax\.depreciation: stands beside a covenant"):
        read_text(tmp_path, tiny_with((RATE, f"{asked}, depreciation: {{systems_method: macrs}}}}")))


CREDIT = "programmes:\n  credit: {kind: tax_credit, rate: 10 %, categories: [systems], basis_reduction: 50 %}\n"
APART = f"{RATE}\n  tax: {{rate: 30 %, depreciation: {{systems_method: macrs}}}}"


def test_a_credit_that_lowers_the_basis_needs_books_of_tax_and_is_a_credit(tmp_path: Path) -> None:
    found = read_text(tmp_path, tiny_with((RATE, APART), ("programmes:\n", CREDIT))).case
    assert found.programmes["credit"].lowers_tax_basis
    with pytest.raises(InputError, match=r"programmes\.credit\.basis_reduction: lowers the cost .* tax are one"):
        read_text(tmp_path, tiny_with((RATE, f"{RATE}\n  tax: {{rate: 30 %}}"), ("programmes:\n", CREDIT)))
    grant = CREDIT.replace("tax_credit", "grant")
    with pytest.raises(InputError, match=r"programmes\.credit\.basis_reduction: only of a tax credit"):
        read_text(tmp_path, tiny_with((RATE, APART), ("programmes:\n", grant)))


def test_a_basis_is_not_lowered_twice(tmp_path: Path) -> None:
    at_once = CREDIT + "  law: {kind: special_depreciation, rate: 96 %, categories: [systems], excludes: [grant]}\n"
    with pytest.raises(
        InputError, match=r"programmes\.law\.rate: 96 % of the cost with 'credit' write off up to 101 %"
    ):
        read_text(tmp_path, tiny_with((RATE, APART), ("programmes:\n", at_once)))
