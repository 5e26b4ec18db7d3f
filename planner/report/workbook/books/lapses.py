"""Part of the sheet Profit and tax: losses that lapse, the oldest used first."""

from __future__ import annotations

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import call
from planner.vocabulary.message import fiscal_year, say


def lay_lapses(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what can be used no longer at the end of a year, and what of it lapses: all that is not used by then."""
    tax = ledger.case.finance.tax
    assert tax is not None
    last = Header("fiscal_year") - Spot("finance.tax.loss_years")
    old = call("SUMPRODUCT", Whole("loss_made") * HeaderSpan("fiscal_year").compare("<=", last))
    for made_in, loss in tax.opening_losses.items():
        label = say("loss of {year}: year", year=fiscal_year(made_in.number))
        key = Key("loss_of", str(made_in))
        number = float(made_in.number)
        sheet.line(key, label, "fiscal year", "number of the fiscal year", kind="constant", value=number)
        known = ledger.home(loss, f"finance.tax.opening_losses.{made_in}")
        old = old + known * Spot(key).compare("<=", last)
    note = "made so many years before, or earlier"
    sheet.money("losses_ended", "losses that can be used no longer", note, series=old)
    used = Now("loss_used_so_far", -1) + Now("loss_used")
    sheet.money("loss_used_so_far", "losses used so far", "before + used", opening=0, series=used)
    left = Now("losses_ended") - Now("loss_used_so_far") - Now("loss_lapsed_so_far", -1)
    lapsed = Now("time.closes") * call("MAX", 0, left)
    sheet.flow("loss_lapsed", "losses lapsed", "of these, neither used nor lapsed", series=lapsed, by_year=True)
    so_far = Now("loss_lapsed_so_far", -1) + Now("loss_lapsed")
    sheet.money("loss_lapsed_so_far", "losses lapsed so far", "before + lapsed", opening=0, series=so_far)
