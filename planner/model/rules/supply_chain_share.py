"""No dependence of the supply chain carries too much of the spend."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.sites import SUPPLY_CHAIN_SHARE


def supply_chain_share(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Spend on offers with a tag is at most a share of all spend; by tag; money units.

    ``sum_(o with tag) spend[o] <= share[tag] * sum_o spend[o]``
    """
    for tag, share in coefficients.offers.tag_limit.items():
        tagged, everything = (
            sums.spend(coefficients.offers.tagged[tag]),
            sums.spend(tuple(coefficients.offers.system_of)),
        )
        yield Row(SUPPLY_CHAIN_SHARE, (tag,), tagged <= share * everything)
