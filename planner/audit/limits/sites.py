"""Limits of what stands at sites: vintages, resources and blocks."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.dates import life_end_period, ready_period, retired_period
from planner.audit.facts import Facts
from planner.audit.hosting import resource_use
from planner.audit.limits.kinds import count_limit, in_period, listed_period, words_of
from planner.decisions import summed
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.keys import Stand
from planner.vocabulary.message import say
from planner.vocabulary.resources import RESOURCES, Resource


def fleet_balance(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """No more systems of a vintage leave than it has, and none of a vintage that nobody has."""
    for (vintage, t), count in facts.decisions.exit.items():
        if vintage not in facts.vintages:
            about = About(vintage.names, say("exit of {vintage}", vintage=words_of(vintage)))
            yield count_limit("fleet_balance", about, count, "<=", 0, "systems", t)
    for vintage, (_, count) in facts.vintages.items():
        about = About(vintage.names, say("{vintage}: exits", vintage=words_of(vintage)))
        yield count_limit("fleet_balance", about, facts.gone(vintage), "<=", count, "systems")


def useful_life(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """At the end of its life everything of a vintage has left."""
    for vintage, (_, count) in facts.vintages.items():
        end = life_end_period(facts.case, vintage)
        if end < len(facts.periods):
            gone = facts.gone(vintage, before=end + 1)
            about = About(vintage.names, say("{vintage}: gone at the end of life", vintage=words_of(vintage)))
            yield count_limit("useful_life", about, gone, "=", count, "systems", end)


def capacity(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """No more systems work than stand there and are able to."""
    working = summed((Stand(s, d, t), amount) for (_, s, d, t), amount in facts.decisions.serve.items())
    for key in {**facts.installed, **working}:
        system, site, t = key
        able = facts.case.systems[system].availability * facts.installed.get(key, 0)
        busy = working.get(key, 0.0)
        words = say("{system} at {site}{when}: at work", system=system, site=site, when=in_period(facts, t))
        about = About((system, site), words)
        yield count_limit("capacity", about, busy, "<=", able, "systems", t)


def block_balance(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """No more blocks are started than can be built."""
    for expansion, terms in facts.case.expansions.items():
        begun = sum(count for (name, _), count in facts.decisions.expand.items() if name == expansion)
        about = About((expansion,), say("{expansion}: blocks", expansion=expansion))
        yield count_limit("block_balance", about, begun, "<=", terms.blocks, "blocks")


def site_resource(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """What stands at a site takes no more of a resource than the site and its ready blocks offer."""
    for site in facts.case.sites:
        systems = [system for system, place, _ in facts.installed if place == site]
        for resource, record in RESOURCES.items():
            use = {system: resource_use(facts.case, system, site, resource) for system in systems}
            for t in facts.periods:
                capacity = _site_capacity(facts, site, resource, t)
                if capacity is not None:
                    used = sum(use[system] * facts.installed.get(Stand(system, site, t), 0) for system in use)
                    when = listed_period(facts, t)
                    words = say("{site}, {resource}{when}", site=site, resource=say(resource), when=when)
                    about = About((site, resource), words)
                    yield count_limit("site_resource", about, used, "<=", capacity, record.unit, t)


def _site_capacity(facts: Facts, site: str, resource: Resource, t: int) -> float | None:
    timeline = facts.case.sites[site].capacity.stated(resource)
    if timeline is None and RESOURCES[resource].unlimited:
        return None
    is_open = facts.calendar.starts[t] >= facts.case.sites[site].opens
    base = (facts.at(timeline, t) or 0.0) if is_open else 0.0
    return base + sum(
        count * facts.case.expansions[expansion].adds.of(resource)
        for (expansion, started), count in facts.decisions.expand.items()
        if facts.case.expansions[expansion].site == site
        and ready_period(facts.case, expansion, started) <= t < retired_period(facts.case, expansion, started)
    )
