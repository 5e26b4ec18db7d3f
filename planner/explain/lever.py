"""A lever: one figure of the case as a column that loosens the rows which the figure limits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planner.case.case import Case
from planner.case.programme import Obligation
from planner.coefficients import Coefficients
from planner.coefficients.ordered import in_order
from planner.explain.figure import Figure, Path
from planner.explain.open_windows import Shut
from planner.model.expressions import Expressions
from planner.model.linear import Key, LinearExpression, Row
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.keys import FiscalYear, flat

Entry = tuple[Family, Key, float]
"""Family and key of a row, and what one unit of the lever adds to its left side, all terms brought there."""


@dataclass(frozen=True)
class Lever:
    """What loosening one statement of the case does to the rows of the model."""

    statement: Path
    """Path of the statement; the steps of a figure by month are one statement."""
    words: str
    """What the statement says."""
    entries: tuple[Entry, ...]
    periods: tuple[int, ...] = ()
    """Periods that it is about; none where it is about the plan as a whole."""
    figure: Figure | None = None
    """The figure to change; None where there is none that could be changed alone."""
    scale: float = 1.0
    """How much of the figure one unit of the lever is."""
    exact: bool = True
    """Whether the lever does to the rows just what the figure does."""
    most: float = math.inf
    """Most units of the lever."""
    within: LinearExpression | None = None
    """A sum of columns that the lever may not exceed; the entries stand for a factor that is one at most."""
    put_in: float = 0.0
    """What one unit of it takes off the objective by itself, whatever the plan: owners put it in."""
    priced_anew: bool = False
    """Whether its figure has a price that only the changed case tells."""


@dataclass(frozen=True)
class Ground:
    """What levers are made from: the case, what the model knows of it, and the rows that they loosen."""

    case: Case
    coefficients: Coefficients
    sums: Expressions
    rows: Mapping[Family, Sequence[Row]] = field(repr=False)
    shut: Sequence[Shut] = ()
    """What lies outside a window, where the model has rows for that."""

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        case = self.case
        nouns: dict[str, Iterable[str]] = {
            "site": case.sites,
            "offer": case.offers,
            "tag": case.supply_chain_limits,
            "expansion": case.expansions,
            "programme": sorted(case.programmes),
            "loan": case.finance.loans,
            "workload": case.workloads,
        }
        return {noun: {name: place for place, name in enumerate(names)} for noun, names in nouns.items()}

    def place(self, family: Family, key: Key) -> int:
        """Where the noun that a row goes by stands in the case; its rows stand in the order of names."""
        return self._places.get(family.by[0], {}).get(str(next(flat(key))), 0)

    @cached_property
    def obligations(self) -> list[tuple[str, int, Obligation]]:
        """Programme, place in its list and terms of each obligation, in the order in which the model numbers them."""
        written = self.case.programmes
        return [
            (name, written[name].obligations.index(duty), duty)
            for name, programme in in_order(self.case).programmes.items()
            for duty in programme.obligations
        ]

    def fiscal_year(self, t: int) -> FiscalYear:
        """The fiscal year in which a period starts."""
        return self.case.calendar.fiscal_year(self.case.calendar.starts[t])


def by_family(rows: Sequence[Row]) -> dict[Family, list[Row]]:
    """The rows of each family."""
    found: dict[Family, list[Row]] = {}
    for row in rows:
        found.setdefault(row.family, []).append(row)
    return found
