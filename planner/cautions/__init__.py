"""What a case says that is allowed and most likely not meant; each check is one function.

A warning is no mistake: it does not change the plan, nor the exit status unless ``--strict`` asks for it. Where a
figure is right, a reason under ``unusual`` of the case lets it pass, as it does for figures that are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from planner.case.consistency.draft import with_way_out
from planner.cautions.demand import orders_can_be_paid, workloads_can_be_served
from planner.cautions.equity import a_lock_up_asks_for_more_than_the_covenant, owners_expect_more_than_capital_costs
from planner.cautions.halls import (
    racks_bear_what_the_cooling_is_for,
    racks_can_take_the_power,
    sites_suit_what_is_offered,
    standing_systems_have_what_they_need,
)
from planner.cautions.offers import offers_come_in_time, offers_fit_a_site
from planner.cautions.programmes import programmes_can_pay_for_something
from planner.cautions.rates import rates_are_the_right_way_round
from planner.cautions.sale import systems_are_not_bought_to_be_sold
from planner.cautions.subject import Doubt, Subject
from planner.cautions.throughput import throughput_is_dense
from planner.errors import Caution, Place
from planner.reading.case.file import Reading
from planner.reading.case.provenance import written_nearest
from planner.reading.tree.nodes import path_text

CHECKS: tuple[Callable[[Subject], Iterator[Doubt]], ...] = (
    offers_fit_a_site,
    offers_come_in_time,
    systems_are_not_bought_to_be_sold,
    sites_suit_what_is_offered,
    racks_bear_what_the_cooling_is_for,
    racks_can_take_the_power,
    standing_systems_have_what_they_need,
    programmes_can_pay_for_something,
    workloads_can_be_served,
    orders_can_be_paid,
    rates_are_the_right_way_round,
    owners_expect_more_than_capital_costs,
    a_lock_up_asks_for_more_than_the_covenant,
    throughput_is_dense,
)

__all__ = ["CHECKS", "Doubt", "Subject", "cautions_of"]


def cautions_of(reading: Reading, budget: Path) -> tuple[Caution, ...]:
    """The warnings about a case, in the order of their lines; ``budget`` is the file that was read."""
    subject = Subject(reading.case, reading.provenance)
    doubts = [doubt for check in CHECKS for doubt in check(subject) if not _is_explained(subject, doubt)]
    return tuple(sorted({_caution(doubt, subject, budget) for doubt in doubts}))


def _is_explained(subject: Subject, doubt: Doubt) -> bool:
    reasons = subject.case.unusual
    return any(reasons.get(".".join(path), "").strip() for path in (doubt.path, doubt.path[:-1]))


def _caution(doubt: Doubt, subject: Subject, budget: Path) -> Caution:
    stated = ".".join(doubt.path) in subject.provenance
    remedy = with_way_out(doubt.path, f"{doubt.remedy}.".replace("?.", "?")) if stated else doubt.remedy
    return Caution(_place(doubt, subject, budget), path_text(doubt.path), doubt.what, doubt.why, remedy)


def _place(doubt: Doubt, subject: Subject, budget: Path) -> Place:
    origin = written_nearest(doubt.path, subject.provenance)
    if origin is None:
        return Place(str(budget))
    return Place(str(budget) if origin.file == budget.name else origin.file, origin.line)
