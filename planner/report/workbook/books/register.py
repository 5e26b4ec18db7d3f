"""What stands in the books: what came with one order, with blocks that were started together, or without an order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.case.programme import CostCategory
from planner.case.quantities import Duration
from planner.case.site import Fleet
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.physical.placements import additions_key, arrival_period, fleets, with_additions
from planner.vocabulary.keys import Arrival, Vintage
from planner.vocabulary.message import Message, Text, about, say


@dataclass(frozen=True)
class Asset:
    """One line of the asset register."""

    key: Key
    label: Message
    subject: Text
    cost: Term
    """What all of it cost."""
    units: Term
    """How many systems or blocks it has."""
    arrival: Term
    """Number of the first period in which it is in use."""
    category: CostCategory
    """What its cost is for."""
    life: Duration | None = None
    """Life of its own, of blocks that have one."""
    exits: tuple[tuple[str, Key], ...] = ()
    """(site, row of the decisions) of systems of it that leave."""
    retires: Term | None = None
    """Number of the period at whose start all of it retires, of blocks that have a useful life."""
    paths: tuple[str, ...] = ()
    """Where it stands on Inputs, if it came without an order."""

    @property
    def leaves(self) -> bool:
        """Whether some or all of it may leave within the horizon."""
        return bool(self.exits) or self.retires is not None


def assets_of(ledger: Ledger) -> list[Asset]:
    """All of them that were ordered or are there and stand in the books."""
    return [*_orders(ledger), *_blocks(ledger), *fleet_assets(ledger)]


def _exits(ledger: Ledger, system: str, arrival: Arrival, sites: set[str]) -> tuple[tuple[str, Key], ...]:
    exits = [one for one in ledger.choices.exits if (one.system, one.arrival) == (system, arrival)]
    return tuple((one.site, Key("exit", *one)) for one in exits if one.site in sites)


def _orders(ledger: Ledger) -> list[Asset]:
    """An order at several sites is one asset: it costs the same everywhere."""
    case, assets = ledger.case, []
    for offer, t in ledger.choices.orders_by_period:
        system, sites = case.offers[offer].system, {site for name, site in ledger.choices.orders if name == offer}
        arrival = Arrival(case.calendar.starts[arrival_period(case, offer, t)], offer)
        label = say("{name} ordered {month}", name=offer, month=case.calendar.label(t))
        exits = _exits(ledger, system, arrival, sites)
        asset = replace(_bought(offer, t, label, system, "systems"), exits=exits)
        assets += _by_category(ledger, asset, offer)
    return assets


def additions_apart(ledger: Ledger, name: str) -> bool:
    """Whether what is added to the systems of an offer is an asset of its own."""
    is_offer = name in ledger.case.offers
    return is_offer and ledger.case.finance.additions_apart and additions_key(ledger, name) is not None


def _by_category(ledger: Ledger, whole: Asset, offer: str) -> list[Asset]:
    """The systems of an order, and what is added to them where that is written off in a way of its own."""
    more = with_additions(ledger, offer)
    if more is None or not additions_apart(ledger, offer):
        return [whole]
    label = about(whole.label, "network, storage and installation")
    added = replace(whole, key=Key(whole.key, "additions"), label=label, category="additions")
    return [replace(whole, cost=whole.cost / more), replace(added, cost=whole.cost - whole.cost / more)]


def _blocks(ledger: Ledger) -> list[Asset]:
    case, assets = ledger.case, []
    for name, t in ledger.choices.starts:
        expansion, label = case.expansions[name], say("{name} started {month}", name=name, month=case.calendar.label(t))
        asset = _bought(name, t, label, expansion.site, "facility")
        retires = Spot(Key("retires", name), t) if expansion.useful_life is not None else None
        assets.append(replace(asset, life=expansion.depreciation_life, retires=retires))
    return assets


def _bought(name: str, t: int, label: Message, subject: Text, category: CostCategory) -> Asset:
    cost, units, arrival = (Spot(Key(row, name), t) for row in ("whole_cost", "ordered", "arrival"))
    return Asset(Key(name, t), label, subject, cost, units, arrival, category)


def fleet_assets(ledger: Ledger) -> list[Asset]:
    """Systems without an order that have a book value or are still to be paid for; one asset a month of arrival."""
    found: dict[Vintage, list[str]] = {}
    with_money: set[Vintage] = set()
    for path, (site, fleet) in fleets(ledger).items():
        vintage = Vintage(fleet.system, site, Arrival(fleet.arrives))
        found.setdefault(vintage, []).append(path)
        if fleet.book_value is not None or fleet.unpaid is not None:
            with_money.add(vintage)
    return [_fleet(ledger, one, tuple(paths)) for one, paths in found.items() if one in with_money]


def _fleet(ledger: Ledger, vintage: Vintage, paths: tuple[str, ...]) -> Asset:
    system, site, arrival = vintage
    key = Key(*vintage)
    counted = [Spot(f"{path}.quantity") for path in paths]
    return Asset(
        key=key,
        label=say("{name} that arrives {month}", name=system, month=str(arrival.month)),
        subject=at_site(system, site),
        cost=Spot(Key("fleet_cost", key)),
        units=counted[0] if len(counted) == 1 else call("SUM", *counted),
        arrival=call("MAX", 1, Spot(Key("number", paths[0]))),
        category="systems",
        exits=_exits(ledger, system, arrival, {site}),
        paths=paths,
    )


def fleet_money(ledger: Ledger, path: str, fleet: Fleet) -> tuple[Term, Term]:
    """Book value at the start, and what is still to be paid, of systems without an order that stand there on Inputs."""
    book = ledger.home(fleet.book_value, f"{path}.book_value") if fleet.book_value else Literal(0)
    return book, Spot(Key("contracted", path)) if fleet.unpaid is not None else Literal(0)
