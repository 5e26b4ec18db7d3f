"""Parts of a cost that are written off in ways of their own: systems, and what is added to them; or one part only."""

from __future__ import annotations

from typing import NamedTuple

from planner.audit.allowed import categories_of
from planner.audit.awards import Award
from planner.audit.facts import Facts
from planner.case.depreciation import Depreciation, DepreciationTerms
from planner.case.programme import CostCategory
from planner.vocabulary.keys import Investment


class Part(NamedTuple):
    """A part of the cost of one unit."""

    cost: float
    terms: DepreciationTerms
    """How it is written off."""


def wearing_parts(facts: Facts, said: Depreciation, investment: Investment) -> list[Part]:
    """The cost of one unit of an investment, by how it is written off."""
    return _parts(facts, said, investment, facts.unit_cost(investment))


def claimed_parts(facts: Facts, said: Depreciation, award: Award) -> list[Part]:
    """What an award takes off one unit of currency at a time, by how that is written off.

    It comes off the categories that its programme pays for, in proportion to their cost.
    """
    costs = facts.unit_cost(award.investment)
    counted = categories_of(facts.case, award.programme, award.investment.name)
    parts = _parts(facts, said, award.investment, {one: cost for one, cost in costs.items() if one in counted})
    whole = sum(part.cost for part in parts)
    return [Part(part.cost / whole if len(parts) > 1 and whole else 1.0, part.terms) for part in parts]


def _parts(facts: Facts, said: Depreciation, investment: Investment, costs: dict[CostCategory, float]) -> list[Part]:
    if investment.name in facts.case.expansions:
        life = facts.case.expansions[investment.name].depreciation_life
        return [Part(sum(costs.values()), said.of("facility", life))]
    if not said.additions_apart:
        return [Part(sum(costs.values()), said.of("systems"))]
    return [Part(cost, said.of(category)) for category, cost in costs.items()]
