"""Last part of the sheet Fixed assets: grants that come off the book value of what they paid for, and cost that a
programme lets write off at once.

The part of a book value that is depreciated when the grant is paid cannot be taken off. From then on what was taken
off is not depreciated any more, and systems that leave with their grant leave at their reduced book value. Cost that is
written off at once is taken off in the same way, on delivery.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.lines import writes_off_at_once
from planner.report.workbook.books.exits import AssetExits, lay_exits
from planner.report.workbook.books.register import additions_apart
from planner.report.workbook.books.rules import Rules
from planner.report.workbook.engine.grid import FIRST
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.physical.placements import with_additions
from planner.report.workbook.programmes.aid import Part, parts_of
from planner.vocabulary.message import Message, Text, about, say


@dataclass(frozen=True)
class _Claim:
    """What one programme gives for one vintage, at all its sites; or what it gives less where another comes first."""

    programme: str
    name: str
    t: int
    money: tuple[Key, ...]
    """Rows of its amount, by site."""
    counts: tuple[Key, ...]
    """Rows of the decisions with its units, by site."""
    leaving: tuple[tuple[str, Key], ...]
    """(site, row of the decisions) of claimed systems that leave."""
    label: Message
    key: Key
    written: Key
    """The row of the share of what it takes off that is written off, as of the costs that it pays for."""
    subject: Text = ""
    """Where it stands, if it is about one site only."""
    retires: Term | None = None
    """Number of the period in which what it is for retires, of blocks that have a useful life."""

    @property
    def leaves(self) -> bool:
        """Whether some or all of what it is for may leave within the horizon."""
        return bool(self.leaving) or self.retires is not None

    def spots(self, rows: tuple[Key, ...]) -> Term:
        """A figure of the vintage's period, summed over its sites."""
        return Spot(rows[0], self.t) if len(rows) == 1 else call("SUM", Stack(rows, FIRST + self.t))


@dataclass(frozen=True)
class _Taken:
    """A part of a claim that is taken off when it comes."""

    claim: _Claim
    part: Part
    basis: str = ""
    """Where the share of it stands that is taken off, if that is not all: the lower basis of a tax credit."""

    @property
    def key(self) -> Key:
        """The claim, and the number of the part where it is one of several."""
        return self.claim.key if self.part.number is None else Key(self.claim.key, self.part.number)

    @property
    def label(self) -> Message:
        """What the row is called."""
        number = self.part.number
        return self.claim.label if number is None else about(self.claim.label, say("part {number}", number=number + 1))

    def charge(self, sign: str, row: str, share: Term) -> Term:
        """A share of an amount, in the period in which it comes, or after it."""
        when = Header("number").compare(sign, self.part.period(self.claim.name, self.claim.t))
        amount = when * Now(Key(row, self.claim.key))
        if self.basis:
            amount = amount * Spot(self.basis)
        return (amount * Spot(self.part.share) if self.part.share else amount) * share


def _comes_off(ledger: Ledger, rules: Rules, programme: str) -> bool:
    """Whether what a programme gives lowers book value; for tax, also a basis that a tax credit lowers."""
    if rules.for_tax and ledger.case.programmes[programme].lowers_tax_basis:
        return True
    return ledger.case.programmes[programme].aid.lowers_book_value(ledger.case.finance.asset_grants)


def _written_row(ledger: Ledger, rules: Rules, programme: str, name: str, t: int) -> Key:
    """The row of the share written off of what a programme pays for: systems, what is added to them, or both."""
    if not additions_apart(ledger, name):
        return rules.key("written", name, t)
    categories = ledger.case.programmes[programme].categories
    if "additions" not in categories:
        return rules.key("written", name, t)
    return (
        rules.key("written_of_both", name, t) if "systems" in categories else rules.key("written", name, t, "additions")
    )


def _written_of_both(ledger: Ledger, sheet: Sheet, rules: Rules, claims: list[_Claim]) -> None:
    """Lays the share written off of systems and what is added to them together, where a programme pays for both."""
    rows = {
        one.written: (one.name, one.t) for one in claims if one.written == rules.key("written_of_both", one.name, one.t)
    }
    if rows:
        sheet.workings(rules.title("share written off of systems with network, storage and installation"))
    for key, (name, t) in rows.items():
        label = say("{name} ordered {month}", name=name, month=ledger.case.calendar.label(t))
        more = with_additions(ledger, name)
        assert more is not None
        own, added = Now(rules.key("written", name, t)), Now(rules.key("written", name, t, "additions"))
        series = (own - added) / more + added
        sheet.line(key, label, "share", "each by its part of the cost", opening=0, series=series)


def _claims(ledger: Ledger, rules: Rules) -> list[_Claim]:
    chosen, found = ledger.choices, []
    for programme, name, t in chosen.claims_by_period:
        if not _comes_off(ledger, rules, programme):
            continue
        own = [Key(programme, name, site) for j, i, site in chosen.claims if (j, i) == (programme, name)]
        leaving = [i.site for j, i in chosen.claimed_exits if (j, i.name, i.period) == (programme, name, t)]
        rows = tuple((site, Key("claimed_exit", programme, name, site, t)) for site in leaving)
        month = ledger.case.calendar.label(t)
        label = say("{programme} for {name} of {month}", programme=programme, name=name, month=month)
        money, counts = tuple(Key("grant", key) for key in own), tuple(Key("claim", key) for key in own)
        written = _written_row(ledger, rules, programme, name, t)
        key, retires = Key(programme, name, t), _retirement(ledger, name, t)
        found.append(_Claim(programme, name, t, money, counts, rows, label, key, written, retires=retires))
    return found + _overlaps(ledger, rules)


