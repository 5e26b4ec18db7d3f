"""Part of the sheet Key figures: what lenders ask of each fiscal year, and what room is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planner.report.workbook.cash.loan_rows import loan_key
from planner.report.workbook.cash.month_returns import NONE
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call, times
from planner.vocabulary.message import Text, about

PATH = "finance.covenants"
COVER = f"{PATH}.least_debt_service_cover"
LOCK_UP = "finance.dividends.lock_up_cover"
"""Where the figures stand on Inputs."""


def lay_covenants(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what is asked for, what there is, and the room between them, by fiscal year, below the debt cover."""
    _lock_up(ledger, sheet)
    covenants = ledger.case.finance.covenants
    if covenants is None:
        return
    sheet.workings("covenants")
    if covenants.least_debt_service_cover is not None:
        service, label = Now("service_counted"), "least debt service cover"
        asked = call("IF", service.compare("<", 1), NONE, Spot(COVER))
        sheet.line(Key("covenant", "cover"), label, "ratio", "see Inputs", series=asked, years=asked)
        room = call("IF", service.compare("<", 1), NONE, Now("operating_here") - Spot(COVER) * service)
        label, note = "cash from operations beyond what is asked for", "operations - least cover x debt service"
        sheet.money(Key("covenant", "cover_room"), label, note, years=room)
    if _asks_of_year_ends(ledger):
        _year_ends(ledger, sheet)


def _lock_up(ledger: Ledger, sheet: Sheet) -> None:
    """What cash from operations is beyond what lenders ask for before owners are paid, in years that pay."""
    dividends = ledger.case.finance.dividends
    if dividends is None or dividends.lock_up_cover is None:
        return
    sheet.workings("lock-up of dividends")
    label, note = "dividend for the fiscal year", "see Profit and tax"
    paid = Now(sheet.flow(Key("lock_up", "paid"), label, note, series=Now("dividend_for"), by_year=True))
    service = Now("service_counted")
    idle = service.compare("<", 1) + paid.compare("<", 1)
    room = call("IF", idle.compare(">", 0), NONE, Now("operating_here") - Spot(LOCK_UP) * service)
    label, note = (
        "cash from operations beyond the lock-up",
        "operations - lock-up cover x debt service, where owners are paid",
    )
    sheet.money(Key("covenant", "lock_up_room"), label, note, years=room)


def _asks_of_year_ends(ledger: Ledger) -> bool:
    covenants = ledger.case.finance.covenants
    return covenants is not None and (covenants.least_liquidity is not None or covenants.of_the_balance_sheet)


def _year_ends(ledger: Ledger, sheet: Sheet) -> None:
    """Balances where a fiscal year ends, what they may be, and the room between them."""
    covenants = ledger.case.finance.covenants
    assert covenants is not None
    after = Now("time.year_after").compare("<>", Header("fiscal_year"))
    label, note = "a fiscal year ends with the period", "the horizon may end before its last year does"
    sheet.line(Key("covenant", "ends"), label, "yes = 1", note, series=call("IF", after, 1, 0), by_year="end")
    label, note = "owed on all loans", "see Cash flow; where a fiscal year ends"
    owed = Now("debt") * Now(Key("covenant", "ends"))
    sheet.money(Key("covenant", "debt"), label, note, series=owed, by_year="end")

    def here(name: str, label: str, of: RowKey, note: str) -> Term:
        """A balance of another sheet."""
        key = Key("covenant", name)
        return Now(sheet.money(key, label, note, series=Now(of), by_year="end"))

    def room(name: str, label: str, note: str, amount: Term) -> None:
        """What is left at the end of each fiscal year with debt."""
        left = call("IF", Now(Key("covenant", "debt")).compare("<", 1), NONE, amount)
        sheet.money(Key("covenant", name), label, note, years=left)

    debt = Now(Key("covenant", "debt"))
    if covenants.least_liquidity is not None:
        there = here("cash", "cash", "cash", "see Cash flow") + total(_still_free(ledger, sheet))
        least = ledger.home(covenants.least_liquidity, f"{PATH}.least_liquidity")
        room("liquidity_room", "liquidity beyond what is asked for", "cash + what may be drawn - least", there - least)
    if covenants.most_loan_to_value is not None:
        most = Spot(f"{PATH}.most_loan_to_value") * here("assets", "fixed assets", "assets", "see Fixed assets")
        room("value_room", "room below the share of book value", "share x fixed assets - owed", most - debt)
    if covenants.most_debt_to_equity is not None:
        most = Spot(f"{PATH}.most_debt_to_equity") * here("equity", "equity", "equity", "see Balance sheet")
        room("equity_room", "room below the multiple of equity", "multiple x equity - owed", most - debt)


def _still_free(ledger: Ledger, sheet: Sheet) -> list[Key]:
    """What may still be drawn of each loan that is not tied to investments."""
    keys = []
    for name in [name for name, loan in ledger.case.finance.loans.items() if loan.share_of_investment is None]:
        limit = ledger.home(ledger.case.finance.loans[name].limit, f"finance.loans.{name}.limit")
        free = limit - Now(loan_key("owed", name)) if name in ledger.loans else limit
        still = times(free, Spot(f"finance.loans.{name}.revolving"), _is_open(ledger, name))
        label, note = about(name, "may still be drawn"), "limit - owed, where it revolves and its window is open"
        keys.append(sheet.money(Key("covenant", "free", name), label, note, name, series=still, by_year="end"))
    return keys


class Room(NamedTuple):
    """The room that a plan leaves to a covenant."""

    rule: str
    label: Text
    least: Term
    """In the fiscal year that has least."""


def covenant_rooms(ledger: Ledger) -> Iterator[Room]:
    """The least room of each covenant."""
    for row, rule, label in (
        ("cover_room", "debt_service_cover", "cash from operations beyond what the covenant asks for"),
        ("lock_up_room", "dividends", "cash from operations beyond the lock-up, where owners are paid"),
        ("liquidity_room", "year_end_covenants", "liquidity beyond what the covenant asks for"),
        ("value_room", "year_end_covenants", "room below the covenant on book value"),
        ("equity_room", "year_end_covenants", "room below the covenant on equity"),
    ):
        key = Key("covenant", row)
        if key in ledger.grid:
            yield Room(rule, label, call("MIN", ledger.grid.all_years(key)))


def _is_open(ledger: Ledger, loan: str) -> Term:
    """Whether a loan may be drawn in the month after the period: 1 or 0."""
    window, path = ledger.case.finance.loans[loan].draw_window, f"finance.loans.{loan}.draw_window"
    found: Term = Literal(1)
    if window.first is not None:
        found = times(found, call("IF", Now("time.end").compare(">=", Spot(f"{path}.from")), 1, 0))
    if window.last is not None:
        found = times(found, call("IF", Now("time.end").compare("<=", Spot(f"{path}.to")), 1, 0))
    return found
