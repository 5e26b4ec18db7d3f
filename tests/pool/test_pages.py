"""What a pool file may say stands on its page."""

from __future__ import annotations

from typing import get_args

import pytest

from planner.case.pool import Pool, PoolObjective, PoolObjectiveKind, Target
from tests.places import ROOT

PAGE = (ROOT / "docs" / "pool.md").read_text(encoding="utf-8")
FIELDS = [
    *Pool.model_fields,
    *(f"objective.{name}" for name in PoolObjective.model_fields),
    *(f"target.{name}" for name in Target.model_fields),
    *get_args(PoolObjectiveKind),
    *("shared_supply", "shared_cap", "pool_target", "least_compute", "participation["),
]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_stands_on_the_page(field: str) -> None:
    assert f"`{field}" in PAGE
