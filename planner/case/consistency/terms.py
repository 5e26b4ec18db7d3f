"""Terms: what is promised for money, and what money is promised for, can be kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.programme import Programme
from planner.case.quantities import Rate
from planner.case.system import ResalePoint
from planner.case.timeline import Timeline
from planner.case.words import listed
from planner.case.workload import Workload


def resale_falls_with_age(draft: Draft) -> Iterator[Finding]:
    """Points of a resale curve stand in the order of age, no system gains value with age, and a factor has a curve."""
    curves: list[tuple[Path, tuple[ResalePoint, ...]]] = []
    with as_far_as_known():
        if draft.finance is not None:
            curves.append((("finance", "resale"), draft.finance.resale))
    for name, system in draft.systems.items():
        with as_far_as_known():
            curves.append((("systems", name, "resale"), system.resale))
    for curve, points in curves:
        yield from _falling(curve, points)


def _falling(curve: Path, points: tuple[ResalePoint, ...]) -> Iterator[Finding]:
    for number, (younger, older) in enumerate(itertools.pairwise(points), 1):
        with as_far_as_known():
            path: Path = (*curve, str(number))
            if older.age.months <= younger.age.months:
                found = f"{older.age} does not come after {younger.age}"
                yield Finding((*path, "age"), found, "ages that rise from point to point", "sort the points by age")
            elif older.share > younger.share:
                found = f"{older.share:.4g} at {older.age} is more than {younger.share:.4g} at {younger.age}"
                yield Finding((*path, "share"), found, "shares that fall with age")


def a_factor_has_a_curve(draft: Draft) -> Iterator[Finding]:
    """A factor on resale multiplies a curve that is there."""
    remedy = "state the curve under `resale`, or remove the factor"
    with as_far_as_known():
        if draft.finance is None:
            return
        common = bool(draft.finance.resale)
        if draft.finance.resale_factor is not None and not common:
            where: Path = ("finance", "resale_factor")
            yield Finding(where, "there is no resale curve that it could change", "points under finance.resale", remedy)
        for name, system in draft.systems.items():
            with as_far_as_known():
                if system.resale_factor is not None and not system.resale and not common:
                    where = ("systems", name, "resale_factor")
                    yield Finding(where, "there is no resale curve that it could change", "points of a curve", remedy)


def maintenance_steps_rise_in_age(draft: Draft) -> Iterator[Finding]:
    """Steps of maintenance by age stand in the order of age, and there is a maintenance that they change."""
    for name, system in draft.systems.items():
        with as_far_as_known():
            path: Path = ("systems", name, "maintenance_by_age")
            if system.maintenance_by_age and not system.maintenance_per_year:
                remedy = "state what a year of maintenance costs under `maintenance_per_year`, or remove the steps"
                yield Finding(path, "there is no maintenance that could change", "maintenance_per_year above 0", remedy)
            for number, (younger, older) in enumerate(itertools.pairwise(system.maintenance_by_age), 1):
                with as_far_as_known():
                    if older.age.months <= younger.age.months:
                        found = f"{older.age} does not come after {younger.age}"
                        where = (*path, str(number), "age")
                        yield Finding(where, found, "ages that rise from step to step", "sort the steps by age")


def retention_ends_within_useful_life(draft: Draft) -> Iterator[Finding]:
    """What a programme pays for lives as long as it has to stay; otherwise it could never be claimed.

    Blocks of an expansion without a life never leave, so a programme for them alone may ask for as long as it likes.
    """
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            yield from _blocks_stay_as_long(draft, name, programme)
        with as_far_as_known():
            if not {"systems", "additions"}.intersection(programme.categories):
                continue
            eligible = sorted(set(programme.systems or draft.offered) & set(draft.offered))
            short = [
                system for system in eligible if draft.systems[system].useful_life.months < programme.retention.months
            ]
            if short:
                life = draft.systems[short[0]].useful_life
                found = f"{programme.retention} is longer than the useful life of '{short[0]}' ({life})"
                remedy = f"correct one of them, or let `systems:` of the programme leave out {listed(short, 'and')}"
                yield Finding(("programmes", name, "retention"), found, f"at most {life}", remedy)


def _blocks_stay_as_long(draft: Draft, name: str, programme: Programme) -> Iterator[Finding]:
    """Blocks that a programme may pay for do not retire before its retention ends."""
    for block, expansion in draft.expansions.items() if "facility" in programme.categories else ():
        with as_far_as_known():
            life, site = expansion.useful_life, draft.sites.get(expansion.site)
            at_home = not programme.sites or expansion.site in programme.sites
            at_home = at_home and (not programme.regions or (site is not None and site.region in programme.regions))
            if life is not None and at_home and life.months < programme.retention.months:
                found = f"{programme.retention} is longer than the useful life of '{block}' ({life})"
                remedy = "correct one of them, or let `sites:` of the programme leave out the site of the blocks"
                yield Finding(("programmes", name, "retention"), found, f"at most {life}", remedy)


def work_that_survives_has_where_to_go(draft: Draft) -> Iterator[Finding]:
    """What must survive the loss of a site is a share of demand that must be served, and two sites may serve it."""
    for name, workload in draft.workloads.items():
        with as_far_as_known():
            if not workload.survives_site_loss:
                continue
            path = ("workloads", name, "survives_site_loss")
            if not workload.must_serve:
                found = "nothing of the demand has to be served, so nothing would have to survive"
                remedy = f"say with `must_serve:` of '{name}' which share of its demand must be served whatever happens"
                yield Finding(path, found, "false, or `must_serve:` above 0", remedy)
            places = [
                site for site, place in draft.sites.items() if not workload.regions or place.region in workload.regions
            ]
            if len(places) < 2:
                found = f"only {listed(places, 'and')} may serve it" if places else "no site may serve it"
                remedy = "add a site, or let `regions:` of the workload name a second region"
                yield Finding(path, found, "false, or a workload that two sites may serve", remedy)


def customers_pay_before_or_after_the_work(draft: Draft) -> Iterator[Finding]:
    """Customers of a workload pay in advance or so many days later, not both."""
    for name, workload in draft.workloads.items():
        with as_far_as_known():
            if workload.paid_in_advance is not None and workload.customer_days is not None:
                early, late = workload.paid_in_advance, workload.customer_days
                found = f"customers pay {early} before the work and {late:g} days after"
                remedy = "remove one of the two"
                yield Finding(("workloads", name, "paid_in_advance"), found, "one of the two", remedy)


def workloads_have_one_price(draft: Draft) -> Iterator[Finding]:
    """A workload is paid either per unit of its metric or per accelerator-hour by system."""
    for name, workload in draft.workloads.items():
        with as_far_as_known():
            path = ("workloads", name)
            allowed = "price or price_by_system, one of them"
            if workload.price is not None and workload.price_by_system:
                yield Finding(
                    (*path, "price_by_system"), "price and price_by_system are both given", allowed, "remove one"
                )
            elif workload.price is None and not workload.price_by_system:
                yield Finding((*path, "price"), "value missing", allowed, "write a price of zero if nobody pays")
            elif workload.price is not None:
                yield from _wrong_unit((*path, "price"), workload, workload.price)


def _wrong_unit(path: Path, workload: Workload, prices: Timeline[Rate]) -> Iterator[Finding]:
    per = "accelerator-hour" if workload.metric == "accelerators" else "PFLOPS-hour"
    for month, price in prices.steps:
        with as_far_as_known():
            if price.per != per:
                where = path if prices.is_constant else (*path, str(month))
                remedy = f"write the price per {per}, or count the amount in another metric"
                yield Finding(where, f"{price} does not fit the metric {workload.metric}", f"a price per {per}", remedy)
