"""Sheet Checks: every promise as left, right, difference, tolerance and status; an error counts as failed."""

from __future__ import annotations

from planner.outcome.limits import Limit
from planner.report.lines import cash_lines
from planner.report.workbook.cash.consumption_tax import OWED, has_consumption_tax
from planner.report.workbook.cash.liquidity import rows_of_periods
from planner.report.workbook.cash.working_capital import sides_of
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Spot, Whole
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.front.account_checks import lay_account_checks
from planner.report.workbook.front.added_checks import lay_added_checks
from planner.report.workbook.front.check_writer import BOOKS, FIT, LIMIT, UNIT, Check, CheckWriter
from planner.report.workbook.front.fit_checks import lay_fit_checks
from planner.report.workbook.front.limit_checks import live_limits
from planner.report.workbook.front.master_check import FIRST_CHECK_ROW, lay_master_check
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.keys import Stand
from planner.vocabulary.message import say

CHECKS = Entry("Checks", "whether all of it holds together", over_time=False)
TITLES = ("Check", "Subject", "Unit", "Left", "must be", "Right", "Room", "Tolerance", "Failed", "Status", "Kind")
OF_LIMITS = ("Broken so far", "Position", "Months a step", "One shown", "Unit shown")
WIDTHS = (50, 42, 20, 17, 8, 17, 12, 11, 7, 9, 16, 10, 10, 12, 12, 22)
SOLVER = "the solver's objective"


def lay_checks(ledger: Ledger) -> None:
    """Lays all checks, and the master check over them."""
    sheet = ledger.plain_sheet(CHECKS, WIDTHS)
    for column, title in enumerate((*TITLES, *OF_LIMITS)):
        sheet.put(2, column, title, "header" if column > UNIT else "header text")
    writer = CheckWriter(ledger, sheet)
    sheet.next_row = FIRST_CHECK_ROW
    _proof(ledger, writer)
    _lines(ledger, writer)
    _cash(ledger, writer)
    lay_account_checks(ledger, writer)
    _systems(ledger, writer)
    sheet.heading("Limits of the case: the least that is left over all periods")
    writer.kind = LIMIT
    for check in live_limits(ledger):
        writer.check(check)
    writer.kind = FIT
    lay_fit_checks(ledger, writer)
    writer.kind = BOOKS
    _audited(ledger, writer)
    lay_master_check(ledger, sheet, writer.keys)
    sheet.print_columns = len(TITLES)


def _proof(ledger: Ledger, writer: CheckWriter) -> None:
    proof, accounts = ledger.proof, ledger.audit.accounts
    writer.sheet.heading("The plan is worth what the solver and the audit say")
    if proof.kind == "npv":
        writer.audited("net present value", Spot("npv"), proof.objective, by=SOLVER)
    elif proof.kind == "equity":
        writer.audited("value to the owners", Spot("owners_value"), proof.objective, by=SOLVER)
    elif proof.kind == "cost":
        cost = Spot(Key("present", "revenue")) - Spot("npv")
        writer.audited("present cost", cost, proof.objective, by=SOLVER)
    else:
        tolerance = 1e-9 * max(1.0, abs(proof.objective))
        label, left = f"compute = {SOLVER}", computed(ledger)
        writer.check(Check(label, "", proof.unit, left, "=", proof.objective, tolerance, lasting=False))
    writer.audited("net present value", Spot("npv"), accounts.npv)
    writer.audited("terminal value", Spot("terminal_value"), accounts.terminal_value)
    writer.audited("end value", Spot("end_value"), accounts.end_value)
    writer.audited("value before financing", Spot("npv_before_financing"), accounts.unlevered)
    label = "value before financing by XNPV = value before financing"
    writer.money(label, Spot("xnpv"), "=", Spot("npv_before_financing"))
    writer.audited("what loans cost", Spot(Key("here", "loan_costs")), sum(accounts.loan_costs.values()))
    if accounts.equity is not None:
        writer.audited("value to the owners", Spot("owners_value"), accounts.equity)
        label = "value to the owners by XNPV = value to the owners"
        writer.money(label, Spot("owners_xnpv"), "=", Spot("owners_value"))
    lay_added_checks(ledger, writer)


def computed(ledger: Ledger) -> Term:
    """What the objective 'compute' counts: PFLOPS-hours at work, or PFLOPS installed in a month."""
    if ledger.case.objective.installed_by is None:
        return Spot("pflops_hours")
    return Spot("counted")


def _lines(ledger: Ledger, writer: CheckWriter) -> None:
    writer.sheet.heading("Each line of the cash flow adds up to the audit's")
    for line in cash_lines(ledger.case):
        writer.audited(CASH_LINES[line].label, Spot(Key("line", line)), sum(ledger.audit.accounts.lines[line]), by="")
    writer.audited("funding", Spot("funding"), sum(ledger.audit.accounts.funding), by="")
    _months(ledger, writer)


