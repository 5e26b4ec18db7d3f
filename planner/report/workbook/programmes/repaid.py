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
class _Lot:
    """An order at a site of which claimed systems leave."""

    programme: str
    name: str
    site: str
    t: int
    pieces: tuple[Piece, ...]

    @property
    def key(self) -> Key:
        return Key(self.programme, self.name, self.site, self.t)


def lay_repaid(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    """Lays what goes back to a programme that lets systems leave early; nothing for one that forbids it."""
    rules = ledger.case.programmes[programme]
    if rules.early_exit == "forbidden":
        return
    lots = _lots(ledger, programme)
    if lots:
        _shares(ledger, sheet, lots, rules.early_exit == "repay_all")
        _grants(ledger, sheet, lots)
        _owed(ledger, sheet, lots)
    parts = parts_of(ledger, programme)
    sheet.heading(about(programme, "grant repaid"))
    label = about(programme, "grant repaid")
    series = total([_back(ledger, sheet, lot, part) for lot in lots for part in parts])
    sheet.flow(Key("repaid", programme), label, "by period of repayment", kind="total", series=series, by_year=True)


def lay_all_repaid(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the sum over all programmes that let systems leave early."""
    programmes = [name for name, rules in ledger.case.programmes.items() if rules.early_exit != "forbidden"]
    if not programmes:
        return
    sheet.heading("Grants repaid, all programmes")
    copies = [
        sheet.flow(Key("copy_repaid", name), verbatim(name), series=Now(Key("repaid", name))) for name in programmes
    ]
    sheet.flow("repaid", "all programmes", kind="total", series=total(copies), by_year=True)


def _lots(ledger: Ledger, programme: str) -> list[_Lot]:
    pieces, left = pieces_of(ledger, programme), set(ledger.choices.leaving)
    both = set(ledger.choices.leaving_both)

    def leaves(piece: Piece, t: int) -> bool:
        own = Investment(piece.name, piece.site, t)
        if piece.earlier:
            return Overlap(piece.programme, piece.earlier, own) in both
        return Claim(piece.programme, own) in left

    found = sorted(claim.investment for claim in left if claim.programme == programme)
    return [
        _Lot(programme, name, site, t, tuple(p for p in pieces if (p.name, p.site) == (name, site) and leaves(p, t)))
        for name, site, t in found
    ]


def _words(ledger: Ledger, lot: _Lot) -> Message:
    return say("{name} ordered {month}", name=lot.name, month=ledger.case.calendar.label(lot.t))


def _shares(ledger: Ledger, sheet: Sheet, lots: list[_Lot], whole: bool) -> None:
    """Which share of the grant goes back for a system that leaves in a period."""
    programme = lots[0].programme
    retention = Spot(f"programmes.{programme}.retention")
    sheet.heading(about(programme, "age of systems that leave"))
    for lot in lots:
        label, note = _words(ledger, lot), "months since arrival"
        series = call("MAX", 0, (Header("number") - Spot(Key("arrival", lot.name), lot.t)) * Spot("calendar.period"))
        sheet.line(Key("left_age", lot.key), label, "months", note, at_site(lot.name, lot.site), series=series)
    sheet.heading(about(programme, "share of the grant that goes back for systems that leave"))
    for lot in lots:
        age = Now(Key("left_age", lot.key))
        left = call("MAX", 0, retention - age) / call("MAX", 1, retention)
        share = 1 * age.compare("<", retention) if whole else left
        label = _words(ledger, lot)
        note = "all of it until the retention ends" if whole else "months left of the retention / retention"
        sheet.line(Key("left_share", lot.key), label, "share", note, at_site(lot.name, lot.site), series=share)


def _grants(ledger: Ledger, sheet: Sheet, lots: list[_Lot]) -> None:
    sheet.heading(about(lots[0].programme, "grant on claimed systems that leave"))
    for lot in lots:
        for piece in lot.pieces:
            words = (
                say("for the grant of {programme}", programme=piece.earlier)
                if piece.earlier
                else say("grant of {programme}", programme=piece.programme)
            )
            gone = Now(piece.leave(lot.t)) * Spot(piece.money, lot.t) / Spot(piece.count, lot.t)
            label, note = about(_words(ledger, lot), words), "systems that leave x grant of one"
            sheet.flow(Key("gone_grant", piece.leave(lot.t)), label, note, at_site(lot.name, lot.site), series=gone)


def _owed(ledger: Ledger, sheet: Sheet, lots: list[_Lot]) -> None:
    programme = lots[0].programme
    sheet.heading(about(programme, "grant that goes back, by period in which systems leave"))
    for lot in lots:
        gone: Term = total([Key("gone_grant", piece.leave(lot.t)) for piece in lot.pieces])
        label = _words(ledger, lot)
        series = gone * Now(Key("left_share", lot.key))
        sheet.flow(Key("goes_back", lot.key), label, "grant x share", at_site(lot.name, lot.site), series=series)
    sheet.heading(about(programme, "grant that goes back, so far"))
    for lot in lots:
        key = Key("goes_back_so_far", lot.key)
        label, note = _words(ledger, lot), "before + goes back"
        series = Now(key, -1) + Now(Key("goes_back", lot.key))
        sheet.money(key, label, note, at_site(lot.name, lot.site), opening=0, series=series)


def _back(ledger: Ledger, sheet: Sheet, lot: _Lot, part: Part) -> Key:
    """A part that was paid goes back when systems leave; for those that left before, in the period it is paid."""
    paid = part.period(lot.name, lot.t)
    later = Header("number").compare(">", paid) * Now(Key("goes_back", lot.key))
    back = later + Header("number").compare("=", paid) * Now(Key("goes_back_so_far", lot.key))
    words = (
        _words(ledger, lot)
        if part.number is None
        else about(_words(ledger, lot), say("part {number}", number=part.number + 1))
    )
    note = "once the grant is paid"
    series = back * Spot(part.share) if part.share else back
    return sheet.flow(Key("back", part.key, lot.key), words, note, at_site(lot.name, lot.site), series=series)
