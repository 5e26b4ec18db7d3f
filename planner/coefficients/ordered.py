"""A case with its entries in the order of their names, whichever order its file has them in.

Columns and rows stand in the order of the entries, and within the gap a search may end at another plan where they stand
otherwise. Who moves a site up in the file has changed nothing, and gets the same plan.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from planner.case.quantities import Noun

UNORDERED = ("fleet", "obligations")
"""Lists of entries without a name that could as well be told in another order; others are in the order of time, of
age, or of who comes first."""


def in_order(case: Case) -> Case:
    """The same case, sorted wherever order says nothing."""
    found: Case = _sorted(case, "")
    return found


def _sorted(value: Any, field: str) -> Any:  # noqa: ANN401 - whatever a case holds
    if isinstance(value, Noun):
        parts = {name: _sorted(getattr(value, name), name) for name in type(value).model_fields}
        return value.model_copy(update=parts)
    if isinstance(value, dict):
        return {name: _sorted(value[name], "") for name in sorted(value, key=str)}
    return tuple(sorted(value, key=repr)) if field in UNORDERED else value
