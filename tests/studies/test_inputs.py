"""Inputs that differ are listed figure by figure, whatever group or list they stand in."""

from __future__ import annotations

import pytest

from planner.reading.budget import read_case
from planner.studies.inputs import InputChange, input_changes
from tests.cases.toy import toy
from tests.places import FAULTS

STATED = FAULTS / "compare-stated-stated/case.yaml"
CURVE = [{"age": "12 months", "share": "50 %"}, {"age": "24 months", "share": "30 %"}, {"age": "36 months", "share": 0}]

EXPECTED = {
    "resale-whole": [
        ("finance.resale.0.share", "0.8", "0.7"),
        ("finance.resale.1.age", "1 year", "4 years"),
        ("finance.resale.1.share", "0.6", "0.05"),
        ("finance.resale.2.age", "4 years", "–"),
        ("finance.resale.2.share", "0.1", "–"),
    ],
    "resale-same-length": [("finance.resale.1.share", "0.6", "0.5")],
    "tags": [("offers.maker.tags.0", "line", "a"), ("offers.maker.tags.1", "–", "b")],
    "cats": [("programmes.grant.categories.1", "–", "additions")],
    "price-steps": [
        ("offers.maker.price.2026-04", "–", "60_000_000 JPY"),
        ("offers.maker.price.2027-04", "–", "50_000_000 JPY"),
    ],
    "same": [],
    "cooling": [],
}


@pytest.mark.parametrize("scenario", EXPECTED)
def test_changes_in_lists_are_shown_figure_by_figure(scenario: str) -> None:
    assert changes(scenario) == EXPECTED[scenario]


def test_an_entry_that_is_taken_out_or_put_in_does_not_move_the_others() -> None:
    gone = {path: (base, there) for path, base, there in changes("fleet-drop")}
    assert gone["sites.north.fleet.1.quantity"] == ("1", "–")
    assert not [path for path in gone if not path.startswith("sites.north.fleet.1.")]
    whole, less = (toy(finance__resale=curve) for curve in (CURVE, CURVE[1:]))
    assert input_changes(whole, less) == [
        InputChange("finance.resale.0.age", "12 months", "–"),
        InputChange("finance.resale.0.share", "0.5", "–"),
    ]
    assert [(one.path, one.base) for one in input_changes(less, whole)] == [
        ("finance.resale.0.age", "–"),
        ("finance.resale.0.share", "–"),
    ]


def test_nothing_is_only_stated() -> None:
    for name in read_case(STATED).case.scenarios:
        for path, *values in changes(name):
            assert not {"stated", "[", "{"} & {value[:1] if value[:1] in "[{" else value for value in values}, path
    assert ("offers.new.supplier", "–", "q") in changes("offer-new")
    assert ("offers.maker.supplier", "Maker", "–") in changes("offer-gone")


def changes(scenario: str) -> list[tuple[str, str, str]]:
    base, other = read_case(STATED).case, read_case(STATED, scenario=scenario).case
    return [(one.path, one.base, one.scenario) for one in input_changes(base, other)]
