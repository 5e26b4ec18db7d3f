"""All levers of a case, in the order in which a search for contradictions tries to do without its statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from planner.explain.derived import derived
from planner.explain.lever import Ground, Lever
from planner.explain.levers_assets import maintenance, resale
from planner.explain.levers_books import lives, longer_lives
from planner.explain.levers_cash import contracts, interest_on_cash, money_in, property_tax_rates, tax_rates
from planner.explain.levers_credit import days_of_credit, open_at_start, taxed_investment
from planner.explain.levers_dates import floors, windows
from planner.explain.levers_delivery import availabilities, fleets, late_offers, openings, retirements
from planner.explain.levers_frozen import pins
from planner.explain.levers_grants import grants
from planner.explain.levers_loans import capitalised, fees, parts
from planner.explain.levers_payment import import_duties, instalments
from planner.explain.levers_together import credits_kept, earlier_programmes, exclusions
from planner.explain.levers_work import selling_costs, survivals
from planner.vocabulary.constraints import FAMILIES
from planner.vocabulary.constraints.demand import SITE_LOSS
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.frozen import FROZEN_ORDER
from planner.vocabulary.constraints.money import (
    CASH_BALANCE,
    LOAN_TERM,
    LOAN_TO_VALUE,
    LOSSES_LEFT,
    MINIMUM_CASH,
    PROFIT,
)
from planner.vocabulary.constraints.sites import CAPACITY, FLEET_BALANCE, SITE_RESOURCE
from planner.vocabulary.constraints.terms import CLAIM_BY_DATE, CLAIM_ONCE, CREDIT_KEPT, OVERLAP

Maker = Callable[[Ground], Iterator[Lever]]
PRICED: Mapping[Family, tuple[Maker, ...]] = {
    LOAN_TERM: (parts,),
    CASH_BALANCE: (money_in, days_of_credit, taxed_investment),
    FROZEN_ORDER: (pins,),
    PROFIT: (grants,),
}
"""Levers of a kind of their own whose figures have a price, behind those of the family that they loosen."""
BY_HAND: Mapping[Family, tuple[Maker, ...]] = {
    SITE_RESOURCE: (openings, retirements),
    FLEET_BALANCE: (late_offers,),
    CAPACITY: (availabilities, fleets),
    SITE_LOSS: (survivals,),
    CLAIM_ONCE: (exclusions,),
    OVERLAP: (earlier_programmes,),
    CREDIT_KEPT: (credits_kept,),
    CLAIM_BY_DATE: (floors, windows),
    LOSSES_LEFT: (tax_rates, lives),
    LOAN_TO_VALUE: (longer_lives,),
    MINIMUM_CASH: (
        contracts,
        instalments,
        import_duties,
        selling_costs,
        property_tax_rates,
        fees,
        capitalised,
        open_at_start,
        interest_on_cash,
        maintenance,
        resale,
    ),
    **PRICED,
}
"""All levers of a kind of their own."""


def levers(ground: Ground, by_hand: Mapping[Family, tuple[Maker, ...]] = BY_HAND) -> list[Lever]:
    """The levers of all families; a limit has its lever by its record alone."""
    found: list[Lever] = []
    for topic, members in groupby(FAMILIES, key=lambda family: family.topic or family):
        families = list(members)
        together = derived(ground, families)
        for family in families:
            together += [lever for make in by_hand.get(family, ()) for lever in make(ground)]
        if isinstance(topic, str):  # all of a noun before the next
            together.sort(key=lambda lever: ground.place(*lever.entries[0][:2]))
        found += together
    return found
