"""Names may hold dots, as in 'tokyo.1': nothing in a workbook is found by taking a path apart."""

from __future__ import annotations

from dataclasses import fields
from types import ModuleType
from typing import Any

import pytest

from planner.case.case import Case
from planner.report.workbook.book import lay_book
from tests.decided import decided
from tests.report import example, programmes
from tests.report.example import outcome_of

NAMED = ("systems", "offers", "sites", "expansions", "workloads", "programmes")


def dotted(part: Any, names: set[str]) -> Any:
    """The same with a dot in each of the names, wherever they stand: alone and as parts of keys."""
    if isinstance(part, dict):
        return {dotted(key, names): dotted(value, names) for key, value in part.items()}
    if hasattr(part, "_fields"):
        return type(part)(*(dotted(one, names) for one in part))
    if isinstance(part, list | tuple):
        return type(part)(dotted(one, names) for one in part)
    if isinstance(part, str) and part in names:
        return f"{part}.1"
    return part


@pytest.mark.parametrize("shape", [example, programmes])
def test_every_name_may_hold_a_dot(shape: ModuleType) -> None:
    names = {name for group in NAMED for name in shape.CASE.get(group, {})} | set(
        shape.CASE["finance"].get("loans", {})
    )
    chosen = shape.decisions()
    decisions = decided(**{one.name: dotted(getattr(chosen, one.name), names) for one in fields(chosen)})
    plan = outcome_of(Case.model_validate(dotted(shape.CASE, names)), decisions)
    assert {name[-2:] for name in (*plan.case.sites, *plan.case.offers, *plan.case.systems)} == {".1"}
    book = lay_book(plan, "ja")
    assert book.grid.value_of("master") == "OK"
    assert book.grid.speaker.missing == set()
    assert book.grid.value_of("npv") == pytest.approx(lay_book(shape.outcome()).grid.value_of("npv"), rel=1e-12)
