"""Dividends: what does not stand together is refused where it stands, with the fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.helpers import faults_of, read_text, said, tiny_with

LOAN = "loans: {bank: {limit: 1 bn JPY, rate: 2 %, term: 3 years}}"


def paying(terms: str, beside: str = LOAN) -> str:
    return tiny_with(("discount_rate: 5 %", f"discount_rate: 5 %\n  {beside}\n  dividends: {{{terms}}}"))


@pytest.mark.parametrize(
    ("terms", "beside", "field", "words"),
    [
        ("lock_up_cover: 1.4", "accounts: jgaap", "lock_up_cover", "state `loans:` of finance"),
        ("stated: {FY2020: 1 bn JPY}", LOAN, "stated.FY2020", "FY2020 is outside the horizon"),
        ("payment_lag: 48 months, stated: {FY2024: 1 bn JPY}", LOAN, "payment_lag", "is the unit of time right?"),
        ("most_share_of_profit: 30", LOAN, "most_share_of_profit", "did you mean 30 %?"),
        ("lock_up_cover: 140", LOAN, "lock_up_cover", "is it a multiple, such as 1.4, and not in %?"),
        ("stated: {FY2024: -1 bn JPY}", LOAN, "stated", "negative"),
        ("", "tax: {rate: 30 %, depreciation: {systems: 4 years}}", "", "tax has books of its own"),
    ],
)
def test_it_is_refused(terms: str, beside: str, field: str, words: str, tmp_path: Path) -> None:
    faults = faults_of(tmp_path, paying(terms, beside))
    assert any(f"finance.dividends.{field}".rstrip(".") in one.field for one in faults)
    assert any(words in said(one) for one in faults)


def test_a_dividend_that_would_be_paid_after_the_horizon_cannot_be_stated(tmp_path: Path) -> None:
    reading = read_text(tmp_path, paying(""))
    last = [*reading.case.calendar.fiscal_years][-1]
    (fault,) = faults_of(tmp_path, paying(f"stated: {{{last}: 1 bn JPY}}"))
    assert fault.field == f"finance.dividends.stated.{last}"
    assert f"the dividend for {last} would be paid after the horizon" in fault.found


def test_all_of_it_is_read_and_what_is_left_out_has_its_usual_value(tmp_path: Path) -> None:
    dividends = read_text(tmp_path, paying("opening_retained_profit: -2 bn JPY")).case.finance.dividends
    assert dividends is not None and dividends.payment_lag.months == 3
    assert dividends.opening_retained_profit is not None and dividends.opening_retained_profit.amount == -2e9
    assert (dividends.most_share_of_profit, dividends.lock_up_cover, dividends.stated) == (None, None, {})
