"""What checks say, and the colour in which each of it is shown; whatever else a check says is bad news."""

from __future__ import annotations

OK = "OK"
CHANGED = "inputs changed, every limit kept: decisions are no longer known to be optimal"
BROKEN = "a limit is broken: plan again"
UNFIT = "inputs changed: decisions no longer fit them, plan again"
"""No limit is broken, but what holds for any inputs that the decisions fit does not."""
WRONG = "CHECK"
"""The workbook does not hold together, or says something else than the audit although no input was changed."""
FAILED, DIFFERS = "FAILED", "differs"
"""Of one check: it must hold and does not; a figure is no longer that of the plan as solved, as inputs were changed."""
COLOURS = {OK: "#548235", CHANGED: "#7F6000", DIFFERS: "#7F7F7F"}
BAD = "#C00000"
