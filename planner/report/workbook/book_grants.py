"""Last part of the sheet Fixed assets: grants that come off the book value of what they paid for.

The part of a book value that is depreciated when the grant is paid cannot be taken off. From then on what was taken
off is not depreciated any more, and systems that leave with their grant leave at their reduced book value.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.workbook.grid import FIRST, Sheet
from planner.report.workbook.leavers import Leavers, lay_by_site
from planner.report.workbook.ledger import Ledger
from planner.report.workbook.references import Header, Now, Spot, Stack, total
from planner.report.workbook.terms import Term, call


@dataclass(frozen=True)
class _Claim:
    """What one programme pays for one lot, at all its sites."""

    programme: str
    name: str
    t: int
    sites: tuple[str, ...]
    leaving: tuple[str, ...]
    """Rows of the decisions: claimed systems that leave."""
    label: str

    @property
    def key(self) -> str:
        return f"{self.programme}|{self.name}|{self.t}"

    def spots(self, row: str) -> Term:
        """A figure of the lot's period, summed over its sites."""
        keys = tuple(f"{row}|{self.programme}|{self.name}|{site}" for site in self.sites)
        return Spot(keys[0], self.t) if len(keys) == 1 else call("SUM", Stack(keys, FIRST + self.t))

    @property
    def paid_in(self) -> Term:
        """Number of the period in which the grant is paid."""
        return Spot(f"paid_in|{self.programme}|{self.name}", self.t)

    @property
    def written(self) -> str:
        """The row of the share of the lot that is written off."""
        return f"written|{self.name}|{self.t}"


def _claims(ledger: Ledger) -> list[_Claim]:
    if ledger.case.finance.asset_grants == "income":
        return []
    chosen, found = ledger.choices, []
    for programme, name, t in chosen.claim_lots:
        sites = tuple(site for j, i, site in chosen.claims if (j, i) == (programme, name))
        leaving = [key for key in chosen.leaving if (key[0], key[1], key[3]) == (programme, name, t)]
        rows = tuple(f"leave|{j}|{i}|{site}|{u}" for j, i, site, u in leaving)
        label = f"{programme} for {name} of {ledger.case.calendar.label(t)}"
        found.append(_Claim(programme, name, t, sites, rows, label))
    return found


def lay_book_grants(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what grants take off, and by how much less is depreciated and written off afterwards."""
    claims = _claims(ledger)
    if not claims:
        sheet.heading("Workings: grants that come off book value: none")
    else:
        _granted(ledger, sheet, claims)

    def block(key: str, title: str, words: str, charges: list[tuple[_Claim, Term]], note: str) -> None:
        if charges:
            sheet.heading(title)
        rows = [
            sheet.line(f"{key}|{claim.key}", claim.label, ledger.currency, series=charge, add_up=True, note=note)
            for claim, charge in charges
        ]
        sheet.line(key, words, ledger.currency, series=total(rows), kind="total", add_up=True)

    block(
        "taken", "Workings: taken off when the grant is paid", "taken off by grants",
        [(it, _when(it, "=") * Now(f"held|{it.key}") * (1 - Now(it.written, -1))) for it in claims],
        "grant x share not yet written off",
    )  # fmt: skip
    block(
        "relief", "Workings: depreciation that falls away afterwards", "depreciation less",
        [(it, _when(it, ">=") * Now(f"held|{it.key}") * (Now(it.written) - Now(it.written, -1))) for it in claims],
        "grant x share of the period",
    )  # fmt: skip
    leaving = [it for it in claims if it.leaving]
    block(
        "relief_left", "Workings: book value that systems no longer have when they leave", "written off less",
        [(it, _when(it, ">") * Now(f"released|{it.key}") * (1 - Now(it.written, -1))) for it in leaving],
        "grant of what leaves x share not yet written off",
    )  # fmt: skip


def _when(claim: _Claim, sign: str) -> Term:
    """Whether the period is that of the payment, or after it."""
    return Header("number").compare(sign, claim.paid_in)


def _granted(ledger: Ledger, sheet: Sheet, claims: list[_Claim]) -> None:
    """The grant of each claim; where claimed systems leave, of those that leave and of those that have not left."""
    leaving = [claim for claim in claims if claim.leaving]
    by_site = {
        claim.key: Leavers(claim.key, claim.label, claim.leaving, tuple(row.split("|")[3] for row in claim.leaving))
        for claim in leaving
    }
    lay_by_site(sheet, "Workings: claimed systems that leave, by site", list(by_site.values()))
    if leaving:
        sheet.heading("Workings: claimed systems that leave; value column: claimed systems of the lot")
    for claim in leaving:
        sheet.line(
            f"left|{claim.key}", claim.label, "systems", value=claim.spots("claim"),
            series=total(by_site[claim.key].rows), note="sum over sites",
        )  # fmt: skip
    sheet.heading("Workings: grant on a lot; by period on the claimed systems that have not left")
    for claim in claims:
        key, stays = f"held|{claim.key}", None
        if claim.leaving:
            stays = Now(key, -1) - Spot(key) * Now(f"left|{claim.key}") / Spot(f"left|{claim.key}")
        sheet.line(
            key, claim.label, ledger.currency, value=claim.spots("grant"), series=stays,
            opening=Spot(key) if claim.leaving else None, note="see Subsidies",
        )  # fmt: skip
    if leaving:
        sheet.heading("Workings: grant on the claimed systems that leave")
    for claim in leaving:
        gone = Spot(f"held|{claim.key}") * Now(f"left|{claim.key}") / Spot(f"left|{claim.key}")
        sheet.line(f"released|{claim.key}", claim.label, ledger.currency, series=gone, add_up=True)
