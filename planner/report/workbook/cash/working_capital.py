"""Workings of Liquidity by month: when customers pay and suppliers are paid, and what is open at the end of each month.

What is paid in a month and what is open at its end come from different sums, so that one is a check of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.case.quantities import Money, Month
from planner.case.working_capital import WorkingCapital, has_prepayments, has_working_capital
from planner.report.workbook.cash.consumption_tax import gross, has_consumption_tax, lay_tax_on
from planner.report.workbook.cash.operation import serving_pairs
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import (
    Header,
    HeaderSpan,
    HoldingPeriod,
    Now,
    Spot,
    Whole,
    month_number,
    period_holding,
    total,
)
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call, times
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import Text, about, say, verbatim

_TERMS = "finance.working_capital"
_COSTS = {
    "energy": f"{_TERMS}.energy_days",
    "rent": f"{_TERMS}.rent_days",
    "operations": f"{_TERMS}.operations_days",
    "maintenance": f"{_TERMS}.maintenance_days",
}
"""Lines of cost that may be paid later, and where the case says how late."""
DAYS_OF_A_MONTH = "constants.days_of_credit"


@dataclass(frozen=True)
class Side:
    """What customers owe, or what is owed to suppliers: the words and rows of it."""

    name: str
    """Its balance."""
    line: str
    """The line of the cash flow by which it grows."""
    source: str
    """Where the case says what is open at the start."""
    moves: str
    """What happens to what is open."""


RECEIVABLES = Side("receivables", "receivables_increase", f"{_TERMS}.opening_receivables", "paid by customers")
PAYABLES = Side("payables", "payables_increase", f"{_TERMS}.opening_payables", "paid to suppliers")
PREPAYMENTS = Side("prepayments", "prepayments_increase", f"{_TERMS}.opening_prepayments", "worked off")


def is_laid(ledger: Ledger) -> bool:
    """Whether the case says that anything is paid later or in advance."""
    return has_working_capital(ledger.case)


def sides_of(ledger: Ledger) -> tuple[Side, ...]:
    """The sides that the case has."""
    if not is_laid(ledger):
        return ()
    return (RECEIVABLES, PAYABLES, PREPAYMENTS) if has_prepayments(ledger.case) else (RECEIVABLES, PAYABLES)


def lay_working_capital(ledger: Ledger, sheet: Sheet) -> None:
    """Lays days of credit as months, what is paid in each month, and what is open at its end."""
    if not is_laid(ledger):
        return
    sold, before = _sold(ledger), in_advance(ledger)
    used = _COSTS if ledger.case.finance.working_capital is not None else {}
    _months_of_credit(sheet, dict.fromkeys((*sold.values(), *used.values())))
    taxed = has_consumption_tax(ledger.case)
    if taxed:
        lay_tax_on(sheet, [*(["revenue"] if sold or before else []), *used])
    if sold or before:
        sheet.workings("revenue by workload and month")
    for workload in (*sold, *before):
        net = HoldingPeriod(Key("revenue_of", workload)) * Now("month.share")
        series = gross("revenue", net) if taxed else net
        sheet.flow(Key("sold_in", workload), verbatim(workload), "period x share of its hours", series=series)
    parts: dict[Side, list[tuple[Text, RowKey, str]]] = {
        RECEIVABLES: [(verbatim(workload), Key("sold_in", workload), path) for workload, path in sold.items()],
        PAYABLES: [(CASH_LINES[line].label, _used(ledger, line), path) for line, path in used.items()],
    }
    if used and taxed:
        sheet.workings("running costs with consumption tax, by month")
        for line in used:
            series = gross(line, Now(Key("monthly", line)))
            sheet.flow(_used(ledger, line), CASH_LINES[line].label, "line x (1 + tax on it)", series=series)
    for side in (RECEIVABLES, PAYABLES):
        _side(ledger, sheet, side, parts[side])


def lay_revenue_by_workload(ledger: Ledger, sheet: Sheet) -> None:
    """Lays on the sheet Cash flow what each workload earns whose customers pay later or in advance, all systems
    together."""
    sold = (*_sold(ledger), *in_advance(ledger))
    if sold:
        sheet.workings("revenue by workload")
    for workload in sold:
        systems = [Key("revenue", name, system) for name, system in serving_pairs(ledger) if name == workload]
        sheet.flow(Key("revenue_of", workload), verbatim(workload), "sum over the systems", series=total(systems))


def _sold(ledger: Ledger) -> dict[str, str]:
    """Workloads that are served, and where the case says how late their customers pay."""
    found: dict[str, str] = {}
    for workload, _ in serving_pairs(ledger):
        if ledger.case.workloads[workload].paid_in_advance is not None:
            continue
        if ledger.case.workloads[workload].customer_days is not None:
            found[workload] = f"workloads.{workload}.customer_days"
        elif ledger.case.finance.working_capital is not None:
            found[workload] = f"{_TERMS}.customer_days"
    return found


def in_advance(ledger: Ledger) -> dict[str, str]:
    """Workloads that are served and paid in advance, and where the case says how early."""
    workloads = dict.fromkeys(workload for workload, _ in serving_pairs(ledger))
    there = (name for name in workloads if ledger.case.workloads[name].paid_in_advance is not None)
    return {name: f"workloads.{name}.paid_in_advance" for name in there}


def _used(ledger: Ledger, line: str) -> Key:
    """The row of a cost by month, with the consumption tax on it."""
    return Key("used_in" if has_consumption_tax(ledger.case) else "monthly", line)


def _months_of_credit(sheet: Sheet, paths: Mapping[str, None]) -> None:
    if not paths:
        return
    sheet.workings("days of credit as months")
    for path in paths:
        note = "days / days of credit in a month, rounded down"
        value = call("INT", Spot(path) / Spot(DAYS_OF_A_MONTH))
        sheet.line(Key("months_late", path), "whole months", "months", note, path, value=value)
    for path in paths:
        value = Spot(path) / Spot(DAYS_OF_A_MONTH) - Spot(Key("months_late", path))
        label, note = "share that is paid one month later", "what is left of the days"
        sheet.line(Key("rest_late", path), label, "share", note, path, value=value)


def _side(ledger: Ledger, sheet: Sheet, side: Side, parts: list[tuple[Text, RowKey, str]]) -> None:
    """One side: payments by month, what is open of each, what was open at the start, and the sums."""
    name = side.name
    if parts:
        sheet.workings(say("{what}: by whole months of credit", what=say(side.moves)))
    for label, amount, path in parts:
        key, note = Key("later", name, amount), "what became open so many whole months before"
        sheet.flow(key, label, note, opening=0, series=_earlier(amount, path))
    if parts:
        sheet.workings(say("{what}, by month", what=say(side.moves)))
    for label, amount, path in parts:
        key, note = Key("late", name, amount), "a share of it one month later"
        sheet.flow(key, label, note, series=_split(Key("later", name, amount), path))
    if parts:
        sheet.workings(say("{what}: all of it so far", what=say(name)))
    for label, amount, _ in parts:
        key = Key("so_far", name, amount)
        sheet.money(key, label, "month before + month", opening=0, series=Now(key, -1) + Now(amount))
    if parts:
        sheet.workings(say("{what}: all of it so many whole months before", what=say(name)))
    for label, amount, path in parts:
        key, series = Key("so_far_then", name, amount), _earlier(Key("so_far", name, amount), path)
        sheet.money(key, label, "all so far, so many whole months before", opening=0, series=series)
    if parts:
        sheet.workings(say("{what}: open at the end of the month", what=say(name)))
    for label, amount, path in parts:
        series = Now(Key("so_far", name, amount)) - _split(Key("so_far_then", name, amount), path)
        note = "all so far - all so many months before"
        sheet.money(Key("open", name, amount), label, note, opening=0, series=series)
    opening = lay_opening(ledger, sheet, side)
    lay_sums(sheet, side, [amount for _, amount, _ in parts], opening)


def _earlier(row: RowKey, path: str) -> Term:
    """What a row has so many whole months before; nothing before the first."""
    return call("SUMIFS", Whole(row), HeaderSpan("number"), Header("number") - Spot(Key("months_late", path)))


def _split(row: RowKey, path: str) -> Term:
    """What a row has in the month, but for the share that follows one month later."""
    return Now(row) - Spot(Key("rest_late", path)) * (Now(row) - Now(row, -1))


def lay_opening(ledger: Ledger, sheet: Sheet, side: Side) -> list[str]:
    """Lays what is open at the start, and when it is paid or worked off; gives the paths of its amounts."""
    amounts = opening_of(ledger, side)
    if not amounts:
        return []
    paths = [f"{side.source}.{month}" for month in amounts]
    sheet.workings(say("{what} at the start of the horizon", what=say(side.name)))
    for month, path in zip(amounts, paths, strict=True):
        number = month_number(Spot(f"{path}.month")) - Spot("time.month", 0) + 1
        label = say("due in {month}", month=month)
        sheet.line(Key("due_number", path), about(label, "month of the horizon"), "month number", value=number)
    for month, money, path in _with_paths(amounts, paths):
        if _rate_changes(ledger, money):
            period = call("MIN", Spot("time.periods"), period_holding(Spot(Key("due_number", path))))
            label = about(say("due in {month}", month=month), "period of its exchange rate")
            note = "the one that holds that month, at the latest the last"
            sheet.line(Key("due_period", path), label, "period", note, value=period)
    for month, money, path in _with_paths(amounts, paths):
        label, note = say("due in {month}", month=month), "at the exchange rate of its period, at the latest the last"
        value = times(Spot(path), _rate_then(ledger, money, path))
        sheet.money(Key("due_amount", path), label, note, value=value)
    for month, path in zip(amounts, paths, strict=True):
        falls = Header("number").compare("=", Spot(Key("due_number", path)))
        label = about(say("due in {month}", month=month), side.moves)
        sheet.flow(Key("due_paid", path), label, "in its month", series=falls * Spot(Key("due_amount", path)))
    return paths


def opening_of(ledger: Ledger, side: Side) -> Mapping[Month, Money]:
    """What is open at the start of the horizon, by the month in which it is paid or worked off."""
    stated = ledger.case.finance.working_capital or WorkingCapital()
    found: Mapping[Month, Money] = getattr(stated, side.source.rpartition(".")[2])
    return found


def paid_of_opening(ledger: Ledger, side: Side) -> Term:
    """What of that is paid or worked off in the month of the formula."""
    return total([Key("due_paid", f"{side.source}.{month}") for month in opening_of(ledger, side)])


def _with_paths(amounts: Mapping[Month, Money], paths: list[str]) -> Iterator[tuple[Month, Money, str]]:
    for (month, money), path in zip(amounts.items(), paths, strict=True):
        yield month, money, path


def _rate_changes(ledger: Ledger, money: Money) -> bool:
    """Whether an amount is in another currency, at an exchange rate that the case states by month."""
    return money.currency != ledger.currency and ledger.grid.spot(f"finance.exchange_rates.{money.currency}")[1]


def _rate_then(ledger: Ledger, money: Money, path: str) -> Term | None:
    """The exchange rate of the period in which an amount is due."""
    if not _rate_changes(ledger, money):
        return ledger.rate(money.currency, 0)
    return call("INDEX", Whole(f"finance.exchange_rates.{money.currency}"), Spot(Key("due_period", path)))


def lay_sums(sheet: Sheet, side: Side, parts: list[RowKey], opening: list[str]) -> None:
    """What is open in all, and by how much that differs from what became open less what was paid."""
    name = side.name
    sheet.workings(say("{what}, in all", what=say(name)))
    left = Key("left_of_opening", name)
    opened: Term = total([]) + 0
    for path in opening:
        opened = opened + Spot(Key("due_amount", path))
    paid = total([Key("due_paid", path) for path in opening])
    label, note = "left of what was open at the start", "month before - paid"
    sheet.money(left, label, note, opening=opened, series=Now(left, -1) - paid)
    open_now = total([Key("open", name, amount) for amount in parts]) + Now(left)
    sheet.money(name, name, "open at the end of the month", kind="total", opening=open_now, series=open_now)
    rolled = Now(name) - Now(name, -1) - Now(Key("monthly", side.line))
    label, note = "balance less month before and increase", "must be nothing"
    sheet.money(Key("differs", name), label, note, series=rolled)


def increase_by_month(ledger: Ledger, line: str) -> Term:
    """By how much what is open grows in the month: what becomes open, less what is paid of it and of what was open."""
    side = next(side for side in (RECEIVABLES, PAYABLES) if side.line == line)
    if side is RECEIVABLES:
        rows: list[RowKey] = [Key("sold_in", workload) for workload in _sold(ledger)]
    else:
        rows = [_used(ledger, cost) for cost in _COSTS] if ledger.case.finance.working_capital is not None else []
    paid = total([Key("late", side.name, row) for row in rows])
    return total(rows) - paid - paid_of_opening(ledger, side)


def more_open(ledger: Ledger, rows: str) -> Term:
    """What moves cash apart from what is sold and used: more payables and prepayments less more receivables, of some
    rows of lines."""
    found: Term = Now(Key(rows, PAYABLES.line)) - Now(Key(rows, RECEIVABLES.line))
    return found + Now(Key(rows, PREPAYMENTS.line)) if PREPAYMENTS in sides_of(ledger) else found
