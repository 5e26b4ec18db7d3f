"""What was ordered on other terms than a case has now, as offers and expansions of their own.

An order keeps the terms on which it was placed, and comes when it comes. Where these are not those of its offer any
more, it gets an offer of its own, which takes orders in its month alone: so that model, audit and workbook need not
know that anything is special about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from planner.case.case import Case
from planner.case.quantities import Month
from planner.errors import Place
from planner.reading.case.overrides import Override
from planner.reading.tree.nodes import tree_of


class Bought(NamedTuple):
    """Systems or blocks that were ordered, and when they came or are to come."""

    name: str
    """Offer or expansion."""
    site: str
    """For which site; nothing for blocks."""
    month: Month
    number: int
    comes: Month
    place: Place

    @property
    def own_name(self) -> str:
        """What it is called where it has terms of its own."""
        return own_name(self.name, self.site, self.month)


def own_name(name: str, site: str, month: Month) -> str:
    """What an offer or an expansion of its own is called that takes the orders of one month for one site."""
    return f"{name}-of-{month}{f'-for-{site}' if site else ''}"


def has_own_terms(one: Bought, old: Case, now: Case) -> bool:
    """Whether it comes at another time, or costs something else, than what a case offers says now."""
    if one.name in old.expansions:
        return _of_blocks(old, one, one.comes) != (_of_blocks(now, one, None) if one.name in now.expansions else None)
    return _of_order(old, one, one.comes) != (_of_order(now, one, None) if one.name in now.offers else None)


def _of_order(case: Case, one: Bought, comes: Month | None) -> dict[str, Any]:
    """What an order placed in its month costs and when it comes, as a case file says it."""
    offer = case.offers[one.name]
    system = case.systems[offer.system]
    lead, price = offer.effective_lead_time(system), offer.price_at(system, one.month)
    months = comes - one.month if comes is not None else lead.months if lead is not None else 0
    said: dict[str, Any] = {
        "system": offer.system,
        "supplier": offer.supplier,
        "lead_time": f"{months} months",
        "additions": offer.effective_additions(system),
        "payment": offer.payment.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "tags": list(offer.tags),
    }
    said |= {} if price is None else {"price": str(price)}
    return said | ({} if offer.import_duty is None else {"import_duty": offer.import_duty})


def _of_blocks(case: Case, one: Bought, comes: Month | None) -> dict[str, Any]:
    expansion = case.expansions[one.name]
    said = expansion.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for field in ("start_window", "blocks", "source"):
        said.pop(field, None)
    months = expansion.lead_time.months if comes is None else comes - one.month
    return said | {"capex": str(expansion.capex.at(one.month)), "lead_time": f"{months} months"}


def contracts(bought: Sequence[Bought], old: Case, now: Case) -> Iterator[Override]:
    """What a case has to say besides so that each of these has its own terms, and is not supplied twice."""
    for one in bought:
        window = {"from": str(one.month), "to": str(one.month)}
        source = f"as ordered in {one.month}"
        if one.name in old.expansions:
            said = _of_blocks(old, one, one.comes) | {"start_window": window, "blocks": one.number, "source": source}
            yield _override(f"expansions.{one.own_name}", said, one.place)
        else:
            said = _of_order(old, one, one.comes) | {"order_window": window, "source": source}
            yield _override(f"offers.{one.own_name}", said, one.place)
    yield from _less_of_what_is_left(bought, now)


def _less_of_what_is_left(bought: Sequence[Bought], now: Case) -> Iterator[Override]:
    """What was ordered counts in what a supplier has allocated, and in how many blocks there are."""
    for name in dict.fromkeys(one.name for one in bought):
        own = [one for one in bought if one.name == name]
        if name in now.expansions:
            left = now.expansions[name].blocks - sum(one.number for one in own)
            yield _override(f"expansions.{name}.blocks", max(0, left), own[0].place)
        elif name in now.offers and (allocation := now.offers[name].allocation) is not None:
            start = now.calendar.start
            later = [month for month, _ in allocation.steps if month > start]
            months = sorted({start, *(one.month for one in own), *later})
            steps = {
                str(month): max(0, count - sum(one.number for one in own if one.month <= month))
                for month in months
                if (count := allocation.at(month)) is not None
            }
            yield _override(f"offers.{name}.allocation", steps, own[0].place)


def _override(path: str, said: object, place: Place) -> Override:
    return Override(path, tree_of(said, place), path)
