"""What keeps an offer from a site whatever it costs, and the limits that it would share there."""

from __future__ import annotations

from collections.abc import Iterable

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.outcome import LimitPrice


def reasons_against(case: Case, offer: str, site: str) -> list[str]:
    """Why an offer cannot come to stand at a site within the horizon, whatever it costs."""
    system, place = case.systems[case.offers[offer].system], case.sites[site]
    name, needs = case.offers[offer].system, system.installation
    coefficients = coefficients_of(case)
    if set(needs.cooling).isdisjoint(place.cooling):
        needed, there = " or ".join(needs.cooling), " and ".join(place.cooling)
        return [f"{name} needs {needed} cooling; {site} has {there or 'none'}"]
    if (name, site, "power") not in coefficients.sites.use:
        return [f"{name} does not fit into a rack of {site}: too much power or too high"]
    if not any((o, d) == (offer, site) for o, d, _ in coefficients.offers.delivery):
        return [f"no order of {offer} reaches {site} in time: order window, lead time, opening of the site and horizon"]
    orders = {key: limit for key, limit in coefficients.sites.order_limit.items() if key[:2] == (offer, site)}
    if not any(orders.values()):
        return [f"there is no room or no supply for even one {name} at {site}"]
    frozen = coefficients.frozen
    if case.frozen is not None and not any(
        frozen.orders.get(key, 0) if key in frozen.orders or key.period < frozen.periods else limit
        for key, limit in orders.items()
    ):
        until = case.frozen.until
        return [f"all orders of {offer} for {site} fall up to {until}, and none is among those that are frozen"]
    return []


def limits_shared(case: Case, limits: Iterable[LimitPrice], offer: str, site: str) -> tuple[LimitPrice, ...]:
    """The limits under which one more system of an offer at a site would need room."""
    system = case.offers[offer].system
    served = {w for (w, s, d) in coefficients_of(case).demand.suits if (s, d) == (system, site)}
    return tuple(limit for limit in limits if _is_shared(case, limit, offer, site, served))


def _is_shared(case: Case, limit: LimitPrice, offer: str, site: str, served: set[str]) -> bool:
    first, *below = limit.keys
    name = below[0] if below else ""
    if first in ("sites", "offers"):
        return name == (site if first == "sites" else offer)
    if first == "supply_chain_limits":
        return name in case.offers[offer].tags
    if first == "programmes":
        return _may_pay(case, name, offer, site)
    if first == "workloads":
        return name in served
    if first == "frozen":
        return _is_frozen_there(case, limit, offer, site)
    return first == "finance"


def _is_frozen_there(case: Case, limit: LimitPrice, offer: str, site: str) -> bool:
    """Whether an order that is frozen is of the offer, or takes room of the site."""
    if case.frozen is None or limit.keys[1] != "orders":
        return False
    order = case.frozen.orders[int(limit.keys[2])]
    return offer == order.offer or site == order.site


def _may_pay(case: Case, name: str, offer: str, site: str) -> bool:
    """Whether a programme may pay for systems of an offer at a site, in the right months."""
    programme, place = case.programmes[name], case.sites[site]
    counted = (
        (programme.systems, case.offers[offer].system),
        (programme.sites, site),
        (programme.regions, place.region),
    )
    return programme.categories != ("facility",) and all(not names or one in names for names, one in counted)
