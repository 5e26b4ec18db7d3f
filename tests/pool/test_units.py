"""Each operator counts in its own money unit; what they share is counted in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.model.pool import Aim
from planner.studies.pool.terms import model_of, terms_of
from tests.pool.pools import UNUSUAL, grant, operator, planned, pool, reading_of

IN_2025 = {"kind": "compute", "installed_by": "2025-06"}
DEAR = {f"dear-{n}": {"system": "cube", "supplier": "another", "price": "9_000 mn JPY"} for n in range(3)}


@pytest.mark.parametrize(("cap", "cubes"), [("20 mn JPY", 2), ("19.9 mn JPY", 1)])
def test_a_cap_over_operators_with_different_units(tmp_path: Path, cap: str, cubes: int) -> None:
    operators = {"a": operator(earns=30), "b": operator(earns=30, offers=DEAR)}
    unusual = dict.fromkeys([*UNUSUAL, *(f"offers.{name}.price" for name in DEAR)], "a toy")
    operators["b"]["unusual"] = {name: reason for name, reason in unusual.items() if name not in UNUSUAL}
    content = pool(operators, programmes={"aid": grant(0.5, total_cap=cap)}, objective=IN_2025)
    reading = reading_of(tmp_path, content)
    cases = {name: member.reading.case for name, member in reading.members.items()}
    units = {
        name: part.coefficients.money_unit
        for name, part in model_of(cases, terms_of(reading, {}), Aim()).operators.items()
    }
    assert units == {"a": 1e6, "b": 1e8}
    found = planned(tmp_path, content)
    assert found.audit.compute == cubes
    assert found.public_money <= float(cap.split(maxsplit=1)[0]) * 1e6 + 1
