"""Part of the sheet Subsidies: what goes back to a programme for systems that leave before their retention ends."""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Header, Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.programmes.aid import Part, Piece, parts_of, pieces_of
from planner.vocabulary.keys import Claim, Investment, Overlap
from planner.vocabulary.message import Message, about, say, verbatim


@dataclass(frozen=True)
class _Order:
    """An order at a site of which claimed systems leave."""

    programme: str
    name: str
    site: str
    t: int
    pieces: tuple[Piece, ...]

    @property
    def key(self) -> Key:
        return Key(self.programme, self.name, self.site, self.t)


def lay_clawback(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    """Lays what goes back to a programme that lets systems leave early; nothing for one that forbids it."""
    rules = ledger.case.programmes[programme]
    if rules.early_exit == "forbidden":
        return
    orders = _orders(ledger, programme)
    if orders:
        _shares(ledger, sheet, orders, rules.early_exit == "repay_all")
        _grants(ledger, sheet, orders)
        _owed(ledger, sheet, orders)
    parts = parts_of(ledger, programme)
    _months(ledger, sheet, programme)
    sheet.heading(about(programme, "grant repaid"))
    label = about(programme, "grant repaid")
    series = total([_back(ledger, sheet, order, part) for order in orders for part in parts])
    sheet.flow(Key("clawback", programme), label, "by period of repayment", kind="total", series=series, by_year=True)


def lay_all_clawbacks(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the sum over all programmes that let systems leave early."""
    programmes = [name for name, rules in ledger.case.programmes.items() if rules.early_exit != "forbidden"]
    if not programmes:
        return
    sheet.heading("Grants repaid, all programmes")
    copies = [
        sheet.flow(Key("copy_repaid", name), verbatim(name), series=Now(Key("clawback", name))) for name in programmes
    ]
    sheet.flow("clawback", "all programmes", kind="total", series=total(copies), by_year=True)


def _orders(ledger: Ledger, programme: str) -> list[_Order]:
    pieces, left = pieces_of(ledger, programme), set(ledger.choices.claimed_exits)
    both = set(ledger.choices.overlap_exits)

    def leaves(piece: Piece, t: int) -> bool:
        own = Investment(piece.name, piece.site, t)
        if piece.earlier:
            return Overlap(piece.programme, piece.earlier, own) in both
        return Claim(piece.programme, own) in left

    found = sorted(claim.investment for claim in left if claim.programme == programme)
    return [
        _Order(programme, name, site, t, tuple(p for p in pieces if (p.name, p.site) == (name, site) and leaves(p, t)))
        for name, site, t in found
    ]


def _words(ledger: Ledger, order: _Order) -> Message:
    return say("{name} ordered {month}", name=order.name, month=ledger.case.calendar.label(order.t))


def _shares(ledger: Ledger, sheet: Sheet, orders: list[_Order], whole: bool) -> None:
    """Which share of the grant goes back for a system that leaves in a period."""
    programme = orders[0].programme
    retention = Spot(f"programmes.{programme}.retention")
    sheet.heading(about(programme, "age of systems that leave"))
    for order in orders:
        label, note = _words(ledger, order), "months since arrival"
        series = call(
            "MAX", 0, (Header("number") - Spot(Key("arrival", order.name), order.t)) * Spot("calendar.period")
        )
        sheet.line(Key("left_age", order.key), label, "months", note, at_site(order.name, order.site), series=series)
    sheet.heading(about(programme, "share of the grant that goes back for systems that leave"))
    for order in orders:
        age = Now(Key("left_age", order.key))
        left = call("MAX", 0, retention - age) / call("MAX", 1, retention)
        share = 1 * age.compare("<", retention) if whole else left
        label = _words(ledger, order)
        note = "all of it until the retention ends" if whole else "months left of the retention / retention"
        sheet.line(Key("left_share", order.key), label, "share", note, at_site(order.name, order.site), series=share)


def _grants(ledger: Ledger, sheet: Sheet, orders: list[_Order]) -> None:
    sheet.heading(about(orders[0].programme, "grant on claimed systems that leave"))
    for order in orders:
        for piece in order.pieces:
            words = (
                say("for the grant of {programme}", programme=piece.earlier)
                if piece.earlier
                else say("grant of {programme}", programme=piece.programme)
            )
            gone = Now(piece.claimed_exit(order.t)) * Spot(piece.money, order.t) / Spot(piece.count, order.t)
            label, note = about(_words(ledger, order), words), "systems that leave x grant of one"
            sheet.flow(
                Key("gone_grant", piece.claimed_exit(order.t)),
                label,
                note,
                at_site(order.name, order.site),
                series=gone,
            )


def _owed(ledger: Ledger, sheet: Sheet, orders: list[_Order]) -> None:
    programme = orders[0].programme
    sheet.heading(about(programme, "grant that goes back, by period in which systems leave"))
    for order in orders:
        gone: Term = total([Key("gone_grant", piece.claimed_exit(order.t)) for piece in order.pieces])
        label = _words(ledger, order)
        series = gone * Now(Key("left_share", order.key))
        sheet.flow(Key("goes_back", order.key), label, "grant x share", at_site(order.name, order.site), series=series)
    sheet.heading(about(programme, "grant that goes back, so far"))
    for order in orders:
        key = Key("goes_back_so_far", order.key)
        label, note = _words(ledger, order), "before + goes back"
        series = Now(key, -1) + Now(Key("goes_back", order.key))
        sheet.money(key, label, note, at_site(order.name, order.site), opening=0, series=series)


@dataclass(frozen=True)
class Returned:
    """What goes back of a part of a grant for the systems of an order that leave."""

    whole: Key
    """Row of what goes back of all parts, by period in which systems leave."""
    month: Key
    """Row of the month in which this part goes back, by the same period."""
    part: Part
    paid: Term
    """Number of the month in which the part is paid."""
    label: Message
    subject: Message


def returned(ledger: Ledger, programme: str) -> list[Returned]:
    """All that goes back to a programme, order by order and part by part; nothing where exits are forbidden."""
    if ledger.case.programmes[programme].early_exit == "forbidden":
        return []
    return [
        Returned(
            Key("goes_back", order.key),
            Key("back_month", part.key, order.key),
            part,
            Spot(part.month_row(order.name), order.t),
            _of_part(_words(ledger, order), part),
            at_site(order.name, order.site),
        )
        for order in _orders(ledger, programme)
        for part in parts_of(ledger, programme)
    ]


def _of_part(words: Message, part: Part) -> Message:
    """Which part of a grant a row is about, where there are several."""
    return words if part.number is None else about(words, say("part {number}", number=part.number + 1))


def _months(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    """The month in which a part goes back for systems that leave in a period: then, or when it is paid, if later."""
    rows, note = returned(ledger, programme), "first month of the period, or that of the payment if later"
    if rows:
        sheet.heading(about(programme, "month in which the grant goes back, by period in which systems leave"))
    for it in rows:
        series = call("MAX", Now("time.first_month"), it.paid)
        sheet.line(it.month, it.label, "month number", note, it.subject, series=series)


def _back(ledger: Ledger, sheet: Sheet, order: _Order, part: Part) -> Key:
    """A part that was paid goes back when systems leave; for those that left before, in the period it is paid."""
    paid = part.period(order.name, order.t)
    later = Header("number").compare(">", paid) * Now(Key("goes_back", order.key))
    back = later + Header("number").compare("=", paid) * Now(Key("goes_back_so_far", order.key))
    words = _of_part(_words(ledger, order), part)
    note = "once the grant is paid"
    series = back * Spot(part.share) if part.share else back
    return sheet.flow(Key("back", part.key, order.key), words, note, at_site(order.name, order.site), series=series)
