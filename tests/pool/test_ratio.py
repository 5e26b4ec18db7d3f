"""The most compute for public money, held against every plan there is."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest

from tests.pool.pools import grant, operator, planned, pool

MN = 1e6
COST, MOST, RATE = 100, 3, 0.5
OPERATORS = {"a": (1, 60.0), "b": (2, 30.0)}
"""Work for so many cubes, and what each of them earns a year."""


def _enumerated(least: float) -> tuple[float, float, float]:
    """The best ratio in PFLOPS per mn JPY, with its compute and its public money, over all numbers of cubes."""
    alone = {name: max(_npv(name, n) for n in range(MOST + 1)) for name in OPERATORS}
    bought = {name: max(range(MOST + 1), key=lambda n, name=name: (_npv(name, n), -n)) for name in OPERATORS}
    best = (-math.inf, 0.0, 0.0)
    for numbers in itertools.product(range(MOST + 1), repeat=len(OPERATORS)):
        needed = [max(0.0, alone[name] - _npv(name, n)) for name, n in zip(OPERATORS, numbers, strict=True)]
        can = all(one <= RATE * COST * n + 1e-9 for one, n in zip(needed, numbers, strict=True))
        compute, public = sum(numbers), sum(needed)
        if can and compute >= least and public > 0:
            best = max(best, ((compute - sum(bought.values())) / public, compute, public))
    return best


def _npv(name: str, cubes: int) -> float:
    work, earns = OPERATORS[name]
    return 3 * earns * min(work, cubes) - COST * cubes


@pytest.mark.parametrize("least", [2, 3, 4])
def test_the_best_ratio_is_that_of_enumeration(tmp_path: Path, least: int) -> None:
    ratio, compute, public = _enumerated(least)
    content = pool(
        {name: operator(amount=work, earns=earns) for name, (work, earns) in OPERATORS.items()},
        programmes={"aid": grant(RATE)},
        offers={"maker": {"system": "cube", "supplier": "maker", "order_window": {"to": "2025-12"}}},
        objective={"kind": "compute_per_public_yen", "installed_by": "2025-06", "least": least},
    )
    for section in content["operators"].values():
        section["sites"]["hall"]["capacity"]["power"] = f"{MOST} kW"
    found = planned(tmp_path, content)
    assert found.proof.label == "verified optimal"
    assert found.proof.objective == pytest.approx(ratio * 1000, rel=1e-6)  # per bn JPY
    assert found.proof.bound == pytest.approx(ratio * 1000, rel=1e-4)
    if least > 2:  # with two, one cube and two cubes of b come to the same ratio
        assert (found.audit.compute, found.public_money) == pytest.approx((compute, public * MN), rel=1e-6)
    assert found.steps[-1].excess <= 1e-3


def test_no_public_money_where_none_is_needed(tmp_path: Path) -> None:
    content = pool(
        {"a": operator(amount=2)},
        programmes={"aid": grant(RATE)},
        objective={"kind": "compute_per_public_yen", "installed_by": "2025-06", "least": 2},
    )
    found = planned(tmp_path, content)
    assert found.public_money == 0
    assert math.isinf(found.proof.objective)
    assert found.audit.compute == 2
    assert "no public money is needed" in found.proof.message
    assert found.proof.label == "verified optimal"
    assert found.proof.within_gap  # or the command would say that nothing is proven
