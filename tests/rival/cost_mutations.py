"""Ways to get further terms of cost wrong: each is a rule of the witness, changed while a block of code runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from tests.rival.moments import LINES
from tests.rival.running import Running

Wrong = Callable[[], AbstractContextManager[Any]]


def _selling_costs(line: dict[str, Any]) -> Wrong:
    return lambda: patch.dict(LINES, {"selling_costs": replace(LINES["selling_costs"], **line)})


def _of_the_first_period(self: Running, workload: str, system: str, t: int) -> float:
    kept = self.case.workloads[workload].selling_costs
    return (kept.at(self.starts[0]) or 0.0) * self.revenue(workload, system, t) if kept else 0.0


_SELLING: dict[str, Wrong] = {
    "selling costs nothing": lambda: patch.object(Running, "selling_costs", lambda *_: 0.0),
    "selling costs never change": lambda: patch.object(Running, "selling_costs", _of_the_first_period),
    "selling costs are paid in equal months": _selling_costs({"moves": "months"}),
    "selling costs lower no profit": _selling_costs({"profit": False}),
}
WRONG_COSTS = {"selling costs": _SELLING}
"""Every rule that the witness can have wrong, by term."""
