"""The prices of an offer at a share of what they are."""

from __future__ import annotations

import math

from planner.case.case import Case
from planner.explain.figure import Path, changed


def with_price(case: Case, offer: str, share: float) -> Case:
    """The case with all prices of an offer at a share of what they are."""
    said = case.offers[offer].price
    if said is not None and not said.is_constant:
        path: Path = ("offers", offer, "price")
        return changed(case, {(*path, str(month)): f"{m.amount * share!r} {m.currency}" for month, m in said.steps})
    return changed(case, {("offers", offer, "price"): _scaled(case, offer, share)})


def _scaled(case: Case, offer: str, share: float) -> str:
    said = case.offers[offer].price
    money = said.values()[0] if said is not None else case.systems[case.offers[offer].system].price.typical
    assert money is not None
    return f"{money.amount * share!r} {money.currency}"


def first_price(case: Case, offer: str, share: float) -> str:
    """The first price of an offer at a share, rounded down to five digits: at that price it enters."""
    said = case.offers[offer].price
    money = said.values()[0] if said is not None else case.systems[case.offers[offer].system].price.typical
    assert money is not None
    amount = money.amount * share
    size = 10.0 ** (math.floor(math.log10(amount)) - 4)
    return f"{math.floor(amount / size) * size:,.10g} {money.currency}"
