"""What holds where nothing is said; light enough for the command line to show without loading the planner."""

from __future__ import annotations

from typing import Final

GAP = 1e-3
"""Relative gap at which the search for a better plan may stop: below what any price of a case is known to."""
POOL_GAP = 1e-2
"""The same for the plan of a pool: what operators share is searched for in one problem, which takes longer to close."""
ROBUST_GAP = 1e-2
"""The same for the first stage of many futures: each future's own plan has the gap of a plan."""
BRIDGE_RATE = 0.20
"""What bridging costs a year, as a share of what is missing in a month; like a loan, it is paid for a whole period, so
that none that is cheaper is left aside for it."""
BUDGET = "budget.yaml"
"""What `plan init` calls its case."""
TIME_LIMIT = 300.0
"""Seconds after which the search stops with what it has."""
BASE = "base"
"""The name of the case as it stands, without a scenario."""
LANGUAGES: Final = ("en", "ja")
"""Languages that workbooks and pages can be written in; the first is what the program itself speaks, and what holds
where none is asked for."""
