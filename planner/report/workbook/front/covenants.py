"""Part of the sheet Key figures: what lenders ask of each fiscal year, and what room is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planner.report.workbook.cash.month_returns import NONE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Now, Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.message import Text

COVER = "finance.covenants.least_debt_service_cover"


def lay_covenants(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what is asked for, what there is, and the room between them, by fiscal year, below the debt cover."""
    covenants = ledger.case.finance.covenants
    if covenants is None or covenants.least_debt_service_cover is None:
        return
    sheet.workings("covenants")
    service, label = Now("service_counted"), "least debt service cover"
    asked = call("IF", service.compare("<", 1), NONE, Spot(COVER))
    sheet.line(Key("covenant", "cover"), label, "ratio", "see Inputs", series=asked, years=asked)
    room = call("IF", service.compare("<", 1), NONE, Now("operating_here") - Spot(COVER) * service)
    label, note = "cash from operations beyond what is asked for", "operations - least cover x debt service"
    sheet.money(Key("covenant", "cover_room"), label, note, years=room)


class Room(NamedTuple):
    """The room that a plan leaves to a covenant."""

    rule: str
    label: Text
    least: Term
    """In the fiscal year that has least."""


def covenant_rooms(ledger: Ledger) -> Iterator[Room]:
    """The least room of each covenant."""
    covenants = ledger.case.finance.covenants
    if covenants is not None and covenants.least_debt_service_cover is not None:
        least = call("MIN", ledger.grid.all_years(Key("covenant", "cover_room")))
        yield Room("debt_service_cover", "cash from operations beyond what the covenant asks for", least)
