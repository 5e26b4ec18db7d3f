"""What stands at sites, what suppliers have, and the blocks that enlarge a site."""

from __future__ import annotations

from planner.vocabulary.constraints.family import MONEY, Family, RightSide

_SITE_RESOURCE = RightSide(
    ("sites", "{site}", "capacity", "{resource}"), "resource", 1, "{site} has {amount}{of_resource}{enlarged}"
)
SITE_RESOURCE = Family(
    "site_resource",
    ("site", "resource", "period"),
    "of the resource",
    "limit",
    "room at a site",
    right=(_SITE_RESOURCE,),
    topic="room",
    by_hand="opening",
)
_AVAILABLE = RightSide(
    ("offers", "{offer}", "available"), "count", 1, "{offer} has at most {value:,} {system} in one period", "systems"
)
AVAILABLE = Family(
    "supply", ("offer", "period"), "systems", "limit", "supply of one period", right=(_AVAILABLE,), topic="supply"
)
_ALLOCATION = RightSide(
    ("offers", "{offer}", "allocation"), "count", 1, "{offer} has at most {value:,} {system} in all", "systems"
)
ALLOCATION = Family(
    "supply",
    ("offer", "period"),
    "systems",
    "limit",
    "supply so far",
    "allocation",
    right=(_ALLOCATION,),
    topic="supply",
)
_SUPPLY_CHAIN_SHARE = RightSide(
    ("supply_chain_limits", "{tag}"), "share", 1, "at most {text} of all spend may carry {tag}", effect="anew"
)
SUPPLY_CHAIN_SHARE = Family(
    "supply_chain_share",
    ("tag",),
    MONEY,
    "limit",
    "spend that carries a tag",
    right=(_SUPPLY_CHAIN_SHARE,),
    is_promise=True,
)
_BLOCKS = RightSide(
    ("expansions", "{expansion}", "blocks"), "count", 1, "at most {value} {nouns} of {expansion} can be built", "blocks"
)
BLOCKS = Family("block_balance", ("expansion",), "blocks", "limit", "blocks of an expansion", right=(_BLOCKS,))
BLOCKS_SO_FAR = Family("block_balance", ("expansion", "period"), "blocks", "balance", "blocks started so far")
FLEET_BALANCE = Family(
    "fleet_balance",
    ("system", "site", "period"),
    "systems",
    "balance",
    "what stands at a site",
    by_hand="lead times, windows, openings, fleets",
)
CAPACITY = Family("capacity", ("system", "site", "period"), "systems", "bound", "what works", by_hand="availability")
