"""Results as tidy tables: one row a fact, units in the names of columns, a period by its first month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outcome import Outcome
from planner.results.comparison import of_comparison
from planner.results.plan import of_plan
from planner.results.table import Table
from planner.studies.compare import Comparison

if TYPE_CHECKING:
    import pandas as pd


def tables(of: Outcome | Comparison) -> dict[str, pd.DataFrame]:
    """Every table of a plan, or of a comparison, by its name; one without rows has its columns all the same."""
    import pandas as pd  # noqa: PLC0415 - costs a third of a second, and most runs need no table

    return {name: pd.DataFrame(list(rows), columns=list(columns)) for name, (columns, rows) in rows_of(of).items()}


def rows_of(of: Outcome | Comparison) -> dict[str, Table]:
    """The same tables as names of columns and rows."""
    return of_comparison(of) if isinstance(of, Comparison) else of_plan(of)
