"""Levers on what stands where and when: openings of sites, lead times, order windows, availability, fleets."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.quantities import Month
from planner.explain.figure import Figure, Path
from planner.explain.lever import Entry, Ground, Lever
from planner.model.linear import LinearExpression
from planner.vocabulary.constraints.demand import FAILOVER
from planner.vocabulary.constraints.sites import CAPACITY, FLEET_BALANCE, SITE_RESOURCE
from planner.vocabulary.constraints.terms import END_OF_LIFE, LEAVE_ONCE
from planner.vocabulary.keys import Arrival, Vintage


def openings(ground: Ground) -> Iterator[Lever]:
    """The month in which a site opens: all of its resources are nothing before."""
    starts = ground.case.calendar.starts
    for name, site in ground.case.sites.items():
        rows = [row.key for row in ground.rows.get(SITE_RESOURCE, ()) if row.key[0] == name]
        shut = [key for key in rows if starts[int(str(key[2]))] < site.opens]
        if shut:
            words = f"nothing stands at {name} before {site.opens}"
            path, figure = _opening(ground.case, name)
            periods = tuple(sorted({int(str(key[2])) for key in shut}))
            entries = tuple((SITE_RESOURCE, key, -1.0) for key in shut)
            yield Lever(path, words, entries, periods, figure, exact=False)


def retirements(ground: Ground) -> Iterator[Lever]:
    """The useful life of blocks: those that have retired would give their room for longer."""
    case, blocks = ground.case, ground.coefficients.blocks
    for name, expansion in case.expansions.items():
        if expansion.useful_life is None:
            continue
        path: Path = ("expansions", name, "useful_life")
        life = float(expansion.useful_life.months)
        figure = Figure(path, life, "months", 1, most=float(len(case.calendar.months)))
        words = f"blocks of {name} serve for {expansion.useful_life}"
        for row in ground.rows.get(SITE_RESOURCE, ()):
            site, t = row.key[0], int(str(row.key[2]))
            adds = sum(amount for (x, one), amount in blocks.adds.items() if (x, one) == (name, row.key[1]))
            gone = [start for start, ended in blocks.retired.items() if start.expansion == name and ended <= t]
            if site == expansion.site and gone and adds:
                room = LinearExpression()
                for start in gone:
                    room.add_term(ground.sums.decide.expand[start], adds)
                yield Lever(path, words, ((SITE_RESOURCE, row.key, -1.0),), (t,), figure, exact=False, within=room)


def _opening(case: Case, site: str) -> tuple[Path, Figure]:
    opens = case.sites[site].opens
    path: Path = ("sites", site, "opens")
    return path, Figure(path, float(opens), "month", -1, most=float(opens - case.calendar.start))


def late_offers(ground: Ground) -> Iterator[Lever]:
    """Systems that cannot be there yet: as if they were lent for the periods before the first delivery can come."""
    case, coefficients, calendar = ground.case, ground.coefficients, ground.case.calendar
    for name, offer in case.offers.items():
        lead = offer.effective_lead_time(case.systems[offer.system])
        assert lead is not None
        for site in case.sites:
            if (offer.system, site, "power") not in coefficients.sites.use:
                continue
            arrivals = [a for (o, d, _), a in coefficients.offers.delivery.items() if (o, d) == (name, site)]
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
        words = f"nothing stands at {site} before {opens}"
        path, figure = _opening(case, site)
    elif in_time and first is not None and first > case.calendar.start:
        path, words = ("offers", name, "order_window", "from"), f"{name} takes no orders before {first}"
        figure = Figure(path, float(first), "month", -1, most=float(first - case.calendar.start))
    elif in_time and last is not None:
        path, words = ("offers", name, "order_window", "to"), f"{name} takes no orders after {last}"
        figure = Figure(path, float(last), "month", 1, most=float(max(0, case.calendar.end - Month(last))))
    stay = ((FLEET_BALANCE, (offer.system, site, t + 1), 1.0),) if t + 1 < case.calendar.periods else ()
    entries = ((FLEET_BALANCE, (offer.system, site, t), -1.0), *stay)
    return Lever(path, words, entries, (t,), figure, exact=False)


def availabilities(ground: Ground) -> Iterator[Lever]:
    """The share of the time in which installed systems can work; the rest of what stands is what a change can add."""
    for (system, site, t), installed in ground.sums.decide.installed.items():
        share = ground.coefficients.sites.availability[system]
        if share < 1:
            path: Path = ("systems", system, "availability")
            figure = Figure(path, share, "share", 1, most=1 - share)
            words = f"an installed {system} works {figure.text(share)} of the time"
            entries: list[Entry] = [(CAPACITY, (system, site, t), -1.0)]
            entries += [
                (row.family, row.key, -1.0) for row in ground.rows.get(FAILOVER, ()) if row.key[1:] == (system, site, t)
            ]
            yield Lever(
                path,
                words,
                tuple(entries),
                (t,),
                figure,
                exact=False,
                within=LinearExpression() + installed * (1 - share),
            )


def fleets(ground: Ground) -> Iterator[Lever]:
    """Systems that are there or under contract."""
    for name, site in ground.case.sites.items():
        for number, entry in enumerate(site.fleet):
            key = Vintage(entry.system, name, Arrival(entry.arrives))
            if key not in ground.coefficients.vintages.fleet or not entry.quantity:
                continue
            period, _ = ground.coefficients.vintages.fleet[key]
            path: Path = ("sites", name, "fleet", str(number), "quantity")
            arrived = tuple((family, key, 1.0) for family in (END_OF_LIFE, LEAVE_ONCE))  # it has a row of one of them
            entries = ((FLEET_BALANCE, (entry.system, name, period), 1.0), *arrived)
            quantity = float(entry.quantity)
            figure = Figure(path, quantity, "count", -1, most=quantity, noun="systems")
            words = f"{entry.quantity:,} {entry.system} are at {name} or under contract for it"
            yield Lever(path, words, entries, (period,), figure, most=quantity)
