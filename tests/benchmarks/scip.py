"""SCIP, by pyscipopt where that is installed, on our matrix as a file; its limit counts CPU."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyscipopt import Model

from tests.benchmarks.measures import Clock, bound_of_none, facts_of, finite

CPU = 1
"""The clock of SCIP that counts CPU."""


def measure(_: str, folder: Path, gap: str, seconds: str) -> dict[str, Any]:
    clock, sign = Clock(), -1.0 if facts_of(folder)["maximise"] else 1.0
    model = Model()
    model.hideOutput()
    with clock.time("hand_over"):
        model.readProblem(str(folder / "matrix.mps"))
    model.setParams({"limits/gap": float(gap), "limits/time": float(seconds), "timing/clocktype": CPU})
    with clock.time("solve"):
        model.optimize()
    value = sign * model.getObjVal() if model.getNSols() else None
    is_none = model.getStatus() == "infeasible"
    bound = bound_of_none(maximise=sign < 0) if is_none else finite(sign * model.getDualbound())
    return {"build": 0.0, **clock.seconds, "value": finite(value), "bound": bound}
