"""The cases of ``cases/faults`` about wrong plans, by the real command: each once lost value, or was refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import loaded
from tests.places import FAULTS

WORTH = {
    ("tie-break-loses-plan/case", ()): 78_800_716,
    ("tie-break-loses-plan/case-5gw", ()): 39_905_034,
    ("dear-hall-stops-early/case", ("--gap", "0.01%")): 557_829_466,
    ("audit-disagrees-loan/case", ()): 243_545_149,
    ("audit-disagrees-loan/case2", ()): 705_045_781,
    ("audit-disagrees-loan/case3", ()): 260_719_786,
    ("compute-leaves-grant/case", ("--objective", "compute")): 59_939_869,
}
"""Net present value of the best plan that is known; without the free grant the last one is worth less than nothing.

Another solver finds the same on the same matrices, but for case2, of which it knows less (700.5 to 716.2 million in 45
seconds). At its usual tolerance of whole numbers it takes 268.3 million in case3, which is none: with whole numbers
exact, 260.7.
"""


def planned(case: str, options: tuple[str, ...], folder: Path) -> dict[str, Any]:
    """What the command writes down of a plan that is as good as was asked for."""
    run = loaded.run("run", str(FAULTS / f"{case}.yaml"), "--output", str(folder), *options, cwd=folder)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("case", "options"), WORTH)
def test_the_right_plan_is_found(case: str, options: tuple[str, ...], tmp_path: Path) -> None:
    plan = planned(case, options, tmp_path)
    best, reached = WORTH[case, options], plan["headline"]["npv"]
    assert reached == pytest.approx(best, rel=plan["proof"]["gap_requested"] + 1e-9)
    assert plan["proof"]["bound"] >= plan["proof"]["value"] - 1e-6 * abs(best)
    if plan["proof"]["objective"] == "npv":
        assert plan["proof"]["bound"] >= best * (1 - 1e-6), "no plan that is known may pass the bound"


def test_money_that_costs_nothing_is_claimed_whatever_the_objective_counts(tmp_path: Path) -> None:
    plan = planned("compute-leaves-grant/case", ("--objective", "compute"), tmp_path)
    assert plan["proof"]["label"] == "verified optimal"
    assert plan["headline"]["grants"] == pytest.approx(120_000_000)
