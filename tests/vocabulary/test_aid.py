"""Kinds of aid: each with one record, whose facts fit together."""

from __future__ import annotations

from typing import get_args

import pytest

from planner.case.programme import Programme
from planner.outcome import CHARGES
from planner.vocabulary.aid import AIDS, AidKind


def test_there_is_one_record_for_every_kind() -> None:
    assert tuple(AIDS) == get_args(AidKind)


@pytest.mark.parametrize("kind", AIDS)
def test_what_a_record_says_fits_together(kind: AidKind) -> None:
    aid = AIDS[kind]
    assert Programme.model_validate({"kind": kind, "rate": 0.5, "categories": ["systems"]}).aid is aid
    assert (aid.charge is None) == (aid.off_book_value == "never")
    assert aid.charge is None or aid.charge in CHARGES
    assert aid.is_paid_out == (aid.counts == "when paid") == (not aid.never_paid)
    assert set(aid.own_fields) <= set(Programme.model_fields)
    assert aid.headline.count("{}") == 1 and aid.gives


@pytest.mark.parametrize(
    ("asset_grants", "lowering"),
    [("income", ["special_depreciation"]), ("reduce_book_value", ["grant", "special_depreciation"])],
)
def test_grants_lower_book_values_only_where_the_case_says_so(asset_grants: str, lowering: list[str]) -> None:
    assert [kind for kind, aid in AIDS.items() if aid.lowers_book_value(asset_grants)] == lowering
