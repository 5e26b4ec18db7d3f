"""Part of the sheet Profit and tax: losses that lapse, the oldest used first."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.quantities import FiscalYear, PositiveMoney
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.message import fiscal_year, say


def lay_lapses(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what can be used no longer at the end of a year, and what of it lapses: all that is not used by then."""
    tax = ledger.case.finance.tax
    assert tax is not None
    last = Header("fiscal_year") - Spot("finance.tax.loss_years")
    old = call("SUMPRODUCT", Whole("loss_made") * HeaderSpan("fiscal_year").compare("<=", last))
    note = "made so many years before, or earlier"
    if tax.opening_losses:
        old = _with_opening_losses(ledger, sheet, tax.opening_losses, old, last)
    sheet.money("losses_ended", "losses that can be used no longer", note, series=old)
    used = Now("loss_used_so_far", -1) + Now("loss_used")
    sheet.money("loss_used_so_far", "losses used so far", "before + used", opening=0, series=used)
    left = Now("losses_ended") - Now("loss_used_so_far") - Now("loss_lapsed_so_far", -1)
    lapsed = Now("time.closes") * call("MAX", 0, left)
    sheet.flow("loss_lapsed", "losses lapsed", "of these, neither used nor lapsed", series=lapsed, by_year=True)
    so_far = Now("loss_lapsed_so_far", -1) + Now("loss_lapsed")
    sheet.money("loss_lapsed_so_far", "losses lapsed so far", "before + lapsed", opening=0, series=so_far)


def _with_opening_losses(
    ledger: Ledger, sheet: Sheet, losses: Mapping[FiscalYear, PositiveMoney], of_plan: Term, last: Term
) -> Term:
    """The same with losses of earlier years: each in its row, and the losses of the plan below them."""
    for made_in in losses:
        label, note = say("loss of {year}: year", year=fiscal_year(made_in.number)), "number of the fiscal year"
        number = float(made_in.number)
        sheet.line(Key("loss_of", str(made_in)), label, "fiscal year", note, kind="constant", value=number)
    which, note = "losses up to this year can be used no longer", "fiscal year - years for which losses are kept"
    until = Now(sheet.line("losses_until", which, "fiscal year", note, series=last))
    rows: list[RowKey] = []
    for made_in, loss in losses.items():
        known = ledger.home(loss, f"finance.tax.opening_losses.{made_in}")
        words = say("loss of {year}: can be used no longer", year=fiscal_year(made_in.number))
        series = known * Spot(Key("loss_of", str(made_in))).compare("<=", until)
        rows.append(sheet.money(Key("loss_ended", str(made_in)), words, series=series))
    of_these = "losses of the plan that can be used no longer"
    rows.append(sheet.money("loss_of_plan_ended", of_these, "made so many years before", series=of_plan))
    return total(rows)
