"""A case with a past: what a plan and the actuals beside it say has happened is frozen, and the rest is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.quantities import Month
from planner.errors import Fault, InputError, Place
from planner.reading.actuals.file import Entry
from planner.reading.actuals.layout import DRAWN, REPAID
from planner.reading.case.file import Reading, overridden
from planner.reading.case.overrides import Override, labelled
from planner.reading.contracts import Bought, contracts, has_own_terms, own_name
from planner.reading.freezing import require_nothing_frozen
from planner.reading.past import Past
from planner.reading.tree.nodes import Node, tree_of
from planner.reading.tree.parse import parse_value

Claimed = tuple[str, str, str, Month]
"""Programme, offer or expansion, site, and month of the order."""


@dataclass(frozen=True)
class Told:
    """How a past is told in a case."""

    apart: frozenset[tuple[str, str, Month]] = frozenset()
    """Orders that have terms of their own there, by name, site and month."""
    void: frozenset[Claimed] = frozenset()
    """Claims that can no longer be."""
    cash: Mapping[Month, float] = field(default_factory=dict)
    """Cash that comes or goes besides, by month."""


def apart_in(past: Past, *cases: Case) -> frozenset[tuple[str, str, Month]]:
    """Orders that no longer have the terms of their offer in one of some cases."""
    old = past.plan.reading.case
    return frozenset(
        (one.name, one.site, one.month)
        for one, planned in zip(past.bought, past.planned, strict=True)
        if one.name in old.offers or one.name in old.expansions
        if one.comes != planned.comes or any(has_own_terms(one, old, case) for case in cases)
    )


def as_it_was(past: Past, told: Told) -> Reading:
    """The case of the plan, in which the orders with terms of their own came as planned; nothing else is different."""
    reading = past.plan.reading
    return _with(reading, [*contracts(_apart(past.planned, told), reading.case, reading.case)], "as planned")


def with_past(reading: Reading, past: Past, told: Told) -> Reading:
    """A case in which all that has happened is frozen, with its changes.

    Raises:
        InputError: the case freezes decisions itself, has another calendar, or something that happened cannot be in it;
            told by the cells of the actuals, all of it at once.
    """
    require_nothing_frozen(reading, "", "remove `frozen:` from the case; what has happened is frozen by itself")
    calendar = reading.case.calendar
    if calendar != past.plan.reading.case.calendar:
        found = f"the calendar is not that of {past.plan.path.name}"
        raise InputError([Fault(Place(reading.case.name), "calendar", found, "the same horizon and periods")])
    old = past.plan.reading.case
    overrides = [*contracts(_apart(past.bought, told), old, reading.case), *_changes(reading, past)]
    overrides.append(Override("frozen", _frozen(past, told), "frozen"))
    if told.cash:
        overrides.append(_funding(reading, past, told.cash))
    return _with(reading, overrides, f"as it was by {past.as_of}")


def _with(reading: Reading, overrides: Sequence[Override], source: str) -> Reading:
    called = [replace(one, value=labelled(one.value, source)) for one in overrides]
    own = [one for one in overrides if one.target.startswith(("offers.", "expansions."))]
    called += _unusual(reading, own, [one for one in overrides if one.target == "finance.funding"])
    return overridden(reading, called, reading.scenario)


def _unusual(reading: Reading, own: Sequence[Override], besides: Sequence[Override]) -> list[Override]:
    """What was ordered so needs no other reason."""
    late = {
        f"{one.target}.{field}": "as it was ordered"
        for one in own
        for field in ("price", "capex", "lead_time", "additions")
        if field in one.value.group
    }
    late |= {
        f"finance.funding.{month}": "cash that came besides"
        for one in besides
        for month in one.value.group
        if month not in map(str, reading.case.finance.funding)
    }
    if not late:
        return []
    place = [*own, *besides][0].value.place
    return [Override("unusual", tree_of({**reading.case.unusual, **late}, place), "unusual")]


def _apart(bought: Sequence[Bought], told: Told) -> list[Bought]:
    return [one for one in bought if (one.name, one.site, one.month) in told.apart]


def name_in(told: Told, name: str, site: str, month: Month) -> str:
    """What an offer or an expansion is called for an order of some month."""
    for where in (site, ""):
        if (name, where, month) in told.apart:
            return own_name(name, where, month)
    return name


def _frozen(past: Past, told: Told) -> Node:
    where, entries = Place(str(past.actuals.path)), past.entries
    arrivals = {(o.name, o.site, p.comes): (o.month, o.comes) for o, p in zip(past.bought, past.planned, strict=True)}
    orders, blocks, exits, claims = list[Node](), list[Node](), list[Node](), list[Node]()
    for one in past.bought:
        name = name_in(told, one.name, one.site, one.month)
        said = {"month": str(one.month)}
        if one.site:
            orders.append(tree_of({"offer": name, "site": one.site, **said, "systems": one.number}, one.place))
        else:
            blocks.append(tree_of({"expansion": name, **said, "blocks": one.number}, one.place))
    calendar = past.plan.reading.case.calendar
    for entry in entries["Exits"]:
        if entry.number("systems"):
            exits.append(_leaving(entry, told, arrivals, calendar))
    for entry in entries["Claims"]:
        month = entry.month("month")
        assert month is not None
        name, site = entry.text("investment"), entry.text("site")
        if entry.number("units") and (entry.text("programme"), name, site, month) not in told.void:
            said = {"programme": entry.text("programme"), "investment": name_in(told, name, site, month)}
            units = {"site": site, "month": str(month), "units": entry.number("units")}
            claims.append(tree_of({**said, **units}, entry.places["units"]))
    return Node(
        {
            "until": Node(str(past.as_of.plus(-1)), where),
            "orders": Node(orders, where),
            "blocks": Node(blocks, where),
            "exits": Node(exits, where),
            "claims": Node(claims, where),
            "draws": Node(_moved(past, DRAWN), where),
            "repayments": Node(_moved(past, REPAID), where),
            "complete": Node(True, where),
            "programmes": Node(_entered(past, where), where),
        },
        where,
    )


def _moved(past: Past, what: str) -> list[Node]:
    currency = past.plan.reading.case.finance.currency
    return [
        tree_of(
            {"loan": entry.text("loan"), "month": str(entry.month("month")), "money": f"{amount!r} {currency}"},
            entry.places["money"],
        )
        for entry in past.entries["Loans"]
        if entry.text("what") == what and (amount := entry.number("money"))
    ]


def _entered(past: Past, where: Place) -> dict[str, Node]:
    """Programmes that were entered, and under which something was claimed."""
    claimed = {entry.text("programme") for entry in past.entries["Claims"] if entry.number("units")}
    joined = [name for name, entered in past.plan.decisions.join.items() if entered and name in claimed]
    return {name: Node(True, where) for name in joined}


def _leaving(
    entry: Entry, told: Told, arrivals: Mapping[tuple[str, str, Month], tuple[Month, Month]], calendar: Calendar
) -> Node:
    offer, site, arrived = entry.text("offer"), entry.text("site"), entry.month("arrived")
    said = {"system": entry.text("system"), "site": site, "arrived": str(arrived)}
    for (name, where, planned), (month, comes) in arrivals.items():
        own = name_in(told, name, where, month)
        if (name, where) == (offer, site) and own != offer and _first(calendar, planned) == arrived:
            said |= {"arrived": str(_first(calendar, comes)), "offer": own}
            break
    else:
        said |= {"offer": offer} if offer else {}
    systems = {"month": str(entry.month("month")), "systems": int(entry.number("systems") or 0)}
    return tree_of({**said, **systems}, entry.places["systems"])


def _first(calendar: Calendar, month: Month) -> Month:
    """The first month of the period from which something is in use that comes in a month."""
    return calendar.start.plus(calendar.first_period_from(month) * calendar.months_per_period)


def _changes(reading: Reading, past: Past) -> Iterator[Override]:
    """Figures that are otherwise from a month on; a figure that was constant until then becomes one by month."""
    for entry in past.entries["Changes"]:
        path, month, place = entry.text("path"), entry.month("from"), entry.places["value"]
        value = parse_value(entry.text("value"), str(place))
        value = Node(value.value, place, entry.text("why"))
        if month is None:
            yield Override(path, value, path)
            continue
        here: Node | None = reading.source.root
        for key in path.split("."):
            here = here.child(key) if here is not None else None
        if here is not None and not here.group:
            steps = {str(reading.case.calendar.start): here, str(month): value}
            yield Override(path, Node(steps, place), path)
        else:
            yield Override(f"{path}.{month}", value, path)


def _funding(reading: Reading, past: Past, cash: Mapping[Month, float]) -> Override:
    """Cash that comes or goes otherwise than worked out, as money beside that of the owners."""
    finance, place = reading.case.finance, Place(str(past.actuals.path))
    said = {str(month): str(money) for month, money in finance.funding.items()}
    for month, amount in cash.items():
        there = finance.funding.get(month)
        if there is not None and there.currency != finance.currency:
            found = (
                f"there is money in {there.currency} in {month} already, where cash of {finance.currency} comes besides"
            )
            raise InputError([Fault(place, f"finance.funding.{month}", found, f"money in {finance.currency}")])
        said[str(month)] = f"{(there.amount if there else 0.0) + amount!r} {finance.currency}"
    return Override("finance.funding", tree_of(said, place), "finance.funding")
