"""Last part of the sheet Key figures: how many accelerators were bought with public money."""

from __future__ import annotations

from planner.report.lines import has_clawback
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, Stack, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.physical.serving import of_one_system
from planner.report.workbook.programmes.aid import credited
from planner.vocabulary.message import about, say, verbatim

FEW = 3
"""Programmes on one order up to which a formula names each of their rows; of more it names copies, as one block."""


def public_money(ledger: Ledger) -> tuple[Term, str] | None:
    """Grants less what of them is repaid, and tax credits, also in words; None where they are grants alone."""
    repaid, lowered = has_clawback(ledger.case), credited(ledger)
    if not repaid and not lowered:
        return None
    money: Term = Spot(Key("line", "grants"))
    if repaid:
        money = money - Spot(Key("line", "grants_repaid"))
    if lowered:
        money = money + Spot("credit_used")
    words = ("grants", " - grants repaid" if repaid else "", " + tax credits used" if lowered else "")
    return money, "".join(words)


def lay_public_money(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the systems of each order that a programme pays for; two programmes may pay for the same ones."""
    case = ledger.case
    claims = [
        claim
        for claim in ledger.choices.claims
        if claim[1] in case.offers and case.programmes[claim[0]].aid.is_public_money
    ]
    orders = sorted({(offer, site) for _, offer, site in claims})
    claimed = {
        own: {programme: Key("claim", programme, *own) for programme, *of in claims if tuple(of) == own}
        for own in orders
    }
    _copies(sheet, {own: rows for own, rows in claimed.items() if len(rows) > FEW})
    if orders:
        sheet.workings("systems claimed under any programme, by period of their order")
    for offer, site in orders:
        label, note = about(offer, "claimed"), "the most that one programme claims"
        series = _most([*claimed[offer, site].values()])
        sheet.line(Key("aided", offer, site), label, "systems", note, at_site(offer, site), series=series, add_up=True)
    for unit, word, metric in (("accelerators", "accelerators", ""), ("PFLOPS", "pflops", "bf16_pflops")):
        sheet.workings(f"{unit} bought with public money")
        keys = [
            sheet.line(
                Key("aided", word, offer, site),
                verbatim(offer),
                unit,
                "claimed x one system",
                at_site(offer, site),
                value=Spot(Key("aided", offer, site)) * of_one_system(ledger.case.offers[offer].system, metric),
            )
            for offer, site in orders
        ]
        sheet.line(f"aided_{word}", "all of them", unit, kind="total", value=total(keys))


def _copies(sheet: Sheet, claimed: dict[tuple[str, str], dict[str, Key]]) -> None:
    if claimed:
        sheet.workings("systems claimed under each programme, by period of their order")
    for (offer, site), rows in claimed.items():
        for programme, row in rows.items():
            label = about(offer, say("claimed under {programme}", programme=programme))
            sheet.line(Key("copy", row), label, "systems", "see Decisions", at_site(offer, site), series=Now(row))


def _most(rows: list[Key]) -> Term:
    """The most that one programme claims."""
    if len(rows) == 1:
        return Now(rows[0])
    if len(rows) <= FEW:
        return call("MAX", *(Now(row) for row in rows))
    return call("MAX", Stack(tuple(Key("copy", row) for row in rows)))
