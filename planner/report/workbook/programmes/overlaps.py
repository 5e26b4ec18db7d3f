"""Part of the sheet Subsidies: what programmes that come first pay is taken off the eligible cost of later ones."""

from __future__ import annotations

from planner.audit.allowed import claim_allowed
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call, times
from planner.report.workbook.physical.placements import additions_key
from planner.report.workbook.programmes.aid import claims_of, net_key, overlaps_of
from planner.vocabulary.keys import Investment
from planner.vocabulary.message import about, say


def lay_overlaps(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    """Lays, where units are claimed under two programmes, what is taken off one of them, off all, and what is left."""
    overlaps = overlaps_of(ledger, programme)
    if not overlaps:
        return
    investments = list(dict.fromkeys((name, site) for _, name, site in overlaps))
    _one_unit(ledger, sheet, programme, list(dict.fromkeys(name for name, _ in investments)))
    _taken_off_one(ledger, sheet, programme, investments)
    _taken_off(ledger, sheet, programme)
    _net(ledger, sheet, programme)


def _one_unit(ledger: Ledger, sheet: Sheet, programme: str, names: list[str]) -> None:
    """Eligible cost of one unit under each programme, and what those that come first pay of theirs."""
    earlier = ledger.case.programmes[programme].after
    sheet.heading(about(programme, "eligible cost of one unit, by period of the order or start"))
    for name in names:
        for claimant in (programme, *earlier):
            key = Key("unit_eligible", claimant, name)
            if key not in ledger.grid:
                label = about(name, say("eligible under {programme}", programme=claimant))
                series = _eligible_of_one(ledger, claimant, name)
                sheet.money(key, label, "cost as paid x eligible share", series=series)
    sheet.heading(about(programme, "what programmes that come first pay for one unit"))
    for name in names:
        for claimant in earlier:
            key, paid = Key("unit_grant", claimant, name), Now(Key("unit_eligible", claimant, name))
            if key not in ledger.grid:
                label = about(name, say("grant of {programme}", programme=claimant))
                sheet.money(key, label, "rate x eligible cost", series=paid * Spot(f"programmes.{claimant}.rate"))


def _eligible_of_one(ledger: Ledger, programme: str, name: str) -> Term:
    counted, share = ledger.case.programmes[programme].categories, Spot(f"programmes.{programme}.eligible_share")
    if name in ledger.case.expansions:
        return Now(Key("unit_cost", name)) * share if "facility" in counted else Literal(0)
    added = additions_key(ledger, name) if "additions" in counted else None
    if "systems" in counted:
        return times(Now(Key("unit_cost", name)), 1 + Spot(added) if added else None, share)
    return times(Now(Key("unit_cost", name)), Spot(added), share) if added else Literal(0)


def _taken_off_one(ledger: Ledger, sheet: Sheet, programme: str, investments: list[tuple[str, str]]) -> None:
    """In the order of the case: each takes off what it pays, as long as there is cost left."""
    earlier = ledger.case.programmes[programme].after
    if len(earlier) > 1:
        sheet.heading(about(programme, "whether the case lets both pay for one unit, as solved"))
        for name, site in investments:
            for claimant in earlier:
                key = Key("reach", programme, claimant, name, site)
                label = about(name, say("and {programme}", programme=claimant))
                units = [Investment(name, site, t) for t in ledger.periods]
                both = [all(claim_allowed(ledger.case, one, unit) for one in (programme, claimant)) for unit in units]
                sheet.line(
                    key, label, "yes = 1", subject=at_site(name, site), kind="constant", series=[*map(float, both)]
                )
    sheet.heading(about(programme, "taken off the eligible cost of one unit"))
    for name, site in investments:
        left: Term = Now(Key("unit_eligible", programme, name))
        for number, claimant in enumerate(earlier):
            key = Key(programme, claimant, name, site)
            off = call("MIN", Now(Key("unit_grant", claimant, name)), left)
            label = about(name, say("for the grant of {programme}", programme=claimant))
            series = off * Now(Key("reach", key)) if len(earlier) > 1 else off
            sheet.money(Key("off", key), label, "what it pays, up to the cost left", at_site(name, site), series=series)
            if number + 1 < len(earlier):
                label = about(name, say("cost left after {programme}", programme=claimant))
                note = "eligible - taken off"
                sheet.money(Key("cost_left", key), label, note, at_site(name, site), series=left - Now(Key("off", key)))
                left = Now(Key("cost_left", key))


def _taken_off(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    """For all units that are claimed under both: eligible cost, and at the rate of the programme."""
    overlaps, word = overlaps_of(ledger, programme), say(ledger.case.programmes[programme].aid.label)
    sheet.heading(about(programme, "eligible cost that programmes which come first pay for"))
    keys = []
    for earlier, name, site in overlaps:
        key = Key(programme, earlier, name, site)
        note = "claimed under both x taken off one unit"
        label = say("cost that {programme} pays for", programme=earlier)
        series = Now(Key("overlap", key)) * Now(Key("off", key))
        keys.append(sheet.flow(Key("overlap_cost", key), label, note, at_site(name, site), series=series))
    label, note = about(programme, "taken off"), "by period of the order or start"
    sheet.flow(Key("overlap_cost", programme), label, note, kind="total", series=total(keys), by_year=True)
    sheet.heading(about(programme, say("{what} that is taken off", what=word)))
    for earlier, name, site in overlaps:
        key = Key(programme, earlier, name, site)
        off = 0 - Now(Key("overlap_cost", key)) * Spot(f"programmes.{programme}.rate")
        label, note = say("for the grant of {programme}", programme=earlier), "rate x cost taken off"
        sheet.flow(Key("overlap_amount", key), label, note, at_site(name, site), series=off)


def _net(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    word = say(ledger.case.programmes[programme].aid.label)
    gives = say("{what} of {programme}", what=word, programme=programme)
    sheet.heading(about(programme, say("{what} after what is taken off, by period of the order or start", what=word)))
    keys = []
    for name, site in claims_of(ledger, programme):
        left: Term = Now(Key("grant", programme, name, site))
        for earlier, other, place in overlaps_of(ledger, programme):
            if (other, place) == (name, site):
                left = left + Now(Key("overlap_amount", programme, earlier, name, site))
        label, note = gives, "decided, less what is taken off"
        keys.append(sheet.flow(net_key(ledger, programme, name, site), label, note, at_site(name, site), series=left))
    label, note = about(programme, say("{what} after what is taken off", what=word)), "by period of the order or start"
    sheet.flow(Key("net", programme), label, note, kind="total", series=total(keys), by_year=True)
