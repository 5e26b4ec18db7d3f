"""Workings of Liquidity by month: what the plan adds to doing nothing further.

Doing nothing is a plan of its own, which this book does not hold: its figures stand here as they were worked out, and
do not move with inputs. What is added is worked out from them and from the plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.outcome import INVESTMENTS, OPERATING_COSTS
from planner.report.added import further_flows
from planner.report.value import LEAST_FLOW, before_financing, hours_at_work
from planner.report.workbook.cash.month_discount import OF_BOTH_ROWS, by_xnpv, in_last_month, present_value
from planner.report.workbook.cash.month_financing import loan_costs
from planner.report.workbook.cash.month_returns import NONE, Rate, lay_payback, lay_rate
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import HoldingPeriod, Now, Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.message import price_unit

NOT_MOVING = "as it was planned; does not move with inputs"
PLAN_AGAIN = "plan again"
"""What stands for a figure against doing nothing once inputs have changed: doing nothing may then be worth another."""


def as_planned(figure: Term) -> Term:
    """A figure against doing nothing, while inputs are those of the plan."""
    return call("IF", Spot("changes").compare("=", 0), figure, PLAN_AGAIN)


def added_rate(ledger: Ledger) -> list[Rate]:
    """The rate of return of what is added; none where nothing stands or is bought."""
    added = ledger.added
    if added is None or not ledger.outcome.something_stands or not ledger.decisions.buys_anything:
        return []
    title, flows = "rate of return of what is added", further_flows(ledger.outcome)
    return [Rate(title, Key("added", "irr_flow"), flows, added.returns, "added")]


def lay_month_added(ledger: Ledger, sheet: Sheet) -> None:
    """Lays doing nothing as it was planned, and what the plan adds to it."""
    if not ledger.outcome.something_stands:
        return
    _doing_nothing(ledger, sheet)
    _value(ledger, sheet)
    if ledger.decisions.buys_anything:
        _return(ledger, sheet)
        _cost(sheet, has_clawback=Key("present", "grants_repaid") in ledger.grid)


def _doing_nothing(ledger: Ledger, sheet: Sheet) -> None:
    """Its flows by day, what is left of it at the end, and its hours at work."""
    nothing, calendar = ledger.outcome.doing_nothing, ledger.case.calendar
    assert nothing is not None
    accounts = nothing.audit.accounts
    sheet.workings("doing nothing further, as it was planned: these figures do not move with inputs")

    def by_day(row: str, label: str, flows: Sequence[float], note: str) -> None:
        figures = [float(flow) for flow in flows]
        sheet.money(Key("nothing", row), label, note, kind="constant", opening=figures[0], series=figures[1:])

    note = "without the tax that interest saves"
    by_day("flow", "net cash flow before financing, by day", before_financing(accounts), note)
    costs = [0.0 - flow for flow in accounts.at_turns(*OPERATING_COSTS, *INVESTMENTS, "resale")]
    by_day("cost", "costs less resale, by day", costs, "running costs + capital expenditure - resale")
    work, _ = hours_at_work(ledger.case, nothing.decisions)
    hours = [
        work[t] * calendar.days_of_month(month) / calendar.days[t]
        for t in ledger.periods
        for month in calendar.months_of(t)
    ]
    label, unit = "accelerator-hours at work", "accelerator-hours"
    sheet.line(Key("nothing", "hours"), label, unit, "period x share of its hours", kind="constant", series=hours)
    for row, label, amount in (
        ("terminal", "terminal value", accounts.terminal_value),
        ("end", "end value", accounts.end_value),
        ("loan_costs", "what loans cost", sum(accounts.loan_costs.values())),
    ):
        sheet.money(Key("nothing", row), label, NOT_MOVING, kind="constant", value=float(amount))
    value = present_value(Key("nothing", "flow")) + Spot(Key("nothing", "end")) * Spot("discount", -1)
    label, note = "value before financing of doing nothing further", "flows x factor + end value x last factor"
    sheet.money(Key("nothing", "unlevered"), label, note, value=value)
    value = Spot(Key("nothing", "unlevered")) - Spot(Key("nothing", "loan_costs"))
    label, note = "net present value of doing nothing further", "before financing - cost of loans"
    sheet.money(Key("nothing", "npv"), label, note, kind="total", value=value)


def _value(ledger: Ledger, sheet: Sheet) -> None:
    """The flows of the plan less those of doing nothing, and what they are worth."""
    sheet.workings("what the plan adds to doing nothing further")
    note = "the plan - doing nothing; less than one unit of currency counts nothing"
    label, flow = "further net cash flow before financing, by day", Now("free_by_turn") - Now(Key("nothing", "flow"))
    sheet.money(Key("added", "flow"), label, note, opening=_rounded(flow), series=_rounded(flow))
    end = Spot("end_value") - Spot(Key("nothing", "end"))
    sheet.money(Key("added", "end"), "further end value", note, value=_rounded(end))
    label, flow = "further net cash flow before financing, with the end value", Now(Key("added", "flow"))
    series = _rounded(flow + in_last_month() * Spot(Key("added", "end")))
    sheet.money(Key("added", "irr_flow"), label, "the end value on the last day", opening=flow, series=series)
    note = "the plan - doing nothing"
    value = Spot("npv_before_financing") - Spot(Key("nothing", "unlevered"))
    sheet.money(Key("added", "unlevered"), "value before financing that is added", note, value=value)
    value, label = by_xnpv(Key("added", "irr_flow")), "value before financing that is added, by XNPV"
    sheet.money(Key("added", "xnpv"), label, OF_BOTH_ROWS, value=value)
    value = loan_costs(ledger) - Spot(Key("nothing", "loan_costs"))
    sheet.money(Key("added", "loan_costs"), "less what loans cost more", note, value=value)
    value = Spot(Key("added", "unlevered")) - Spot(Key("added", "loan_costs"))
    sheet.money(Key("added", "npv"), "value added", "before financing - cost of loans", kind="total", value=value)


def _rounded(difference: Term) -> Term:
    """Nothing where hardly anything is left of two amounts: it would be taken for a payment, and for a turn."""
    return call("IF", call("ABS", difference).compare("<", LEAST_FLOW), 0, difference)


def _return(ledger: Ledger, sheet: Sheet) -> None:
    """What the further flows yield, and when they have paid back what went out."""
    for rate in added_rate(ledger):
        lay_rate(ledger, sheet, rate)
    sheet.workings("payback of what is added")
    lay_payback(sheet, Key("added", "flow"), "added")
    never = Spot(Key("added", "last_out")).compare(">", Spot("month.count"))
    years = call("IF", never, NONE, Spot(Key("added", "days_paid_back")) / 365)
    label, note = "payback", "from the first further payment, end value not counted"
    sheet.line(Key("added", "payback"), label, "years", note, value=years)


def _cost(sheet: Sheet, *, has_clawback: bool) -> None:
    """What a further hour at work costs, before tax and financing."""
    sheet.workings("cost of what is added")
    label, unit = "further accelerator-hours at work", "accelerator-hours"
    series = HoldingPeriod("accelerator_hours") * Now("month.share") - Now(Key("nothing", "hours"))
    sheet.line(Key("added", "hours"), label, unit, "the plan - doing nothing", series=series, add_up=True)
    label, series = "further accelerator-hours at work, discounted", Now(Key("added", "hours")) * Now("discount")
    sheet.line(Key("added", "discounted"), label, unit, "hours x factor", series=series, add_up=True)
    label = "present value of costs less resale and terminal value: doing nothing"
    value = present_value(Key("nothing", "cost")) - Spot(Key("nothing", "terminal")) * Spot("discount", -1)
    sheet.money(Key("nothing", "own_cost"), label, "flow x factor", value=value)
    label, value = (
        "further costs less grants, resale and terminal value",
        Spot("own_cost") - Spot(Key("nothing", "own_cost")),
    )
    sheet.money(Key("added", "cost"), label, "the plan - doing nothing", value=value)
    value, note = Spot(Key("added", "cost")) + Spot(Key("present", "grants")), "further costs + grants of the plan"
    if has_clawback:
        value, note = (
            value - Spot(Key("present", "grants_repaid")),
            "further costs + grants of the plan - grants repaid",
        )
    sheet.money(Key("added", "cost_before_grants"), "further costs before grants", note, value=value)
    each, hours = price_unit(sheet.grid.currency, "accelerator-hour"), Spot(Key("added", "discounted"))
    for row, cost, label in (
        ("each", "cost", "cost of one added accelerator-hour at work"),
        ("each_before", "cost_before_grants", "cost of one added accelerator-hour at work, before grants"),
    ):
        value = call("IF", hours.compare("<=", 0), NONE, Spot(Key("added", cost)) / hours)
        sheet.line(Key("added", row), label, each, "costs / hours, both discounted", value=value)
