"""Checks of what the plan adds to doing nothing further: the difference is the audit's, figure by figure."""

from __future__ import annotations

from planner.report.value import LEAST_FLOW
from planner.report.workbook.cash.month_returns import NONE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.front.check_writer import Check, CheckWriter
from planner.report.workbook.front.value_bridge import last_step
from planner.vocabulary.message import price_unit, say

LEAST_DIFFERENCE = 1e-6
"""How far a number of years, or money for one hour, may be from what it was worked out to be."""


def lay_added_checks(ledger: Ledger, writer: CheckWriter) -> None:
    """Lays them: of the bridge always, of the rest where something stands already."""
    writer.sheet.heading("From doing nothing to the plan")
    writer.money("all steps together = net present value", Spot(last_step(ledger)), "=", Spot("npv"))
    added = ledger.added
    if added is None or not ledger.outcome.something_stands:
        return
    npv, nothing = Spot(Key("added", "npv")), Spot(Key("nothing", "npv"))
    writer.sheet.heading("What the plan adds to doing nothing further")
    writer.audited("value added", npv, added.npv)
    writer.audited("net present value of doing nothing further", nothing, added.doing_nothing)
    writer.money("value added + doing nothing further = net present value", npv + nothing, "=", Spot("npv"))
    label, by_day = "value added before financing by XNPV = value added before financing", Spot(Key("added", "xnpv"))
    rounded = float(LEAST_FLOW * (len(ledger.case.calendar.months) + 1))  # flows leave out less than that, each
    unlevered = Spot(Key("added", "unlevered"))
    writer.check(Check(label, "", ledger.currency, by_day, "=", unlevered, rounded))
    if not ledger.decisions.buys_anything:
        return
    hour = price_unit(ledger.currency, "accelerator-hour")
    for row, what, unit, figure in (
        ("payback", "payback of what is added", "years", added.payback_years),
        ("each", "cost of one added accelerator-hour at work", hour, added.cost_per_accelerator_hour),
        ("each_before", "cost of one added accelerator-hour at work, before grants", hour, added.cost_before_grants),
    ):
        here = Spot(Key("added", row))
        if figure is None:
            words, is_none = say("{figure}: there is none", figure=say(what)), 1 * here.compare("=", NONE)
            writer.check(Check(words, "", "yes = 1", is_none, "=", 1.0, lasting=False))
        else:
            words, tolerance = say("{figure} = the audit's", figure=say(what)), LEAST_DIFFERENCE * max(1.0, abs(figure))
            writer.check(Check(words, "", unit, here, "=", figure, tolerance, lasting=False))
