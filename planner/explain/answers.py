"""What ``plan explain`` and ``plan alternatives`` answer, from a plan and a way to plan again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from planner.case.case import Case
from planner.case.words import listed, spelling_hint
from planner.defaults import GAP, TIME_LIMIT
from planner.errors import Fault, InputError, NoPlanError, NoProofError, Place
from planner.explain.alternatives import alternatives
from planner.explain.choice_screen import alternative_lines
from planner.explain.figure import changed
from planner.explain.in_the_way import reasons_against
from planner.explain.priced import Priced
from planner.explain.prices import Beside, priced, with_prices_of
from planner.explain.screen import binding_lines, bought_lines, frozen_lines, reason_lines, why_not_lines
from planner.explain.why_bought import why_bought
from planner.explain.why_not import why_not, without_planning
from planner.outcome import Outcome, WarmStart


class Planner(Protocol):
    """How one case is planned: ``planner.planning.plan_case``, handed down by the command."""

    def __call__(
        self, case: Case, *, gap: float = GAP, time_limit: float = TIME_LIMIT, start: WarmStart | None = None
    ) -> Outcome:
        """Plans a case and proves the plan."""
        ...


def explained(outcome: Outcome, plan: Planner, *, confirm: int, gap: float, seconds: float) -> Iterator[str]:
    """What binds, its shadow price, and why systems were bought.

    As many of the most valuable limits as are to be confirmed are planned again with one unit more.
    """
    beside = Beside.of(outcome)
    found = priced(outcome, beside)
    records = tuple(
        one.record(_planned_again(outcome, one, plan, gap, seconds) if number < confirm else None)
        for number, one in enumerate(found)
    )
    yield from binding_lines(replace(outcome, prices=records), outcome.provenance)
    yield from _cost_of_what_is_frozen(outcome, plan, gap, seconds)
    yield from bought_lines(outcome, why_bought(outcome, beside))


def _planned_again(outcome: Outcome, one: Priced, plan: Planner, gap: float, seconds: float) -> float | None:
    """What the plan of the case with one unit changed gains; None where none was found in time."""
    case = changed(outcome.case, {one.figure.path: one.figure.text(one.after(1.0))})
    try:
        again = plan(case, gap=gap, time_limit=seconds, start=outcome.warm_start)
    except (NoPlanError, NoProofError):
        return None
    gain = again.audit.objective - outcome.audit.objective
    return -gain if outcome.proof.kind == "cost" else gain


def _cost_of_what_is_frozen(outcome: Outcome, plan: Planner, gap: float, seconds: float) -> Iterator[str]:
    """How much better the best plan is in which nothing is frozen; nothing where nothing is."""
    if outcome.case.frozen is None:
        return
    try:
        free = plan(outcome.case.model_copy(update={"frozen": None}), gap=gap, time_limit=seconds)
    except (NoPlanError, NoProofError):
        yield "What is frozen: no plan without it was found in time, so what it costs is not known"
        return
    yield from frozen_lines(outcome, free)


def asked_why_not(
    outcome: Outcome, target: str, *, gap: float, seconds: float, told: Callable[[], None] = lambda: None
) -> Iterator[str]:
    """Why what stands in front of the @ was not bought for the site behind it; ``told`` hears of every search.

    Raises:
        InputError: there is no such offer, system or site.
    """
    asked = targets(outcome.case, target)
    plain = {(offer, site): without_planning(outcome, offer, site) for offer, site in asked}
    beside = None if all(plain.values()) or not outcome.proof.within_gap else Beside.of(outcome)
    with_limits = outcome if beside is None else with_prices_of(outcome, beside)
    for offer, site in asked:
        answer = plain[offer, site] or why_not(
            with_limits, offer, site, gap=gap, seconds=seconds, told=told, beside=beside
        )
        yield from why_not_lines(outcome, answer)


def not_at_all(case: Case, target: str) -> list[str]:
    """The answer where it needs no plan, since nothing of that name can stand at the site; otherwise nothing.

    Raises:
        InputError: there is no such offer, system or site.
    """
    asked = targets(case, target)
    reasons = {offer: reasons_against(case, offer, site) for offer, site in asked}
    if not all(reasons.values()):
        return []
    return [line for offer, site in asked for line in reason_lines(offer, site, reasons[offer])]


def targets(case: Case, target: str) -> list[tuple[str, str]]:
    """The offers of a name, which is an offer or a system, and the site."""
    name, at, site = target.partition("@")
    names = [*case.offers, *dict.fromkeys(offer.system for offer in case.offers.values())]
    place, faults = Place("--why-not"), []
    if not at:
        faults.append(Fault(place, "", f"'{target}' names no site", "NAME@SITE, such as gb200@tokyo"))
    elif site not in case.sites:
        hint = spelling_hint(site, case.sites)
        faults.append(Fault(place, "", f"there is no site '{site}'", listed(case.sites), hint))
    if name not in names:
        hint = spelling_hint(name, names)
        faults.append(Fault(place, "", f"nothing named '{name}' is for sale", listed(names), hint))
    if faults:
        raise InputError(faults)
    return [(offer, site) for offer, one in case.offers.items() if name in (offer, one.system)]


def room_to_choose(
    outcome: Outcome, *, within: float, tag: str | None, seconds: float, told: Callable[[], None] = lambda: None
) -> Iterator[str]:
    """Plans almost as good that differ most, and what all of them have in common; ``told`` hears of every search.

    Raises:
        InputError: there is no such tag.
    """
    tags = sorted({one for offer in outcome.case.offers.values() for one in offer.tags})
    if tag is not None and tag not in tags:
        raise InputError(
            [Fault(Place("--tag"), "", f"no offer has the tag '{tag}'", listed(tags), spelling_hint(tag, tags))]
        )
    yield from alternative_lines(outcome, alternatives(outcome, within=within, tag=tag, seconds=seconds, told=told))
