"""What programmes give for what is claimed under them, piece by piece, and in which rows it stands.

A programme pays, lowers tax, or lets cost be written off at once. A piece is what it gives for the units of one
investment: for all that are claimed, or, as a negative amount, for those that a programme which comes first pays for
as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.aid import AidForm


def credited(ledger: Ledger) -> list[str]:
    """Programmes that are claimed and lower tax."""
    claimed = {programme for programme, _, _ in ledger.choices.claims}
    return [name for name, rules in ledger.case.programmes.items() if rules.aid.is_off_tax and name in claimed]


def claims_of(ledger: Ledger, programme: str) -> list[tuple[str, str]]:
    """(offer or expansion, site) that a programme gives something for."""
    return [(name, site) for claimant, name, site in ledger.choices.claims if claimant == programme]


def overlaps_of(ledger: Ledger, programme: str) -> list[tuple[str, str, str]]:
    """(earlier programme, offer or expansion, site) of which units are claimed under both."""
    return [(earlier, name, site) for claimant, earlier, name, site in ledger.choices.overlaps if claimant == programme]


def net_key(ledger: Ledger, programme: str, name: str, site: str) -> Key:
    """The row of what a programme gives for an investment, by period of the order or start, all pieces together."""
    word = "net" if overlaps_of(ledger, programme) else "grant"
    return Key(word, programme, name, site)


def counted_key(ledger: Ledger, programme: str) -> Key:
    """The row of what counts against the cap of a fiscal year: grants as paid, all else by period of delivery."""
    words: dict[AidForm, str] = {"paid_out": "granted", "off_tax": "earned", "written_off": "special"}
    return Key(words[ledger.case.programmes[programme].aid.form], programme)


def whole_key(ledger: Ledger, programme: str) -> Key:
    """The row of what counts against the whole cap: all parts of a grant, be they paid within the horizon or not."""
    has_parts = bool(ledger.case.programmes[programme].milestones)
    return Key("awarded", programme) if has_parts else counted_key(ledger, programme)


def whole_cap(ledger: Ledger, programme: str) -> tuple[Term, str] | None:
    """The most that a programme may pay in all, the smaller of two caps, and which that is; None without one."""
    rules = ledger.case.programmes[programme]
    caps = {
        words: ledger.home(cap, f"programmes.{programme}.{field}")
        for words, field, cap in (
            ("operator cap", "operator_cap", rules.operator_cap),
            ("total cap", "total_cap", rules.total_cap),
        )
        if cap is not None
    }
    if len(caps) == 2:
        return call("MIN", *caps.values()), "the smaller of operator cap and total cap"
    return next(((term, words) for words, term in caps.items()), None)


@dataclass(frozen=True)
class Piece:
    """What a programme gives for the claimed units of an investment, or takes off where another comes first."""

    programme: str
    name: str
    site: str
    earlier: str = ""

    @property
    def money(self) -> Key:
        """Row of its amount, by period of the order or start."""
        return Key("overlap_amount", self._key) if self.earlier else Key("grant", self._key)

    @property
    def count(self) -> Key:
        """Row of the decisions with its units."""
        return Key("overlap", self._key) if self.earlier else Key("claim", self._key)

    def claimed_exit(self, t: int) -> Key:
        """Row of the decisions with its systems that leave, of the order of a period."""
        return Key("overlap_exit", self._key, t) if self.earlier else Key("claimed_exit", self._key, t)

    @property
    def _key(self) -> Key:
        return Key(self.programme, *((self.earlier,) if self.earlier else ()), self.name, self.site)


def pieces_of(ledger: Ledger, programme: str) -> list[Piece]:
    """All pieces of a programme: its claims, and what is taken off them."""
    whole = [Piece(programme, name, site) for name, site in claims_of(ledger, programme)]
    return whole + [Piece(programme, name, site, earlier) for earlier, name, site in overlaps_of(ledger, programme)]


@dataclass(frozen=True)
class Part:
    """A part of what a programme gives, and when it comes."""

    programme: str
    number: int | None
    """Of the milestone, from 0, where there are any."""
    share: str | None
    """Key of its share; None for the whole."""
    arrival: bool = False
    """Comes with the delivery, without a row of its own."""

    def period(self, name: str, t: int) -> Term:
        """Number of the period in which it comes for what is ordered or started in a period."""
        return Spot(Key("arrival", name) if self.arrival else Key("paid_in", self.key, name), t)

    def month_row(self, name: str) -> Key:
        """Row of the number of the month in which it is paid, by period of the order or start."""
        return Key("paid_month", self.key, name)

    @property
    def key(self) -> Key:
        """The programme, and the number of the milestone where there are any."""
        return Key(self.programme) if self.number is None else Key(self.programme, self.number)


def parts_of(ledger: Ledger, programme: str) -> list[Part]:
    """The milestones of a grant, or the one part that comes as a whole."""
    rules = ledger.case.programmes[programme]
    if rules.aid.counts == "on delivery":
        return [Part(programme, None, None, arrival=True)]
    if not rules.milestones:
        return [Part(programme, None, None)]
    path = f"programmes.{programme}.milestones"
    return [Part(programme, n, f"{path}.{n}.share") for n in range(len(rules.milestones))]
