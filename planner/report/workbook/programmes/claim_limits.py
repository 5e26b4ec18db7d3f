"""Last part of the sheet Subsidies: no unit is claimed twice, and public money stays below its ceiling."""

from __future__ import annotations

from dataclasses import dataclass

from planner.audit.exclusive import exclusive_sets
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import times
from planner.report.workbook.physical.placements import bought_row, with_additions
from planner.report.workbook.programmes.aid import net_key
from planner.vocabulary.message import say


def lay_claim_limits(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what of each investment is not claimed yet, and its grants against the ceiling."""
    _claim_once(ledger, sheet)
    _aid_intensity(ledger, sheet)


@dataclass(frozen=True)
class Once:
    """Programmes of which only one may claim a unit of an investment, where one of them claims any."""

    group: tuple[str, ...]
    name: str
    site: str

    @property
    def key(self) -> Key:
        """The row of what none of them claims yet."""
        return Key("unclaimed", self.group, self.name, self.site)


def claimed_once(ledger: Ledger) -> list[Once]:
    """Each investment that is claimed, with each set of programmes that exclude each other and claim it."""
    claims, groups = set(ledger.choices.claims), exclusive_sets(ledger.case.programmes)
    return [
        Once(group, name, site)
        for name, site in sorted({(name, site) for _, name, site in claims})
        for group in groups
        if any((programme, name, site) in claims for programme in group)
    ]


def publicly_paid(ledger: Ledger) -> list[tuple[str, str]]:
    """(offer or expansion, site) for which any programme gives public money."""
    return sorted({(name, site) for _, name, site in _public_claims(ledger)})


def _public_claims(ledger: Ledger) -> list[tuple[str, str, str]]:
    programmes = ledger.case.programmes
    return [claim for claim in ledger.choices.claims if programmes[claim[0]].aid.is_public_money]


def _claim_once(ledger: Ledger, sheet: Sheet) -> None:
    claims = set(ledger.choices.claims)
    if claims:
        sheet.heading(
            "Not claimed yet, by period of the order or start, step by step over programmes that exclude each other"
        )
    for once in claimed_once(ledger):
        key, name, site = once.key, once.name, once.site
        row, unit = bought_row(ledger, name, site)
        bought = Now(row)
        claimants = [programme for programme in once.group if (programme, name, site) in claims]
        for step, programme in enumerate(claimants):
            own = key if programme == claimants[-1] else Key(key, step)
            left = bought - Now(Key("claim", programme, name, site))
            label = say("left after {programme}", programme=programme)
            sheet.line(own, label, unit, "bought - claimed", at_site(name, site), series=left)
            bought = Now(own)


def _aid_intensity(ledger: Ledger, sheet: Sheet) -> None:
    """All grants and tax credits on one investment against the ceiling on its cost."""
    programmes = ledger.case.programmes
    investments = publicly_paid(ledger)
    if not investments:
        return
    sheet.heading("Grants and tax credits on one investment, by period of its order or start")
    grants_on: dict[tuple[str, str], list[Key]] = {}
    for name, site, programme in sorted((name, site, programme) for programme, name, site in _public_claims(ledger)):
        grants_on.setdefault((name, site), []).append(Key("import", programme, name, site))
        label = say("{what} of {programme}", what=say(programmes[programme].aid.label), programme=programme)
        given = Now(net_key(ledger, programme, name, site))
        sheet.money(Key("import", programme, name, site), label, subject=at_site(name, site), series=given)
    sheet.heading("Public money: most that may be paid, and room left below it")
    for name, site in investments:
        subject = at_site(name, site)
        ceiling = times(
            Now(bought_row(ledger, name, site)[0]),
            Now(Key("unit_cost", name)),
            with_additions(ledger, name),
            Spot("finance.public_money_ceiling"),
        )
        note = "share of the whole cost" if ledger.case.finance.public_money_ceiling < 1 else "the whole cost"
        sheet.money(Key("ceiling", name, site), "ceiling", note, subject, series=ceiling)
        words, note = "grants and tax credits", "sum over programmes"
        sheet.money(Key("public", name, site), words, note, subject, series=total(grants_on[name, site]))
        note = "ceiling - grants and tax credits"
        series = Now(Key("ceiling", name, site)) - Now(Key("public", name, site))
        sheet.money(Key("public_room", name, site), "room left", note, subject, series=series)
