"""Texts of the user that a workbook shows: they stay as they are, in whatever language the book is written."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.outcome import Outcome
from planner.vocabulary.keys import Arrival


def own_texts(outcome: Outcome) -> frozenset[str]:
    """Names, titles, currencies and arrivals of a plan."""
    case = outcome.case
    fixed = {case.name, case.title, outcome.scenario, outcome.proof.solver, outcome.input_hash, outcome.input_hash[:12]}
    return frozenset(fixed | own_names(case, outcome.decisions)) - {""}


def own_names(case: Case, decisions: Decisions) -> frozenset[str]:
    """The names of a case, its currencies and its arrivals."""
    return frozenset(_names(case)) | frozenset(_arrivals(case, decisions))


def _names(case: Case) -> Iterator[str]:
    groups = (
        case.systems, case.offers, case.sites, case.expansions, case.workloads, case.programmes, case.scenarios,
        case.supply_chain_limits, case.finance.exchange_rates, case.finance.loans,
    )  # fmt: skip
    yield case.finance.currency
    for name in (name for group in groups for name in group):
        yield name
        # Paths in plain words, as on Inputs, cut names at dots and show underscores as spaces.
        yield from (part.replace("_", " ") for part in name.split("."))
    for system in case.systems.values():
        yield from (price.currency for price in (system.price.typical,) if price is not None)


def _arrivals(case: Case, decisions: Decisions) -> Iterator[str]:
    yield from {str(vintage.arrival) for vintage, _ in decisions.exit}
    months: set[Month] = set(case.calendar.starts)
    for site in case.sites.values():
        yield from (str(fleet.arrives) for fleet in site.fleet)
    yield from (str(Arrival(month, offer)) for month in months for offer in case.offers)
