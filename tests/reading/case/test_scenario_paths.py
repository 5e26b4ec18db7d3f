"""Paths of a scenario mean the base case: whatever their order is, and no two of them speak of the same figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.reading.budget import read_case
from planner.reading.case.file import Reading, Source
from planner.reading.tree.parse import parse_tree
from tests import loaded
from tests.places import ROOT
from tests.reading.case.test_scenarios import with_scenario
from tests.reading.helpers import faults_of, line_of, read_text, tiny_with

LEASES = ROOT / "tests" / "cases" / "faults" / "scenario-null-list-items" / "case.yaml"
PRICE, MONTH = "offers.maker.price: 300_000 USD", "offers.maker.price.2025-10: 280_000 USD"
FLEET = "      - {system: cube, quantity: %d, arrives: 2024-01}\n"


def test_items_that_are_removed_are_those_of_the_base_case() -> None:
    for scenario in ("leases-end", "same-the-other-way-round"):
        fleet = read_case(LEASES, scenario).case.sites["hall"].fleet
        assert [item.quantity for item in fleet] == [1]


def test_the_real_command_plans_without_the_removed_items(tmp_path: Path) -> None:
    options = ["--scenario", "leases-end", "--output", str(tmp_path), "--json"]
    ended = loaded.run(str(LEASES), *options, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["input_hash"] == read_case(LEASES, "same-the-other-way-round").input_hash


def of_fleet(count: int, lines: list[str]) -> Reading:
    """The tiny case with items of a fleet, changed by a scenario."""
    text = with_scenario(*lines)
    first = text.index("      - system: cube")
    after = text.index("expansions:")
    text = text[:first] + "".join(FLEET % (number + 1) for number in range(count)) + text[after:]
    root, faults = parse_tree(text, "x")
    return Source.of(root, faults, Path("/nowhere")).reading("more")


CHANGES = {
    "finance.exchange_rates.USD": "160 JPY",
    "offers.maker.price.2025-10": "280_000 USD",
    "offers.maker.price.2024-04": "300_000 USD",
    "offers.new": "{system: cube, supplier: New, price: 290_000 USD}",
    "offers.other": "{system: cube, supplier: Other, price: 300_000 USD}",
    "programmes.grant": "null",
    "sites.north.fleet.0": "null",
    "sites.north.fleet.1.quantity": "70",
    "sites.north.fleet.2": "null",
    "sites.north.fleet.3": "{system: cube, quantity: 80, arrives: 2024-02}",
    "finance.resale.0": "null",
    "title": "Another one",
}


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.permutations(sorted(CHANGES)), st.integers(1, len(CHANGES)))
def test_the_order_of_the_keys_never_changes_the_case(order: list[str], count: int) -> None:
    chosen = order[:count]
    lines = [f"{target}: {CHANGES[target]}" for target in chosen]
    one, other = of_fleet(5, lines), of_fleet(5, sorted(lines))
    assert one.case.model_dump_json() == other.case.model_dump_json()
    assert one.input_hash == other.input_hash
    expected = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
    changes: dict[str, tuple[int, int | None]] = {
        "sites.north.fleet.0": (1, None), "sites.north.fleet.1.quantity": (2, 70),
        "sites.north.fleet.2": (3, None), "sites.north.fleet.3": (4, 80),
    }  # fmt: skip
    for target in set(chosen) & set(changes):
        number, quantity = changes[target]
        expected[number] = quantity or 0
    assert [item.quantity for item in one.case.sites["north"].fleet] == [one for one in expected.values() if one]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (
            "offers.maker.price: 300_000 USD",
            "offers.maker.price.2025-10: 280_000 USD",
            "it is a part of 'offers.maker.price'",
        ),
        (
            "offers.maker.price.2025-10: 280_000 USD",
            "offers.maker.price: 300_000 USD",
            "'offers.maker.price.2025-10' is a part of it",
        ),
        ("sites.north.fleet.0: null", "sites.north.fleet.0.quantity: 2", "removes as a whole"),
        ("programmes: {}", "programmes.grant.rate: 40 %", "it is a part of 'programmes'"),
        ("sites.north.fleet: []", "sites.north.fleet.0: null", "it is a part of 'sites.north.fleet'"),
        ("offers.maker.supplier: A", "ｏｆｆｅｒｓ.maker.supplier: B", "is the same path as"),
        ("unusual: {}", "unusual.finance.discount_rate: quoted", "it is a part of 'unusual'"),
    ],
)
def test_two_paths_to_one_figure_are_refused_with_both_lines(
    first: str, second: str, words: str, tmp_path: Path
) -> None:
    text = with_scenario(first, second)
    (fault,) = faults_of(tmp_path, text)
    assert words in fault.found
    assert fault.place.line == line_of(text, f"      {second}")
    assert f"line {line_of(text, f'      {first}')}" in fault.found


@pytest.mark.parametrize("number", ["00", "٠", "9" * 900, "-1", "1"])
def test_an_item_has_one_number(number: str, tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, with_scenario(f"sites.north.fleet.{number}: null"))
    assert "has no" in fault.found or "can stand in" in fault.found


def test_overrides_of_the_command_contradict_each_other_as_well(tmp_path: Path) -> None:
    overrides = {"offers.maker.price": "300_000 USD", "offers.maker.price.2025-10": "280_000 USD"}
    (fault,) = faults_of(tmp_path, tiny_with(), None, overrides)
    assert "override offers.maker.price" in fault.found
    assert (
        read_text(tmp_path, tiny_with(), "weak-yen", {"offers.maker.price": "300_000 USD"}).case.offers["maker"].price
    )
