"""Part of the sheet Profit and tax: tax credits from the year in which they are earned until they are used or lapse."""

from __future__ import annotations

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole, total
from planner.report.workbook.engine.sheet import ByYear, Figures, Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.programmes.aid import credited
from planner.vocabulary.message import Text, say, verbatim


def lay_credits(ledger: Ledger, sheet: Sheet) -> None:
    """Lays each programme that lowers tax, and what all of them take off."""
    programmes = credited(ledger)
    for programme in programmes:
        _Credit(ledger, sheet, programme).lay()
    sheet.heading("Tax credits used")
    copies = [
        sheet.flow(Key("copy_credit", name), verbatim(name), series=Now(Key("credit_used", name)), by_year=True)
        for name in programmes
    ]
    sheet.flow("credit_used", "all programmes", kind="total", series=total(copies), by_year=True)


class _Credit:
    """Lays the credit of one programme: the oldest is used first, and what is too old lapses."""

    def __init__(self, ledger: Ledger, sheet: Sheet, programme: str) -> None:
        self.ledger, self.sheet, self.programme = ledger, sheet, programme
        self.path = f"programmes.{programme}"

    def now(self, name: str, shift: int = 0) -> Term:
        """A row of this programme."""
        return Now(Key(name, self.programme), shift)

    def row(
        self, name: str, label: Text, series: Term, note: str, by_year: ByYear = True, *, starts: bool = False
    ) -> None:
        """One line in our currency; a balance has nothing in front of the first period."""
        key, kind = Key(name, self.programme), "total" if name == "credit_left" else "calculation"
        figures = Figures(kind=kind, series=series, add_up=by_year is True, by_year=by_year)
        if starts:
            figures["opening"] = 0
        self.sheet.money(key, label, note, self.programme, **figures)

    def lay(self) -> None:
        """Start, earned, used, lapsed and end; and the room below what a year's tax lets be taken off."""
        closes, programme = Now("time.closes"), self.programme
        chosen = Key("credit", programme)
        used: Term = Now(chosen) if chosen in self.ledger.grid else Literal(0)
        self.sheet.heading(say("Tax credit of {programme}", programme=programme))
        self.row(
            "credit_opening", "credit at the start", self.now("credit_left", -1), "credit at the end before", "start"
        )
        self.row("credit_earned", "credit earned", self.now("earned"), "see Subsidies")
        self.row("credit_used", "credit used", used, "see Decisions")
        over = self.now("credit_old") - self.now("credit_gone", -1) - self.now("credit_used")
        self.row("credit_lapsed", "credit that lapses", closes * call("MAX", 0, over), "earned too long ago, not used")
        left = self.now("credit_opening") + self.now("credit_earned")
        left = left - self.now("credit_used") - self.now("credit_lapsed")
        self.row("credit_left", "credit at the end", left, "start + earned - used - lapsed", "end", starts=True)
        title = "Tax credit of {programme}: how long it is kept, and how much of a year's tax it may take"
        self.sheet.heading(say(title, programme=programme))
        last = Header("fiscal_year") - Spot(f"{self.path}.carry_forward") / 12
        old = Whole(Key("credit_earned", programme)) * HeaderSpan("fiscal_year").compare("<=", last)
        note = "up to the year that is as far back as it is kept"
        self.row("credit_old", "credit earned so far that is kept no longer", call("SUMPRODUCT", old), note, False)
        gone = self.now("credit_gone", -1) + self.now("credit_used") + self.now("credit_lapsed")
        self.row("credit_gone", "credit used or lapsed so far", gone, "before + used + lapsed", False, starts=True)
        most = Spot(f"{self.path}.tax_limit") * Now("tax_before")
        room = most - self.now("credit_used")
        self.row("credit_room", "tax that it may still take off", room, "share x tax before credits - used", False)
