"""Why systems were bought: what the last one of each kind adds to the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.explain.prices import Beside
from planner.model.linear import Row, count
from planner.outcome import Outcome
from planner.solving.elastic import ElasticVariable
from planner.solving.fixed_mip import FixedMip
from planner.vocabulary.constraints.pool import FURTHER


@dataclass(frozen=True)
class Bought:
    """An offer that the plan buys for a site."""

    offer: str
    site: str
    systems: int
    adds: float
    """What the last one adds, in the unit of the objective."""
    reach: float
    """How many of the last ones add as much each."""


def why_bought(outcome: Outcome, beside: Beside | None = None) -> tuple[Bought, ...]:
    """What the last system of every offer at every site adds: what the plan would lose with one less."""
    beside = beside or Beside.of(outcome)
    model, free = beside.model, beside.fixed_mip
    if not free.found:
        return ()
    bought = outcome.decisions.ordered
    rows: list[Row] = []
    slacks: list[ElasticVariable] = []
    for key in bought:
        columns = [column for (o, d, _), column in model.decide.order.items() if (o, d) == key]
        ordered = float(sum(free.values[column.index] for column in columns))
        slacks.append(ElasticVariable({len(model.rows) + len(rows): 1.0}))
        rows.append(Row(FURTHER, key, count(columns) <= ordered))
    fixed_mip = FixedMip(replace(model, rows=[*model.rows, *rows]), beside.fixed, slacks, free)
    if not fixed_mip.found:
        return ()
    objective_unit = 1.0 if outcome.proof.kind == "compute" else model.coefficients.money_unit
    found = []
    for number, ((offer, site), systems) in enumerate(bought.items()):
        price = fixed_mip.price(number, 1.0, 1.0)
        found.append(Bought(offer, site, systems, -price.slope * objective_unit, min(price.reach, float(systems))))
    return tuple(sorted(found, key=lambda one: -one.adds * one.systems))
