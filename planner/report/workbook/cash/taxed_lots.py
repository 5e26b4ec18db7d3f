"""What stands at a site under property tax, lot by lot: what it cost, when it came, and what lets it leave."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.case.programme import CostCategory
from planner.case.site import Fleet
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot, first_month_of
from planner.report.workbook.engine.terms import Literal, Term, call, times
from planner.report.workbook.physical.placements import (
    additions_key,
    arrival_period,
    fleet_paths,
    fleets,
    with_additions,
)
from planner.vocabulary.keys import Arrival, Investment, Vintage
from planner.vocabulary.message import Message, about, say


@dataclass(frozen=True)
class Lot:
    """Systems of one order or of one entry of the fleet, or blocks that were started together, at one site."""

    key: Key
    label: Message
    cost: Term
    """What all of it cost, before any grant."""
    units: Term
    """How many systems the decision on what leaves is about."""
    came: Term
    """The month from whose start it stands there, counted from the start of the horizon."""
    life: str
    """Where its life stands on Inputs."""
    exits: Key | None = None
    """Row of the decisions on what of it leaves."""
    retires: Term | None = None
    """The month at whose start it retires, counted likewise; of blocks that have a useful life."""
    is_bought: bool = True
    claim: Investment | None = None
    """What programmes may claim of it, of what is bought."""
    categories: tuple[CostCategory, ...] = ("systems",)
    """What its cost is for."""
    stood_before: bool = False
    """Whether it stood there before the horizon."""


def lots_at(ledger: Ledger, site: str) -> list[Lot]:
    """Everything that stands at a site at some time."""
    return [*_orders(ledger, site), *_blocks(ledger, site), *_fleet(ledger, site)]


def _exits(ledger: Ledger, vintage: Vintage) -> Key | None:
    return Key("exit", *vintage) if vintage in ledger.choices.exits else None


def _orders(ledger: Ledger, site: str) -> list[Lot]:
    case, found = ledger.case, []
    ordered = sorted((o.name, o.period) for o, count in ledger.decisions.order.items() if count and o.site == site)
    for offer, t in ordered:
        arrival = Arrival(case.calendar.starts[arrival_period(case, offer, t)], offer)
        units = Spot(Key("order", offer, site), t)
        apart = case.finance.depreciation.additions is not None and additions_key(ledger, offer)
        lot = Lot(
            key=Key("lot", site, offer, t),
            label=say("{name} ordered {month}", name=offer, month=case.calendar.label(t)),
            cost=times(units, Spot(Key("unit_cost", offer), t), None if apart else with_additions(ledger, offer)),
            units=units,
            came=first_month_of(Spot(Key("arrival", offer), t)),
            life="finance.depreciation.systems",
            exits=_exits(ledger, Vintage(case.offers[offer].system, site, arrival)),
            claim=Investment(offer, site, t),
            categories=("systems",) if apart or not additions_key(ledger, offer) else ("systems", "additions"),
        )
        found.append(lot)
        if apart:
            more, label = lot.cost * Spot(apart), about(lot.label, "network, storage and installation")
            key, life = Key("more", lot.key), "finance.depreciation.additions"
            found.append(replace(lot, key=key, label=label, cost=more, life=life, categories=("additions",)))
    return found


def _blocks(ledger: Ledger, site: str) -> list[Lot]:
    case, found = ledger.case, []
    for name, t in ledger.choices.starts:
        expansion = case.expansions[name]
        if expansion.site == site:
            units, own = Spot(Key("expand", name), t), expansion.depreciation_life is not None
            found.append(
                Lot(
                    key=Key("lot", site, name, t),
                    label=say("{name} started {month}", name=name, month=case.calendar.label(t)),
                    cost=units * Spot(Key("unit_cost", name), t),
                    units=units,
                    came=first_month_of(Spot(Key("arrival", name), t)),
                    retires=None if expansion.useful_life is None else first_month_of(Spot(Key("retires", name), t)),
                    claim=Investment(name, site, t),
                    categories=("facility",),
                    life=f"expansions.{name}.depreciation_life" if own else "finance.depreciation.facility",
                )
            )
    return found


def _bought_for(ledger: Ledger, path: str, fleet: Fleet) -> Term:
    """What systems without an order cost; of those that are to come what is paid and unpaid."""
    if fleet.acquisition_cost is not None:
        return ledger.home(fleet.acquisition_cost, f"{path}.acquisition_cost")
    book = ledger.home(fleet.book_value, f"{path}.book_value") if fleet.book_value is not None else Literal(0)
    return book + (Spot(Key("contracted", path)) if fleet.unpaid is not None else 0)


def _fleet(ledger: Ledger, site: str) -> list[Lot]:
    calendar, found = ledger.case.calendar, []
    for path, (place, fleet) in fleets(ledger).items():
        if place != site or not fleet.quantity or calendar.first_period_from(fleet.arrives) >= calendar.periods:
            continue
        together = [p for p in fleet_paths(ledger, fleet.system, site) if fleets(ledger)[p][1].arrives == fleet.arrives]
        found.append(
            Lot(
                key=Key("lot", path),
                label=say("{name} that arrives {month}", name=fleet.system, month=str(fleet.arrives)),
                cost=_bought_for(ledger, path, fleet),
                units=call("SUM", *(Spot(f"{one}.quantity") for one in together)),
                came=Spot(Key("month", path)) - Spot("time.month", 0) + 1,
                life="finance.depreciation.systems",
                exits=_exits(ledger, Vintage(fleet.system, site, Arrival(fleet.arrives))),
                is_bought=False,
                stood_before=fleet.arrives < calendar.start,
            )
        )
    return found