def _months(ledger: Ledger, writer: CheckWriter) -> None:
    """Periods and months say the same, each by its own formulas."""
    accounts = ledger.audit.accounts
    writer.sheet.heading("The months of each period add up to the period")
    for key, label in rows_of_periods(ledger).items():
        for furthest, which in (("MAX", "all months: highest difference"), ("MIN", "all months: lowest difference")):
            writer.money(label, call(furthest, Whole(Key("differs", key))), "=", 0.0, say(which))
    if has_consumption_tax(ledger.case):
        later = Spot("tax_settled_later") - Spot("tax_deducted_later")
        label = "consumption tax owed at the end = settled later - deducted later"
        writer.money(label, Spot(OWED, -1), "=", later)
    for side in sides_of(ledger):
        for furthest, which in (("MAX", "all months: highest difference"), ("MIN", "all months: lowest difference")):
            words = say("{what} = month before + increase", what=say(side.name))
            writer.money(words, call(furthest, Whole(Key("differs", side.name))), "=", 0.0, say(which))
    writer.sheet.heading("Each line of the liquidity by month is the audit's: the most of a month")
    for line in cash_lines(ledger.case):
        most = max(accounts.by_month[line])
        writer.audited(CASH_LINES[line].label, call("MAX", Whole(Key("monthly", line))), most, by="")


def _cash(ledger: Ledger, writer: CheckWriter) -> None:
    accounts = ledger.audit.accounts
    writer.sheet.heading("Cash closes")
    grown = Spot("opening", 0) + Spot("funding") + Spot("net")
    writer.money("cash at the start + funding + net = cash at the end", grown, "=", Spot("cash", -1))
    writer.audited("cash at the end", Spot("cash", -1), accounts.cash[-1])
    grown = Spot("cash_at_start", 0) + Spot("month_net")
    words = "cash at the start + all months = cash at the end"
    writer.money(words, grown, "=", Spot("cash_at_end", -1))
    label = "lowest cash after payments at the start of a month"
    writer.audited(label, call("MIN", Whole("cash_after_payments")), min(accounts.cash_after_payments))
    writer.audited("lowest cash at the end of a month", call("MIN", Whole("cash_at_end")), min(accounts.cash_at_end))
    writer.money("fiscal years add up to the horizon", call("SUM", ledger.grid.all_years("net")), "=", Spot("net"))


def _systems(ledger: Ledger, writer: CheckWriter) -> None:
    choices = ledger.choices
    writer.sheet.heading("Systems add up")
    for offer, site in choices.orders:
        ordered, delivered = Spot(Key("order", offer, site)), Spot(Key("delivery", offer, site))
        label = "ordered = delivered within the horizon"
        writer.check(Check(label, at_site(offer, site), "systems", ordered, "=", delivered))
    for name in choices.expansions:
        label, started = "blocks started = blocks in use", Spot(Key("expand", name))
        built: Term = Spot(Key("built", name), -1)
        if ledger.case.expansions[name].useful_life is not None:
            label, built = "blocks started = blocks in use + retired", built + Spot(Key("retired", name))
        writer.check(Check(label, name, "blocks", started, "=", built))
    for system, site in ledger.placements:
        subject, key = at_site(system, site), Key("installed", system, site)
        audited = ledger.audit.quantities.installed.get(Stand(system, site, ledger.periods[-1]), 0)
        label = "installed at the end = the audit's"
        writer.check(Check(label, subject, "systems", Spot(key, -1), "=", audited, lasting=False))
        fewest = call("MIN", Whole(key))
        writer.check(Check("never fewer than none installed", subject, "systems", fewest, ">=", 0))


def _audited(ledger: Ledger, writer: CheckWriter) -> None:
    """Every limit that the audit recomputed, by rule: as solved, so it does not move with the inputs."""
    writer.sheet.heading(
        "Limits as the audit found them when the plan was made: number broken (does not move with inputs)"
    )
    rules = dict.fromkeys(limit.told_rule for limit in ledger.audit.limits)
    for rule in rules:
        limits = [limit for limit in ledger.audit.limits if limit.told_rule == rule]
        broken = sum(not limit.holds for limit in limits)
        tightest = min(limits, key=_room_of).about.words
        words = say("{count} limits; tightest: {subject}", count=len(limits), subject=tightest)
        writer.check(Check(rule.replace("_", " "), words, "checks", float(broken), "=", 0.0, lasting=False))


def _room_of(limit: Limit) -> tuple[float, str]:
    """How little room a limit has, whatever the order in which it was summed up; its subject tells equal ones apart."""
    return (0.0 if abs(limit.slack) <= limit.tolerance else limit.slack, limit.subject)