def _retirement(ledger: Ledger, name: str, t: int) -> Term | None:
    """The period in which what is started in a period retires; of systems decisions say what leaves."""
    expansion = ledger.case.expansions.get(name)
    return Spot(Key("retires", name), t) if expansion is not None and expansion.useful_life is not None else None


def _overlaps(ledger: Ledger, rules: Rules) -> list[_Claim]:
    """What is taken off a claim since another programme comes first; at each site by itself."""
    leaving, found = set(ledger.choices.overlap_exits), []
    for overlap in sorted(key for key, units in ledger.decisions.overlap.items() if units):
        programme, earlier, (name, site, t) = overlap
        if not _comes_off(ledger, rules, programme):
            continue
        own, label = Key(programme, earlier, name, site), ledger.case.calendar.label(t)
        gone = ((site, Key("overlap_exit", own, t)),) if overlap in leaving else ()
        template = "{programme} less {earlier} for {name} of {month}"
        words = say(template, programme=programme, earlier=earlier, name=name, month=label)
        money, counts = (Key("overlap_amount", own),), (Key("overlap", own),)
        written = _written_row(ledger, rules, programme, name, t)
        about_site, retires = at_site(name, site), _retirement(ledger, name, t)
        found.append(_Claim(programme, name, t, money, counts, gone, words, Key(own, t), written, about_site, retires))
    return found


def lay_book_grants(ledger: Ledger, sheet: Sheet, rules: Rules) -> None:
    """Lays what is taken off, and by how much less is depreciated and written off afterwards."""
    claims = _claims(ledger, rules)
    if not claims:
        sheet.workings(rules.title("grants that come off book value: none"))
    laid = [claim for claim in claims if Key("held", claim.key) not in ledger.grid]
    if laid:
        _granted(sheet, laid)
    _written_of_both(ledger, sheet, rules, claims)
    programmes = ledger.case.programmes
    lower = {name: f"programmes.{name}.basis_reduction" for name, one in programmes.items() if one.lowers_tax_basis}
    taken = [
        _Taken(claim, part, lower.get(claim.programme, ""))
        for claim in claims
        for part in parts_of(ledger, claim.programme)
    ]

    def block(key: str, title: str, words: Text, charges: list[tuple[_Taken, Term]], note: str) -> None:
        if charges:
            sheet.workings(rules.title(title))
        rows = [
            sheet.flow(rules.key(key, it.key), it.label, note, it.claim.subject, series=charge)
            for it, charge in charges
        ]
        sheet.flow(rules.row(key), words, kind="total", series=total(rows))

    paid = [it for it in taken if programmes[it.claim.programme].aid.is_paid_out]
    charges = [(it, it.charge("=", "held", _not_written(it))) for it in paid]
    title, note = "taken off when the grant is paid", "grant x share not yet written off"
    block("taken", title, "taken off by grants", charges, note)
    if writes_off_at_once(ledger.case):
        at_once = [it for it in taken if programmes[it.claim.programme].aid.is_written_off]
        charges = [(it, it.charge("=", "held", _not_written(it))) for it in at_once]
        title, note = "written off at once on delivery", "special depreciation of the lot"
        block("taken_at_once", title, "written off at once", charges, note)
    if rules.for_tax and lower:
        charges = [(it, it.charge("=", "held", _not_written(it))) for it in taken if it.basis]
        title, note = "cost that tax credits take off on delivery", "credit x share that lowers the basis"
        block("basis", title, "basis taken off by tax credits", charges, note)
    charges = [(it, it.charge(">=", "held", Now(it.claim.written) - Now(it.claim.written, -1))) for it in taken]
    title = "depreciation that falls away afterwards"
    block("relief", title, "depreciation less", charges, "grant x share of the period")
    charges = [(it, it.charge(">", "released", _not_written(it))) for it in taken if it.claim.leaves]
    title = "book value that systems no longer have when they leave"
    block("relief_left", title, "written off less", charges, "grant of what leaves x share not yet written off")


def _not_written(taken: _Taken) -> Term:
    """The share of the cost that is not yet written off before the period."""
    return 1 - Now(taken.claim.written, -1)


def _granted(sheet: Sheet, claims: list[_Claim]) -> None:
    """The grant of each claim; where claimed systems leave, of those that leave and of those that have not left."""
    leaving = [claim for claim in claims if claim.leaves]
    exits = [AssetExits(it.key, it.label, it.leaving, it.spots(it.counts), it.subject, it.retires) for it in leaving]
    title = "claimed systems that leave; value column: claimed systems of the lot"
    lay_exits(sheet, "left", exits, "claimed systems that leave, by site", title)
    sheet.workings("grant on a lot; by period on the claimed systems that have not left")
    for claim in claims:
        key, stays = Key("held", claim.key), None
        if claim.leaves:
            stays = Now(key, -1) - Spot(key) * Now(Key("left", claim.key)) / Spot(Key("left", claim.key))
        label, note = claim.label, "see Subsidies"
        value = claim.spots(claim.money)
        sheet.money(
            key, label, note, claim.subject, value=value, opening=Spot(key) if claim.leaves else None, series=stays
        )
    if leaving:
        sheet.workings("grant on the claimed systems that leave")
    for claim in leaving:
        gone = Spot(Key("held", claim.key)) * Now(Key("left", claim.key)) / Spot(Key("left", claim.key))
        sheet.flow(Key("released", claim.key), claim.label, subject=claim.subject, series=gone)
