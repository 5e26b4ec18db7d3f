"""Keys: how they are told, how they sort, and how they are laid flat; the decisions that are told from them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from planner.coefficients import coefficients_of
from planner.decisions import Decisions
from planner.model.build import build
from planner.model.linear import key_text
from planner.vocabulary.decisions import DECISIONS, STORED
from planner.vocabulary.keys import (
    Arrival,
    CapKey,
    Claim,
    ClaimedExit,
    Credit,
    ExclusiveSet,
    Exit,
    FiscalYear,
    Investment,
    Month,
    Overlap,
    OverlapExit,
    Vintage,
    flat,
    key_of,
)
from tests.cases.aid import aid_case
from tests.cases.books import books_case
from tests.cases.lapsing import lapsing_case
from tests.cases.on_credit import on_credit_case
from tests.cases.passed_on import passed_on_case
from tests.cases.paying import paying_case
from tests.cases.rows import rows_case
from tests.cases.taxed import taxed_case
from tests.whole.test_site_loss import two_sites

LABELS = ("2025-01", "2026-01", "2027-01")
ORDER = Investment("maker", "east", 0)
BOUGHT = Vintage("cube", "east", Arrival(Month.of(2025, 1), "maker"))
TOLD: dict[str, Any] = {
    "order[maker,east,2025-01]": ORDER,
    "exit[cube,east,2025-01 maker,2026-01]": Exit(BOUGHT, 1),
    "exit[cube,east,2025-01,2026-01]": Exit(BOUGHT._replace(arrival=Arrival(Month.of(2025, 1))), 1),
    "claimed_exit[aid,maker,east,2025-01,2027-01]": ClaimedExit(Claim("aid", ORDER), 2),
    "overlap_exit[late,early,maker,east,2025-01,2027-01]": OverlapExit(Overlap("late", "early", ORDER), 2),
    "credit[law,FY2025]": Credit("law", FiscalYear(2025)),
    "programme_cap[aid,total]": CapKey("aid", "total"),
    "programme_cap[aid,FY0999]": CapKey("aid", FiscalYear(999)),
    "claim_once[maker,east,2025-01,a+b]": (ORDER, ExclusiveSet(("a", "b"))),
    "claimed_exits[cube,east,2025-01 maker,a+b,stay]": (BOUGHT, ExclusiveSet(("a", "b")), "stay"),
}


@pytest.mark.parametrize("text", TOLD)
def test_a_key_is_told_flat(text: str) -> None:
    assert key_text(text.partition("[")[0], TOLD[text], LABELS) == text


def test_a_key_is_the_tuple_of_its_parts() -> None:
    assert ORDER == ("maker", "east", 0) and {ORDER: 1}["maker", "east", 0] == 1
    assert Claim("aid", ORDER) == ("aid", ("maker", "east", 0)) != Claim("other", ORDER)


def test_arrivals_sort_as_their_texts_do() -> None:
    months = [Month.of(2024, 10), Month.of(2024, 2), Month.of(2024, 11), Month.of(2023, 12)]
    arrivals = [Arrival(month, offer) for month in months for offer in ("", "b200-market", "B200", "maker", "maker-2")]
    assert [str(one) for one in sorted(arrivals)] == sorted(map(str, arrivals))
    vintages = [Vintage(system, site, one) for system in ("b", "a") for site in ("z", "a") for one in arrivals]
    assert [one.names for one in sorted(vintages)] == sorted(one.names for one in vintages)


def test_fiscal_years_sort_and_are_no_periods() -> None:
    years = [FiscalYear(2026), FiscalYear(2024), FiscalYear(2025)]
    assert [str(year) for year in sorted(years)] == ["FY2024", "FY2025", "FY2026"]
    assert FiscalYear(2025) not in {2025: "a period"}
    assert FiscalYear.parse("FY2025") == FiscalYear(2025)


@pytest.mark.parametrize("key", [key for text, key in TOLD.items() if hasattr(key, "_fields")])
def test_what_is_laid_flat_is_put_together_again(key: Any) -> None:
    again = key_of(type(key), flat(key))
    assert again == key
    assert [type(part) for part in again] == [type(part) for part in key]


def test_every_stored_decision_is_a_table_of_a_plan() -> None:
    """And what plan.json calls the parts of a key are as many as its type has."""
    assert STORED.keys() == {one.name for one in fields(Decisions)}
    for one in STORED.values():
        parts = [FiscalYear(2025) if name == "fiscal_year" else name for name in one.fields]
        key = key_of(one.key, parts)
        assert key == one.fields[0] if one.key is str else [*flat(key)] == parts


def test_every_decision_is_a_column() -> None:
    told = {one.kind: one for one in DECISIONS}
    columns = [
        c
        for case in (
            *(rows_case(), books_case(), aid_case(), taxed_case(), lapsing_case()),
            *(on_credit_case(), passed_on_case(), two_sites(4, 0.5), paying_case()),
        )
        for c in build(coefficients_of(case)).columns
    ]
    assert {column.kind for column in columns} == told.keys()
    for column in columns:
        one = told[column.kind]
        assert isinstance(column.key, one.key) or isinstance(column.key[0], one.key), column.kind
        assert one.whole or not column.whole, column.kind
