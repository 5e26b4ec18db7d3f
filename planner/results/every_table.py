"""All tables of a result, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.outcome import Outcome
from planner.results.comparison import of_comparison
from planner.results.frontier import of_frontier
from planner.results.plan import of_plan
from planner.results.pool import of_pool
from planner.results.robust import of_robust
from planner.results.stress import of_stress
from planner.results.table import Table
from planner.studies.compare import Comparison
from planner.studies.frontier.frontier import Map
from planner.studies.pool.outcome import PoolOutcome
from planner.studies.robust.outcome import RobustOutcome
from planner.studies.stress import Stress

if TYPE_CHECKING:
    import pandas as pd

Result = Outcome | Comparison | Stress | Map | RobustOutcome | PoolOutcome
"""What has tables."""


class Subject(NamedTuple):
    """What tables are about."""

    name: str
    title: str
    input_hash: str
    scenario: str
    currency: str


def tables(of: Result) -> dict[str, pd.DataFrame]:
    """Every table of a plan, or of a study, by its name; one without rows has its columns all the same."""
    import pandas as pd  # noqa: PLC0415 - costs a third of a second, and most runs need no table

    return {name: pd.DataFrame(list(rows), columns=list(columns)) for name, (columns, rows) in rows_of(of).items()}


def rows_of(of: Result) -> dict[str, Table]:
    """The same tables as names of columns and rows."""
    if isinstance(of, Comparison):
        return of_comparison(of)
    if isinstance(of, Stress):
        return of_stress(of)
    if isinstance(of, RobustOutcome):
        return of_robust(of)
    if isinstance(of, PoolOutcome):
        return of_pool(of)
    return of_frontier(of) if isinstance(of, Map) else of_plan(of)


def subject_of(result: Result) -> Subject:
    """The pool, the plan that a result is or is about, or the case that is varied."""
    if isinstance(result, PoolOutcome):
        pool = result.pool
        return Subject(pool.name, pool.title or pool.name, result.input_hash, "", result.currency)
    of = result if isinstance(result, Outcome) else result.base
    case = of.case
    return Subject(case.name, case.title or case.name, of.input_hash, of.scenario, case.finance.currency)
