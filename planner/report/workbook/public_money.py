"""Last part of the sheet Key figures: how many accelerators were bought with public money."""

from __future__ import annotations

from planner.report.workbook.grid import Sheet
from planner.report.workbook.ledger import Ledger, at_site
from planner.report.workbook.references import Now, Spot, total
from planner.report.workbook.terms import call


def lay_public_money(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the systems of each order that a programme pays for; two programmes may pay for the same ones."""
    claims = [claim for claim in ledger.choices.claims if claim[1] in ledger.case.offers]
    orders = sorted({(offer, site) for _, offer, site in claims})
    if orders:
        sheet.heading("Workings: systems claimed under any programme, by period of their order")
    for offer, site in orders:
        rows = [Now(f"claim|{programme}|{offer}|{site}") for programme, o, d in claims if (o, d) == (offer, site)]
        sheet.line(
            f"aided|{offer}|{site}", f"{offer}: claimed", "systems", subject=at_site(offer, site), add_up=True,
            series=rows[0] if len(rows) == 1 else call("MAX", *rows), note="the most that one programme claims",
        )  # fmt: skip
    for unit, word, each in (
        ("accelerators", "accelerators", "systems.{}.accelerators"),
        ("PFLOPS", "pflops", "each|bf16_pflops|{}"),
    ):
        sheet.heading(f"Workings: {unit} bought with public money")
        keys = [
            sheet.line(
                f"aided|{word}|{offer}|{site}", offer, unit, subject=at_site(offer, site),
                value=Spot(f"aided|{offer}|{site}") * Spot(each.format(ledger.case.offers[offer].system)),
                note="claimed x one system",
            )
            for offer, site in orders
        ]  # fmt: skip
        sheet.line(f"aided_{word}", "all of them", unit, kind="total", value=total(keys))
