"""Figures changed in Python: the same case as from a scenario, every fault at once, and the sources of the rest."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from planner.errors import InputError
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from tests.places import TINY

YEN, STEP = "finance.exchange_rates.USD", "offers.maker.price.2025-10"


@pytest.fixture(scope="module")
def case() -> Reading:
    return read_case(TINY)


def test_the_same_changes_make_the_same_case_as_a_scenario(case: Reading) -> None:
    named = case.in_scenario("weak-yen")
    changed = case.with_({YEN: "180 JPY", STEP: "280_000 USD"}, name="weak-yen")
    assert named == read_case(TINY, "weak-yen")
    assert changed.case == named.case
    assert changed.input_hash == named.input_hash != case.input_hash
    assert case == read_case(TINY)


def test_changes_of_changes_count_from_what_was_changed(case: Reading) -> None:
    twice = case.with_({YEN: "180 JPY"}).with_({STEP: "280_000 USD"}).with_({YEN: "170 JPY"})
    assert twice.case == case.with_({YEN: "170 JPY", STEP: "280_000 USD"}).case
    assert case.with_({}) == case


@pytest.mark.parametrize(
    ("value", "said"),
    [("1/3", 1 / 3), (0.25, 0.25), (np.float64(0.25), 0.25), (np.int64(0), 0.0), (Fraction(1, 4), 0.25)],
)
def test_values_of_any_kind_are_taken(case: Reading, value: object, said: float) -> None:
    assert case.with_({"programmes.grant.rate": value}).programmes["grant"].rate == said


def test_groups_lists_and_nothing_are_taken(case: Reading) -> None:
    steps = {"2024-04": "300_000 USD", "2025-04": "290_000 USD  # quotation 19"}
    changed = case.with_(
        {"offers.maker.price": steps, "offers.maker.tags": ["maker", "abroad"], "programmes.grant": None}
    )
    assert set(changed.offers["maker"].tags) == {"maker", "abroad"}
    assert not changed.programmes
    assert changed.provenance["offers.maker.price.2024-04"].source == "changed in Python"
    assert changed.provenance["offers.maker.price.2025-04"].source == "quotation 19"
    assert changed.provenance["finance.opening_cash"] == case.provenance["finance.opening_cash"]


def test_every_fault_is_told_at_once_by_its_path(case: Reading) -> None:
    wrong: dict[str, object] = {
        "programmes.grant.rate": 33, "finance.opening_cash": 3, "ofers.maker.price": 1, "programmes.grnt.rate": 0.5,
        "title": "{", "offers.maker.available": 3j, "offers.maker.system": "cub",
    }  # fmt: skip
    with pytest.raises(InputError) as caught:
        case.with_(wrong, name="con")
    told = {fault.field: fault for fault in caught.value.faults}
    assert set(told) == {*wrong, "name"}
    assert {str(fault.place) for fault in caught.value.faults} == {"with_"}
    assert told["programmes.grant.rate"].remedy == "did you mean 33 %?"
    assert told["programmes.grnt.rate"].remedy == "did you mean 'grant'?"
    assert told["ofers.maker.price"].remedy == "did you mean 'offers'?"
    assert told["offers.maker.available"].found == "'3j' is a complex"


def test_a_scenario_that_no_longer_fits_is_refused(case: Reading) -> None:
    with pytest.raises(InputError, match="'programmes' has no 'grant'"):
        case.with_({"programmes.grant": None}).in_scenario("no-grant")
    with pytest.raises(InputError, match="there is no scenario 'no-grant'"):
        case.in_scenario("weak-yen").in_scenario("no-grant")


def test_what_is_counted_per_period_is_not_taken_for_another_period(case: Reading) -> None:
    with pytest.raises(InputError, match="10 was written for periods of one quarter"):
        case.with_({"calendar.period": "half", "calendar.periods": 4})
    assert case.with_({"calendar.period": "half", "calendar.periods": 4, "offers.maker.available": 20})


def test_nothing_is_set_in_place(case: Reading) -> None:
    with pytest.raises(AttributeError, match="case never changes in place"):
        case.finance.opening_cash = 3  # type: ignore[assignment, misc]
