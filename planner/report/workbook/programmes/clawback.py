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


def _back(ledger: Ledger, sheet: Sheet, order: _Order, part: Part) -> Key:
    """A part that was paid goes back when systems leave; for those that left before, in the period it is paid."""
    paid = part.period(order.name, order.t)
    later = Header("number").compare(">", paid) * Now(Key("goes_back", order.key))
    back = later + Header("number").compare("=", paid) * Now(Key("goes_back_so_far", order.key))
    words = (
        _words(ledger, order)
        if part.number is None
        else about(_words(ledger, order), say("part {number}", number=part.number + 1))
    )
    note = "once the grant is paid"
    series = back * Spot(part.share) if part.share else back
    return sheet.flow(Key("back", part.key, order.key), words, note, at_site(order.name, order.site), series=series)
