"""Promises that a plan can break, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.report.voice import Voice
from planner.vocabulary.message import Message, Part, Text, say

TITLES: Mapping[str, str] = {
    "cash_balance": "cash stays above its floor",
    "capex_limit": "capital expenditure of a year stays within its limit",
    "debt_service_cover": "cash from operations covers debt service as lenders ask",
    "obligation": "{name}: what stands reaches its floor",
    "minimum_investment": "{name}: as much is invested as it asks",
    "service_level": "{name}: as much is served as was promised",
    "site_loss": "without {name}: as much is served as was promised",
    "supply_chain_share": "{name}: no more is spent on it than allowed",
}
COVENANTS: Mapping[str, str] = {
    "liquidity": "liquidity at the end of a year is as high as lenders ask",
    "value": "debt stays within the share of book value that lenders ask",
    "equity": "debt stays within the multiple of equity that lenders ask",
}


def promise(rule: str, name: str) -> Text:
    """What was promised."""
    if rule in TITLES:
        return say(TITLES[rule], name=name) if "{name}" in TITLES[rule] else TITLES[rule]
    return COVENANTS[name]


MISSES: Mapping[str, str] = {
    "cash_balance": "cash {amount} below its floor in {when}",
    "capex_limit": "capital expenditure {amount} over its limit in {when}",
    "debt_service_cover": "debt service {amount} short of its cover in {when}",
    "obligation": "{name}: {amount} below its floor in {when}",
    "minimum_investment": "{name}: {amount} less invested than it asks",
    "year_end_covenants": "covenant on {name} missed by {amount} in {when}",
    "supply_chain_share": "{name}: {amount} more spent on it than allowed",
}
MISSED = "{name}: {amount} less served than promised in {when}"
"""Of work that was promised, whether a site is lost or not."""


def miss(one: Mapping[str, Any], voice: Voice) -> Message:
    """How a promise is missed in one future."""
    amount = voice.amount(one["short"], one["unit"])
    name: Part = say(one["name"]) if one["rule"] == "year_end_covenants" else one["name"]
    return say(MISSES.get(one["rule"], MISSED), name=name, amount=amount, when=one["at"])
