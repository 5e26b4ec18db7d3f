"""What must hold of any case: looser limits and more money on offer never hurt, and units never matter."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from tests.planned import planned as plan_or_none
from tests.rival.currency import reported_in, restated
from tests.rival.generator import tiny_fields

Fields = dict[str, Any]
NUMBERS = range(1000, 1030)
CLOSE = 1e-7
"""Share by which equal objectives may differ."""


_PLANNED: dict[str, Outcome | None] = {}
"""Plans by what stands in the case: every property starts from the same cases."""


def planned(fields: Fields) -> Outcome | None:
    """The plan of a case; None where there is none."""
    said = repr(fields)
    if said not in _PLANNED:
        _PLANNED[said] = plan_or_none(Case.model_validate(fields))
    return _PLANNED[said]


def objective_of(outcome: Outcome | None) -> float:
    """How good a plan is, the larger the better; no plan is worse than any."""
    if outcome is None:
        return -float("inf")
    return -outcome.proof.objective if outcome.proof.kind == "cost" else outcome.proof.objective


def not_worse(after: float, before: float) -> bool:
    return after >= before - CLOSE * max(1.0, abs(before) if before > -float("inf") else 1.0)


def each(noun: str, change: Callable[[Fields], object]) -> Callable[[Fields], None]:
    """A change of every noun of a kind."""

    def apply(fields: Fields) -> None:
        for one in fields.get(noun, {}).values():
            change(one)

    return apply


def drop(*names: str) -> Callable[[Fields], None]:
    """A change that takes fields away."""

    def apply(one: Fields) -> None:
        for name in names:
            one.pop(name, None)

    return apply


LOOSER: dict[str, Callable[[Fields], object]] = {
    "more cash": lambda fields: fields["finance"].update(opening_cash="10 bn JPY"),
    "no minimum of cash": lambda fields: fields["finance"].update(minimum_cash="0 JPY"),
    "no limit on capital expenditure": lambda fields: fields["finance"].pop("capex_limits", None),
    "no ceiling on public money": lambda fields: fields["finance"].update(public_money_ceiling=1.0),
    "no limit on dependences": lambda fields: fields.pop("supply_chain_limits", None),
    "more power": each("sites", lambda site: site["capacity"].update(power="80 kW")),
    "any number of racks": each("sites", lambda site: site["capacity"].pop("racks", None)),
    "more supply": each("offers", lambda offer: offer.update(available=6, allocation=9)),
    "orders at any time": each("offers", drop("order_window")),
    "nothing has to be served": each("workloads", drop("must_serve")),
    "no caps": each("programmes", drop("total_cap", "operator_cap", "fiscal_year_caps")),
    "nothing has to be kept": each("programmes", drop("retention")),
    "nothing is asked in return": each("programmes", drop("obligations", "minimum_investment")),
    "programmes add up": each("programmes", drop("excludes")),
}


@pytest.mark.parametrize("change", LOOSER)
def test_a_looser_limit_never_hurts(change: str) -> None:
    changed = 0
    for number in NUMBERS:
        fields = tiny_fields(number)
        looser = copy.deepcopy(fields)
        LOOSER[change](looser)
        if looser != fields:
            changed += 1
            assert not_worse(objective_of(planned(looser)), objective_of(planned(fields))), fields["name"]
    assert changed >= 3, "the change has to touch some cases"


def test_a_higher_rate_never_lowers_the_objective() -> None:
    # A minimum of investment is left out: a higher rate reaches the cap with less of it.
    for number in NUMBERS:
        fields = tiny_fields(number)
        each("programmes", drop("minimum_investment"))(fields)
        higher = copy.deepcopy(fields)
        each("programmes", lambda one: one.update(rate=0.8))(higher)
        assert not_worse(objective_of(planned(higher)), objective_of(planned(fields))), fields["name"]


def extra_programme(**terms: Any) -> Fields:
    return {"rate": 0.3, "categories": ["systems", "facility"], **terms}


def test_a_further_programme_never_lowers_the_objective() -> None:
    better = 0
    for number in NUMBERS:
        fields = tiny_fields(number)
        before = planned(fields)
        for terms in ({}, {"excludes": list(fields["programmes"])}):
            more = {**fields, "programmes": {**fields["programmes"], "further": extra_programme(**terms)}}
            after = planned(more)
            assert not_worse(objective_of(after), objective_of(before)), fields["name"]
            better += objective_of(after) > objective_of(before) + 1
    assert better >= 10, "a further programme has to help somewhere"


def test_a_programme_that_nobody_can_use_changes_nothing() -> None:
    for number in NUMBERS:
        fields = tiny_fields(number)
        over = extra_programme(order_window={"to": "2020-01"})
        before, after = planned(fields), planned({**fields, "programmes": {**fields["programmes"], "over": over}})
        assert (before is None) == (after is None)
        if before is not None and after is not None:
            assert whole_numbers(after) == whole_numbers(before), fields["name"]
            assert after.proof.objective == pytest.approx(before.proof.objective, rel=CLOSE, abs=1.0)


def whole_numbers(outcome: Outcome) -> tuple[object, ...]:
    decisions = outcome.decisions
    return decisions.order, decisions.expand, decisions.exit


UNITS: dict[str, tuple[Callable[[Fields], Fields], float]] = {
    "plain yen": (lambda fields: restated(fields, "JPY", 1.0), 1.0),
    "millions of yen": (lambda fields: restated(fields, "MJY", 1e6), 1e6),
    "billions of yen": (lambda fields: restated(fields, "BJY", 1e9), 1e9),
    "dollars": (lambda fields: restated(fields, "USD", 128.0), 128.0),
    "results in millions, prices in yen": (lambda fields: reported_in(fields, "MJY", 1e6), 1e6),
    "results in dollars, prices in yen": (lambda fields: reported_in(fields, "USD", 128.0), 128.0),
}


@pytest.mark.parametrize("unit", UNITS)
def test_units_never_change_a_plan(unit: str) -> None:
    restate, yen = UNITS[unit]
    planned_cases = 0
    for number in range(1100, 1140):
        fields = tiny_fields(number)
        before, after = planned(fields), planned(restate(fields))
        assert (before is None) == (after is None), fields["name"]
        if before is not None and after is not None:
            planned_cases += 1
            assert whole_numbers(after) == whole_numbers(before), fields["name"]
            value = after.proof.objective * (1.0 if before.proof.kind == "compute" else yen)
            assert value == pytest.approx(before.proof.objective, rel=CLOSE, abs=10.0), fields["name"]
    assert planned_cases >= 20
