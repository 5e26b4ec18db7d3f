"""When the solver says that it does not know: other methods, one after the other.

At the edge of what is possible one method may stop between "there is a plan" and "there is none" where another decides.
"""

from __future__ import annotations

OTHER_WAYS: tuple[dict[str, str | int], ...] = (
    {"solver": "simplex"},
    {"solver": "simplex", "presolve": "off"},
    {"solver": "ipx"},
    {"solver": "ipx", "presolve": "off"},
    {"solver": "simplex", "presolve": "off", "simplex_strategy": 4},
    {"solver": "simplex", "presolve": "off", "simplex_scale_strategy": 0},
)
"""The dual simplex method anew, without presolve, interior points, the primal simplex method, without scaling."""
LEAST_SECONDS_OF_A_WAY = 1.0
"""What each of them has at least; beyond that, half of the time that is left, since one may run on without end."""


def is_settled(word: str, way: dict[str, str | int]) -> bool:
    """Whether a run in this way settled the problem: only the simplex method is believed that there is no plan."""
    return word in ("optimal", "unbounded") or (word.startswith("infeasible") and way["solver"] == "simplex")
