"""Workings of the cash flow: what is owed at the end in all, less what systems that left before do not owe any more."""

from __future__ import annotations

from planner.report.workbook.cash.contingent_clawback import Retained, owes
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Spot, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import call
from planner.vocabulary.message import Message, about, joined, say


def lay_total_contingent_clawback(ledger: Ledger, sheet: Sheet, found: list[Retained]) -> list[Key]:
    """Lays the sums that the terminal value counts, and what systems that left before the end do not owe any more."""
    keys = []
    for one in found:
        label = say("less what is owed, {what}", what=joined((one.programme, one.offer, one.site), ", "))
        value = call("SUM", Whole(Key("owed", one.key)))
        keys.append(sheet.money(Key("terminal", "owed", one.key), label, value=value))
        for earlier in one.earlier:
            words = say("not owed to {programme} after the grant of {name}", programme=one.programme, name=earlier)
            value = call("SUM", Whole(Key("spared", one.key, earlier)))
            keys.append(
                sheet.money(Key("terminal", "spared", one.key, earlier), words, subject=one.subject, value=value)
            )
    return keys + _no_longer_owed(ledger, sheet) + _no_longer_spared(ledger, sheet)


def _no_longer_owed(ledger: Ledger, sheet: Sheet) -> list[Key]:
    """Claimed systems that left before the end owe nothing there any more: what they owe is repaid already."""
    claims = [claim for claim in ledger.choices.claimed_exits if owes(ledger, claim.programme)]
    return [
        sheet.money(
            Key("terminal", "left", programme, offer, site, t),
            about(
                _ordered(ledger, offer, t), say("not owed to {programme} for systems that left", programme=programme)
            ),
            "owed x share of the claimed systems that left",
            at_site(offer, site),
            value=(0 - Spot(Key("owed", programme, offer, site), t))
            * Spot(Key("claimed_exit", programme, offer, site, t))
            / Spot(Key("claim", programme, offer, site), t),
        )
        for programme, (offer, site, t) in claims
    ]


def _no_longer_spared(ledger: Ledger, sheet: Sheet) -> list[Key]:
    """Of what those systems owe no more, nothing was owed for the part that an earlier programme had paid."""
    overlaps = [overlap for overlap in ledger.choices.overlap_exits if owes(ledger, overlap.programme)]
    return [
        sheet.money(
            Key("terminal", "left", programme, earlier, offer, site, t),
            about(_ordered(ledger, offer, t), say("after the grant of {programme}", programme=earlier)),
            "systems claimed under both that left x less for one",
            at_site(offer, site),
            value=0
            - Spot(Key("spared_one", programme, offer, site, earlier), t)
            * Spot(Key("overlap_exit", programme, earlier, offer, site, t)),
        )
        for programme, earlier, (offer, site, t) in overlaps
    ]


def _ordered(ledger: Ledger, offer: str, t: int) -> Message:
    return say("{name} ordered {month}", name=offer, month=ledger.case.calendar.label(t))
