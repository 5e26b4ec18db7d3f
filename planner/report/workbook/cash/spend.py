"""Workings of the cash flow: spend by offer, and the spend that depends on each tag of the supply chain."""

from __future__ import annotations

from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot, Stack, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import call, times
from planner.report.workbook.physical.placements import with_additions
from planner.vocabulary.message import say, verbatim


def lay_spend(ledger: Ledger, sheet: Sheet) -> None:
    """Spend by offer over the whole horizon, and the spend that depends on each tag of the supply chain."""
    limits, offers = ledger.case.supply_chain_limits, ledger.choices.offers
    if not limits:
        return
    sheet.workings("spend by offer, additions included")
    for offer in offers:
        spent = call("SUMPRODUCT", Whole(Key("ordered", offer)), Whole(Key("unit_cost", offer)))
        figure = times(spent, with_additions(ledger, offer))
        sheet.money(Key("spend", offer), verbatim(offer), "ordered x price as paid x (1 + additions)", value=figure)
    keys = tuple(Key("spend", offer) for offer in offers)
    sheet.money("spend", "all offers", kind="total", value=call("SUM", Stack(keys, VALUE)) if keys else 0)
    for tag in limits:
        sheet.workings(say("spend on offers with the tag {tag}", tag=tag))
        tagged = [offer for offer in offers if tag in ledger.case.offers[offer].tags]
        rows = tuple(
            sheet.money(Key("spend", tag, offer), verbatim(offer), value=Spot(Key("spend", offer))) for offer in tagged
        )
        value = call("SUM", Stack(rows, VALUE)) if rows else 0
        sheet.money(Key("tagged", tag), say("all with the tag {tag}", tag=tag), kind="total", value=value)
