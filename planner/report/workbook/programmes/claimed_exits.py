"""Part of the sheet Subsidies: of systems that leave early no more are named as claimed than leave, and the rest fits.

Only for programmes that let systems leave before their retention ends: of one that forbids it nothing claimed leaves.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.dates import vintage_of
from planner.audit.exclusive import exclusive_sets
from planner.audit.leaving import claimed_exit_matters
from planner.report.lines import has_clawback
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term
from planner.vocabulary.keys import Claim, Investment
from planner.vocabulary.message import Message, Text, about, joined, say

LEAVE_ALL = "leave; before: ordered"
"""What the row of all systems that leave is called; in front of its periods stand all that were ordered."""


def lay_claimed_exits(ledger: Ledger, sheet: Sheet) -> None:
    """Lays for each order of which systems leave what leaves unclaimed, and what of it stays unclaimed."""
    for order, group in _orders(ledger):
        _lay_order(ledger, sheet, order, group)


def claimed_exit_keys(ledger: Ledger) -> list[tuple[Key, Message, Message]]:
    """Rows that may never fall below nothing: key, label and subject."""
    return [
        (Key(word, _key(order, group)), about(say(verb), _unclaimed(group)), at_site(*order[:2]))
        for order, group in _orders(ledger)
        for word, verb in (("free_leave", "leave"), ("free_stay", "stay"))
    ]


def _unclaimed(group: tuple[str, ...]) -> Message:
    return say("not claimed under {programmes}", programmes=joined(group, " and "))


def last_that_matters(ledger: Ledger, programmes: tuple[str, ...], order: Investment) -> int:
    """The last period in which it makes a difference which systems of an order leave; -1 where there is none."""
    periods = [u for programme in programmes for u in claimed_exit_matters(ledger.case, programme, order)]
    return max(periods, default=-1)


def lay_order_heading(ledger: Ledger, sheet: Sheet, order: Investment, programmes: tuple[str, ...]) -> None:
    """Says which order and which programmes the next rows are about."""
    offer, site, t = order
    sheet.heading(
        say(
            "{name} at {site}, ordered {month}: leave and stay, by claims under {programmes}",
            name=offer,
            site=site,
            month=ledger.case.calendar.label(t),
            programmes=joined(programmes, " and "),
        )
    )


def lay_counts(ledger: Ledger, sheet: Sheet, key: Key, order: Investment, last: int) -> Key:
    """Lays until when it matters which systems of an order leave, as solved."""
    label = "it matters which systems leave"
    series = [float(u <= last) for u in ledger.periods]
    return sheet.line(
        Key("who_leaves", key), label, "yes = 1", subject=at_site(*order[:2]), kind="constant", series=series
    )


def _orders(ledger: Ledger) -> Iterator[tuple[Investment, tuple[str, ...]]]:
    """Orders of which systems leave, with each set of programmes that exclude each other and let them."""
    decisions, programmes = ledger.decisions, ledger.case.programmes
    if not has_clawback(ledger.case):
        return
    sets = exclusive_sets(ledger.case.programmes)
    for order in orders_that_leave(ledger):
        for group in sets:
            claimed = tuple(programme for programme in group if decisions.claim.get(Claim(programme, order)))
            if any(programmes[programme].early_exit != "forbidden" for programme in claimed):
                yield order, claimed


def orders_that_leave(ledger: Ledger) -> list[Investment]:
    """Orders of which systems leave."""
    orders = sorted(key for key, count in ledger.decisions.order.items() if count)
    return [order for order in orders if exits_of(ledger, order) in ledger.grid]


def exits_of(ledger: Ledger, order: Investment) -> Key:
    """The row of the decisions with the exits of an order."""
    return Key("exit", *vintage_of(ledger.case, order))


def _key(order: Investment, group: tuple[str, ...]) -> Key:
    return Key(*group, *order)


def lay_copies(sheet: Sheet, unit: str, subject: Text, rows: list[tuple[Key, Text, Term, Term | None]]) -> Term:
    """Lays decisions below each other, each by key, label, series and what stands before; gives their sum.

    A sum of cells of another sheet grows long.
    """
    for key, label, series, before in rows:
        sheet.line(key, label, unit, "see Decisions", subject, opening=before, series=series)
    return total([row[0] for row in rows])


def _lay_order(ledger: Ledger, sheet: Sheet, order: Investment, group: tuple[str, ...]) -> None:
    offer, site, t = order
    key, words = _key(order, group), _unclaimed(group)
    lay_order_heading(ledger, sheet, order, group)
    counts = lay_counts(ledger, sheet, key, order, last_that_matters(ledger, group, order))
    ordered = Spot(Key("order", offer, site), t)
    rows: list[tuple[Key, Text, Term, Term | None]] = [
        (Key("free_whole", key), LEAVE_ALL, Now(exits_of(ledger, order)), ordered)
    ]
    for programme in group:
        left, claimed = Key("claimed_exit", programme, offer, site, t), Spot(Key("claim", programme, offer, site), t)
        leave: Term = 0 - Now(left) if left in ledger.grid else Literal(0)
        rows.append(
            (
                Key("free_less", programme, key),
                say("less claimed under {programme}", programme=programme),
                leave,
                0 - claimed,
            )
        )
    free = lay_copies(sheet, "systems", at_site(offer, site), rows)
    label = say("leave, {what}", what=words)
    sheet.line(Key("free_leave", key), label, "systems", subject=at_site(offer, site), series=free)
    label, note = say("stay, {what}", what=words), "before - leave, while it matters"
    series = Now(Key("free_stay", key), -1) - Now(Key("free_leave", key)) * Now(counts)
    sheet.line(Key("free_stay", key), label, "systems", note, at_site(offer, site), opening=free, series=series)
