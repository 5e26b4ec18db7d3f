"""The order in which a file lists its entries says nothing: the problem is the same to the last number."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from planner.case.case import Case
from planner.case.quantities import Noun
from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.plan import plan_case
from planner.reading.case.file import read_case
from planner.solving.matrix import Matrix, matrix_of
from tests.places import ROOT
from tests.solving.roomy import fields_of

FILES = [path for path in ROOT.glob("inputs/*.yaml") if path.stem not in ("hardware", "meti-pool")]
IN_ORDER = ("resale", "after", "milestones")
"""Lists whose order says something: age, who comes first, time."""
PARTS = ("cost", "lower", "upper", "whole", "row_lower", "row_upper", "starts", "indexes", "values")


def shuffled(value: Any, chance: Random, field: str = "") -> Any:
    if isinstance(value, Noun):
        parts = {name: shuffled(getattr(value, name), chance, name) for name in type(value).model_fields}
        return value.model_copy(update=parts)
    if isinstance(value, dict):
        names = chance.sample(list(value), len(value))
        return {name: shuffled(value[name], chance) for name in names}
    if isinstance(value, tuple) and field not in IN_ORDER:
        return tuple(chance.sample([shuffled(one, chance) for one in value], len(value)))
    return value


def problem(case: Case) -> Matrix:
    return matrix_of(build(coefficients_of(case)).problem)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_any_order_makes_the_same_problem(path: Path) -> None:
    case = read_case(path).case
    one, other = problem(case), problem(shuffled(case, Random(path.stem)))
    assert all(np.array_equal(getattr(one, part), getattr(other, part)) for part in PARTS)


@pytest.mark.parametrize("number", [3, 8])
def test_any_order_comes_to_the_same_plan(number: int) -> None:
    case = Case.model_validate(fields_of(number))
    one, other = plan_case(case), plan_case(shuffled(case, Random(number)))
    assert one.decisions == other.decisions
    assert one.proof.objective == pytest.approx(other.proof.objective, rel=1e-12)
