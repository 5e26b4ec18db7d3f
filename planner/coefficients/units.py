"""One unit of an investment: what it costs by category, as it is paid, and from when it is in use."""

from __future__ import annotations

from planner.case.programme import CostCategory
from planner.coefficients.groups import Blocks, Offers, Units
from planner.vocabulary.keys import Investment


def units_of(offers: Offers, blocks: Blocks) -> Units:
    """Units of every investment that can be: orders first, then blocks."""
    costs: dict[Investment, dict[CostCategory, float]] = {}
    for order in offers.delivery:
        offer, _, t = order
        price = sum(due.amount for due in offers.payments[offer, t])
        costs[order] = {"systems": price, "additions": price * offers.additions_share[offer]}
    for start in blocks.ready:
        costs[blocks.investment(start)] = {"facility": sum(due.amount for due in blocks.payments[start])}
    return Units(
        costs=costs,
        cost={investment: sum(parts.values()) for investment, parts in costs.items()},
        ready={**offers.delivery, **{blocks.investment(start): ready for start, ready in blocks.ready.items()}},
    )
