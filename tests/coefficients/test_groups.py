"""Coefficients are frozen groups: whoever looks at a wider case makes another record of it."""

from __future__ import annotations

import copy
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import get_type_hints

import pytest

from planner.case.case import Case
from planner.coefficients import Coefficients, coefficients_of
from planner.explain.elastic_model import elastic_model_of
from planner.model.build import build
from tests.cases.aid import aid_case
from tests.cases.books import books_case
from tests.cases.rows import rows_case

GROUPS = {
    name: kind
    for name, kind in get_type_hints(Coefficients).items()
    if is_dataclass(kind) and kind.__module__.endswith("coefficients.groups")
}


@pytest.mark.parametrize("case", [rows_case(), books_case(), aid_case()], ids=["rows", "books", "aid"])
def test_who_asks_what_if_leaves_the_figures_as_they_were(case: Case) -> None:
    coefficients = coefficients_of(case)
    before = copy.deepcopy(coefficients)
    elastic_model_of(case, coefficients)
    build(coefficients)
    assert coefficients == before


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_has_nothing_that_can_be_assigned_or_filled(name: str) -> None:
    group = getattr(coefficients_of(rows_case()), name)
    for field in fields(group):
        with pytest.raises(FrozenInstanceError):
            setattr(group, field.name, None)
        assert str(field.type).startswith(("Mapping[", "tuple[", "float", "int", "bool", "Discount")), (
            "mypy lets nobody fill these"
        )


def test_discount_factors_cannot_be_assigned_either() -> None:
    discount = coefficients_of(rows_case()).budget.discount
    for field in fields(discount):
        with pytest.raises(FrozenInstanceError):
            setattr(discount, field.name, ())


def test_every_group_is_among_the_fields_in_which_the_model_reads_it() -> None:
    assert list(GROUPS) == [
        *("offers", "vintages", "blocks", "sites", "demand", "units", "claims", "aid", "budget", "books"),
        *("property_taxes", "tax", "trade", "consumption_tax", "frozen"),
    ]
