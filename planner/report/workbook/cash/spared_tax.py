"""Property tax that programmes spare: of what is claimed and still stands, on the cost that they count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planner.report.workbook.cash.taxed_lots import Lot
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Now, Spot, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.physical.placements import with_additions
from planner.vocabulary.keys import Claim
from planner.vocabulary.message import Message, say


class Spared(NamedTuple):
    """What one programme spares of the value of one lot."""

    programme: str
    lot: Lot
    claimed: Key
    """Row of the decisions on what is claimed."""
    leaving: Key | None
    """Row of the decisions on what of that leaves."""

    @property
    def label(self) -> Message:
        """What its rows are called."""
        return say("{programme}: {lot}", programme=self.programme, lot=self.lot.label)

    def key(self, name: str) -> Key:
        """What one of its rows is called."""
        return Key(name, self.programme, self.lot.key)


def spared_at(ledger: Ledger, lots: Sequence[Lot]) -> list[Spared]:
    """What programmes spare of some lots that are bought, as far as it is claimed."""
    found = []
    for lot in lots:
        for programme, rules in ledger.case.programmes.items():
            if lot.claim is None or not rules.property_relief or not set(lot.categories) & set(rules.categories):
                continue
            one = Claim(programme, lot.claim)
            name, site, t = lot.claim
            if ledger.decisions.claim.get(one, 0.0):
                leaving = Key("claimed_exit", programme, name, site, t)
                is_left = one in ledger.choices.claimed_exits
                found.append(Spared(programme, lot, Key("claim", programme, name, site), leaving if is_left else None))
    return found


def _part_of_cost(ledger: Ledger, one: Spared) -> Term | None:
    """The part of the cost of a lot that a programme counts; None where that is all of it."""
    counted = ledger.case.programmes[one.programme].categories
    if set(one.lot.categories) <= set(counted):
        return None
    assert one.lot.claim is not None
    more = with_additions(ledger, one.lot.claim.name)
    assert more is not None
    return 1 / more if "systems" in counted else 1 - 1 / more


def lay_spared(ledger: Ledger, sheet: Sheet, site: str, lots: Sequence[Lot], month: Term) -> dict[Key, list[Key]]:
    """Lays what programmes spare of what is assessed at a site; the rows of it, by lot."""
    some = spared_at(ledger, lots)
    if not some:
        return {}
    leaving = [one for one in some if one.leaving is not None]
    if leaving:
        sheet.workings(say("property tax at {site}: claimed systems that left before that day", site=site))
    for one in leaving:
        assert one.leaving is not None
        gone = Whole(one.leaving) * Whole("time.first_month").compare("<", month)
        series, note = call("SUMPRODUCT", gone), "exits of earlier periods"
        sheet.line(one.key("claimed_left"), one.label, "systems", note, series=series)
    sheet.workings(say("property tax at {site}: part of a lot that programmes spare tax of", site=site))
    for one in some:
        assert one.lot.claim is not None
        units: Term = Spot(one.claimed, one.lot.claim.period)
        if one.leaving is not None:
            units = units - Now(one.key("claimed_left"))
        if one.lot.retires is not None:
            units = units * Now(Key("still_there", one.lot.key))
        sheet.line(one.key("claimed_part"), one.label, "share", "claimed / all of it", series=units / one.lot.units)
    sheet.workings(say("property tax at {site}: share of the value that a programme spares", site=site))
    for one in some:
        path = f"programmes.{one.programme}"
        early = Now(Key("assessment", one.lot.key)).compare("<=", Spot(f"{path}.relief_years"))
        share: Term = Spot(f"{path}.property_tax_relief")
        part = _part_of_cost(ledger, one)
        if part is not None:
            share = share * part
        if f"{path}.eligible_share" in ledger.grid:
            share = share * Spot(f"{path}.eligible_share")
        note = "relief x share of the cost that counts, in its years"
        sheet.line(one.key("spared_share"), one.label, "share", note, series=share * early)
    sheet.workings(say("property tax at {site}: value that programmes spare", site=site))
    found: dict[Key, list[Key]] = {}
    for one in some:
        value = Spot(Key("lot_cost", one.lot.key)) * Now(Key("lot_share", one.lot.key))
        series = value * Now(one.key("claimed_part")) * Now(one.key("spared_share"))
        note = "cost x share of its age x part that is claimed x share that is spared"
        key = sheet.money(one.key("spared"), one.label, note, series=series)
        found.setdefault(one.lot.key, []).append(key)
    return found
