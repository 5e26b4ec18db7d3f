"""Sheet Cash flow: every line of the plan's money, the balance, and what it is worth today; its workings below."""

from __future__ import annotations

from planner.outcome import INFLOWS, INVESTMENTS, LINES, OPERATING_COSTS
from planner.report.workbook.grid import VALUE, Sheet
from planner.report.workbook.investment import additions_key, lay_investment
from planner.report.workbook.ledger import CASH_FLOW, Ledger
from planner.report.workbook.operation import lay_operation, maintained, serving_pairs
from planner.report.workbook.references import Now, Spot, Stack, Whole, holds_month, total
from planner.report.workbook.resale import lay_curve, lay_proceeds
from planner.report.workbook.terminal import lay_terminal
from planner.report.workbook.terms import Term, call, times

REMARK = "Amounts are positive whichever way they flow. The workings of every line stand below the statement."
LABELS = {
    "revenue": "revenue",
    "grants": "grants paid",
    "resale": "resale of systems",
    "energy": "energy",
    "rent": "rent",
    "operations": "operations",
    "maintenance": "maintenance and support",
    "system_price": "price of systems",
    "additions": "network, storage and installation",
    "expansion": "expansion of sites",
    "contracted": "systems under contract, still unpaid",
}


def lay_cash_flow(ledger: Ledger) -> None:
    """Lays the statement, the balance and the present value, and then how each line comes about."""
    sheet = ledger.time_sheet(CASH_FLOW, "Cash flow", REMARK, years=True)
    _statement(ledger, sheet)
    _balance(ledger, sheet)
    _present_value(ledger, sheet)
    lay_curve(ledger, sheet)
    _funding(ledger, sheet)
    lay_investment(ledger, sheet)
    _spend(ledger, sheet)
    lay_operation(ledger, sheet)
    lay_proceeds(ledger, sheet)
    lay_terminal(ledger, sheet)


def line_parts(ledger: Ledger) -> dict[str, list[str]]:
    """Rows of the workings that add up to each line of the cash flow."""
    choices = ledger.choices
    sites = sorted({site for _, site in ledger.placements})
    paths = [
        f"sites.{site}.fleet.{position}"
        for site, place in ledger.case.sites.items()
        for position, fleet in enumerate(place.fleet)
        if fleet.unpaid is not None
    ]
    return {
        "revenue": [f"revenue|{workload}|{system}" for workload, system in serving_pairs(ledger)],
        "grants": ["granted"],
        "resale": [f"resale|{'|'.join(names)}" for names in choices.exits],
        "energy": [f"energy|{site}" for site in sites],
        "rent": [f"rent|{site}" for site in sites if ledger.case.sites[site].rent is not None],
        "operations": [f"operations|{site}" for site in sites if ledger.case.sites[site].operations is not None],
        "maintenance": [f"maintenance|{system}" for system in maintained(ledger)],
        "system_price": [f"paid|{offer}" for offer in choices.offers],
        "additions": [f"additions|{offer}" for offer in choices.offers],
        "expansion": [f"paid|{name}" for name in choices.expansions],
        "contracted": [f"contracted|{path}" for path in paths],
    }


def _statement(ledger: Ledger, sheet: Sheet) -> None:
    parts = line_parts(ledger)
    groups = (("Money in", "inflows", INFLOWS), ("Running costs", "running", OPERATING_COSTS))
    for title, key, lines in (*groups, ("Capital expenditure", "capex", INVESTMENTS)):
        sheet.heading(title)
        for line in lines:
            sheet.line(
                f"line|{line}", LABELS[line], ledger.currency, series=total(parts[line]), add_up=True, by_year=True,
                note="see the workings below" if line != "grants" else "see Subsidies",
            )  # fmt: skip
        rows = tuple(f"line|{line}" for line in lines)
        sheet.line(
            key,
            title.lower(),
            ledger.currency,
            series=call("SUM", Stack(rows)),
            kind="total",
            add_up=True,
            by_year=True,
        )
    assert {line for lines in (INFLOWS, OPERATING_COSTS, INVESTMENTS) for line in lines} == set(LINES)
    sheet.heading("Net cash flow")
    sheet.line(
        "net", "net cash flow before funding", ledger.currency, kind="total", add_up=True, by_year=True,
        series=Now("inflows") - Now("running") - Now("capex"), note="money in - running costs - capital expenditure",
    )  # fmt: skip


