"""Instalments: they pay the whole price, and each of them at one time."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.consistency.whole import parts_are_a_whole
from planner.case.offer import Payment, PriceInstalment


def instalments_make_up_the_price(draft: Draft) -> Iterator[Finding]:
    """Instalments pay the whole of a price, nothing else says when it is paid, and none comes before its order."""
    for path, payment in _payments(draft):
        with as_far_as_known():
            if payment.instalments:
                yield from _one_way(path, payment)
                shares = [one.share for one in payment.instalments]
                yield from parts_are_a_whole((*path, "instalments"), shares, "an instalment")
        with as_far_as_known():
            for number, one in enumerate(payment.instalments):
                with as_far_as_known():
                    yield from _one_time((*path, "instalments", str(number)), one)


def _payments(draft: Draft) -> Iterator[tuple[Path, Payment]]:
    for name, offer in draft.offers.items():
        with as_far_as_known():
            yield ("offers", name, "payment"), offer.payment
    for name, expansion in draft.expansions.items():
        with as_far_as_known():
            yield ("expansions", name, "payment"), expansion.payment


def _one_way(path: Path, payment: Payment) -> Iterator[Finding]:
    if payment.at_order:
        found = f"instalments are given, and {payment.at_order * 100:.10g} % at the order as well"
        remedy = "remove at_order, and let an instalment with `event: order` say so"
        yield Finding((*path, "at_order"), found, "instalments or at_order, one of them", remedy)


def _one_time(path: Path, one: PriceInstalment) -> Iterator[Finding]:
    if not one.advance.months:
        return
    if one.event == "order":
        found = f"is due {one.advance} before the order, when nothing is decided yet"
        remedy = "write `event: delivery`, or leave the advance out to pay with the order"
        yield Finding((*path, "advance"), found, "an advance before delivery", remedy)
    elif one.lag.months:
        found = f"is due {one.advance} before delivery and {one.lag} after it"
        yield Finding((*path, "advance"), found, "lag or advance, one of them", "remove the one that is not meant")
