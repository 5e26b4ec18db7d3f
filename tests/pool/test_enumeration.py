"""Random pools of two operators, held against every number of cubes and every split of the grant."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.pool.pools import grant, operator, ordered, planned, pool

MN = 1e6
COST, MOST = 100, 3


@dataclass(frozen=True)
class Chance:
    """A pool by chance; money in mn JPY."""

    work: tuple[int, int]
    earns: tuple[int, int]
    rate: float
    cap: int
    awards: tuple[int, int]
    supply: int

    @classmethod
    def of(cls, number: int) -> Chance:
        draw = random.Random(number)
        two = [(draw.randint(1, 3), draw.choice([20, 30, 40, 60]), draw.choice([20, 40, 60, 200])) for _ in range(2)]
        work, earns, awards = zip(*two, strict=True)
        return cls(work, earns, draw.choice([0.25, 0.5]), draw.choice([30, 70, 110, 500]), awards, draw.randint(1, 6))

    def npv(self, who: int, cubes: int) -> float:
        return 3 * self.earns[who] * min(self.work[who], cubes) - COST * cubes

    def grants(self, numbers: tuple[int, ...]) -> float:
        most = sum(min(award, self.rate * COST * n) for award, n in zip(self.awards, numbers, strict=True))
        return min(self.cap, most)

    def best_npv(self) -> float:
        return max(
            sum(self.npv(who, n) for who, n in enumerate(numbers)) + self.grants(numbers)
            for numbers in itertools.product(range(MOST + 1), repeat=2)
            if sum(numbers) <= self.supply
        )

    def most_compute(self) -> int:
        """Most cubes where nobody may be worse off than without the programme, and there is supply for all."""
        found = 0
        for numbers in itertools.product(range(MOST + 1), repeat=2):
            needed = [
                max(0.0, max(self.npv(who, m) for m in range(MOST + 1)) - self.npv(who, n))
                for who, n in enumerate(numbers)
            ]
            most = [min(award, self.rate * COST * n) for award, n in zip(self.awards, numbers, strict=True)]
            if all(one <= limit for one, limit in zip(needed, most, strict=True)) and sum(needed) <= self.cap:
                found = max(found, sum(numbers))
        return found

    def content(self) -> dict[str, Any]:
        operators = {}
        for who, name in enumerate("ab"):
            award = {"programmes": {"aid": {"operator_cap": f"{self.awards[who]} mn JPY"}}}
            operators[name] = operator(self.work[who], self.earns[who], **award)
            operators[name]["sites"]["hall"]["capacity"]["power"] = f"{MOST} kW"
        maker = {"system": "cube", "supplier": "maker", "order_window": {"to": "2025-12"}, "allocation": self.supply}
        programmes = {"aid": grant(self.rate, total_cap=f"{self.cap} mn JPY")}
        return pool(operators, programmes=programmes, offers={"maker": maker}, participation=False)


@pytest.mark.parametrize("number", range(10))
def test_the_best_plan_is_that_of_enumeration(tmp_path: Path, number: int) -> None:
    chance = Chance.of(number)
    found = planned(tmp_path, chance.content())
    assert found.audit.npv == pytest.approx(chance.best_npv() * MN, abs=10)
    assert found.proof.label == "verified optimal"
    assert sum(ordered(found, name) for name in "ab") <= chance.supply
    alone = sum(one.alone.audit.accounts.npv for one in found.members.values())
    assert alone >= found.audit.npv - 10  # what each would like, all together, is never less than what there is for all


@pytest.mark.parametrize("number", range(10, 18))
def test_the_most_compute_with_everybody_taking_part_is_that_of_enumeration(tmp_path: Path, number: int) -> None:
    chance = replace(Chance.of(number), supply=2 * MOST)
    content = chance.content() | {"participation": True, "objective": {"kind": "compute", "installed_by": "2025-06"}}
    found = planned(tmp_path, content)
    assert found.audit.compute == chance.most_compute()
    assert found.proof.label == "verified optimal"


def test_the_operators_want_more_than_there_is_where_a_cap_binds(tmp_path: Path) -> None:
    operators = {"a": operator(), "b": operator()}
    found = planned(tmp_path, pool(operators, programmes={"aid": grant(0.5, total_cap="60 mn JPY")}))
    alone = sum(one.alone.audit.accounts.npv for one in found.members.values())
    assert (alone, found.audit.npv) == pytest.approx((260 * MN, 220 * MN))
