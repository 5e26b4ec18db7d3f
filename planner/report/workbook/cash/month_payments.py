"""Workings of Liquidity by month: in which month each amount moves that has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planner.outcome import WORKING_CAPITAL
from planner.report.workbook.cash.consumption_tax import investment_by_month, settled_by_month
from planner.report.workbook.cash.instalments import keys_of, parts_of_price
from planner.report.workbook.cash.interim import has_interim, rest_of_tax
from planner.report.workbook.cash.prepayments import prepayments_by_month
from planner.report.workbook.cash.property_tax_paid import PAID_BY_MONTH
from planner.report.workbook.cash.working_capital import PREPAYMENTS, increase_by_month
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Header, HoldingPeriod, Now, Spot, falling, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, times
from planner.report.workbook.physical.placements import additions_key, fleets
from planner.report.workbook.programmes.aid import claims_of, net_key, parts_of
from planner.report.workbook.programmes.clawback import returned
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Message, Text, about, say, verbatim


def line_by_month(ledger: Ledger, line: str) -> Term:
    """What a line of the cash flow comes to in the month of the formula."""
    whole, timing = Key("line", line), CASH_LINES[line].timing
    if timing == "hours":
        return HoldingPeriod(whole) * Now("month.share")
    if timing == "months":
        return HoldingPeriod(whole) / Spot("calendar.period")
    if line == PREPAYMENTS.line:
        return prepayments_by_month(ledger)
    if line in WORKING_CAPITAL:
        return increase_by_month(ledger, line)
    in_month: dict[str, Callable[[], Term]] = {
        "resale": lambda: falling(whole, "time.first_month"),
        "loans_drawn": lambda: falling(whole, "time.first_month"),
        "arrangement_fees": lambda: falling(whole, "time.first_month"),
        "loans_repaid": lambda: falling(whole, "time.last_month"),
        "tax": lambda: _tax(ledger),
        "tax_settled": settled_by_month,
        "input_tax_investment": investment_by_month,
        "interest_on_cash": lambda: HoldingPeriod("finance.interest_on_cash") / 12 * Now("cash_after_payments"),
        "dividends": lambda: falling("dividend_for", "dividend_month"),
    }
    return in_month[line]() if line in in_month else total(_rows(ledger)[line])


def _tax(ledger: Ledger) -> Term:
    if has_interim(ledger):
        return total([Key("monthly", "tax", part) for part in ("rest", "advance")])
    return Literal(0) if ledger.case.finance.tax is None else falling(rest_of_tax(ledger), "tax_month")


def _rows(ledger: Ledger) -> dict[str, Sequence[RowKey]]:
    """Rows of these workings that add up to each line which several purchases or programmes make up."""
    choices = ledger.choices

    def bought(names: Sequence[str]) -> list[RowKey]:
        in_parts = [parts for name in names if (parts := parts_of_price(ledger, name))]
        at_once = _paid_at_once(ledger, names)
        rows: list[RowKey] = [Key("monthly", when, name) for when in ("first", "rest") for name in at_once]
        return rows + [Key("monthly", key) for parts in in_parts for key in keys_of(parts, "inst")]

    return {
        "system_price": bought(choices.offers),
        "additions": [Key("monthly", "additions", name) for name in choices.offers],
        "expansion": bought(choices.expansions),
        "contracted": [Key("monthly", "contracted", path) for path in _unpaid(ledger)],
        "property_tax": PAID_BY_MONTH.laid(ledger),
        "grants": [key for key, *_ in _grants(ledger)],
        "grants_repaid": [key for key, *_ in _returned(ledger)],
    }


def lay_month_payments(ledger: Ledger, sheet: Sheet) -> None:
    """Lays payments for orders, blocks and contracts, grants and what of them goes back, and funding, by month."""
    choices = ledger.choices
    _bought(ledger, sheet, "systems", choices.offers)
    _additions(ledger, sheet)
    _bought(ledger, sheet, "expansions", choices.expansions)
    _contracted(ledger, sheet)
    PAID_BY_MONTH.lay(ledger, sheet)
    for title, rows in (
        ("grants, by month of payment", _grants(ledger)),
        ("grants repaid, by month", _returned(ledger)),
    ):
        if rows:
            sheet.workings(title)
        for key, label, subject, series in rows:
            sheet.flow(key, label, "by the month of each part", subject, series=series)
    if has_interim(ledger):
        _tax_in_parts(ledger, sheet)
    _funding(ledger, sheet)


def _tax_in_parts(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what is paid of the tax of a year after its end and in advance, by month."""
    sheet.workings("tax, by month of payment")
    tax, note = say("tax of the year"), "by the month of each part"
    series = falling(rest_of_tax(ledger), "tax_month")
    sheet.flow(Key("monthly", "tax", "rest"), say("{what}: rest", what=tax), note, series=series)
    series = falling(Key("advance", "tax"), "advance_month")
    sheet.flow(Key("monthly", "tax", "advance"), say("{what}: paid in advance", what=tax), note, series=series)