def _balance(ledger: Ledger, sheet: Sheet) -> None:
    finance = ledger.case.finance
    opening = ledger.home(finance.opening_cash, "finance.opening_cash")
    sheet.heading("Cash")
    sheet.line("opening", "cash at the start", ledger.currency, series=Now("cash", -1), note="cash at the end before")
    sheet.line(
        "funding", "funding", ledger.currency, series=total([f"funding|{month}" for month in finance.funding]),
        add_up=True,
        by_year=True, note="see the workings below",
    )  # fmt: skip
    sheet.line("net_again", "net cash flow", ledger.currency, series=Now("net"), add_up=True, by_year=True)
    sheet.line(
        "cash", "cash at the end", ledger.currency, kind="total", opening=opening,
        series=call("SUM", Stack(("opening", "funding", "net_again"))), note="start + funding + net",
    )  # fmt: skip
    least = times(Spot("finance.minimum_cash"), ledger.rate(finance.minimum_cash.currency))
    sheet.line("minimum", "least cash that must be left", ledger.currency, series=least)
    sheet.line(
        "headroom", "cash above the minimum", ledger.currency, series=Now("cash") - Now("minimum"), note="end - minimum"
    )


def _present_value(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("Present value at the start of the horizon")
    sheet.line(
        "age_of_money", "days from the start to the end of the period", "days",
        series=Now("time.end") - Spot("calendar.start"), note="of the real calendar",
    )  # fmt: skip
    growth: Term = (1 + Spot("finance.discount_rate")) ** (Now("age_of_money") / 365)
    sheet.line("discount", "discount factor", "factor", series=1 / growth, note="1 / (1 + rate) ^ (days / 365)")
    sheet.line(
        "present", "present value of the net cash flow", ledger.currency, series=Now("net") * Now("discount"),
        add_up=True, note="net x factor",
    )  # fmt: skip
    sheet.line(
        "present_terminal", "present value of the terminal value", ledger.currency,
        value=Spot("terminal_value") * Spot("discount", -1), note="terminal value x last factor",
    )  # fmt: skip
    sheet.line(
        "npv", "net present value", ledger.currency, kind="total", value=Spot("present") + Spot("present_terminal"),
        note="sum of the two",
    )  # fmt: skip
    spent = Now("running") + Now("capex") - Now("line|grants") - Now("line|resale")
    sheet.line(
        "present_revenue",
        "present value of revenue",
        ledger.currency,
        series=Now("line|revenue") * Now("discount"),
        add_up=True,
    )
    sheet.line(
        "present_cost", "present value of costs less grants and resale", ledger.currency,
        series=spent * Now("discount"),
        add_up=True,
        note="(running costs + capital expenditure - grants - resale) x factor",
    )  # fmt: skip
    sheet.line(
        "own_cost", "present value of costs less grants, resale and terminal value", ledger.currency,
        value=Spot("present_cost") - Spot("present_terminal"), note="what the hours at work cost",
    )  # fmt: skip
    sheet.line(
        "present_hours", "accelerator-hours at work, discounted", "accelerator-hours", add_up=True,
        series=Now("accelerator_hours") * Now("discount"), note="hours x factor",
    )  # fmt: skip


def _spend(ledger: Ledger, sheet: Sheet) -> None:
    """Spend by offer over the whole horizon, and the spend that depends on each tag of the supply chain."""
    limits, offers = ledger.case.supply_chain_limits, ledger.choices.offers
    if not limits:
        return
    sheet.heading("Workings: spend by offer, additions included")
    for offer in offers:
        share = additions_key(ledger, offer)
        spent = call("SUMPRODUCT", Whole(f"ordered|{offer}"), Whole(f"unit_cost|{offer}"))
        sheet.line(
            f"spend|{offer}", offer, ledger.currency, value=times(spent, 1 + Spot(share) if share else None),
            note="ordered x price as paid x (1 + additions)",
        )  # fmt: skip
    keys = tuple(f"spend|{offer}" for offer in offers)
    sheet.line(
        "spend", "all offers", ledger.currency, kind="total", value=call("SUM", Stack(keys, VALUE)) if keys else 0
    )
    for tag in limits:
        sheet.heading(f"Workings: spend on offers with the tag {tag}")
        tagged = [offer for offer in offers if tag in ledger.case.offers[offer].tags]
        rows = tuple(
            sheet.line(f"spend|{tag}|{offer}", offer, ledger.currency, value=Spot(f"spend|{offer}")) for offer in tagged
        )
        worth = call("SUM", Stack(rows, VALUE)) if rows else 0
        sheet.line(f"tagged|{tag}", f"all with the tag {tag}", ledger.currency, kind="total", value=worth)


def _funding(ledger: Ledger, sheet: Sheet) -> None:
    funding = ledger.case.finance.funding
    if funding:
        sheet.heading("Workings: funding")
    for month in funding:
        falls = holds_month(Spot(f"finance.funding.{month}.month"))
        sheet.line(
            f"falls|{month}", f"funding of {month} comes in", "yes = 1", series=falls, note="the period holds it"
        )
    for month, money in funding.items():
        amount = times(Now(f"falls|{month}"), Spot(f"finance.funding.{month}"), ledger.rate(money.currency))
        sheet.line(f"funding|{month}", f"funding of {month}", ledger.currency, add_up=True, series=amount)
