"""Levers on what can be bought, where it can stand, and what must be served."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.quantities import Month
from planner.case.timeline import Timeline
from planner.coefficients import Coefficients
from planner.explain.figure import Figure, Path, noun_of
from planner.explain.lever import Lever, steps
from planner.model.linear import Sum
from planner.vocabulary.resources import RESOURCES


def room_levers(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """Power, racks, cooling, posts and uplink of sites, and the month in which they open."""
    for name, site in case.sites.items():
        opens = [t for t, start in enumerate(case.calendar.starts) if start >= site.opens]
        closed = [t for t in figures.periods if t not in opens]
        blocks = [x for x, expansion in case.expansions.items() if expansion.site == name]
        more = f", enlarged only by {' and '.join(blocks)}" if blocks else ""
        for resource, record in RESOURCES.items():
            timeline = site.capacity.of(resource)
            if timeline is None:
                continue
            path: Path = ("sites", name, "capacity", resource)
            thing = "" if record.named_by_unit else f" of {record.label}"
            for where, value, periods in steps(timeline, path, case.calendar):
                held = tuple(t for t in periods if t in opens)
                if held:
                    noun = record.unit if record.kind == "amount" else ""
                    entries = tuple(("site_resource", (name, resource, t), -1.0) for t in held)
                    figure = Figure(where, float(value or 0.0), record.kind, 1, noun=noun)
                    amount = f"{value or 0:,.6g} {noun_of(value or 0, noun)}" if noun else None
                    words = f"{name} has {amount or figure.text(figure.value)}{thing}{more}"
                    yield Lever(path, words, entries, held, figure)
        if closed:
            entries = tuple(
                ("site_resource", (name, resource, t), -1.0)
                for resource in RESOURCES
                for t in closed
                if (name, resource, t) in figures.capacity
            )
            month = Figure(
                ("sites", name, "opens"), float(site.opens), "month", -1, most=float(site.opens - case.calendar.start)
            )
            words = f"nothing stands at {name} before {site.opens}"
            yield Lever(("sites", name, "opens"), words, entries, tuple(closed), month, exact=False)


def supply_levers(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """What suppliers have, period by period and in all."""
    for name, offer in case.offers.items():
        limited: dict[str, Timeline[int] | None] = {"available": offer.available, "allocation": offer.allocation}
        for field, timeline in limited.items():
            path: Path = ("offers", name, field)
            limits = figures.available if field == "available" else figures.allocation
            tail: tuple[object, ...] = () if field == "available" else ("allocation",)
            if timeline is None:
                continue
            for where, value, periods in steps(timeline, path, case.calendar):
                held = tuple(t for t in periods if (name, t) in limits)
                if held:
                    entries = tuple(("supply", (name, t, *tail), -1.0) for t in held)
                    span = "in one period" if field == "available" else "in all"
                    words = f"{name} has at most {value or 0:,} {offer.system} {span}"
                    yield Lever(
                        path, words, entries, held, Figure(where, float(value or 0), "count", 1, noun="systems")
                    )
    for tag, share in case.supply_chain_limits.items():
        path = ("supply_chain_limits", tag)
        words = f"at most {share:.0%} of all spend may carry {tag}"
        figure = Figure(path, share, "share", 1, most=1 - share)
        yield Lever(path, words, (("supply_chain_share", (tag,), -1.0),), (), figure, exact=False)
    for name, expansion in case.expansions.items():
        path = ("expansions", name, "blocks")
        words = f"at most {expansion.blocks} {noun_of(expansion.blocks, 'blocks')} of {name} can be built"
        yield Lever(
            path,
            words,
            (("block_balance", (name,), -1.0),),
            (),
            Figure(path, float(expansion.blocks), "count", 1, noun="blocks"),
        )


def demand_levers(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """How much is asked for, and how much of it has to be served."""
    for name, work in case.workloads.items():
        asked = tuple(t for t in figures.periods if figures.amount[name, t] > 0)
        may_wait = figures.may_go_unserved[name]
        path: Path = ("workloads", name, "amount")
        for where, value, periods in steps(work.amount, path, case.calendar):
            held = tuple(t for t in periods if t in asked)
            amount = float(value or 0.0)
            entries = [entry for t in held for entry in (
                ("demand", (name, t), 1.0), ("service_level", (name, t), may_wait),
            )]  # fmt: skip
            if held:
                figure = Figure(where, amount, "amount", -1, most=amount, noun=work.metric)
                words = f"the demand for {name} is {amount:,.6g} {noun_of(amount, work.metric)}"
                yield Lever(path, words, tuple(entries), held, figure, most=amount)
        if work.must_serve > 0 and asked:
            path = ("workloads", name, "must_serve")
            entries = [("service_level", (name, t), -figures.amount[name, t]) for t in asked]
            figure = Figure(path, work.must_serve, "share", -1, most=work.must_serve)
            words = f"at least {figure.text(work.must_serve)} of the demand for {name} must be served"
            yield Lever(path, words, tuple(entries), asked, figure, most=work.must_serve)


def fleet_levers(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """Systems that are there or under contract, and the share of their time in which they work."""
    for name, site in case.sites.items():
        for number, entry in enumerate(site.fleet):
            key = (entry.system, name, str(entry.arrives))
            if key not in figures.fleet or not entry.quantity:
                continue
            period, _ = figures.fleet[key]
            path: Path = ("sites", name, "fleet", str(number), "quantity")
            entries = (
                ("fleet_balance", (entry.system, name, period), 1.0),
                ("useful_life", key, 1.0),
            )
            figure = Figure(path, float(entry.quantity), "count", -1, most=float(entry.quantity), noun="systems")
            words = f"{entry.quantity:,} {entry.system} are at {name} or under contract for it"
            yield Lever(path, words, entries, (period,), figure, most=float(entry.quantity))


def availability_levers(
    case: Case, figures: Coefficients, installed: dict[tuple[str, str, int], Sum]
) -> Iterator[Lever]:
    """The share of the time in which installed systems can work; the rest of what stands is what a change can add."""
    for (system, site, t), there in installed.items():
        share = figures.availability[system]
        if share < 1:
            path: Path = ("systems", system, "availability")
            words = f"an installed {system} works {share:.0%} of the time"
            figure = Figure(path, share, "share", 1, most=1 - share)
            entries = (("capacity", (system, site, t), -1.0),)
            yield Lever(path, words, entries, (t,), figure, exact=False, within=there * (1 - share))


def late_offers(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """Systems that cannot be there yet: as if they were lent for the periods before the first delivery can come."""
    calendar = case.calendar
    for name, offer in case.offers.items():
        lead = offer.effective_lead_time(case.systems[offer.system])
        assert lead is not None
        for site in case.sites:
            if (offer.system, site, "power") not in figures.use:
                continue
            arrivals = [a for (o, d, _), a in figures.delivery.items() if (o, d) == (name, site)]
            first = min(arrivals, default=calendar.periods)
            for t in range(first):
                in_time = calendar.first_period_from(calendar.start.plus(lead.months)) <= t
                yield _lent(case, name, site, t, lead.months, in_time)


def _lent(case: Case, name: str, site: str, t: int, lead: int, in_time: bool) -> Lever:
    offer, opens = case.offers[name], case.sites[site].opens
    first, last = offer.order_window.first, offer.order_window.last
    path: Path = ("offers", name, "lead_time")
    figure = Figure(path, float(lead), "months", -1, most=float(lead))
    words = f"{offer.system} from {name} come {lead} months after their order"
    if in_time and case.calendar.starts[t] < opens:
        path, words = ("sites", site, "opens"), f"nothing stands at {site} before {opens}"
        figure = Figure(path, float(opens), "month", -1, most=float(opens - case.calendar.start))
    elif in_time and first is not None and first > case.calendar.start:
        path, words = ("offers", name, "order_window", "from"), f"{name} takes no orders before {first}"
        figure = Figure(path, float(first), "month", -1, most=float(first - case.calendar.start))
    elif in_time and last is not None:
        path, words = ("offers", name, "order_window", "to"), f"{name} takes no orders after {last}"
        figure = Figure(path, float(last), "month", 1, most=float(max(0, case.calendar.end - Month(last))))
    stay = (("fleet_balance", (offer.system, site, t + 1), 1.0),) if t + 1 < case.calendar.periods else ()
    entries = (("fleet_balance", (offer.system, site, t), -1.0), *stay)
    return Lever(path, words, entries, (t,), figure, exact=False)
