"""The typical price of a system: who reads it. A price that nobody reads needs no exchange rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planner.case.case import Case
from planner.case.consistency.draft import Draft, Path
from planner.case.consistency.fleets import fleets
from planner.case.consistency.unknown import as_far_as_known
from planner.case.system import System
from planner.case.words import listed


class Use(NamedTuple):
    """One reason why the plan reads the typical price of a system."""

    path: Path
    """What of the case reads it: an offer, or systems that stand at a site."""
    system: str
    words: str
    """What is read, up to the price."""


def shares_of_typical_price(draft: Draft, name: str) -> list[str]:
    """What the plan counts as a share of the typical price of a system that is or may be installed."""
    reads = []
    with as_far_as_known():
        if draft.systems[name].maintenance_per_year:
            reads.append("maintenance")
    with as_far_as_known():
        if draft.systems[name].resale or (draft.finance is not None and draft.finance.resale):
            reads.append("resale")
    return reads


def uses_of_typical_prices(draft: Draft) -> Iterator[Use]:
    """Who reads typical prices: offers that state none of their own, and whatever is a share of them."""
    installed: list[tuple[Path, str]] = []
    for name, offer in draft.offers.items():
        with as_far_as_known():
            if offer.system in draft.systems:
                installed.append((("offers", name, "system"), offer.system))
                if offer.price is None:
                    words = f"the typical price of '{offer.system}' is"
                    yield Use(("offers", name, "price"), offer.system, words)
    for path, _, fleet in fleets(draft):
        with as_far_as_known():
            if fleet.system in draft.systems:
                installed.append(((*path, "system"), fleet.system))
    for path, name in installed:
        if reads := shares_of_typical_price(draft, name):
            follow = "follows" if len(reads) == 1 else "follow"
            yield Use(path, name, f"{listed(reads, 'and')} {follow} from the typical price of '{name}',")


def without_idle_prices(case: Case) -> dict[str, System]:
    """The systems of a case that holds together, without the typical prices that nobody reads or could convert.

    Such a price is kept where it can be converted: whoever reads the case may want to see it.
    """
    known = {case.finance.currency, *case.finance.exchange_rates}
    systems = dict(case.systems)
    for name, one in case.systems.items():
        if one.price.typical is not None and one.price.typical.currency not in known:
            systems[name] = one.model_copy(update={"price": one.price.model_copy(update={"typical": None})})
    return systems