def _paid_at_once(ledger: Ledger, names: Sequence[str]) -> list[str]:
    """What is paid with the order and on delivery."""
    return [name for name in names if parts_of_price(ledger, name) is None]


def _bought(ledger: Ledger, sheet: Sheet, what: str, bought: Sequence[str]) -> None:
    """What is paid with the order, what on delivery, and instalments; all stand below each other, and add up to a
    line."""
    if not bought:
        return
    sheet.workings(say("{what}, by month of payment", what=say(what)))
    names = _paid_at_once(ledger, bought)
    for name in names:
        series = falling(Key("first", name), "time.first_month")
        sheet.flow(
            Key("monthly", "first", name), about(name, "paid with the order"), "orders of the month", series=series
        )
    for name in names:
        series = falling(Key("rest", name), Key("delivered", name))
        note = "rests that are due in the month"
        sheet.flow(Key("monthly", "rest", name), about(name, "paid on delivery"), note, series=series)
    for parts in (parts for name in bought if (parts := parts_of_price(ledger, name))):
        for number, key in enumerate(keys_of(parts, "inst")):
            series = falling(key, Key("inst_month", number, parts.name))
            label = about(parts.name, say("part {number} of the price", number=number + 1))
            sheet.flow(Key("monthly", key), label, "parts that are due in the month", series=series)


def _additions(ledger: Ledger, sheet: Sheet) -> None:
    if ledger.choices.offers:
        sheet.workings("network, storage and installation, by month of payment")
    for name in ledger.choices.offers:
        share = additions_key(ledger, name)
        if parts := parts_of_price(ledger, name):
            paid = total([Key("monthly", key) for key in keys_of(parts, "inst")])
        else:
            paid = Now(Key("monthly", "first", name)) + Now(Key("monthly", "rest", name))
        series = paid * (Spot(share) if share else 0)
        sheet.flow(Key("monthly", "additions", name), verbatim(name), "share of the price paid", series=series)


def _unpaid(ledger: Ledger) -> dict[str, tuple[str, Message]]:
    """Systems under contract that are still to be paid, by where they stand on Inputs: what they are, and where."""
    return {
        path: (fleet.system, at_site(fleet.system, site))
        for path, (site, fleet) in fleets(ledger).items()
        if fleet.unpaid is not None
    }


def _contracted(ledger: Ledger, sheet: Sheet) -> None:
    unpaid = _unpaid(ledger)
    if unpaid:
        sheet.workings("still to be paid for systems under contract, by month")
    for path, (system, subject) in unpaid.items():
        due = Header("number").compare("=", Spot(Key("due_month", path)))
        note = "in the month of arrival, at the earliest the first"
        series = due * Spot(Key("contracted", path))
        sheet.flow(Key("monthly", "contracted", path), verbatim(system), note, subject, series=series)


def _grants(ledger: Ledger) -> list[tuple[Key, Text, Text, Term]]:
    """Each part of each grant: row, words, and what of it is paid in the month."""
    found: list[tuple[Key, Text, Text, Term]] = []
    for programme, rules in ledger.case.programmes.items():
        if not rules.aid.is_paid_out:
            continue
        for name, site in claims_of(ledger, programme):
            for part in parts_of(ledger, programme):
                paid = falling(net_key(ledger, programme, name, site), part.month_row(name))
                label: Message = say("paid by {programme}", programme=programme)
                if part.number is not None:
                    template = "part {number} of the grant of {programme}"
                    label = say(template, number=part.number + 1, programme=programme)
                key = Key("monthly", "granted", part.key, name, site)
                found.append((key, label, at_site(name, site), times(paid, Spot(part.share) if part.share else None)))
    return found


def _returned(ledger: Ledger) -> list[tuple[Key, Text, Text, Term]]:
    """Each part of each grant that goes back: row, words, and what of it goes back in the month."""
    found: list[tuple[Key, Text, Text, Term]] = []
    for programme in ledger.case.programmes:
        for it in returned(ledger, programme):
            back = times(falling(it.whole, it.month), Spot(it.part.share) if it.part.share else None)
            found.append((Key("monthly", it.month), about(programme, it.label), it.subject, back))
    return found


def _funding(ledger: Ledger, sheet: Sheet) -> None:
    funding = ledger.case.finance.funding
    if funding:
        sheet.workings("funding, by month")
    for month in funding:
        own = Spot(f"finance.funding.{month}.month")
        falls = Header("start").compare("<=", own) * Now("month.end").compare(">", own)
        key, label = Key("monthly", "falls", month), say("funding of {month} comes in", month=month)
        sheet.line(key, label, "yes = 1", "in its month", series=falls)
    for month, money in funding.items():
        foreign = money.currency != ledger.currency
        rate = HoldingPeriod(f"finance.exchange_rates.{money.currency}") if foreign else None
        amount = times(Now(Key("monthly", "falls", month)), Spot(f"finance.funding.{month}"), rate)
        sheet.flow(Key("monthly", "funding", month), say("funding of {month}", month=month), series=amount)
